#include <algorithm>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "experiments/assessment/assessment.hpp"
#include "experiments/assessment/assessment_file.hpp"
#include "experiments/scenarios/library.hpp"
#include "models/demand.hpp"
#include "regions/data_folder.hpp"
#include "sim/error.hpp"
#include "sim/interrupt.hpp"
#include "sim/nearest_word.hpp"
#include "sim/parallel.hpp"
#include "sim/progress.hpp"
#include "sim/whole_file.hpp"
#include "tools/program.hpp"
#include "tools/shown_runs.hpp"

namespace tools {
namespace {

namespace fs = std::filesystem;

/// Scenarios of climate demand by their names, in the order of labels; "all": each.
std::vector<int> demands_of(const std::vector<std::string>& names) {
    const std::vector<std::string> labels(models::green_scenario_labels.begin(), models::green_scenario_labels.end());
    std::set<int> found;
    for (const auto& name : names) {
        const auto place = std::ranges::find(labels, name);
        if (name != "all" && place == labels.end()) {
            auto words = labels;
            words.emplace_back("all");
            throw sim::InputError("--green-jobs: '" + name + "' is no scenario of climate demand; did you mean " + sim::nearest_word(name, words) + "?");
        }
        for (std::size_t i = 0; i < labels.size(); ++i)
            if (name == "all" || labels[i] == name) found.insert(static_cast<int>(i));
    }
    return {found.begin(), found.end()};
}

std::string text_of(const std::vector<int>& demands) {
    std::string words;
    for (const int demand : demands) words += (words.empty() ? "" : ", ") + std::string(models::green_scenario_labels[static_cast<std::size_t>(demand)]);
    return words;
}

experiments::AssessmentOptions options_of(const AssessCommand& command) {
    experiments::AssessmentOptions options;
    options.plan = named_scenario(command.plan);
    for (const auto& word : command.what_ifs) options.what_ifs.push_back(named_scenario(word));
    options.demands = demands_of(command.green_jobs);
    options.plan.parameters.demand.green_neutral = command.neutral ? 1 : 0;
    for (auto& scenario : options.what_ifs) scenario.parameters.demand.green_neutral = command.neutral ? 1 : 0;
    options.mixes = static_cast<std::size_t>(command.mixes);
    options.gap_goal = command.gap;
    if (command.until) {
        experiments::end_in(options.plan, *command.until);
        for (auto& scenario : options.what_ifs) experiments::end_in(scenario, *command.until);
    }
    for (const auto& scenario : options.what_ifs)
        if (scenario.end != options.plan.end || scenario.regions != options.plan.regions)
            throw sim::InputError("scenario " + scenario.name + " has other regions or another end than " + options.plan.name + "; the same are expected");
    if (options.plan.end < experiments::first_month + 11)
        throw sim::InputError(fmt::format("the assessment ends in {}, but a month from {} on is expected: figures are those of the last twelve months",
                                          options.plan.end.text(), (experiments::first_month + 11).text()));
    options.names = experiments::library().plan;
    options.draws = command.draws;
    options.scale = command.scale;
    options.seed = command.seed;
    options.threads = sim::threads_of(command.threads);
    options.data = command.data;
    options.posterior = experiments::read_posterior_draws(regions::shipped_data() / "calibrated.toml");
    options.log = command.runs;
    options.afresh = command.force;
    return options;
}

}  // namespace

int assess_command(const AssessCommand& command, const std::vector<std::string>& arguments) {
    require_tables(command.data);
    const auto options = options_of(command);
    if (!command.output.empty()) sim::check_output(command.output, command.force);
    if (!command.csv.empty()) sim::check_output(command.csv, command.force);
    const std::size_t runs = experiments::runs_of(options);
    const sim::Interrupt interrupt;
    const std::size_t of_search = experiments::search_runs_of(options);
    sim::Progress progress(runs, command.quiet, "runs");
    progress.say(
        fmt::format("{} measures of the plan, {} what-ifs, {} draws until {} under climate demand {}: {} runs{}",
                    experiments::players_of(options.plan, options.names).size(), options.what_ifs.size(), options.draws, options.plan.end.text(),
                    text_of(options.demands) + (command.neutral ? ", neutral to the budget" : ""), runs,
                    of_search == 0 ? "" : fmt::format(", and at most {} more to find the least costly mix where the strongest closes the gap", of_search)));
    const experiments::RunsWatch watch = shown_runs(progress);
    std::optional<experiments::Assessment> assessment;
    sim::Threads arena(options.threads);
    arena.run([&] { assessment = experiments::assess(options, watch); });
    if (!assessment) {
        progress.say(command.runs.empty() ? "Stopped; nothing was kept" : "Stopped; the same command goes on from the finished runs in " + command.runs);
        return 128 + sim::Interrupt::signal();
    }
    const std::string line = command_text(arguments);
    if (!command.output.empty()) experiments::write_assessment(*assessment, options, command.output, line, command.force);
    if (!command.csv.empty()) sim::write_whole(command.csv, experiments::assessment_csv(*assessment, line));
    if (command.quiet) return 0;
    progress.say("");
    fmt::print("{}", experiments::assessment_tables(*assessment));
    for (const auto& file : {command.output, command.csv})
        if (!file.empty()) fmt::print("Written: {}\n", file);
    return 0;
}

}  // namespace tools
