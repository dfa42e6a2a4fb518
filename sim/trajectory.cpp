#include "sim/trajectory.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include <fmt/format.h>
#include <hdf5_hl.h>

#include "sim/error.hpp"
#include "sim/hdf5.hpp"

namespace sim {

namespace {

/// A chunk is read whole to see one number of it, and HDF5 keeps 1 MiB of chunks at hand.
constexpr std::size_t largest_chunk = std::size_t{1} << 20;
constexpr unsigned deflate_level = 4;
/// Attributes of at most this many bytes are of fixed length, which every reader of netCDF takes for text; HDF5 allows 64 KiB.
constexpr std::size_t longest_fixed_text = 4096;

constexpr double missing_real = std::numeric_limits<double>::quiet_NaN();

const std::vector<std::string> base_dimensions{"replicate", "time", "region"};

std::size_t size_of(const Coordinate& coordinate) {
    return std::visit([](const auto& values) { return values.size(); }, coordinate.values);
}

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
        return missing_real;
    else
        return Number{-1};
}

}  // namespace

std::string_view text(Kind kind) {
    switch (kind) {
        case Kind::stock: return "stock";
        case Kind::flow: return "flow";
        case Kind::share: return "share";
        case Kind::mean: return "mean";
        case Kind::index: return "index";
    }
    return "stock";
}

Trajectory::Trajectory(std::vector<std::int32_t> replicates, Month first, int points)
    : replicates_(std::move(replicates)), first_(first), points_(static_cast<std::size_t>(points)) {
    if (replicates_.empty() || points < 1) throw Bug("a trajectory needs a replicate and a point in time");
    std::vector<std::int32_t> days(points_);
    for (std::size_t t = 0; t < points_; ++t) days[t] = month_of(t).days_since_2020();
    coordinates_.push_back({"replicate", replicates_, {{"long_name", "number of the replicate"}, {"units", "1"}}});
    coordinates_.push_back({"time",
                            std::move(days),
                            {{"long_name", "first day of the month that begins at this point"},
                             {"standard_name", "time"},
                             {"units", "days since 2020-01-01"},
                             {"calendar", "standard"},
                             {"axis", "T"}}});
}

const Coordinate& Trajectory::coordinate(std::string_view group, std::string_view name) const {
    const Coordinate* at_root = nullptr;
    for (const auto& c : coordinates_) {
        if (c.name != name) continue;
        if (c.group == group) return c;
        if (c.group.empty()) at_root = &c;
    }
    if (!at_root) throw Bug(fmt::format("trajectory: no dimension '{}' at the root or in group '{}'", name, group));
    return *at_root;
}

void Trajectory::add_coordinate(Coordinate coordinate) {
    for (const auto& c : coordinates_)
        if (c.name == coordinate.name && c.group == coordinate.group) throw Bug(fmt::format("trajectory: dimension '{}' is there already", coordinate.name));
    if (!coordinate.group.empty()) add_group(coordinate.group);
    coordinates_.push_back(std::move(coordinate));
}

void Trajectory::add_labels(AuxiliaryLabels labels) {
    const std::size_t expected = length(labels.dimension);
    if (labels.labels.size() != expected)
        throw Bug(fmt::format("trajectory: {} has {} labels and dimension {} a length of {}", labels.name, labels.labels.size(), labels.dimension, expected));
    labels_.push_back(std::move(labels));
}

SeriesId Trajectory::add_series(SeriesInfo info) {
    for (const auto& s : series_)
        if (s.info.name == info.name && s.info.group == info.group) throw Bug(fmt::format("trajectory: series '{}' is there already", info.name));
    Series series;
    series.cells = length("region");
    for (const auto& dimension : info.dimensions) series.cells *= size_of(coordinate(info.group, dimension));
    const std::size_t values = series.cells * points_ * replicates_.size();
    if (info.type == SeriesType::count)
        series.counts.assign(values, missing_count);
    else
        series.reals.assign(values, missing_real);
    if (!info.group.empty()) add_group(info.group);
    if (info.cell_methods.empty()) info.cell_methods = info.kind == Kind::flow ? "time: sum" : "time: point";
    series.info = std::move(info);
    series_.push_back(std::move(series));
    return static_cast<SeriesId>(series_.size() - 1);
}

void Trajectory::add_table(Table table) {
    std::size_t expected = 1;
    for (const auto& dimension : table.dimensions) expected *= size_of(coordinate(table.group, dimension));
    const std::size_t found = std::visit([](const auto& values) { return values.size(); }, table.values);
    if (found != expected) throw Bug(fmt::format("trajectory: {}/{} has {} values and a shape of {}", table.group, table.name, found, expected));
    if (!table.group.empty()) add_group(table.group);
    tables_.push_back(std::move(table));
}

