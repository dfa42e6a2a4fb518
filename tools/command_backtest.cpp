#include <algorithm>
#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "experiments/calibration/backtest.hpp"
#include "experiments/calibration/backtest_report.hpp"
#include "experiments/calibration/calibration.hpp"
#include "experiments/runs/run_log.hpp"
#include "experiments/runs/simulator.hpp"
#include "experiments/scenarios/scenario.hpp"
#include "regions/readers.hpp"
#include "sim/error.hpp"
#include "sim/interrupt.hpp"
#include "sim/parallel.hpp"
#include "sim/progress.hpp"
#include "sim/whole_file.hpp"
#include "tools/program.hpp"
#include "tools/shown_runs.hpp"

namespace tools {
namespace {

namespace fs = std::filesystem;
using experiments::Simulator;
using experiments::Targets;

constexpr std::size_t posterior_draws = 400;

std::vector<std::string> names_of(const Targets& targets, bool free) {
    std::vector<std::string> names;
    if (free)
        for (const auto& p : targets.free) names.push_back(p.name);
    else
        for (const auto& t : targets.targets) names.push_back(t.name);
    return names;
}

/// Series and figures: the shipped table (or that of --data), then those of --observed.
experiments::BacktestData read_data(const BacktestCommand& command) {
    experiments::BacktestData data;
    data.series = experiments::read_backtest_series(experiments::shipped_backtest_series(), regions::all_regions());
    const regions::DataFolder folder = regions::tables_under(command.data);
    for (const fs::path& file : {folder.file_of("observed"), fs::path(command.observed)})
        if (!file.empty()) experiments::add_figures(data, regions::read_figures(file), file.string());
    return data;
}

std::vector<sim::Month> cuts_of(const BacktestCommand& command, const experiments::BacktestData& data) {
    if (command.rolling) return experiments::rolling_cuts();
    sim::Month last;
    for (const auto& figures : data.figures)
        for (const auto& figure : figures) last = std::max(last, figure.until);
    const sim::Month first = experiments::first_month + 5, latest = last - 3;
    std::vector<std::string> possible;
    for (sim::Month m = first; m <= latest; ++m)
        if (m.month_of_year() % 3 == 0) possible.push_back(m.text());
    for (const sim::Month cut : command.cuts)
        if (std::find(possible.begin(), possible.end(), cut.text()) == possible.end()) {
            // Texts of months are near by their letters, months by their distance.
            const auto near = std::min_element(possible.begin(), possible.end(), [&](const auto& a, const auto& b) {
                return std::abs(sim::Month::parse(a) - cut) < std::abs(sim::Month::parse(b) - cut);
            });
            throw sim::InputError(fmt::format("--cut is '{}', but the last month of a quarter from {} to {} is expected; did you mean '{}'?", cut.text(),
                                              possible.front(), possible.back(), *near));
        }
    return command.cuts.empty() ? std::vector<sim::Month>{sim::Month::of(2022, 12)} : command.cuts;
}

/// Everything of one cut that can be checked before the first run.
struct AtCut {
    sim::Month cut;
    experiments::ForecastPlan plan;
    Targets known;                                       ///< of the calibration
    std::unique_ptr<Simulator> calibration;              ///< none where parameters are given
    experiments::ForecastDraws given;                    ///< parameters of --parameters
    std::array<std::unique_ptr<Simulator>, 2> forecast;  ///< unconditional, conditional
    Targets wanted;                                      ///< of the forecast
};

class Backtest {
public:
    Backtest(const BacktestCommand& command, experiments::BacktestData data)
        : command_(command),
          data_(std::move(data)),
          output_(command.output.empty() ? "backtest.csv" : command.output),
          threads_(sim::threads_of(command.threads)) {
        options_.waves = command.waves;
        options_.budget = command.budget;
        options_.draws = posterior_draws;
        options_.seed = command.seed;
        const auto cuts = cuts_of(command, data_);
        if (command.parameters.size() > 1 && command.parameters.size() != cuts.size())
            throw sim::InputError(fmt::format("--parameters names {} files for {} cuts; one for all, or one for each in their order, is expected",
                                              command.parameters.size(), cuts.size()));
        for (std::size_t c = 0; c < cuts.size(); ++c) at_.push_back(prepared(cuts[c], c));
        side_by_side_ = at_.front().forecast[0]->side_by_side(threads_);
        sim::check_output(output_, command.force);
    }

