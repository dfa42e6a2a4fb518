#pragma once
/// The only door through which a result of the C mathematics library may reach a decision.
///
/// glibc picks exp, log and pow by processor (with or without FMA), so their last bit is a property of the machine.
/// Keeping them behind these names lets a reader find every such place, and `--version` names the library and FMA.

#include <cmath>

namespace sim {

[[nodiscard]] inline double exponential(double x) { return std::exp(x); }
[[nodiscard]] inline double logarithm(double x) { return std::log(x); }
[[nodiscard]] inline double log_one_plus(double x) { return std::log1p(x); }
[[nodiscard]] inline double power(double base, double exponent) { return std::pow(base, exponent); }
/// 1 / (1 + exp(-x)).
[[nodiscard]] inline double logistic(double x) { return 1.0 / (1.0 + std::exp(-x)); }
/// The value below which a standard normal variable lies with this probability, between 0 and 1 (Boost.Math).
[[nodiscard]] double normal_quantile(double probability);

}  // namespace sim
