#include <filesystem>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "experiments/comparison/comparison.hpp"
#include "experiments/comparison/comparison_file.hpp"
#include "experiments/comparison/comparison_table.hpp"
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

constexpr int usual_replicates = 8, usual_replicates_of_draws = 4;

experiments::ComparisonOptions options_of(const CompareCommand& command) {
    experiments::ComparisonOptions options;
    options.base = named_scenario(command.base);
    for (const auto& word : command.arms) options.arms.push_back(named_scenario(word));
    if (command.until) {
        experiments::end_in(options.base, *command.until);
        for (auto& arm : options.arms) experiments::end_in(arm, *command.until);
    }
    if (options.base.end < experiments::first_month + 11)
        throw sim::InputError(fmt::format("the comparison ends in {}, but a month from {} on is expected: figures are those of the last twelve months",
                                          options.base.end.text(), (experiments::first_month + 11).text()));
    options.scale = command.scale;
    options.seed = command.seed;
    options.population_seed = command.population_seed;
    options.draws = command.draws;
    options.replicates = command.replicates.value_or(command.draws > 0 ? usual_replicates_of_draws : usual_replicates);
    options.threads = sim::threads_of(command.threads);
    options.data = command.data;
    if (!command.calibrated.empty() && command.draws == 0) throw sim::InputError("--calibrated names draws of the parameters, but --draws is not given");
    if (command.draws > 0) {
        if (!command.calibrated.empty()) require_named_file(command.calibrated, "a file that `instroom calibrate` wrote");
        options.posterior =
            experiments::read_posterior_draws(command.calibrated.empty() ? regions::shipped_data() / "calibrated.toml" : fs::path(command.calibrated));
    }
    if (command.sequential) {
        if (command.draws > 0)
            throw sim::InputError("--sequential adds replicates with the parameters as they are, and --draws draws them; one of the two is expected");
        options.precision = {command.sequential->first, command.sequential->second, command.most_replicates};
    }
    return options;
}

fs::path csv_file(const CompareCommand& command) { return fs::path(command.csv) / "effects.csv"; }
fs::path reckoning_file(const CompareCommand& command) { return fs::path(command.csv) / "reckoning.csv"; }

/// Refuses outputs before any work is done; makes the folder of CSV files.
void check_outputs(const CompareCommand& command) {
    if (!command.output.empty()) sim::check_output(command.output, command.force);
    if (command.csv.empty()) return;
    std::error_code error;
    fs::create_directory(command.csv, error);
    if (error && !fs::is_directory(command.csv)) throw sim::FileError("cannot write " + command.csv + ": " + error.message());
    sim::check_output(csv_file(command), command.force);
    sim::check_output(reckoning_file(command), command.force);
}

std::string announcement(const experiments::ComparisonOptions& options) {
    const std::string pairs = options.draws > 0 ? fmt::format("{} draws of the parameters, {} replicates of {} of them", options.draws, options.replicates,
                                                              std::min(options.draws, experiments::noise_draws))
                                                : fmt::format("{} replicates", options.replicates);
    return fmt::format("{} arms, a sham arm, and low and high wage elasticity beside the base, {}, until {}: {} runs", options.arms.size(), pairs,
                       options.base.end.text(), experiments::runs_of(options));
}

}  // namespace

int compare_command(const CompareCommand& command, const std::vector<std::string>& arguments) {
    const std::string line = command_text(arguments);
    require_tables(command.data);
    const auto options = options_of(command);
    check_outputs(command);

    const sim::Interrupt interrupt;
    sim::Progress progress(experiments::runs_of(options), command.quiet, "runs");
    const experiments::RunsWatch watch = shown_runs(progress);
    progress.say(announcement(options));

    std::optional<experiments::Comparison> comparison;
    sim::Threads arena(options.threads);
    arena.run([&] { comparison = experiments::compare(options, watch); });
    if (!comparison) {
        progress.say("Stopped; nothing was written");
        return 128 + sim::Interrupt::signal();
    }
    if (!command.output.empty()) experiments::write_comparison(*comparison, options, command.output, line, command.force);
    if (!command.csv.empty()) {
        sim::write_whole(csv_file(command), experiments::comparison_csv(*comparison, options.base.end, line));
        sim::write_whole(reckoning_file(command), experiments::reckoning_csv(*comparison, line));
    }
    if (command.quiet) return 0;
    progress.say("");
    fmt::print("{}\n{}", experiments::comparison_tables(*comparison), experiments::comparison_notes(*comparison));
    if (options.precision)
        fmt::print("{} replicates: the half-width asked for {} is {}.\n", comparison->replicates.size(), options.precision->outcome,
                   comparison->precise ? "reached" : "not reached (--most-replicates)");
    fmt::print("{} runs; a run of an arm took {:.2f} of the time of one of the base on average.\n", comparison->runs, comparison->cost);
    if (!command.output.empty()) fmt::print("Written: {}\n", command.output);
    if (!command.csv.empty()) fmt::print("Written: {}\nWritten: {}\n", csv_file(command).string(), reckoning_file(command).string());
    return 0;
}

}  // namespace tools
