#include "experiments/exploration/sweep_run.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <map>
#include <memory>
#include <mutex>

#include <fmt/format.h>

#include "experiments/exploration/sweep_model.hpp"
#include "sim/address.hpp"
#include "sim/error.hpp"
#include "sim/parallel.hpp"

namespace experiments {
namespace {

namespace fs = std::filesystem;

/// Files that one process holds open and locked: below the usual limit of open files.
constexpr std::size_t tasks_at_once = 200;
/// A task that comes back after its node was lost may find the old process still at work.
constexpr double patience_of_a_task = 60;
constexpr double seconds_a_task = 3600;
/// Where nothing was measured.
constexpr std::size_t usual_points_a_task = 100;

/// Throws InputError where the reader of scenarios refuses an end of a factor, the others at the base's values.
void check_ends(const Sweep& sweep) {
    if (!sweep.command.empty()) return;
    std::string problems;
    for (const auto& factor : sweep.factors) {
        const auto field = scenario_field(factor.name, sweep.base);
        for (const double end : {factor.low, factor.high}) {
            Scenario scenario = sweep.base;
            field.set(scenario, end);
            if (const auto problem = problem_of(scenario); !problem.empty())
                problems += fmt::format("{}{}:{}: factors.{}: at its {} end {}: {}", problems.empty() ? "" : "\n", sweep.file.string(), factor.line,
                                        factor.name, end == factor.low ? "low" : "high", value_text(factor, end), problem);
        }
    }
    if (!problems.empty()) throw sim::InputError(problems);
}

std::size_t tasks_of(const PointCost& cost, int processors, std::size_t points) {
    if (!(cost.seconds > 0)) return std::min(points, usual_points_a_task);
    return static_cast<std::size_t>(std::clamp(std::floor(seconds_a_task * processors / cost.seconds), 1.0, static_cast<double>(points)));
}

/// Takes what a scan of one file found into the state.
void add(const RecordScan& scan, std::size_t task, const fs::path& folder, const SweepPlan& plan, SweepState& state) {
    const fs::path file = records_of(folder, task);
    if (scan.in_use) ++state.running;
    if (scan.broken > 0)
        state.faults.push_back(fmt::format("{}: {} bytes are no whole record{}", file.string(), scan.broken, scan.in_use ? " (it is being written to)" : ""));
    if (!scan.head.empty()) require_same_head(file, scan.head, plan.belongs.text());
    for (const auto& record : scan.records) {
        const auto p = static_cast<std::size_t>(record.point);
        if (p < plan.first_of(task) || p >= plan.end_of(task))
            throw sim::InputError(fmt::format("{}: holds point {}, which is none of this task's", file.string(), p));
        if (!record.good) {
            ++state.failures[p];
            state.last_failure[p] = record;
            state.file[p] = task;
            continue;
        }
        if (state.points[p] == PointState::done) {
            if (record.checksum != state.record[p].checksum || record.size != state.record[p].size)
                throw sim::InputError(fmt::format("{}: holds two results of point {} that differ", file.string(), p));
            continue;
        }
        state.points[p] = PointState::done;
        state.record[p] = record;
        state.file[p] = task;
        ++state.done;
        state.seconds += record.seconds;
        state.first = state.first == 0 ? record.finished - record.seconds : std::min(state.first, record.finished - record.seconds);
        state.last = std::max(state.last, record.finished);
    }
}

SweepState empty_state(const SweepPlan& plan) {
    SweepState state;
    state.points.assign(plan.points.size(), PointState::left);
    state.file.resize(plan.points.size());
    state.record.resize(plan.points.size());
    state.failures.assign(plan.points.size(), 0);
    state.last_failure.resize(plan.points.size());
    return state;
}

/// A point that was tried as often as it may be has failed.
void mark_failed(const SweepPlan& plan, SweepState& state) {
    for (std::size_t p = 0; p < state.points.size(); ++p)
        if (state.points[p] == PointState::left && state.failures[p] > plan.sweep.retries) {
            state.points[p] = PointState::failed;
            ++state.failed;
        }
}

/// One call of run_sweep.
class Run {
public:
    Run(const SweepPlan& plan, const SweepRunOptions& options, const SweepWatch& watch, SweepModel& model)
        : plan_(plan), options_(options), watch_(watch), model_(model), state_(empty_state(plan)), tries_(plan.points.size(), 0) {}

    SweepRunReport run(const std::vector<std::size_t>& tasks) {
        for (std::size_t begin = 0; begin < tasks.size() && !report_.stopped; begin += tasks_at_once)
            run_tasks({tasks.begin() + static_cast<std::ptrdiff_t>(begin),
                       tasks.begin() + static_cast<std::ptrdiff_t>(std::min(tasks.size(), begin + tasks_at_once))});
        if (report_.in_use == tasks.size())
            throw sim::InputError(fmt::format("{} is in use by another run of this sweep, which does all its points", options_.folder.string()));
        return report_;
    }

private:
    void run_tasks(const std::vector<std::size_t>& tasks) {
        std::vector<std::size_t> mine;
        for (const auto task : tasks) {
            auto file = open(task);
            if (!file) continue;
            add(file->found(), task, options_.folder, plan_, state_);
            files_[task] = std::move(file);
            for (std::size_t p = plan_.first_of(task); p < plan_.end_of(task); ++p) mine.push_back(p);
        }
        const auto is_done = [&](std::size_t p) { return state_.points[p] == PointState::done; };
        if (watch_.found) watch_.found(static_cast<std::size_t>(std::count_if(mine.begin(), mine.end(), is_done)));
        for (int round = 0; round <= plan_.sweep.retries && !report_.stopped; ++round) {
            std::vector<std::size_t> missing;
            for (const auto p : mine)
                if (!is_done(p) && (options_.again ? tries_[p] : state_.failures[p]) <= plan_.sweep.retries) missing.push_back(p);
            if (missing.empty()) break;
            // Where a result cannot be kept, nobody needs the others.
            model_.run(
                missing, [&](const std::vector<PointRecord>& records) { keep(records); }, [&] { return lost_ || watch_.stop(); });
            report_.stopped = watch_.stop();
        }
        for (const auto p : mine) {
            if (is_done(p) || state_.failures[p] == 0) continue;
            ++report_.failed;
            if (report_.failure.empty()) report_.failure = fmt::format("point {}: {}", p, failure_of(p));
        }
        files_.clear();
    }