void Trajectory::add_group(const std::string& name) {
    if (std::find(groups_.begin(), groups_.end(), name) == groups_.end()) groups_.push_back(name);
}

void Trajectory::set_file_attribute(Attribute attribute) {
    const auto there = std::find_if(attributes_.begin(), attributes_.end(), [&](const Attribute& a) { return a.name == attribute.name; });
    if (there != attributes_.end())
        *there = std::move(attribute);
    else
        attributes_.push_back(std::move(attribute));
}

void Trajectory::set_series_attribute(SeriesId series, Attribute attribute) {
    auto& all = series_.at(static_cast<std::size_t>(series)).info.attributes;
    const auto there = std::find_if(all.begin(), all.end(), [&](const Attribute& a) { return a.name == attribute.name; });
    if (there != all.end())
        *there = std::move(attribute);
    else
        all.push_back(std::move(attribute));
}

std::size_t Trajectory::offset(const Series& series, std::size_t replicate, std::size_t time, SeriesType type) const {
    if (series.info.type != type) throw Bug(fmt::format("trajectory: series '{}' holds the other type of number", series.info.name));
    if (replicate >= replicates_.size() || time >= points_)
        throw Bug(fmt::format("trajectory: series '{}' has no replicate {} at time {}", series.info.name, replicate, time));
    return (replicate * points_ + time) * series.cells;
}

std::span<std::int32_t> Trajectory::counts(SeriesId id, std::size_t replicate, std::size_t time) {
    auto& series = series_.at(static_cast<std::size_t>(id));
    return std::span(series.counts).subspan(offset(series, replicate, time, SeriesType::count), series.cells);
}

std::span<const std::int32_t> Trajectory::counts(SeriesId id, std::size_t replicate, std::size_t time) const {
    const auto& series = series_.at(static_cast<std::size_t>(id));
    return std::span(series.counts).subspan(offset(series, replicate, time, SeriesType::count), series.cells);
}

std::span<double> Trajectory::reals(SeriesId id, std::size_t replicate, std::size_t time) {
    auto& series = series_.at(static_cast<std::size_t>(id));
    return std::span(series.reals).subspan(offset(series, replicate, time, SeriesType::real), series.cells);
}

std::span<const double> Trajectory::reals(SeriesId id, std::size_t replicate, std::size_t time) const {
    const auto& series = series_.at(static_cast<std::size_t>(id));
    return std::span(series.reals).subspan(offset(series, replicate, time, SeriesType::real), series.cells);
}

std::size_t Trajectory::length(std::string_view name) const { return size_of(coordinate("", name)); }

const std::vector<std::string>& Trajectory::labels(std::string_view name) const {
    const auto* labels = std::get_if<std::vector<std::string>>(&coordinate("", name).values);
    if (labels == nullptr) throw Bug(fmt::format("trajectory: dimension '{}' has numbers, no labels", name));
    return *labels;
}

SeriesId Trajectory::find(std::string_view name) const {
    for (std::size_t i = 0; i < series_.size(); ++i)
        if (series_[i].info.name == name) return static_cast<SeriesId>(i);
    throw Bug(fmt::format("trajectory: no series '{}'", name));
}

bool Trajectory::has(std::string_view name) const {
    return std::any_of(series_.begin(), series_.end(), [&](const Series& s) { return s.info.name == name; });
}

std::size_t Trajectory::memory() const {
    std::size_t bytes = 0;
    for (const auto& s : series_) bytes += s.counts.size() * sizeof(std::int32_t) + s.reals.size() * sizeof(double);
    return bytes;
}

void Trajectory::check_size(const SeriesInfo& info, std::size_t size, std::size_t expected) {
    if (size != expected)
        throw InputError(fmt::format("the checkpoint holds {} values of {} where this run has {}: it was made with other regions, months or replicates", size,
                                     info.name, expected));
}

/// Writes one file; every HDF5 call is checked, in the order: groups, scales, what is attached to them, attributes of the file.
struct Trajectory::Writer {
    using Handle = hdf5::Handle;

    const Trajectory& trajectory;
    hdf5::OutputFile& file;
    Handle string_type{};
    std::map<std::string, Handle> groups{};
    std::map<std::pair<std::string, std::string>, Handle> scales{};  ///< by group and name

    Writer(const Trajectory& t, hdf5::OutputFile& f) : trajectory(t), file(f) {
        string_type = file.own(H5Tcopy(H5T_C_S1), H5Tclose);
        file.check(H5Tset_size(string_type.get(), H5T_VARIABLE));
        file.check(H5Tset_cset(string_type.get(), H5T_CSET_UTF8));
    }

