#include <filesystem>
#include <string>
#include <system_error>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "experiments/scenarios/library.hpp"
#include "experiments/scenarios/scenario.hpp"
#include "experiments/scenarios/scenario_changes.hpp"
#include "experiments/scenarios/scenario_layers.hpp"
#include "experiments/scenarios/scenario_schema.hpp"
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
        const auto changes = experiments::scenario_changes(experiments::default_scenario(), scenario);
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

int list() {
    const auto& library = experiments::library();
    fmt::print("{:<18}{:<14}{:<54}{}\n", "measure", "in place from", "title", "what it does");
    for (const auto& [measure, file, entries] : library.measures)
        fmt::print("{:<18}{:<14}{:<54}{}\n", measure.name, measure.in_place_from ? measure.in_place_from->text() : "what-if", measure.title,
                   experiments::effects_text(measure));
    fmt::print("\nplan: {}\nIn full, with sources: instroom scenario show {}\n", fmt::join(library.plan, " "), library.measures.front().measure.name);
    return 0;
}

int show(const std::vector<std::string>& words) {
    for (const auto& word : words) {
        std::error_code error;
        if (const auto* measure = std::filesystem::exists(word, error) ? nullptr : experiments::library().find(word))
            fmt::print("# {}\n{}", measure->file.string(), experiments::measures_text({measure->measure}).substr(1));
        else
            fmt::print("{}", experiments::scenario_text(named_scenario(word)));
    }
    return 0;
}

int print_template(const std::vector<std::string>& names) {
    if (names.size() > 1) throw sim::InputError(fmt::format("scenario new takes one name, but {} are given", names.size()));
    fmt::print("{}", experiments::scenario_template(names.front()));
    return 0;
}

}  // namespace

Scenario named_scenario(const std::string& word) {
    if (word == experiments::baseline_word) return experiments::default_scenario();
    require_named_file(word, "a scenario in TOML, or the word baseline,");
    return experiments::read_scenario(word, regions::all_regions());
}

int scenario_command(const ScenarioCommand& command) {
    const auto files = command.files.size();
    if (command.action == "list") return list();
    if (command.action == "show") return show(command.files);
    if (command.action == "check") return check(command.files);
    if (command.action == "new") return print_template(command.files);
    if (command.action == "schema") {
        fmt::print("{}", command.json ? experiments::schema_json() : experiments::schema_text());
        return 0;
    }
    if (files > 2) throw sim::InputError(fmt::format("scenario diff takes one scenario, which is held against the baseline, or two, but {} are given", files));
    return files == 1 ? diff(experiments::default_scenario(), named_scenario(command.files[0]))
                      : diff(named_scenario(command.files[0]), named_scenario(command.files[1]));
}

}  // namespace tools
