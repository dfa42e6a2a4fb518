/// Sizes of the tables of slots, and how tables grow.
#include "models/slot_sizes.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <vector>

#include "models/demand.hpp"
#include "models/reach.hpp"
#include "models/search.hpp"
#include "models/vacancy_slots.hpp"
#include "tests/support/small_market.hpp"

namespace {

using namespace models;
using tests::SmallMarket;

/// The first slot of each opening's table, and where it stands in it.
std::vector<std::uint32_t> places(const World& world) {
    std::vector<std::uint32_t> places;
    for (std::size_t t = 0; t < slot_tables(world); ++t) {
        const auto table = slot_table(world, t);
        for (auto slot = table.begin; slot < table.end; ++slot) {
            const Vacancy& v = world.vacancies.slot[slot];
            if (!v.empty()) places.insert(places.end(), {static_cast<std::uint32_t>(t), slot - table.begin, v.post, v.index});
        }
    }
    return places;
}

double jobs_in(const World& world, std::size_t market) {
    double jobs = 0;
    for (PostNumber p = 0; p < world.employers.post.size(); ++p)
        if (submarket_of(world, p) == market) jobs += static_cast<double>(world.employers.post[p].desired);
    return jobs;
}

}  // namespace

TEST_CASE("a run without spin-up has room for the highest quarter, openings without a vacancy at the default of their factor", "[models][unit]") {
    SmallMarket market(2'000, 100);
    auto& t = market.tables.demand;
    t.vacancy_rate.fill(0.03);
    t.direct_share.fill(0.5);
    t.peak_factor = 2;
    const auto sizes = slots_without_spin_up(market.world);
    const double share = 0.5 * DemandParameters{}.direct_factor;
    const double openings = jobs_in(market.world, submarket(0, 2)) * 0.03 * (1 + 0.5 * share / (1 - share));
    const double peak = openings * 2 * 1.8;  // construction workers are technicians: room for 1.8 times the peak
    CHECK(sizes[submarket(0, 2)] >= peak / 0.8);
    CHECK(sizes[submarket(0, 2)] <= peak / 0.8 + 3 * std::sqrt(peak) + 5);
    CHECK(sizes.size() == 4 * occupations);
    // The parameters of a scenario change no size.
    market.parameters.demand.direct_factor = 2;
    CHECK(slots_without_spin_up(market.world) == sizes);
    CHECK(slots_before_spin_up(market.world)[submarket(0, 2)] < sizes[submarket(0, 2)]);
}

TEST_CASE("tables grow to what was most filled, and every opening keeps its place", "[models][property]") {
    SmallMarket market(2'000, 100);
    World& world = market.world;
    place_openings(world, SmallMarket::openings(world, 150));
    const auto lost = world.vacancies.flows.without_slot;
    const auto before = places(world);
    REQUIRE(before.size() > 4 * 100);
    std::vector<std::uint32_t> first;
    for (std::size_t t = 0; t < slot_tables(world); ++t) first.push_back(slot_table(world, t).size());
    std::vector<std::uint64_t> filled(world.vacancies.slot.size() / 64 + 1, 0);
    for (std::size_t s = 0; s < world.vacancies.slot.size(); ++s) filled[s / 64] |= static_cast<std::uint64_t>(!world.vacancies.slot[s].empty()) << (s % 64);
    note_filled(world, filled);
    std::vector<std::int32_t> count(slot_tables(world), 0);
    for (std::size_t i = 0; i < before.size(); i += 4) ++count[before[i]];
    CHECK(world.vacancies.most_filled == count);
    note_filled(world, std::vector<std::uint64_t>(filled.size(), 0));
    CHECK(world.vacancies.most_filled == count);

    widen_for_run(world);
    CHECK(places(world) == before);
    std::size_t wider = 0, wrong = 0;
    for (std::size_t t = 0; t < slot_tables(world); ++t) {
        const auto table = slot_table(world, t);
        const auto wanted = slots_for(count[t] * market.tables.demand.peak_factor * 1.25, 0.8);
        wrong += table.size() != (first[t] == 0 ? 0 : std::max(first[t], wanted));
        wider += table.size() > first[t];
        wrong += t > 0 && table.begin != slot_table(world, t - 1).end;
    }
    CHECK(wrong == 0);
    CHECK(wider > 20);
    CHECK(slot_table(world, slot_tables(world) - 1).end == world.vacancies.slot.size());
    CHECK(world.vacancies.first_slot.back() == world.vacancies.slot.size());
    // Openings go on to find room in them, and no more of them are lost.
    place_openings(world, SmallMarket::openings(world, 150));
    CHECK(world.vacancies.flows.without_slot == lost);
    CHECK_THROWS(widen_slot_tables(world, {1, 2, 3}));
}

TEST_CASE("the size of a table does not change how often its openings are found", "[models][law]") {
    SmallMarket market(2'000, 100);
    Reach reach;
    reach.build(market.world);
    const std::size_t home = 0, profile = 3 * 4 + 1;
    const auto odds = [&](std::size_t a, std::size_t b) {
        const auto a_slot = [&](std::size_t s) { return reach.probability(home, profile, s) / slots_of(market.world, s, home).size(); };
        return a_slot(a) / a_slot(b);
    };
    const auto there = submarket(1, 4), here = submarket(0, 4), other = submarket(0, 9);
    const double journey = odds(there, here), work = odds(other, here);
    std::vector<std::uint32_t> sizes(slot_tables(market.world), 0);
    sizes[here] = 5 * slots_of(market.world, here, home).size();
    widen_slot_tables(market.world, sizes);
    CHECK(reach.stale(market.world));
    reach.build(market.world);
    CHECK_FALSE(reach.stale(market.world));
    CHECK(odds(there, here) == Approx(journey).epsilon(1e-5));
    CHECK(odds(other, here) == Approx(work).epsilon(1e-5));
}
