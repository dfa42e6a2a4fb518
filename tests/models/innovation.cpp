#include "models/innovation.hpp"

#include <cmath>
#include <cstring>
#include <utility>

#include <catch2/catch.hpp>

#include "models/demand.hpp"
#include "models/month.hpp"
#include "tests/support/small_market.hpp"
#include "tests/support/statistics.hpp"

using namespace models;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;
using tests::SmallMarket;

namespace {

constexpr sim::Month january_2024 = sim::Month::of(2024, 1);

InnovationTables figures() {
    InnovationTables t;
    for (auto& share : t.share) share = {0.14, 0.24, 0.38, 0.5};
    for (auto& barrier : t.passable) barrier = {0.77, 0.86, 0.93, 0.96};
    t.passable[index_of(Barrier::organising)] = {0.5, 0.62, 0.78, 0.92};
    t.tracks_reach = {0, 0.2};
    return t;
}

InnovationParameters all_lines(double dose) {
    InnovationParameters p;
    p.information = p.regional_support = p.research = p.tracks = dose;
    p.action_from = p.tracks_from = 2021;
    p.support_reach = 0.3;
    p.research_lag = 6;
    return p;
}

/// Employers of all size classes with figures of innovation.
SmallMarket innovators(std::size_t employers, const InnovationParameters& p = {}) {
    SmallMarket market(500, employers);
    market.tables.innovation = figures();
    market.parameters.innovation = p;
    constexpr std::array<std::int32_t, 4> staff{5, 20, 100, 400};
    for (std::size_t e = 0; e < employers; ++e) market.world.employers.employer[e].start_staff = staff[(e / 32) % 4];
    return market;
}

/// A world of the market after start and so many months of innovation; the market must outlive it.
World lived(SmallMarket& market, int months, int threads = 2) {
    World world = market.world;
    world.tables = &market.tables;
    world.parameters = &market.parameters;
    sim::Threads arena(threads);
    arena.run([&] {
        start_innovation(world);
        for (int m = 0; m < months; ++m) step_innovation(world, world.month = sim::Month::of(2021, 1) + m);
    });
    return world;
}

std::size_t adopters(const World& world) {
    std::size_t n = 0;
    for (const auto& a : world.innovation.adoption) n += a.month != 0;
    return n;
}

}  // namespace

TEST_CASE("barriers that nothing lowers leave the hazard exactly as it is", "[models][unit]") {
    const auto t = figures();
    for (std::size_t z = 0; z < size_classes; ++z) {
        CHECK(opening(t, static_cast<SizeClass>(z), {}) == 1.0);
        for (std::size_t b = 0; b < barriers; ++b) CHECK(passable(t.passable[b][z], 0) == t.passable[b][z]);
        CHECK(opening(t, static_cast<SizeClass>(z), {1, 1, 1, 1}) > 1);
    }
    // All four gone: what is left is the hazard without barriers.
    CHECK_THAT(opening(t, SizeClass::small, {1, 1, 1, 1}), WithinRel(1 / (0.86 * 0.86 * 0.86 * 0.62), 1e-12));
}

TEST_CASE("lowering barriers opens more at the smaller employers, and more with the dose", "[models][unit]") {
    const auto t = figures();
    double before = 1;
    for (const double dose : {0.25, 0.5, 0.75, 1.0}) {
        const auto p = all_lines(dose);
        double last = 100;
        for (const auto size : {SizeClass::micro, SizeClass::small, SizeClass::medium, SizeClass::large}) {
            const double factor = opening(t, size, lowered_barriers(p, january_2024, true, true));
            CHECK(factor > 1);
            CHECK(factor < last);
            last = factor;
        }
        const double micro = opening(t, SizeClass::micro, lowered_barriers(p, january_2024, false, false));
        CHECK(micro > before);
        before = micro;
    }
}

