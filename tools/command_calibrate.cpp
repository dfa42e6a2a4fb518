#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <string>

#include <fmt/format.h>

#include "experiments/calibration/calibration.hpp"
#include "experiments/calibration/calibration_file.hpp"
#include "experiments/figures/targets.hpp"
#include "experiments/runs/run_log.hpp"
#include "experiments/runs/simulator.hpp"
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

}  // namespace

int calibrate_command(const CalibrateCommand& command, const std::vector<std::string>& arguments) {
    const std::string line = command_text(arguments);
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
    options.side_by_side = simulator.side_by_side(threads);

    fs::path runs = output;
    runs.replace_extension(".runs.csv");
    std::vector<std::string> parameters, moments;
    for (const auto& p : targets.free) parameters.push_back(p.name);
    for (const auto& t : targets.targets) moments.push_back(t.name);
    experiments::RunLog log(runs, simulator.key(), parameters, moments, command.force);

    const sim::Interrupt interrupt;
    sim::Progress progress(static_cast<std::size_t>(command.budget), command.quiet, "runs");
    const experiments::RunsWatch watch = shown_runs(progress);
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
