#include "models/demand.hpp"

#include <cmath>
#include <cstring>

#include <catch2/catch.hpp>

#include "models/vacancy_slots.hpp"
#include "sim/parallel.hpp"
#include "tests/support/small_market.hpp"
#include "tests/support/statistics.hpp"

using namespace models;
using Catch::Matchers::WithinRel;
using tests::SmallMarket;

namespace {

/// A market in which every post wants exactly the staff that it has.
SmallMarket at_rest(std::size_t people = 20'000) {
    SmallMarket market(people);
    for (auto& post : market.world.employers.post) post.desired = static_cast<float>(post.staff);
    return market;
}

struct Totals {
    std::int64_t staff = 0, posted = 0, direct = 0, latent = 0;
    bool operator==(const Totals&) const = default;
};

Totals totals(const World& world) {
    Totals t;
    for (const auto& post : world.employers.post) {
        t.staff += post.staff;
        t.posted += post.posted;
        t.direct += post.direct;
        t.latent += post.latent;
    }
    return t;
}

void next_month(World& world) {
    ++world.month;
    step_employers(world, world.month);
    world.close_month();
}

/// `share` of all workers at posts lose their job this month.
std::size_t lay_off(World& world, double share) {
    std::size_t left = 0;
    for (Row row = 0; row < world.persons.size(); ++row)
        if (world.persons.post[row] != no_post && world.random.uniform({990, sim::person(row), world.month, 0}) < share) {
            world.leave_work(row, Cause::layoff, world.resident(row) ? LabourStatus::unemployed : LabourStatus::outside);
            ++left;
        }
    world.settle();
    world.close_month();
    return left;
}

void fill_growth(Tables& tables, double value) {
    tables.demand.first_month = sim::Month::of(2021, 1);
    tables.demand.growth.assign(1, {});
    tables.demand.growth[0].fill(value);
}

}  // namespace

TEST_CASE("desired staff follows the formula of the model description", "[models][unit]") {
    DemandParameters p;
    p.wage_elasticity = 0.5;
    p.returned_output = 0.4;
    CHECK(desired_staff({.start = 100}, p) == 100);
    CHECK_THAT(desired_staff({.start = 100, .growth = 1.1}, p), WithinRel(110.0, 1e-12));
    CHECK_THAT(desired_staff({.start = 100, .relative_wage = 1.21}, p), WithinRel(100 / 1.1, 1e-12));
    CHECK_THAT(desired_staff({.start = 100, .output_per_worker = 1.2}, p), WithinRel(100 * std::pow(1.2, -0.6), 1e-12));
    CHECK_THAT(desired_staff({.start = 100, .growth = 1.1, .green_share = 0.05}, p), WithinRel(115.0, 1e-12));
}

TEST_CASE("desired staff rises with the path and green demand and falls with wages and output per worker", "[models][unit]") {
    const DemandParameters p;
    const DesiredState base{.start = 40, .growth = 1.05, .relative_wage = 1.1, .output_per_worker = 1.1, .green_share = 0.02};
    const auto with = [&](auto change) {
        DesiredState s = base;
        change(s);
        return desired_staff(s, p);
    };
    const double now = desired_staff(base, p);
    CHECK(with([](auto& s) { s.growth += 0.01; }) > now);
    CHECK(with([](auto& s) { s.green_share += 0.01; }) > now);
    CHECK(with([](auto& s) { s.relative_wage += 0.01; }) < now);
    CHECK(with([](auto& s) { s.output_per_worker += 0.01; }) < now);
    DemandParameters elastic = p;
    elastic.wage_elasticity = 0.7;
    CHECK(desired_staff(base, elastic) < now);
    DemandParameters returning = p;
    returning.returned_output = 0.9;
    CHECK(desired_staff(base, returning) > now);
}

TEST_CASE("green demand ramps from December 2020 to December 2030", "[models][unit]") {
    CHECK(green_ramp(sim::Month::of(2020, 1)) == 0);
    CHECK(green_ramp(sim::Month::of(2020, 12)) == 0);
    CHECK_THAT(green_ramp(sim::Month::of(2025, 12)), WithinRel(0.5, 1e-12));
    CHECK(green_ramp(sim::Month::of(2030, 12)) == 1);
    CHECK(green_ramp(sim::Month::of(2035, 1)) == 1);
}

TEST_CASE("whole staff keeps whole numbers and is right on average", "[models][unit]") {
    for (const double u : {0.00001, 0.5, 0.99999}) CHECK(whole_staff(7, u) == 7);
    CHECK(whole_staff(7.3, 0.69) == 7);
    CHECK(whole_staff(7.3, 0.71) == 8);
    CHECK(whole_staff(-1, 0.5) == 0);
    double sum = 0;
    for (int i = 0; i < 1000; ++i) sum += static_cast<double>(whole_staff(2.25, (i + 0.5) / 1000));
    CHECK_THAT(sum / 1000, WithinRel(2.25, 1e-9));
}