    std::unique_ptr<RecordFile> open(std::size_t task) {
        try {
            return std::make_unique<RecordFile>(records_of(options_.folder, task), plan_.belongs.text(), options_.task ? patience_of_a_task : 0);
        } catch (const sim::InputError&) {
            if (!scan_records(records_of(options_.folder, task)).in_use) throw;
            ++report_.in_use;
            return nullptr;
        }
    }

    std::string failure_of(std::size_t p) const {
        const auto found = failures_.find(p);
        return found != failures_.end() ? found->second : RecordReader().content(records_of(options_.folder, state_.file[p]), state_.last_failure[p]);
    }

    /// Once it returns the points are on the disk.
    void keep(const std::vector<PointRecord>& records) {
        const std::lock_guard lock(mutex_);
        std::map<std::size_t, std::vector<PointRecord>> by_task;
        for (const auto& record : records) by_task[record.point / plan_.points_a_task].push_back(record);
        try {
            for (const auto& [task, some] : by_task) files_.at(task)->append(some);
        } catch (...) {
            lost_ = true;
            throw;
        }
        for (const auto& record : records) {
            const auto p = static_cast<std::size_t>(record.point);
            if (record.good) {
                state_.points[p] = PointState::done;
                ++report_.done;
                if (watch_.point_done) watch_.point_done();
            } else {
                ++state_.failures[p];
                ++tries_[p];
                failures_[p] = record.content;
            }
        }
    }

    const SweepPlan& plan_;
    const SweepRunOptions& options_;
    const SweepWatch& watch_;
    SweepModel& model_;
    SweepState state_;
    std::vector<int> tries_;  ///< of this call that failed, by point
    std::map<std::size_t, std::string> failures_;
    std::map<std::size_t, std::unique_ptr<RecordFile>> files_;
    std::mutex mutex_;
    std::atomic<bool> lost_ = false;  ///< a result could not be kept
    SweepRunReport report_;
};

}  // namespace

std::optional<SweepPlan> plan_sweep(const Sweep& sweep, const PlanOptions& options, const std::function<bool()>& stop) {
    require_free(options.folder);
    SweepPlan plan;
    plan.sweep = sweep;
    plan.points = points_of(sweep.design, sweep.factors);
    plan.processors_a_task = options.processors_a_task;
    if (!options.data.empty()) plan.data = fs::absolute(options.data);
    const double runs = static_cast<double>(plan.points.size()) * sweep.replicates;
    if (!sweep.common_random_numbers && runs > static_cast<double>(sim::replicate_limit))
        throw sim::InputError(
            fmt::format("{}: without common random numbers each run has a number of its own, of which there are {}, but the sweep has {} runs",
                        sweep.file.string(), sim::replicate_limit, runs));
    check_ends(sweep);
    const auto model = model_of(plan, 1);
    plan.belongs = belonging_of(sweep, plan.points, model->inputs());
    plan.cost.disk = model->layout().bytes();
    if (options.measured) {
        if (options.measuring) options.measuring();
        plan.cost = model->measure(stop);
    }
    if (stop()) return std::nullopt;
    plan.points_a_task = options.points_a_task.value_or(tasks_of(plan.cost, plan.processors_a_task, plan.points.size()));
    write_manifest(options.folder, plan);
    return plan;
}

SweepState state_of(const fs::path& folder, const SweepPlan& plan) {
    auto state = empty_state(plan);
    for (std::size_t task = 0; task < plan.tasks(); ++task) add(scan_records(records_of(folder, task), false), task, folder, plan, state);
    mark_failed(plan, state);
    return state;
}

SweepRunReport run_sweep(const SweepPlan& plan, const SweepRunOptions& options, const SweepWatch& watch) {
    std::vector<std::size_t> tasks;
    const std::size_t first = options.task.value_or(0), step = !options.task ? 1 : options.of == 0 ? plan.tasks() : options.of;
    for (std::size_t task = first; task < plan.tasks(); task += step) tasks.push_back(task);
    if (tasks.empty()) throw sim::InputError(fmt::format("there is no task {}; the sweep has tasks 0 to {}", first, plan.tasks() - 1));
    SweepRunReport report;
    sim::Threads arena(options.threads);
    arena.run([&] {
        const auto model = model_of(plan, options.threads);
        require_same(plan.belongs, belonging_of(plan.sweep, plan.points, model->inputs()));
        report = Run(plan, options, watch, *model).run(tasks);
    });
    return report;
}

}  // namespace experiments