TEST_CASE("each action line begins in its year and lowers its own barriers", "[models][unit]") {
    InnovationParameters p;
    p.information = p.regional_support = p.research = p.tracks = 1;
    const Lowered none{};
    CHECK(lowered_barriers(p, sim::Month::of(2021, 12), true, true) == none);
    const auto tracks = lowered_barriers(p, sim::Month::of(2022, 1), true, true);
    CHECK(tracks == Lowered{p.tracks_effect, p.tracks_effect, 0, 0});
    CHECK(lowered_barriers(p, sim::Month::of(2023, 12), true, false) == none);
    CHECK(lowered_barriers(p, january_2024, false, false) == Lowered{p.information_effect, 0, p.information_effect, 0});
    CHECK(lowered_barriers(p, january_2024, true, false)[index_of(Barrier::organising)] == p.support_effect);
    CHECK_THAT(lowered_barriers(p, january_2024, true, true)[index_of(Barrier::organising)], WithinRel(1 - (1 - 0.8) * (1 - 0.5), 1e-12));
    CHECK(lowered_barriers(p, january_2024 + 23, false, false)[index_of(Barrier::acceptance)] == 0);
    CHECK(lowered_barriers(p, january_2024 + 24, false, false)[index_of(Barrier::acceptance)] == p.research_effect);
    CHECK(lowered_barriers({}, january_2024 + 60, true, true) == none);
    CHECK(together(0.3, 0.6) <= 0.3 + 0.6);
}

TEST_CASE("the hazard is that of the survey at the start and follows the ties", "[models][unit]") {
    InnovationParameters p;
    // Half of a third of 0.24 a year adopts for the first time, out of the 0.76 who have not.
    CHECK_THAT(adoption_rate(0.24, p), WithinRel(0.04 / 0.76, 1e-12));
    CHECK(adoption_rate(0, p) == 0);
    const double rate = adoption_rate(0.24, p);
    CHECK_THAT(adoption_probability(rate, 1, 1, p), WithinRel(1 - std::exp(-rate / 12), 1e-12));
    CHECK_THAT(adoption_probability(rate, 0, 1, p), WithinRel(1 - std::exp(-0.6 * rate / 12), 1e-12));
    double before = 0;
    for (const double spread : {0.0, 0.5, 1.0, 3.0, 7.0}) {
        CHECK(adoption_probability(rate, spread, 1, p) > before);
        before = adoption_probability(rate, spread, 1, p);
        CHECK(adoption_probability(rate, spread, 1.2, p) > before);
    }
    p.imitation = 0;
    CHECK(adoption_probability(rate, 7, 1, p) == adoption_probability(rate, 0, 1, p));
}

TEST_CASE("output per worker rises along a line and labour saved by what demand keeps of it", "[models][unit]") {
    InnovationParameters p;
    CHECK(output_after(0, Gain::full, p) == 1);
    CHECK(output_after(200, Gain::none, p) == 1);
    CHECK_THAT(output_after(24, Gain::full, p), WithinRel(1.04, 1e-12));
    CHECK_THAT(output_after(48, Gain::full, p), WithinRel(1.08, 1e-12));
    CHECK(output_after(49, Gain::full, p) == output_after(48, Gain::full, p));
    CHECK_THAT(output_after(48, Gain::marginal, p), WithinRel(1 + 0.08 * 0.67, 1e-12));

    const sim::Month now = sim::Month::of(2026, 1);
    const OutputPerWorker output(p, 0.5, now);
    const auto adopted = [&](int months, Gain gain) { return Adoption{stored(now - months), stored(now - months), gain, gain}; };
    for (const int months : {0, 1, 24, 48, 100}) CHECK(output.index(adopted(months, Gain::full)) == output_after(months, Gain::full, p));
    CHECK(output.index({}) == 1);
    CHECK(output.saved({}) == 0);
    CHECK(output.index({before_the_run, before_the_run, Gain::none, Gain::none}) == 1);
    CHECK_THAT(output.saved(adopted(60, Gain::full)), WithinRel(std::sqrt(1.08) - 1, 1e-12));
    // All saved labour returns as more output.
    CHECK(OutputPerWorker(p, 1, now).saved(adopted(60, Gain::full)) == 0);
    // Who adopts earlier by an action line, with a smaller gain, never falls behind the twin that adopts later with the full one.
    const Adoption early{stored(now - 60), stored(now - 40), Gain::marginal, Gain::full};
    CHECK(output.index(early) == std::max(output_after(60, Gain::marginal, p), output_after(40, Gain::full, p)));
    CHECK(output.index(early) >= output.twin(early));
}

