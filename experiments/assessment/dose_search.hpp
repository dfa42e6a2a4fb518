#pragma once
/// The least costly mix of doses that closes a gap: runs of a few mixes, surfaces fitted to them, the least cost on these, and runs of what was found.

#include <cstddef>
#include <functional>
#include <optional>
#include <vector>

namespace experiments {

/// What runs of a mix say, as means over their draws.
struct MixOutcome {
    double gap = 0;
    double cost = 0;
};

/// A mix that was run.
struct TriedMix {
    std::vector<double> strengths;  ///< by player, 0 to 1
    MixOutcome outcome;
};

struct DoseSearch {
    std::size_t players = 0;
    double goal = 0;         ///< a gap up to this counts as closed
    std::size_t mixes = 0;   ///< that surfaces are fitted to first, beside the strongest and none
    std::size_t checks = 4;  ///< mixes found on a surface that are run at most
};

/// Mixes of the first fit: each player's absence beside all others at their strongest, then points of a Sobol' sequence; the strongest mix itself is no part.
/// At least one a player.
[[nodiscard]] std::vector<std::vector<double>> first_mixes(const DoseSearch& search);
/// How many mixes a search runs at most.
[[nodiscard]] std::size_t most_mixes(const DoseSearch& search);

struct MixSearchResult {
    std::vector<TriedMix> tried;  ///< all that are known: the strongest, none, then those that were run
    std::size_t best = 0;         ///< place of the least costly one that closes the gap
    MixOutcome expected;          ///< what the surfaces said of it; its own outcome where it was no find of theirs
};

/// Runs mixes, all of a list together; nothing when stopped.
using RunMixes = std::function<std::optional<std::vector<MixOutcome>>(const std::vector<std::vector<double>>&)>;

/// Method: quadratic surfaces (emulator.hpp) of gap and cost over the strengths; the least cost where the gap's surface is under the goal (NLopt's COBYLA, from
/// the strongest mix and from every tried mix that closes the gap); the found mix is run, joins the fit, and what the surface missed the goal by is asked for
/// beside it the next time. Ends when a find is hardly another than one that was run, or after `checks`. Only mixes whose own runs close the gap can be best,
/// so the answer rests on runs and not on surfaces. `strongest`: what all at their strongest give, which closes the gap, and `none`: what no measure at all
/// does, which does not (otherwise Bug). The same for the same outcomes. Nothing when stopped.
[[nodiscard]] std::optional<MixSearchResult> search_doses(const DoseSearch& search, const MixOutcome& strongest, const MixOutcome& none, const RunMixes& run);

}  // namespace experiments
