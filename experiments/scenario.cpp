#include "experiments/scenario.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "experiments/read_measures.hpp"
#include "experiments/toml_values.hpp"
#include "models/parameter.hpp"
#include "sim/error.hpp"
#include "sim/nearest_word.hpp"

namespace experiments {
namespace {

const std::vector<std::string>& scenario_keys() {
    static const std::vector<std::string> keys{"name", "description", "start", "end", "regions", "seed"};
    return keys;
}

std::string range_text(const models::Parameter& p) {
    const std::string unit = p.unit == "1" ? "a number" : "a number in " + p.unit;
    return unit + " from " + number_text(p.minimum) + " to " + number_text(p.maximum);
}

/// "5 % or 0.05?": what a person may have meant by a number out of range.
std::string mistake_hint(const models::Parameter& p, double value) {
    const bool fits = value / 100 >= p.minimum && value / 100 <= p.maximum;
    if (value > p.maximum && p.maximum <= 1 && fits) return "; did you mean " + number_text(value / 100) + "?";
    return "";
}

std::vector<std::string> parameter_names() {
    std::vector<std::string> names;
    for (const auto& p : models::all_parameters()) names.push_back(p.name);
    return names;
}

void read_parameter(const TomlEntry& entry, const std::string& name, models::Parameters& parameters, Findings& findings) {
    const auto* found = models::find_parameter(name);
    if (found == nullptr) {
        const std::string nearest = sim::nearest_word(name, parameter_names());
        findings.add(entry, "no parameter has this name" + (nearest.empty() ? std::string() : "; did you mean parameters." + nearest + "?"));
        return;
    }
    double value = 0;
    Wanted wanted;
    wanted.expected = range_text(*found);
    wanted.real = &value;
    if (!read_value(entry, wanted, findings)) return;
    if (!(value >= found->minimum && value <= found->maximum)) {
        findings.add(entry, "is " + found_text(entry) + ", but " + wanted.expected + " is expected" + mistake_hint(*found, value));
        return;
    }
    found->set(parameters, value);
    if (found->get(parameters) != value) findings.add(entry, "is " + found_text(entry) + ", but a whole number is expected");
}

Scenario resolved(const std::vector<TomlEntry>& entries, const std::filesystem::path& file, const std::vector<std::string>& known_regions) {
    Findings findings(file.string());
    Scenario scenario;
    scenario.name = file.stem().string();
    scenario.description = "";
    const TomlEntry* start = nullptr;
    const TomlEntry* end = nullptr;
    MeasureReader measures(findings, known_regions, nullptr);
    for (const auto& entry : entries) {
        Wanted wanted;
        if (entry.key == "name" || entry.key == "description") {
            wanted.expected = "a text in quotes";
            wanted.text = entry.key == "name" ? &scenario.name : &scenario.description;
            if (read_value(entry, wanted, findings) && entry.key == "name" && entry.text.empty()) findings.add(entry, "is empty, but a name is expected");
        } else if (entry.key == "start" || entry.key == "end") {
            const bool is_start = entry.key == "start";
            wanted.expected = "a month from " + first_month.text() + " to " + latest_month.text() + R"(, such as "2025-01",)";
            wanted.month = is_start ? &scenario.start : &scenario.end;
            if (!read_value(entry, wanted, findings)) continue;
            if (*wanted.month < first_month || *wanted.month > latest_month)
                findings.add(entry, "is " + found_text(entry) + ", but " + wanted.expected + " is expected");
            else
                (is_start ? start : end) = &entry;
        } else if (entry.key == "regions") {
            wanted.expected = R"(a list of names, such as ["Brainport"],)";
            wanted.texts = &scenario.regions;
            if (!read_value(entry, wanted, findings)) continue;
            if (scenario.regions.empty()) findings.add(entry, "is empty; leave the key out for all regions");
            try {
                scenario.regions = regions_in_order(scenario.regions, known_regions);
            } catch (const sim::InputError& error) {
                findings.add(entry, error.what());
            }
        } else if (entry.key == "seed") {
            wanted.expected = "a whole number from 0 to 9223372036854775807";
            wanted.whole = &scenario.seed;
            read_value(entry, wanted, findings);
        } else if (entry.key.rfind("parameters.", 0) == 0) {
            read_parameter(entry, entry.key.substr(11), scenario.parameters, findings);
        } else if (entry.key.rfind("measure.", 0) == 0) {
            measures.read(entry);
        } else if (entry.key.rfind("calibration.", 0) == 0) {
            continue;  // what stands behind the parameters of a calibration's file
        } else if (entry.key == "parameters") {
            if (entry.text != "an empty table") findings.add(entry, "is " + found_text(entry) + ", but a table of parameters is expected");
        } else {
            auto words = scenario_keys();
            words.emplace_back("measure.NAME");
            for (const auto& name : parameter_names()) words.push_back("parameters." + name);
            findings.add(entry, "no key of a scenario has this name; did you mean " + sim::nearest_word(entry.key, words) + "?");
        }
    }
    if (scenario.end < scenario.start && (start || end)) {
        const TomlEntry& last = end ? *end : *start;
        findings.add(last, "the scenario ends in " + scenario.end.text() + ", before it starts in " + scenario.start.text());
    }
    scenario.measures = measures.close(scenario.parameters, scenario.end);
    findings.throw_if_any();
    return scenario;
}

}  // namespace

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

std::string scenario_text(const Scenario& scenario) {
    std::string text = "name = " + toml_quoted(scenario.name) + "\n";
    text += "description = " + toml_quoted(scenario.description) + "\n";
    text += "start = \"" + scenario.start.text() + "\"\n";
    text += "end = \"" + scenario.end.text() + "\"\n";
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
