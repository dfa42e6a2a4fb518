#include "sim/race.hpp"

#include <array>

#include <catch2/catch.hpp>

#include "sim/random.hpp"
#include "tests/support/statistics.hpp"

using sim::Ring;

TEST_CASE("the time of a ring is the quantile of the exponential law cut at one month", "[sim][unit]") {
    const double rate = 0.7;
    for (const double v : {0.001, 0.25, 0.5, 0.999}) {
        const double t = sim::ring_time(rate, v);
        CHECK(t > 0);
        CHECK(t < 1);
        CHECK((1 - std::exp(-rate * t)) / (1 - std::exp(-rate)) == Approx(v).epsilon(1e-12));
        CHECK(sim::ring_time_of(1 - std::exp(-rate), v) == Approx(t).epsilon(1e-12));
    }
    CHECK(sim::ring_time(1e-12, 0.3) == Approx(0.3).epsilon(1e-3));
    CHECK(sim::ring_time(0, 0.3) == 0.3);
    CHECK(sim::ring_time_of(0, 0.3) == 0.3);
    CHECK(sim::ring_time_of(1, 0.3) == 0);
}

TEST_CASE("the earliest ring wins whatever the order, ties go to the lower key", "[sim][unit]") {
    const std::array<Ring, 3> rings{{{62, 0.5}, {60, 0.5}, {61, 0.9}}};
    CHECK(sim::first_to_ring(rings)->cause == 60);
    const std::array<Ring, 3> turned{{{61, 0.9}, {60, 0.5}, {62, 0.5}}};
    CHECK(sim::first_to_ring(turned)->cause == 60);
    CHECK_FALSE(sim::first_to_ring({}).has_value());
}

TEST_CASE("racing causes happen with 1 - exp(-sum of rates) and win in proportion to their rates", "[sim][statistical]") {
    const std::array<double, 3> rates{0.05, 0.20, 0.40};
    const double sum = 0.65;
    const sim::Random random(7, 0);
    const std::size_t persons = 300'000;
    std::array<std::uint64_t, 3> wins{};
    std::uint64_t any = 0;
    for (std::size_t row = 0; row < persons; ++row) {
        std::vector<Ring> rings;
        for (std::size_t cause = 0; cause < rates.size(); ++cause) {
            const auto key = static_cast<sim::ProcessKey>(60 + cause);
            const auto draw = random.draw({key, sim::person(row), sim::Month(1452), 0});
            if (draw.uniform(0) < 1 - std::exp(-rates[cause])) rings.push_back({key, sim::ring_time(rates[cause], draw.uniform(1))});
        }
        if (const auto first = sim::first_to_ring(rings)) {
            ++any;
            ++wins[first->cause - 60U];
        }
    }
    CHECK(tests::share_fits(any, persons, 1 - std::exp(-sum)));
    for (std::size_t cause = 0; cause < rates.size(); ++cause) CHECK(tests::share_fits(wins[cause], any, rates[cause] / sum));
    // Asking the causes one after the other would give the first 1 - exp(-0.05) of all, a twelfth more than its due over the race.
    CHECK_FALSE(tests::share_fits(static_cast<std::uint64_t>(static_cast<double>(persons) * (1 - std::exp(-rates[0]))), any, rates[0] / sum));
}
