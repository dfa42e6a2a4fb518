#include "experiments/assessment/assessment.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <set>

#include <catch2/catch.hpp>

#include "experiments/scenarios/library.hpp"
#include "regions/data_folder.hpp"
#include "sim/error.hpp"
#include "tests/support/files.hpp"

using namespace experiments;

TEST_CASE("parts of a measure count with it, and what is no part of the plan belongs to nobody", "[experiments][unit]") {
    Scenario scenario;
    for (const auto* name : {"M4", "M4a", "M6-communication", "M10", "mine"}) {
        Measure measure;
        measure.name = name;
        scenario.measures.push_back(measure);
    }
    const auto players = players_of(scenario, {"M1", "M4", "M4a", "M4b", "M6", "M6-communication", "M10"});
    REQUIRE(players.size() == 3);
    CHECK(players[0].name == "M4");
    CHECK(players[0].measures == std::vector<std::string>{"M4", "M4a"});
    CHECK(players[1].name == "M6");
    CHECK(players[2].name == "M10");
    const auto names = [](const Scenario& s) {
        std::vector<std::string> found;
        for (const auto& m : s.measures) found.push_back(m.name);
        return found;
    };
    CHECK(names(with_coalition(scenario, players, 0)) == std::vector<std::string>{"mine"});
    CHECK(names(with_coalition(scenario, players, 0b101)) == std::vector<std::string>{"M4", "M4a", "M10", "mine"});
    CHECK(names(with_coalition(scenario, players, 0b111)) == names(scenario));
    CHECK_THROWS_AS(players_of(Scenario{}, {"M1"}), sim::InputError);
}

TEST_CASE("the plan of the library has ten players", "[experiments]") {
    const auto players = players_of(default_scenario(), library().plan);
    std::vector<std::string> names;
    for (const auto& p : players) names.push_back(p.name);
    CHECK(names == std::vector<std::string>{"M1", "M2", "M3", "M4", "M5", "M6", "M7", "M9", "M10", "M11"});
}

TEST_CASE("an order holds everybody once, and orders differ from draw to draw", "[experiments][unit]") {
    std::set<std::vector<std::size_t>> orders;
    for (std::size_t draw = 0; draw < 50; ++draw) {
        auto order = order_of_draw(5, 1, draw);
        CHECK(order == order_of_draw(5, 1, draw));
        orders.insert(order);
        std::sort(order.begin(), order.end());
        CHECK(order == std::vector<std::size_t>{0, 1, 2, 3, 4});
    }
    CHECK(orders.size() > 30);
}

TEST_CASE("the coalitions of a draw are those that its figures need, and no more", "[experiments][unit]") {
    const auto order = order_of_draw(10, 3, 7);
    const auto coalitions = coalitions_of(order);
    CHECK(coalitions.size() == 2 + 2 * 10 + 2 * 7);  // nobody, everybody, alone and last of each, seven sizes between them on two ways
    CHECK(std::set(coalitions.begin(), coalitions.end()).size() == coalitions.size());
    const auto has = [&](Coalition c) { return std::find(coalitions.begin(), coalitions.end(), c) != coalitions.end(); };
    (void)shapley_shares(order, [&](Coalition c) {
        CHECK(has(c));
        return 0.0;
    });
    CHECK(coalitions.front() == 0);
    CHECK(std::popcount(coalitions.back()) == 10);
}

TEST_CASE("shares add up in every draw, and are what a player adds where players do not meet", "[experiments][unit]") {
    const std::vector<double> worth{5, -2, 0, 7};
    const auto additive = [&](Coalition c) {
        double sum = 100;
        for (std::size_t p = 0; p < worth.size(); ++p)
            if ((c >> p & 1U) != 0) sum += worth[p];
        return sum;
    };
    const auto meeting = [&](Coalition c) { return std::sqrt(additive(c)) * std::popcount(c); };
    for (std::size_t draw = 0; draw < 20; ++draw) {
        const auto order = order_of_draw(worth.size(), 1, draw);
        const auto shares = shapley_shares(order, additive);
        for (std::size_t p = 0; p < worth.size(); ++p) CHECK(shares[p] == Approx(worth[p]).margin(1e-12));
        double sum = 0;
        for (const double s : shapley_shares(order, meeting)) sum += s;
        CHECK(sum == Approx(meeting(15) - meeting(0)));
    }
}

