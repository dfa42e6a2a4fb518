#pragma once
/// What a backtest found, for a terminal and as a CSV file.

#include <string>
#include <vector>

#include "experiments/calibration/backtest.hpp"

namespace experiments {

/// Scores pooled over some forecasts.
struct PooledScores {
    struct OfRival {
        std::size_t forecasts = 0;  ///< that both made
        double crps_ratio = 0;      ///< the model's over the rival's; each score is divided by the observed figure before they are added
        std::size_t intervals = 0;  ///< forecasts with an interval
        std::size_t covered = 0;    ///< of those
    };
    std::size_t forecasts = 0, covered = 0;
    std::size_t series = 0;    ///< that some rival forecast too
    std::size_t smallest = 0;  ///< of those, on which the model's mean absolute error is below that of every rival
    std::array<OfRival, rivals> rival;
};
[[nodiscard]] PooledScores pool(const std::vector<ScoredForecast>& forecasts);

/// One line a forecast.
[[nodiscard]] std::string backtest_table(const BacktestData& data, const std::vector<ScoredForecast>& forecasts);
/// Shares, coverage and ratios by family and horizon, for both kinds of forecast; Diebold-Mariano where a series has enough forecasts.
[[nodiscard]] std::string backtest_summary(const BacktestData& data, const std::vector<ScoredForecast>& forecasts);
/// All forecasts with everything behind them. No dates: the same backtest gives the same bytes.
[[nodiscard]] std::string backtest_csv(const BacktestData& data, const std::vector<ScoredForecast>& forecasts, const std::string& command_line);
/// What a cut did to the tables.
[[nodiscard]] std::string cut_text(const regions::CutReport& report);

}  // namespace experiments