TEST_CASE("a job is opened again with the ratio of desired to present staff", "[models][unit]") {
    CHECK(reopening_probability(10, 10) == 1);
    CHECK(reopening_probability(12, 10) == 1);
    CHECK_THAT(reopening_probability(8, 10), WithinRel(0.8, 1e-12));
    CHECK(reopening_probability(0, 10) == 0);
}

TEST_CASE("openings are the shortfall times the speed, rounded at random", "[models][unit]") {
    CHECK(openings(0, 0.3, 0.99) == 0);
    CHECK(openings(-2, 0.3, 0.99) == 0);
    CHECK(openings(1, 0.3, 0.69) == 0);
    CHECK(openings(1, 0.3, 0.71) == 1);
    CHECK(openings(10, 0.3, 0.01) == 3);
    CHECK(openings(5, 1, 0.5) == 5);
}

TEST_CASE("vacancies lapse after a year and latent demand comes back when the market is slack", "[models][unit]") {
    const DemandParameters p;
    CHECK(lapse_probability(11, p) == 0);
    CHECK(lapse_probability(12, p) == p.lapse);
    CHECK_THAT(repost_probability(1, p), WithinRel(p.repost, 1e-12));
    CHECK(repost_probability(0.8, p) > repost_probability(1.2, p));
    CHECK(repost_probability(0.01, p) <= 1);
}

TEST_CASE("growth is held before and after its path", "[models][unit]") {
    DemandTables tables;
    CHECK(growth(tables, Sector::industry, sim::Month::of(2025, 1)) == 1);
    tables.first_month = sim::Month::of(2021, 1);
    tables.growth.resize(2);
    tables.growth[0].fill(1.0);
    tables.growth[1].fill(1.2);
    CHECK(growth(tables, Sector::industry, sim::Month::of(2020, 5)) == 1.0);
    CHECK(growth(tables, Sector::industry, sim::Month::of(2021, 2)) == 1.2);
    CHECK(growth(tables, Sector::industry, sim::Month::of(2030, 2)) == 1.2);
}

TEST_CASE("at constant demand and with nobody leaving nothing is opened", "[models][property]") {
    auto market = at_rest();
    World& world = market.world;
    const auto before = totals(world);
    for (int i = 0; i < 12; ++i) next_month(world);
    CHECK(before.staff > 5000);
    CHECK(totals(world) == before);
}

TEST_CASE("every job left is opened again where staff was as desired", "[models][property]") {
    auto market = at_rest();
    World& world = market.world;
    const auto before = totals(world);
    const auto left = lay_off(world, 0.02);
    next_month(world);
    const auto after = totals(world);
    CHECK(left > 100);
    CHECK(world.departures.empty());
    CHECK(world.vacancies.flows.without_slot == 0);
    CHECK(after.staff == before.staff - static_cast<std::int64_t>(left));
    CHECK(after.posted + after.direct == static_cast<std::int64_t>(left));
}

