#include "experiments/calibration/backtest_report.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <tuple>

#include <fmt/format.h>

#include "experiments/calibration/scores.hpp"
#include "sim/csv_field.hpp"

namespace experiments {
namespace {

std::string number_or(const std::optional<double>& number, const char* format, const char* none) {
    return number ? fmt::format(fmt::runtime(format), *number) : none;
}

/// A figure on a terminal: whole where it is large.
std::string figure_text(double value) { return std::abs(value) >= 1000 ? fmt::format("{:.0f}", value) : fmt::format("{:.4g}", value); }

const char* kind_text(bool conditional) { return conditional ? "conditional" : "unconditional"; }

template <class Keep>
std::vector<ScoredForecast> only(const std::vector<ScoredForecast>& all, Keep&& keep) {
    std::vector<ScoredForecast> kept;
    std::copy_if(all.begin(), all.end(), std::back_inserter(kept), keep);
    return kept;
}

std::string share_text(std::size_t part, std::size_t whole) { return whole == 0 ? "-" : fmt::format("{}/{}", part, whole); }

std::string summary_line(const std::string& name, const std::vector<ScoredForecast>& forecasts) {
    const PooledScores pooled = pool(forecasts);
    std::string line = fmt::format("{:<26}{:>6}{:>10}{:>10}", name, pooled.forecasts, share_text(pooled.smallest, pooled.series),
                                   share_text(pooled.covered, pooled.forecasts));
    for (const auto& r : pooled.rival) line += r.forecasts == 0 ? fmt::format("{:>10}", "-") : fmt::format("{:>10.2f}", r.crps_ratio);
    for (const auto& r : pooled.rival) line += fmt::format("{:>9}", share_text(r.covered, r.intervals));
    return line + "\n";
}

/// Comparisons of series with enough forecasts, and the most that one series has.
std::string diebold_mariano_text(const BacktestData& data, const std::vector<ScoredForecast>& forecasts) {
    std::map<std::tuple<bool, std::size_t, int>, std::vector<ScoredForecast>> groups;
    for (const auto& f : forecasts) groups[{f.conditional, f.series, f.horizon}].push_back(f);
    std::size_t most = 0;
    std::string text;
    for (auto& [key, group] : groups) {
        std::sort(group.begin(), group.end(), [](const auto& a, const auto& b) { return a.cut < b.cut; });
        most = std::max(most, group.size());
        for (std::size_t r = 0; r < rivals; ++r) {
            std::vector<double> mine, other;
            for (const auto& f : group)
                if (f.rival[r]) {
                    mine.push_back(f.crps);
                    other.push_back(f.rival[r]->crps);
                }
            const auto test = diebold_mariano(mine, other, std::get<2>(key));
            if (test)
                text += fmt::format("{:<32} {:>2} quarters, {}, against {}: {:+.2f} (p = {:.3f})\n", data.series[std::get<1>(key)].name, std::get<2>(key),
                                    kind_text(std::get<0>(key)), all_rivals[r].name, test->statistic, test->p);
        }
    }
    if (text.empty())
        return fmt::format("Diebold-Mariano: not computed; it needs {} forecasts of one series at one horizon, the most there are is {}.\n",
                           least_for_diebold_mariano, most);
    return "Diebold-Mariano on CRPS, with the correction for few forecasts (below 0: Instroom loses less)\n" + text;
}

}  // namespace

PooledScores pool(const std::vector<ScoredForecast>& forecasts) {
    PooledScores pooled;
    std::array<double, rivals> mine{}, other{};
    struct Errors {
        std::array<double, rivals> mine{}, other{};
        std::array<bool, rivals> there{};
    };
    std::map<std::size_t, Errors> by_series;
    for (const auto& f : forecasts) {
        ++pooled.forecasts;
        pooled.covered += f.low <= f.observed && f.observed <= f.high;
        for (std::size_t r = 0; r < rivals; ++r) {
            if (!f.rival[r]) continue;
            auto& of_rival = pooled.rival[r];
            ++of_rival.forecasts;
            mine[r] += f.crps / f.observed;
            other[r] += f.rival[r]->crps / f.observed;
            if (f.rival[r]->low) {
                ++of_rival.intervals;
                of_rival.covered += *f.rival[r]->low <= f.observed && f.observed <= *f.rival[r]->high;
            }
            auto& errors = by_series[f.series];
            errors.there[r] = true;
            errors.mine[r] += f.error / f.observed;
            errors.other[r] += f.rival[r]->error / f.observed;
        }
    }
    for (std::size_t r = 0; r < rivals; ++r)
        if (other[r] > 0) pooled.rival[r].crps_ratio = mine[r] / other[r];
    for (const auto& [series, errors] : by_series) {
        ++pooled.series;
        bool smallest = true;
        for (std::size_t r = 0; r < rivals; ++r) smallest = smallest && (!errors.there[r] || errors.mine[r] < errors.other[r]);
        pooled.smallest += smallest;
    }
    return pooled;
}

std::string backtest_table(const BacktestData& data, const std::vector<ScoredForecast>& forecasts) {
    std::string text = fmt::format("{:<32}{:<9}{:>3}{:>11}{:>11}{:>24}{:>10}{:>10}{:>10}{:>10}{:>10}\n", "series", "period", "h", "observed", "forecast",
                                   "90 % interval", "error", "no change", "trend", "autoreg.", "CRPS");
    for (const auto& f : forecasts) {
        text += fmt::format("{:<32}{:<9}{:>3}{:>11}{:>11}{:>12}{:>12}{:>10}", data.series[f.series].name, f.period, f.horizon, figure_text(f.observed),
                            figure_text(f.forecast), figure_text(f.low), figure_text(f.high), figure_text(f.error));
        for (const auto& r : f.rival) text += fmt::format("{:>10}", r ? figure_text(r->error) : "-");
        text += fmt::format("{:>10}{}\n", figure_text(f.crps), f.low <= f.observed && f.observed <= f.high ? "" : "  outside");
    }
    return text;
}

std::string backtest_summary(const BacktestData& data, const std::vector<ScoredForecast>& forecasts) {
    std::string text;
    for (const bool conditional : {false, true}) {
        const auto all = only(forecasts, [&](const auto& f) { return f.conditional == conditional; });
        if (all.empty()) continue;
        text += fmt::format("{:<26}{:>6}{:>10}{:>10}{:>30}{:>27}\n", "", "", "smallest", "in its", "CRPS over that of", "in the interval of");
        text += fmt::format("{:<26}{:>6}{:>10}{:>10}", kind_text(conditional), "n", "error", "interval");
        for (int twice = 0; twice < 2; ++twice)
            for (const char* name : {"no change", "trend", "autoreg."}) text += twice == 0 ? fmt::format("{:>10}", name) : fmt::format("{:>9}", name);
        text += "\n";
        for (std::size_t family = 0; family < backtest_families().size(); ++family)
            if (const auto kept = only(all, [&](const auto& f) { return data.series[f.series].family == family; }); !kept.empty())
                text += summary_line(backtest_families()[family], kept);
        for (const int horizon : backtest_horizons)
            if (const auto kept = only(all, [&](const auto& f) { return f.horizon == horizon; }); !kept.empty())
                text += summary_line(fmt::format("{} {} ahead", horizon, horizon == 1 ? "quarter" : "quarters"), kept);
        text += summary_line("all", all);
        double level = 0, anchored = 0;
        std::size_t both = 0;
        for (const auto& f : all)
            if (f.level && !f.anchor.empty()) {
                level += std::abs(*f.level - f.observed) / f.observed;
                anchored += f.error / f.observed;
                ++both;
            }
        if (both > 0)
            text += fmt::format("Mean absolute error of {} forecasts from the last known figure: {:.1f} %; of the same levels as simulated: {:.1f} %\n", both,
                                100 * anchored / static_cast<double>(both), 100 * level / static_cast<double>(both));
        text += "\n";
    }
    text +=
        "(smallest error: series on which Instroom's mean absolute error is below that of every rival; in its interval: 90 % is right; CRPS over that of a "
        "rival: below\n1 is better, each score divided by the observed figure. Rivals with too short a history make no forecast or give no interval)\n";
    return text + diebold_mariano_text(data, forecasts);
}

std::string backtest_csv(const BacktestData& data, const std::vector<ScoredForecast>& forecasts, const std::string& command_line) {
    std::string text =
        "cut,kind,series,family,region,period,quarters_ahead,observed,standard_error,from_period,forecast,low,high,absolute_error,crps,level_as_simulated";
    for (const char* rival : {"no_change", "same_trend", "autoregression"})
        for (const char* what : {"", "_low", "_high", "_absolute_error", "_crps"}) text += std::string(",") + rival + what;
    text += ",known_from,observed_at,command_line\n";
    for (const auto& f : forecasts) {
        const auto& series = data.series[f.series];
        text += fmt::format("{},{},{},{},{},{},{},{:.10g},{:.6g},{},{:.7g},{:.7g},{:.7g},{:.6g},{:.6g},{}", f.cut.text(), kind_text(f.conditional), series.name,
                            backtest_families()[series.family], sim::csv_field(series.region), f.period, f.horizon, f.observed, f.standard_error, f.anchor,
                            f.forecast, f.low, f.high, f.error, f.crps, number_or(f.level, "{:.7g}", ""));
        for (const auto& r : f.rival)
            text +=
                r ? fmt::format(",{:.7g},{},{},{:.6g},{:.6g}", r->mean, number_or(r->low, "{:.7g}", ""), number_or(r->high, "{:.7g}", ""), r->error, r->crps)
                  : ",,,,,";
        text += fmt::format(",{},{},{}\n", f.known_from, sim::csv_field(f.at), sim::csv_field(command_line));
    }
    return text;
}

std::string cut_text(const regions::CutReport& report) {
    std::size_t refused = 0, later = 0;
    std::string lines;
    for (const auto& [table, count] : report.tables) {
        refused += count.refused;
        later += count.known_later;
        lines += fmt::format("  {:<20}{:>9}{:>13}\n", table, count.refused, count.known_later);
    }
    std::string text = fmt::format(
        "{} rows of time paths were known later and are refused; {} others known later stay: structure at the start, and assumptions\n", refused, later);
    if (!lines.empty()) text += fmt::format("  {:<20}{:>9}{:>13}\n", "table", "refused", "structure") + lines;
    for (const auto& assumption : report.assumptions) text += "  instead: " + assumption + "\n";
    return text;
}

}  // namespace experiments
