#pragma once
/// The keys of a measure: one list that the reader, the schema and the text of a scenario share.

#include <functional>
#include <string>
#include <vector>

#include "experiments/scenarios/measure.hpp"
#include "experiments/scenarios/toml_values.hpp"

namespace experiments {

/// What stands behind a key.
enum class KeyKind { text, month, months_or_year, whole, texts, ages, figure, doses, places };
/// In words, as the schema prints it.
[[nodiscard]] std::string_view text(KeyKind kind);

/// What the reading of one measure knows.
struct MeasureReading {
    Measure& measure;
    const std::vector<std::string>& known_regions;
    Findings& findings;
};

struct MeasureKey {
    std::string key;  ///< below [measure.NAME]; PROCESS.LEVER stands for any lever, REGION for any region
    KeyKind kind = KeyKind::text;
    std::string unit;      ///< empty where it has none
    std::string expected;  ///< in words
    std::string meaning;
    std::vector<std::string> words;                                     ///< the only valid ones; empty: any
    std::function<void(const MeasureReading&, const TomlEntry&)> read;  ///< one entry; of all that are no figures
    std::function<Quantity&(Measure&)> figure;                          ///< where it goes; of a figure
    std::function<double()> maximum;                                    ///< of a figure whose minimum is 0; none: no end
};

/// Every key, in the order in which files have them.
[[nodiscard]] const std::vector<MeasureKey>& measure_keys();

/// The range of a dose of a lever, of places, and of a figure with a fixed key.
[[nodiscard]] QuantityRange dose_range(const std::string& lever);
[[nodiscard]] QuantityRange range_of(const MeasureKey& key);

/// Reads all entries of one measure, each of which begins with "measure.NAME."; everything wrong goes to the findings.
void read_keys(const std::vector<TomlEntry>& entries, const MeasureReading& reading);

}  // namespace experiments
