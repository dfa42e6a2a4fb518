#include <chrono>
#include <filesystem>
#include <string>

#include <fmt/format.h>

#include "experiments/exploration/slurm.hpp"
#include "experiments/exploration/sweep.hpp"
#include "experiments/exploration/sweep_merge.hpp"
#include "experiments/exploration/sweep_run.hpp"
#include "regions/readers.hpp"
#include "sim/error.hpp"
#include "sim/interrupt.hpp"
#include "sim/memory.hpp"
#include "sim/parallel.hpp"
#include "sim/progress.hpp"
#include "sim/whole_file.hpp"
#include "tools/program.hpp"

namespace tools {
namespace {

namespace fs = std::filesystem;
using experiments::SweepPlan;

bool stop() { return sim::Interrupt::requested(); }

std::string duration(double seconds) {
    if (seconds < 90) return fmt::format("{:.1f} s", seconds);
    if (seconds < 5400) return fmt::format("{:.0f} min", seconds / 60);
    return fmt::format("{:.1f} h", seconds / 3600);
}

std::string disk_text(double bytes) {
    return bytes < 1 << 20 ? fmt::format("{:.1f} KiB", bytes / 1024) : sim::text_of_bytes(static_cast<std::uint64_t>(bytes));
}

std::string cost_text(const SweepPlan& plan) {
    const auto& cost = plan.cost;
    const auto points = static_cast<double>(plan.points.size());
    std::string text = fmt::format("A point: {} of disk", disk_text(static_cast<double>(cost.disk)));
    if (cost.seconds > 0) text += fmt::format(", {} of one thread (measured)", duration(cost.seconds));
    if (cost.memory > 0)
        text += fmt::format(", {} of memory, {} for each further one beside it", sim::text_of_bytes(cost.memory), sim::text_of_bytes(cost.further));
    text += fmt::format("\nAll: {} of disk in {} files", disk_text(points * static_cast<double>(cost.disk)), plan.tasks());
    if (cost.seconds > 0) text += fmt::format(", {} of one thread", duration(points * cost.seconds));
    return text;
}

int plan(const SweepCommand& command) {
    require_named_file(command.target, "a sweep in TOML");
    require_tables(command.data);
    const auto sweep = experiments::read_sweep(command.target, regions::all_regions());
    const sim::Interrupt interrupt;
    experiments::PlanOptions options;
    options.folder = command.output.empty() ? fs::path(command.target).stem() : fs::path(command.output);
    options.data = command.data;
    if (command.points_a_task > 0) options.points_a_task = static_cast<std::size_t>(command.points_a_task);
    options.processors_a_task = command.processors;
    options.measured = !command.unmeasured;
    if (!command.quiet) options.measuring = [] { fmt::print(stderr, "Measuring a run of the first point (--unmeasured leaves it out) ...\n"); };
    const auto made = experiments::plan_sweep(sweep, options, stop);
    if (!made) {
        fmt::print(stderr, "Stopped; nothing was written\n");
        return sim::Interrupt::exit_code();
    }
    experiments::write_batch_scripts(options.folder, *made);
    if (command.quiet) return 0;
    fmt::print("{} points of {} factors, {} replicate{} each, in {} task{}\n{}\nWritten: {}\n", made->points.size(), sweep.factors.size(), sweep.replicates,
               sweep.replicates == 1 ? "" : "s", made->tasks(), made->tasks() == 1 ? "" : "s", cost_text(*made), options.folder.string());
    return 0;
}

int run(const SweepCommand& command, bool again) {
    const fs::path folder = command.target;
    const auto plan = experiments::read_manifest(folder);
    experiments::SweepRunOptions options;
    options.folder = folder;
    options.threads = sim::threads_of(command.threads);
    options.again = again;
    if (command.task >= 0) options.task = static_cast<std::size_t>(command.task);
    options.of = static_cast<std::size_t>(command.of);
    std::size_t total = plan.points.size();
    if (options.task) {
        total = 0;
        for (std::size_t t = *options.task; t < plan.tasks(); t += options.of == 0 ? plan.tasks() : options.of) total += plan.end_of(t) - plan.first_of(t);
    }
    const sim::Interrupt interrupt;
    sim::Progress progress(total, command.quiet, "points");
    experiments::SweepWatch watch;
    watch.stop = stop;
    watch.point_done = [&] { progress.step(); };
    watch.found = [&](std::size_t points) {
        progress.skip(points);
        if (points > 0) progress.say(fmt::format("{} points are done already", points));
    };
    const auto report = experiments::run_sweep(plan, options, watch);
    if (report.in_use > 0) progress.say(fmt::format("{} tasks are left to another run of this sweep", report.in_use));
    if (report.stopped) {
        progress.say(fmt::format("Stopped; {} points were finished and kept, and instroom sweep resume {} goes on from them", report.done, folder.string()));
        return sim::Interrupt::exit_code();
    }
    if (report.failed > 0) {
        fmt::print(stderr, "{} point{} failed after {} tr{} each; {}\n", report.failed, report.failed == 1 ? "" : "s", plan.sweep.retries + 1,
                   plan.sweep.retries == 0 ? "y" : "ies", report.failure);
        return 2;
    }
    if (!command.quiet) fmt::print("{} points finished\n", report.done);
    return 0;
}

int status(const SweepCommand& command) {
    const fs::path folder = command.target;
    const auto plan = experiments::read_manifest(folder);
    const auto state = experiments::state_of(folder, plan);
    fmt::print("{}: {} of {} points done ({:.0f} %), {} failed, {} left; {} of {} tasks are being written to\n", folder.string(), state.done,
               plan.points.size(), 100.0 * static_cast<double>(state.done) / static_cast<double>(plan.points.size()), state.failed, state.left(), state.running,
               plan.tasks());
    for (const auto& fault : state.faults) fmt::print("{}; what is torn runs again\n", fault);
    std::size_t shown = 0;
    for (std::size_t p = 0; p < state.points.size(); ++p)
        if (state.points[p] == experiments::PointState::failed && shown++ < 5)
            fmt::print("point {} failed {} times: {}\n", p, state.failures[p],
                       experiments::RecordReader().content(experiments::records_of(folder, state.file[p]), state.last_failure[p]));
    if (shown > 5) fmt::print("... and {} more\n", shown - 5);
    if (state.left() > 0 && state.running > 0 && state.done > 0 && state.last > state.first)
        fmt::print("About {} left, as fast as so far\n",
                   duration((state.last - state.first) / static_cast<double>(state.done) * static_cast<double>(state.left())));
    else if (state.left() > 0 && state.done > 0)
        fmt::print("About {} of one thread left\n", duration(state.seconds / static_cast<double>(state.done) * static_cast<double>(state.left())));
    return 0;
}

int merge(const SweepCommand& command) {
    const fs::path folder = command.target;
    const auto plan = experiments::read_manifest(folder);
    const fs::path output = command.output.empty() ? experiments::merged_of(folder) : fs::path(command.output);
    sim::check_output(output, command.force);
    const auto state = experiments::state_of(folder, plan);
    sim::Progress progress(plan.points.size(), command.quiet, "points");
    experiments::merge_sweep(folder, plan, state, output, command.with_gaps, command.force, [&] { progress.step(); });
    if (!command.quiet) fmt::print("Written: {}\n", output.string());
    return 0;
}

int submit(const SweepCommand& command) {
    const fs::path folder = command.target;
    const auto plan = experiments::read_manifest(folder);
    const auto state = experiments::state_of(folder, plan);
    const auto jobs = experiments::submit_sweep(folder, plan, state, command.sbatch);
    if (!jobs && state.failed > 0) {
        fmt::print(stderr, "{} points have failed, and nothing else is left; instroom sweep status {} says why, and instroom sweep resume tries them again\n",
                   state.failed, folder.string());
        return 2;
    }
    if (!jobs) {
        fmt::print("All {} points are done: nothing to submit; instroom sweep merge {} builds the file\n", plan.points.size(), folder.string());
        return 0;
    }
    fmt::print("Job array {} of {} tasks; job {} merges them when all have ended. How far it is: instroom sweep status {}\n", jobs->array, jobs->tasks,
               jobs->merge, folder.string());
    return 0;
}

}  // namespace

int sweep_command(const SweepCommand& command) {
    if (command.action == "plan") return plan(command);
    if (command.action == "run") return run(command, false);
    if (command.action == "resume") return run(command, true);
    if (command.action == "status") return status(command);
    if (command.action == "submit") return submit(command);
    return merge(command);
}

}  // namespace tools