    [[nodiscard]] std::size_t runs() const {
        std::size_t count = 0;
        for (const auto& at : at_) count += 2 * static_cast<std::size_t>(command_.draws) + (at.calibration ? static_cast<std::size_t>(command_.budget) : 0);
        return count;
    }

    /// The number of the signal that stopped it, or 0.
    int run(sim::Progress& progress) {
        const experiments::RunsWatch watch = shown_runs(progress);
        if (!side_by_side_) progress.say("Memory does not hold a run for every thread: one run after another");
        for (auto& at : at_)
            if (const int signal = run_cut(at, watch); signal != 0) return signal;
        return 0;
    }

    [[nodiscard]] const fs::path& output() const { return output_; }
    [[nodiscard]] std::string csv(const std::string& line) const { return experiments::backtest_csv(data_, scored_, line); }

    [[nodiscard]] std::string report() const {
        std::string text;
        for (const auto& at : at_) {
            text += fmt::format("Cut {}: what was known on {}\n", at.cut.text(), experiments::last_day(at.cut));
            text += experiments::cut_text(at.forecast[0]->cut_report());
            if (at.plan.without_anchor > 0)
                text += fmt::format("{} figures have another definition than the simulation and no known figure since January 2021 to start from: left out\n",
                                    at.plan.without_anchor);
            if (at.calibration) text += calibrated_text(at);
            for (const bool conditional : {false, true}) {
                std::vector<experiments::ScoredForecast> here;
                for (const auto& f : scored_)
                    if (f.cut == at.cut && f.conditional == conditional) here.push_back(f);
                if (here.empty()) continue;
                text += fmt::format("\nCut {}, {}\n{}", at.cut.text(),
                                    conditional ? "conditional on the national jobs, vacancies and tightness that followed" : "unconditional",
                                    experiments::backtest_table(data_, here));
            }
            text += "\n";
        }
        return text + experiments::backtest_summary(data_, scored_);
    }

private:
    AtCut prepared(sim::Month cut, std::size_t number) const {
        AtCut at;
        at.cut = cut;
        at.plan = experiments::plan_forecasts(data_, cut);
        const std::string series_file = experiments::shipped_backtest_series().string();
        const regions::TableCut known{experiments::last_day(cut), false}, totals{experiments::last_day(cut), true};
        if (command_.parameters.empty()) {
            const fs::path file = command_.targets.empty() ? experiments::shipped_targets() : fs::path(command_.targets);
            at.known = experiments::targets_known_at(experiments::read_targets(file, regions::all_regions()), data_, cut);
            experiments::check_calibration(at.known, options_);
            at.calibration = std::make_unique<Simulator>(command_.data, command_.scale, command_.seed, at.known, file.string(), known);
            at.wanted.free = experiments::forecast_parameters(at.known.free);
        } else {
            const std::string& file = command_.parameters[command_.parameters.size() == 1 ? 0 : number];
            require_named_file(file, "a scenario or a calibrated file in TOML");
            experiments::refuse_later_moments(file, cut);
            at.given =
                experiments::forecast_draws(experiments::read_scenario(file, regions::all_regions()).parameters, static_cast<std::size_t>(command_.draws));
            at.wanted.free = at.given.free;
        }
        at.wanted.targets = at.plan.moments;
        at.forecast[0] = std::make_unique<Simulator>(command_.data, command_.scale, command_.seed, at.wanted, series_file, known);
        at.forecast[1] = std::make_unique<Simulator>(command_.data, command_.scale, command_.seed, at.wanted, series_file, totals);
        return at;
    }

