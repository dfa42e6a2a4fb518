#include "experiments/assessment/mixes.hpp"

#include <catch2/catch.hpp>

#include "experiments/scenarios/library.hpp"
#include "regions/readers.hpp"
#include "sim/error.hpp"

using namespace experiments;

namespace {

Measure measure() {
    Measure made;
    made.name = "M1";
    made.start = first_month;
    made.doses.push_back({"side_entry.propensity", 1.1, {.low = 1, .high = 1.4}});
    made.doses.push_back({"schooling.dropout_factor", 0.99, {.low = 0.95, .high = 1}});
    made.doses.push_back({"schooling.hbo_interest", 0.2});
    made.offer.emplace();
    made.offer->places = {100, {.low = 50, .high = 200}};
    made.cost.fixed.value = 1000;
    made.cost.per_participant.value = 7;
    made.cost.per_month.value = 10;
    return made;
}

}  // namespace

TEST_CASE("a measure at a strength lies between nothing and the far ends of its own ranges", "[experiments][unit]") {
    const models::Parameters base;
    const Measure planned = measure();
    // Its figures are at 0.25, 0.2, 1 and 0.5 of their strongest.
    CHECK(usual_strength(planned, base) == Approx(0.4875));
    const Measure top = at_strength(planned, planned, 1, base);
    CHECK(top.doses[0].value == 1.4);
    CHECK(top.doses[1].value == 0.95);
    CHECK(top.doses[2].value == 0.2);
    CHECK(top.offer->places.value == 200);
    CHECK(top.cost.fixed.value == Approx(1000 / 0.4875));
    CHECK(top.cost.per_participant.value == 7);
    const Measure half = at_strength(planned, planned, 0.5, base);
    CHECK(half.doses[0].value == Approx(1.2));
    CHECK(half.doses[1].value == Approx(0.975));
    CHECK(half.doses[2].value == Approx(0.1));
    CHECK(half.offer->places.value == Approx(100));
    CHECK(half.cost.per_month.value == Approx(10 * 0.5 / 0.4875));
    // Of a draw only cost and overlap count.
    Measure drawn = planned;
    drawn.doses[0].value = 1.3;
    drawn.offer->places.value = 190;
    drawn.cost.fixed.value = 3000;
    const Measure of_draw = at_strength(drawn, planned, 0.5, base);
    CHECK(of_draw.doses[0].value == half.doses[0].value);
    CHECK(of_draw.offer->places.value == half.offer->places.value);
    CHECK(of_draw.cost.fixed.value == Approx(3000 * 0.5 / 0.4875));
}

TEST_CASE("a setting of whole numbers has no half", "[experiments][unit]") {
    Measure planned;
    planned.doses.push_back({"work_learning.distance_reach", 2});
    const models::Parameters base;
    const auto value = [&](double strength) { return at_strength(planned, planned, strength, base).doses[0].value; };
    CHECK(value(1) == 2);
    models::Parameters tried;
    const auto* reach = models::find_parameter("work_learning.distance_reach");
    for (const double strength : {0.1, 0.3, 0.7}) {
        reach->set(tried, value(strength));
        CHECK(reach->get(tried) == value(strength));
    }
}

TEST_CASE("a mix leaves out what has no strength, and what is no player's stays", "[experiments][unit]") {
    Scenario scenario;
    scenario.measures = {measure(), measure()};
    scenario.measures[1].name = "mine";
    const std::vector<Player> players{{"M1", {"M1"}}};
    CHECK(with_mix(scenario, scenario, players, {0}).measures.size() == 1);
    const auto strong = with_mix(scenario, scenario, players, {1});
    REQUIRE(strong.measures.size() == 2);
    CHECK(strong.measures[0].doses[0].value == 1.4);
    CHECK_THROWS_AS(with_mix(scenario, scenario, players, {1, 1}), sim::Bug);
}

TEST_CASE("all measures of the plan at their strongest keep every lever in its range", "[experiments]") {
    const auto scenario = default_scenario();
    const auto players = players_of(scenario, library().plan);
    CHECK_NOTHROW(check_strongest(scenario, players, regions::all_regions()));
    // Out of its range a lever is refused by name.
    auto wide = scenario;
    for (auto& m : wide.measures)
        if (m.name == "M2") m.doses[1].evidence.high = 1e6;
    CHECK_THROWS_WITH(check_strongest(wide, players, regions::all_regions()), Catch::Contains("schooling.hbo_interest"));
}
