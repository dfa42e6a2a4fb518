#pragma once
/// The keys of a scenario file beside those of measures: one list that the reader and the schema share.

#include <functional>
#include <string>
#include <vector>

#include "experiments/scenarios/measure_keys.hpp"
#include "experiments/scenarios/scenario.hpp"

namespace experiments {

/// What the reading of one scenario knows.
struct ScenarioReading {
    Scenario& scenario;
    const std::vector<std::string>& known_regions;
    Findings& findings;
    const TomlEntry* start = nullptr;  ///< the entries that gave the months
    const TomlEntry* end = nullptr;
};

struct ScenarioKey {
    std::string key;
    KeyKind kind = KeyKind::text;
    std::string expected;
    std::string meaning;
    std::vector<std::string> words;                                ///< the only valid ones; empty: any
    std::function<void(ScenarioReading&, const TomlEntry&)> read;  ///< none: read before all others
};

/// Every key that is neither a parameter nor of a measure, in the order in which files have them.
[[nodiscard]] const std::vector<ScenarioKey>& scenario_keys();

/// Reads one parameter ("process.parameter") into a scenario.
void read_parameter(const TomlEntry& entry, const std::string& name, ScenarioReading& reading);

/// Range and unit of a parameter, as a message says what is expected.
[[nodiscard]] std::string range_text(const models::Parameter& parameter);

/// The names of all parameters.
[[nodiscard]] std::vector<std::string> parameter_names();

}  // namespace experiments
