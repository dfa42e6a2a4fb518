#pragma once
/// Parts of an HDF5 file opened for reading: what readers of runs and of any file share. Only .cpp files of this room include this header.

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "sim/hdf5.hpp"

namespace sim::hdf5 {

/// Throws InputError: the dataset cannot be read.
[[noreturn]] void damaged(const std::filesystem::path& path, const std::string& dataset);

/// Throws FileError where the system refuses the file, InputError where it is no HDF5 file or a damaged one.
[[nodiscard]] Handle open_file(const std::filesystem::path& path);

/// The first element of an attribute as text; empty where there is none.
[[nodiscard]] std::string attribute_of(hid_t object, const char* name);

[[nodiscard]] std::vector<std::size_t> shape_of(hid_t dataset);
/// Cells of a dataset of that shape.
[[nodiscard]] std::size_t cells_of(const std::vector<std::size_t>& shape);

/// The dimension scales attached to a dataset, by their names without folders.
[[nodiscard]] std::vector<std::string> scales_of(hid_t dataset, std::size_t rank);

/// Texts of a dataset; whole numbers as texts.
[[nodiscard]] std::vector<std::string> labels_of(hid_t dataset);

/// Names in a group, in the order in which they were made.
[[nodiscard]] std::vector<std::string> links_of(hid_t group);

/// All numbers of a dataset, row-major; missing ones are NaN. `path` and `name` stand in messages.
[[nodiscard]] std::vector<double> numbers_of(hid_t dataset, const std::filesystem::path& path, const std::string& name);

}  // namespace sim::hdf5
