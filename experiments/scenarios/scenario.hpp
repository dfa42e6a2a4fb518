#pragma once
/// A scenario: what a run simulates, where and when, and which parameters differ from their defaults.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "experiments/scenarios/plan.hpp"
#include "experiments/scenarios/toml_values.hpp"
#include "models/parameters.hpp"
#include "sim/month.hpp"

namespace experiments {

/// The first month that a run can simulate: the tables describe 1 January 2021.
inline constexpr sim::Month first_month = sim::Month::of(2021, 1);
/// The last month that fits in a random address's twelve bits, with room to spare.
inline constexpr sim::Month latest_month = sim::Month::of(2199, 12);

struct Scenario {
    std::string name = "baseline";
    std::string description = "Autonomous rates from the tables, no measures.";
    sim::Month start = first_month;             ///< first month that is written; earlier ones are simulated all the same
    sim::Month end = sim::Month::of(2030, 12);  ///< last month that is simulated
    std::vector<std::string> regions;           ///< in the order of the output; empty = all
    std::optional<std::uint64_t> seed;          ///< none: the program's default
    models::Parameters parameters;              ///< defaults with this scenario's changes
    std::vector<Measure> measures;              ///< in the order of the files; their doses come on top of the parameters
};

/// The baseline: what runs without a scenario file simulate. It holds the measures of the library that are in place.
[[nodiscard]] Scenario default_scenario();

/// Reads a scenario file (TOML) and those that it extends; a file that extends none changes the baseline. `known_regions` are the names that `regions` may
/// hold, in the order of the output. Throws FileError where the file cannot be read. Throws InputError with every finding, sorted by line, one line each: file,
/// line, key, what was expected and the nearest valid word.
[[nodiscard]] Scenario read_scenario(const std::filesystem::path& file, const std::vector<std::string>& known_regions);

/// The same from a text; `file` stands in messages.
[[nodiscard]] Scenario scenario_from_text(const std::string& text, const std::filesystem::path& file, const std::vector<std::string>& known_regions);

/// The names of `wanted` in the order of `known`, each once. Throws InputError with the nearest name for an unknown one.
[[nodiscard]] std::vector<std::string> regions_in_order(const std::vector<std::string>& wanted, const std::vector<std::string>& known);

/// Ends the scenario in another month. Throws InputError, one line a finding, where a measure that is not in place would start after it.
void end_in(Scenario& scenario, sim::Month end);

/// The whole resolved scenario as a scenario file: every parameter, also where it has its default. Reading it gives the same scenario.
[[nodiscard]] std::string scenario_text(const Scenario& scenario);

}  // namespace experiments
