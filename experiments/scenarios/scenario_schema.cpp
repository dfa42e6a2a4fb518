#include "experiments/scenarios/scenario_schema.hpp"

#include <algorithm>
#include <map>
#include <memory>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "experiments/scenarios/measure_keys.hpp"
#include "experiments/scenarios/quantity.hpp"
#include "experiments/scenarios/scenario_keys.hpp"
#include "models/levers.hpp"
#include "models/parameters.hpp"

namespace experiments {
namespace {

// Debian's Boost has no JSON yet, and a schema is texts and numbers in nested objects: a few lines write it.
std::string json_text(const std::string& text) {
    std::string quoted = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') quoted += '\\';
        quoted += c == '\n' ? ' ' : c;
    }
    return quoted + "\"";
}

std::string json_list(const std::vector<std::string>& texts) {
    std::vector<std::string> quoted;
    for (const auto& text : texts) quoted.push_back(json_text(text));
    return fmt::format("[{}]", fmt::join(quoted, ", "));
}

std::string enumeration(const std::vector<std::string>& words) { return words.empty() ? "" : ", \"enum\": " + json_list(words); }

const std::string month_type = R"("type": "string", "pattern": "^[0-9]{4}-[0-9]{2}$")";

std::string figure_type(const std::string& unit) {
    return R"("anyOf": [{"type": "number"}, {"type": "object", "additionalProperties": false, "required": ["value"], "properties": )"
           R"({"value": {"type": "number"}, "low": {"type": "number"}, "high": {"type": "number"}, "distribution": {"type": "string"}, "status": )"
           R"({"type": "string", "enum": ["observed", "derived", "recalled", "assumed"]}, "source": {"type": "string"}, "unit": {"type": "string", "const": )" +
           json_text(unit) + "}}}]";
}

std::string type_of(const SchemaRow& row) {
    if (row.type == text(KeyKind::figure)) return figure_type(row.unit);
    if (row.type == text(KeyKind::month)) return month_type;
    if (row.type == text(KeyKind::months_or_year)) return R"("type": ["string", "integer"])";
    if (row.type == text(KeyKind::whole)) return R"("type": "integer")";
    if (row.type == text(KeyKind::texts)) return R"("type": "array", "items": {"type": "string")" + enumeration(row.words) + "}";
    if (row.type == text(KeyKind::ages)) return R"("type": "array", "items": {"type": "integer"}, "minItems": 2, "maxItems": 2)";
    return R"("type": "string")" + enumeration(row.words);
}

/// A table of a scenario file.
struct Node {
    std::string own;  ///< what stands for the key itself; empty: a table alone
    std::string meaning;
    std::map<std::string, std::unique_ptr<Node>> children;
    std::unique_ptr<Node> any;  ///< for names that a person gives

    Node& child(const std::string& name) {
        auto& place = name == "*" ? any : children[name];
        if (!place) place = std::make_unique<Node>();
        return *place;
    }
    [[nodiscard]] std::string json() const {
        std::string table;
        if (!children.empty() || any) {
            std::vector<std::string> properties;
            for (const auto& [name, node] : children) properties.push_back(json_text(name) + ": " + node->json());
            table = R"("type": "object", "properties": {)" + fmt::format("{}", fmt::join(properties, ",\n")) +
                    "}, \"additionalProperties\": " + (any ? any->json() : "false");
        }
        const std::string both = table.empty() ? own : own.empty() ? table : "\"anyOf\": [{" + own + "}, {" + table + "}]";
        return "{" + (meaning.empty() ? "" : "\"description\": " + json_text(meaning) + ", ") + both + "}";
    }
};

void put(Node& root, const std::vector<std::string>& path, const std::string& type, const std::string& meaning) {
    Node* at = &root;
    for (const auto& word : path) at = &at->child(word);
    at->own = type;
    at->meaning = meaning;
}

std::vector<std::string> words_of(const std::string& key) {
    std::vector<std::string> words;
    for (std::size_t from = 0; from <= key.size();) {
        const auto dot = std::min(key.find('.', from), key.size());
        const std::string word = key.substr(from, dot - from);
        words.push_back(word == "NAME" || word == "REGION" ? "*" : word);
        from = dot + 1;
    }
    return words;
}

const std::string any_parameter = "parameters.PROCESS.PARAMETER";
const std::string any_lever = "measure.NAME.dose.PROCESS.LEVER";
const std::string any_calibration = "calibration";

}  // namespace