TEST_CASE("half of the jobs left are opened again where desired staff is half of staff", "[models][statistical]") {
    auto market = at_rest(60'000);
    World& world = market.world;
    fill_growth(market.tables, 0.5);
    market.parameters.demand.withdrawal = 0;
    const auto left = lay_off(world, 0.03);
    next_month(world);
    const auto after = totals(world);
    // Posts are rounded to whole workers, so the mean of target over staff is 1/2 within half a percent here.
    CHECK(left > 500);
    CHECK(tests::share_fits(static_cast<std::uint64_t>(after.posted + after.direct), left, 0.5));
    CHECK_FALSE(tests::share_fits(static_cast<std::uint64_t>(after.posted + after.direct), left, 0.7));
}

TEST_CASE("the place of a learner is not opened as a vacancy", "[models][unit]") {
    auto market = at_rest();
    World& world = market.world;
    Row row = 0;
    while (world.persons.post[row] == no_post || !world.resident(row)) ++row;
    const PostNumber post = world.persons.post[row];
    world.employers.post[post].desired = static_cast<float>(world.employers.post[post].staff - 1);
    market.world.touch(row).contract = Contract::bbl;
    world.leave_work(row, Cause::contract_end, LabourStatus::unemployed);
    world.settle();
    world.close_month();
    next_month(world);
    CHECK(totals(world).posted + totals(world).direct == 0);
    CHECK(world.departures.empty());
}

TEST_CASE("the share of openings without a vacancy is that of the tables", "[models][statistical]") {
    auto market = at_rest(60'000);
    World& world = market.world;
    market.tables.demand.direct_share.fill(0.4);
    market.parameters.demand.direct_factor = 1;
    const auto left = lay_off(world, 0.05);
    next_month(world);
    const auto after = totals(world);
    CHECK(tests::share_fits(static_cast<std::uint64_t>(after.direct), left, 0.4));
    CHECK_FALSE(tests::share_fits(static_cast<std::uint64_t>(after.direct), left, 0.5));
}

TEST_CASE("staff and openings approach a higher desired staff at the speed of adjustment", "[models][property]") {
    auto market = at_rest();
    World& world = market.world;
    market.make_slots(0.4);
    const auto before = totals(world);
    fill_growth(market.tables, 1.1);
    market.parameters.demand.adjustment = 0.3;
    market.parameters.demand.direct_lapse_after = 100;
    next_month(world);
    const auto first = totals(world);
    const double gap = 0.1 * static_cast<double>(before.staff);
    CHECK(static_cast<double>(first.posted + first.direct) == Approx(0.3 * gap).epsilon(0.15));
    for (int i = 0; i < 24; ++i) next_month(world);
    const auto later = totals(world);
    CHECK(static_cast<double>(later.posted + later.direct + later.latent) == Approx(gap).epsilon(0.05));
}

TEST_CASE("openings above desired staff are withdrawn and those of a closed employer go at once", "[models][property]") {
    SmallMarket market;
    World& world = market.world;
    market.make_slots(0.4);
    market.parameters.demand.adjustment = 1;
    next_month(world);  // one opening a post
    const auto open = totals(world);
    REQUIRE(open.posted + open.direct == static_cast<std::int64_t>(world.employers.post.size()));
    world.employers.employer[3].closed = stored(world.month);
    for (auto& post : world.employers.post)
        if (post.employer == 4) post.desired = 0;
    market.parameters.demand.withdrawal = 1;
    next_month(world);
    const auto after = totals(world);
    CHECK(after.posted + after.direct == open.posted + open.direct - 10);
    CHECK(desired_staff(world, world.employers.employer[3].first_post, world.month) == 0);
    for (const auto& post : world.employers.post)
        if (post.employer == 3) CHECK(post.posted + post.direct + post.latent == 0);
}

TEST_CASE("a vacancy that nobody fills lapses into latent demand and is posted again", "[models][property]") {
    SmallMarket market;
    World& world = market.world;
    market.make_slots(0.4);
    market.parameters.demand.adjustment = 1;
    market.parameters.demand.lapse = 1;
    market.parameters.demand.repost = 0;
    for (int i = 0; i < 12; ++i) next_month(world);
    const auto year = totals(world);
    CHECK(year.latent == 0);
    next_month(world);
    const auto lapsed = totals(world);
    CHECK(lapsed.posted == 0);
    CHECK(lapsed.latent == year.posted);
    next_month(world);
    CHECK(totals(world).posted == 0);  // held back: no new opening in its place
    market.parameters.demand.repost = 1;
    market.parameters.demand.repost_elasticity = 0;
    next_month(world);
    CHECK(totals(world).posted == year.posted);
    CHECK(totals(world).latent == 0);
}

TEST_CASE("step_employers gives the same bytes on one and on three threads", "[models][property]") {
    const auto run = [](int threads) {
        SmallMarket market;
        market.make_slots(0.4);
        market.tables.demand.direct_share.fill(0.5);
        market.tables.demand.lifecycle.birth_rate.fill(0.2);
        for (auto& rates : market.tables.demand.lifecycle.closure_rate) rates.fill(0.2);
        for (auto& employer : market.world.employers.employer) employer.start_staff = 5;
        sim::Threads arena(threads);
        arena.run([&] {
            for (int i = 0; i < 6; ++i) {
                lay_off(market.world, 0.03);
                next_month(market.world);
            }
        });
        return market.world;
    };
    const World one = run(1), three = run(3);
    REQUIRE(one.vacancies.slot.size() == three.vacancies.slot.size());
    REQUIRE(one.employers.post.size() == three.employers.post.size());
    CHECK(std::memcmp(one.vacancies.slot.data(), three.vacancies.slot.data(), one.vacancies.slot.size() * sizeof(Vacancy)) == 0);
    CHECK(std::memcmp(one.employers.post.data(), three.employers.post.data(), one.employers.post.size() * sizeof(Post)) == 0);
    CHECK(one.market.tightness == three.market.tightness);
}

TEST_CASE("tightness starts at 1 and doubles when vacancies double", "[models][unit]") {
    SmallMarket market;
    World& world = market.world;
    world.market.reference.clear();
    world.vacancies.open.assign(world.vacancies.open.size(), 50);
    renew_tightness(world);
    for (const double t : world.market.tightness) CHECK(t == 1);
    world.market.reference_months = 12;  // the reference is complete
    market.parameters.demand.smoothing = 1;
    world.vacancies.open.assign(world.vacancies.open.size(), 100);
    renew_tightness(world);
    CHECK(world.market.tightness[submarket(0, 3)] == Approx(2).epsilon(0.01));
    CHECK(past_tightness(world, Field::technical, world.month) == Approx(2).epsilon(0.01));
    CHECK(past_tightness(world, Field::technical, world.month - 40) == 1);
}
