#pragma once
/// The forecasts that a backtest compares the model with. Each sees the history of one series alone and gives a normal distribution.

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace experiments {

/// One figure of a history. Time counts in steps of the series: quarters or years.
struct HistoryPoint {
    double step = 0;
    double value = 0;
};

struct Prediction {
    double mean = 0;
    double deviation = 0;  ///< 0: the history is too short for a spread
};

/// The figures that `same_trend` looks back to: enough for a slope, few enough to follow a turn.
inline constexpr std::size_t trend_points = 8;
/// Pairs of figures one step apart that `autoregression` needs.
inline constexpr std::size_t least_pairs = 5;

/// All take the history in the order of time and the step that is forecast, after its last. Nothing where the history is too short.
///
/// The last figure; its spread grows with the square root of time, by the changes so far (needs one figure, three for a spread).
[[nodiscard]] std::optional<Prediction> no_change(const std::vector<HistoryPoint>& history, double at);
/// The least-squares line through the last eight figures, with the error of its fit and of its slope (needs two figures, three for a spread).
[[nodiscard]] std::optional<Prediction> same_trend(const std::vector<HistoryPoint>& history, double at);
/// y(t) = a + b y(t - 1) by least squares, b at most 1, step by step to the one that is forecast (needs five pairs of figures one step apart).
[[nodiscard]] std::optional<Prediction> autoregression(const std::vector<HistoryPoint>& history, double at);

using Rival = std::optional<Prediction> (*)(const std::vector<HistoryPoint>&, double);
inline constexpr std::size_t rivals = 3;
struct NamedRival {
    std::string_view name;
    Rival forecast;
};
inline constexpr std::array<NamedRival, rivals> all_rivals{{{"no change", no_change}, {"same trend", same_trend}, {"autoregression", autoregression}}};

}  // namespace experiments
