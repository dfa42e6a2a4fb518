#include "experiments/calibration/rivals.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

namespace experiments {
namespace {

/// The least-squares line through points, and what it misses.
struct FittedLine {
    double level = 0;  ///< at the mean of x
    double slope = 0;
    double mean_x = 0, squares_x = 0;
    double variance = 0;  ///< of a point about the line; 0 with fewer than three points
    double n = 0;

    [[nodiscard]] double at(double x) const { return level + slope * (x - mean_x); }
};

FittedLine fit_line(const std::vector<std::pair<double, double>>& points, double steepest) {
    FittedLine line;
    line.n = static_cast<double>(points.size());
    for (const auto& [x, y] : points) {
        line.mean_x += x / line.n;
        line.level += y / line.n;
    }
    double product = 0;
    for (const auto& [x, y] : points) {
        line.squares_x += (x - line.mean_x) * (x - line.mean_x);
        product += (x - line.mean_x) * (y - line.level);
    }
    if (line.squares_x > 0) line.slope = std::min(product / line.squares_x, steepest);
    double missed = 0;
    for (const auto& [x, y] : points) missed += (y - line.at(x)) * (y - line.at(x));
    if (points.size() > 2) line.variance = missed / (line.n - 2);
    return line;
}

}  // namespace

std::optional<Prediction> no_change(const std::vector<HistoryPoint>& history, double at) {
    if (history.empty()) return std::nullopt;
    Prediction p{history.back().value, 0};
    if (history.size() < 3) return p;
    double variance = 0;  // of one step
    for (std::size_t i = 1; i < history.size(); ++i) {
        const double change = history[i].value - history[i - 1].value;
        variance += change * change / (history[i].step - history[i - 1].step) / static_cast<double>(history.size() - 1);
    }
    p.deviation = std::sqrt(variance * (at - history.back().step));
    return p;
}

std::optional<Prediction> same_trend(const std::vector<HistoryPoint>& history, double at) {
    if (history.size() < 2) return std::nullopt;
    std::vector<std::pair<double, double>> points;
    for (std::size_t i = history.size() - std::min(history.size(), trend_points); i < history.size(); ++i)
        points.emplace_back(history[i].step, history[i].value);
    const FittedLine line = fit_line(points, HUGE_VAL);
    const double away = at - line.mean_x;
    return Prediction{line.at(at), std::sqrt(line.variance * (1 + 1 / line.n + away * away / line.squares_x))};
}

std::optional<Prediction> autoregression(const std::vector<HistoryPoint>& history, double at) {
    std::vector<std::pair<double, double>> pairs;
    constexpr double slack = 1e-6;
    for (std::size_t i = 1; i < history.size(); ++i)
        if (std::abs(history[i].step - history[i - 1].step - 1) < slack) pairs.emplace_back(history[i - 1].value, history[i].value);
    if (pairs.size() < least_pairs) return std::nullopt;
    const FittedLine line = fit_line(pairs, 1);
    Prediction p{history.back().value, 0};
    double variance = 0;
    for (auto steps = std::lround(at - history.back().step); steps > 0; --steps) {
        p.mean = line.at(p.mean);
        variance = line.slope * line.slope * variance + line.variance;
    }
    p.deviation = std::sqrt(variance);
    return p;
}

}  // namespace experiments
