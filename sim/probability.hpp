#pragma once
/// Probabilities carry their period in the type, so that a yearly figure cannot slip into a monthly formula.

#include "sim/math.hpp"

namespace sim {

/// Probability of an event within one year, 0 to 1.
class YearlyProbability {
public:
    constexpr YearlyProbability() = default;
    constexpr explicit YearlyProbability(double value) : value_(value) {}
    [[nodiscard]] constexpr double value() const { return value_; }

private:
    double value_ = 0;
};

/// Probability of an event within one month, 0 to 1.
class MonthlyProbability {
public:
    constexpr MonthlyProbability() = default;
    constexpr explicit MonthlyProbability(double value) : value_(value) {}
    [[nodiscard]] constexpr double value() const { return value_; }

private:
    double value_ = 0;
};

/// The monthly probability that gives p over twelve months: 1 - (1 - p)^(1/12), never p / 12.
[[nodiscard]] inline MonthlyProbability monthly(YearlyProbability p) { return MonthlyProbability(1.0 - power(1.0 - p.value(), 1.0 / 12.0)); }
/// The yearly probability of a constant monthly one.
[[nodiscard]] inline YearlyProbability yearly(MonthlyProbability p) { return YearlyProbability(1.0 - power(1.0 - p.value(), 12.0)); }

}  // namespace sim
