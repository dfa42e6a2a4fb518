#include "experiments/assessment/dose_search.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include <catch2/catch.hpp>

#include "sim/error.hpp"

using namespace experiments;

namespace {

/// A world of known effect: each player closes some of the gap, less and less as it grows, and costs in proportion.
struct KnownWorld {
    std::vector<double> effect, cost;
    double gap = 0;
    [[nodiscard]] MixOutcome at(const std::vector<double>& strengths) const {
        MixOutcome outcome{gap, 0};
        for (std::size_t p = 0; p < effect.size(); ++p) {
            outcome.gap -= effect[p] * (1 - std::exp(-2 * strengths[p])) / (1 - std::exp(-2.0));
            outcome.cost += cost[p] * strengths[p];
        }
        return outcome;
    }
    [[nodiscard]] RunMixes run(std::size_t* runs = nullptr) const {
        return [this, runs](const std::vector<std::vector<double>>& mixes) {
            std::vector<MixOutcome> outcomes;
            for (const auto& mix : mixes) outcomes.push_back(at(mix));
            if (runs != nullptr) *runs += mixes.size();
            return std::optional(outcomes);
        };
    }
    /// The least cost by trying every mix on a grid of so many steps a player.
    [[nodiscard]] double least_cost(int steps) const {
        std::vector<int> place(effect.size(), 0);
        double least = std::numeric_limits<double>::infinity();
        while (true) {
            std::vector<double> strengths;
            for (const int k : place) strengths.push_back(static_cast<double>(k) / steps);
            if (const auto outcome = at(strengths); outcome.gap <= 0) least = std::min(least, outcome.cost);
            std::size_t p = 0;
            while (p < place.size() && ++place[p] > steps) place[p++] = 0;
            if (p == place.size()) return least;
        }
    }
};

std::vector<double> strongest(std::size_t players) { return std::vector<double>(players, 1.0); }
std::vector<double> none(std::size_t players) { return std::vector<double>(players, 0.0); }

}  // namespace

TEST_CASE("the first mixes leave each player out, then fill the cube", "[experiments][unit]") {
    const auto mixes = first_mixes({.players = 3, .mixes = 8});
    REQUIRE(mixes.size() == 8);
    CHECK(mixes[1] == std::vector<double>{1, 0, 1});
    double sum = 0;
    for (std::size_t m = 3; m < mixes.size(); ++m)
        for (const double s : mixes[m]) {
            CHECK(s > 0);
            CHECK(s < 1);
            sum += s;
        }
    CHECK(sum / 15 == Approx(0.5).margin(0.1));
    CHECK(first_mixes({.players = 3, .mixes = 1}).size() == 3);
}

TEST_CASE("the least costly mix of a known world is found, and closes the gap there", "[experiments][unit]") {
    const KnownWorld world{{500, 300, 200, 100}, {10, 40, 5, 60}, 600};
    std::size_t runs = 0;
    const DoseSearch search{.players = 4, .mixes = 30, .checks = 6};
    const auto found = search_doses(search, world.at(strongest(4)), world.at(none(4)), world.run(&runs));
    REQUIRE(found);
    const auto& best = found->tried[found->best];
    CHECK(runs + 2 == found->tried.size());
    CHECK(runs <= 36);
    CHECK(best.outcome.gap <= 0);
    CHECK(best.outcome.gap == world.at(best.strengths).gap);
    CHECK(best.outcome.cost < 1.15 * world.least_cost(20));
    CHECK(best.outcome.cost < 0.3 * world.at(strongest(4)).cost);
    // The dear ones are left out, or nearly.
    CHECK(best.strengths[3] < 0.1);
    // The same outcomes give the same answer.
    const auto again = search_doses(search, world.at(strongest(4)), world.at(none(4)), world.run());
    CHECK(again->tried[again->best].strengths == best.strengths);
}

TEST_CASE("where only the strongest mix closes the gap it is the answer, and a stop ends the search", "[experiments][unit]") {
    const KnownWorld world{{500, 300}, {10, 40}, 799.9};
    const DoseSearch search{.players = 2, .mixes = 8};
    const auto found = search_doses(search, world.at(strongest(2)), world.at(none(2)), world.run());
    REQUIRE(found);
    CHECK(found->tried[found->best].outcome.gap <= 0);
    CHECK(found->tried[found->best].outcome.cost == Approx(50).margin(1));
    CHECK_FALSE(search_doses(search, world.at(strongest(2)), world.at(none(2)), [](const auto&) { return std::nullopt; }));
    CHECK_THROWS_AS(search_doses(search, {1, 50}, {800, 0}, world.run()), sim::Bug);
    CHECK_THROWS_AS(search_doses(search, {-1, 50}, {-1, 0}, world.run()), sim::Bug);
}
