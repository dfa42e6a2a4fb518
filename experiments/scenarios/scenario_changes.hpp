#pragma once
/// Where two scenarios differ, in words.

#include <string>
#include <vector>

#include "experiments/scenarios/scenario.hpp"

namespace experiments {

/// One line for each difference from `before` to `after`: months, regions, seed, parameters with their units, measures. Names and descriptions do not count.
[[nodiscard]] std::vector<std::string> scenario_changes(const Scenario& before, const Scenario& after);

}  // namespace experiments
