#pragma once
/// Statistical checks. Each rejects a true hypothesis once in a million seeds; a test that uses one also shows that it can fail.

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <vector>

#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/normal.hpp>

namespace tests {

inline constexpr double error_rate = 1e-6;

/// Standard normal deviate that is exceeded on either side with the error rate.
[[nodiscard]] inline double two_sided_deviate() {
    static const double z = boost::math::quantile(boost::math::complement(boost::math::normal(), error_rate / 2));
    return z;
}

/// Whether `hits` of `trials` agree with probability p (normal approximation with continuity correction; needs trials x p x (1-p) above 30).
[[nodiscard]] inline bool share_fits(std::uint64_t hits, std::uint64_t trials, double p) {
    const auto n = static_cast<double>(trials);
    const double gap = std::abs(static_cast<double>(hits) - n * p) - 0.5;
    return gap <= two_sided_deviate() * std::sqrt(n * p * (1 - p));
}

/// Whether counts agree with expected counts of the same total (chi-square, cells - 1 degrees of freedom; expected cells above 10).
[[nodiscard]] inline bool counts_fit(const std::vector<double>& counts, const std::vector<double>& expected) {
    double statistic = 0;
    for (std::size_t i = 0; i < counts.size(); ++i) statistic += (counts[i] - expected[i]) * (counts[i] - expected[i]) / expected[i];
    const boost::math::chi_squared law(static_cast<double>(counts.size() - 1));
    return statistic <= boost::math::quantile(boost::math::complement(law, error_rate));
}

/// Whether two samples of counts come from one law (chi-square of a two-row table).
[[nodiscard]] inline bool same_law(const std::vector<double>& a, const std::vector<double>& b) {
    const double total_a = std::accumulate(a.begin(), a.end(), 0.0);
    const double total_b = std::accumulate(b.begin(), b.end(), 0.0);
    double statistic = 0;
    std::size_t cells = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        if (a[i] + b[i] == 0) continue;
        ++cells;
        const double share = (a[i] + b[i]) / (total_a + total_b);
        statistic += std::pow(a[i] - total_a * share, 2) / (total_a * share) + std::pow(b[i] - total_b * share, 2) / (total_b * share);
    }
    const boost::math::chi_squared law(static_cast<double>(cells - 1));
    return statistic <= boost::math::quantile(boost::math::complement(law, error_rate));
}

}  // namespace tests
