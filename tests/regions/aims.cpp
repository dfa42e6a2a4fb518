#include "models/aims.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include <catch2/catch.hpp>

#include "models/flows.hpp"
#include "models/month.hpp"
#include "models/search.hpp"
#include "sim/parallel.hpp"
#include "tests/support/start_world.hpp"

using namespace models;

namespace {

/// Electricians and electronics fitters, whose jobs stand in every region.
constexpr Occupation target = 5;

World small_world(const tests::StartWorld& start) { return start.world(); }

std::vector<Row> rows_of(const World& world, LabourStatus status, std::size_t most) {
    std::vector<Row> rows;
    for (Row row = 0; row < world.persons.size() && rows.size() < most; ++row) {
        const Person& person = world.persons.record[row];
        const bool past = person.previous != no_occupation && is_technical_or_ict(person.previous);
        if (world.resident(row) && person.status == status && person.field != Field::technical && !past && world.age(row) < 50 &&
            !(at_work(person) && is_technical_or_ict(person.occupation)))
            rows.push_back(row);
    }
    return rows;
}

std::vector<Aim> aims_of(const std::vector<Row>& rows, sim::Month last) {
    std::vector<Aim> aims;
    for (const Row row : rows) aims.push_back({row, stored(last), target});
    return aims;
}

}  // namespace

TEST_CASE("an aim ends with its months, with work in the target and with leaving, and a new one takes the place of the old", "[models][unit]") {
    const tests::StartWorld start({"Zeeuws-Vlaanderen"}, 0.2);
    World world = small_world(start);
    const sim::Month month = world.month + 1;
    const auto rows = rows_of(world, LabourStatus::employed, 4);
    REQUIRE(rows.size() == 4);
    renew_aims(world, month, aims_of(rows, month + 3));
    auto& aims = world.programmes.side_entry.aims;
    REQUIRE(aims.size() == 4);
    world.persons.record[rows[1]].occupation = target;
    world.persons.region[rows[2]] = static_cast<std::uint8_t>(world.regions);
    renew_aims(world, month, {{rows[3], stored(month + 9), 7}});
    REQUIRE(aims.size() == 2);
    CHECK(aims[0].row == rows[0]);
    CHECK(aims[1].row == rows[3]);
    CHECK(aims[1].target == 7);
    renew_aims(world, month + 3, {});
    CHECK(aims.size() == 2);
    renew_aims(world, month + 4, {});
    REQUIRE(aims.size() == 1);
    CHECK(aims[0].row == rows[3]);
}

TEST_CASE("an aim is followed in its share of months, by a draw of the person alone", "[models][statistical]") {
    tests::StartWorld start({"Zeeuws-Vlaanderen"}, 1.0);
    World world = small_world(start);
    const sim::Month month = world.month + 1;
    const auto rows = rows_of(world, LabourStatus::employed, 4000);
    REQUIRE(rows.size() == 4000);
    renew_aims(world, month, aims_of(rows, month + 3));
    std::vector<Row> followed;
    AimsOfBlock aims(world, month, 0);
    for (Row row = 0; row < world.persons.size(); ++row)
        if (aims.followed_by(row) == target) followed.push_back(row);
    const double share = start.parameters.side_entry.aim_share, expected = 4000 * share;
    CHECK(std::abs(static_cast<double>(followed.size()) - expected) < 4.9 * std::sqrt(expected * (1 - share)));
    std::vector<Row> visited;
    for (std::size_t block = 0; block < sim::blocks_of(world.persons.size()); ++block) {
        const auto begin = static_cast<Row>(block * sim::block_rows);
        const auto end = static_cast<Row>(std::min<std::size_t>(world.persons.size(), begin + sim::block_rows));
        const sim::Block part{block, begin, end};
        visit_aims(world, part, month, [&](Row row) { visited.push_back(row); });
    }
    CHECK(visited == followed);
    // Others' aims change nothing of whose is followed.
    auto& all = world.programmes.side_entry.aims;
    std::erase_if(all, [](const Aim& aim) { return aim.row % 2 == 0; });
    AimsOfBlock fewer(world, month, 0);
    for (const Row row : followed) CHECK((fewer.followed_by(row) == target) == (row % 2 != 0));
}

TEST_CASE("who has an aim comes to work in its target more often", "[models][statistical]") {
    tests::StartWorld start({"Brainport"}, 0.3);
    const auto in_target = [&](double share) {
        start.parameters.side_entry.aim_share = share;
        World world = small_world(start);
        auto rows = rows_of(world, LabourStatus::unemployed, 2000);
        REQUIRE(rows.size() > 500);
        renew_aims(world, world.month + 1, aims_of(rows, world.month + 12));
        auto schedule = month_schedule(nullptr);
        sim::Threads arena(2);
        arena.run([&] {
            for (int m = 0; m < 8; ++m) schedule.run(world, world.month + 1);
        });
        int there = 0;
        for (const Row row : rows) there += at_work(world.persons.record[row]) && group_of(world.persons.record[row].occupation) == Field::technical;
        return there;
    };
    const int without = in_target(0), with = in_target(0.5);
    CAPTURE(without, with);
    CHECK(with > 2 * without);
    CHECK(with > 30);
}