TEST_CASE("a figure over draws has an interval where there are draws enough", "[experiments][unit]") {
    std::vector<double> values;
    for (int i = 0; i < 101; ++i) values.push_back(i);
    const auto e = estimate_of(values);
    CHECK(e.mean == Approx(50));
    CHECK(e.interval.low == Approx(2.5));
    CHECK(e.interval.high == Approx(97.5));
    CHECK(e.error == Approx(std::sqrt(101.0 * 102 / 12 / 101)).epsilon(0.01));
    CHECK(std::isnan(estimate_of({1, 2, 3}).interval.low));
}

TEST_CASE("an assessment goes on from its finished runs, and its shares add up to what all do together", "[experiments]") {
    const tests::TemporaryFolder folder;
    AssessmentOptions options;
    options.plan = default_scenario();
    options.plan.regions = {"Zeeuws-Vlaanderen"};
    options.plan.end = sim::Month::of(2023, 12);
    options.names = library().plan;
    options.draws = 2;
    options.scale = 0.03;
    options.posterior = read_posterior_draws(regions::shipped_data() / "calibrated.toml");
    options.log = folder / "runs";
    options.mixes = 1;  // the fewest: each player's absence
    // One measure can close any gap: it takes away work.
    for (auto& measure : options.plan.measures)
        if (measure.name == "M1") measure.doses.push_back({"demand.demand_level", 0.99, {.low = 0.6, .high = 1}});
    std::size_t done = 0;
    const auto stopped = assess(options, {.stop = [&] { return done > 10 ? 2 : 0; }, .run_done = [&] { ++done; }});
    CHECK_FALSE(stopped);
    // Stopped again in the search over mixes.
    std::size_t searched = 0;
    bool searching = false;
    const auto in_search = assess(options, {.stop = [&] { return searched > 6 ? 2 : 0; },
                                            .run_done = [&] { searched += searching ? 1 : 0; },
                                            .runs_announced = [&](std::size_t) { searching = true; }});
    CHECK_FALSE(in_search);
    std::size_t again = 0, found = 0, announced = runs_of(options);
    const auto whole = assess(
        options, {.run_done = [&] { ++again; }, .runs_found = [&](std::size_t n) { found += n; }, .runs_announced = [&](std::size_t n) { announced += n; }});
    REQUIRE(whole);
    CHECK(announced == runs_of(options) + search_runs_of(options));
    CHECK(again + found == announced);
    CHECK(found > runs_of(options));
    options.log.clear();
    const auto at_once = assess(options, {});
    REQUIRE(at_once);
    CHECK(assessment_csv(*whole, "x") == assessment_csv(*at_once, "x"));
    REQUIRE(whole->demands.size() == 1);
    const auto& of = whole->demands[0];
    double shares = 0;
    for (const auto& c : of.contributions) shares += c.shapley.mean;
    CHECK(shares == Approx(of.together.mean).margin(1e-9));
    CHECK(of.supply.size() == 2);
    CHECK(of.supply[1].gap.mean == Approx(of.supply[1].required.mean - of.supply[1].filled.mean));
    double by_occupation = 0, by_education = 0;
    for (const auto& g : of.gaps) (g.of == "occupation" ? by_occupation : g.of == "education" ? by_education : shares) += g.gap.mean;
    CHECK(by_occupation == Approx(of.supply[1].gap.mean));
    CHECK(by_education == Approx(of.supply[1].gap.mean));
    REQUIRE(of.strongest);
    REQUIRE(of.best);
    CHECK(of.strongest->gap.mean < 0);
    CHECK(of.supply[0].gap.mean > 0);
    CHECK(of.best->gap.mean <= 0);
    CHECK(of.best->strengths[0] > 0);
    CHECK(of.best->spending.mean < of.strongest->spending.mean);
    CHECK(of.mixes_run >= 12);
}
