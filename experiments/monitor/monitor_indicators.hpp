#pragma once
/// The indicators that a page of a run shows, by pillar. Read from a file in the language of targets.

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "experiments/figures/moment_words.hpp"

namespace experiments {

struct MonitorIndicator : MomentWords {
    std::string name;
    std::size_t pillar = 0;                ///< place in `monitor_pillars`
    int window = 1;                        ///< months that a value is taken over
    std::size_t show = 0;                  ///< place in `monitor_shows`
    bool core = false;                     ///< the page opens with it
    std::string english, dutch;            ///< its name
    std::string english_unit, dutch_unit;  ///< of a value as it is shown
    std::string outside;                   ///< who publishes it
    std::vector<std::string> observed;     ///< series of the backtest whose figures stand beside it
    double goal_nation = 0;                ///< goal of the nation in 2030; 0: none
    int line = 0;
};

[[nodiscard]] const std::vector<std::string>& monitor_pillars();
/// How a value is written: a count, a share (as %), a ratio, an index.
[[nodiscard]] const std::vector<std::string>& monitor_shows();

/// Throws FileError where the file cannot be read, InputError with every finding, one line each.
[[nodiscard]] std::vector<MonitorIndicator> read_monitor_indicators(const std::filesystem::path& file);
/// The same from a text; `file` stands in messages.
[[nodiscard]] std::vector<MonitorIndicator> monitor_indicators_from_text(const std::string& text, const std::string& file);

/// The shipped file, beside the shipped tables.
[[nodiscard]] std::filesystem::path shipped_monitor_indicators();

}  // namespace experiments
