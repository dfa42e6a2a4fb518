/// Facts that the measures in place must reproduce, each at a stated scale and with a stated band (policies.md of the design; experiments/README.md).

#include <algorithm>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "experiments/library.hpp"
#include "experiments/plan_in_force.hpp"
#include "experiments/scenario.hpp"
#include "models/hybrid_teachers.hpp"
#include "models/teaching.hpp"
#include "regions/readers.hpp"
#include "tests/support/shared_start.hpp"

namespace {

using experiments::Scenario;

/// A run of one region under a scenario from January 2021 to the end of `last`; `seen` is given the world at the end.
template <class Seen>
sim::Trajectory lived(const tests::StartWorld& start, const Scenario& scenario, sim::Month last, Seen&& seen) {
    sim::Trajectory trajectory({0}, experiments::first_month, last - experiments::first_month + 2);
    const auto ids = models::add_series(trajectory, start.tables);
    models::World world = start.world(2);
    world.random = sim::Random(1, 0);
    models::Indicators indicators(trajectory, ids, 0);
    auto schedule = models::month_schedule(&indicators);
    const experiments::Plan plan(scenario.parameters, scenario.measures, start.tables.regions.names);
    experiments::PlanInForce in_force(scenario.parameters, plan);
    sim::Threads arena(2);
    arena.run([&] {
        in_force.apply(world, world.month + 1);
        indicators.start(world);
        while (world.month < last) {
            in_force.apply(world, world.month + 1);
            schedule.run(world, world.month + 1);
        }
    });
    seen(world);
    return trajectory;
}

Scenario without(const std::string& name) {
    Scenario scenario = experiments::default_scenario();
    std::erase_if(scenario.measures, [&](const auto& m) { return m.name == name; });
    return scenario;
}

}  // namespace

TEST_CASE("over 160 people of over 50 companies have taught in Brainport by the end of 2023, fewer without its project", "[experiments][slow]") {
    // All regions at scale 1.0: where people search and work hangs together.
    tests::StartWorld start(regions::all_regions(), 1.0, true);
    const auto& names = start.tables.regions.names;
    const auto brainport = static_cast<std::size_t>(std::find(names.begin(), names.end(), "Brainport") - names.begin());
    REQUIRE(brainport < names.size());
    const sim::Month last = sim::Month::of(2023, 12);
    struct Taught {
        std::int64_t people = 0, companies = 0;
    };
    const auto taught = [&](const Scenario& scenario) {
        Taught found;
        const auto trajectory = lived(start, scenario, last, [&](const models::World& world) {
            for (const auto employer : world.teaching.lenders) found.companies += world.employers.employer[employer].region == brainport;
        });
        found.people = models::starts_before(start.tables.teaching, brainport, 1.0);
        for (std::size_t time = 1; time < trajectory.points(); ++time)
            found.people += trajectory.counts(trajectory.find("hybrid_teacher_starts"), 0, time)[brainport];
        return found;
    };
    const auto with = taught(experiments::default_scenario()), alone = taught(without("M6"));
    // Published: 164 people, and over 50 (letter) or over 70 companies; the bands are 160 to 200 people and 50 to 90 companies.
    CHECK(with.people >= 160);
    CHECK(with.people <= 200);
    CHECK(with.companies >= 50);
    CHECK(with.companies <= 90);
    CHECK(alone.people < with.people);
}

TEST_CASE("few learn ICT on the work-based path, and more under the offensive of ICT", "[experiments]") {
    tests::StartWorld start({"Brainport"}, 0.3, true);
    const sim::Month last = sim::Month::of(2028, 12);
    const auto share = [&](const Scenario& scenario, std::size_t field, std::size_t time) {
        const auto trajectory = lived(start, scenario, last, [](const models::World&) {});
        const auto students = trajectory.counts(trajectory.find("students"), 0, time);
        const auto of = [&](models::Track track) {
            double sum = 0;
            for (std::size_t sex = 0; sex < 2; ++sex) sum += students[(models::index_of(track) * 3 + field) * 2 + sex];
            return sum;
        };
        return of(models::Track::mbo_bbl) / (of(models::Track::mbo_bbl) + of(models::Track::mbo_bol));
    };
    const auto ict = models::index_of(models::Field::ict), technical = models::index_of(models::Field::technical);
    const std::size_t end = static_cast<std::size_t>(last - experiments::first_month + 1);
    const auto base = experiments::default_scenario();
    CHECK(share(base, ict, 0) < share(base, technical, 0) / 3);
    CHECK(share(base, ict, end) > share(without("M7"), ict, end));
}
