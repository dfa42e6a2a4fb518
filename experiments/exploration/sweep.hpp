#pragma once
/// A sweep: a model run at every point of a design over its factors. Read from a sweep file (TOML).

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "experiments/exploration/factor.hpp"
#include "experiments/exploration/sweep_design.hpp"
#include "experiments/figures/targets.hpp"
#include "experiments/scenarios/scenario.hpp"

namespace experiments {

/// One figure that is kept of every run.
struct SweepOutcome {
    std::string name, unit, meaning;
    std::optional<Target> figure;  ///< of series; none: what measures spend, or a column of a command's results
};

/// The outcome that is what all measures of a run spend until its end, in euro.
inline constexpr const char* spending_outcome = "spending";

struct Sweep {
    std::string name, description;
    std::string command;  ///< a model of one's own: the shell command that maps a CSV file of points to one of results; empty: Instroom
    Scenario base;        ///< without a command
    std::vector<Factor> factors;
    SweepDesign design;
    double scale = 0.1;
    std::uint64_t seed = 1, population_seed = 1;
    int replicates = 1;
    int retries = 1;                     ///< further tries of a point that failed, with the same seeds
    bool common_random_numbers = true;   ///< replicate r has the same draws at every point
    std::vector<SweepOutcome> outcomes;  ///< one number a replicate each
    std::vector<std::string> series;     ///< kept whole
    std::filesystem::path file;          ///< for messages
    std::string text;                    ///< of the file, without what it names
};

/// Reads a sweep file and the scenario that it names. Throws FileError where a file cannot be read, InputError with every finding, one line each: file, line,
/// key, what was expected and the nearest valid word.
[[nodiscard]] Sweep read_sweep(const std::filesystem::path& file, const std::vector<std::string>& known_regions);
/// The same from a text, on a base scenario that has been read; a list of points is not looked for.
[[nodiscard]] Sweep sweep_from_text(const std::string& text, const std::filesystem::path& file, const Scenario& base,
                                    const std::vector<std::string>& known_regions);

/// The scenario of a point: the base with the factors' values. Checks nothing; problem_of(Scenario) does.
[[nodiscard]] Scenario scenario_at(const Sweep& sweep, const std::vector<double>& point);

/// The outcomes that a sweep of Instroom may name, in runs until a month.
[[nodiscard]] std::vector<SweepOutcome> known_outcomes(sim::Month end);

}  // namespace experiments
