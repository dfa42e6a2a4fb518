#include "experiments/scenarios/scenario_keys.hpp"

#include <algorithm>

#include "models/parameter.hpp"
#include "sim/error.hpp"
#include "sim/nearest_word.hpp"

namespace experiments {
namespace {

using Reading = ScenarioReading;

const std::string expected_month = "a month from " + first_month.text() + " to " + latest_month.text() + R"(, such as "2025-01",)";
const std::string expected_regions = R"(a list of names, such as ["Brainport"],)";
const std::string expected_seed = "a whole number from 0 to 9223372036854775807";

/// "5 % or 0.05?": what a person may have meant by a number out of range.
std::string mistake_hint(const models::Parameter& p, double value) {
    const bool fits = value / 100 >= p.minimum && value / 100 <= p.maximum;
    if (value > p.maximum && p.maximum <= 1 && fits) return "; did you mean " + number_text(value / 100) + "?";
    return "";
}

void read_name(Reading& r, const TomlEntry& entry) {
    if (read_text(entry, r.scenario.name, r.findings) && entry.text.empty()) r.findings.add(entry, "is empty, but a name is expected");
}

void read_month(Reading& r, const TomlEntry& entry, sim::Month& to, const TomlEntry*& given) {
    Wanted wanted;
    wanted.expected = expected_month;
    wanted.month = &to;
    if (!read_value(entry, wanted, r.findings)) return;
    if (to < first_month || to > latest_month)
        r.findings.add(entry, "is " + found_text(entry) + ", but " + expected_month + " is expected");
    else
        given = &entry;
}

void read_regions(Reading& r, const TomlEntry& entry) {
    if (!read_texts(entry, r.scenario.regions, expected_regions, r.findings)) return;
    if (r.scenario.regions.empty()) r.findings.add(entry, "is empty; leave the key out for all regions");
    try {
        r.scenario.regions = regions_in_order(r.scenario.regions, r.known_regions);
    } catch (const sim::InputError& error) {
        r.findings.add(entry, error.what());
    }
}

void read_seed(Reading& r, const TomlEntry& entry) {
    Wanted wanted;
    wanted.expected = expected_seed;
    wanted.whole = &r.scenario.seed;
    read_value(entry, wanted, r.findings);
}

const std::vector<std::string>& green_words() {
    static const std::vector<std::string> words(models::green_scenario_labels.begin(), models::green_scenario_labels.end());
    return words;
}

const std::vector<std::string>& climate_words() {
    static const std::vector<std::string> words{"additional", "budget_neutral"};
    return words;
}

void read_green_jobs(Reading& r, const TomlEntry& entry) {
    std::size_t place = 0;
    if (read_word(entry, green_words(), place, r.findings)) r.scenario.parameters.demand.green_jobs = static_cast<int>(place);
}

void read_climate_policy(Reading& r, const TomlEntry& entry) {
    std::size_t place = 0;
    if (read_word(entry, climate_words(), place, r.findings)) r.scenario.parameters.demand.green_neutral = static_cast<double>(place);
}

}  // namespace

const std::vector<ScenarioKey>& scenario_keys() {
    static const std::vector<ScenarioKey> keys{
        {"name", KeyKind::text, "a text in quotes", "name of the scenario; without it that of the file", {}, read_name},
        {"description",
         KeyKind::text,
         "a text in quotes",
         "what it is about",
         {},
         [](Reading& r, const TomlEntry& e) { read_text(e, r.scenario.description, r.findings); }},
        {"extends",
         KeyKind::text,
         "a scenario file, baseline, nothing or a measure of the library",
         "what this one changes; without it the baseline, which holds the policy in place; nothing holds no measure",
         {},
         {}},
        {"start",
         KeyKind::month,
         expected_month,
         "first month that is written",
         {},
         [](Reading& r, const TomlEntry& e) { read_month(r, e, r.scenario.start, r.start); }},
        {"end",
         KeyKind::month,
         expected_month,
         "last month that is simulated",
         {},
         [](Reading& r, const TomlEntry& e) { read_month(r, e, r.scenario.end, r.end); }},
        {"regions", KeyKind::texts, expected_regions, "regions of the run; without it all seven", {}, read_regions},
        {"seed", KeyKind::whole, expected_seed, "seed of the runs; without it the program's", {}, read_seed},
        {"green_jobs", KeyKind::text, "one of none, tno_low, tno_high, ecorys_55, ecorys_60", "scenario of demand for the climate", green_words(),
         read_green_jobs},
        {"climate_policy", KeyKind::text, "one of additional, budget_neutral", "whether other demand pays for that for the climate", climate_words(),
         read_climate_policy},
        {"without", KeyKind::texts, "a list of measures, or plan for all of the action plan", "measures that are taken away", {}, {}},
        {"with", KeyKind::texts, "a list of measures of the library, or plan", "measures of the library that are added", {}, {}},
    };
    return keys;
}

std::string range_text(const models::Parameter& p) {
    const std::string unit = p.unit == "1" ? "a number" : "a number in " + p.unit;
    return unit + " from " + number_text(p.minimum) + " to " + number_text(p.maximum);
}

std::vector<std::string> parameter_names() {
    std::vector<std::string> names;
    for (const auto& p : models::all_parameters()) names.push_back(p.name);
    return names;
}

void read_parameter(const TomlEntry& entry, const std::string& name, ScenarioReading& reading) {
    const auto* found = models::find_parameter(name);
    if (found == nullptr) {
        const std::string nearest = sim::nearest_word(name, parameter_names());
        reading.findings.add(entry, "no parameter has this name" + (nearest.empty() ? std::string() : "; did you mean parameters." + nearest + "?"));
        return;
    }
    double value = 0;
    Wanted wanted;
    wanted.expected = range_text(*found);
    wanted.real = &value;
    if (!read_value(entry, wanted, reading.findings)) return;
    if (!(value >= found->minimum && value <= found->maximum)) {
        reading.findings.add(entry, "is " + found_text(entry) + ", but " + wanted.expected + " is expected" + mistake_hint(*found, value));
        return;
    }
    found->set(reading.scenario.parameters, value);
    if (found->get(reading.scenario.parameters) != value) reading.findings.add(entry, "is " + found_text(entry) + ", but a whole number is expected");
}

}  // namespace experiments
