/// A measure whose effect is known by construction, in a world made by hand, is recovered by the pairs of runs that a comparison makes of it.
///
/// Some apply for its places at the real gate with its lot. Half a year later everybody has a job in the target's group by a chance of their own, the same in
/// both runs of a pair; of participants it is larger. A job that nobody would have had without the measure takes another one away, at times.

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "experiments/comparison/reckonings.hpp"
#include "models/gates.hpp"
#include "models/parameters.hpp"
#include "models/policy.hpp"
#include "models/tables.hpp"
#include "models/world.hpp"
#include "sim/process.hpp"

namespace {

using models::Row;

constexpr models::Occupation target = 8;
constexpr std::size_t people = 900;
constexpr int places = 300;
constexpr double chance_without = 0.3, chance_with = 0.6, displaces = 0.25;
constexpr double persons_per_agent = 10;
constexpr sim::Month entry = sim::Month::of(2021, 3);
const sim::ProcessInfo chances{.name = "chances of a world made by hand", .key = 900, .reads = {}, .writes = {}};

/// What is true of the mean over all such worlds, persons.
struct Truth {
    double participants = places * persons_per_agent, gross = participants * chance_with, deadweight = participants * chance_without,
           net = participants * (chance_with - chance_without) * (1 - displaces), displacement = gross - deadweight - net;
};

/// One pair of runs: what is recorded of both, and how many more are at work with the measure.
struct Pair {
    experiments::PolicyRecord base, arm;
    double net = 0;
};

/// One run; without places it is the base.
int at_work(std::uint64_t seed, std::uint32_t replicate, bool with_places, experiments::PolicyRecord& record) {
    models::Tables tables;
    tables.scale = 1 / persons_per_agent;
    models::Parameters parameters;
    parameters.programmes.lot_share = 0.2;
    models::Policy policy;
    policy.measures = 1;
    policy.offers.push_back(
        {.lot = 7, .measure = 0, .programme = models::OfferedProgramme::course, .places = {12 * places * persons_per_agent}, .targets = ~0U, .who = {}});
    policy.spending.emplace_back();
    models::World world;
    world.tables = &tables;
    world.parameters = &parameters;
    world.policy = &policy;
    world.regions = 1;
    world.month = entry;
    world.random = sim::Random(seed, replicate);
    world.persons.resize(people);
    for (Row row = 0; row < people; ++row) {
        world.persons.region[row] = 0;
        world.persons.record[row].status = models::LabourStatus::unemployed;
    }
    world.programmes.begin_month(1);
    world.programmes.policy.begin_month(world);
    const auto drawn = [&](Row row, std::uint32_t index) { return world.random.uniform({chances.key, sim::person(row), entry, index}); };
    std::vector<double> share(models::occupations, 0.0);
    share[target] = 1;
    models::Gates gates(world, models::OfferedProgramme::course, std::vector<std::int32_t>(models::occupations, 0), share);
    std::vector<char> takes_part(people, 0), works(people, 0);
    const std::vector<std::uint8_t> home{0};
    for (Row row = 0; row < people && with_places; ++row)
        if (drawn(row, 1) < 0.7) takes_part[row] = gates.admit({row, 0, target}, home).admission == models::Admission::admitted;
    std::size_t lost = 0;
    for (Row row = 0; row < people; ++row) {
        const double u = drawn(row, 0);
        works[row] = u < (takes_part[row] != 0 ? chance_with : chance_without);
        lost += works[row] != 0 && u >= chance_without && drawn(row, 2) < displaces;
    }
    // Those who lose are none of the measure's applicants: the last of those who did not apply.
    for (Row row = people; row > 0 && lost > 0; --row)
        if (works[row - 1] != 0 && drawn(row - 1, 1) >= 0.7) works[row - 1] = 0, --lost;
    REQUIRE(lost == 0);
    for (Row row = 0; row < people; ++row) {
        if (works[row] == 0) continue;
        world.persons.record[row].status = models::LabourStatus::employed;
        world.persons.record[row].occupation = target;
    }
    world.month = entry + (experiments::reckoned_after[0] - 1);
    record.add(world, {"known"});
    return static_cast<int>(std::count(works.begin(), works.end(), 1));
}

/// What a comparison says of so many pairs.
experiments::ArmReckoning compared(std::uint64_t seed, std::uint32_t pairs) {
    experiments::Scenario base, arm;
    base.end = arm.end = sim::Month::of(2021, 12);
    arm.measures.emplace_back();
    arm.measures.back().name = "known";
    arm.measures.back().offer.emplace();
    const experiments::GatesOfArm gates(base, arm, entry);
    std::vector<experiments::PairOfGates> found;
    std::array<std::vector<double>, experiments::reckoned_after.size()> net;
    for (std::uint32_t r = 0; r < pairs; ++r) {
        experiments::PolicyRecord of_base, of_arm;
        const int without = at_work(seed, r, false, of_base), with = at_work(seed, r, true, of_arm);
        net[0].push_back((with - without) * persons_per_agent);
        found.push_back(gates.of(of_base, of_arm));
    }
    const auto reckonings = experiments::reckonings_of(found, net, gates.sign(), persons_per_agent);
    REQUIRE(reckonings.size() == 1);
    return reckonings[0];
}

bool holds(const experiments::Interval& interval, double value) { return interval.low <= value && value <= interval.high; }

}  // namespace

TEST_CASE("a measure of known effect is recovered within its 95 % interval in 95 of 100 worlds", "[experiments][property][statistical]") {
    constexpr int worlds = 300;
    constexpr std::uint32_t pairs = 10;
    const Truth truth;
    REQUIRE(truth.displacement == Approx(truth.participants * (chance_with - chance_without) * displaces));
    std::array<int, 4> held{};
    int participants = 0, without_displacement = 0, larger = 0, half_as_wide = 0;
    for (int w = 0; w < worlds; ++w) {
        const auto r = compared(static_cast<std::uint64_t>(w) + 1, pairs);
        CHECK(r.gross.mean == Approx(r.deadweight.mean + r.displacement.mean + r.net.mean));
        participants += r.participants.mean == truth.participants;
        held[0] += holds(r.gross.interval, truth.gross);
        held[1] += holds(r.deadweight.interval, truth.deadweight);
        held[2] += holds(r.displacement.interval, truth.displacement);
        held[3] += holds(r.net.interval, truth.net);
        without_displacement += holds(r.net.interval, truth.net + truth.displacement);
        larger += holds(r.deadweight.interval, 1.25 * truth.deadweight);
        const double quarter = (r.net.interval.high - r.net.interval.low) / 4;
        half_as_wide += std::abs(r.net.mean - truth.net) <= quarter;
    }
    CHECK(participants == worlds);  // all places are taken
    // Of 300 draws at 95 %: fewer than 268 or more than 298 less than once in 10 000 times (285 expected, standard deviation 3.8).
    for (const int n : held) {
        CAPTURE(n);
        CHECK(n >= 268);
        CHECK(n <= 298);
    }
    // It would notice an effect without the displacement in it, a deadweight of a quarter more, or intervals half as wide.
    CHECK(without_displacement < 150);
    CHECK(larger < 250);
    CHECK(half_as_wide < 268);
}
