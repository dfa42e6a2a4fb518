#include "experiments/monitor/monitor_indicators.hpp"

#include <algorithm>

#include <catch2/catch.hpp>

#include "experiments/figures/core_indicators.hpp"
#include "experiments/monitor/monitor_specification.hpp"
#include "sim/error.hpp"

using Catch::Matchers::Contains;

TEST_CASE("the core indicators of comparisons are on the page, made of the same series", "[experiments][property]") {
    const auto shown = experiments::read_monitor_indicators(experiments::shipped_monitor_indicators());
    for (const auto& core : experiments::core_indicators(sim::Month::of(2030, 12))) {
        const auto found = std::find_if(shown.begin(), shown.end(), [&](const auto& one) { return one.name == core.target.name; });
        CAPTURE(core.target.name);
        REQUIRE(found != shown.end());
        CHECK(found->kind == core.target.kind);
        CHECK(found->top == core.target.top);
        CHECK(found->bottom == core.target.bottom);
        CHECK(found->times == core.target.times);
        CHECK(found->scaling == core.target.scaling);
        CHECK(experiments::monitor_pillars()[found->pillar] == core.pillar);
    }
}

TEST_CASE("every indicator has names in both languages, and one outside", "[experiments][property]") {
    for (const auto& one : experiments::read_monitor_indicators(experiments::shipped_monitor_indicators())) {
        CAPTURE(one.name);
        CHECK_FALSE(one.english.empty());
        CHECK_FALSE(one.dutch.empty());
        CHECK(one.english != one.dutch);
        CHECK_FALSE(one.english_unit.empty());
        CHECK_FALSE(one.dutch_unit.empty());
        CHECK_FALSE(one.outside.empty());
    }
}

TEST_CASE("a file of indicators is refused with line, key and the nearest word", "[experiments][unit]") {
    const std::string good =
        "[indicator.x]\npillar = \"education\"\nkind = \"count\"\ntop = [\"students\"]\nscaling = \"persons\"\nen = \"a\"\nnl = \"b\"\nunit_en = \"c\"\n"
        "unit_nl = \"d\"\noutside = \"e\"\n";
    CHECK(experiments::monitor_indicators_from_text(good, "m.toml").size() == 1);
    const auto refused = [&](const std::string& text, const std::string& words) {
        CHECK_THROWS_WITH(experiments::monitor_indicators_from_text(text, "m.toml"), Contains(words));
    };
    refused(good + "windw = 12\n", "m.toml:11: indicator.x.windw: no key of an indicator has this name; did you mean window?");
    refused("[indicator.x]\npillar = \"educaton\"\n", "education");
    refused("[indicator.x]\npillar = \"education\"\n", "has no key kind, which every indicator needs");
    refused("", "the file has no indicator");
    refused(good + "bottom = [\"students\"]\n", "has a key bottom, which belongs to a ratio or a mean");
}

TEST_CASE("the specification joins observed figures with their sources", "[experiments][unit]") {
    const auto made = experiments::monitor_specification({});
    REQUIRE(made.series.size() == made.figures.size());
    std::size_t figures = 0;
    for (const auto& of_series : made.figures)
        for (const auto& figure : of_series) {
            ++figures;
            CHECK_FALSE(figure.source.empty());
        }
    CHECK(figures > 200);
    CHECK(made.nation_over({"IJmond"}) == Approx(17475415.0 / 199389));
    CHECK(made.nation_over(made.regions) < made.nation_over({"Brainport"}));
}
