#pragma once
/// What is told of a handful of values: mean, variance, quantiles, and the interval of a mean.

#include <cstddef>
#include <limits>
#include <vector>

namespace experiments {

/// A 95 % interval.
struct Interval {
    double low = std::numeric_limits<double>::quiet_NaN();
    double high = std::numeric_limits<double>::quiet_NaN();
};

[[nodiscard]] double mean_of(const std::vector<double>& values);
/// Over one less than their number; at least two values.
[[nodiscard]] double variance_of(const std::vector<double>& values);
/// Straight between neighbours in order; at least one value.
[[nodiscard]] double quantile_of(std::vector<double> values, double share);
/// Half the width of a 95 % interval by Student's t, in standard errors, of so many values; at least two.
[[nodiscard]] double student_t(std::size_t values);

}  // namespace experiments
