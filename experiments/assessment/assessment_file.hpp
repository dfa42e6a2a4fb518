#pragma once
/// An assessment as an HDF5 file that is also a valid netCDF-4 file.

#include <filesystem>
#include <string>

#include "experiments/assessment/assessment.hpp"

namespace experiments {

/// Version of the layout; goes to the attribute `assessment_schema_version`.
inline constexpr int assessment_schema_version = 2;

/// Writes supplies by scenario, contributions by measure, and the gap by occupation, region and education: of each figure its mean over the draws, NAME_error
/// (standard error), NAME_low and NAME_high (95 % of one draw, where there are draws enough) and NAME_of_draw (by replicate, which is the number of the draw);
/// the drawn parameters, the scenarios in full and the input tables. The file is whole or absent. Throws FileError; with replace = false an existing file
/// stays, which is one too.
void write_assessment(const Assessment& assessment, const AssessmentOptions& options, const std::filesystem::path& file, const std::string& command,
                      bool replace);

}  // namespace experiments
