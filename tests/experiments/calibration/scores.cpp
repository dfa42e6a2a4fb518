#include "experiments/calibration/scores.hpp"

#include <cmath>

#include <catch2/catch.hpp>

using experiments::DrawnForecast;

TEST_CASE("the score of a sample is known where it can be counted by hand", "[experiments][unit]") {
    CHECK(experiments::crps(DrawnForecast{{3}, 0}, 5) == Approx(2));
    // Mean distance to 1 is 1, mean distance between two draws 1.
    CHECK(experiments::crps(DrawnForecast{{0, 2}, 0}, 1) == Approx(0.5));
    CHECK(experiments::crps(DrawnForecast{{0, 2}, 0}, 5) == Approx(3.5));
}

TEST_CASE("the score of a normal forecast is the published one", "[experiments][unit]") {
    // At its mean a standard normal scores (sqrt(2) - 1) / sqrt(pi).
    CHECK(experiments::crps(0, 1, 0) == Approx((std::sqrt(2.0) - 1) / std::sqrt(std::acos(-1.0))));
    CHECK(experiments::crps(10, 2, 10) == Approx(2 * experiments::crps(0, 1, 0)));
    CHECK(experiments::crps(10, 0, 13) == Approx(3));
    // One draw with an error is a normal, and many draws of a normal score nearly as it does.
    CHECK(experiments::crps(DrawnForecast{{10}, 2}, 13) == Approx(experiments::crps(10, 2, 13)));
    DrawnForecast two{{9, 11}, 0.5};
    CHECK(experiments::crps(two, 10) > 0);
    CHECK(experiments::crps(two, 10) < experiments::crps(two, 14));
}

TEST_CASE("quantiles of a drawn forecast", "[experiments][unit]") {
    CHECK(experiments::quantile(DrawnForecast{{4, 1, 2, 3, 0}, 0}, 0.5) == Approx(2));
    CHECK(experiments::quantile(DrawnForecast{{4, 1, 2, 3, 0}, 0}, 0.05) == Approx(0.2));
    CHECK(experiments::quantile(DrawnForecast{{10}, 2}, 0.95) == Approx(10 + 2 * 1.6448536).epsilon(1e-6));
    CHECK(experiments::quantile(DrawnForecast{{0, 100}, 1}, 0.25) == Approx(0).margin(1e-6));
}

TEST_CASE("forecasters are compared from twenty forecasts on", "[experiments][unit]") {
    std::vector<double> mine, other;
    for (int i = 0; i < 19; ++i) {
        mine.push_back(1 + (i % 2));
        other.push_back(2);
    }
    CHECK_FALSE(experiments::diebold_mariano(mine, other, 1));
    mine.push_back(2);
    other.push_back(2);
    // Differences are -1 and 0, ten each: mean -1/2, variance 1/4, so t = -1/2 / sqrt(1/4 / 20) times sqrt(19/20).
    const auto test = experiments::diebold_mariano(mine, other, 1);
    REQUIRE(test);
    CHECK(test->statistic == Approx(-std::sqrt(20.0) * std::sqrt(19.0 / 20)));
    CHECK(test->p == Approx(0.00033788).epsilon(1e-4));  // the tail of Student's t with 19 degrees of freedom, by numerical integration
    // Two that are always the same apart do not vary.
    CHECK_FALSE(experiments::diebold_mariano(std::vector<double>(30, 1), std::vector<double>(30, 2), 1));
    const auto turned = experiments::diebold_mariano(other, mine, 1);
    REQUIRE(turned);
    CHECK(turned->statistic == Approx(-test->statistic));
    // The correction for a horizon of four steps: (20 + 1 - 8 + 12 / 20) / 20.
    const auto alternating = experiments::diebold_mariano(mine, other, 4);
    REQUIRE(alternating);
    double variance = 0.25;
    for (int lag = 1; lag < 4; ++lag) variance += 2 * (lag % 2 == 1 ? -1 : 1) * 0.25 * (20 - lag) / 20;
    if (variance <= 0) variance = 0.25;
    CHECK(alternating->statistic == Approx(std::sqrt(13.6 / 20) * -0.5 / std::sqrt(variance / 20)));
}
