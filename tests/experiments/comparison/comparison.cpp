#include "experiments/comparison/comparison.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
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

std::size_t place_of(const experiments::Comparison& comparison, const std::string& outcome) {
    for (std::size_t o = 0; o < comparison.outcomes.size(); ++o)
        if (comparison.outcomes[o].figure.name == outcome && comparison.outcomes[o].region.empty()) return o;
    throw std::logic_error("no outcome " + outcome);
}

const experiments::Effect& effect_on(const experiments::Comparison& comparison, std::size_t arm, const std::string& outcome) {
    return comparison.arms[arm].effects[0][place_of(comparison, outcome)];
}

/// Equal, or both missing.
bool same(double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); }

/// Every figure of every arm and pair, bit for bit.
void check_same(const experiments::Comparison& a, const experiments::Comparison& b) {
    REQUIRE(a.arms.size() == b.arms.size());
    for (std::size_t arm = 0; arm < a.arms.size(); ++arm)
        for (std::size_t pair = 0; pair < a.arms[arm].differences.size(); ++pair)
            for (std::size_t o = 0; o < a.outcomes.size(); ++o) {
                INFO(a.outcomes[o].figure.name << " " << a.outcomes[o].region);
                CHECK(same(a.arms[arm].differences[pair][o], b.arms[arm].differences[pair][o]));
                CHECK(same(a.arms[arm].effects[0][o].noise, b.arms[arm].effects[0][o].noise));
            }
}

experiments::Measure measure(const std::string& lever, double value, sim::Month start) {
    experiments::Measure made;
    made.name = lever;
    made.start = start;
    made.doses = {{lever, value}};
    return made;
}

}  // namespace

