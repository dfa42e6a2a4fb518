#pragma once
/// Effects of an arm from paired runs: differences, what they are worth, and how much of their spread is ignorance and how much chance.

#include <limits>
#include <vector>

#include "experiments/statistics/sample.hpp"

namespace experiments {

/// Effect of an arm on an outcome, over pairs of runs of base and arm with common random numbers.
struct Effect {
    double base = 0;               ///< mean of the base runs
    double difference = 0;         ///< mean of arm less base, pair by pair
    Interval mean;                 ///< of that mean by Student's t: how exact so many pairs make it
    Interval expected;             ///< of the expected effect: ignorance alone. Without draws of parameters there is none in it, and it is `mean`
    Interval outcome;              ///< of the effect in one pair of runs: ignorance and chance, at the scale of the runs
    double ignorance = 0;          ///< standard deviation of the expected effect over the draws; 0 without draws
    double chance = 0;             ///< standard deviation of the effect over replicates of one draw
    double noise = 0;              ///< standard error of the same mean between two runs that differ in the luck of thirty seekers in the first month
    bool distinguishable = false;  ///< further from 0 than twice the noise, and `mean` does not hold 0
    double variance_factor = 0;    ///< variance of a difference of unpaired runs over that of paired ones; infinite where all differences are alike
    double agents = std::numeric_limits<double>::quiet_NaN();  ///< behind the figure of base or arm, whichever has more
};

/// With the parameters as they are: of the base's, the arm's and the sham arm's figures by replicate. At least two replicates.
[[nodiscard]] Effect effect_of(const std::vector<double>& base, const std::vector<double>& arm, const std::vector<double>& sham);

/// With draws of the parameters, one replicate each: of the figures by draw. `again` holds the differences of further replicates of some draws, one list a
/// draw of at least two, from which the variance of chance is had; differences of draws are drawn together around their mean until that variance is gone from
/// theirs, and quantiles of what stays are the interval of the expected effect.
[[nodiscard]] Effect effect_of_draws(const std::vector<double>& base, const std::vector<double>& arm, const std::vector<double>& sham,
                                     const std::vector<std::vector<double>>& again);

}  // namespace experiments