    void write() {
        text_attribute(file.id(), "Conventions", "CF-1.10");
        for (const auto& a : trajectory.attributes_) attribute(file.id(), a);
        for (const auto& name : trajectory.groups_) {
            const Handle creation = file.own(H5Pcreate(H5P_GROUP_CREATE), H5Pclose);
            file.check(H5Pset_link_creation_order(creation.get(), H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED));
            file.check(H5Pset_attr_creation_order(creation.get(), H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED));
            file.check(H5Pset_obj_track_times(creation.get(), false));
            groups.emplace(name, file.own(H5Gcreate2(file.id(), name.c_str(), H5P_DEFAULT, creation.get(), H5P_DEFAULT), H5Gclose));
        }
        for (const auto& c : trajectory.coordinates_) scale(c);
        for (const auto& l : trajectory.labels_) labels(l);
        for (const auto& s : trajectory.series_) {
            if (s.info.type == SeriesType::count)
                series(s, s.counts);
            else
                series(s, s.reals);
        }
        for (const auto& t : trajectory.tables_) table(t);
    }

    [[nodiscard]] hid_t place(const std::string& group) const { return group.empty() ? file.id() : groups.at(group).get(); }

    // Attributes -----------------------------------------------------------------------------------------------------

    void text_attribute(hid_t object, const std::string& name, const std::string& value) {
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

    template <class Number>
    void number_attribute(hid_t object, const std::string& name, const Number* values, hsize_t count, bool scalar) {
        const Handle space = file.own(scalar ? H5Screate(H5S_SCALAR) : H5Screate_simple(1, &count, nullptr), H5Sclose);
        const Handle a = file.own(H5Acreate2(object, name.c_str(), type_in_file<Number>(), space.get(), H5P_DEFAULT, H5P_DEFAULT), H5Aclose);
        file.check(H5Awrite(a.get(), type_in_file<Number>(), values));
    }

    void attribute(hid_t object, const Attribute& a) {
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

    // Datasets -------------------------------------------------------------------------------------------------------

    struct Shape {
        std::vector<hsize_t> now, limit, chunk;
        bool unlimited = false;
        [[nodiscard]] std::size_t cells() const {
            std::size_t n = 1;
            for (const hsize_t d : now) n *= d;
            return n;
        }
    };

    [[nodiscard]] Shape shape_of(const std::string& group, const std::vector<std::string>& dimensions) const {
        Shape shape;
        for (const auto& name : dimensions) {
            const Coordinate& c = trajectory.coordinate(group, name);
            const hsize_t size = size_of(c);
            const bool unlimited = c.unlimited || size == 0;
            shape.now.push_back(size);
            shape.limit.push_back(unlimited ? H5S_UNLIMITED : size);
            shape.chunk.push_back(std::max<hsize_t>(size, 1));
            shape.unlimited = shape.unlimited || unlimited;
        }
        return shape;
    }

    static void shrink_chunk(Shape& shape, std::size_t axis, std::size_t bytes_a_value) {
        std::size_t bytes = bytes_a_value;
        for (const hsize_t d : shape.chunk) bytes *= d;
        while (bytes > largest_chunk && shape.chunk[axis] > 1) {
            const hsize_t half = (shape.chunk[axis] + 1) / 2;
            bytes = bytes / shape.chunk[axis] * half;
            shape.chunk[axis] = half;
        }
    }

    Handle creation_properties(const Shape& shape, bool chunked, bool filtered) {
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

    Handle dataset(const std::string& group, const std::string& name, hid_t type, const Shape& shape, hid_t creation) {
        const Handle space = file.own(H5Screate_simple(static_cast<int>(shape.now.size()), shape.now.data(), shape.limit.data()), H5Sclose);
        return file.own(H5Dcreate2(place(group), name.c_str(), type, space.get(), H5P_DEFAULT, creation, H5P_DEFAULT), H5Dclose);
    }

    Handle strings(const std::string& group, const std::string& name, const Shape& shape, const std::vector<std::string>& values) {
        Handle d = dataset(group, name, string_type.get(), shape, creation_properties(shape, shape.unlimited, false).get());
        std::vector<const char*> pointers;
        pointers.reserve(values.size());
        for (const auto& value : values) pointers.push_back(value.c_str());
        if (!pointers.empty()) file.check(H5Dwrite(d.get(), string_type.get(), H5S_ALL, H5S_ALL, H5P_DEFAULT, pointers.data()));
        return d;
    }

    template <class Number>
    Handle numbers(const std::string& group, const std::string& name, const Shape& shape, const std::vector<Number>& values, bool filtered, bool fill) {
        const Handle creation = creation_properties(shape, filtered || shape.unlimited, filtered);
        const Number missing = missing_value<Number>();
        if (fill) file.check(H5Pset_fill_value(creation.get(), type_in_file<Number>(), &missing));
        Handle d = dataset(group, name, type_in_file<Number>(), shape, creation.get());
        if (fill) number_attribute(d.get(), "_FillValue", &missing, 1, false);
        if (!values.empty()) file.check(H5Dwrite(d.get(), type_in_file<Number>(), H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()));
        return d;
    }

    void attach(const Handle& d, const std::string& group, const std::vector<std::string>& dimensions) {
        for (std::size_t axis = 0; axis < dimensions.size(); ++axis) {
            const Coordinate& c = trajectory.coordinate(group, dimensions[axis]);
            file.check(H5DSattach_scale(d.get(), scales.at({c.group, c.name}).get(), static_cast<unsigned>(axis)));
        }
    }

    // What a trajectory consists of ----------------------------------------------------------------------------------

    void scale(const Coordinate& c) {
        const Shape shape = shape_of(c.group, {c.name});
        Handle d;
        if (const auto* words = std::get_if<std::vector<std::string>>(&c.values))
            d = strings(c.group, c.name, shape, *words);
        else
            d = numbers(c.group, c.name, shape, std::get<std::vector<std::int32_t>>(c.values), false, false);
        file.check(H5DSset_scale(d.get(), c.name.c_str()));
        for (const auto& a : c.attributes) attribute(d.get(), a);
        scales.emplace(std::pair(c.group, c.name), std::move(d));
    }

    void labels(const AuxiliaryLabels& l) {
        const Handle d = strings("", l.name, shape_of("", {l.dimension}), l.labels);
        if (!l.long_name.empty()) text_attribute(d.get(), "long_name", l.long_name);
        attach(d, "", {l.dimension});
    }

    template <class Number>
    void series(const Series& s, const std::vector<Number>& values) {
        std::vector<std::string> dimensions = base_dimensions;
        dimensions.insert(dimensions.end(), s.info.dimensions.begin(), s.info.dimensions.end());
        Shape shape = shape_of(s.info.group, dimensions);
        // A chunk holds whole time series of one replicate: of all regions where they are small, else of fewer.
        shape.chunk[0] = 1;
        for (std::size_t axis = 2; axis < dimensions.size(); ++axis) shrink_chunk(shape, axis, sizeof(Number));
        const Handle d = numbers(s.info.group, s.info.name, shape, values, true, true);
        const auto put = [&](const char* name, std::string_view value) {
            if (!value.empty()) text_attribute(d.get(), name, std::string(value));
        };
        put("long_name", s.info.long_name.empty() ? s.info.name : s.info.long_name);
        put("units", s.info.units);
        put("kind", text(s.info.kind));
        put("pillar", s.info.pillar);
        put("cell_methods", s.info.cell_methods);
        put("quality", s.info.quality);
        put("coordinates", auxiliary_of(dimensions));
        for (const auto& a : s.info.attributes) attribute(d.get(), a);
        attach(d, s.info.group, dimensions);
    }

    /// CF: the auxiliary labels along the dimensions of a series.
    [[nodiscard]] std::string auxiliary_of(const std::vector<std::string>& dimensions) const {
        std::string names;
        for (const auto& l : trajectory.labels_)
            if (std::find(dimensions.begin(), dimensions.end(), l.dimension) != dimensions.end()) names += (names.empty() ? "" : " ") + l.name;
        return names;
    }

    void table(const Table& t) {
        Shape shape = shape_of(t.group, t.dimensions);
        Handle d;
        if (const auto* words = std::get_if<std::vector<std::string>>(&t.values)) {
            d = strings(t.group, t.name, shape, *words);
        } else {
            std::visit(
                [&](const auto& values) {
                    using Number = typename std::remove_cvref_t<decltype(values)>::value_type;
                    if constexpr (!std::is_same_v<Number, std::string>) {
                        for (std::size_t axis = 0; axis < shape.chunk.size(); ++axis) shrink_chunk(shape, axis, sizeof(Number));
                        d = numbers(t.group, t.name, shape, values, !shape.now.empty(), t.fill);
                    }
                },
                t.values);
        }
        for (const auto& a : t.attributes) attribute(d.get(), a);
        attach(d, t.group, t.dimensions);
    }
};

void Trajectory::write(const std::filesystem::path& path, bool replace) const {
    hdf5::OutputFile file(path, false);
    {
        Writer writer(*this, file);
        writer.write();
    }
    file.commit(replace);
}

}  // namespace sim
