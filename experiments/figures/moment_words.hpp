#pragma once
/// A simulated figure in the words of a TOML file: which series and labels it is made of, and how. Files of targets and of backtests share this language.

#include <string>
#include <vector>

#include "experiments/scenarios/toml_values.hpp"

namespace experiments {

/// How a moment is made of its selections. Every selection is a mean over the months of the period: of a flow a month, of a stock at the ends of the months.
enum class MomentKind {
    ratio,   ///< sum of `top` over sum of `bottom`
    count,   ///< sum of `top`
    mean,    ///< mean of the one series in `top`, weighted with the cells of the one in `bottom`
    growth,  ///< sum of `top` in the last month over that in the first, less 1
};

/// How a simulated count becomes a figure of the statistics.
enum class MomentScaling {
    none,     ///< as it is
    persons,  ///< agents become persons
    nation,   ///< agents become persons, and the regions the nation by their share of its inhabitants
};

struct MomentWords {
    MomentKind kind = MomentKind::ratio;
    std::vector<std::string> top, bottom;  ///< selections: "series; dimension = label | label; ..."; one that begins with "-" is taken off
    std::vector<std::string> regions;      ///< empty = all
    double times = 1;                      ///< the simulated figure is multiplied by this: months of a flow, main jobs per job, ...
    MomentScaling scaling = MomentScaling::none;
};

/// The keys that `read_moment_key` reads.
[[nodiscard]] const std::vector<std::string>& moment_keys();

/// Reads one key of a moment ("top" of "target.NAME.top"), with its findings; false where the key is none of a moment's.
bool read_moment_key(const TomlEntry& entry, const std::string& key, const std::vector<std::string>& known_regions, MomentWords& moment, Findings& findings);

/// What a moment's keys say together: a ratio and a mean need a bottom, a scaling belongs to a count. `at` is its place in the file.
void check_moment(const MomentWords& moment, int line, const std::string& at, Findings& findings);

}  // namespace experiments
