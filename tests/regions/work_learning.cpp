#include "models/work_learning.hpp"

#include <algorithm>

#include <catch2/catch.hpp>

#include "models/month.hpp"
#include "tests/support/start_world.hpp"

using namespace models;

namespace {

struct Lived {
    World world;
    std::int64_t applicants = 0, refused_place = 0, refused_lot = 0, participants = 0, completions = 0, dropouts = 0;
};

/// Months of a region with so many places a year.
Lived live(tests::StartWorld& start, int months, const WorkLearningParameters& p) {
    start.parameters.work_learning = p;
    Lived lived{start.world()};
    World& world = lived.world;
    auto schedule = month_schedule(nullptr);
    for (int m = 0; m < months; ++m) {
        schedule.run(world, sim::Month::of(2021, 1) + m);
        const auto of = [&](ProgrammeFlow what) { return world.programmes.flow_of(0, ProgrammeKind::work_learning, what); };
        CHECK(of(ProgrammeFlow::applicants) == of(ProgrammeFlow::refused_place) + of(ProgrammeFlow::refused_lot) + of(ProgrammeFlow::participants));
        lived.applicants += of(ProgrammeFlow::applicants);
        lived.refused_place += of(ProgrammeFlow::refused_place);
        lived.refused_lot += of(ProgrammeFlow::refused_lot);
        lived.participants += of(ProgrammeFlow::participants);
        lived.completions += of(ProgrammeFlow::completions);
        lived.dropouts += of(ProgrammeFlow::dropouts);
        // Whole places of a month are the mean rounded up or down.
        const double mean = p.added_places / 100'000 * world.programmes.work_learning.residents[0] / 12;
        CHECK(static_cast<double>(of(ProgrammeFlow::participants)) < mean + 1);
        for (const auto& learner : world.programmes.work_learning.learners) {
            const Person& person = world.persons.record[learner.row];
            if (learner.completed != 0 || !world.resident(learner.row)) continue;
            CHECK(kind_of(person.programme) == ProgrammeKind::work_learning);
            CHECK(target_of(person.programme) == work_learning_trade);
        }
    }
    return lived;
}

WorkLearningParameters offer(double places, double apply = 0.004) {
    WorkLearningParameters p;
    p.added_places = places;
    p.added_from = 2021;
    p.apply = apply;
    p.guarantee_share = 1;
    return p;
}

}  // namespace

TEST_CASE("work-learning takes up to its places, and who completes it begins in the trade", "[regions]") {
    tests::StartWorld start({"Zuid-Limburg"}, 0.2);
    const auto lived = live(start, 10, offer(400, 0.02));
    CHECK(lived.participants > 150);
    CHECK(lived.refused_place > 0);
    CHECK(lived.refused_lot > 0);
    const World& world = lived.world;
    std::int64_t ended = 0, in_trade = 0, inside = 0;
    for (Row row = 0; row < world.persons.size(); ++row) {
        const Person& p = world.persons.record[row];
        if (!world.resident(row) || kind_of(p.programme) != ProgrammeKind::work_learning) continue;
        if (in_programme(p, world.month)) {
            ++inside;
            CHECK(p.status == LabourStatus::inactive);
            continue;
        }
        ++ended;
        in_trade += p.occupation == work_learning_trade;
    }
    CHECK(inside > 0);
    CHECK(inside <= lived.participants - lived.completions - lived.dropouts);
    CHECK(ended > 30);
    // Most hold the job that was guaranteed; some of the months since have seen quits and other jobs.
    CHECK(in_trade > 0.7 * static_cast<double>(ended));
    // Seven in ten of those whose six months are over stayed; of those who began later only drop-outs have ended.
    CHECK(lived.completions > lived.dropouts);
    CHECK(static_cast<double>(lived.completions) < 0.8 * static_cast<double>(lived.completions + lived.dropouts));
}

TEST_CASE("no places change nothing, and more places never admit fewer at first", "[regions]") {
    tests::StartWorld start({"Zuid-Limburg"}, 0.1);
    WorkLearningParameters keen = offer(0, 0.05);
    keen.completion = 0.3;
    const auto none = live(start, 3, keen);
    CHECK(none.applicants == 0);
    CHECK(tests::same_world(none.world, live(start, 3, WorkLearningParameters{}).world));
    std::int64_t before = 0;
    for (const double places : {50.0, 100.0, 200.0, 400.0}) {
        const auto lived = live(start, 1, offer(places, 0.01));
        CHECK(lived.participants >= before);
        before = lived.participants;
    }
    CHECK(before > 10);
}

TEST_CASE("a guarantee that nobody gives leaves those who complete to the usual search", "[regions]") {
    tests::StartWorld start({"Zuid-Limburg"}, 0.1);
    auto p = offer(400);
    p.guarantee_share = 0;
    p.length = 2;
    const auto lived = live(start, 8, p);
    CHECK(lived.completions > 10);
    // Nobody waits longer than the guarantee says.
    for (const auto& learner : lived.world.programmes.work_learning.learners) CHECK(months_since(learner.end, lived.world.month) <= p.guarantee_months);
}
