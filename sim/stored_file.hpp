#pragma once
/// Any HDF5 file that Instroom writes, opened for reading: attributes, and every dataset with its dimensions. A run has more to it (stored_trajectory.hpp).

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sim {

class StoredFile {
public:
    struct Dataset {
        std::string name;  ///< "group/name", at the root "name"
        std::vector<std::string> dimensions;
        std::vector<std::size_t> shape;
        std::string units, long_name;
        bool is_text = false;
        bool is_scale = false;  ///< a dimension with its labels
        [[nodiscard]] std::size_t cells() const;
    };

    /// Throws FileError where the file cannot be opened, InputError where it is no HDF5 file or a damaged one.
    explicit StoredFile(const std::filesystem::path& path);

    [[nodiscard]] const std::vector<std::pair<std::string, std::string>>& attributes() const { return attributes_; }
    /// An attribute as text; empty where there is none.
    [[nodiscard]] std::string attribute(std::string_view name) const;
    /// In the order of the file: those at the root, then those of its groups, one step deep.
    [[nodiscard]] const std::vector<Dataset>& datasets() const { return datasets_; }
    /// All numbers of a dataset, row-major; missing ones are NaN. Throws InputError where it is damaged.
    [[nodiscard]] std::vector<double> numbers(const Dataset& dataset) const;
    /// All texts of a dataset; whole numbers as texts.
    [[nodiscard]] std::vector<std::string> texts(const Dataset& dataset) const;
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
    std::vector<std::pair<std::string, std::string>> attributes_;
    std::vector<Dataset> datasets_;
};

}  // namespace sim
