#pragma once
/// Reads the measures of scenario files: a table [measure.NAME] each, in which a later file changes single keys of an earlier one.

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "experiments/scenarios/measure.hpp"
#include "experiments/scenarios/toml_values.hpp"
#include "models/parameters.hpp"
#include "sim/month.hpp"

namespace experiments {

/// Collects the measures of a scenario, entry by entry; everything wrong goes to its findings.
class MeasureReader {
public:
    /// `library`: numbers of the library's measures by name; other measures have none. Null where the library itself is read.
    MeasureReader(Findings& findings, std::vector<std::string> known_regions, const std::map<std::string, std::uint32_t>* library)
        : findings_(findings), known_regions_(std::move(known_regions)), library_(library) {}
    /// One value of a measure: its key begins with "measure.". It takes the place of the same key of an earlier file.
    void read(const TomlEntry& entry);
    [[nodiscard]] bool holds(const std::string& name) const;
    [[nodiscard]] std::vector<std::string> names() const;
    void remove(const std::string& name);
    /// Notes that an entry of a scenario adds a measure of the library, which has been read.
    void added_by(const std::string& name, const TomlEntry& entry);
    /// The measures in the order in which they came, once all are read. Checks what each needs, and that every lever stays within its range in every month
    /// until `end`, in every region, alone and beside the others. `base`: the scenario's parameters.
    [[nodiscard]] std::vector<Measure> close(const models::Parameters& base, sim::Month end);

private:
    struct Draft {
        std::string name;
        int line = 0;
        std::string file;
        std::vector<TomlEntry> entries;
        std::string library_file;  ///< of a measure that a scenario adds from the library
        int added_line = 0;        ///< where it does
        std::string added_file;    ///< of that line
    };
    static void note_start(const Draft& draft, Measure& measure);
    [[nodiscard]] Measure measure_of(const Draft& draft);
    void check(const Measure& measure, const Draft& draft);
    void check_doses_of_target(const Measure& measure, const TomlEntry& target);
    void check_numbers(const std::vector<Measure>& measures);
    void check_settings(const std::vector<Measure>& measures, const models::Parameters& base, sim::Month end);
    void share_out(Measure& measure) const;

    Findings& findings_;
    std::vector<std::string> known_regions_;
    const std::map<std::string, std::uint32_t>* library_;
    std::vector<Draft> drafts_;
};

/// Finds measures that start after the last month of a run, so that nothing would come of them. Measures in place are not meant: the baseline holds those that
/// begin later, whenever a run ends.
void check_starts(const std::vector<Measure>& measures, sim::Month end, Findings& findings);

/// The name of the measure that a key begins with ("M4" of "measure.M4.dose.x").
[[nodiscard]] std::string measure_name(const TomlEntry& entry);

}  // namespace experiments
