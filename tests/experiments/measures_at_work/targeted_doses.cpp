/// Doses for the members of a target group: read, written, in range, and at work on them alone.

#include "models/targeted_doses.hpp"

#include <algorithm>
#include <cmath>
#include <memory>
#include <set>
#include <string>

#include <catch2/catch.hpp>

#include "experiments/scenarios/plan.hpp"
#include "experiments/scenarios/scenario.hpp"
#include "models/levers.hpp"
#include "sim/error.hpp"
#include "tests/support/shared_start.hpp"

namespace {

using experiments::Measure;
using experiments::Plan;
using models::LeverOfPersons;
using models::Parameters;
using models::PersonalLever;

constexpr sim::Month last = sim::Month::of(2022, 2);
const std::vector<std::string> known{"Zuid-Limburg"};

const tests::SharedStart& shared() {
    static const tests::SharedStart start(known, 0.2);
    return start;
}

/// Many apply for courses and find a place, so that a small world has enough of them.
Parameters keen() {
    Parameters p;
    p.side_entry.consider_employed = 0.004;
    p.side_entry.consider_unemployed = 0.05;
    p.side_entry.places_factor = 15;
    return p;
}

Measure dose_for(const models::PersonGroup& who, std::string_view lever, double value, const std::string& name = "m") {
    Measure made;
    made.name = name;
    made.start = experiments::first_month;
    made.doses = {{std::string(lever), value}};
    made.dosed = who;
    return made;
}

models::PersonGroup women() {
    models::PersonGroup group;
    group.sexes = 1U << models::index_of(models::Sex::women);
    return group;
}

models::PersonGroup whole() {
    models::PersonGroup group;
    group.oldest = 149;  // holds everybody, but is not `everybody()`
    return group;
}

double null_of(std::string_view lever) { return models::partial_dose(models::find_lever(lever)->rule, 0, 1, 0); }

std::string finding_of(const std::string& text) {
    try {
        (void)experiments::scenario_from_text("extends = \"nothing\"\n" + text, "s.toml", known);
    } catch (const sim::InputError& error) {
        return error.what();
    }
    return {};
}

}  // namespace

TEST_CASE("every personal lever is one whose doses act by region", "[experiments][unit]") {
    for (const auto name : models::personal_levers) {
        CAPTURE(name);
        const auto* lever = models::find_lever(name);
        REQUIRE(lever != nullptr);
        CHECK(lever->by_region);
        CHECK(lever->rule != models::Combination::strongest);  // the highest value of a person would not be that of the doses that raise it
        CHECK(models::personal_levers[models::index_of(*models::personal_lever(name))] == name);
    }
    CHECK_FALSE(models::personal_lever("demand.demand_level"));
}

TEST_CASE("a target group without an offer is that of the doses, and reads back as itself", "[experiments][unit]") {
    const std::string head = "[measure.m]\nstart = \"2022-01\"\n";
    const auto scenario = experiments::scenario_from_text(
        "extends = \"nothing\"\n" + head + "dose.separations.retention_effect = 0.1\ntarget.sex = [\"women\"]\ntarget.age = [15, 34]\n", "s.toml", known);
    const auto& m = scenario.measures.back();
    CHECK_FALSE(m.offer);
    CHECK(m.dosed.sexes == 2U);
    CHECK(m.dosed.oldest == 34);
    const std::string text = experiments::scenario_text(scenario);
    CHECK(experiments::scenario_from_text(text, "s.toml", known).measures.back().dosed == m.dosed);
    // With an offer it stays that of the offer, and the doses act on everybody.
    const auto with_offer = experiments::scenario_from_text(
        "extends = \"nothing\"\n" + head + "dose.side_entry.subsidy = 10\noffer.programme = \"course\"\noffer.places = 10\ntarget.sex = [\"women\"]\n",
        "s.toml", known);
    CHECK(with_offer.measures.back().dosed.everybody());
    CHECK(with_offer.measures.back().offer->who.sexes == 2U);

    const std::string refused = finding_of(head + "dose.side_entry.subsidy = 10\ndose.demand.demand_level = 1.1\ntarget.sex = [\"women\"]\n");
    CHECK(refused.find("s.toml:6: measure.m.target.sex: is a target group, but demand.demand_level acts on whole regions; levers whose dose can be for a group "
                       "are separations.retention_effect, adult_bbl.interest, side_entry.propensity") != std::string::npos);
    CHECK(std::count(refused.begin(), refused.end(), '\n') <= 1);
    CHECK(finding_of(head + "coordination.reduction = 0.1\ntarget.sex = [\"women\"]\n").find("nothing is offered to it and no dose acts on it") !=
          std::string::npos);
    // As if everybody were a member doses are held to the range of their lever, also beside others.
    CHECK(finding_of(head + "dose.side_entry.subsidy = 60000\ntarget.sex = [\"women\"]\n").find("brings side_entry.subsidy to 60000") != std::string::npos);
    CHECK(finding_of(head + "dose.side_entry.subsidy = 30000\ntarget.sex = [\"women\"]\n[measure.n]\nstart = \"2022-01\"\ndose.side_entry.subsidy = 30000\n")
              .find("brings side_entry.subsidy to 60000 in 2022-01 together with other measures") != std::string::npos);
}