TEST_CASE("adopters before the run are the shares of the tables and stay without a gain", "[models][statistical]") {
    auto market = innovators(40'000);
    const World world = lived(market, 0);
    std::array<std::uint64_t, 4> all{}, hits{};
    for (const auto& e : world.employers.employer) {
        if (e.region >= world.regions) {
            if (e.innovation != 0) FAIL("an outside employer adopted");
            continue;
        }
        ++all[index_of(size_class_of(e.start_staff))];
        hits[index_of(size_class_of(e.start_staff))] += e.innovation;
    }
    for (std::size_t z = 0; z < 4; ++z) {
        CHECK(tests::share_fits(hits[z], all[z], figures().share[0][z]));
        CHECK_FALSE(tests::share_fits(hits[z], all[z], figures().share[0][z] * 1.25));
    }
}

TEST_CASE("first adoptions of a year come at the hazard of the tables", "[models][statistical]") {
    InnovationParameters p;
    p.imitation = 0;
    auto market = innovators(40'000, p);
    const World world = lived(market, 12);
    std::array<std::uint64_t, 4> risk{}, hits{};
    for (std::size_t i = 0; i < world.employers.size(); ++i) {
        const auto& e = world.employers.employer[i];
        const auto& a = world.innovation.adoption[i];
        if (e.region >= world.regions || a.month == before_the_run) continue;
        ++risk[index_of(size_class_of(e.start_staff))];
        hits[index_of(size_class_of(e.start_staff))] += a.month != 0;
    }
    for (std::size_t z = 0; z < 4; ++z) {
        const double expected = 1 - std::exp(-adoption_rate(figures().share[0][z], p));
        CHECK(tests::share_fits(hits[z], risk[z], expected));
        CHECK_FALSE(tests::share_fits(hits[z], risk[z], expected * 1.4));
    }
}

TEST_CASE("with ties adoption begins at the hazard of the tables and then runs ahead of it", "[models][statistical]") {
    InnovationParameters alone;
    alone.imitation = 0;
    auto free = innovators(20'000, alone);
    auto tied = innovators(20'000);
    const auto start = static_cast<double>(adopters(lived(free, 1)));
    const auto of = [&](SmallMarket& market, int months) { return static_cast<double>(adopters(lived(market, months))) - start; };
    CHECK_THAT(of(tied, 7) / of(free, 7), WithinAbs(1.0, 0.12));
    CHECK(of(tied, 96) > 1.1 * of(free, 96));
}

TEST_CASE("without action lines the twin is the employer and demand stays as it is", "[models][property]") {
    auto market = innovators(4000);
    const World world = lived(market, 72);
    std::size_t during = 0;
    for (std::size_t e = 0; e < world.employers.size(); ++e) {
        const auto& a = world.innovation.adoption[e];
        if (a.month != a.autonomous || a.gain != a.autonomous_gain || world.employers.employer[e].output_per_worker != 1.0F) FAIL("employer " << e);
        during += a.month > before_the_run;
    }
    CHECK(during > 500);
}

TEST_CASE("a dose of zero, an effect of zero and a line that has not begun change no byte", "[models][property]") {
    auto baseline = innovators(4000);
    const World a = lived(baseline, 60);
    auto idle = all_lines(1);
    idle.information_effect = idle.support_effect = idle.research_effect = idle.tracks_effect = 0;
    auto late = all_lines(1);
    late.action_from = late.tracks_from = 2026;
    for (const auto& p : {all_lines(0), idle, late}) {
        auto market = innovators(4000, p);
        const World b = lived(market, 60);
        CHECK(a.innovation.adoption == b.innovation.adoption);
        CHECK(std::memcmp(a.employers.employer.data(), b.employers.employer.data(), a.employers.size() * sizeof(Employer)) == 0);
    }
}

TEST_CASE("each employer adopts no later with a higher dose, and its twin never notices", "[models][property]") {
    auto nothing = innovators(4000);
    World before = lived(nothing, 72);
    const auto when = [](StoredMonth month) { return month == 0 ? 0xFFFF : static_cast<int>(month); };
    for (const double dose : {0.3, 0.6, 1.0}) {
        auto market = innovators(4000, all_lines(dose));
        World after = lived(market, 72);
        std::size_t later = 0, noticed = 0, below = 0;
        for (std::size_t e = 0; e < after.employers.size(); ++e) {
            const auto& x = before.innovation.adoption[e];
            const auto& y = after.innovation.adoption[e];
            later += when(y.month) > when(x.month);
            noticed += y.autonomous != x.autonomous || y.autonomous_gain != x.autonomous_gain;
            below += after.employers.employer[e].output_per_worker < 1.0F;
        }
        CHECK(later == 0);
        CHECK(noticed == 0);
        CHECK(below == 0);
        CHECK(adopters(after) > adopters(before));
        before = std::move(after);
    }
}

TEST_CASE("tracks touch the regions that have them, and others not even over ties", "[models][property]") {
    InnovationParameters p;
    p.tracks = 1;
    p.tracks_from = 2021;
    auto market = innovators(4000, p);
    auto none = innovators(4000);
    const World a = lived(none, 60), b = lived(market, 60);
    std::array<std::size_t, 2> changed{};
    for (std::size_t e = 0; e < a.employers.size(); ++e)
        if (!(a.innovation.adoption[e] == b.innovation.adoption[e])) ++changed.at(a.employers.employer[e].region);
    CHECK(changed[0] == 0);
    CHECK(changed[1] > 5);
}

TEST_CASE("a higher output per worker lowers desired staff by what does not return as output", "[models][unit]") {
    auto market = innovators(400);
    market.tables.demand.growth.clear();
    const sim::Month month = sim::Month::of(2030, 1);
    World& world = market.world;
    const double before = desired_staff(world, 7, month);
    REQUIRE(before > 0);
    world.employers.employer[world.employers.post[7].employer].output_per_worker = 1.08F;
    CHECK_THAT(desired_staff(world, 7, month), WithinRel(before * std::pow(1.08, -0.5), 1e-6));
    market.parameters.demand.returned_output = 1;
    CHECK_THAT(desired_staff(world, 7, month), WithinRel(before, 1e-12));
}

TEST_CASE("what growth does not hold of the autonomous gain lowers demand", "[models][property]") {
    InnovationParameters p;
    p.autonomous_in_growth = 0;
    auto market = innovators(2000, p);
    const World world = lived(market, 60);
    const OutputPerWorker output(p, 0.5, world.month);
    std::size_t higher = 0;
    for (std::size_t e = 0; e < world.employers.size(); ++e) {
        const float index = static_cast<float>(output.index(world.innovation.adoption[e]));
        if (world.employers.employer[e].output_per_worker != index) FAIL("employer " << e);
        higher += index > 1;
    }
    CHECK(higher > 100);
}

TEST_CASE("innovation is the same for any number of threads and after a break", "[models][property]") {
    const auto p = all_lines(0.7);
    auto market = innovators(20'000, p);
    const World a = lived(market, 36, 1), b = lived(market, 36, 7);
    CHECK(a.innovation.adoption == b.innovation.adoption);
    World c = lived(market, 17);
    World d;  // as read from a checkpoint: without ties and counts
    d.tables = c.tables, d.parameters = c.parameters, d.random = c.random, d.regions = c.regions, d.month = c.month, d.employers = c.employers;
    d.innovation.adoption = c.innovation.adoption;
    for (int m = 17; m < 36; ++m) step_innovation(d, sim::Month::of(2021, 1) + m);
    CHECK(a.innovation.adoption == d.innovation.adoption);
    CHECK(std::memcmp(a.employers.employer.data(), d.employers.employer.data(), a.employers.size() * sizeof(Employer)) == 0);
}

TEST_CASE("employers born later know how far their region has come", "[models][statistical]") {
    InnovationParameters p;
    p.imitation = 1;
    p.first_time = 1;
    auto market = innovators(40'000, p);
    World world = lived(market, 1);
    const auto start = world.employers.size();
    std::size_t known = 0, all = 0;
    for (std::size_t e = 0; e < start; ++e)
        if (world.employers.employer[e].region == 0) ++all, known += world.innovation.adoption[e].month != 0;
    constexpr std::size_t born = 40'000;
    Employer newborn = world.employers.employer[2];
    REQUIRE(newborn.region == 0);
    newborn.start_staff = 5;
    newborn.innovation = 0;
    newborn.born = stored(sim::Month::of(2021, 2));
    world.employers.employer.insert(world.employers.employer.end(), born, newborn);
    step_innovation(world, sim::Month::of(2021, 2));
    std::uint64_t hits = 0;
    for (std::size_t e = start; e < world.employers.size(); ++e) hits += world.innovation.adoption[e].month != 0;
    // They count among the employers of their region, none of them as an adopter yet.
    const double mean = (0.14 + 0.24 + 0.38 + 0.5) / 4;
    const double spread = static_cast<double>(known) / static_cast<double>(all + born) / mean;
    CHECK(tests::share_fits(hits, born, adoption_probability(adoption_rate(0.14, p), spread, 1, p)));
    CHECK_FALSE(tests::share_fits(hits, born, adoption_probability(adoption_rate(0.14, p), 1, 1, p)));
}
