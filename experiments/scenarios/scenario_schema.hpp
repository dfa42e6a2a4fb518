#pragma once
/// What a scenario file may hold: every key with its type, unit and what is expected, and a file to begin with.

#include <string>
#include <vector>

namespace experiments {

/// One key of a scenario file.
struct SchemaRow {
    std::string key;  ///< dotted; NAME, PROCESS.PARAMETER, PROCESS.LEVER and REGION stand for names
    std::string type;
    std::string unit;  ///< empty where it has none
    std::string expected;
    std::string meaning;
    std::vector<std::string> words;  ///< the only valid ones; empty: any
};

/// Every key that the reader takes, from the lists that it reads by. Parameters are one row; `instroom describe` lists them.
[[nodiscard]] std::vector<SchemaRow> scenario_schema();

/// For people: one line a key.
[[nodiscard]] std::string schema_text();

/// As a JSON Schema (draft 2020-12) of the file as nested tables, every parameter and lever by name.
[[nodiscard]] std::string schema_json();

/// A commented scenario file to begin with.
[[nodiscard]] std::string scenario_template(const std::string& name);

}  // namespace experiments
