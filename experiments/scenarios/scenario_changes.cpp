#include "experiments/scenarios/scenario_changes.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "experiments/scenarios/measure.hpp"

namespace experiments {
namespace {

std::string regions_text(const std::vector<std::string>& regions) { return regions.empty() ? "all" : fmt::format("{}", fmt::join(regions, ", ")); }

std::string seed_text(const Scenario& scenario) { return scenario.seed ? std::to_string(*scenario.seed) : "the program's"; }

const Measure* measure_named(const Scenario& scenario, const std::string& name) {
    const auto found = std::find_if(scenario.measures.begin(), scenario.measures.end(), [&](const auto& m) { return m.name == name; });
    return found == scenario.measures.end() ? nullptr : &*found;
}

}  // namespace

std::vector<std::string> scenario_changes(const Scenario& before, const Scenario& after) {
    std::vector<std::string> changes;
    const auto compare = [&](const std::string& what, const std::string& was, const std::string& is, const std::string& unit = "") {
        if (was != is) changes.push_back(fmt::format("{}: {} -> {}{}{}", what, was, is, unit.empty() || unit == "1" ? "" : " ", unit == "1" ? "" : unit));
    };
    compare("start", before.start.text(), after.start.text());
    compare("end", before.end.text(), after.end.text());
    compare("regions", regions_text(before.regions), regions_text(after.regions));
    compare("seed", seed_text(before), seed_text(after));
    for (const auto& p : models::all_parameters())
        compare("parameters." + p.name, number_text(p.get(before.parameters)), number_text(p.get(after.parameters)), p.unit);
    const auto compare_measures = [&](const Measure& was, const Measure& is) {
        const auto old_lines = toml_lines(was), lines = toml_lines(is);
        const auto value_in = [](const auto& all, const std::string& key) {
            const auto found = std::find_if(all.begin(), all.end(), [&](const auto& line) { return line.first == key; });
            return found == all.end() ? std::string("none") : found->second;
        };
        for (const auto& [key, value] : lines) compare("measure." + is.name + "." + key, value_in(old_lines, key), value);
        for (const auto& [key, value] : old_lines)
            if (value_in(lines, key) == "none") compare("measure." + is.name + "." + key, value, "none");
    };
    for (const auto& measure : before.measures)
        if (measure_named(after, measure.name) == nullptr) changes.push_back("without: " + text_of(measure));
    for (const auto& measure : after.measures) {
        const Measure* was = measure_named(before, measure.name);
        if (was == nullptr)
            changes.push_back("with: " + text_of(measure));
        else
            compare_measures(*was, measure);
    }
    return changes;
}

}  // namespace experiments
