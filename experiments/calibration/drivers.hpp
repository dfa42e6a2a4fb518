#pragma once
/// Which unknown drives the answer: the variance of the core indicators at the end of a run, by parameter.

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "experiments/calibration/backtest.hpp"
#include "experiments/figures/core_indicators.hpp"
#include "experiments/figures/targets.hpp"
#include "experiments/runs/simulator.hpp"
#include "experiments/statistics/variance_shares.hpp"
#include "sim/month.hpp"

namespace experiments {

/// The input whose value is not a parameter but the path that the shock to demand took in a run: it stands under the parameter that sets its size, and its
/// memory (demand.shock_persistence) with it.
inline constexpr const char* shock_input = "demand.shock_size";
inline constexpr const char* shock_memory = "demand.shock_persistence";

inline constexpr std::size_t least_driver_draws = 20;

/// A calibrated posterior, as it stands in a file of `instroom calibrate`.
struct PosteriorDraws {
    std::vector<std::string> names;
    std::vector<std::vector<double>> values;  ///< one list a draw
};
/// Throws FileError where the file cannot be read; InputError, one line, for a file without draws or with fewer than 20, lists of unlike length, an unknown
/// parameter (with the nearest name), a lever, and a value outside of its parameter's range.
[[nodiscard]] PosteriorDraws read_posterior_draws(const std::filesystem::path& file);

/// What is run: calibrated parameters from the posterior, draw by draw; every other parameter that has a prior and is no lever from that, independently (a
/// Latin hypercube: Sobol' points in so many dimensions hang together where there are so few of them). Then replicates at the centre of all, without a shock,
/// whose spread is the chance of a run.
struct DriverDesign {
    Targets targets;      ///< parameters as free ones, indicators as moments
    ForecastDraws draws;  ///< `runs` points, then `replicates` at the centre; the run of each has its own replicate
    std::size_t runs = 0;
    std::size_t replicates = 0;
};
[[nodiscard]] DriverDesign driver_design(const PosteriorDraws& posterior, std::size_t runs, std::uint64_t seed, sim::Month until);

/// Mean of the log shock to demand over the twelve months that end with `until`, for a replicate of `seed`.
[[nodiscard]] double mean_shock(std::uint64_t seed, std::uint32_t replicate, sim::Month until, sim::Month last_observed, double size, double persistence);

/// Shares of every indicator, in their order; inputs are places in the design's free parameters. `runs` as run_draws gives them; those with a moment that is
/// not finite are left out. Throws InputError where over a tenth are.
struct Drivers {
    std::vector<VarianceShares> shares;
    std::size_t failed = 0;
};
[[nodiscard]] Drivers drivers_of(const DriverDesign& design, const std::vector<std::vector<double>>& runs, std::uint64_t seed, sim::Month last_observed);

}  // namespace experiments
