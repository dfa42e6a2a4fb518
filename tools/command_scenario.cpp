#include <string>
#include <vector>

#include <fmt/format.h>

#include "experiments/scenario.hpp"
#include "experiments/scenario_changes.hpp"
#include "regions/readers.hpp"
#include "sim/error.hpp"
#include "sim/nearest_word.hpp"
#include "tools/program.hpp"

namespace tools {
namespace {

using experiments::Scenario;

int check(const std::vector<std::string>& files) {
    for (const auto& file : files) {
        const Scenario scenario = named_scenario(file);
        const auto changes = experiments::scenario_changes({}, scenario);
        fmt::print("{}: {}, {} to {}; {} from the baseline\n", file, scenario.name, scenario.start.text(), scenario.end.text(),
                   changes.empty()       ? "no difference"
                   : changes.size() == 1 ? "1 difference"
                                         : fmt::format("{} differences", changes.size()));
    }
    return 0;
}

int diff(const Scenario& before, const Scenario& after) {
    const auto changes = experiments::scenario_changes(before, after);
    for (const auto& change : changes) fmt::print("{}\n", change);
    if (changes.empty()) fmt::print("No difference\n");
    return 0;
}

}  // namespace

Scenario named_scenario(const std::string& word) {
    if (word == "baseline") return {};
    require_named_file(word, "a scenario in TOML, or the word baseline,");
    return experiments::read_scenario(word, regions::all_regions());
}

int scenario_command(const ScenarioCommand& command) {
    const auto files = command.files.size();
    if (command.action == "check") return check(command.files);
    if (command.action == "show") {
        for (const auto& file : command.files) fmt::print("{}", experiments::scenario_text(named_scenario(file)));
        return 0;
    }
    if (files > 2) throw sim::InputError(fmt::format("scenario diff takes one scenario, which is held against the baseline, or two, but {} are given", files));
    return files == 1 ? diff({}, named_scenario(command.files[0])) : diff(named_scenario(command.files[0]), named_scenario(command.files[1]));
}

}  // namespace tools
