#include "experiments/exploration/sweep_model.hpp"

#include <chrono>
#include <cstring>
#include <new>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "experiments/exploration/command_model.hpp"
#include "experiments/figures/moments.hpp"
#include "experiments/runs/comparison_runs.hpp"
#include "experiments/runs/run.hpp"
#include "experiments/runs/simulator.hpp"
#include "models/series.hpp"
#include "regions/readers.hpp"
#include "regions/synthesis.hpp"
#include "sim/error.hpp"
#include "sim/memory.hpp"
#include "sim/nearest_word.hpp"
#include "sim/parallel.hpp"

namespace experiments {
namespace {

using Clock = std::chrono::steady_clock;

double since(Clock::time_point began) { return std::chrono::duration<double>(Clock::now() - began).count(); }
double unix_time() { return std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count(); }

/// Instroom at the points of a sweep: tables and start population of the shipped values are shared, each point is one run a replicate.
class InstroomModel final : public SweepModel {
public:
    InstroomModel(const SweepPlan& plan, int threads) : plan_(plan), threads_(threads) {
        const auto& sweep = plan.sweep;
        const auto regions = sweep.base.regions.empty() ? regions::all_regions() : regions_in_order(sweep.base.regions, regions::all_regions());
        inputs_ = read_inputs(plan.data, regions, sweep.scale);
        like_ = sim::Trajectory({0}, first_month, sweep.base.end - first_month + 2);
        (void)models::add_series(like_, inputs_.tables);
        std::vector<Target> figures;
        for (const auto& outcome : sweep.outcomes) {
            if (!outcome.figure) continue;
            figures.push_back(*outcome.figure);
            figures.back().name = outcome.name;
        }
        moments_.emplace(figures, like_, Scales{1 / sweep.scale, 1}, sweep.file.string());
        layout_.replicates = static_cast<std::size_t>(sweep.replicates);
        layout_.outcomes = sweep.outcomes.size();
        std::vector<std::string> names;
        for (std::size_t s = 0; s < like_.size(); ++s)
            if (const auto& info = like_.info(static_cast<sim::SeriesId>(s)); info.group.empty()) names.push_back(info.name);
        for (const auto& name : sweep.series) {
            if (std::find(names.begin(), names.end(), name) == names.end())
                throw sim::InputError(
                    fmt::format("{}: series: no series is named '{}'; did you mean {}?", sweep.file.string(), name, sim::nearest_word(name, names)));
            const auto& info = like_.info(like_.find(name));
            std::size_t cells = like_.length("region");
            for (const auto& dimension : info.dimensions) cells *= like_.length(dimension);
            layout_.series.push_back({info, cells * like_.points()});
        }
    }

    const ResultLayout& layout() const override { return layout_; }

    std::string inputs() const override {
        std::string text;
        for (const auto& row : inputs_.tables.provenance) text += row.file + " " + row.sha256 + "\n";
        return text;
    }

    std::vector<sim::Coordinate> coordinates() const override {
        if (layout_.series.empty()) return {};
        std::vector<std::int32_t> days;
        for (std::size_t t = 0; t < like_.points(); ++t) days.push_back(like_.month_of(t).days_since_2020());
        std::vector<sim::Coordinate> all{{"time",
                                          std::move(days),
                                          {{"long_name", "first day of the month that begins at this point"},
                                           {"standard_name", "time"},
                                           {"units", "days since 2020-01-01"},
                                           {"calendar", "standard"},
                                           {"axis", "T"}}},
                                         {"region", like_.labels("region"), {{"long_name", "region"}}}};
        for (const auto& series : layout_.series)
            for (const auto& name : series.info.dimensions)
                if (std::none_of(all.begin(), all.end(), [&](const auto& c) { return c.name == name; }))
                    all.push_back({name, like_.labels(name), {{"long_name", name}}});
        return all;
    }

    void run(const std::vector<std::size_t>& points, const KeepPoints& keep, const std::function<bool()>& stop) override {
        if (points.empty()) return;
        begin();
        const bool side_by_side = fit_side_by_side(bytes_beside_others(*start_, 0), threads_);
        sim::for_each_run(points.size(), side_by_side, [&](std::size_t i) {
            if (stop()) return;
            if (auto record = run_point(points[i], stop)) keep({std::move(*record)});
        });
    }

