#include "sim/netcdf.hpp"

#include <hdf5_hl.h>

namespace sim::netcdf {
namespace {

using hdf5::Handle;

constexpr unsigned deflate_level = 4;
/// Attributes of at most this many bytes are of fixed length, which every reader of netCDF takes for text; HDF5 allows 64 KiB.
constexpr std::size_t longest_fixed_text = 4096;

}  // namespace

std::size_t size_of(const Coordinate& coordinate) {
    return std::visit([](const auto& values) { return values.size(); }, coordinate.values);
}

void Shape::add(hsize_t size, bool without_end) {
    const bool open = without_end || size == 0;
    now.push_back(size);
    limit.push_back(open ? H5S_UNLIMITED : size);
    chunk.push_back(std::max<hsize_t>(size, 1));
    unlimited = unlimited || open;
}

void Shape::shrink_chunk(std::size_t axis, std::size_t bytes_a_value) {
    std::size_t bytes = bytes_a_value;
    for (const hsize_t d : chunk) bytes *= d;
    while (bytes > largest_chunk && chunk[axis] > 1) {
        const hsize_t half = (chunk[axis] + 1) / 2;
        bytes = bytes / chunk[axis] * half;
        chunk[axis] = half;
    }
}

Writer::Writer(hdf5::OutputFile& f) : file(f) {
    string_type = file.own(H5Tcopy(H5T_C_S1), H5Tclose);
    file.check(H5Tset_size(string_type.get(), H5T_VARIABLE));
    file.check(H5Tset_cset(string_type.get(), H5T_CSET_UTF8));
}

void Writer::text_attribute(hid_t object, const std::string& name, const std::string& value) {
    const Handle space = file.own(H5Screate(H5S_SCALAR), H5Sclose);
    if (value.size() > longest_fixed_text || name == "scenario_text") {
        const Handle a = file.own(H5Acreate2(object, name.c_str(), string_type.get(), space.get(), H5P_DEFAULT, H5P_DEFAULT), H5Aclose);
        const char* pointer = value.c_str();
        file.check(H5Awrite(a.get(), string_type.get(), &pointer));
        return;
    }
    const Handle type = file.own(H5Tcopy(H5T_C_S1), H5Tclose);
    file.check(H5Tset_size(type.get(), std::max<std::size_t>(value.size(), 1)));
    file.check(H5Tset_strpad(type.get(), H5T_STR_NULLTERM));
    file.check(H5Tset_cset(type.get(), H5T_CSET_UTF8));
    const Handle a = file.own(H5Acreate2(object, name.c_str(), type.get(), space.get(), H5P_DEFAULT, H5P_DEFAULT), H5Aclose);
    file.check(H5Awrite(a.get(), type.get(), value.c_str()));
}

void Writer::attribute(hid_t object, const Attribute& a) {
    if (const auto* s = std::get_if<std::string>(&a.value))
        text_attribute(object, a.name, *s);
    else if (const auto* i = std::get_if<std::int64_t>(&a.value))
        number_attribute(object, a.name, i, 1, true);
    else if (const auto* u = std::get_if<std::uint64_t>(&a.value))
        number_attribute(object, a.name, u, 1, true);
    else if (const auto* d = std::get_if<double>(&a.value))
        number_attribute(object, a.name, d, 1, true);
    else if (const auto* is = std::get_if<std::vector<std::int64_t>>(&a.value))
        number_attribute(object, a.name, is->data(), is->size(), false);
    else if (const auto* ds = std::get_if<std::vector<double>>(&a.value))
        number_attribute(object, a.name, ds->data(), ds->size(), false);
}

Handle Writer::creation_properties(const Shape& shape, bool chunked, bool filtered) {
    Handle creation = file.own(H5Pcreate(H5P_DATASET_CREATE), H5Pclose);
    file.check(H5Pset_attr_creation_order(creation.get(), H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED));
    file.check(H5Pset_obj_track_times(creation.get(), false));          // two runs of one seed give the same datasets, headers included
    file.check(H5Pset_fill_time(creation.get(), H5D_FILL_TIME_ALLOC));  // what a chunk holds beyond the end is no old memory
    if (chunked) file.check(H5Pset_chunk(creation.get(), static_cast<int>(shape.chunk.size()), shape.chunk.data()));
    if (filtered) {
        file.check(H5Pset_shuffle(creation.get()));
        file.check(H5Pset_deflate(creation.get(), deflate_level));
        file.check(H5Pset_fletcher32(creation.get()));
    }
    return creation;
}

Handle Writer::dataset(hid_t place, const std::string& name, hid_t type, const Shape& shape, hid_t creation) {
    const Handle space = file.own(H5Screate_simple(static_cast<int>(shape.now.size()), shape.now.data(), shape.limit.data()), H5Sclose);
    return file.own(H5Dcreate2(place, name.c_str(), type, space.get(), H5P_DEFAULT, creation, H5P_DEFAULT), H5Dclose);
}

Handle Writer::strings(hid_t place, const std::string& name, const Shape& shape, const std::vector<std::string>& values) {
    Handle d = dataset(place, name, string_type.get(), shape, creation_properties(shape, shape.unlimited, false).get());
    std::vector<const char*> pointers;
    pointers.reserve(values.size());
    for (const auto& value : values) pointers.push_back(value.c_str());
    if (!pointers.empty()) file.check(H5Dwrite(d.get(), string_type.get(), H5S_ALL, H5S_ALL, H5P_DEFAULT, pointers.data()));
    return d;
}

Handle Writer::scale(hid_t place, const Coordinate& c) {
    Shape shape;
    shape.add(size_of(c), c.unlimited);
    Handle d;
    if (const auto* words = std::get_if<std::vector<std::string>>(&c.values))
        d = strings(place, c.name, shape, *words);
    else
        d = numbers(place, c.name, shape, std::get<std::vector<std::int32_t>>(c.values), false, false);
    file.check(H5DSset_scale(d.get(), c.name.c_str()));
    for (const auto& a : c.attributes) attribute(d.get(), a);
    return d;
}

}  // namespace sim::netcdf
