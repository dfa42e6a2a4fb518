#include "sim/stored_file.hpp"

#include <hdf5_hl.h>

#include "sim/error.hpp"
#include "sim/stored_parts.hpp"

namespace sim {

using hdf5::attribute_of, hdf5::cells_of, hdf5::damaged, hdf5::Handle, hdf5::labels_of, hdf5::links_of, hdf5::numbers_of, hdf5::open_file, hdf5::scales_of,
    hdf5::shape_of;

std::size_t StoredFile::Dataset::cells() const { return cells_of(shape); }

StoredFile::StoredFile(const std::filesystem::path& path) : path_(path) {
    const Handle file = open_file(path);
    const Handle root(H5Gopen2(file.get(), "/", H5P_DEFAULT), H5Gclose);
    const auto keep = [](hid_t object, const char* name, const H5A_info_t*, void* to) -> herr_t {
        static_cast<std::vector<std::pair<std::string, std::string>>*>(to)->emplace_back(name, attribute_of(object, name));
        return 0;
    };
    H5Aiterate2(root.get(), H5_INDEX_NAME, H5_ITER_INC, nullptr, keep, &attributes_);
    const auto add = [&](const std::string& name) {
        const Handle dataset(H5Dopen2(file.get(), name.c_str(), H5P_DEFAULT), H5Dclose);
        if (!dataset.valid()) damaged(path, name);
        const Handle type(H5Dget_type(dataset.get()), H5Tclose);
        const auto shape = shape_of(dataset.get());
        datasets_.push_back({name, scales_of(dataset.get(), shape.size()), shape, attribute_of(dataset.get(), "units"),
                             attribute_of(dataset.get(), "long_name"), H5Tget_class(type.get()) == H5T_STRING, H5DSis_scale(dataset.get()) > 0});
    };
    std::vector<std::string> groups;
    const auto type_of = [&](const std::string& name) {
        H5O_info_t info;
        return H5Oget_info_by_name2(file.get(), name.c_str(), &info, H5O_INFO_BASIC, H5P_DEFAULT) < 0 ? H5O_TYPE_UNKNOWN : info.type;
    };
    for (const auto& name : links_of(root.get())) {
        if (type_of(name) == H5O_TYPE_GROUP) groups.push_back(name);
        if (type_of(name) == H5O_TYPE_DATASET) add(name);
    }
    for (const auto& group : groups) {
        const Handle inside(H5Gopen2(file.get(), group.c_str(), H5P_DEFAULT), H5Gclose);
        if (!inside.valid()) damaged(path, group);
        for (const auto& link : links_of(inside.get()))
            if (type_of(group + "/" + link) == H5O_TYPE_DATASET) add(group + "/" + link);
    }
}

std::string StoredFile::attribute(std::string_view name) const {
    for (const auto& [key, value] : attributes_)
        if (key == name) return value;
    return {};
}

std::vector<double> StoredFile::numbers(const Dataset& wanted) const {
    const Handle file = open_file(path_);
    const Handle dataset(H5Dopen2(file.get(), wanted.name.c_str(), H5P_DEFAULT), H5Dclose);
    if (!dataset.valid()) damaged(path_, wanted.name);
    return numbers_of(dataset.get(), path_, wanted.name);
}

std::vector<std::string> StoredFile::texts(const Dataset& wanted) const {
    const Handle file = open_file(path_);
    const Handle dataset(H5Dopen2(file.get(), wanted.name.c_str(), H5P_DEFAULT), H5Dclose);
    if (!dataset.valid()) damaged(path_, wanted.name);
    return labels_of(dataset.get());
}

}  // namespace sim
