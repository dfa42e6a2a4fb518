#include <cstdint>
#include <filesystem>
#include <string>

#include <fmt/format.h>

#include "experiments/calibration/drivers.hpp"
#include "experiments/calibration/drivers_table.hpp"
#include "experiments/runs/run_log.hpp"
#include "experiments/runs/simulator.hpp"
#include "regions/data_folder.hpp"
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

/// The indicators are means of twelve months, and a run may take ten years.
constexpr sim::Month first_end = sim::Month::of(2021, 12), last_end = sim::Month::of(2030, 12);

}  // namespace

int drivers_command(const DriversCommand& command, const std::vector<std::string>& arguments) {
    const std::string line = command_text(arguments);
    const sim::Month until = command.until.value_or(last_end);
    if (until < first_end || until > last_end)
        throw sim::InputError(fmt::format("--until is '{}', but a month from {} to {} is expected: indicators are means of the last twelve months",
                                          until.text(), first_end.text(), last_end.text()));
    if (!command.calibrated.empty()) require_named_file(command.calibrated, "a file that `instroom calibrate` wrote");
    require_tables(command.data);
    const fs::path file = command.calibrated.empty() ? regions::shipped_data() / "calibrated.toml" : fs::path(command.calibrated);
    const fs::path output = command.output.empty() ? "drivers.csv" : command.output;
    const auto posterior = experiments::read_posterior_draws(file);
    sim::check_output(output, command.force);
    const auto design = experiments::driver_design(posterior, static_cast<std::size_t>(command.draws), command.seed, until);
    const experiments::Simulator simulator(command.data, command.scale, command.seed, design.targets, file.string());
    const int threads = sim::threads_of(command.threads);
    const bool side_by_side = simulator.side_by_side(threads);

    fs::path runs = output;
    runs.replace_extension(".runs.csv");
    std::vector<std::string> parameters, moments;
    for (const auto& p : design.targets.free) parameters.push_back(p.name);
    for (const auto& t : design.targets.targets) moments.push_back(t.name);
    experiments::RunLog log(runs, simulator.key(), parameters, moments, command.force);

    const sim::Interrupt interrupt;
    sim::Progress progress(design.draws.values.size(), command.quiet, "runs");
    const experiments::RunsWatch watch = shown_runs(progress);
    progress.say(fmt::format("{} parameters, {} of them from {} posterior draws; {} runs until {}, and {} at the centre", parameters.size(),
                             posterior.names.size(), posterior.values.size(), design.runs, until.text(), design.replicates));
    if (log.size() > 0) progress.say(fmt::format("{} finished runs in {}", log.size(), runs.string()));
    if (!side_by_side) progress.say("Memory does not hold a run for every thread: one run after another");

    std::vector<std::vector<double>> results;
    sim::Threads arena(threads);
    arena.run([&] { results = experiments::run_draws(design.draws, moments.size(), std::cref(simulator), log, side_by_side, watch); });
    if (results.empty()) {
        progress.say(fmt::format("Stopped; {} finished runs are in {}, and the same command goes on from them", log.size(), runs.string()));
        return 128 + sim::Interrupt::signal();
    }
    const auto drivers = experiments::drivers_of(design, results, command.seed, simulator.last_observed());
    const auto rows = experiments::driver_rows(design, drivers);
    sim::write_whole(output, experiments::drivers_csv(rows, design, drivers, {line, file.filename().string(), command.scale, command.seed}));
    if (command.quiet) return 0;
    progress.say("");
    fmt::print("{}", experiments::drivers_report(rows, design));
    if (drivers.failed > 0) fmt::print("{} of {} runs failed and were left out\n", drivers.failed, results.size());
    fmt::print("{}Written: {}\n", experiments::assumed_drivers_text(rows), output.string());
    return 0;
}

}  // namespace tools
