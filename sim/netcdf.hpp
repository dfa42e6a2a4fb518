#pragma once
/// What files that are valid netCDF-4 have in common: attributes, shapes, chunks, texts and numbers, through HDF5.
/// Only .cpp files of this room include this header.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <type_traits>
#include <vector>

#include "sim/hdf5.hpp"
#include "sim/trajectory.hpp"

namespace sim::netcdf {

/// A chunk is read whole to see one number of it, and HDF5 keeps 1 MiB of chunks at hand.
inline constexpr std::size_t largest_chunk = std::size_t{1} << 20;

template <class Number>
hid_t type_in_file() {
    if constexpr (std::is_same_v<Number, double>)
        return H5T_IEEE_F64LE;
    else if constexpr (std::is_same_v<Number, std::int64_t>)
        return H5T_STD_I64LE;
    else if constexpr (std::is_same_v<Number, std::uint64_t>)
        return H5T_STD_U64LE;
    else if constexpr (std::is_same_v<Number, std::int32_t>)
        return H5T_STD_I32LE;
    else if constexpr (std::is_same_v<Number, std::int16_t>)
        return H5T_STD_I16LE;
    else
        return H5T_STD_I8LE;
}

template <class Number>
constexpr Number missing_value() {
    if constexpr (std::is_floating_point_v<Number>)
        return std::numeric_limits<double>::quiet_NaN();
    else
        return Number{-1};
}

/// Number of labels of a dimension.
[[nodiscard]] std::size_t size_of(const Coordinate& coordinate);

struct Shape {
    std::vector<hsize_t> now, limit, chunk;
    bool unlimited = false;
    /// Adds an axis, whole in one chunk.
    void add(hsize_t size, bool without_end = false);
    /// Halves the chunk along an axis until it holds no more than `largest_chunk` bytes.
    void shrink_chunk(std::size_t axis, std::size_t bytes_a_value);
};

/// Puts attributes and datasets into one file; every HDF5 call is checked.
class Writer {
public:
    explicit Writer(hdf5::OutputFile& file);

    void text_attribute(hid_t object, const std::string& name, const std::string& value);
    template <class Number>
    void number_attribute(hid_t object, const std::string& name, const Number* values, hsize_t count, bool scalar) {
        const hdf5::Handle space = file.own(scalar ? H5Screate(H5S_SCALAR) : H5Screate_simple(1, &count, nullptr), H5Sclose);
        const hdf5::Handle a = file.own(H5Acreate2(object, name.c_str(), type_in_file<Number>(), space.get(), H5P_DEFAULT, H5P_DEFAULT), H5Aclose);
        file.check(H5Awrite(a.get(), type_in_file<Number>(), values));
    }
    void attribute(hid_t object, const Attribute& attribute);

    hdf5::Handle creation_properties(const Shape& shape, bool chunked, bool filtered);
    hdf5::Handle dataset(hid_t place, const std::string& name, hid_t type, const Shape& shape, hid_t creation);
    hdf5::Handle strings(hid_t place, const std::string& name, const Shape& shape, const std::vector<std::string>& values);
    /// Without values the dataset is made alone.
    template <class Number>
    hdf5::Handle numbers(hid_t place, const std::string& name, const Shape& shape, const std::vector<Number>& values, bool filtered, bool fill) {
        const hdf5::Handle creation = creation_properties(shape, filtered || shape.unlimited, filtered);
        const Number missing = missing_value<Number>();
        if (fill) file.check(H5Pset_fill_value(creation.get(), type_in_file<Number>(), &missing));
        hdf5::Handle d = dataset(place, name, type_in_file<Number>(), shape, creation.get());
        if (fill) number_attribute(d.get(), "_FillValue", &missing, 1, false);
        if (!values.empty()) file.check(H5Dwrite(d.get(), type_in_file<Number>(), H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()));
        return d;
    }
    /// A dimension scale of its own name.
    hdf5::Handle scale(hid_t place, const Coordinate& coordinate);

    hdf5::OutputFile& file;
    hdf5::Handle string_type{};
};

}  // namespace sim::netcdf
