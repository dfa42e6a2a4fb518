#pragma once
/// A comparison in words: tables for a terminal and rows for a CSV file.

#include <string>

#include "experiments/comparison/comparison.hpp"

namespace experiments {

/// Below so many agents a figure says little, whatever its interval.
inline constexpr double few_agents = 10;
[[nodiscard]] inline bool is_few(const Effect& effect) { return effect.agents < few_agents; }

/// For each arm: core indicators; technicians and ICT workers inside and national, by region and education; who they were before; low and high wage elasticity.
[[nodiscard]] std::string comparison_tables(const Comparison& comparison);

/// How to read them, in a few lines.
[[nodiscard]] std::string comparison_notes(const Comparison& comparison);

/// One row an arm, wage elasticity and outcome, below a line of column names; `command` stands in a comment before.
[[nodiscard]] std::string comparison_csv(const Comparison& comparison, sim::Month end, const std::string& command);

/// The reckoning of gates, what was spent and what one more worker costs: one row a figure.
[[nodiscard]] std::string reckoning_csv(const Comparison& comparison, const std::string& command);

}  // namespace experiments
