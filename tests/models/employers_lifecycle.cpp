#include "models/employers_lifecycle.hpp"

#include <cmath>
#include <utility>

#include <catch2/catch.hpp>

#include "models/demand.hpp"
#include "tests/support/small_market.hpp"
#include "tests/support/statistics.hpp"

using namespace models;
using Catch::Matchers::WithinRel;
using tests::SmallMarket;

namespace {

SmallMarket with_employers(std::size_t employers) {
    SmallMarket market(2000, employers);
    for (auto& employer : market.world.employers.employer) employer.start_staff = 5;
    for (auto& post : market.world.employers.post) post.desired = 1;
    market.make_slots(1);
    return market;
}

std::size_t inside(const World& world) {
    std::size_t n = 0;
    for (const auto& e : world.employers.employer) n += e.region < world.regions && e.open();
    return n;
}

}  // namespace

TEST_CASE("support schemes cut closures until March 2022", "[models][unit]") {
    LifecycleTables t;
    DemandParameters p;
    t.closure_rate[1] = {0.06, 0.03, 0.01, 0};
    p.support = 0.5;
    const auto at = [&](int year, int month) { return closure_probability(Sector::industry, SizeClass::micro, sim::Month::of(year, month), t, p); };
    CHECK_THAT(at(2022, 4), WithinRel(1 - std::pow(0.94, 1.0 / 12), 1e-9));
    CHECK_THAT(at(2022, 3), WithinRel(at(2022, 4) / 2, 1e-9));
    CHECK(closure_probability(Sector::industry, SizeClass::large, sim::Month::of(2023, 1), t, p) == 0);
    CHECK(closure_probability(Sector::industry, SizeClass::small, sim::Month::of(2023, 1), t, p) < at(2023, 1));
}

TEST_CASE("the fossil phase-out falls along a line and only where jobs are announced to go", "[models][unit]") {
    LifecycleTables t;
    DemandParameters p;
    t.fossil_start = sim::Month::of(2021, 1);
    t.fossil_end = sim::Month::of(2031, 1);
    t.fossil_loss = {0.2, 0};
    CHECK(fossil_factor(0, sim::Month::of(2021, 1), t, p) == 1);
    CHECK_THAT(fossil_factor(0, sim::Month::of(2026, 1), t, p), WithinRel(0.9, 1e-12));
    CHECK_THAT(fossil_factor(0, sim::Month::of(2040, 1), t, p), WithinRel(0.8, 1e-12));
    CHECK(fossil_factor(1, sim::Month::of(2030, 1), t, p) == 1);
    p.fossil_phase_out = 2;
    CHECK_THAT(fossil_factor(0, sim::Month::of(2031, 1), t, p), WithinRel(0.6, 1e-12));
}

TEST_CASE("poisson inverts the law", "[models][unit]") {
    CHECK(poisson(0.5, 0.6) == 0);   // e^-0.5 = 0.6065
    CHECK(poisson(0.5, 0.61) == 1);  // + 0.3033
    CHECK(poisson(0.5, 0.92) == 2);
    double sum = 0;
    for (int i = 0; i < 10000; ++i) sum += poisson(20, (i + 0.5) / 10000);
    CHECK_THAT(sum / 10000, WithinRel(20.0, 1e-3));
}

TEST_CASE("employers close at the rate of the tables and those outside never do", "[models][statistical]") {
    auto market = with_employers(40'000);
    World& world = market.world;
    for (auto& rates : market.tables.demand.lifecycle.closure_rate) rates.fill(0.12);
    const auto before = inside(world);
    const sim::Month month = sim::Month::of(2023, 5);
    close_employers(world, month);
    const auto closed = before - inside(world);
    CHECK(tests::share_fits(closed, before, 1 - std::pow(0.88, 1.0 / 12)));
    CHECK_FALSE(tests::share_fits(closed, before, 1.5 * (1 - std::pow(0.88, 1.0 / 12))));
    for (const auto& e : world.employers.employer)
        if (e.region >= world.regions && !e.open()) FAIL("an employer outside closed");
}

TEST_CASE("employers are born at the rate of the tables with posts like those of a small one", "[models][statistical]") {
    auto market = with_employers(4'000);
    World& world = market.world;
    market.tables.demand.lifecycle.birth_rate.fill(0.24);
    const auto before = world.employers.size();
    const auto here = inside(world);
    bear_employers(world, sim::Month::of(2023, 5));
    const auto born = world.employers.size() - before;
    const double expected = static_cast<double>(here) * 0.02;
    CHECK(std::abs(static_cast<double>(born) - expected) < tests::two_sided_deviate() * std::sqrt(expected));
    for (std::size_t e = before; e < world.employers.size(); ++e) {
        const auto& employer = world.employers.employer[e];
        REQUIRE(employer.posts == 5);
        CHECK(employer.born == stored(sim::Month::of(2023, 5)));
        CHECK(employer.start_staff == 5);
        for (std::uint32_t k = 0; k < employer.posts; ++k) {
            CHECK(world.employers.post[employer.first_post + k].employer == e);
            CHECK(world.employers.post[employer.first_post + k].staff == 0);
        }
    }
}

TEST_CASE("births do not depend on what policy did to other employers", "[models][property]") {
    const auto born = [](bool another_world) {
        auto market = with_employers(4'000);
        World& world = market.world;
        market.tables.demand.lifecycle.birth_rate.fill(0.24);
        if (another_world)
            for (auto& post : world.employers.post) post.staff += 3;
        const auto before = world.employers.size();
        bear_employers(world, sim::Month::of(2023, 5));
        std::vector<std::pair<int, int>> list;
        for (std::size_t e = before; e < world.employers.size(); ++e)
            list.emplace_back(world.employers.employer[e].region, static_cast<int>(world.employers.employer[e].sector));
        return list;
    };
    CHECK(born(false).size() > 20);
    CHECK(born(false) == born(true));
}

TEST_CASE("the part of closed employers passes to those that live", "[models][property]") {
    auto market = with_employers(400);
    World& world = market.world;
    for (const double f : survivors_factor(world)) CHECK(f == 1);
    const auto desired = [&] {
        double sum = 0;
        for (PostNumber p = 0; p < world.employers.post.size(); ++p)
            if (world.employer_of(p).region < world.regions) sum += desired_staff(world, p, world.month);
        return sum;
    };
    const double before = desired();
    for (std::size_t e = 0; e < 100; ++e)
        if (world.employers.employer[e].region < world.regions) world.employers.employer[e].closed = stored(world.month);
    CHECK_THAT(desired(), WithinRel(before, 1e-9));
}
