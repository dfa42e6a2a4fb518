#include "experiments/comparison/reckonings.hpp"

#include <cmath>
#include <limits>

#include <catch2/catch.hpp>

#include "experiments/scenarios/scenario.hpp"

using namespace experiments;

namespace {

Scenario with(const std::vector<std::string>& gates, const std::vector<std::string>& others = {}) {
    Scenario scenario;
    for (const auto& name : gates) {
        Measure measure;
        measure.name = name;
        measure.offer.emplace();
        scenario.measures.push_back(measure);
    }
    for (const auto& name : others) {
        Measure measure;
        measure.name = name;
        scenario.measures.push_back(measure);
    }
    return scenario;
}

}  // namespace

TEST_CASE("the gates of an arm are those that one of the two scenarios holds", "[experiments][unit]") {
    const auto month = sim::Month::of(2024, 1);
    const auto sign = [&](const Scenario& base, const Scenario& arm) { return GatesOfArm(base, arm, month).sign(); };
    CHECK(sign(with({"a"}), with({"a"})) == 0);
    CHECK(sign(with({"a"}), with({"a"}, {"lever"})) == 0);
    CHECK(sign(with({"a"}), with({"a", "b"})) == 1);
    CHECK(sign(with({"a", "b"}), with({"a"})) == -1);
    CHECK(sign(with({"a"}), with({"b"})) == 0);
    CHECK(GatesOfArm(with({"a", "b"}), with({"a"}), month).measures() == std::vector<std::string>{"b"});
}

TEST_CASE("what is spent is told by measure of both scenarios and by region", "[experiments][unit]") {
    const GatesOfArm gates(with({"a"}, {"left"}), with({"a", "b"}, {"lever"}), sim::Month::of(2021, 1));
    CHECK(gates.paid() == std::vector<std::string>{"a", "b", "lever", "left"});
    // Records of runs without months: nothing is spent, and nobody stands at a gate.
    const auto pair = gates.of({}, {});
    CHECK(pair.spending == 0);
    CHECK(pair.spending_on == std::vector<double>(4, 0.0));
    CHECK(pair.spending_in.empty());
    CHECK(pair.standing_at.size() == 1);
}

TEST_CASE("each gate has the deadweight of its own lot, and none where that refused nobody", "[experiments][unit]") {
    std::vector<PairOfGates> pairs(2);
    for (auto& pair : pairs) pair.standing_at.resize(2);
    pairs[0].standing_at[0][1] = {100, 70, 5, 2};
    pairs[1].standing_at[0][1] = {120, 90, 5, 4};
    pairs[0].standing_at[1][1] = {8, 4, 0, 0};
    const auto found = reckonings_by_gate(pairs, {"a", "b"}, {false, true, false, false, false}, 10);
    REQUIRE(found.size() == 2);
    CHECK(found[0].measure == "a");
    CHECK(found[0].months == 12);
    CHECK(found[0].participants.mean == Approx(1100));
    CHECK(found[0].gross.mean == Approx(800));
    CHECK(found[0].deadweight.mean == Approx(660));
    CHECK(found[0].refused == 10);
    CHECK(found[1].gross.mean == Approx(20));
    CHECK(std::isnan(found[1].deadweight.mean));
    CHECK(found[1].refused == 0);
}

TEST_CASE("gross placements are deadweight, displacement and net effect in the mean of the pairs, whichever scenario holds the gate", "[experiments][unit]") {
    std::vector<PairOfGates> pairs(2);
    pairs[0].standing[1] = {100, 70, 5, 2};
    pairs[1].standing[1] = {120, 90, 5, 3};
    const double none = std::numeric_limits<double>::quiet_NaN();
    std::array<std::vector<double>, reckoned_after.size()> net;
    for (auto& list : net) list = {none, none};
    net[1] = {200, 300};
    const auto found = reckonings_of(pairs, net, 1, 10);
    REQUIRE(found.size() == 1);
    const auto& r = found[0];
    CHECK(r.months == 12);
    CHECK(r.refused == 10);
    CHECK(r.participants.mean == Approx(1100));
    CHECK(r.gross.mean == Approx(800));
    CHECK(r.deadweight.mean == Approx(550));
    CHECK(r.net.mean == Approx(250));
    CHECK(r.gross.mean == Approx(r.deadweight.mean + r.displacement.mean + r.net.mean));
    CHECK(r.gross.interval.low < r.gross.mean);
    // The base holds the gate: what the arm lacks is its effect.
    net[1] = {-200, -300};
    CHECK(reckonings_of(pairs, net, -1, 10)[0].net.mean == Approx(250));
    CHECK(reckonings_of(pairs, net, 0, 10).empty());
    pairs[0].standing[1].refused = pairs[1].standing[1].refused = 0;
    CHECK(reckonings_of(pairs, net, 1, 10).empty());
}
