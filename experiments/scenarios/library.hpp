#pragma once
/// The library of measures: one file a measure, shipped with the program.

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "experiments/scenarios/measure.hpp"
#include "experiments/scenarios/toml.hpp"

namespace experiments {

/// One file of the library.
struct LibraryMeasure {
    Measure measure;
    std::filesystem::path file;
    std::vector<TomlEntry> entries;  ///< as they stand in the file
};

struct Library {
    std::vector<LibraryMeasure> measures;          ///< by number
    std::map<std::string, std::uint32_t> numbers;  ///< by name
    std::vector<std::string> plan;                 ///< measures of the action plan, in the order of numbers
    [[nodiscard]] const LibraryMeasure* find(const std::string& name) const;
    [[nodiscard]] std::vector<std::string> names() const;
};

/// The shipped library, read once. Throws InputError with every finding where a file of it is wrong, FileError where none is found.
[[nodiscard]] const Library& library();

/// Reads the library in a folder: plan.toml and one file a measure, which has its name.
[[nodiscard]] Library read_library(const std::filesystem::path& folder);

/// Where the shipped library is: $INSTROOM_LIBRARY, or the first there is of <prefix>/share/instroom/library beside the program, the source tree and the place
/// of installation. Throws FileError that lists the places.
[[nodiscard]] std::filesystem::path shipped_library();

/// The measures of the library that are in place, by number: what the baseline holds beside the autonomous rates of the tables.
[[nodiscard]] const std::vector<Measure>& policy_in_place();

}  // namespace experiments
