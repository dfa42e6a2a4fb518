#pragma once
/// Which factor of a sweep matters: elementary effects of a Morris design, Sobol' indices of a Saltelli design.
///
/// Methods: Morris 1991, with the mean of absolute effects of Campolongo, Cariboni and Saltelli 2007; first-order indices by Saltelli et al. 2010 and total
/// ones by Jansen 1999, over both base samples; 95 % intervals by a bootstrap of whole trajectories, and of whole blocks of a Saltelli design (Archer, Saltelli
/// and Sobol' 1997).

#include <cstdint>
#include <string>
#include <vector>

#include "experiments/exploration/sweep_design.hpp"
#include "experiments/exploration/sweep_folder.hpp"
#include "experiments/exploration/sweep_results.hpp"
#include "experiments/statistics/sample.hpp"

namespace experiments {

/// What an input (a factor, or a group of factors) does to one outcome. In a Morris design effects are those of its whole range, in the outcome's unit; in a
/// Saltelli design indices are shares of the outcome's variance.
struct InputSensitivity {
    std::string input;
    double mean_absolute = 0;  ///< Morris: mu*
    double mean = 0;           ///< Morris: mu; its sign says the way
    double spread = 0;         ///< Morris: sigma, of effects over the design: interactions and curvature
    double first = 0;          ///< Saltelli: first-order index
    double total = 0;          ///< Saltelli: total index
    Interval mean_absolute_interval, first_interval, total_interval;
};

struct OutcomeSensitivity {
    std::string outcome, unit;
    double mean = 0, deviation = 0;  ///< over the design (of a Saltelli design over both base samples)
    bool varies = true;              ///< else nothing is known of any input
    std::vector<InputSensitivity> inputs;
};

/// Of one outcome, by point. `steps` as of morris_steps, `inputs` of them.
[[nodiscard]] std::vector<InputSensitivity> morris_effects(const std::vector<MorrisStep>& steps, const std::vector<double>& values, std::size_t inputs,
                                                           std::size_t resamples, std::uint64_t seed);
/// Of one outcome, by point in the order of a Saltelli design.
[[nodiscard]] std::vector<InputSensitivity> sobol_indices(const std::vector<double>& values, std::size_t inputs, std::size_t resamples, std::uint64_t seed);

/// Of all outcomes of a sweep. Throws InputError for another design than Morris and Saltelli, and for an outcome without a value somewhere.
[[nodiscard]] std::vector<OutcomeSensitivity> sensitivity_of(const SweepPlan& plan, const SweepResults& results, std::size_t resamples, std::uint64_t seed);

}  // namespace experiments
