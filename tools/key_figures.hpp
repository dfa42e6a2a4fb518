#pragma once
/// The few figures of a run that fit on a terminal.

#include <string>

#include "sim/stored_trajectory.hpp"

namespace tools {

/// A table with one line a region and one for all: persons, technicians and ICT workers, vacancies, unemployment rate and mean wage at the end, the change
/// since the start, and small bars by year; in persons (not agents) and as the mean over replicates. Series that a file does not hold are shown as "-".
[[nodiscard]] std::string key_figures(const sim::StoredTrajectory& file);

/// The month of a value of the coordinate `time` (days since January 2020), as "YYYY-MM".
[[nodiscard]] std::string month_of_days(const std::string& days);

}  // namespace tools