TEST_CASE("an effect is the mean of paired differences with the interval of Student", "[experiments][unit]") {
    const auto e = experiments::effect_of({10, 20, 30}, {12, 23, 34}, {10, 20.5, 30});
    CHECK(e.base == Approx(20));
    CHECK(e.difference == Approx(3));
    // Differences 2, 3, 4: standard error 1 / sqrt(3); t of two degrees of freedom at 0.975 is 4.30265.
    CHECK(e.mean.high - e.difference == Approx(4.30265 / std::sqrt(3)).epsilon(1e-5));
    CHECK(e.difference - e.mean.low == Approx(e.mean.high - e.difference));
    CHECK(e.outcome.high - e.difference == Approx(4.30265 * std::sqrt(4.0 / 3)).epsilon(1e-5));
    CHECK(e.chance == Approx(1));
    CHECK(e.ignorance == 0);
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

TEST_CASE("chance is taken out of the spread over draws, and what is left is ignorance", "[experiments][unit]") {
    // Effects 0, 2, ..., 38 by draw: mean 19, variance 140. Replicates of a draw: variance 35 each.
    std::vector<double> base(20, 100), arm, sham(20, 100);
    for (int d = 0; d < 20; ++d) arm.push_back(100 + 2 * d);
    const double step = std::sqrt(70);
    const auto e = experiments::effect_of_draws(base, arm, sham, {{5, 5 + step}, {-1, -1 - step}});
    CHECK(e.difference == Approx(19));
    CHECK(e.chance == Approx(std::sqrt(35)));
    CHECK(e.ignorance == Approx(std::sqrt(105)));
    // Quantiles of the outcome: 0.025 * 19 = 0.475 of the way from the first draw to the second.
    CHECK(e.outcome.low == Approx(0.95));
    CHECK(e.outcome.high == Approx(37.05));
    CHECK(e.expected.low == Approx(19 - 18.05 * std::sqrt(0.75)));
    CHECK(e.expected.high == Approx(19 + 18.05 * std::sqrt(0.75)));
    // More chance than spread: no ignorance is seen.
    const auto none = experiments::effect_of_draws(base, arm, sham, {{0, 100}});
    CHECK(none.ignorance == 0);
    CHECK(none.expected.low == Approx(19));
}

TEST_CASE("an arm like the base has no effect, and a strong one is seen, on any number of threads", "[experiments][property]") {
    auto options = small_options();
    options.arms = {options.base, options.base, options.base};
    options.arms[1].parameters.search.search_intensity = 2;
    options.arms[2].parameters.search.search_intensity = 1.02;
    const auto one = compared(options, 1), two = compared(options, 2);
    REQUIRE(one.arms.size() == 3);
    for (std::size_t o = 0; o < one.outcomes.size(); ++o) {
        const auto& effect = one.arms[0].effects[0][o];
        CHECK((effect.difference == 0 || !experiments::dated(one.outcomes[o], one.arms[0].entry, options.base.end)));
        CHECK_FALSE(effect.distinguishable);
    }
    const auto& unemployment = effect_on(one, 1, "unemployment_rate");
    CHECK(unemployment.distinguishable);
    CHECK(unemployment.difference < 0);
    CHECK(unemployment.noise > 0);
    // Where an arm is near its base, most draws fall alike in both.
    CHECK(effect_on(one, 2, "unemployment_rate").variance_factor > 1);
    check_same(one, two);
}

TEST_CASE("an arm that goes on from the base in the month in which it leaves is the whole run", "[experiments][property]") {
    auto options = small_options();
    options.replicates = 2;
    options.arms = {options.base, options.base, options.base};
    options.arms[0].measures = {measure("search.search_intensity", 2, sim::Month::of(2021, 7))};
    options.arms[1].measures = {measure("search.search_intensity", 2, sim::Month::of(2021, 4))};
    options.arms[2].measures = {measure("search.search_intensity", 1.5, sim::Month::of(2021, 7))};
    const auto shared = compared(options, 1);
    CHECK(shared.arms[0].entry == sim::Month::of(2021, 7));
    CHECK(shared.arms[1].entry == sim::Month::of(2021, 4));
    options.shared_months = false;
    check_same(shared, compared(options, 1));
    CHECK(effect_on(shared, 0, "unemployment_rate").difference < 0);
    CHECK(effect_on(shared, 1, "unemployment_rate").difference < effect_on(shared, 2, "unemployment_rate").difference);
}

TEST_CASE("what is national is work done in the regions, and regions add up to it", "[experiments][property]") {
    auto options = small_options();
    options.replicates = 2;
    options.arms = {options.base};
    options.arms[0].parameters.search.search_intensity = 2;
    const auto found = compared(options, 1);
    double inside = 0, national = 0;
    for (std::size_t o = 0; o < found.outcomes.size(); ++o) {
        const auto& outcome = found.outcomes[o];
        if (outcome.figure.name == "technicians_at_work" && !outcome.region.empty()) {
            REQUIRE(outcome.national.has_value());
            inside += found.arms[0].effects[0][o].difference;
            national += found.arms[0].effects[0][*outcome.national].difference;
        }
    }
    const auto all = place_of(found, "technicians_at_work");
    CHECK(inside == Approx(found.arms[0].effects[0][all].difference));
    CHECK(national == Approx(effect_on(found, 0, "technicians_at_work_national").difference));
    CHECK(national != inside);
    const double leak = experiments::leak_of(found, 0, all);
    if (found.arms[0].effects[0][all].distinguishable)
        CHECK(leak == Approx(1 - national / inside));
    else
        CHECK(std::isnan(leak));
    // Years of work: a twelfth of the months' sum, here of the last twelve months.
    CHECK(effect_on(found, 0, "technicians_years").difference == Approx(inside));
    // Stocks follow the moves: what came in less what went out is the change since the start, the same in both runs.
    double moves = 0;
    for (const auto& outcome : found.outcomes)
        if (outcome.subject == experiments::Subject::pathway && outcome.figure.name.rfind("technicians_", 0) == 0)
            moves += (outcome.figure.name.find("_in_") != std::string::npos ? 1 : -1) * effect_on(found, 0, outcome.figure.name).difference;
    CHECK(moves == Approx(effect_on(found, 0, "technicians_at_work_after_12").difference));
}

TEST_CASE("the wage elasticity of demand changes nothing while contract wages do not answer to tightness", "[experiments][property]") {
    auto options = small_options();
    options.replicates = 2;
    options.base.end = sim::Month::of(2023, 6);  // wages answer with a lag
    options.scale = 0.02;
    options.arms = {options.base};
    options.arms[0].parameters.demand.wage_elasticity = experiments::value_of(experiments::Elasticity::low);
    const auto found = compared(options, 2);
    CHECK_FALSE(found.elasticity_matters);
    for (const auto& pair : found.arms[0].differences)
        for (const double difference : pair) CHECK((difference == 0 || std::isnan(difference)));

    options.base.parameters.wages.contract_elasticity = options.arms[0].parameters.wages.contract_elasticity = 0.3;
    options.arms[0].parameters.demand = options.base.parameters.demand;
    options.arms[0].parameters.search.search_intensity = 2;
    const auto answering = compared(options, 2);
    CHECK(answering.elasticity_matters);
    const auto vacancies = place_of(answering, "technical_vacancies");
    const auto& effects = answering.arms[0].effects;
    CHECK(effects[1][vacancies].difference != effects[0][vacancies].difference);
    CHECK(effects[1][vacancies].base != effects[2][vacancies].base);
}

TEST_CASE("draws are the same for base and arm, and a scenario keeps what it sets", "[experiments][property]") {
    auto options = small_options();
    options.scale = 0.02;
    options.replicates = 2;
    options.draws = 4;
    options.posterior.emplace();
    options.posterior->names = {"search.employed_search"};
    for (int d = 0; d < 20; ++d) options.posterior->values.push_back({0.02 + 0.001 * d});
    options.arms = {options.base, options.base};
    options.arms[1].measures = {measure("search.search_intensity", 3, sim::Month::of(2021, 3))};
    const auto found = compared(options, 2);
    REQUIRE(found.draws.values.size() == 4);
    CHECK(found.replicates == std::vector<std::int32_t>{0, 1, 2, 3});
    for (const auto& pair : found.arms[0].differences)
        for (const double difference : pair) CHECK((difference == 0 || std::isnan(difference)));
    const auto& e = effect_on(found, 1, "unemployment_rate");
    CHECK(e.difference < 0);
    CHECK(e.outcome.low <= e.expected.low);
    CHECK(e.expected.high <= e.outcome.high);

    models::Parameters set;
    set.search.employed_search = 0.05;
    found.draws.set(0, set);
    CHECK(set.search.employed_search == 0.05);
    models::Parameters free;
    found.draws.set(0, free);
    CHECK(free.search.employed_search != models::Parameters{}.search.employed_search);
    CHECK(free.search.search_intensity == models::Parameters{}.search.search_intensity);
}

TEST_CASE("figures of measures take values from their priors, each value of a stratum once and the same in all scenarios", "[experiments][unit]") {
    auto known = measure("search.search_intensity", 1.5, sim::Month::of(2022, 1));
    known.doses[0].evidence.low = 1;
    known.doses[0].evidence.high = 2;
    known.doses.push_back({"awareness.young_pressure", 300, {}});
    known.doses.push_back({"awareness.adult_pressure", 150, {}});
    known.doses[2].evidence.distribution = "lognormal(150, 0.5)";
    const auto other = measure("schooling.sto_exposure", 1, sim::Month::of(2022, 1));
    constexpr std::size_t draws = 10;
    std::vector<double> uniform, lognormal;
    for (std::size_t d = 0; d < draws; ++d) {
        std::vector<experiments::Measure> alone{known}, beside{other, known};
        experiments::draw_measures(alone, d, draws, 1);
        experiments::draw_measures(beside, d, draws, 1);
        CHECK(alone[0].doses[0].value == beside[1].doses[0].value);
        CHECK(alone[0].doses[1].value == 300);
        CHECK(beside[0].doses[0].value == 1);
        uniform.push_back(alone[0].doses[0].value);
        lognormal.push_back(alone[0].doses[2].value);
    }
    CHECK(uniform != lognormal);
    std::sort(uniform.begin(), uniform.end());
    for (std::size_t d = 0; d < draws; ++d) CHECK(uniform[d] == Approx(1.05 + 0.1 * static_cast<double>(d)));
    std::sort(lognormal.begin(), lognormal.end());
    CHECK(lognormal[4] < 150);
    CHECK(lognormal[5] > 150);
}

TEST_CASE("a measure of one region changes its work from its start on", "[experiments][property]") {
    auto options = small_options();
    options.arms = {options.base};
    options.arms[0].measures = {measure("separations.retention_effect", 0.9, sim::Month::of(2021, 3))};
    options.arms[0].measures[0].regions = {"IJmond"};
    const auto found = compared(options, 2);
    double here = 0, there = 0;
    for (std::size_t o = 0; o < found.outcomes.size(); ++o) {
        const auto& outcome = found.outcomes[o];
        if (outcome.figure.name != "technicians_at_work" || outcome.region.empty()) continue;
        (outcome.region == "IJmond" ? here : there) += found.arms[0].effects[0][o].difference;
    }
    CHECK(here > 0);
    CHECK(std::abs(there) < here);
}

TEST_CASE("replicates are added until an outcome is as precise as wished", "[experiments][property]") {
    auto options = small_options();
    options.scale = 0.02;
    options.replicates = 2;
    options.arms = {options.base};
    options.arms[0].measures = {measure("search.search_intensity", 2, sim::Month::of(2021, 3))};
    options.precision = {"unemployment_rate", 1e-9, 7};
    std::size_t done = 0, announced = runs_of(options);
    const auto most = experiments::compare(options, {.run_done = [&] { ++done; }, .runs_announced = [&](std::size_t n) { announced += n; }});
    REQUIRE(most);
    CHECK_FALSE(most->precise);
    CHECK(most->replicates.size() == 7);
    CHECK(announced == done);
    options.precision->half_width = 0.5;
    const auto first = compared(options, 2);
    CHECK(first.precise);
    CHECK(first.replicates.size() == 2);
    options.precision->outcome = "unemployment_rat";
    CHECK_THROWS_WITH(experiments::compare(options, {}), Catch::Contains("did you mean unemployment_rate?"));
}

TEST_CASE("effects are followed from the first month in which an arm can differ", "[experiments][unit]") {
    const sim::Month entry = sim::Month::of(2022, 3), end = sim::Month::of(2024, 12);
    std::vector<sim::Month> months;
    for (const auto& o : experiments::outcomes_of({"IJmond"})) {
        const auto figure = experiments::dated(o, entry, end);
        if (o.figure.name.rfind("both_at_work_after_", 0) == 0 && !o.is_national && figure) months.push_back(figure->until);
        if (o.window == experiments::Window::since) {
            REQUIRE(figure.has_value());
            CHECK(figure->from == entry);
            CHECK(figure->until == end);
            CHECK(figure->times == Approx(o.figure.times * 34));
        }
    }
    CHECK(months == std::vector<sim::Month>{sim::Month::of(2022, 8), sim::Month::of(2023, 2), sim::Month::of(2024, 2)});
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
