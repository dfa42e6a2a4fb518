#include "sim/schedule.hpp"

#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "sim/probability.hpp"

TEST_CASE("a schedule runs its processes in order and keeps the places of those not built", "[sim][unit]") {
    using World = std::vector<std::string>;
    sim::Schedule<World> schedule;
    schedule.add(1, "first", [](World& w, sim::Month m) { w.push_back("first " + m.text()); });
    schedule.add(2, "later");
    schedule.add(3, "third", [](World& w, sim::Month m) { w.push_back("third " + m.text()); });
    World world;
    schedule.run(world, sim::Month::of(2021, 1));
    schedule.run(world, sim::Month::of(2021, 2));
    CHECK(world == World{"first 2021-01", "third 2021-01", "first 2021-02", "third 2021-02"});
    REQUIRE(schedule.entries().size() == 3);
    CHECK(schedule.entries()[1].name == "later");
    CHECK(schedule.entries()[1].each.empty());
    CHECK(schedule.entries()[2].each.size() == 2);
    CHECK(schedule.entries()[2].seconds >= 0);
}

TEST_CASE("a monthly probability gives the yearly one over twelve months", "[sim][unit]") {
    const auto month = sim::monthly(sim::YearlyProbability(0.3));
    double stays = 1;
    for (int m = 0; m < 12; ++m) stays *= 1 - month.value();
    CHECK(1 - stays == Approx(0.3).epsilon(1e-12));
    CHECK(month.value() > 0.3 / 12);
    CHECK(sim::yearly(month).value() == Approx(0.3).epsilon(1e-12));
    CHECK(sim::monthly(sim::YearlyProbability(0)).value() == 0);
    CHECK(sim::monthly(sim::YearlyProbability(1)).value() == 1);
}
