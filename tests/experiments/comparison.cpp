#include "experiments/comparison.hpp"

#include <cmath>
#include <vector>

#include <catch2/catch.hpp>

#include "sim/parallel.hpp"

namespace {

experiments::ComparisonOptions small_options() {
    experiments::ComparisonOptions options;
    options.base.regions = {"IJmond", "Zeeuws-Vlaanderen"};
    options.base.end = sim::Month::of(2021, 12);
    options.scale = 0.05;
    options.replicates = 3;
    return options;
}

experiments::Comparison compared(experiments::ComparisonOptions options, int threads) {
    options.threads = threads;
    std::optional<experiments::Comparison> comparison;
    sim::Threads arena(threads);
    arena.run([&] { comparison = experiments::compare(options, {}); });
    REQUIRE(comparison.has_value());
    return *comparison;
}

const experiments::Effect& effect_on(const experiments::Comparison& comparison, std::size_t arm, const std::string& outcome) {
    for (std::size_t o = 0; o < comparison.outcomes.size(); ++o)
        if (comparison.outcomes[o].figure.name == outcome && comparison.outcomes[o].region.empty()) return comparison.effects[arm][o];
    throw std::logic_error("no outcome " + outcome);
}

}  // namespace

TEST_CASE("an effect is the mean of paired differences with the interval of Student", "[experiments][unit]") {
    const auto e = experiments::effect_of({10, 20, 30}, {12, 23, 34}, {10, 20.5, 30});
    CHECK(e.base == Approx(20));
    CHECK(e.difference == Approx(3));
    // Differences 2, 3, 4: standard error 1 / sqrt(3); t of two degrees of freedom at 0.975 is 4.30265.
    CHECK(e.high - e.difference == Approx(4.30265 / std::sqrt(3)).epsilon(1e-5));
    CHECK(e.difference - e.low == Approx(e.high - e.difference));
    // Sham differences 0, 0.5, 0: variance 1/12.
    CHECK(e.noise == Approx(std::sqrt(1.0 / 12 / 3)));
    CHECK(e.distinguishable);
    // Variances 100 and 121 unpaired, 1 paired.
    CHECK(e.variance_factor == Approx(221));
    CHECK_FALSE(experiments::effect_of({10, 20, 30}, {12, 23, 34}, {13, 17, 33}).distinguishable);  // noise is larger
    CHECK_FALSE(experiments::effect_of({10, 20, 30}, {8, 23, 34}, {10, 20, 30}).distinguishable);   // the interval holds 0
    CHECK(experiments::effect_of({1, 2}, {1, 2}, {1, 2}).difference == 0);
    CHECK(std::isinf(experiments::effect_of({1, 2}, {1, 2}, {1, 2}).variance_factor));
}

TEST_CASE("an arm like the base has no effect, and a strong one is seen, on any number of threads", "[experiments][property]") {
    auto options = small_options();
    options.arms = {options.base, options.base};
    options.arms[1].parameters.search.search_intensity = 2;
    const auto one = compared(options, 1), two = compared(options, 2);
    REQUIRE(one.effects.size() == 2);
    for (const auto& effect : one.effects[0]) {
        CHECK(effect.difference == 0);
        CHECK_FALSE(effect.distinguishable);
    }
    const auto& unemployment = effect_on(one, 1, "unemployment_rate");
    CHECK(unemployment.distinguishable);
    CHECK(unemployment.difference < 0);
    CHECK(unemployment.variance_factor > 1);
    for (std::size_t arm = 0; arm < 2; ++arm)
        for (std::size_t o = 0; o < one.outcomes.size(); ++o) {
            CHECK(one.effects[arm][o].difference == two.effects[arm][o].difference);
            CHECK(one.effects[arm][o].low == two.effects[arm][o].low);
            CHECK(one.effects[arm][o].noise == two.effects[arm][o].noise);
        }
}

TEST_CASE("effects are followed from the first month in which an arm can differ", "[experiments][unit]") {
    const auto outcomes = experiments::outcomes_of({"IJmond"}, sim::Month::of(2022, 3), sim::Month::of(2024, 12));
    std::vector<sim::Month> months;
    for (const auto& o : outcomes)
        if (o.figure.name.rfind("both_at_work_after_", 0) == 0) months.push_back(o.figure.until);
    CHECK(months == std::vector<sim::Month>{sim::Month::of(2022, 8), sim::Month::of(2023, 2), sim::Month::of(2024, 2)});
    CHECK(outcomes.size() == 10 + 2 + 3);
}

TEST_CASE("arms of a comparison share regions and end", "[experiments][unit]") {
    auto options = small_options();
    options.arms = {options.base};
    options.arms[0].regions = {"IJmond"};
    CHECK_THROWS_WITH(experiments::compare(options, {}), Catch::Contains("other regions"));
    options.arms[0] = options.base;
    options.arms[0].end = sim::Month::of(2022, 1);
    CHECK_THROWS_WITH(experiments::compare(options, {}), Catch::Contains("2022-01"));
    options.arms[0] = options.base;
    options.replicates = 1;
    CHECK_THROWS_WITH(experiments::compare(options, {}), Catch::Contains("at least 2"));
}
