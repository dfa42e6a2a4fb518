/// Accounts close exactly in every month and region under strong doses of all levers at once, those of programmes included.

#include <algorithm>
#include <array>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>

#include "models/levers.hpp"
#include "tests/support/accounts.hpp"
#include "tests/support/shared_start.hpp"

namespace {

using models::Parameters;
using models::ProgrammeFlow;
using models::ProgrammeKind;
using models::Row;

/// A value anywhere in the range of every lever. What else is set gives rare programmes people, and lets action lines begin in the run.
Parameters any_doses(unsigned seed) {
    std::mt19937 luck(seed);
    Parameters p;
    for (const auto& lever : models::all_levers())
        for (const auto& parameter : models::all_parameters())
            if (parameter.name == lever.parameter)
                parameter.set(p, parameter.minimum + (parameter.maximum - parameter.minimum) * std::uniform_real_distribution<double>()(luck));
    p.work_learning.added_from = 2021;
    p.work_learning.distance_reach = 2;
    p.work_learning.apply = 0.002;
    p.side_entry.propensity = std::max(p.side_entry.propensity, 5.0);
    p.teaching.start_rate = 0.01;
    p.innovation.action_from = p.innovation.tracks_from = 2021;
    return p;
}

/// Accounts of programmes, from month to month. They stand in no series of a file yet, so the world tells.
class ProgrammeAccounts {
public:
    explicit ProgrammeAccounts(const models::World& start) { remember(start); }

    void month_done(const models::World& world) {
        const auto& state = world.programmes;
        for (const auto kind : {ProgrammeKind::course, ProgrammeKind::part_time_course, ProgrammeKind::work_learning, ProgrammeKind::adult_bbl}) {
            CAPTURE(world.month.text(), static_cast<int>(kind));
            long long come = 0, gone = 0;
            for (std::size_t region = 0; region < static_cast<std::size_t>(world.regions); ++region) {
                const auto flow = [&](ProgrammeFlow what) { return static_cast<long long>(state.flow_of(region, kind, what)); };
                const long long participants = flow(ProgrammeFlow::participants);
                CHECK(flow(ProgrammeFlow::applicants) == participants + flow(ProgrammeFlow::refused_place) + flow(ProgrammeFlow::refused_lot));
                for (int what = 0; what < models::programme_flows; ++what) CHECK(flow(static_cast<ProgrammeFlow>(what)) >= 0);
                come += participants;
                gone += flow(ProgrammeFlow::completions) + flow(ProgrammeFlow::dropouts);
                all_[models::index_of(kind)] += participants;
            }
            auto& inside = inside_[models::index_of(kind)];
            const auto left = std::count_if(inside.begin(), inside.end(), [&](Row row) { return !world.resident(row); });
            const auto now = members(world, kind);
            // Who died or left the regions is neither a completion nor a drop-out; who moves between regions stays inside. Adults who were in BBL at the start
            // are listed in the first month.
            if (kind != ProgrammeKind::adult_bbl || world.month > tests::SharedStart::first)
                CHECK(static_cast<long long>(now.size()) == static_cast<long long>(inside.size()) + come - gone - left);
        }
        long long takers = 0, begun = 0, by_kind = 0;
        for (const auto kind : {ProgrammeKind::course, ProgrammeKind::part_time_course})
            for (std::size_t region = 0; region < static_cast<std::size_t>(world.regions); ++region)
                takers += state.flow_of(region, kind, ProgrammeFlow::participants);
        for (std::size_t region = 0; region < static_cast<std::size_t>(world.regions); ++region)
            by_kind += state.flow_of(region, ProgrammeKind::adult_bbl, ProgrammeFlow::participants);
        for (const auto count : state.begun) begun += count;
        CHECK(begun >= takers);
        CHECK(begun <= takers + by_kind);  // adults who are in technical or ICT work already enter nothing
        long long places = 0;
        for (const auto count : state.places) places += count;
        CHECK(takers <= places);
        remember(world);
    }
    [[nodiscard]] long long participants(ProgrammeKind kind) const { return all_[models::index_of(kind)]; }

private:
    static std::set<Row> members(const models::World& world, ProgrammeKind kind) {
        std::set<Row> rows;
        if (kind == ProgrammeKind::adult_bbl) {
            for (const auto& learner : world.programmes.adult_bbl.learners)
                if (world.resident(learner.row)) rows.insert(learner.row);
            return rows;
        }
        for (Row row = 0; row < world.persons.size(); ++row) {
            const auto& person = world.persons.record[row];
            if (world.resident(row) && models::in_programme(person, world.month) && models::kind_of(person.programme) == kind) rows.insert(row);
        }
        return rows;
    }
    void remember(const models::World& world) {
        for (std::size_t kind = 1; kind < inside_.size(); ++kind) inside_[kind] = members(world, static_cast<ProgrammeKind>(kind));
    }
    std::array<std::set<Row>, models::programme_kinds> inside_;
    std::array<long long, models::programme_kinds> all_{};
};

}  // namespace

TEST_CASE("accounts close under any doses of all levers at once", "[experiments][property]") {
    const tests::SharedStart start({"IJmond", "Zeeuws-Vlaanderen"}, 0.2);
    std::array<long long, models::programme_kinds> participants{};
    for (unsigned seed = 1; seed <= 6; ++seed) {
        CAPTURE(seed);
        const auto parameters = any_doses(seed);
        ProgrammeAccounts programmes(start.world());
        const auto trajectory = start.run(parameters, sim::Month::of(2022, 6), seed, [&](const models::World& world) { programmes.month_done(world); });
        tests::check_accounts(trajectory);
        for (std::size_t kind = 1; kind < participants.size(); ++kind) participants[kind] += programmes.participants(static_cast<ProgrammeKind>(kind));
    }
    // The accounts of an empty programme would close too.
    for (std::size_t kind = 1; kind < participants.size(); ++kind) {
        CAPTURE(kind, participants[kind]);
        CHECK(participants[kind] > 50);
    }
}

TEST_CASE("an account that is open is named", "[experiments][unit]") {
    const tests::SharedStart start({"Zeeuws-Vlaanderen"}, 0.02);
    auto trajectory = start.run(Parameters{}, sim::Month::of(2021, 3));
    CHECK(tests::Accounts(trajectory, trajectory.points()).open().empty());
    ++trajectory.counts(trajectory.find("vacancies"), 0, 2)[3];
    const auto open = tests::Accounts(trajectory, trajectory.points()).open();
    REQUIRE(open.size() == 1);
    CHECK(open[0].rfind("account 11: vacancies", 0) == 0);
}
