/// Teaching on the shipped tables.

#include <catch2/catch.hpp>

#include "models/hybrid_teachers.hpp"
#include "models/month.hpp"
#include "tests/support/start_world.hpp"

TEST_CASE("Brainport has about as many hybrid teachers and lending employers by the end of 2023 as are counted", "[regions][slow]") {
    tests::StartWorld start({"Brainport"}, 1.0, true);
    models::World world = start.world();
    const auto before = models::starts_before(start.tables.teaching, 0, 1.0);
    REQUIRE(before == 41);
    CHECK(world.teaching.taught.size() == 41);
    sim::Threads arena(2);
    auto month = models::month_schedule(nullptr);
    arena.run([&] {
        for (sim::Month now = sim::Month::of(2021, 1); now <= sim::Month::of(2023, 12); ++now) month.run(world, now);
    });
    INFO("persons " << world.teaching.taught.size() << ", employers " << world.teaching.lenders.size() << ", contracts now "
                    << world.teaching.contracts.size());
    // 164 persons from 50 to over 70 employers are counted. Starts of one run are a number of about 123 by chance: three standard deviations are 33.
    CHECK(world.teaching.taught.size() > 164 - 33);
    CHECK(world.teaching.taught.size() < 164 + 33);
    CHECK(world.teaching.lenders.size() > 40);
    CHECK(world.teaching.lenders.size() < 90);
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
