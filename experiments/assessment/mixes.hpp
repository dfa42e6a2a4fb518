#pragma once
/// Mixes: the measures of a scenario at other strengths than they have there, from nothing to the strongest that is thought possible of each.

#include <vector>

#include "experiments/assessment/players.hpp"
#include "experiments/scenarios/measure.hpp"
#include "experiments/scenarios/scenario.hpp"
#include "models/parameters.hpp"

namespace experiments {

/// A measure at a strength. At 1 each of its doses is at the end of its own range (`low`, `high`) that lies further from the null dose, its places and what it
/// coordinates at their high ends; a figure without a range is as planned. In between they lie straight between nothing and that; a dose that its lever cannot
/// hold there (a whole number) stays at the strongest. Fixed and monthly cost are those of `measure` at `usual_strength` and grow in proportion to the
/// strength: that twice the dose costs twice is an assumption. `measure` may hold a draw of the figures of `planned`, of which cost and overlap stay; what is
/// chosen rests on `planned` alone. `base`: parameters without measures.
[[nodiscard]] Measure at_strength(Measure measure, const Measure& planned, double strength, const models::Parameters& base);

/// The strength at which a measure is about as it stands: the mean over its figures of their part of the strongest; 1 where it has none that can be stronger.
[[nodiscard]] double usual_strength(const Measure& measure, const models::Parameters& base);

/// A scenario with each player's measures at its strength (0: without them); what belongs to no player stays. `scenario` may hold a draw of `planned`.
[[nodiscard]] Scenario with_mix(const Scenario& scenario, const Scenario& planned, const std::vector<Player>& players, const std::vector<double>& strengths);

/// Throws InputError where all measures at their strongest would bring a lever out of its range in some month.
void check_strongest(const Scenario& scenario, const std::vector<Player>& players, const std::vector<std::string>& regions);

}  // namespace experiments
