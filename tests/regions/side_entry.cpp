#include "models/side_entry.hpp"

#include <vector>

#include <catch2/catch.hpp>

#include "models/month.hpp"
#include "models/programmes.hpp"
#include "tests/support/start_world.hpp"

using namespace models;

namespace {

int flow(const World& world, ProgrammeFlow what) {
    int all = 0;
    for (std::size_t region = 0; region < static_cast<std::size_t>(world.regions); ++region)
        for (const auto kind : {ProgrammeKind::course, ProgrammeKind::part_time_course}) all += world.programmes.flow_of(region, kind, what);
    return all;
}

}  // namespace

TEST_CASE("who is in a course is counted in and out, and a full-time course keeps from work", "[models][property]") {
    tests::StartWorld start({"Brainport"}, 0.2);
    start.parameters.side_entry.propensity = 5;
    start.parameters.side_entry.places_factor = 2;
    World world = start.world();
    auto month = month_schedule(nullptr);
    int inside = 0, participants = 0, completions = 0, dropouts = 0, placed = 0, lot = 0;
    for (int n = 0; n < 18; ++n) {
        const auto now = sim::Month::of(2021, 1) + n;
        const auto before = world.programmes.side_entry.takers;
        month.run(world, now);
        // Who dies or leaves before the courses of a month is no taker any more, and no drop-out.
        int left = 0, still = 0;
        for (const auto& t : before) left += t.end >= stored(now - 1) && !world.resident(t.row);
        for (const auto& t : world.programmes.side_entry.takers) {
            if (t.end < stored(now)) continue;
            ++still;
            const Person& person = world.persons.record[t.row];
            if (world.resident(t.row) && kind_of(person.programme) == ProgrammeKind::course) CHECK(world.persons.post[t.row] == no_post);
        }
        const int come = flow(world, ProgrammeFlow::participants), out = flow(world, ProgrammeFlow::completions) + flow(world, ProgrammeFlow::dropouts);
        CHECK(still == inside + come - out - left);
        CHECK(flow(world, ProgrammeFlow::applicants) == come + flow(world, ProgrammeFlow::refused_place) + flow(world, ProgrammeFlow::refused_lot));
        inside = still;
        participants += come;
        completions += flow(world, ProgrammeFlow::completions);
        dropouts += flow(world, ProgrammeFlow::dropouts);
        lot += flow(world, ProgrammeFlow::refused_lot);
        std::vector<std::int32_t> placements(static_cast<std::size_t>(world.regions) * occupations, 0);
        count_course_placements(world, placements);
        for (const auto count : placements) placed += count;
    }
    CAPTURE(participants, completions, dropouts, placed, lot);
    CHECK(participants > 50);
    CHECK(completions > 20);
    CHECK(dropouts > 0);
    CHECK(placed > 5);
    CHECK(placed <= completions);
    CHECK(lot > 0);
}

TEST_CASE("without propensity nobody applies, and a dose of nothing changes nothing", "[models][property]") {
    tests::StartWorld start({"Zeeuws-Vlaanderen"});
    start.parameters.side_entry.propensity = 0;
    World world = start.world();
    World with_subsidy = world;
    Parameters paid = start.parameters;
    paid.side_entry.subsidy = 5000;  // acts on those who consider a course: nobody
    with_subsidy.parameters = &paid;
    auto month = month_schedule(nullptr);
    for (int n = 0; n < 3; ++n) {
        month.run(world, sim::Month::of(2021, 1) + n);
        month.run(with_subsidy, sim::Month::of(2021, 1) + n);
        CHECK(flow(world, ProgrammeFlow::applicants) == 0);
    }
    CHECK(world.programmes.side_entry.takers.empty());
    CHECK(tests::same_world(world, with_subsidy));
}
