#pragma once
/// An appraisal in parts: a sweep whose points are draws, each call of its command keeping their runs in a file of its own.

#include <cstddef>
#include <filesystem>
#include <vector>

namespace experiments {

/// Where the runs of a call are kept, beside the file of the whole: its name with .draw- and the first of its draws.
[[nodiscard]] std::filesystem::path part_of(const std::filesystem::path& log, const std::vector<std::size_t>& draws);

/// The draws in a file of points as a sweep hands it to its command (a column "draw"). Throws InputError where there is none, or one is no whole number below
/// `most`.
[[nodiscard]] std::vector<std::size_t> drawn_points(const std::filesystem::path& points, std::size_t most);

/// What a sweep reads back: a column "runs", one line a point.
void write_results(const std::filesystem::path& file, std::size_t points, std::size_t runs_a_point);

/// Puts the runs of all parts beside a log into it, those that it does not hold; parts stay. Throws InputError where a part belongs to another command.
void gather_parts(const std::filesystem::path& log);

}  // namespace experiments
