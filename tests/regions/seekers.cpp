#include "models/seekers.hpp"

#include <algorithm>
#include <mutex>
#include <vector>

#include <catch2/catch.hpp>

#include "models/demography.hpp"
#include "models/month.hpp"
#include "models/tables.hpp"
#include "models/vacancies.hpp"
#include "tests/support/start_world.hpp"

using namespace models;

namespace {

/// Seekers from outside in the month after the start, in a world with these relative tightnesses in the region and in the nation.
std::vector<Row> seekers_outside(World world, double here, double nation) {
    const auto inside = static_cast<std::size_t>(world.regions) * occupations;
    world.market.tightness.assign(inside + 2 * occupations, nation);
    std::fill_n(world.market.tightness.begin(), inside, here);
    world.month = world.month + 1;
    world.births.update(world.persons);
    UsualWages usual;
    usual.build(world);
    const SeekerSearch search(world, world.month, usual);
    std::vector<Row> rows;
    std::vector<Seeker> seekers;
    sim::for_each_block(world.persons.size(), [&](sim::Block block) {
        static std::mutex one_at_a_time;
        const std::lock_guard lock(one_at_a_time);
        search.in_block(block, seekers);
        for (const Seeker& seeker : seekers)
            if (seeker.kind == SeekerKind::outsider) rows.push_back(seeker.row);
    });
    std::sort(rows.begin(), rows.end());
    return rows;
}

}  // namespace

TEST_CASE("people outside look for work here as it is harder to fill posts here than elsewhere, and not past the state pension age", "[models][unit]") {
    const tests::StartWorld start({"Zeeuws-Vlaanderen"}, 0.5);
    const World world = start.world();
    const auto usual = seekers_outside(world, 1, 1);
    REQUIRE(usual.size() > 20);
    CHECK(seekers_outside(world, 2, 2) == usual);
    const auto more = seekers_outside(world, 2, 1), fewer = seekers_outside(world, 1, 2);
    CHECK(std::includes(more.begin(), more.end(), usual.begin(), usual.end()));
    CHECK(more.size() > usual.size());
    CHECK(std::includes(usual.begin(), usual.end(), fewer.begin(), fewer.end()));
    CHECK(fewer.size() < usual.size());
    const int pension = pension_age_months(start.tables.demography, world.month + 1);
    for (const Row row : more) CHECK(world.age_in_months(row) + 1 < pension);
}
