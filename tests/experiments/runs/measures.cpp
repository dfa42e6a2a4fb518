#include "experiments/scenarios/measure.hpp"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "experiments/runs/run.hpp"
#include "experiments/scenarios/plan.hpp"
#include "experiments/scenarios/scenario.hpp"
#include "sim/stored_trajectory.hpp"
#include "tests/support/files.hpp"

namespace {

using experiments::Measure;
using experiments::Plan;
using models::Combination;
using models::Parameters;
using sim::Month;

Measure measure(const std::string& name, Month start, std::vector<experiments::Dose> doses) {
    Measure m;
    m.name = name;
    m.start = start;
    m.doses = std::move(doses);
    return m;
}

bool same(const Parameters& a, const Parameters& b) {
    const auto& all = models::all_parameters();
    return std::all_of(all.begin(), all.end(), [&](const auto& p) { return p.get(a) == p.get(b); });
}

experiments::Scenario small_scenario(std::vector<Measure> measures) {
    experiments::Scenario scenario;
    scenario.regions = {"IJmond", "Zeeuws-Vlaanderen"};
    scenario.end = Month::of(2021, 10);
    scenario.measures = std::move(measures);
    return scenario;
}

void run_small(const experiments::Scenario& scenario, const std::filesystem::path& output) {
    experiments::RunOptions options;
    options.scenario = scenario;
    options.scale = 0.05;
    options.threads = 2;
    options.output = output;
    static_cast<void>(experiments::run(options, {}));
}

/// The first point in time at which any series of two files differs, or the number of points; missing values are equal.
std::size_t first_difference(const std::filesystem::path& a, const std::filesystem::path& b) {
    const sim::StoredTrajectory one(a), other(b);
    REQUIRE(one.series().size() == other.series().size());
    constexpr std::size_t points = 11;  // the start and ten months
    std::size_t first = points;
    for (const auto& series : one.series()) {
        const auto x = one.values(series.name), y = other.values(series.name);
        REQUIRE(x.size() == y.size());
        if (x.empty()) continue;
        REQUIRE(x.size() % points == 0);
        const std::size_t cells = x.size() / points;  // one replicate: time comes first
        for (std::size_t i = 0; i < x.size(); ++i)
            if (std::bit_cast<std::uint64_t>(x[i]) != std::bit_cast<std::uint64_t>(y[i])) {
                first = std::min(first, i / cells);
                break;
            }
    }
    return first;
}

}  // namespace

TEST_CASE("a measure grows in equal steps and ends", "[experiments][unit]") {
    Measure m = measure("m", Month::of(2022, 3), {});
    CHECK(m.strength(Month::of(2022, 2)) == 0);
    CHECK(m.strength(Month::of(2022, 3)) == 1);
    CHECK(m.strength(Month::of(2090, 1)) == 1);
    m.ramp = 4;
    m.end = Month::of(2022, 8);
    CHECK(m.strength(Month::of(2022, 3)) == 0.25);
    CHECK(m.strength(Month::of(2022, 5)) == 0.75);
    CHECK(m.strength(Month::of(2022, 6)) == 1);
    CHECK(m.strength(Month::of(2022, 8)) == 1);
    CHECK(m.strength(Month::of(2022, 9)) == 0);
}

TEST_CASE("part of a dose lies between none and all of it", "[experiments][unit]") {
    for (const Combination rule : {Combination::joint, Combination::product, Combination::sum, Combination::strongest}) {
        constexpr double usual = 0.3, dose = 0.7;
        CAPTURE(models::text(rule));
        const auto value = [&](double strength) {
            return models::combine(rule, usual, std::vector<double>{models::partial_dose(rule, usual, dose, strength)});
        };
        CHECK(value(0) == usual);
        CHECK(models::partial_dose(rule, usual, dose, 1) == dose);
        CHECK(value(0.5) == Approx((value(0) + value(1)) / 2));
    }
}

