#pragma once
/// The model as a function of its free parameters: from values to moments, in memory.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "experiments/figures/moments.hpp"
#include "experiments/figures/targets.hpp"
#include "experiments/runs/run.hpp"
#include "models/parameters.hpp"
#include "regions/table_cut.hpp"

namespace experiments {

/// Whether memory holds a run of so many bytes for every thread; otherwise they go one after another. Throws InputError where not even one fits.
[[nodiscard]] bool fit_side_by_side(double bytes_a_run, int threads);

/// Runs all regions from their start population to the last month of the targets. The start population is made with the same values, spin-up included.
/// Replicate r draws a start population and a run of its own; the same replicate shares every draw between values (common random numbers).
class Simulator {
public:
    /// Reads the tables once, without the rows that `cut` refuses. `data` as in RunOptions. Throws InputError for targets that name no series, label or month
    /// of a run, with `file` in its words.
    Simulator(const std::filesystem::path& data, double scale, std::uint64_t seed, const Targets& targets, const std::string& file,
              const regions::TableCut& cut = {});

    /// Moments in the order of the targets. By any thread; parallel inside where the calling arena is.
    [[nodiscard]] std::vector<double> operator()(const std::vector<double>& values, std::uint32_t replicate) const;

    [[nodiscard]] const std::vector<models::ProvenanceRow>& provenance() const { return inputs_.tables.provenance; }
    [[nodiscard]] sim::Month last_month() const { return last_; }
    /// The last month that is driven by observed figures (models/demand_shock.hpp).
    [[nodiscard]] sim::Month last_observed() const { return inputs_.tables.demand.last_observed; }
    /// Inhabitants of the regions at the start, for estimates of memory.
    [[nodiscard]] double inhabitants() const;
    /// What finished runs belong to: version, scale, seed, moments, tables and cut. Observed figures and priors are not part of it: they change which runs are
    /// asked for, not what a run gives.
    [[nodiscard]] const std::string& key() const { return key_; }
    [[nodiscard]] const regions::CutReport& cut_report() const { return cut_report_; }

    /// Whether memory holds one run for every thread; otherwise they go one after another. Throws InputError where not even one fits.
    [[nodiscard]] bool side_by_side(int threads) const;

private:
    [[nodiscard]] std::string key_of(const Targets& targets, const regions::TableCut& cut) const;
    [[nodiscard]] sim::Trajectory empty_trajectory(models::SeriesIds& ids, std::uint32_t replicate) const;

    double scale_;
    std::uint64_t seed_;
    Inputs inputs_;
    sim::Month last_;
    std::vector<std::function<void(models::Parameters&, double)>> set_;  ///< by free parameter
    std::optional<Moments> moments_;
    std::string key_;
    regions::CutReport cut_report_;
};

}  // namespace experiments
