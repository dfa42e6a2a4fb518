#pragma once
/// A calibration: waves of runs, each where the moments are not yet implausible, then what is left of the prior.

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "experiments/calibration/posterior.hpp"
#include "experiments/figures/targets.hpp"
#include "experiments/runs/run_log.hpp"
#include "experiments/runs/runs_watch.hpp"

namespace experiments {

/// The moments, in the order of the targets, that values of the free parameters give. Called by several threads at once. A sim::Error or a moment that is not
/// finite marks the run as failed: it is left out.
using Simulate = std::function<std::vector<double>(const std::vector<double>& values, std::uint32_t replicate)>;

struct CalibrationOptions {
    int waves = 2;
    int budget = 300;          ///< runs of the model in all
    std::size_t draws = 400;   ///< of the posterior, at least 200
    std::uint64_t seed = 1;    ///< of chains; the runs' own seed belongs to `Simulate`
    bool side_by_side = true;  ///< runs on all threads at once, each on one; otherwise one after another, each on all
};

/// Replicates at the shipped values, whose spread is the chance of a run, and at the best point.
inline constexpr int centre_replicates = 8;
inline constexpr int best_replicates = 4;
/// Runs that one wave needs for so many parameters.
[[nodiscard]] int least_runs_of_wave(std::size_t parameters);

struct Wave {
    int runs = 0;               ///< of its design
    int fitted = 0;             ///< runs that its emulators rest on, some of earlier waves
    double kept = 1;            ///< share of the prior that is not implausible after it
    Eigen::VectorXd explained;  ///< of each moment's variance over the runs, by leaving one out
};

/// The random effect of one region: relative shift of its moments.
struct RegionEffect {
    std::string region;
    double value = 0;   ///< shrunk to 0
    double spread = 0;  ///< posterior standard deviation
};

struct Calibration {
    int stopped_by = 0;  ///< the number of the signal; then nothing else is filled
    int runs = 0;        ///< asked for, found ones included
    int failed = 0;
    std::string first_failure;
    std::vector<Wave> waves;
    std::vector<double> usual_moments;   ///< mean over replicates at the shipped values
    std::vector<double> chance;          ///< standard deviation over them
    std::vector<double> emulator_error;  ///< of the last wave
    std::vector<double> best_values;     ///< calibrated; shipped ones where a parameter is not identified
    std::vector<double> best_moments;    ///< mean over replicates at the best point
    std::vector<double> total_error;     ///< standard deviation of each moment in the fit
    Posterior posterior;
    std::vector<std::vector<double>> draws;  ///< values, one list a draw
    Eigen::MatrixXd jacobian;                ///< at the best point: moments in standard deviations, by the scores of the parameters
    Eigen::VectorXd singular_values;         ///< of it
    Eigen::MatrixXd directions;              ///< its right singular vectors, one a column
    std::vector<RegionEffect> regions;
};

/// Covariance of everything that sets observed and emulated moments apart. `chance` and `emulator_error` are standard deviations by moment.
[[nodiscard]] Eigen::MatrixXd covariance_of(const std::vector<Target>& targets, double region_spread, const Eigen::VectorXd& chance,
                                            const Eigen::VectorXd& emulator_error);

/// Throws InputError for a budget too small for its waves, no wave, or fewer than 200 draws.
void check_calibration(const Targets& targets, const CalibrationOptions& options);

/// Runs the waves. The same targets, options and simulator give the same result for any number of threads, and with any of its runs found in `log`.
/// Throws InputError for a budget too small, a cut under which nothing remains, or when over a tenth of a wave's runs fail.
[[nodiscard]] Calibration calibrate(const Targets& targets, const Simulate& simulate, const CalibrationOptions& options, RunLog& log,
                                    const RunsWatch& watch = {});

}  // namespace experiments