TEST_CASE("a plan sets the levers of each month, whatever the order of measures", "[experiments][unit]") {
    const Parameters base;
    const Measure first = measure("first", Month::of(2021, 3), {{"search.search_intensity", 1.1}, {"search.standards", 0.1}});
    Measure second = measure("second", Month::of(2021, 5), {{"search.search_intensity", 1.3}});
    second.end = Month::of(2021, 6);
    const Measure third = measure("third", Month::of(2021, 5), {{"search.search_intensity", 0.7}});
    const Plan plan(base, {first, second, third});
    CHECK(same(plan.parameters_at(Month::of(2021, 2)), base));
    CHECK(plan.parameters_at(Month::of(2021, 3)).search.search_intensity == Approx(1.1));
    CHECK(plan.parameters_at(Month::of(2021, 4)).search.standards == Approx(0.1));
    CHECK(plan.parameters_at(Month::of(2021, 5)).search.search_intensity == Approx(1.1 * 1.3 * 0.7));
    CHECK(plan.parameters_at(Month::of(2021, 7)).search.search_intensity == Approx(1.1 * 0.7));
    std::vector<Measure> order{first, second, third};
    std::sort(order.begin(), order.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
    do {
        CHECK(same(Plan(base, order).parameters_at(Month::of(2021, 5)), plan.parameters_at(Month::of(2021, 5))));
    } while (std::next_permutation(order.begin(), order.end(), [](const auto& a, const auto& b) { return a.name < b.name; }));
}

TEST_CASE("measures stand in the text of a scenario", "[experiments][unit]") {
    Measure m = measure("campaign", Month::of(2021, 6), {{"awareness.young_pressure", 120.5}, {"awareness.adult_pressure", 80}});
    m.description = "Two years of \"work that counts\"";
    m.source = "assumed";
    m.ramp = 3;
    m.end = Month::of(2021, 9);
    const auto scenario = small_scenario({m, measure("other", Month::of(2021, 2), {{"search.mobility", 1.2}})});
    const auto again = experiments::scenario_from_text(experiments::scenario_text(scenario), "again.toml", {"IJmond", "Zeeuws-Vlaanderen"});
    REQUIRE(again.measures.size() == 2);
    CHECK(again.measures[0].description == m.description);
    CHECK(again.measures[0].source == m.source);
    CHECK(again.measures[0].ramp == 3);
    CHECK(again.measures[0].end == m.end);
    CHECK(again.measures[1].end == Measure::last_month);
    REQUIRE(again.measures[0].doses.size() == 2);
    for (Month month = Month::of(2021, 1); month <= Month::of(2021, 12); ++month)
        CHECK(same(Plan(again.parameters, again.measures).parameters_at(month), Plan(scenario.parameters, scenario.measures).parameters_at(month)));
    CHECK(experiments::scenario_text(again) == experiments::scenario_text(scenario));
}

TEST_CASE("a measure changes nothing before its start, and a null measure nothing at all", "[experiments][property]") {
    const tests::TemporaryFolder folder;
    run_small(small_scenario({}), folder / "base.h5");
    // Null doses of every rule.
    run_small(small_scenario({measure(
                  "null", Month::of(2021, 1),
                  {{"separations.retention_effect", 0}, {"search.search_intensity", 1}, {"search.standards", 0}, {"work_learning.added_from", 2024}})}),
              folder / "null.h5");
    CHECK(first_difference(folder / "base.h5", folder / "null.h5") == 11);
    const std::vector<experiments::Dose> strong{{"search.search_intensity", 2}};
    run_small(small_scenario({measure("late", Month::of(2021, 7), strong)}), folder / "late.h5");
    CHECK(first_difference(folder / "base.h5", folder / "late.h5") == 7);
    // From the first month on it is what the parameter is.
    run_small(small_scenario({measure("always", Month::of(2021, 1), strong)}), folder / "always.h5");
    auto set = small_scenario({});
    set.parameters.search.search_intensity = 2;
    run_small(set, folder / "set.h5");
    CHECK(first_difference(folder / "always.h5", folder / "set.h5") == 11);
    CHECK(first_difference(folder / "always.h5", folder / "base.h5") == 1);
}

TEST_CASE("an interrupted run with measures goes on as if nothing had been", "[experiments][property]") {
    const tests::TemporaryFolder folder;
    Measure m = measure("late", Month::of(2021, 5), {{"search.search_intensity", 2}});
    m.ramp = 4;
    run_small(small_scenario({m}), folder / "whole.h5");
    experiments::RunOptions options;
    options.scenario = small_scenario({m});
    options.scale = 0.05;
    options.threads = 2;
    options.output = folder / "broken.h5";
    options.checkpoint_every = 2;
    int months = 0;
    experiments::RunWatch watch;
    watch.month_done = [&](Month, std::size_t, std::size_t, std::size_t) { ++months; };
    watch.stop = [&] { return months >= 6 ? 2 : 0; };
    REQUIRE(experiments::run(options, watch).stopped_by == 2);
    static_cast<void>(experiments::resume(experiments::checkpoint_of(options.output), {}, {}));
    CHECK(first_difference(folder / "whole.h5", folder / "broken.h5") == 11);
}