TEST_CASE("members have the doses for everybody and for their groups, others those for everybody", "[experiments]") {
    const Parameters base;
    auto half = dose_for(women(), "separations.retention_effect", 0.4, "b");
    half.ramp = 2;
    const Plan plan(base, {half, dose_for({}, "separations.retention_effect", 0.1, "a"), dose_for(women(), "side_entry.propensity", 0.5, "c")}, known);
    auto world = shared().world();
    const auto policy = plan.policy_at(experiments::first_month);
    const auto parameters = plan.parameters_at(experiments::first_month);
    world.policy = &policy;
    world.parameters = &parameters;
    CHECK(parameters.separations.retention_effect == Approx(0.1));
    const LeverOfPersons retention(world, PersonalLever::retention_effect), propensity(world, PersonalLever::side_entry_propensity),
        subsidy(world, PersonalLever::side_entry_subsidy);
    CHECK(retention.differs());
    CHECK_FALSE(subsidy.differs());
    CHECK(retention.highest(0) == Approx(1 - 0.9 * 0.8));
    CHECK(propensity.highest(0) == 1);  // a dose that lowers it raises nobody's
    std::size_t members = 0;
    for (models::Row row = 0; row < world.persons.size(); ++row) {
        if (!world.resident(row)) continue;
        const bool member = world.persons.record[row].sex == models::Sex::women;
        members += member;
        if (retention.of(row) != (member ? 1 - 0.9 * 0.8 : parameters.separations.retention_effect)) {
            CHECK(retention.of(row) == Approx(member ? 1 - 0.9 * 0.8 : 0.1));
        }
        if (propensity.of(row) != (member ? 0.5 : 1.0)) FAIL("propensity of somebody");
    }
    CHECK(members > 1000);
}

TEST_CASE("a null dose for a group changes no byte of a run, and one for everybody is that of the region", "[experiments][property]") {
    const Parameters base = keen();
    const auto baseline = shared().run(base, last);
    for (const auto lever : models::personal_levers) {
        CAPTURE(lever);
        const auto run = [&](const models::PersonGroup& who, double value) {
            const Plan plan(base, {dose_for(who, lever, value)}, known);
            const auto policy = plan.policy_at(experiments::first_month);
            const auto parameters = plan.parameters_at(experiments::first_month);
            return shared().run(parameters, last, 0, {}, &policy);
        };
        CHECK(tests::different_series(baseline, run(women(), null_of(lever))) == std::vector<std::string>{});
        // A propensity below that of everybody leaves the ceiling of the stream where it is for a group, and lowers it for a region.
        const double strong = lever == "side_entry.subsidy" ? 50'000 : lever == "side_entry.length_factor" ? 0.3 : lever == "side_entry.propensity" ? 1.4 : 0.9;
        const auto everywhere = run({}, strong);
        CHECK(tests::different_series(baseline, everywhere) != std::vector<std::string>{});
        CHECK(tests::different_series(everywhere, run(women(), strong)) != std::vector<std::string>{});
        // Interest in BBL is a factor of its own for a member, which rounds another way than that of a region.
        if (lever != "adult_bbl.interest") CHECK(tests::different_series(everywhere, run(whole(), strong)) == std::vector<std::string>{});
    }
}

TEST_CASE("a dose for a group moves no draw of others", "[experiments][property]") {
    const Parameters base = keen();  // few enough that nobody is refused for want of a place, which others could then have
    const auto takers = [&](const models::PersonGroup& who, double value) {
        const Plan plan(base, {dose_for(who, "side_entry.propensity", value)}, known);
        const auto policy = plan.policy_at(experiments::first_month);
        const auto parameters = plan.parameters_at(experiments::first_month);
        std::set<models::Row> men, others;
        (void)shared().run(
            parameters, experiments::first_month, 0,
            [&](const models::World& world) {
                for (const auto& taker : world.programmes.side_entry.takers)
                    if (taker.begun == models::stored(world.month)) (world.persons.record[taker.row].sex == models::Sex::men ? men : others).insert(taker.row);
            },
            &policy);
        return std::make_pair(men, others);
    };
    const auto [men, few_women] = takers(women(), 0.2);
    const auto [same_men, all_women] = takers(women(), 1);
    CHECK(men.size() > 3);
    CHECK(men == same_men);
    CHECK(few_women.size() < all_women.size());
    CHECK(std::includes(all_women.begin(), all_women.end(), few_women.begin(), few_women.end()));
}
