#include "experiments/scenarios/scenario.hpp"

#include <algorithm>

#include "experiments/scenarios/library.hpp"
#include "experiments/scenarios/read_measures.hpp"
#include "experiments/scenarios/scenario_keys.hpp"
#include "experiments/scenarios/scenario_layers.hpp"
#include "models/parameter.hpp"
#include "regions/readers.hpp"
#include "sim/error.hpp"
#include "sim/nearest_word.hpp"

namespace experiments {
namespace {

constexpr const char* plan_word = "plan";

void add_from_library(const std::string& name, MeasureReader& measures) {
    if (measures.holds(name)) return;
    for (const auto& entry : library().find(name)->entries) measures.read(entry);
}

/// What a layer takes away or adds by name. The whole plan comes first, so that single measures are exceptions to it.
void read_names(const ScenarioLayer& layer, MeasureReader& measures, Findings& findings) {
    struct Wish {
        const TomlEntry* entry;
        bool adds;
        std::string name;
    };
    std::vector<Wish> wishes;
    for (const auto* key : {"without", "with"})
        for (const auto& entry : layer.entries) {
            std::vector<std::string> names;
            if (entry.key != key || !read_texts(entry, names, R"(a list of measures, such as ["M2", "plan"],)", findings)) continue;
            for (const auto& name : names) wishes.push_back({&entry, entry.key == "with", name});
        }
    std::stable_partition(wishes.begin(), wishes.end(), [](const Wish& w) { return w.name == plan_word; });
    for (const auto& [entry, adds, name] : wishes) {
        if (name == plan_word) {
            for (const auto& one : library().plan) adds ? add_from_library(one, measures) : measures.remove(one);
        } else if (library().find(name) != nullptr) {
            const bool fresh = adds && !measures.holds(name);
            adds ? add_from_library(name, measures) : measures.remove(name);
            if (fresh) measures.added_by(name, *entry);
        } else if (!adds && measures.holds(name)) {
            measures.remove(name);
        } else {
            auto words = library().names();
            words.emplace_back(plan_word);
            if (!adds) {
                const auto held = measures.names();
                words.insert(words.end(), held.begin(), held.end());
            }
            findings.add(*entry, "no measure " + std::string(adds ? "of the library" : "here") + " is called '" + name + "'; did you mean '" +
                                     sim::nearest_word(name, words) + "'?");
        }
    }
}

/// A measure's entry in a scenario file: changes a measure that is there, or defines a new one.
void read_measure(const TomlEntry& entry, bool from_nothing, MeasureReader& measures, Findings& findings) {
    const std::string name = measure_name(entry);
    if (!from_nothing && !measures.holds(name) && library().find(name) != nullptr)
        findings.add(entry, "is a measure of the library that this scenario does not hold; with = [" + toml_quoted(name) +
                                "] adds it, and another name makes another measure");
    else
        measures.read(entry);
}

void read_layer(const ScenarioLayer& layer, bool from_nothing, ScenarioReading& reading, MeasureReader& measures) {
    reading.scenario.name = layer.file.stem().string();
    reading.scenario.description = "";
    read_names(layer, measures, reading.findings);
    for (const auto& entry : layer.entries) {
        const auto& keys = scenario_keys();
        const auto known = std::find_if(keys.begin(), keys.end(), [&](const ScenarioKey& k) { return k.key == entry.key; });
        if (known != keys.end()) {
            if (known->read) known->read(reading, entry);
        } else if (entry.key.rfind("parameters.", 0) == 0) {
            read_parameter(entry, entry.key.substr(11), reading);
        } else if (entry.key.rfind("measure.", 0) == 0) {
            read_measure(entry, from_nothing, measures, reading.findings);
        } else if (entry.key.rfind("calibration.", 0) == 0) {
            continue;  // what stands behind the parameters of a calibration's file
        } else if (entry.key == "parameters") {
            if (entry.text != "an empty table") reading.findings.add(entry, "is " + found_text(entry) + ", but a table of parameters is expected");
        } else {
            std::vector<std::string> words;
            for (const auto& key : keys) words.push_back(key.key);
            words.emplace_back("measure.NAME");
            for (const auto& name : parameter_names()) words.push_back("parameters." + name);
            reading.findings.add(entry, "no key of a scenario has this name; did you mean " + sim::nearest_word(entry.key, words) + "?");
        }
    }
}

Scenario resolved(std::vector<TomlEntry> entries, const std::filesystem::path& file, const std::vector<std::string>& known_regions) {
    Findings findings(file.string());
    Scenario scenario;
    ScenarioReading reading{scenario, known_regions, findings};
    MeasureReader measures(findings, regions::all_regions(), &library().numbers);
    const auto chain = chain_of(std::move(entries), file, findings);
    if (!chain.from_nothing)
        for (const auto& measure : policy_in_place()) add_from_library(measure.name, measures);
    if (!chain.with.empty()) add_from_library(chain.with, measures);
    for (const auto& layer : chain.layers) read_layer(layer, chain.from_nothing, reading, measures);
    if (scenario.end < scenario.start && (reading.start || reading.end)) {
        const TomlEntry& last = reading.end ? *reading.end : *reading.start;
        findings.add(last, "the scenario ends in " + scenario.end.text() + ", before it starts in " + scenario.start.text());
    }
    scenario.measures = measures.close(scenario.parameters, scenario.end);
    check_starts(scenario.measures, scenario.end, findings);
    findings.throw_if_any();
    return scenario;
}

}  // namespace

Scenario default_scenario() {
    Scenario scenario;
    scenario.description = "Autonomous rates from the tables, and the measures of the action plan that are in place.";
    scenario.measures = policy_in_place();
    return scenario;
}

std::vector<std::string> regions_in_order(const std::vector<std::string>& wanted, const std::vector<std::string>& known) {
    for (const auto& name : wanted)
        if (std::find(known.begin(), known.end(), name) == known.end())
            throw sim::InputError("region '" + name + "' is unknown; did you mean '" + sim::nearest_word(name, known) + "'?");
    std::vector<std::string> ordered;
    for (const auto& name : known)
        if (std::find(wanted.begin(), wanted.end(), name) != wanted.end()) ordered.push_back(name);
    return ordered;
}

Scenario read_scenario(const std::filesystem::path& file, const std::vector<std::string>& known_regions) {
    return resolved(read_toml(file), file, known_regions);
}

Scenario scenario_from_text(const std::string& text, const std::filesystem::path& file, const std::vector<std::string>& known_regions) {
    return resolved(read_toml_text(text, file.string()), file, known_regions);
}

void end_in(Scenario& scenario, sim::Month end) {
    scenario.end = end;
    Findings findings(scenario.name);
    check_starts(scenario.measures, end, findings);
    findings.throw_if_any();
}

std::string scenario_text(const Scenario& scenario) {
    std::string text = "name = " + toml_quoted(scenario.name) + "\n";
    text += "description = " + toml_quoted(scenario.description) + "\n";
    text += "start = \"" + scenario.start.text() + "\"\n";
    text += "end = \"" + scenario.end.text() + "\"\n";
    text += std::string("extends = ") + toml_quoted(nothing_word) + "  # every measure stands below\n";
    if (!scenario.regions.empty()) {
        text += "regions = [";
        for (std::size_t r = 0; r < scenario.regions.size(); ++r) text += (r == 0 ? "" : ", ") + toml_quoted(scenario.regions[r]);
        text += "]\n";
    }
    if (scenario.seed && *scenario.seed <= 9223372036854775807ULL) text += "seed = " + std::to_string(*scenario.seed) + "\n";
    std::string process;
    for (const auto& p : models::all_parameters()) {
        const auto dot = p.name.find('.');
        if (p.name.substr(0, dot) != process) {
            process = p.name.substr(0, dot);
            text += "\n[parameters." + process + "]\n";
        }
        text += p.name.substr(dot + 1) + " = " + number_text(p.get(scenario.parameters)) + (p.unit == "1" ? "" : "  # " + p.unit) + "\n";
    }
    return text + measures_text(scenario.measures);
}

}  // namespace experiments
