#include "experiments/scenarios/scenario_layers.hpp"

#include <algorithm>

#include "experiments/scenarios/library.hpp"
#include "sim/error.hpp"
#include "sim/nearest_word.hpp"

namespace experiments {
namespace {

namespace fs = std::filesystem;

std::string chain_text(const std::vector<ScenarioLayer>& layers, const fs::path& again) {
    std::string text;
    for (const auto& layer : layers) text += layer.file.string() + " extends ";
    return text + again.string();
}

/// Whether two names are one file.
bool same_file(const fs::path& a, const fs::path& b) {
    std::error_code error;
    return a == b || fs::equivalent(a, b, error);
}

}  // namespace

ScenarioChain chain_of(std::vector<TomlEntry> entries, const fs::path& file, Findings& findings) {
    ScenarioChain chain;
    chain.layers.push_back({file, std::move(entries)});
    for (;;) {  // from the scenario down to what it stands on
        const auto& last = chain.layers.back();
        const auto extends = std::find_if(last.entries.begin(), last.entries.end(), [](const TomlEntry& e) { return e.key == "extends"; });
        if (extends == last.entries.end()) break;
        std::string word;
        if (!read_text(*extends, word, findings) || word == baseline_word) break;
        if (word == nothing_word) {
            chain.from_nothing = true;
            break;
        }
        const fs::path next = last.file.parent_path() / word;
        std::error_code error;
        if (!fs::exists(next, error)) {
            if (library().find(word) != nullptr) {
                chain.with = word;
                break;
            }
            auto words = library().names();
            words.insert(words.end(), {baseline_word, nothing_word});
            findings.add(*extends, "is " + found_text(*extends) + ", but there is no file " + next.string() +
                                       "; a scenario file, baseline, nothing or a measure of the library is expected; did you mean " +
                                       sim::nearest_word(word, words) + "?");
            break;
        }
        const bool closed = std::any_of(chain.layers.begin(), chain.layers.end(), [&](const ScenarioLayer& l) { return same_file(l.file, next); });
        if (closed)
            throw sim::InputError(last.file.string() + ":" + std::to_string(extends->line) + ": extends: closes a cycle: " + chain_text(chain.layers, next));
        auto more = read_toml(next);
        chain.layers.push_back({next, std::move(more)});
    }
    std::reverse(chain.layers.begin(), chain.layers.end());
    return chain;
}

}  // namespace experiments
