#include "sim/gridded_file.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <hdf5_hl.h>

#include "sim/error.hpp"
#include "sim/hdf5.hpp"
#include "sim/netcdf.hpp"

namespace sim {

using hdf5::Handle;

struct GriddedFile::Parts {
    struct Scale {
        std::string name;
        std::size_t size;
        Handle dataset;
    };
    struct Variable {
        std::string name;
        SeriesType type;
        std::vector<hsize_t> shape;
        Handle dataset;
    };

    explicit Parts(std::filesystem::path path) : file(std::move(path), false), writer(file) {}

    [[nodiscard]] const Scale& scale(const std::string& name) const {
        const auto found = std::find_if(scales.begin(), scales.end(), [&](const Scale& s) { return s.name == name; });
        if (found == scales.end()) throw Bug(fmt::format("gridded file: no dimension '{}'", name));
        return *found;
    }

    template <class Number>
    void write(std::size_t number, std::size_t first, std::span<const Number> values) {
        const auto& v = variables.at(number);
        std::size_t row = 1;
        for (std::size_t axis = 1; axis < v.shape.size(); ++axis) row *= v.shape[axis];
        const bool real = std::is_same_v<Number, double>;
        if (real != (v.type == SeriesType::real) || row == 0 || values.size() % row != 0 || first + values.size() / row > v.shape[0])
            throw Bug(fmt::format("gridded file: '{}' does not take {} values from row {} on", v.name, values.size(), first));
        if (values.empty()) return;
        std::vector<hsize_t> start(v.shape.size(), 0), count = v.shape;
        start[0] = first;
        count[0] = values.size() / row;
        const Handle in_file = file.own(H5Dget_space(v.dataset.get()), H5Sclose);
        file.check(H5Sselect_hyperslab(in_file.get(), H5S_SELECT_SET, start.data(), nullptr, count.data(), nullptr));
        const Handle in_memory = file.own(H5Screate_simple(static_cast<int>(count.size()), count.data(), nullptr), H5Sclose);
        file.check(H5Dwrite(v.dataset.get(), netcdf::type_in_file<Number>(), in_memory.get(), in_file.get(), H5P_DEFAULT, values.data()));
    }

    // The file outlives whatever is open in it.
    hdf5::OutputFile file;
    netcdf::Writer writer;
    std::vector<Scale> scales;
    std::vector<Variable> variables;
};

GriddedFile::GriddedFile(std::filesystem::path path) : parts_(std::make_unique<Parts>(std::move(path))) {
    parts_->writer.text_attribute(parts_->file.id(), "Conventions", "CF-1.10");
}

GriddedFile::~GriddedFile() = default;

void GriddedFile::add_attribute(const Attribute& attribute) { parts_->writer.attribute(parts_->file.id(), attribute); }

void GriddedFile::add_coordinate(const Coordinate& coordinate) {
    auto& scales = parts_->scales;
    if (std::any_of(scales.begin(), scales.end(), [&](const auto& s) { return s.name == coordinate.name; }))
        throw Bug(fmt::format("gridded file: dimension '{}' is there already", coordinate.name));
    scales.push_back({coordinate.name, netcdf::size_of(coordinate), parts_->writer.scale(parts_->file.id(), coordinate)});
}

std::size_t GriddedFile::add_variable(const GriddedVariable& variable) {
    netcdf::Shape shape;
    for (const auto& name : variable.dimensions) shape.add(parts_->scale(name).size);
    const std::size_t bytes = variable.type == SeriesType::count ? sizeof(std::int32_t) : sizeof(double);
    shape.chunk.at(0) = std::clamp<hsize_t>(variable.rows_at_once, 1, std::max<hsize_t>(shape.now[0], 1));
    // Halved along the first axis last, since that is how readers of one point and writers of many meet.
    for (std::size_t axis = 1; axis < shape.chunk.size(); ++axis) shape.shrink_chunk(axis, bytes);
    shape.shrink_chunk(0, bytes);
    auto& writer = parts_->writer;
    const hid_t root = parts_->file.id();
    Handle dataset = variable.type == SeriesType::count ? writer.numbers(root, variable.name, shape, std::vector<std::int32_t>{}, true, true)
                                                        : writer.numbers(root, variable.name, shape, std::vector<double>{}, true, true);
    for (const auto& attribute : variable.attributes) writer.attribute(dataset.get(), attribute);
    for (std::size_t axis = 0; axis < variable.dimensions.size(); ++axis)
        parts_->file.check(H5DSattach_scale(dataset.get(), parts_->scale(variable.dimensions[axis]).dataset.get(), static_cast<unsigned>(axis)));
    parts_->variables.push_back({variable.name, variable.type, shape.now, std::move(dataset)});
    return parts_->variables.size() - 1;
}

void GriddedFile::write(std::size_t variable, std::size_t first, std::span<const double> values) { parts_->write(variable, first, values); }
void GriddedFile::write(std::size_t variable, std::size_t first, std::span<const std::int32_t> values) { parts_->write(variable, first, values); }

void GriddedFile::commit(bool replace) {
    // Datasets that are still open would keep the file from being closed.
    parts_->variables.clear();
    parts_->scales.clear();
    parts_->file.commit(replace);
}

}  // namespace sim
