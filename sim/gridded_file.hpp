#pragma once
/// A netCDF-4 file of gridded variables that is written row by row along their first dimension, so that memory does not grow with the file.

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "sim/trajectory.hpp"

namespace sim {

/// What a variable is. Counts are 32-bit integers (missing -1), reals doubles (missing NaN).
struct GriddedVariable {
    std::string name;
    std::vector<std::string> dimensions;  ///< names of coordinates that are there already
    SeriesType type = SeriesType::real;
    std::vector<Attribute> attributes{};
    std::size_t rows_at_once = 1;  ///< rows that are written together: what a chunk of the file holds along the first dimension, where it is not too large
};

/// The file stands under its final name once `commit` has flushed it; without, nothing is left. The same calls write the same bytes.
class GriddedFile {
public:
    /// Throws FileError with the system's cause; so do all others.
    explicit GriddedFile(std::filesystem::path path);
    ~GriddedFile();
    GriddedFile(const GriddedFile&) = delete;
    GriddedFile& operator=(const GriddedFile&) = delete;

    void add_attribute(const Attribute& attribute);
    /// At the root, before the variables that use it. Throws Bug for a name that is there already.
    void add_coordinate(const Coordinate& coordinate);
    /// Returns its number. Throws Bug for an unknown dimension.
    std::size_t add_variable(const GriddedVariable& variable);
    /// Writes whole rows from `first` on, row-major. Throws Bug where `values` are no whole number of rows, or rows lie outside.
    void write(std::size_t variable, std::size_t first, std::span<const double> values);
    void write(std::size_t variable, std::size_t first, std::span<const std::int32_t> values);
    /// With replace = false an existing file stays, which is a FileError.
    void commit(bool replace);

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace sim
