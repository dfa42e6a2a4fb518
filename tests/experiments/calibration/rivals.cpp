#include "experiments/calibration/rivals.hpp"

#include <cmath>
#include <cstddef>

#include <catch2/catch.hpp>

namespace {

std::vector<experiments::HistoryPoint> by_step(const std::vector<double>& values) {
    std::vector<experiments::HistoryPoint> history;
    for (std::size_t i = 0; i < values.size(); ++i) history.push_back({static_cast<double>(i), values[i]});
    return history;
}

}  // namespace

TEST_CASE("no change keeps the last figure and widens with time", "[experiments][unit]") {
    CHECK_FALSE(experiments::no_change({}, 1));
    const auto alone = experiments::no_change(by_step({7}), 3);
    REQUIRE(alone);
    CHECK(alone->mean == 7);
    CHECK(alone->deviation == 0);
    // Changes of 1, -1 and 1: one a step, two after four steps.
    const auto known = experiments::no_change(by_step({0, 1, 0, 1}), 7);
    REQUIRE(known);
    CHECK(known->mean == 1);
    CHECK(known->deviation == Approx(2));
    // A change over four steps counts as four.
    const auto gap = experiments::no_change({{0, 0}, {4, 2}, {5, 3}}, 6);
    REQUIRE(gap);
    CHECK(gap->deviation == Approx(1));
}

TEST_CASE("the same trend goes on along a line, by the last eight figures", "[experiments][unit]") {
    CHECK_FALSE(experiments::same_trend(by_step({1}), 2));
    const auto line = experiments::same_trend(by_step({1, 3, 5, 7}), 6);
    REQUIRE(line);
    CHECK(line->mean == Approx(13));
    CHECK(line->deviation == Approx(0).margin(1e-9));
    const auto two = experiments::same_trend({{0, 1}, {8, 5}}, 9);
    REQUIRE(two);
    CHECK(two->mean == Approx(5.5));
    // Figures before the last eight count for nothing.
    const auto late = experiments::same_trend(by_step({900, 500, 0, 1, 2, 3, 4, 5, 6, 7}), 10);
    REQUIRE(late);
    CHECK(late->mean == Approx(8));
    // 0, 0, 3: slope 3/2, level 1; it misses by 1/2, 1 and 1/2, so the variance is 3/2 and at step 3 that times 1 + 1/3 + 4/2.
    const auto bent = experiments::same_trend(by_step({0, 0, 3}), 3);
    REQUIRE(bent);
    CHECK(bent->mean == Approx(4));
    CHECK(bent->deviation == Approx(std::sqrt(1.5 * (1 + 1.0 / 3 + 2))));
}

TEST_CASE("an autoregression finds its own coefficients", "[experiments][unit]") {
    CHECK_FALSE(experiments::autoregression(by_step({1, 2, 3, 4, 5}), 6));
    // y = 10 + y / 2, from 0 on: 0, 10, 15, 17.5, 18.75, 19.375.
    const auto half = experiments::autoregression(by_step({0, 10, 15, 17.5, 18.75, 19.375}), 7);
    REQUIRE(half);
    CHECK(half->mean == Approx(19.84375));
    CHECK(half->deviation == Approx(0).margin(1e-6));
    // What would explode goes on by its mean change.
    const auto doubled = experiments::autoregression(by_step({1, 2, 4, 8, 16, 32}), 6);
    REQUIRE(doubled);
    CHECK(doubled->mean == Approx(32 + 31.0 / 5));
    CHECK(doubled->deviation > 0);
    // Pairs over a gap are none.
    CHECK_FALSE(experiments::autoregression({{0, 1}, {1, 2}, {2, 3}, {3, 4}, {6, 5}, {7, 6}}, 8));
}