std::vector<SchemaRow> scenario_schema() {
    std::vector<SchemaRow> rows;
    for (const auto& key : scenario_keys()) rows.push_back({key.key, std::string(text(key.kind)), "", key.expected, key.meaning, key.words});
    rows.push_back({any_parameter, "number", "that of the parameter", "a number of its range", "any parameter; all: instroom describe", {}});
    for (const auto& key : measure_keys())
        rows.push_back({"measure.NAME." + key.key, std::string(text(key.kind)), key.unit, key.expected, key.meaning,
                        key.kind == KeyKind::doses ? std::vector<std::string>{} : key.words});
    rows.push_back({any_calibration, "table", "", "what `instroom calibrate` writes", "what stands behind the parameters of a calibration; not read", {}});
    return rows;
}

std::string schema_text() {
    std::string text = fmt::format("{:<42}{:<22}{:<24}{}\n", "key", "type", "unit", "meaning; what is expected");
    for (const auto& row : scenario_schema()) {
        std::string expected = row.expected;
        while (!expected.empty() && expected.back() == ',') expected.pop_back();
        text += fmt::format("{:<42}{:<22}{:<24}{}; {}\n", row.key, row.type, row.unit, row.meaning, expected);
        if (row.words.size() > 4) text += fmt::format("{:<42}one of: {}\n", "", fmt::join(row.words, ", "));
    }
    return text + fmt::format("A figure is a number, or a table with: {}. Of low and high: both or none; the prior is cut off there.\n",
                              fmt::join(quantity_keys(), ", "));
}

std::string schema_json() {
    Node root;
    for (const auto& row : scenario_schema()) {
        if (row.key == any_parameter) {
            for (const auto& p : models::all_parameters()) {
                auto path = words_of("parameters." + p.name);
                put(root, path, fmt::format(R"("type": "number", "minimum": {}, "maximum": {})", number_text(p.minimum), number_text(p.maximum)),
                    p.meaning + (p.unit == "1" ? "" : " (" + p.unit + ")"));
            }
        } else if (row.key == any_lever) {
            for (const auto& lever : models::all_levers()) {
                const auto* p = models::find_parameter(lever.parameter);
                put(root, words_of("measure.NAME.dose." + p->name), figure_type(p->unit), p->meaning);
            }
        } else if (row.key == any_calibration) {
            put(root, {row.key}, R"("type": "object")", row.meaning);
        } else {
            const std::string unit = row.unit.empty() || row.unit == "1" ? "" : " (" + row.unit + ")";
            put(root, words_of(row.key), type_of(row), row.meaning + unit);
        }
    }
    std::string json = root.json();
    json.insert(1, R"("$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Scenario of Instroom", )");
    return json + "\n";
}

std::string scenario_template(const std::string& name) {
    return "name = " + toml_quoted(name) + R"(
description = ""             # what it is about
# extends = "baseline"       # or a scenario file, or "nothing" for no measure at all
# end = "2030-12"            # last month; months are quoted
# regions = ["Brainport"]    # without this key all seven
# green_jobs = "tno_low"     # demand for the climate: none, tno_low, tno_high, ecorys_55, ecorys_60
# without = ["M2"]           # measures to leave out; "plan" is the whole action plan
# with = ["M8-small"]        # measures of the library to add: instroom scenario list

# [parameters.search]        # any parameter: instroom describe
# mobility = 1.1

# [measure.M4]               # changes single keys of a measure that is there
# end = "2026-12"

# [measure.mine]             # a new measure: letters, digits, - and _
# title = "Courses for carers"
# source = "assumed"
# start = "2026-01"          # first month with a dose
# ramp = 12                  # months until full strength
# end = "2029-12"
# regions = ["Brainport"]    # without this key all
# [measure.mine.dose]        # levers: instroom describe levers
# side_entry.subsidy = {value = 2000, low = 1000, high = 4000, status = "assumed", source = "by judgement"}
# [measure.mine.offer]
# programme = "course"       # or "work_learning", "adult_bbl"
# places = 120               # persons a year, shared out by residents; or {Brainport = 100, IJmond = 20}
# occupations = ["ict"]
# [measure.mine.target]      # who may apply for these places
# age = [25, 55]
# occupation = ["care and welfare"]
# [measure.mine.cost]        # euro
# per_participant = 9000
)";
}

}  // namespace experiments
