#pragma once
/// The files that a scenario builds on: `extends`, from the first to the scenario itself.

#include <filesystem>
#include <string>
#include <vector>

#include "experiments/scenarios/toml_values.hpp"

namespace experiments {

/// One scenario file of a chain.
struct ScenarioLayer {
    std::filesystem::path file;
    std::vector<TomlEntry> entries;
};

/// A chain of scenario files, the one that extends no other first.
struct ScenarioChain {
    std::vector<ScenarioLayer> layers;
    bool from_nothing = false;  ///< without the policy in place
    std::string with;           ///< a measure of the library that the first file extends; empty: none
};

/// What `extends` may name besides a file and a measure of the library.
inline constexpr const char* baseline_word = "baseline";  ///< the policy in place; what a file without `extends` builds on
inline constexpr const char* nothing_word = "nothing";    ///< no measure at all

/// Follows `extends` from the entries of a file. A file is looked for beside the one that names it. Throws InputError where a chain closes, with the chain;
/// what else is wrong goes to the findings.
[[nodiscard]] ScenarioChain chain_of(std::vector<TomlEntry> entries, const std::filesystem::path& file, Findings& findings);

}  // namespace experiments
