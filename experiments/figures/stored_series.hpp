#pragma once
/// Series of a file of a run brought back into memory, where moments can be taken of them.

#include <string>
#include <vector>

#include "sim/stored_trajectory.hpp"
#include "sim/trajectory.hpp"

namespace experiments {

/// The named series with the dimensions that they need; counts become reals, and what is missing is NaN. Series without (replicate, time, region) and those
/// that the file does not hold are left out. Throws InputError where the file is damaged.
[[nodiscard]] sim::Trajectory trajectory_of(const sim::StoredTrajectory& file, const std::vector<std::string>& names);

/// The point of time of a label of the coordinate `time` (days since January 2020).
[[nodiscard]] sim::Month month_of_point(const std::string& days);

/// Agents become persons by this factor: one over the attribute `scale`. Throws InputError where the file has no such number.
[[nodiscard]] double persons_per_agent(const sim::StoredTrajectory& file);

}  // namespace experiments
