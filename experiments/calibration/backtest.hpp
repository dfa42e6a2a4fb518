#pragma once
/// A backtest: what the model, calibrated on what was known at a cut, says of what followed, beside three rivals that knew the same.

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "experiments/calibration/backtest_series.hpp"
#include "experiments/calibration/calibration.hpp"
#include "experiments/calibration/rivals.hpp"
#include "experiments/figures/targets.hpp"
#include "experiments/runs/run_log.hpp"
#include "experiments/runs/runs_watch.hpp"
#include "regions/table_cut.hpp"

namespace experiments {

/// Quarters ahead that are scored; the last where there are figures so late.
inline constexpr std::array<int, 4> backtest_horizons{1, 2, 4, 8};
/// The cuts of a rolling backtest.
[[nodiscard]] const std::vector<sim::Month>& rolling_cuts();

/// The last day of a month, as known_from is written.
[[nodiscard]] std::string last_day(sim::Month month);

/// What a calibration at the cut may aim at: targets that lie before the cut and were known then, and the known figures of the series that are calibrated on
/// (the last one, and those four figures before it). Free parameters stay: which of them the few moments tell, the posterior says; the others keep their wide
/// priors.
[[nodiscard]] Targets targets_known_at(const Targets& all, const BacktestData& data, sim::Month cut);

/// One figure that is forecast, and the moments of a run that it takes.
struct PlannedForecast {
    std::size_t series = 0, figure = 0;  ///< in BacktestData
    int horizon = 0;                     ///< quarters
    std::size_t moment = 0;
    std::optional<std::size_t> anchor, anchor_moment;  ///< the last known figure inside the simulated time, and its moment
};

/// What the runs of a cut must give.
struct ForecastPlan {
    sim::Month cut, last_month;
    std::vector<Target> moments;
    std::vector<PlannedForecast> forecasts;
    std::vector<std::vector<std::size_t>> quarters;  ///< by series: moments of all simulated quarters of adjusted series, in order; empty = not adjusted
    std::size_t without_anchor = 0;                  ///< figures left out: another definition, and no known figure to compare the change with
};
/// Throws InputError where no figure follows the cut.
[[nodiscard]] ForecastPlan plan_forecasts(const BacktestData& data, sim::Month cut);

/// A forecast beside the figure.
struct RivalScore {
    double mean = 0, error = 0, crps = 0;
    std::optional<double> low, high;  ///< of 90 %, where the history is long enough
};
struct ScoredForecast {
    std::size_t series = 0;
    sim::Month cut;
    bool conditional = false;
    std::string period, anchor;  ///< periods of the figure, and of the last known one that the forecast starts from; empty = the level as simulated
    int horizon = 0;
    double observed = 0, standard_error = 0;
    double forecast = 0, low = 0, high = 0;  ///< median and interval of 90 %, the error of the observation included
    double error = 0, crps = 0;              ///< absolute error of the median
    std::optional<double> level;             ///< median as simulated, where the definitions agree
    std::array<std::optional<RivalScore>, rivals> rival;
    std::string known_from, at;
};

/// Scores of the planned forecasts; `runs` are moments in the order of the plan, one list a draw. Moments that are not finite leave their draw out, and the
/// forecast where fewer than half of the draws remain. In a conditional forecast the given totals are left out and rivals forecast the share of their total.
[[nodiscard]] std::vector<ScoredForecast> score_forecasts(const BacktestData& data, const ForecastPlan& plan, const std::vector<std::vector<double>>& runs,
                                                          bool conditional);

/// Factors of the four quarters in a simulated path of quarters (ratio to a moving mean over a year), with mean 1; all 1 where the path is shorter than eight
/// quarters plus one year. The first quarter of `path` is a year's first.
[[nodiscard]] std::array<double, 4> quarter_profile(const std::vector<double>& path);

/// Parameters of the runs of a forecast: names, and one list of values a draw.
struct ForecastDraws {
    std::vector<FreeParameter> free;
    std::vector<std::vector<double>> values;
};
/// Calibrated parameters, then the size and persistence of the shock to demand after the driven months: without it an unconditional forecast would take the
/// projection of jobs as certain.
[[nodiscard]] std::vector<FreeParameter> forecast_parameters(std::vector<FreeParameter> calibrated);
/// `count` draws of a calibrated posterior, with the shock drawn from its priors.
[[nodiscard]] ForecastDraws forecast_draws(const Targets& targets, const Calibration& calibration, std::size_t count);
/// The same for one set of values: the parameters of a scenario that are not the shipped ones.
[[nodiscard]] ForecastDraws forecast_draws(const models::Parameters& parameters, std::size_t count);

/// Runs what is not in the log, side by side where asked; replicate r is draw r. A run that fails gives `moments` missing figures. Empty when stopped.
[[nodiscard]] std::vector<std::vector<double>> run_draws(const ForecastDraws& draws, std::size_t moments, const Simulate& simulate, RunLog& log,
                                                         bool side_by_side, const RunsWatch& watch);

/// Refuses a file of parameters that was calibrated on moments known later than the cut. Throws InputError with file and line.
void refuse_later_moments(const std::string& file, sim::Month cut);

}  // namespace experiments
