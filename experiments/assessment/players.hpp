#pragma once
/// The players of the reckoning of the plan: measures with their parts, sets of them, and what each adds.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "experiments/scenarios/scenario.hpp"

namespace experiments {

/// A measure of the plan with its parts, which count as one: M4 holds M4a and M4b.
struct Player {
    std::string name;
    std::vector<std::string> measures;
};
/// Players are numbered, and a coalition is a set of them: one bit each.
using Coalition = std::uint32_t;

/// The players among the measures of a scenario, in the order of `plan`: names that agree up to the end of their number belong together. Throws InputError
/// where the scenario holds none.
[[nodiscard]] std::vector<Player> players_of(const Scenario& scenario, const std::vector<std::string>& plan);

/// The scenario with the measures of a coalition; what belongs to no player stays.
[[nodiscard]] Scenario with_coalition(const Scenario& scenario, const std::vector<Player>& players, Coalition coalition);

/// A random order of so many players, the same for the same seed and draw.
[[nodiscard]] std::vector<std::size_t> order_of_draw(std::size_t players, std::uint64_t seed, std::size_t draw);

/// Every coalition whose outcome a draw needs, the smallest first and each once: nobody, each player alone, all but each player, everybody, and those on the
/// way through an order and through its reverse.
[[nodiscard]] std::vector<Coalition> coalitions_of(const std::vector<std::size_t>& order);

/// What each player adds on the way through an order and through its reverse, on average: shares that add up to everybody less nobody. `value` of a coalition.
[[nodiscard]] std::vector<double> shapley_shares(const std::vector<std::size_t>& order, const std::function<double(Coalition)>& value);

}  // namespace experiments
