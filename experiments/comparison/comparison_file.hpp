#pragma once
/// A comparison as an HDF5 file that is also a valid netCDF-4 file.

#include <filesystem>
#include <string>

#include "experiments/comparison/comparison.hpp"

namespace experiments {

/// Version of the layout; goes to the attribute `comparison_schema_version`.
inline constexpr int comparison_schema_version = 2;

/// Writes every effect by arm, wage elasticity and outcome, the differences behind it by replicate (or draw), the reckoning of gates by arm and months after
/// its entry, what was spent and what one more worker costs, the drawn parameters, the scenarios in full and the input tables. The file is whole or absent.
/// Throws FileError; with replace = false an existing file stays, which is one too.
void write_comparison(const Comparison& comparison, const ComparisonOptions& options, const std::filesystem::path& file, const std::string& command,
                      bool replace);

}  // namespace experiments
