#include "models/offered_learning_places.hpp"

#include <numeric>
#include <vector>

#include <catch2/catch.hpp>

#include "experiments/runs/policy_record.hpp"
#include "models/policy.hpp"
#include "tests/support/shared_start.hpp"

namespace {

using models::Parameters;
using models::PolicyFlow;

constexpr double scale = 0.2;
constexpr sim::Month last = sim::Month::of(2024, 12);  // some have a diploma by then

const tests::SharedStart& shared() {
    static const tests::SharedStart start({"Zuid-Limburg"}, scale);
    return start;
}

/// Many adults apply and companies have few places, so that many find none; the lot is large.
Parameters short_of_places() {
    Parameters p;
    p.adult_bbl.volume = 3;
    p.schooling.places_factor = 0.3;
    p.programmes.lot_share = 0.2;
    return p;
}

models::Policy places_for_adults(double places) {
    models::Policy policy;
    policy.measures = 1;
    policy.offers.push_back({.lot = 77, .measure = 0, .programme = models::OfferedProgramme::adult_bbl, .places = {places}});
    policy.spending.push_back({{0}, 100});
    return policy;
}

}  // namespace

TEST_CASE("adults who found no learning place take those of a measure, whose accounts close", "[experiments]") {
    const Parameters parameters = short_of_places();
    auto policy = places_for_adults(400);
    policy.offers[0].who.sexes = 1U << models::index_of(models::Sex::men);
    experiments::PolicyRecord record;
    std::int64_t before = 0;
    (void)shared().run(
        parameters, last, 0,
        [&](const models::World& world) {
            record.add(world, {"places"});
            const auto stand = record.at("places", world.month);
            const auto of = [&](PolicyFlow what) { return stand.people[models::index_of(what)]; };
            CHECK(of(PolicyFlow::applicants) == of(PolicyFlow::participants) + of(PolicyFlow::refused_place) + of(PolicyFlow::refused_lot));
            CHECK(of(PolicyFlow::completions) + of(PolicyFlow::in_programme) <= of(PolicyFlow::participants));
            CHECK(of(PolicyFlow::placements) <= of(PolicyFlow::completions));
            const double season = models::adult_season(world.month.month_of_year(), world.tables->adult_bbl);
            CHECK(static_cast<double>(of(PolicyFlow::participants) - before) <= 400 * scale * season + 1);
            before = of(PolicyFlow::participants);
            CHECK(stand.spending == Approx(100 * static_cast<double>(before) / scale));
            for (const auto& e : world.employers.employer)
                if (e.bbl_taken > e.bbl_places) FAIL("more learners than places");
        },
        &policy);
    const auto stand = record.at("places", last);
    CHECK(before > 30);
    CHECK(stand.people[models::index_of(PolicyFlow::refused_lot)] > 5);
    CHECK(stand.people[models::index_of(PolicyFlow::in_programme)] > 10);
    CHECK(stand.people[models::index_of(PolicyFlow::completions)] > 0);
    // A learner works from the first day; who was refused may still be where he was.
    CHECK(stand.standing.participants_in_target > stand.standing.participants / 2);
    const double refused = stand.standing.refused, participants = stand.standing.participants;
    CHECK(stand.standing.refused_in_target / refused < stand.standing.participants_in_target / participants);
}

TEST_CASE("whoever learns through a measure is of its target group, and more learn than without", "[experiments]") {
    const Parameters parameters = short_of_places();
    auto policy = places_for_adults(400);
    policy.offers[0].who.sexes = 1U << models::index_of(models::Sex::men);
    const auto learners = [&](const models::Policy* in_force) {
        std::size_t all = 0, of_measure = 0;
        (void)shared().run(
            parameters, sim::Month::of(2021, 10), 0,
            [&](const models::World& world) {
                all = world.programmes.adult_bbl.learners.size();
                of_measure = 0;
                for (const auto& learner : world.programmes.adult_bbl.learners) {
                    of_measure += learner.lot != 0;
                    if (learner.lot != 0 && world.persons.record[learner.row].sex != models::Sex::men) FAIL("somebody outside of the group");
                }
            },
            in_force);
        return std::make_pair(all, of_measure);
    };
    const auto [with, through] = learners(&policy);
    const auto [without, nobody] = learners(nullptr);
    CHECK(nobody == 0);
    CHECK(through > 20);
    CHECK(with > without);
}

TEST_CASE("an offer of no learning places changes no byte of a run", "[experiments][property]") {
    const Parameters parameters = short_of_places();
    const auto policy = places_for_adults(0);
    CHECK_FALSE(models::offers_learning_places(shared().world()));
    const auto month = sim::Month::of(2022, 3);
    CHECK(tests::different_series(shared().run(parameters, month), shared().run(parameters, month, 0, {}, &policy)) == std::vector<std::string>{});
}
