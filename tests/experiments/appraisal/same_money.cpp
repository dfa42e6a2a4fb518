#include "experiments/appraisal/same_money.hpp"

#include <algorithm>

#include <catch2/catch.hpp>

#include "experiments/scenarios/library.hpp"
#include "experiments/scenarios/read_measures.hpp"

using namespace experiments;

TEST_CASE("other measures take the same money, or say why they cannot", "[experiments]") {
    Scenario base = default_scenario();
    base.end = sim::Month::of(2035, 12);
    const auto found = same_money(base, 2.3e6, sim::Month::of(2026, 1), sim::Month::of(2028, 12));
    CHECK(found.size() >= 15);
    std::size_t scalable = 0;
    for (const auto& one : found) {
        INFO(one.name << ": " << one.problem);
        CHECK(one.name.rfind("M8", 0) != 0);
        if (!one.problem.empty()) continue;
        ++scalable;
        CHECK(one.factor > 0);
        CHECK(one.measure.start == sim::Month::of(2026, 1));
        CHECK(one.measure.name == "more-" + one.name);
        const auto* own = library().find(one.name);
        REQUIRE(own != nullptr);
        // Money that does not hang on take-up is the same, to the euro.
        if (!one.measure.offer) CHECK(one.measure.cost.fixed.value + 36 * one.measure.cost.per_month.value == Approx(2.3e6));
    }
    CHECK(scalable >= 5);
    const auto free = std::find_if(found.begin(), found.end(), [](const SameMoney& m) { return m.name == "M7"; });
    REQUIRE(free != found.end());
    CHECK(free->problem == "the library gives it no cost");
    // Twice the money is twice the places.
    const auto twice = same_money(base, 4.6e6, sim::Month::of(2026, 1), sim::Month::of(2028, 12));
    for (std::size_t i = 0; i < found.size(); ++i)
        if (found[i].problem.empty() && found[i].measure.offer && twice[i].problem.empty())
            CHECK(twice[i].measure.offer->places.value == Approx(2 * found[i].measure.offer->places.value));
}
