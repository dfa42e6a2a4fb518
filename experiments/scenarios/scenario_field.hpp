#pragma once
/// One number of a scenario by the key that a scenario file has for it: read, set, and what it may be.

#include <functional>
#include <string>
#include <vector>

#include "experiments/scenarios/quantity.hpp"
#include "experiments/scenarios/scenario.hpp"

namespace experiments {

/// What numbers a field takes.
enum class FieldKind {
    real,
    whole,
    month  ///< as the number of months after January 2021
};

/// Whether a parameter holds whole numbers alone.
[[nodiscard]] bool is_whole(const models::Parameter& parameter);

/// A parameter ("parameters.demand.adjustment") or a field of a measure that the scenario holds ("measure.M4.cost.per_participant", "measure.M4.start").
struct ScenarioField {
    FieldKind kind = FieldKind::real;
    std::string unit;  ///< "month" of a month
    double minimum = 0, maximum = 0;
    Evidence evidence;  ///< what is known of the figure: prior, low and high end; of a parameter those of its table
    std::function<double(const Scenario&)> get;
    /// Of any scenario that holds the measure; checks nothing. As in a scenario file a number takes the place of the whole figure, with what was known of it.
    std::function<void(Scenario&, double)> set;
};

/// Throws InputError that says why a key names no number of this scenario, with the nearest one that does.
[[nodiscard]] ScenarioField scenario_field(const std::string& key, const Scenario& scenario);

/// Every key that names one, parameters last.
[[nodiscard]] std::vector<std::string> scenario_fields(const Scenario& scenario);

/// What a reader of scenario files finds wrong with a scenario whose fields were set: a lever out of its range in some month, a start after the end; empty
/// where nothing is. One finding, without its place.
[[nodiscard]] std::string problem_of(const Scenario& scenario);

/// A month as a number of months after January 2021, and back.
[[nodiscard]] double number_of(sim::Month month);
[[nodiscard]] sim::Month month_of(double number);

}  // namespace experiments
