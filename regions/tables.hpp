#pragma once
/// The tables of a run from a folder of CSV files.

#include <filesystem>
#include <string>
#include <vector>

#include "models/tables.hpp"
#include "regions/data_folder.hpp"

namespace regions {

/// Reads all tables for the named regions (none named: all seven) at a scale in (0, 1], with the digest of every file read.
/// Regions keep the order of the output, whatever the order in which they are named.
/// Throws InputError for an unknown region, a scale out of range or bad content, FileError for what cannot be read.
[[nodiscard]] models::Tables read_tables(DataFolder& data, const std::vector<std::string>& regions, double scale);
/// The same from the tables of a folder alone.
[[nodiscard]] models::Tables read_tables(const std::filesystem::path& data, const std::vector<std::string>& regions, double scale);

}  // namespace regions
