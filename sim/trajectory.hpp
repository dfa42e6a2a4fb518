#pragma once
/// Named series in memory, written in one go as an HDF5 file that is also a valid netCDF-4 file.
///
/// Every series starts with the dimensions (replicate, time, region). Values stay in memory until `write`, which makes
/// the file under a temporary name, flushes and renames it: a file is whole or absent.

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "sim/month.hpp"

namespace sim {

/// Number of a series in its trajectory.
enum class SeriesId : std::size_t {};

/// What a count or a real is where nothing is known: never 0.
inline constexpr std::int32_t missing_count = -1;

/// An attribute of the file, a coordinate or a series: text, one number, or a list of numbers (as one for each region).
struct Attribute {
    std::string name;
    std::variant<std::string, std::int64_t, std::uint64_t, double, std::vector<std::int64_t>, std::vector<double>> value;
};

/// A dimension with its labels (or whole numbers): a dimension scale of its own name.
struct Coordinate {
    std::string name;
    std::variant<std::vector<std::string>, std::vector<std::int32_t>> values;
    std::vector<Attribute> attributes{};
    std::string group{};     ///< "" = root; "policy", "parameters", ... for a dimension that only a group uses
    bool unlimited = false;  ///< an unlimited dimension may have length 0
};

/// More labels along a dimension, as region_code(region).
struct AuxiliaryLabels {
    std::string name;
    std::string dimension;
    std::vector<std::string> labels;
    std::string long_name{};
};

enum class SeriesType { count, real };  ///< 32-bit integers (missing -1) or doubles (missing NaN)
enum class Kind { stock, flow, share, mean, index };
[[nodiscard]] std::string_view text(Kind kind);

/// What a series is. `dimensions` are those after (replicate, time, region), by the names of coordinates.
struct SeriesInfo {
    std::string name;
    std::vector<std::string> dimensions{};
    SeriesType type = SeriesType::count;
    Kind kind = Kind::stock;
    std::string units = "1";  ///< UDUNITS; never exactly days, hours, minutes or seconds
    std::string pillar{};     ///< education, labour_market, innovation, population, money
    std::string long_name{};
    std::string quality{};       ///< "assumed margin" where a breakdown rests on one
    std::string cell_methods{};  ///< empty: "time: sum" for a flow, else "time: point"
    std::vector<Attribute> attributes{};
    std::string group{};  ///< "" = root; "policy" for the series of measures
};

/// A dataset that is no series: parameters, provenance, panel. Shape by the names of its dimensions, row-major.
struct Table {
    std::string group;
    std::string name;
    std::vector<std::string> dimensions;  ///< looked up in the group first, then at the root
    std::variant<std::vector<std::string>, std::vector<double>, std::vector<std::int32_t>, std::vector<std::int64_t>, std::vector<std::int16_t>,
                 std::vector<std::int8_t>>
        values;
    std::vector<Attribute> attributes{};
    bool fill = false;  ///< numbers get `_FillValue` (-1 or NaN)
};

/// All series of a run.
class Trajectory {
public:
    Trajectory() = default;
    /// `points` points in time from `first` on, one a month (point 0 is the state at the start); the replicates' own numbers.
    Trajectory(std::vector<std::int32_t> replicates, Month first, int points);

    /// `region` first, then the others; before the series that use them. Throws Bug for a name that is there already.
    void add_coordinate(Coordinate coordinate);
    void add_labels(AuxiliaryLabels labels);
    /// All values are missing at first. Throws Bug for an unknown dimension or a name that is there already.
    SeriesId add_series(SeriesInfo info);
    void add_table(Table table);
    void add_group(const std::string& name);       ///< an empty group, or attributes for one
    void set_file_attribute(Attribute attribute);  ///< replaces one of the same name
    void set_series_attribute(SeriesId series, Attribute attribute);

    /// Values of one replicate (by its place, from 0) and point in time: region x further dimensions, row-major.
    /// Different replicates and points may be filled by different threads. Throws Bug for the wrong type or a place outside.
    [[nodiscard]] std::span<std::int32_t> counts(SeriesId series, std::size_t replicate, std::size_t time);
    [[nodiscard]] std::span<const std::int32_t> counts(SeriesId series, std::size_t replicate, std::size_t time) const;
    [[nodiscard]] std::span<double> reals(SeriesId series, std::size_t replicate, std::size_t time);
    [[nodiscard]] std::span<const double> reals(SeriesId series, std::size_t replicate, std::size_t time) const;

    [[nodiscard]] const std::vector<std::int32_t>& replicates() const { return replicates_; }
    [[nodiscard]] Month first() const { return first_; }
    [[nodiscard]] std::size_t points() const { return points_; }
    [[nodiscard]] Month month_of(std::size_t time) const { return first_ + static_cast<int>(time); }
    [[nodiscard]] std::size_t length(std::string_view coordinate) const;                      ///< of a dimension at the root; throws Bug where there is none
    [[nodiscard]] const std::vector<std::string>& labels(std::string_view coordinate) const;  ///< of a dimension at the root; throws Bug where there are none
    [[nodiscard]] std::size_t size() const { return series_.size(); }
    [[nodiscard]] const SeriesInfo& info(SeriesId series) const { return series_[static_cast<std::size_t>(series)].info; }
    [[nodiscard]] SeriesId find(std::string_view name) const;  ///< throws Bug where there is none
    [[nodiscard]] bool has(std::string_view name) const;
    [[nodiscard]] std::size_t memory() const;  ///< bytes of all values

    /// Writes the file: temporary name in the same folder, flush, rename. Throws FileError (path and the system's cause) and
    /// leaves neither a half file nor a changed old one. With replace = false an existing file stays, which is a FileError too.
    void write(const std::filesystem::path& path, bool replace = true) const;

    /// Values of all series so far, for a checkpoint. When loading, the same series must have been added before.
    template <class Archive>
    void archive(Archive& a) {
        for (auto& series : series_) {
            const std::string name = series.info.group.empty() ? series.info.name : series.info.group + "." + series.info.name;
            const std::size_t expected = series.cells * points_ * replicates_.size();
            if (series.info.type == SeriesType::count)
                a(name, series.counts);
            else
                a(name, series.reals);
            check_size(series.info, series.info.type == SeriesType::count ? series.counts.size() : series.reals.size(), expected);
        }
    }

private:
    struct Series {
        SeriesInfo info;
        std::size_t cells = 0;  ///< region x further dimensions
        std::vector<std::int32_t> counts;
        std::vector<double> reals;
    };
    struct Writer;

    [[nodiscard]] std::size_t offset(const Series& series, std::size_t replicate, std::size_t time, SeriesType type) const;
    [[nodiscard]] const Coordinate& coordinate(std::string_view group, std::string_view name) const;
    static void check_size(const SeriesInfo& info, std::size_t size, std::size_t expected);  ///< throws InputError

    std::vector<std::int32_t> replicates_;
    Month first_;
    std::size_t points_ = 0;
    std::vector<Coordinate> coordinates_;
    std::vector<AuxiliaryLabels> labels_;
    std::vector<Series> series_;
    std::vector<Table> tables_;
    std::vector<std::string> groups_;
    std::vector<Attribute> attributes_;
};

}  // namespace sim
