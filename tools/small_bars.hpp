#pragma once
/// A handful of numbers as small bars that stand in a line of text.

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace tools {

/// One bar a value, of seven heights; a blank where there is none. The range is that of the values, but at least a tenth of their mean to either side of it, so
/// that a figure that hardly moves gives bars that hardly differ.
[[nodiscard]] inline std::string small_bars(const std::vector<double>& values) {
    constexpr std::array<std::string_view, 7> bars{"▁", "▂", "▃", "▄", "▅", "▆", "▇"};  // an odd number: the mean is in the middle of one
    constexpr double least_range = 0.1;
    double low = std::numeric_limits<double>::infinity(), high = -low, sum = 0, known = 0;
    for (const double v : values) {
        if (!std::isfinite(v)) continue;
        low = std::min(low, v);
        high = std::max(high, v);
        sum += v;
        ++known;
    }
    if (known == 0) return std::string(values.size(), ' ');
    const double mean = sum / known, room = least_range * std::abs(mean);
    low = std::min(low, mean - room);
    high = std::max(high, mean + room);
    std::string text;
    for (const double v : values) {
        if (!std::isfinite(v)) {
            text += ' ';
            continue;
        }
        const double share = high > low ? (v - low) / (high - low) : 0.5;
        text += bars[std::min(bars.size() - 1, static_cast<std::size_t>(share * static_cast<double>(bars.size())))];
    }
    return text;
}

}  // namespace tools
