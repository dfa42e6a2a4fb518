#pragma once
/// Where an axis has its marks.

#include <algorithm>
#include <cmath>
#include <vector>

namespace tools {

/// Marks from at or above `low` to at or below `high`, at most `most` of them, in steps of 1, 2 or 5 times a power of ten: those that people count in.
[[nodiscard]] inline std::vector<double> nice_ticks(double low, double high, int most) {
    std::vector<double> ticks;
    if (!(high > low) || most < 2) return ticks;
    const double least_step = (high - low) / most;
    const double power = std::pow(10.0, std::floor(std::log10(least_step)));
    const double share = least_step / power;
    const double step = power * (share <= 1 ? 1 : share <= 2 ? 2 : share <= 5 ? 5 : 10);
    // By whole numbers of steps, so that rounding does not add up.
    for (double k = std::ceil(low / step - 1e-9); k * step <= high + 1e-9 * step; ++k) ticks.push_back(k == 0 ? 0 : k * step);
    return ticks;
}

}  // namespace tools
