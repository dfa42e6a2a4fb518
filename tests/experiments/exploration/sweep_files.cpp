#include "experiments/exploration/sweep.hpp"

#include <algorithm>

#include <catch2/catch.hpp>

#include "experiments/scenarios/scenario_field.hpp"
#include "regions/readers.hpp"
#include "sim/error.hpp"

using Catch::Matchers::Contains;
using experiments::Sweep;

namespace {

Sweep sweep_of(const std::string& text) { return experiments::sweep_from_text(text, "s.toml", experiments::default_scenario(), regions::all_regions()); }

const std::string design = "[design]\nkind = \"sobol\"\npoints = 8\n[factors]\n";

void refused(const std::string& text, const std::vector<std::string>& parts) {
    try {
        static_cast<void>(sweep_of(text));
        FAIL("accepted: " << text);
    } catch (const sim::InputError& error) {
        for (const auto& part : parts) CHECK_THAT(std::string(error.what()), Contains(part));
    }
}

}  // namespace

TEST_CASE("every number of a scenario that a factor can name is read and set", "[experiments][property]") {
    const auto base = experiments::default_scenario();
    const auto keys = experiments::scenario_fields(base);
    CHECK(keys.size() > 200);
    std::size_t changed = 0;
    for (const auto& key : keys) {
        const auto field = experiments::scenario_field(key, base);
        auto scenario = base;
        const double now = field.get(base);
        const double other = field.kind == experiments::FieldKind::real ? now + std::min(0.25, (field.maximum - field.minimum) / 8) : now + 1;
        field.set(scenario, other);
        if (field.get(scenario) != other) FAIL(key << " is " << field.get(scenario) << " after it was set to " << other);
        changed += experiments::scenario_text(scenario) != experiments::scenario_text(base) ? 1 : 0;
        field.set(scenario, now);
        if (field.get(scenario) != now) FAIL(key << " cannot be set back");
    }
    CHECK(changed == keys.size());
    // What is set to nothing is still there: such a measure coordinates, and offers, by nothing.
    for (const auto* key : {"measure.M10.coordination.reduction", "measure.M4.offer.places", "measure.M4.cost.fixed"}) {
        auto scenario = base;
        experiments::scenario_field(key, base).set(scenario, 0);
        CHECK(experiments::problem_of(scenario).empty());
    }
}

TEST_CASE("a sweep file is read", "[experiments][unit]") {
    const auto sweep = sweep_of(
        "name = \"try\"\nuntil = \"2024-12\"\nscale = 0.02\nseed = 7\nreplicates = 3\nretries = 0\noutcomes = [\"spending\", \"tightness\"]\n"
        "series = [\"vacancies\"]\ncommon_random_numbers = false\n"
        "[outcome.mine]\ntop = [\"vacancies\"]\nuntil = \"2023-12\"\nfrom = \"2023-01\"\n" +
        design +
        "measure.M4.start = {low = \"2022-01\", high = \"2023-12\"}\n"
        "measure.M4.offer.places = \"prior\"\n"
        "measure.M4.ramp = {values = [1, 24], group = \"time\"}\n"
        "parameters.demand.adjustment = {low = 0.05, high = 0.3, distribution = \"normal(0.1, 0.05)\"}\n");
    CHECK(sweep.base.end == sim::Month::of(2024, 12));
    CHECK(sweep.seed == 7);
    CHECK(sweep.replicates == 3);
    REQUIRE(sweep.outcomes.size() == 3);
    CHECK(sweep.outcomes[2].figure->until == sim::Month::of(2023, 12));
    REQUIRE(sweep.factors.size() == 4);
    CHECK(sweep.factors[0].low == 12);
    CHECK(sweep.factors[1].law.has_value());
    CHECK(sweep.factors[2].group == "time");
    const auto at = experiments::scenario_at(sweep, {14, 200, 24, 0.2});
    const auto m4 = std::find_if(at.measures.begin(), at.measures.end(), [](const auto& m) { return m.name == "M4"; });
    REQUIRE(m4 != at.measures.end());
    CHECK(m4->start == sim::Month::of(2022, 3));
    CHECK(m4->offer->places.value == 200);
    CHECK(m4->ramp == 24);
    CHECK(experiments::problem_of(at).empty());
    CHECK_THAT(experiments::problem_of(experiments::scenario_at(sweep, {14, 200, 24, 7})), Contains("parameters.demand.adjustment: is 7, but a number"));
}

