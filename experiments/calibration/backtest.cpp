#include "experiments/calibration/backtest.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <mutex>
#include <utility>

#include <fmt/format.h>

#include "experiments/calibration/scores.hpp"
#include "experiments/scenarios/scenario.hpp"
#include "sim/error.hpp"
#include "sim/parallel.hpp"

namespace experiments {
namespace {

constexpr double deviations_of_interval = 1.6448536269514722;  // 90 %

int quarter_of(sim::Month month) { return month.number() / 3; }
sim::Month end_of_quarter(int quarter) { return sim::Month(3 * quarter + 2); }

bool known_at(const ObservedFigure& figure, const std::string& date) { return figure.known_from <= date; }

/// The moment of a series over a period.
Target moment_of(const BacktestSeries& series, const std::string& period, sim::Month from, sim::Month until) {
    Target t;
    static_cast<MomentWords&>(t) = series;
    t.name = series.name + " " + period;
    t.from = series.at_end ? until : from;
    t.until = until;
    t.line = series.line;
    return t;
}

Target moment_of(const BacktestSeries& series, const ObservedFigure& figure) { return moment_of(series, figure.period, figure.from, figure.until); }

/// The last figure that was known at the cut and whose whole period is simulated.
std::optional<std::size_t> anchor_of(const std::vector<ObservedFigure>& figures, const std::string& date) {
    std::optional<std::size_t> found;
    for (std::size_t i = 0; i < figures.size(); ++i)
        if (known_at(figures[i], date) && figures[i].from >= first_month) found = i;
    return found;
}

/// Keeps every moment once.
class MomentList {
public:
    explicit MomentList(std::vector<Target>& moments) : moments_(moments) {}
    std::size_t place_of(Target moment) {
        const auto found = std::find_if(moments_.begin(), moments_.end(), [&](const Target& t) { return t.name == moment.name; });
        if (found != moments_.end()) return static_cast<std::size_t>(found - moments_.begin());
        moments_.push_back(std::move(moment));
        return moments_.size() - 1;
    }

private:
    std::vector<Target>& moments_;
};

double step_of(const ObservedFigure& figure, int a_year) { return static_cast<double>(figure.until.number()) * a_year / 12; }

/// What a rival knows, and what turns its forecast into the figure.
struct RivalKnowledge {
    std::vector<HistoryPoint> history;
    double times = 1;
    double last_error = 0;  ///< of the last figure, as a share of it
};

RivalKnowledge knowledge_of(const BacktestData& data, std::size_t series, const ObservedFigure& target, const std::string& date, bool conditional) {
    const auto& figures = data.figures[series];
    const int a_year = figures_a_year(figures);
    RivalKnowledge plain, share;
    const std::vector<ObservedFigure>* totals = nullptr;
    for (std::size_t i = 0; i < data.series.size(); ++i)
        if (!data.series[series].total.empty() && data.series[i].name == data.series[series].total) totals = &data.figures[i];
    const auto total_of = [&](const ObservedFigure& figure) {
        const auto found = std::find_if(totals->begin(), totals->end(), [&](const auto& t) { return t.until == figure.until; });
        return found == totals->end() ? 0.0 : found->value;
    };
    for (const auto& figure : figures) {
        if (!known_at(figure, date)) continue;
        plain.last_error = share.last_error = figure.error / figure.value;
        plain.history.push_back({step_of(figure, a_year), figure.value});
        if (conditional && totals != nullptr && total_of(figure) > 0) share.history.push_back({step_of(figure, a_year), figure.value / total_of(figure)});
    }
    if (!conditional || totals == nullptr || share.history.empty() || total_of(target) <= 0) return plain;
    share.times = total_of(target);
    return share;
}

/// `noise` is the error of two observations, the figure and the last known one: what a forecast spreads at least. A spread by the history holds it already.
RivalScore score_of(const Prediction& prediction, double times, double noise, double observed) {
    RivalScore score;
    score.mean = prediction.mean * times;
    const double deviation = prediction.deviation * times;
    score.error = std::abs(score.mean - observed);
    score.crps = crps(score.mean, std::max(deviation, noise), observed);
    if (deviation > 0) {
        score.low = score.mean - deviations_of_interval * deviation;
        score.high = score.mean + deviations_of_interval * deviation;
    }
    return score;
}

const models::Parameter& parameter_named(const std::string& name) {
    const auto* found = models::find_parameter(name);
    if (found == nullptr) throw sim::Bug("no parameter is named " + name);
    return *found;
}

/// Free in a run of a forecast: only the name counts there.
FreeParameter free_parameter(const models::Parameter& p) {
    const std::string words = p.prior.distribution.empty() ? "uniform(0, 1)" : p.prior.distribution;
    return {p.name, p.prior.distribution.empty() ? PriorLaw(words, 0, 1) : PriorLaw(words, p.minimum, p.maximum), p.get(models::Parameters{}), {}};
}

/// Adds the shock to demand to parameters and values: points that fill the unit square evenly whatever their number (additive recurrence).
void add_shock(ForecastDraws& draws) {
    draws.free = forecast_parameters(std::move(draws.free));
    const auto& size = draws.free[draws.free.size() - 2].prior;
    const auto& persistence = draws.free.back().prior;
    constexpr double plastic = 1.3247179572447460;
    for (std::size_t i = 0; i < draws.values.size(); ++i) {
        const auto part = [&](double step) {
            const double x = 0.5 + static_cast<double>(i + 1) * step;
            return x - std::floor(x);
        };
        draws.values[i].push_back(size.quantile(part(1 / plastic)));
        draws.values[i].push_back(persistence.quantile(part(1 / (plastic * plastic))));
    }
}

}  // namespace

const std::vector<sim::Month>& rolling_cuts() {
    static const std::vector<sim::Month> cuts{sim::Month::of(2021, 12), sim::Month::of(2022, 6), sim::Month::of(2022, 12)};
    return cuts;
}

std::string last_day(sim::Month month) {
    const int days = (month + 1).days_since_2020() - month.days_since_2020();
    return month.text() + "-" + std::to_string(days);
}

Targets targets_known_at(const Targets& all, const BacktestData& data, sim::Month cut) {
    const std::string date = last_day(cut);
    Targets known = all;
    known.name = all.name + " known at the end of " + cut.text();
    std::erase_if(known.targets, [&](const Target& t) { return t.until > cut || t.known_from.empty() || t.known_from > date; });
    for (std::size_t s = 0; s < data.series.size(); ++s) {
        const auto& series = data.series[s];
        if (!series.calibrate) continue;
        const auto& figures = data.figures[s];
        const auto last = anchor_of(figures, date);
        if (!last) continue;
        constexpr std::size_t apart = 4;
        for (std::size_t back = 0; back <= *last; back += apart) {
            const auto& figure = figures[*last - back];
            if (figure.from < first_month || !known_at(figure, date)) continue;
            Target t = moment_of(series, figure);
            t.observed = figure.value;
            t.sampling_error = figure.error;
            t.discrepancy = series.discrepancy * figure.value;
            t.status = models::text(figure.status);
            t.source = figure.at;
            t.known_from = figure.known_from;
            t.error_basis = series.error_basis;
            known.targets.push_back(t);
        }
    }
    if (known.targets.empty()) throw sim::InputError("nothing that is simulated was known at the end of " + cut.text() + ": no calibration at this cut");
    known.cut_rank = std::min(known.cut_rank, static_cast<int>(known.targets.size()));
    return known;
}

ForecastPlan plan_forecasts(const BacktestData& data, sim::Month cut) {
    ForecastPlan plan;
    plan.cut = cut;
    plan.last_month = end_of_quarter(quarter_of(cut) + backtest_horizons[2]);
    plan.quarters.resize(data.series.size());
    const std::string date = last_day(cut);
    MomentList moments(plan.moments);
    for (std::size_t s = 0; s < data.series.size(); ++s) {
        const auto& series = data.series[s];
        const auto anchor = anchor_of(data.figures[s], date);
        for (std::size_t f = 0; f < data.figures[s].size(); ++f) {
            const auto& figure = data.figures[s][f];
            const int horizon = quarter_of(figure.until) - quarter_of(cut);
            if (known_at(figure, date) || figure.from < first_month ||
                std::find(backtest_horizons.begin(), backtest_horizons.end(), horizon) == backtest_horizons.end())
                continue;
            if (!anchor && !series.level) {
                ++plan.without_anchor;
                continue;
            }
            PlannedForecast forecast{s, f, horizon, moments.place_of(moment_of(series, figure)), anchor, {}};
            if (anchor) forecast.anchor_moment = moments.place_of(moment_of(series, data.figures[s][*anchor]));
            plan.forecasts.push_back(forecast);
            plan.last_month = std::max(plan.last_month, figure.until);
        }
    }
    if (plan.forecasts.empty()) throw sim::InputError("no observed figure follows the cut " + cut.text() + " by 1, 2, 4 or 8 quarters");
    for (std::size_t s = 0; s < data.series.size(); ++s) {
        const bool forecast = std::any_of(plan.forecasts.begin(), plan.forecasts.end(), [&](const auto& f) { return f.series == s; });
        if (!forecast || !data.series[s].adjusted || figures_a_year(data.figures[s]) != 4) continue;
        for (int q = quarter_of(first_month); end_of_quarter(q) <= plan.last_month; ++q) {
            const sim::Month until = end_of_quarter(q);
            const std::string period = std::to_string(until.year()) + "Q" + std::to_string(until.month_of_year() / 3);
            plan.quarters[s].push_back(moments.place_of(moment_of(data.series[s], period, until - 2, until)));
        }
    }
    return plan;
}

std::array<double, 4> quarter_profile(const std::vector<double>& path) {
    std::array<double, 4> factor{1, 1, 1, 1};
    constexpr std::size_t half = 2, shortest = 12;
    if (path.size() < shortest) return factor;
    std::array<double, 4> sum{}, number{};
    for (std::size_t q = half; q + half < path.size(); ++q) {
        const double mean = (path[q - 2] / 2 + path[q - 1] + path[q] + path[q + 1] + path[q + 2] / 2) / 4;
        if (!(mean > 0)) return factor;
        sum[q % 4] += path[q] / mean;
        number[q % 4] += 1;
    }
    double all = 0;
    for (std::size_t k = 0; k < factor.size(); ++k) all += sum[k] / number[k] / 4;
    for (std::size_t k = 0; k < factor.size(); ++k) factor[k] = sum[k] / number[k] / all;
    return factor;
}

std::vector<ScoredForecast> score_forecasts(const BacktestData& data, const ForecastPlan& plan, const std::vector<std::vector<double>>& runs,
                                            bool conditional) {
    const std::string date = last_day(plan.cut);
    // The profile of quarters is that of the mean path over all draws: simulated alone, so it tells nothing of what followed.
    std::vector<double> divide(plan.moments.size(), 1.0);
    for (const auto& quarters : plan.quarters) {
        std::vector<double> path;
        for (const std::size_t moment : quarters) {
            double sum = 0;
            for (const auto& run : runs) sum += run[moment] / static_cast<double>(runs.size());
            path.push_back(sum);
        }
        const auto profile = quarter_profile(path);
        for (std::size_t q = 0; q < quarters.size(); ++q) divide[quarters[q]] = profile[q % 4];
    }
    std::vector<ScoredForecast> scored;
    for (const auto& planned : plan.forecasts) {
        const auto& series = data.series[planned.series];
        if (conditional && series.given) continue;
        const auto& figure = data.figures[planned.series][planned.figure];
        ScoredForecast s;
        s.series = planned.series;
        s.cut = plan.cut;
        s.conditional = conditional;
        s.period = figure.period;
        s.horizon = planned.horizon;
        s.observed = figure.value;
        s.standard_error = figure.error;
        s.known_from = figure.known_from;
        s.at = figure.at;
        DrawnForecast drawn, level;
        const ObservedFigure* anchor = planned.anchor ? &data.figures[planned.series][*planned.anchor] : nullptr;
        for (const auto& run : runs) {
            const double simulated = run[planned.moment] / divide[planned.moment];
            if (std::isfinite(simulated)) level.draws.push_back(simulated);
            const double value = anchor == nullptr ? simulated : anchor->value * simulated / (run[*planned.anchor_moment] / divide[*planned.anchor_moment]);
            if (std::isfinite(value)) drawn.draws.push_back(value);
        }
        if (2 * drawn.draws.size() < runs.size() || drawn.draws.empty()) continue;
        s.forecast = quantile(drawn, 0.5);
        const double anchor_error = anchor == nullptr ? 0 : anchor->error * s.forecast / anchor->value;
        drawn.error = std::hypot(figure.error, anchor_error);
        if (anchor != nullptr) s.anchor = anchor->period;
        s.low = quantile(drawn, 0.05);
        s.high = quantile(drawn, 0.95);
        s.error = std::abs(s.forecast - s.observed);
        s.crps = crps(drawn, s.observed);
        if (series.level && !level.draws.empty()) s.level = quantile(level, 0.5);
        const auto known = knowledge_of(data, planned.series, figure, date, conditional);
        for (std::size_t r = 0; r < rivals; ++r)
            if (const auto prediction = all_rivals[r].forecast(known.history, step_of(figure, figures_a_year(data.figures[planned.series]))))
                s.rival[r] = score_of(*prediction, known.times, std::hypot(figure.error, known.last_error * prediction->mean * known.times), s.observed);
        scored.push_back(std::move(s));
    }
    return scored;
}

std::vector<FreeParameter> forecast_parameters(std::vector<FreeParameter> calibrated) {
    for (const char* name : {"demand.shock_size", "demand.shock_persistence"}) calibrated.push_back(free_parameter(parameter_named(name)));
    return calibrated;
}

ForecastDraws forecast_draws(const Targets& targets, const Calibration& calibration, std::size_t count) {
    ForecastDraws draws;
    draws.free = targets.free;
    // The chains stand one after another in the posterior: draws are taken evenly from all.
    for (std::size_t i = 0; i < count; ++i) draws.values.push_back(calibration.draws[i * calibration.draws.size() / count]);
    add_shock(draws);
    return draws;
}

ForecastDraws forecast_draws(const models::Parameters& parameters, std::size_t count) {
    ForecastDraws draws;
    std::vector<double> values;
    for (const auto& p : models::all_parameters()) {
        if (p.get(parameters) == p.get(models::Parameters{}) || p.name.rfind("demand.shock_", 0) == 0) continue;
        draws.free.push_back(free_parameter(p));
        values.push_back(p.get(parameters));
    }
    draws.values.assign(count, values);
    add_shock(draws);
    return draws;
}

std::vector<std::vector<double>> run_draws(const ForecastDraws& draws, std::size_t moments, const Simulate& simulate, RunLog& log, bool side_by_side,
                                           const RunsWatch& watch) {
    std::vector<std::size_t> open;
    for (std::size_t i = 0; i < draws.values.size(); ++i)
        if (log.find(draws.values[i], static_cast<std::uint32_t>(i)) == nullptr) open.push_back(i);
    if (watch.runs_found) watch.runs_found(draws.values.size() - open.size());
    std::mutex mutex;
    bool stopped = false;
    const auto one = [&](std::size_t i) {
        {
            const std::lock_guard lock(mutex);
            if (!stopped && watch.stop) stopped = watch.stop() != 0;
            if (stopped) return;
        }
        std::vector<double> found;
        try {
            found = simulate(draws.values[i], static_cast<std::uint32_t>(i));
        } catch (const sim::FileError&) {
            throw;
        } catch (const sim::Error&) {
            found.assign(moments, std::numeric_limits<double>::quiet_NaN());  // as in a calibration: left out
        }
        log.add(draws.values[i], static_cast<std::uint32_t>(i), found);
        const std::lock_guard lock(mutex);
        if (watch.run_done) watch.run_done();
    };
    sim::for_each_run(open.size(), side_by_side, [&](std::size_t o) { one(open[o]); });
    if (stopped) return {};
    std::vector<std::vector<double>> runs;
    for (std::size_t i = 0; i < draws.values.size(); ++i) runs.push_back(*log.find(draws.values[i], static_cast<std::uint32_t>(i)));
    return runs;
}

void refuse_later_moments(const std::string& file, sim::Month cut) {
    const std::string date = last_day(cut), end = ".known_from";
    for (const auto& entry : read_toml(file)) {
        const bool moment = entry.key.rfind("calibration.moment.", 0) == 0 && entry.key.size() > end.size() &&
                            entry.key.compare(entry.key.size() - end.size(), end.size(), end) == 0;
        if (moment && entry.text > date)
            throw sim::InputError(fmt::format("{}:{}: {}: is \"{}\", but a file calibrated on what was known by {} is expected (cut {})", file, entry.line,
                                              entry.key, entry.text, date, cut.text()));
    }
}

}  // namespace experiments
