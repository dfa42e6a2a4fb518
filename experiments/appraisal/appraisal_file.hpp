#pragma once
/// An appraisal as one HDF5 file, which is netCDF-4 too. Layout: experiments/README.md.

#include <filesystem>
#include <string>

#include "experiments/appraisal/appraise.hpp"

namespace experiments {

inline constexpr int appraisal_schema_version = 1;

/// Throws FileError for what the system refuses; with replace = false an existing file stays, which is one.
void write_appraisal(const Appraisal& appraisal, const AppraisalOptions& options, const std::filesystem::path& file, const std::string& command, bool replace);

}  // namespace experiments
