#include "experiments/calibration/scores.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>

#include <boost/math/distributions/students_t.hpp>

#include "experiments/scenarios/prior.hpp"
#include "experiments/statistics/sample.hpp"
#include "sim/error.hpp"

namespace experiments {
namespace {

/// Mean distance to 0 of a normal variable.
double mean_distance(double mean, double deviation) {
    if (deviation <= 0) return std::abs(mean);
    const double z = mean / deviation;
    const double density = std::exp(-z * z / 2) / std::sqrt(2 * std::numbers::pi);
    return mean * (2 * normal_share(z) - 1) + 2 * deviation * density;
}

}  // namespace

double crps(const DrawnForecast& forecast, double observed) {
    const auto& draws = forecast.draws;
    if (draws.empty()) throw sim::Bug("a forecast without draws");
    const auto n = static_cast<double>(draws.size());
    double distance = 0, spread = 0;
    for (const double x : draws) distance += mean_distance(observed - x, forecast.error) / n;
    for (const double x : draws)
        for (const double y : draws) spread += mean_distance(x - y, std::numbers::sqrt2 * forecast.error) / (n * n);
    return distance - spread / 2;
}

double crps(double mean, double deviation, double observed) {
    if (deviation <= 0) return std::abs(observed - mean);
    return mean_distance(observed - mean, deviation) - deviation / std::sqrt(std::numbers::pi);
}

double quantile(const DrawnForecast& forecast, double share) {
    std::vector<double> draws = forecast.draws;
    if (draws.empty()) throw sim::Bug("a forecast without draws");
    std::sort(draws.begin(), draws.end());
    if (forecast.error <= 0) return quantile_of(draws, share);
    double low = draws.front() - 8 * forecast.error, high = draws.back() + 8 * forecast.error;
    constexpr int halvings = 60;
    for (int i = 0; i < halvings; ++i) {
        const double middle = (low + high) / 2;
        double below = 0;
        for (const double x : draws) below += normal_share((middle - x) / forecast.error) / static_cast<double>(draws.size());
        (below < share ? low : high) = middle;
    }
    return (low + high) / 2;
}

std::optional<DieboldMariano> diebold_mariano(const std::vector<double>& losses, const std::vector<double>& rival_losses, int horizon) {
    const std::size_t count = losses.size();
    if (count != rival_losses.size()) throw sim::Bug("losses of two forecasters differ in number");
    if (count < least_for_diebold_mariano || horizon < 1 || static_cast<std::size_t>(horizon) >= count) return std::nullopt;
    const auto n = static_cast<double>(count), h = static_cast<double>(horizon);
    std::vector<double> difference;
    double mean = 0;
    for (std::size_t i = 0; i < count; ++i) {
        difference.push_back(losses[i] - rival_losses[i]);
        mean += difference.back() / n;
    }
    // Forecasts of h steps overlap by h - 1.
    const auto covariance = [&](std::size_t lag) {
        double sum = 0;
        for (std::size_t i = lag; i < count; ++i) sum += (difference[i] - mean) * (difference[i - lag] - mean);
        return sum / n;
    };
    double variance = covariance(0);
    constexpr double rounding = 1e-20;
    if (variance <= rounding * mean * mean) return std::nullopt;
    const double own = variance;
    for (int lag = 1; lag < horizon; ++lag) variance += 2 * covariance(static_cast<std::size_t>(lag));
    if (variance <= 0) variance = own;  // the sum of covariances may fall below 0 by chance
    const double correction = std::sqrt((n + 1 - 2 * h + h * (h - 1) / n) / n);
    DieboldMariano result;
    result.statistic = correction * mean / std::sqrt(variance / n);
    result.p = 2 * boost::math::cdf(boost::math::complement(boost::math::students_t(n - 1), std::abs(result.statistic)));
    return result;
}

}  // namespace experiments
