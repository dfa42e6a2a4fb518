#pragma once
/// A trajectory file opened for reading: its attributes, dimensions and series.

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sim {

class StoredTrajectory {
public:
    /// A dimension at the root of the file. Whole numbers (time, replicate) are labels too.
    struct Dimension {
        std::string name;
        std::vector<std::string> labels;
    };
    /// A series at the root of the file.
    struct Series {
        std::string name;
        std::vector<std::string> dimensions;
        std::vector<std::size_t> shape;
        std::string units, kind, long_name;
    };

    /// Throws FileError where the file cannot be opened, InputError where it is no trajectory.
    explicit StoredTrajectory(const std::filesystem::path& path);

    /// An attribute of the file as text; empty where there is none.
    [[nodiscard]] std::string attribute(std::string_view name) const;
    [[nodiscard]] const std::vector<Dimension>& dimensions() const { return dimensions_; }
    [[nodiscard]] const std::vector<Series>& series() const { return series_; }
    /// Throws InputError that names the file where there is none.
    [[nodiscard]] const Dimension& dimension(std::string_view name) const;
    [[nodiscard]] const Series& find(std::string_view name) const;
    [[nodiscard]] bool has(std::string_view name) const;
    /// All values of a series, row-major; missing ones are NaN. Throws InputError where the data are damaged.
    [[nodiscard]] std::vector<double> values(std::string_view name) const;
    /// Datasets of numbers in a group of the file, by "group/name", with no more than their dimensions and shape; none where there is no such group.
    [[nodiscard]] std::vector<Series> in_group(const std::string& group) const;
    /// All values of such a dataset, and the labels of a dimension of its group ("group/name"). The same errors.
    [[nodiscard]] std::vector<double> values_at(const Series& dataset) const;
    [[nodiscard]] std::vector<std::string> labels_at(const std::string& name) const;
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
    std::vector<std::pair<std::string, std::string>> attributes_;
    std::vector<Dimension> dimensions_;
    std::vector<Series> series_;
};

}  // namespace sim
