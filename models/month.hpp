#pragma once
/// The month, in the order and with the numbers of the model description. Nothing else calls a step.

#include "models/world.hpp"
#include "sim/schedule.hpp"

namespace models {

class Indicators;  // models/indicators.hpp

/// The eleven processes of a month as a schedule with time per process. Places 3, 8, 9 and 10 are named and empty until they are built.
/// `indicators` may be null: nothing is recorded. `spin_up` leaves out demography, schooling and all of programmes but aims.
[[nodiscard]] sim::Schedule<World> month_schedule(Indicators* indicators, bool spin_up = false);

}  // namespace models
