#include "sim/stored_parts.hpp"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>
#include <string_view>

#include <fcntl.h>
#include <fmt/format.h>
#include <hdf5_hl.h>
#include <unistd.h>

#include "sim/error.hpp"

namespace sim::hdf5 {
namespace {

/// Texts of a dataset or attribute whose elements are texts, of fixed or variable length.
template <class Read>
std::vector<std::string> read_texts(hid_t type, std::size_t count, Read&& read) {
    std::vector<std::string> texts;
    if (H5Tis_variable_str(type) > 0) {
        const Handle memory(H5Tcopy(H5T_C_S1), H5Tclose);
        H5Tset_size(memory.get(), H5T_VARIABLE);
        H5Tset_cset(memory.get(), H5Tget_cset(type));
        std::vector<char*> pointers(count, nullptr);
        if (count > 0 && read(memory.get(), pointers.data()) < 0) return {};
        for (char* pointer : pointers) {
            texts.emplace_back(pointer ? pointer : "");
            H5free_memory(pointer);
        }
    } else {
        const std::size_t size = H5Tget_size(type);
        std::string buffer(size * count, '\0');
        if (count > 0 && read(type, buffer.data()) < 0) return {};
        for (std::size_t i = 0; i < count; ++i) {
            const std::string text = buffer.substr(i * size, size);
            texts.push_back(text.substr(0, text.find('\0')));
        }
    }
    return texts;
}

std::string real_text(double value) {
    char digits[64];
    const auto end = std::to_chars(digits, digits + sizeof digits, value);
    return std::string(digits, end.ptr);
}

/// The first element of an attribute as text.
std::string attribute_text(hid_t attribute) {
    const Handle type(H5Aget_type(attribute), H5Tclose);
    const Handle space(H5Aget_space(attribute), H5Sclose);
    const auto count = static_cast<std::size_t>(std::max<hssize_t>(0, H5Sget_simple_extent_npoints(space.get())));
    if (count == 0) return {};
    switch (H5Tget_class(type.get())) {
        case H5T_STRING: {
            const auto texts = read_texts(type.get(), count, [&](hid_t memory, void* to) { return H5Aread(attribute, memory, to); });
            return texts.empty() ? std::string() : texts.front();
        }
        case H5T_INTEGER:
            if (H5Tget_sign(type.get()) == H5T_SGN_NONE) {
                std::vector<std::uint64_t> whole(count);
                H5Aread(attribute, H5T_NATIVE_UINT64, whole.data());
                return std::to_string(whole.front());
            } else {
                std::vector<std::int64_t> whole(count);
                H5Aread(attribute, H5T_NATIVE_INT64, whole.data());
                return std::to_string(whole.front());
            }
        case H5T_FLOAT: {
            std::vector<double> reals(count);
            H5Aread(attribute, H5T_NATIVE_DOUBLE, reals.data());
            return real_text(reals.front());
        }
        default: return {};
    }
}

}  // namespace

void damaged(const std::filesystem::path& path, const std::string& series) {
    throw InputError(fmt::format("{}: the dataset {} is damaged and cannot be read", path.string(), series));
}

Handle open_file(const std::filesystem::path& path) {
    hdf5::be_quiet();
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) throw FileError(fmt::format("cannot read {}: {}", path.string(), std::strerror(errno)));
    ::close(descriptor);
    std::error_code error;
    if (std::filesystem::is_directory(path, error)) throw FileError(fmt::format("cannot read {}: {}", path.string(), std::strerror(EISDIR)));
    Handle file(H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT), H5Fclose);
    if (!file.valid()) throw InputError(path.string() + (H5Fis_hdf5(path.c_str()) > 0 ? " is a damaged HDF5 file" : " is no HDF5 file"));
    return file;
}

std::string attribute_of(hid_t object, const char* name) {
    if (H5Aexists(object, name) <= 0) return {};
    const Handle attribute(H5Aopen(object, name, H5P_DEFAULT), H5Aclose);
    return attribute_text(attribute.get());
}

std::vector<std::size_t> shape_of(hid_t dataset) {
    const Handle space(H5Dget_space(dataset), H5Sclose);
    const int rank = H5Sget_simple_extent_ndims(space.get());
    std::vector<hsize_t> sizes(static_cast<std::size_t>(std::max(rank, 0)));
    H5Sget_simple_extent_dims(space.get(), sizes.data(), nullptr);
    return {sizes.begin(), sizes.end()};
}

std::size_t cells_of(const std::vector<std::size_t>& shape) {
    std::size_t cells = 1;
    for (const auto size : shape) cells *= size;
    return cells;
}

std::vector<std::string> scales_of(hid_t dataset, std::size_t rank) {
    std::vector<std::string> names(rank);
    for (std::size_t axis = 0; axis < rank; ++axis) {
        const auto visit = [](hid_t, unsigned, hid_t scale, void* to) -> herr_t {
            char path[256];
            if (H5Iget_name(scale, path, sizeof path) > 0) {
                const std::string_view whole = path;
                *static_cast<std::string*>(to) = whole.substr(whole.rfind('/') + 1);
            }
            return 1;
        };
        H5DSiterate_scales(dataset, static_cast<unsigned>(axis), nullptr, visit, &names[axis]);
    }
    return names;
}

std::vector<std::string> labels_of(hid_t dataset) {
    const Handle type(H5Dget_type(dataset), H5Tclose);
    const std::size_t count = cells_of(shape_of(dataset));
    if (H5Tget_class(type.get()) == H5T_STRING)
        return read_texts(type.get(), count, [&](hid_t memory, void* to) { return H5Dread(dataset, memory, H5S_ALL, H5S_ALL, H5P_DEFAULT, to); });
    std::vector<std::int64_t> numbers(count);
    if (count > 0) H5Dread(dataset, H5T_NATIVE_INT64, H5S_ALL, H5S_ALL, H5P_DEFAULT, numbers.data());
    std::vector<std::string> labels;
    for (const auto number : numbers) labels.push_back(std::to_string(number));
    return labels;
}

std::vector<std::string> links_of(hid_t group) {
    std::vector<std::string> names;
    const auto visit = [](hid_t, const char* name, const H5L_info_t*, void* to) -> herr_t {
        static_cast<std::vector<std::string>*>(to)->emplace_back(name);
        return 0;
    };
    if (H5Literate(group, H5_INDEX_CRT_ORDER, H5_ITER_INC, nullptr, visit, &names) < 0) {
        names.clear();
        H5Literate(group, H5_INDEX_NAME, H5_ITER_INC, nullptr, visit, &names);
    }
    return names;
}

std::vector<double> numbers_of(hid_t dataset, const std::filesystem::path& path, const std::string& name) {
    const Handle type(H5Dget_type(dataset), H5Tclose);
    std::vector<double> values(cells_of(shape_of(dataset)));
    if (H5Dread(dataset, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()) < 0) damaged(path, name);
    if (H5Tget_class(type.get()) == H5T_INTEGER && H5Aexists(dataset, "_FillValue") > 0) {
        std::int64_t fill = -1;
        const Handle attribute(H5Aopen(dataset, "_FillValue", H5P_DEFAULT), H5Aclose);
        H5Aread(attribute.get(), H5T_NATIVE_INT64, &fill);
        for (auto& value : values)
            if (value == static_cast<double>(fill)) value = std::numeric_limits<double>::quiet_NaN();
    }
    return values;
}

}  // namespace sim::hdf5
