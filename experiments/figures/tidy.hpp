#pragma once
/// A file of a run as one long table.

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "sim/stored_trajectory.hpp"

namespace experiments {

/// Writes CSV: month, region, one column for each further dimension of the series (empty where a series has no such), series, unit, value, low, high. A month
/// is the one that ends at the point of time: of a flow what happened in it, of a stock what stood at its end, so that the start has the month before the
/// first. With several replicates `value` is their mean, `low` and `high` are the 2.5 and 97.5 % quantiles over them; with one these are empty. Values are
/// those of the file: a missing one is empty, and counts are agents. `series`: none: all at the root that have months and regions. Throws InputError for an
/// unknown series, with the nearest name; FileError. `written` is called after each series.
void write_tidy(const sim::StoredTrajectory& file, const std::vector<std::string>& series, const std::filesystem::path& output, bool replace,
                const std::function<void()>& written = {});

/// The series that it writes, in the order of the file.
[[nodiscard]] std::vector<std::string> tidy_series(const sim::StoredTrajectory& file, const std::vector<std::string>& series);

}  // namespace experiments