    [[nodiscard]] fs::path log_file(const AtCut& at, const char* part) const {
        fs::path file = output_;
        file.replace_extension();
        file += fmt::format(".{}.{}.runs.csv", at.cut.text(), part);
        return file;
    }

    int run_cut(AtCut& at, const experiments::RunsWatch& watch) {
        experiments::ForecastDraws draws = at.given;
        if (at.calibration) {
            watch.say(fmt::format("Cut {}: calibration on {} moments known on {}", at.cut.text(), at.known.targets.size(), experiments::last_day(at.cut)));
            experiments::RunLog log(log_file(at, "calibration"), at.calibration->key(), names_of(at.known, true), names_of(at.known, false), command_.force);
            auto options = options_;
            options.side_by_side = side_by_side_;
            const auto calibration = experiments::calibrate(at.known, std::cref(*at.calibration), options, log, watch);
            if (calibration.stopped_by != 0) return calibration.stopped_by;
            identified_.push_back(calibration.posterior.identified);
            draws = experiments::forecast_draws(at.known, calibration, static_cast<std::size_t>(command_.draws));
        }
        for (const bool conditional : {false, true}) {
            const char* part = conditional ? "conditional" : "unconditional";
            const Simulator& simulator = *at.forecast[conditional ? 1 : 0];
            watch.say(fmt::format("Cut {}: {} {} runs until {}", at.cut.text(), command_.draws, part, simulator.last_month().text()));
            experiments::RunLog log(log_file(at, part), simulator.key(), names_of(at.wanted, true), names_of(at.wanted, false), command_.force);
            const auto moments = experiments::run_draws(draws, at.plan.moments.size(), std::cref(simulator), log, side_by_side_, watch);
            if (moments.empty()) return sim::Interrupt::signal();
            for (auto& f : experiments::score_forecasts(data_, at.plan, moments, conditional)) scored_.push_back(std::move(f));
        }
        return 0;
    }

    [[nodiscard]] std::string calibrated_text(const AtCut& at) const {
        const auto place = static_cast<std::size_t>(&at - at_.data());
        std::string told, untold;
        for (std::size_t k = 0; k < at.known.free.size(); ++k) {
            auto& list = identified_[place][k] ? told : untold;
            list += (list.empty() ? "" : ", ") + at.known.free[k].name;
        }
        return fmt::format("Calibrated on {} moments; told by them: {}; drawn from the prior: {}\n", at.known.targets.size(), told.empty() ? "nothing" : told,
                           untold.empty() ? "nothing" : untold);
    }

    const BacktestCommand& command_;
    experiments::BacktestData data_;
    fs::path output_;
    int threads_;
    bool side_by_side_ = true;
    experiments::CalibrationOptions options_;
    std::vector<AtCut> at_;
    std::vector<std::vector<bool>> identified_;  ///< by cut and free parameter
    std::vector<experiments::ScoredForecast> scored_;
};

}  // namespace

int backtest_command(const BacktestCommand& command, const std::vector<std::string>& arguments) {
    const std::string line = command_text(arguments);
    require_tables(command.data);
    if (!command.targets.empty()) require_named_file(command.targets, "a file of targets in TOML");
    if (!command.observed.empty()) require_named_file(command.observed, "a table of observed figures in CSV");
    Backtest backtest(command, read_data(command));

    const sim::Interrupt interrupt;
    sim::Progress progress(backtest.runs(), command.quiet, "runs");
    int signal = 0;
    sim::Threads arena(sim::threads_of(command.threads));
    arena.run([&] { signal = backtest.run(progress); });
    if (signal != 0) {
        progress.say(fmt::format("Stopped; finished runs are beside {}, and the same command goes on from them", backtest.output().string()));
        return 128 + signal;
    }
    sim::write_whole(backtest.output(), backtest.csv(line));
    if (command.quiet) return 0;
    progress.say("");
    fmt::print("{}Written: {}\n", backtest.report(), backtest.output().string());
    return 0;
}

}  // namespace tools
