#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <string>

#include <fmt/format.h>

#include "experiments/calibration.hpp"
#include "experiments/calibration_file.hpp"
#include "experiments/run_log.hpp"
#include "experiments/simulator.hpp"
#include "experiments/targets.hpp"
#include "regions/readers.hpp"
#include "sim/error.hpp"
#include "sim/interrupt.hpp"
#include "sim/memory.hpp"
#include "sim/parallel.hpp"
#include "sim/progress.hpp"
#include "sim/short_digest.hpp"
#include "sim/version.hpp"
#include "sim/whole_file.hpp"
#include "tools/program.hpp"

namespace tools {
namespace {

namespace fs = std::filesystem;

/// Bytes a person that one of several runs side by side takes, and those of its series and buffers.
constexpr double bytes_a_person = 200, bytes_a_run = 60e6;

/// What finished runs belong to. Observed figures and priors are not part of it: they change which runs are asked for, not what a run gives.
std::string key_of(const CalibrateCommand& command, const experiments::Targets& targets, const experiments::Simulator& simulator) {
    std::string moments, tables;
    for (const auto& t : targets.targets) {
        moments += fmt::format("{} {} {} {} {} {}", t.name, static_cast<int>(t.kind), t.from.text(), t.until.text(), t.times, static_cast<int>(t.scaling));
        for (const auto* list : {&t.top, &t.bottom, &t.regions}) {
            for (const auto& words : *list) moments += "\n" + words;
            moments += "\n/";
        }
    }
    for (const auto& row : simulator.provenance()) tables += row.file + " " + row.sha256 + "\n";
    return fmt::format("Instroom {} (git {}), {}, scale {}, seed {}, moments {:016x}, tables {:016x}, until {}", sim::version(), sim::commit(),
                       sim::c_library(), command.scale, command.seed, sim::short_digest(moments), sim::short_digest(tables), simulator.last_month().text());
}

}  // namespace

int calibrate_command(const CalibrateCommand& command, const std::vector<std::string>& arguments) {
    std::string line = "instroom";
    for (const auto& word : arguments) line += " " + word;
    if (!command.targets.empty()) require_named_file(command.targets, "a file of targets in TOML");
    require_tables(command.data);
    const fs::path file = command.targets.empty() ? experiments::shipped_targets() : fs::path(command.targets);
    const fs::path output = command.output.empty() ? "calibrated.toml" : command.output;
    const auto targets = experiments::read_targets(file, regions::all_regions());
    experiments::CalibrationOptions options;
    options.waves = command.waves;
    options.budget = command.budget;
    options.draws = static_cast<std::size_t>(command.draws);
    options.seed = command.seed;
    experiments::check_calibration(targets, options);
    sim::check_output(output, command.force);
    const experiments::Simulator simulator(command.data, command.scale, command.seed, targets, file.string());

    const int threads = sim::threads_of(command.threads);
    const double a_run = simulator.inhabitants() * command.scale * bytes_a_person + bytes_a_run;
    const auto there = static_cast<double>(sim::available_memory());
    if (a_run > there)
        throw sim::InputError(fmt::format("a run takes about {} of memory and {} are free; a smaller --scale takes less",
                                          sim::text_of_bytes(static_cast<std::uint64_t>(a_run)), sim::text_of_bytes(static_cast<std::uint64_t>(there))));
    options.side_by_side = a_run * threads <= there;

    fs::path runs = output;
    runs.replace_extension(".runs.csv");
    std::vector<std::string> parameters, moments;
    for (const auto& p : targets.free) parameters.push_back(p.name);
    for (const auto& t : targets.targets) moments.push_back(t.name);
    experiments::RunLog log(runs, key_of(command, targets, simulator), parameters, moments, command.force);

    const sim::Interrupt interrupt;
    sim::Progress progress(static_cast<std::size_t>(command.budget), command.quiet, "runs");
    experiments::CalibrationWatch watch;
    watch.stop = sim::Interrupt::signal;
    watch.say = [&](const std::string& text) { progress.say(text); };
    watch.run_done = [&] { progress.step(); };
    watch.runs_found = [&](std::size_t found) { progress.skip(found); };
    if (log.size() > 0) progress.say(fmt::format("{} finished runs in {}", log.size(), runs.string()));
    if (!options.side_by_side) progress.say("Memory does not hold a run for every thread: one run after another");

    experiments::Calibration result;
    sim::Threads arena(threads);
    arena.run([&] { result = experiments::calibrate(targets, std::cref(simulator), options, log, watch); });
    if (result.stopped_by != 0) {
        progress.say(fmt::format("Stopped; {} finished runs are in {}, and the same command goes on from them", log.size(), runs.string()));
        return 128 + result.stopped_by;
    }
    sim::write_whole(
        output, experiments::calibration_text(result, targets, {line, file.string(), command.scale, command.seed, command.budget, simulator.provenance()}));
    if (command.quiet) return 0;
    progress.say("");
    fmt::print("{}", experiments::calibration_report(result, targets));
    if (result.failed > 0) fmt::print("{} of {} runs failed and were left out: {}\n", result.failed, result.runs, result.first_failure);
    fmt::print("Written: {}\n", output.string());
    return 0;
}

}  // namespace tools
