#pragma once
/// Reads the measures of a scenario file: a table [measure.NAME] each.

#include <set>
#include <string>
#include <vector>

#include "experiments/measure.hpp"
#include "experiments/toml_values.hpp"
#include "models/parameters.hpp"
#include "sim/month.hpp"

namespace experiments {

/// Collects the measures of one file, entry by entry; everything wrong goes to its findings.
class MeasureReader {
public:
    explicit MeasureReader(Findings& findings) : findings_(findings) {}
    /// One value of a measure: its key begins with "measure.".
    void read(const TomlEntry& entry);
    /// The measures in the order of the file, once all are read. Checks what each needs, and that every lever stays within its range in every month until
    /// `end`, alone and beside the others. `base`: the scenario's parameters.
    [[nodiscard]] std::vector<Measure> close(const models::Parameters& base, sim::Month end);

private:
    void read_dose(const TomlEntry& entry, const std::string& lever, Measure& measure);
    void check(const Measure& measure);
    void check_settings(const models::Parameters& base, sim::Month end);

    Findings& findings_;
    std::vector<Measure> measures_;
    std::set<std::string> with_doses_;  ///< measures that name a dose, right or wrong
};

/// Measures as a scenario file writes them.
[[nodiscard]] std::string measures_text(const std::vector<Measure>& measures);

}  // namespace experiments
