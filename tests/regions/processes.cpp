/// Processes on a real region: each changes what it says, and nothing else.

#include <set>
#include <string>

#include <catch2/catch.hpp>

#include "models/month.hpp"
#include "models/processes.hpp"
#include "regions/synthesis_parts.hpp"
#include "tests/support/start_world.hpp"
#include "tests/support/touched.hpp"

namespace {

std::set<std::string> declared(const std::string& step) {
    std::set<std::string> parts;
    for (const auto& group : models::all_processes())
        if (group.step == step)
            for (const auto& process : group.processes) parts.merge(tests::spelled_out(process.writes));
    return parts;
}

std::set<std::string> less(const std::set<std::string>& a, const std::set<std::string>& b) {
    std::set<std::string> rest;
    for (const auto& part : a)
        if (b.count(part) == 0) rest.insert(part);
    return rest;
}

}  // namespace

TEST_CASE("a step changes what its processes declare and nothing else", "[regions][property]") {
    tests::StartWorld start({"Zeeuws-Vlaanderen", "IJmond"}, 0.2);
    // The tables have work-learning in neither region.
    start.parameters.work_learning.added_places = 200;
    start.parameters.work_learning.added_from = 2021;
    // One path of contract wages for all sectors gives pupils nothing to expect.
    for (auto& month : start.tables.wages.contract_wage) month[models::index_of(models::Sector::construction)] *= 1.02;
    models::World world = start.world();
    const auto schedule = models::month_schedule(nullptr);
    std::map<std::string, std::set<std::string>> changed;
    const sim::Month last = world.month + 20;  // two Augusts
    sim::Threads arena(2);
    arena.run([&] {
        while (world.month < last) {
            const sim::Month now = world.month + 1;
            for (const auto& entry : schedule.entries()) {
                if (!entry.step) continue;
                const tests::State before(world);
                entry.step(world, now);
                const auto parts = tests::changed_parts(before, world);
                changed[entry.name].insert(parts.begin(), parts.end());
            }
        }
    });
    REQUIRE(changed.size() == 11);
    for (const auto& [step, parts] : changed) {
        CAPTURE(step);
        CHECK(less(parts, declared(step)) == std::set<std::string>{});
        // The other way round, so that declarations do not become "everything".
        if (step != "indicators") CHECK(less(declared(step), parts) == std::set<std::string>{});
    }
}

TEST_CASE("a change that is not declared is seen", "[regions][unit]") {
    const tests::StartWorld start({"Zeeuws-Vlaanderen"}, 0.05);
    models::World world = start.world();
    const tests::State before(world);
    CHECK(tests::changed_parts(before, world) == std::set<std::string>{});
    world.persons.record[17].hours += 1;
    world.employers.post[3].latent += 1;
    world.vacancies.slot[0].wage_factor = 2;
    CHECK(tests::changed_parts(before, world) == std::set<std::string>{"hours", "posts", "vacancies"});
    world.append_persons(1);
    CHECK(less(tests::changed_parts(before, world), declared("employers")) == std::set<std::string>{"hours", "persons"});
}

TEST_CASE("keys of the start population are none of the month's", "[regions][unit]") {
    using namespace regions::synthesis;
    const std::set<sim::ProcessKey> start{key_traits,    key_outsiders, key_sizes,   key_mix,          key_occupations, key_seats,   key_durations,
                                          key_vacancies, key_employers, key_schools, key_destinations, key_restore,     key_sampling};
    CHECK(start.size() == 13);
    std::size_t clashes = 0;
    for (const auto& group : models::all_processes())
        for (const auto& process : group.processes) clashes += start.count(process.key) + start.count(static_cast<sim::ProcessKey>(process.key + 512));
    CHECK(clashes == 0);
}
