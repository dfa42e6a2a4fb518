#include "experiments/read_measures.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "experiments/scenario.hpp"
#include "sim/nearest_word.hpp"

namespace experiments {
namespace {

const std::vector<std::string> keys{"description", "source", "start", "ramp", "end", "dose.PROCESS.LEVER"};

std::vector<std::string> lever_names() {
    std::vector<std::string> names;
    for (const auto& lever : models::all_levers()) names.emplace_back(lever.parameter);
    return names;
}

/// Only letters, digits, - and _, so that a name can stand in a key without quotes.
bool plain(const std::string& name) {
    return !name.empty() && std::all_of(name.begin(), name.end(), [](unsigned char c) { return std::isalnum(c) != 0 || c == '-' || c == '_'; });
}

}  // namespace

void MeasureReader::read(const TomlEntry& entry) {
    const std::string path = entry.key.substr(std::string("measure.").size());
    const auto dot = path.find('.');
    const std::string name = path.substr(0, dot);
    if (!plain(name)) {
        findings_.add(entry, "the name of a measure is made of letters, digits, - and _");
        return;
    }
    auto found = std::find_if(measures_.begin(), measures_.end(), [&](const auto& m) { return m.name == name; });
    if (found == measures_.end()) {
        Measure measure;
        measure.name = name;
        measure.line = entry.line;
        found = measures_.insert(measures_.end(), measure);
    }
    if (dot == std::string::npos) {
        if (entry.text != "an empty table") findings_.add(entry, "is " + found_text(entry) + ", but a table that says what the measure does is expected");
        return;
    }
    const std::string key = path.substr(dot + 1);
    if (key == "description" || key == "source") {
        read_text(entry, key == "source" ? found->source : found->description, findings_);
    } else if (key == "start" || key == "end") {
        Wanted wanted;
        wanted.expected = "a month from " + first_month.text() + " to " + latest_month.text() + R"(, such as "2025-01",)";
        sim::Month month;
        wanted.month = &month;
        if (!read_value(entry, wanted, findings_)) return;
        if (month < first_month || month > latest_month)
            findings_.add(entry, "is " + found_text(entry) + ", but " + wanted.expected + " is expected");
        else
            (key == "start" ? found->start : found->end) = month;
    } else if (key == "ramp") {
        double months = 1;
        const std::string expected = "a whole number of months from 1 to 600";
        if (!read_real(entry, months, expected, 1, 600, findings_)) return;
        if (months != std::floor(months)) findings_.add(entry, "is " + found_text(entry) + ", but " + expected + " is expected");
        found->ramp = static_cast<int>(months);
    } else if (key.rfind("dose.", 0) == 0) {
        read_dose(entry, key.substr(5), *found);
    } else if (key != "dose" || entry.text != "an empty table") {
        findings_.add(entry, "no key of a measure has this name; did you mean " + sim::nearest_word(key, keys) + "?");
    }
}

void MeasureReader::read_dose(const TomlEntry& entry, const std::string& lever, Measure& measure) {
    with_doses_.insert(measure.name);
    if (models::find_lever(lever) == nullptr) {
        const bool parameter = models::find_parameter(lever) != nullptr;
        findings_.add(entry, parameter ? "is a parameter, but no lever: measures act on the levers that `instroom describe levers` lists"
                                       : "no lever has this name; did you mean " + sim::nearest_word(lever, lever_names()) + "?");
        return;
    }
    Dose dose;
    dose.lever = lever;
    if (read_real(entry, dose.value, "a number", -1e15, 1e15, findings_)) measure.doses.push_back(dose);
}

void MeasureReader::check(const Measure& measure) {
    const std::string at = "measure." + measure.name;
    if (measure.start == sim::Month()) findings_.add(measure.line, at, R"(has no start; the month of its first dose is expected, such as start = "2025-01")");
    if (measure.start != sim::Month() && measure.end < measure.start)
        findings_.add(measure.line, at, "ends in " + measure.end.text() + ", before it starts in " + measure.start.text());
    if (!with_doses_.contains(measure.name))
        findings_.add(measure.line, at, "has no dose; a table [" + at + ".dose] with a lever of `instroom describe levers` is expected");
}

void MeasureReader::check_settings(const models::Parameters& base, sim::Month end) {
    std::set<std::string> said;  // one finding a lever
    const auto hold = [&](const std::vector<Measure>& measures, const Measure* alone) {
        const Plan plan(base, measures);
        for (sim::Month month = first_month; month <= end; ++month)
            for (const auto& setting : plan.settings(month)) {
                const auto& p = *setting.parameter;
                models::Parameters tried = base;
                const bool within = setting.value >= p.minimum && setting.value <= p.maximum;
                if (within) p.set(tried, setting.value);
                if (within && p.get(tried) == setting.value) continue;
                if (!said.insert(p.name).second) continue;
                const auto& last = alone != nullptr ? *alone : *std::find_if(measures.rbegin(), measures.rend(), [&](const Measure& m) {
                    return std::any_of(m.doses.begin(), m.doses.end(), [&](const Dose& d) { return d.lever == p.name; });
                });
                findings_.add(
                    last.line, "measure." + last.name,
                    "brings " + p.name + " to " + number_text(setting.value) + " in " + month.text() +
                        (alone != nullptr ? "" : " together with other measures") + ", but " +
                        (within ? "a whole number in every month, so no ramp," : "a number from " + number_text(p.minimum) + " to " + number_text(p.maximum)) +
                        " is expected");
            }
    };
    for (const auto& measure : measures_) hold({measure}, &measure);
    hold(measures_, nullptr);
}

std::vector<Measure> MeasureReader::close(const models::Parameters& base, sim::Month end) {
    for (const auto& measure : measures_) check(measure);
    std::erase_if(measures_, [](const Measure& m) { return m.start == sim::Month(); });  // said already
    check_settings(base, end);
    return std::move(measures_);
}

std::string measures_text(const std::vector<Measure>& measures) {
    std::string text;
    for (const auto& m : measures) {
        text += "\n[measure." + m.name + "]\n";
        if (!m.description.empty()) text += "description = " + toml_quoted(m.description) + "\n";
        if (!m.source.empty()) text += "source = " + toml_quoted(m.source) + "\n";
        text += "start = \"" + m.start.text() + "\"\n";
        if (m.ramp > 1) text += "ramp = " + std::to_string(m.ramp) + "\n";
        if (m.end != Measure::last_month) text += "end = \"" + m.end.text() + "\"\n";
        text += "[measure." + m.name + ".dose]\n";
        for (const auto& dose : m.doses) text += dose.lever + " = " + number_text(dose.value) + "\n";
    }
    return text;
}

}  // namespace experiments
