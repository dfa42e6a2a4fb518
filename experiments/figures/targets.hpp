#pragma once
/// What a calibration aims at: observed moments with their errors, and the parameters that may move. Read from a file of targets (TOML).

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "experiments/figures/moment_words.hpp"
#include "experiments/scenarios/prior.hpp"
#include "sim/month.hpp"

namespace experiments {

/// One observed moment.
struct Target : MomentWords {
    std::string name;
    sim::Month from, until;
    double observed = 0;
    double sampling_error = 0;   ///< standard error of the observed figure
    double discrepancy = 0;      ///< standard deviation of what the model cannot be expected to hit
    bool region_effect = false;  ///< the regions' random effect shifts this moment, relative to its size
    std::string status, source, known_from, error_basis, note;
    int line = 0;
};

/// One parameter that may move.
struct FreeParameter {
    std::string name;  ///< "process.parameter"
    PriorLaw prior;
    double usual = 0;            ///< the shipped value
    std::string identified_by;   ///< name of a target
    std::string prior_source{};  ///< where the prior is not that of the model's table
};

/// A file of targets.
struct Targets {
    std::string name;
    std::string description;
    double cut = 3;            ///< implausibility, in standard deviations, above which a point is left out
    int cut_rank = 3;          ///< which implausibility counts: 1 = the highest of all moments; the lowest where there are fewer
    double region_spread = 0;  ///< prior standard deviation of the regions' random effects, relative; 0 = none
    std::vector<FreeParameter> free;
    std::vector<Target> targets;
};

/// The most parameters that may move: with more, no published moments tell them apart.
inline constexpr std::size_t most_free_parameters = 12;

/// Reads a file of targets. `known_regions` are the names that targets may use. Throws FileError where it cannot be read, InputError with every finding, one
/// line each; levers and effects of measures are refused as free parameters.
[[nodiscard]] Targets read_targets(const std::filesystem::path& file, const std::vector<std::string>& known_regions);
/// The same from a text; `file` stands in messages.
[[nodiscard]] Targets targets_from_text(const std::string& text, const std::filesystem::path& file, const std::vector<std::string>& known_regions);

/// Why a parameter may not be free: empty where it may. Levers and effects of measures keep their priors (model description, section 4).
[[nodiscard]] std::string refusal_of(const std::string& parameter);

/// The shipped file of targets, beside the shipped tables.
[[nodiscard]] std::filesystem::path shipped_targets();

}  // namespace experiments