TEST_CASE("without a list the ten core indicators and spending are kept", "[experiments][unit]") {
    CHECK(sweep_of(design + "measure.M4.start = {low = \"2022-01\", high = \"2023-12\"}\n").outcomes.size() == 11);
}

TEST_CASE("everything wrong with a sweep file is named with its line and the nearest word", "[experiments][unit]") {
    const std::string good = "parameters.demand.adjustment = {low = 0.1, high = 0.2}\n";
    refused(design + "parameters.demand.adjustmnt = {low = 0, high = 1}\n",
            {"s.toml:5: factors.parameters.demand.adjustmnt: no parameter has this name", "did you mean parameters.demand.adjustment?"});
    refused(design + "measure.M44.start = {low = \"2022-01\", high = \"2023-12\"}\n", {"holds no measure 'M44'; did you mean M4?"});
    refused(design + "measure.M4.offer.plces = {low = 0, high = 1}\n",
            {"measure M4 of the base scenario has no number of this name; did you mean measure.M4.offer.places?"});
    refused(design + "demand.adjustment = {low = 0, high = 1}\n",
            {"names neither a parameter nor a field of a measure; did you mean parameters.demand.adjustment?"});
    refused(design + "parameters.demand.adjustment = {low = 0.2, high = 0.1}\n",
            {"s.toml:5:", "has an empty range: its low end 0.2 is not below its high end 0.1"});
    refused(design + "parameters.demand.adjustment = {low = 0.1, high = 7}\n",
            {"s.toml:5: factors.parameters.demand.adjustment.high: is 7, but a number in 1/month from"});
    refused(design + "parameters.demand.adjustment = {low = 0.1, hihg = 0.2}\n",
            {"factors.parameters.demand.adjustment.hihg: no key of a factor has this name; did you mean high?"});
    refused(design + "parameters.demand.adjustment = 0.2\n", {"is 0.2, but a range {low = ..., high = ...}"});
    refused(design + "measure.M4.start = {low = 2022, high = \"2023-12\"}\n", {"(a month is written in quotes)"});
    refused(design + "measure.M4.cost.fixed = \"prior\"\n", {"is to take its prior, but it has none"});
    refused("[design]\nkind = \"saltelli\"\npoints = 8\n[factors]\nparameters.demand.adjustment = {values = [0.1, 0.2]}\n",
            {"s.toml:2: design.kind:", "a list of values, which a grid takes"});
    refused("[design]\nkind = \"saltele\"\n[factors]\n" + good, {"did you mean saltelli?"});
    refused("replicats = 2\n" + design + good, {"s.toml:1: replicats: no key of a sweep has this name; did you mean replicates?"});
    refused("outcomes = [\"tightnes\"]\n" + design + good, {"did you mean tightness?"});
    refused("outcomes = []\n" + design + good, {"s.toml:1: outcomes: is empty, and no series are named either"});
    refused("until = \"2021-05\"\n" + design + good, {"a month from 2021-12"});
    refused("command = \"x\"\nscenario = \"y.toml\"\n" + design + "a = {low = 0, high = 1}\n", {"names a scenario, but a command", "outcomes: are missing"});
    try {
        static_cast<void>(sweep_of("scale = 3\nreplicates = 0\n" + design + "parameters.demand.adjustment = 1\n"));
        FAIL("accepted");
    } catch (const sim::InputError& error) {
        const std::string text = error.what();
        CHECK(std::count(text.begin(), text.end(), '\n') == 2);  // three findings, in the order of lines
    }
}
