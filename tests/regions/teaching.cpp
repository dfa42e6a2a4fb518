/// Teaching on the shipped tables.

#include <algorithm>

#include <catch2/catch.hpp>

#include "models/hybrid_teachers.hpp"
#include "models/month.hpp"
#include "tests/support/start_world.hpp"

TEST_CASE("Brainport has about as many hybrid teachers and lending employers by the end of 2023 as are counted", "[regions][slow]") {
    tests::StartWorld start({}, 1.0, true);  // all regions: many who work in Brainport live in another
    models::World world = start.world();
    const auto& names = start.tables.regions.names;
    const auto brainport = static_cast<std::size_t>(std::find(names.begin(), names.end(), "Brainport") - names.begin());
    REQUIRE(brainport < names.size());
    std::int64_t persons = models::starts_before(start.tables.teaching, brainport, 1.0);
    REQUIRE(persons == 41);
    sim::Threads arena(2);
    auto month = models::month_schedule(nullptr);
    arena.run([&] {
        for (sim::Month now = sim::Month::of(2021, 1); now <= sim::Month::of(2023, 12); ++now) {
            month.run(world, now);
            persons += world.teaching.starts[brainport];
        }
    });
    std::int64_t lenders = 0;
    for (const auto e : world.teaching.lenders) lenders += world.employers.employer[e].region == brainport;
    INFO("persons " << persons << ", employers " << lenders);
    // 164 persons from 50 to over 70 employers are counted. The starts of one run are a number of about 123 by chance: three standard deviations are 33.
    CHECK(persons > 164 - 33);
    CHECK(persons < 164 + 33);
    CHECK(lenders > 40);
    CHECK(lenders < 90);
}

TEST_CASE("start posts of teachers are open in the shares of the tables", "[regions]") {
    tests::StartWorld start({"Brainport", "IJmond"}, 0.2);
    const models::World world = start.world();
    REQUIRE(world.teaching.begun());
    int seen = 0;
    for (const auto& school : world.schools.school)
        for (std::size_t f = 0; f < models::taught_fields; ++f) {
            if (school.posts[f] <= 0) continue;
            ++seen;
            const double share = start.tables.teaching.open_share[school.region][models::index_of(school.track)][f];
            CHECK(static_cast<double>(school.teacher_vacancies[f]) == Approx(share * static_cast<double>(school.posts[f])).epsilon(1e-5));
            CHECK(school.teachers[f] <= school.posts[f]);
        }
    CHECK(seen > 10);
    for (const double factor : world.teaching.dropout) CHECK(factor == 1.0);
}
