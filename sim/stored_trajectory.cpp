#include "sim/stored_trajectory.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <hdf5_hl.h>

#include "sim/error.hpp"
#include "sim/stored_parts.hpp"

namespace sim {

using hdf5::attribute_of, hdf5::damaged, hdf5::Handle, hdf5::labels_of, hdf5::links_of, hdf5::numbers_of, hdf5::open_file, hdf5::scales_of, hdf5::shape_of;

StoredTrajectory::StoredTrajectory(const std::filesystem::path& path) : path_(path) {
    const Handle file = open_file(path);
    const Handle root(H5Gopen2(file.get(), "/", H5P_DEFAULT), H5Gclose);
    const auto keep = [](hid_t object, const char* name, const H5A_info_t*, void* to) -> herr_t {
        static_cast<std::vector<std::pair<std::string, std::string>>*>(to)->emplace_back(name, attribute_of(object, name));
        return 0;
    };
    H5Aiterate2(root.get(), H5_INDEX_NAME, H5_ITER_INC, nullptr, keep, &attributes_);
    if (attribute("schema_version").empty()) throw InputError(path.string() + " was not written by instroom run (it has no schema_version)");
    for (const auto& name : links_of(root.get())) {
        H5O_info_t info;
        if (H5Oget_info_by_name2(root.get(), name.c_str(), &info, H5O_INFO_BASIC, H5P_DEFAULT) < 0 || info.type != H5O_TYPE_DATASET) continue;
        const Handle dataset(H5Dopen2(root.get(), name.c_str(), H5P_DEFAULT), H5Dclose);
        if (!dataset.valid()) damaged(path, name);
        const auto shape = shape_of(dataset.get());
        if (H5DSis_scale(dataset.get()) > 0)
            dimensions_.push_back({name, labels_of(dataset.get())});
        else if (const auto kind = attribute_of(dataset.get(), "kind"); !kind.empty())
            series_.push_back(
                {name, scales_of(dataset.get(), shape.size()), shape, attribute_of(dataset.get(), "units"), kind, attribute_of(dataset.get(), "long_name")});
    }
}

std::string StoredTrajectory::attribute(std::string_view name) const {
    for (const auto& [key, value] : attributes_)
        if (key == name) return value;
    return {};
}

const StoredTrajectory::Dimension& StoredTrajectory::dimension(std::string_view name) const {
    for (const auto& dimension : dimensions_)
        if (dimension.name == name) return dimension;
    throw InputError(fmt::format("{} has no dimension {}", path_.string(), name));
}

const StoredTrajectory::Series& StoredTrajectory::find(std::string_view name) const {
    for (const auto& series : series_)
        if (series.name == name) return series;
    throw InputError(fmt::format("{} has no series {}", path_.string(), name));
}

bool StoredTrajectory::has(std::string_view name) const {
    return std::any_of(series_.begin(), series_.end(), [&](const auto& series) { return series.name == name; });
}

std::vector<StoredTrajectory::Series> StoredTrajectory::in_group(const std::string& name) const {
    const Handle file = open_file(path_);
    std::vector<Series> found;
    if (H5Lexists(file.get(), name.c_str(), H5P_DEFAULT) <= 0) return found;
    const Handle group(H5Gopen2(file.get(), name.c_str(), H5P_DEFAULT), H5Gclose);
    if (!group.valid()) damaged(path_, name);
    for (const auto& link : links_of(group.get())) {
        const Handle dataset(H5Dopen2(group.get(), link.c_str(), H5P_DEFAULT), H5Dclose);
        if (!dataset.valid()) damaged(path_, name + "/" + link);
        const Handle type(H5Dget_type(dataset.get()), H5Tclose);
        if (H5DSis_scale(dataset.get()) > 0 || H5Tget_class(type.get()) == H5T_STRING) continue;
        const auto shape = shape_of(dataset.get());
        found.push_back({name + "/" + link, scales_of(dataset.get(), shape.size()), shape, {}, {}, {}});
    }
    return found;
}

std::vector<std::string> StoredTrajectory::labels_at(const std::string& name) const {
    const Handle file = open_file(path_);
    const Handle dataset(H5Dopen2(file.get(), name.c_str(), H5P_DEFAULT), H5Dclose);
    if (!dataset.valid()) damaged(path_, name);
    return labels_of(dataset.get());
}

std::vector<double> StoredTrajectory::values(std::string_view name) const { return values_at(find(name)); }

std::vector<double> StoredTrajectory::values_at(const Series& series) const {
    const Handle file = open_file(path_);
    const Handle dataset(H5Dopen2(file.get(), series.name.c_str(), H5P_DEFAULT), H5Dclose);
    if (!dataset.valid()) damaged(path_, series.name);
    return numbers_of(dataset.get(), path_, series.name);
}

}  // namespace sim
