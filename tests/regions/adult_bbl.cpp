#include "models/adult_bbl.hpp"

#include <algorithm>
#include <cmath>

#include <catch2/catch.hpp>

#include "models/bbl.hpp"
#include "models/month.hpp"
#include "models/progress.hpp"
#include "tests/support/start_world.hpp"

using namespace models;

namespace {

constexpr int months = 14;  // February and September, and the starts of the next year

struct Counts {
    std::int64_t applicants = 0, refused = 0, by_lot = 0, participants = 0, left = 0;
};

void add(Counts& c, const World& world) {
    const auto& p = world.programmes;
    for (std::size_t r = 0; r < static_cast<std::size_t>(world.regions); ++r) {
        const auto of = [&](ProgrammeFlow what) { return p.flow_of(r, ProgrammeKind::adult_bbl, what); };
        c.applicants += of(ProgrammeFlow::applicants);
        c.refused += of(ProgrammeFlow::refused_place);
        c.by_lot += of(ProgrammeFlow::refused_lot);
        c.participants += of(ProgrammeFlow::participants);
        c.left += of(ProgrammeFlow::completions) + of(ProgrammeFlow::dropouts);
    }
}

bool adult_learner(const World& world, Row row) {
    const Person& p = world.persons.record[row];
    return world.resident(row) && p.track == Track::mbo_bbl && world.age(row) >= first_adult_age;
}

/// Runs months of a world; `look` sees it after each.
template <class Look>
void live(World& world, int number, Look&& look) {
    auto schedule = month_schedule(nullptr);
    for (int m = 0; m < number; ++m) {
        schedule.run(world, sim::Month::of(2021, 1) + m);
        look();
    }
}

}  // namespace

TEST_CASE("the start holds the stock of adults that the intake of the tables keeps", "[regions]") {
    const tests::StartWorld start({"Brainport"}, 0.2);
    const World world = start.world();
    double learners = 0, adults = 0, expected = 0;
    for (Row row = 0; row < world.persons.size(); ++row) {
        if (!world.resident(row)) continue;
        const bool learns = world.persons.record[row].track == Track::mbo_bbl;
        learners += learns;
        adults += adult_learner(world, row);
        if (world.age(row) >= first_adult_age) expected += start.start.adult_bbl.share(world.age(row), index_of(world.persons.record[row].sex));
        if (learns) CHECK(world.persons.record[row].contract == Contract::bbl);
    }
    CHECK(expected > 200);
    // Those who began young and are 25 by now are a few more.
    CHECK(adults > expected - 4 * std::sqrt(expected));
    CHECK(adults < 1.4 * expected);
    CHECK(adults / learners > 0.3);
    CHECK(adults / learners < 0.6);
}

TEST_CASE("adults begin at free places of learning companies, have a contract or lost it lately, and the list of learners closes", "[regions]") {
    const tests::StartWorld start({"Brainport", "Zeeuws-Vlaanderen"}, 0.1);
    World world = start.world();
    std::size_t before = 0;
    std::int64_t gone = 0;
    Counts all;
    live(world, months, [&] {
        Counts month;
        add(month, world);
        add(all, world);
        const auto& learners = world.programmes.adult_bbl.learners;
        CHECK(month.applicants == month.refused + month.by_lot + month.participants);
        CHECK(std::is_sorted(learners.begin(), learners.end(), [](const auto& a, const auto& b) { return a.row < b.row; }));
        // Nobody gets lost: who is missing completed the path, dropped out or left the regions.
        if (before > 0) gone += static_cast<std::int64_t>(before) + month.participants - month.left - static_cast<std::int64_t>(learners.size());
        before = learners.size();
        std::vector<int> taken(world.employers.size(), 0);
        std::size_t without_contract_too_long = 0;
        for (Row row = 0; row < world.persons.size(); ++row) {
            const Person& p = world.persons.record[row];
            if (p.contract == Contract::bbl) ++taken[world.employers.post[world.persons.post[row]].employer];
            if (adult_learner(world, row) && p.contract != Contract::bbl)
                without_contract_too_long += months_since(p.since, world.month) > bbl_months_without_contract;
        }
        CHECK(without_contract_too_long == 0);
        std::size_t too_many = 0, miscounted = 0;
        for (std::size_t e = 0; e < world.employers.size(); ++e) {
            const auto& employer = world.employers.employer[e];
            miscounted += employer.bbl_taken != taken[e];
            too_many += employer.bbl_taken > employer.bbl_places;
        }
        CHECK(miscounted == 0);
        CHECK(too_many == 0);
    });
    CHECK(all.participants > 50);
    CHECK(gone >= 0);
    CHECK(gone < 0.1 * static_cast<double>(all.participants + all.left) + 5);
}

TEST_CASE("without volume no adult begins, and with more interest more apply for the first intake", "[regions]") {
    tests::StartWorld start({"Brainport"}, 0.1);
    const auto first_intake = [&](const AdultBblParameters& p) {
        start.parameters.adult_bbl = p;
        World world = start.world();
        Counts c;
        live(world, 2, [&] { add(c, world); });
        return c;
    };
    AdultBblParameters p;
    const auto usual = first_intake(p);
    p.volume = 0;
    const auto none = first_intake(p);
    CHECK(none.applicants == 0);
    CHECK(none.participants == 0);
    p = {};
    std::int64_t before = usual.applicants;
    CHECK(before > 0);
    for (const double interest : {0.5, 1.0, 2.0, 3.0}) {
        p.interest = interest;
        const auto more = first_intake(p);
        CHECK(more.applicants >= before);
        CHECK(more.participants >= usual.participants);
        before = more.applicants;
    }
    CHECK(before > 3 * usual.applicants);
}

TEST_CASE("adult BBL does not depend on threads", "[regions]") {
    const tests::StartWorld start({"Zeeuws-Vlaanderen"}, 0.5);
    const auto lived = [&](int threads) {
        World world = start.world();
        sim::Threads arena(threads);
        arena.run([&] { live(world, 3, [] {}); });
        return world;
    };
    CHECK(tests::same_world(lived(1), lived(5)));
}