    PointCost measure(const std::function<bool()>& stop) override {
        begin();
        PointCost cost;
        sim::alone([&] {
            const auto began = Clock::now();
            const auto runs = run_replicates(plan_.points.front(), 0, 1, stop);
            cost.seconds = since(began) * static_cast<double>(layout_.replicates);
        });
        cost.memory = sim::peak_memory();
        cost.further = static_cast<std::uint64_t>(bytes_beside_others(*start_, 0));
        cost.disk = layout_.bytes();
        return cost;
    }

private:
    /// The start population, once it is needed.
    void begin() {
        if (!start_) start_ = regions::synthesise(inputs_.tables, inputs_.start, defaults_, {plan_.sweep.population_seed, plan_.sweep.scale, true});
    }

    /// Bytes of the first replicates of a point; fewer where stopped.
    std::string run_replicates(const std::vector<double>& point, std::size_t place, std::size_t replicates, const std::function<bool()>& stop) const {
        const auto& sweep = plan_.sweep;
        const Scenario scenario = scenario_at(sweep, point);
        if (const auto problem = problem_of(scenario); !problem.empty()) throw sim::InputError(problem);
        const RunGround ground{&inputs_.tables, &*start_, sweep.base.end, sweep.seed, stop};
        std::string outcomes;
        std::vector<std::string> series(layout_.series.size());
        for (std::size_t r = 0; r < replicates; ++r) {
            double spending = 0;
            PlannedRun planned{scenario, first_month, [&](const sim::Trajectory& trajectory) {
                                   outcomes += bytes_of(outcomes_of_run(trajectory, spending));
                                   for (std::size_t s = 0; s < series.size(); ++s) add_series(trajectory, layout_.series[s].info, series[s]);
                               }};
            planned.counted = [&](const PolicyRecord& record) {
                for (const auto& measure : record.measures()) spending += record.at(measure, sweep.base.end).spending;
            };
            const std::size_t number = sweep.common_random_numbers ? r : place * layout_.replicates + r;
            if (!run_with_arms(ground, static_cast<std::uint32_t>(number), planned, {})) return {};
        }
        for (const auto& bytes : series) outcomes += bytes;
        return outcomes;
    }

    /// None where stopped.
    std::optional<PointRecord> run_point(std::size_t place, const std::function<bool()>& stop) const {
        PointRecord record;
        record.point = place;
        const auto began = Clock::now();
        try {
            record.content = run_replicates(plan_.points[place], place, layout_.replicates, stop);
            if (record.content.empty()) return std::nullopt;
        } catch (const std::bad_alloc&) {
            record.good = false;
            record.content = "memory ran out";
        } catch (const std::exception& error) {
            record.good = false;
            record.content = error.what();
        }
        record.seconds = since(began);
        record.finished = unix_time();
        return record;
    }

    [[nodiscard]] std::vector<double> outcomes_of_run(const sim::Trajectory& trajectory, double spending) const {
        const auto figures = moments_->of(trajectory);
        std::vector<double> values;
        auto next = figures.begin();
        for (const auto& outcome : plan_.sweep.outcomes) values.push_back(outcome.figure ? *next++ : spending);
        return values;
    }

    static void add_series(const sim::Trajectory& trajectory, const sim::SeriesInfo& info, std::string& bytes) {
        const auto id = trajectory.find(info.name);
        for (std::size_t t = 0; t < trajectory.points(); ++t) {
            if (info.type == sim::SeriesType::count) {
                const auto counts = trajectory.counts(id, 0, t);
                bytes.append(reinterpret_cast<const char*>(counts.data()), counts.size_bytes());
            } else {
                const auto reals = trajectory.reals(id, 0, t);
                bytes.append(reinterpret_cast<const char*>(reals.data()), reals.size_bytes());
            }
        }
    }

    const SweepPlan& plan_;
    int threads_;
    Inputs inputs_;
    models::Parameters defaults_;
    std::optional<models::World> start_;
    sim::Trajectory like_;  ///< series of a run, without values
    std::optional<Moments> moments_;
    ResultLayout layout_;
};

}  // namespace

std::size_t ResultLayout::bytes() const {
    std::size_t sum = replicates * outcomes * sizeof(double);
    for (const auto& one : series) sum += replicates * one.bytes();
    return sum;
}

std::unique_ptr<SweepModel> model_of(const SweepPlan& plan, int threads) {
    if (!plan.sweep.command.empty()) return command_model(plan);
    return std::make_unique<InstroomModel>(plan, threads);
}

std::string bytes_of(const std::vector<double>& values) { return {reinterpret_cast<const char*>(values.data()), values.size() * sizeof(double)}; }

std::vector<double> doubles_of(const std::string& bytes, std::size_t first, std::size_t count) {
    if (first + count * sizeof(double) > bytes.size()) throw sim::Bug("a result is shorter than its layout");
    std::vector<double> values(count);
    if (count > 0) std::memcpy(values.data(), bytes.data() + first, count * sizeof(double));
    return values;
}

}  // namespace experiments
