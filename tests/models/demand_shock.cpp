#include "models/demand_shock.hpp"

#include <cmath>
#include <vector>

#include <catch2/catch.hpp>

#include "models/demand.hpp"
#include "tests/support/small_market.hpp"

using namespace models;

namespace {

const sim::Month last = sim::Month::of(2023, 12);

}  // namespace

TEST_CASE("demand has no shock in driven months, nor at size nought", "[models][unit]") {
    const sim::Random random(1, 0);
    CHECK(demand_shock(random, last, last, 0.1, 0.5) == 0);
    CHECK(demand_shock(random, last - 20, last, 0.1, 0.5) == 0);
    CHECK(demand_shock(random, last + 60, last, 0, 0.5) == 0);
    CHECK(demand_shock(random, last + 1, last, 0.1, 0.5) != 0);
    CHECK(DemandParameters{}.shock_size == 0);
}

TEST_CASE("a shock to demand keeps its part a year and has the size that was asked for", "[models][property]") {
    constexpr int runs = 4000;
    constexpr double size = 0.05, persistence = 0.5;
    double squares = 0, products = 0, sum = 0;
    for (int r = 0; r < runs; ++r) {
        const sim::Random random(1, static_cast<std::uint32_t>(r));
        const double then = demand_shock(random, last + 108, last, size, persistence);
        const double later = demand_shock(random, last + 120, last, size, persistence);
        sum += later;
        squares += later * later;
        products += then * later;
    }
    // Standard errors: of the mean size / sqrt(runs), of a variance sqrt(2 / runs), of the product about 1 / sqrt(runs); four of each.
    const double root = std::sqrt(static_cast<double>(runs));
    CHECK(std::abs(sum / runs) < 4 * size / root);
    CHECK(squares / runs / (size * size) == Approx(1.0).margin(4 * std::sqrt(2.0) / root));
    CHECK(products / runs / (size * size) == Approx(persistence).margin(4 * 1.2 / root));
    // Twice the size is the same shock, twice as large: arms that differ in size share the draws.
    const sim::Random random(3, 1);
    CHECK(demand_shock(random, last + 30, last, 0.1, 0.5) == Approx(2 * demand_shock(random, last + 30, last, 0.05, 0.5)));
}

TEST_CASE("a shock moves the desired staff of every employer by the same factor", "[models][property]") {
    tests::SmallMarket market(2'000);
    market.tables.demand.last_observed = last;
    const auto factors = [&](double size, sim::Month month) {
        market.parameters.demand.shock_size = size;
        const DesiredStaff desired(market.world, month);
        std::vector<double> all;
        for (const auto& employer : market.world.employers.employer) all.push_back(desired.factor(employer));
        return all;
    };
    CHECK(factors(0.1, last) == factors(0, last));
    const auto without = factors(0, last + 6);
    const auto with = factors(0.1, last + 6);
    const double shock = std::exp(demand_shock(market.world.random, last + 6, last, 0.1, market.parameters.demand.shock_persistence));
    REQUIRE(std::abs(shock - 1) > 1e-3);
    for (std::size_t e = 0; e < with.size(); ++e) CHECK(with[e] == Approx(without[e] * shock));
}
