#include <cstdio>
#include <filesystem>
#include <optional>

#include <fmt/format.h>

#include "experiments/calibration/drivers_table.hpp"
#include "experiments/runs/run.hpp"
#include "regions/readers.hpp"
#include "sim/error.hpp"
#include "sim/interrupt.hpp"
#include "sim/memory.hpp"
#include "sim/progress.hpp"
#include "sim/stored_trajectory.hpp"
#include "tools/key_figures.hpp"
#include "tools/program.hpp"

namespace tools {
namespace {

namespace fs = std::filesystem;

experiments::RunOptions options_of(const RunCommand& c) {
    experiments::RunOptions o;
    if (!c.scenario.empty()) {
        require_named_file(c.scenario, "a scenario in TOML");
        o.scenario = experiments::read_scenario(c.scenario, regions::all_regions());
    } else {
        o.scenario = experiments::default_scenario();
    }
    if (!c.regions.empty()) o.scenario.regions = experiments::regions_in_order(c.regions, regions::all_regions());
    if (c.from) o.scenario.start = *c.from;
    if (c.until) experiments::end_in(o.scenario, *c.until);
    if (o.scenario.end < o.scenario.start)
        throw sim::InputError("--until: the run ends in " + o.scenario.end.text() + ", before its first month " + o.scenario.start.text());
    o.output = c.output.empty() ? fs::path(c.scenario.empty() ? "baseline" : fs::path(c.scenario).stem().string()).concat(".h5") : fs::path(c.output);
    o.scale = c.scale.value_or(1.0);
    o.seed = c.seed.value_or(o.scenario.seed.value_or(1));
    o.population_seed = c.population_seed.value_or(1);
    o.replicates = c.replicates.value_or(1);
    o.replicate_from = c.replicate_from.value_or(0);
    o.threads = c.threads;
    o.checkpoint_every = c.checkpoint_every.value_or(0);
    o.panel = c.panel.value_or(0);
    o.population_cache = c.population_cache;
    o.data = c.data;
    o.force = c.force;
    return o;
}

/// With --resume the checkpoint says what is simulated: whatever else speaks of that is a contradiction.
void check_resume(const RunCommand& c) {
    const auto refuse = [](bool given, const char* what) {
        if (given) throw sim::InputError(fmt::format("{} cannot be given with --resume: the checkpoint holds it", what));
    };
    refuse(!c.scenario.empty(), "a scenario");
    refuse(c.scale.has_value(), "--scale");
    refuse(c.seed.has_value(), "--seed");
    refuse(c.population_seed.has_value(), "--population-seed");
    refuse(c.replicates.has_value(), "--replicates");
    refuse(c.replicate_from.has_value(), "--replicate-from");
    refuse(c.from.has_value(), "--from");
    refuse(c.until.has_value(), "--until");
    refuse(!c.regions.empty(), "--regions");
    refuse(c.panel.has_value(), "--panel");
    refuse(!c.population_cache.empty(), "--population-cache");
}

/// Which assumed parameters drive the core indicators, for the summary. The run is done: a table that cannot be read is said, not thrown.
std::string drivers_text() {
    try {
        return experiments::assumed_drivers_text(experiments::read_driver_rows(experiments::shipped_drivers()));
    } catch (const sim::Error& error) {
        return fmt::format("Which assumed parameters drive the core indicators is not known: {}\n", error.what());
    }
}

}  // namespace

int run_command(const RunCommand& command, const std::vector<std::string>& arguments) {
    const std::string line = command_text(arguments);
    const sim::Interrupt interrupt;
    std::optional<sim::Progress> progress;
    experiments::RunWatch watch;
    watch.stop = sim::Interrupt::signal;
    watch.say = [&](const std::string& text) {
        if (!command.quiet) fmt::print(stderr, "{}\n", text);
    };
    watch.month_done = [&](sim::Month month, std::size_t done, std::size_t total, std::size_t persons) {
        if (!progress) {
            progress.emplace(total, command.quiet);
            progress->skip(done - 1);
        }
        progress->step(month, persons);
        if (done == total) progress.reset();
    };

    require_tables(command.data);
    experiments::RunReport report;
    if (command.resume.empty()) {
        auto options = options_of(command);
        options.command_line = line;
        report = experiments::run(options, watch);
    } else {
        check_resume(command);
        require_named_file(command.resume, "a checkpoint of a run");
        experiments::ResumeOptions options;
        options.output = command.output;
        options.data = command.data;
        options.threads = command.threads;
        options.force = command.force;
        options.command_line = line;
        if (command.checkpoint_every) options.checkpoint_every = *command.checkpoint_every;
        report = experiments::resume(command.resume, options, watch);
    }
    progress.reset();
    if (report.stopped_by != 0) {
        if (report.checkpoint.empty())
            fmt::print(stderr, "Stopped after {}; nothing was written (--checkpoint-every keeps what is done)\n", report.last_month.text());
        else
            fmt::print(stderr, "Stopped after {}; go on with: instroom run --resume {}\n", report.last_month.text(), report.checkpoint.string());
        return 128 + report.stopped_by;
    }
    if (command.quiet) return 0;
    fmt::print("\n{}\n", key_figures(sim::StoredTrajectory(report.output)));
    fmt::print("{:.1f} s ({:.1f} s processor time): start population {:.1f} s, months {:.1f} s, writing {:.1f} s; peak memory {}\n", report.seconds,
               report.cpu_seconds, report.start_seconds, report.step_seconds, report.write_seconds, sim::text_of_bytes(report.peak_memory));
    if (!report.checkpoint.empty()) fmt::print("Last checkpoint: {}\n", report.checkpoint.string());
    if (report.without_slot > 0)
        fmt::print("{} openings found no free slot in their submarket's table and were put off; vacancies there are too low\n", report.without_slot);
    fmt::print("{}Written: {}\n", drivers_text(), report.output.string());
    return 0;
}

}  // namespace tools
