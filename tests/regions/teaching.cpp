/// Teaching on the shipped tables.

#include <algorithm>

#include <catch2/catch.hpp>

#include "models/hybrid_teachers.hpp"
#include "models/month.hpp"
#include "tests/support/start_world.hpp"

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
