#include "sim/trajectory.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include <fmt/format.h>
#include <hdf5_hl.h>

#include "sim/error.hpp"
#include "sim/hdf5.hpp"
#include "sim/netcdf.hpp"

namespace sim {

namespace {

constexpr double missing_real = std::numeric_limits<double>::quiet_NaN();

const std::vector<std::string> base_dimensions{"replicate", "time", "region"};

using netcdf::size_of;

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
struct Trajectory::Writer : netcdf::Writer {
    using Handle = hdf5::Handle;
    using Shape = netcdf::Shape;

    const Trajectory& trajectory;
    std::map<std::string, Handle> groups{};
    std::map<std::pair<std::string, std::string>, Handle> scales{};  ///< by group and name

    Writer(const Trajectory& t, hdf5::OutputFile& f) : netcdf::Writer(f), trajectory(t) {}

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
        for (const auto& c : trajectory.coordinates_) scales.emplace(std::pair(c.group, c.name), scale(place(c.group), c));
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

    [[nodiscard]] Shape shape_of(const std::string& group, const std::vector<std::string>& dimensions) const {
        Shape shape;
        for (const auto& name : dimensions) {
            const Coordinate& c = trajectory.coordinate(group, name);
            shape.add(size_of(c), c.unlimited);
        }
        return shape;
    }

    void attach(const Handle& d, const std::string& group, const std::vector<std::string>& dimensions) {
        for (std::size_t axis = 0; axis < dimensions.size(); ++axis) {
            const Coordinate& c = trajectory.coordinate(group, dimensions[axis]);
            file.check(H5DSattach_scale(d.get(), scales.at({c.group, c.name}).get(), static_cast<unsigned>(axis)));
        }
    }

    void labels(const AuxiliaryLabels& l) {
        const Handle d = strings(file.id(), l.name, shape_of("", {l.dimension}), l.labels);
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
        for (std::size_t axis = 2; axis < dimensions.size(); ++axis) shape.shrink_chunk(axis, sizeof(Number));
        const Handle d = numbers(place(s.info.group), s.info.name, shape, values, true, true);
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
            d = strings(place(t.group), t.name, shape, *words);
        } else {
            std::visit(
                [&](const auto& values) {
                    using Number = typename std::remove_cvref_t<decltype(values)>::value_type;
                    if constexpr (!std::is_same_v<Number, std::string>) {
                        for (std::size_t axis = 0; axis < shape.chunk.size(); ++axis) shape.shrink_chunk(axis, sizeof(Number));
                        d = numbers(place(t.group), t.name, shape, values, !shape.now.empty(), t.fill);
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
