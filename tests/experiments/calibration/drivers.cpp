#include "experiments/calibration/drivers.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>

#include <catch2/catch.hpp>

#include "experiments/calibration/drivers_table.hpp"
#include "models/levers.hpp"
#include "models/parameters.hpp"
#include "regions/data_folder.hpp"
#include "sim/error.hpp"
#include "tests/support/files.hpp"

namespace {

using experiments::DriverDesign;
using experiments::DriverRow;

constexpr sim::Month until = sim::Month::of(2030, 12), last_observed = sim::Month::of(2023, 12);

/// A posterior of two parameters that go together.
experiments::PosteriorDraws some_posterior() {
    experiments::PosteriorDraws posterior;
    posterior.names = {"search.employed_search", "separations.give_up"};
    for (int d = 0; d < 40; ++d) posterior.values.push_back({0.02 + 0.0005 * d, 0.8 + 0.01 * d});
    return posterior;
}

std::size_t place_of(const DriverDesign& design, const std::string& name) {
    for (std::size_t k = 0; k < design.targets.free.size(); ++k)
        if (design.targets.free[k].name == name) return k;
    FAIL("no parameter " << name);
    return 0;
}

const models::Parameter& parameter(const std::string& name) {
    const auto& all = models::all_parameters();
    const auto found = std::find_if(all.begin(), all.end(), [&](const auto& p) { return p.name == name; });
    if (found == all.end()) throw sim::Bug("no parameter is named " + name);
    return *found;
}

/// What a file of draws is refused for: one line.
void refused(const std::string& text, const std::string& reason) {
    const tests::TemporaryFolder folder;
    tests::write_contents(folder / "c.toml", text);
    INFO(text);
    try {
        (void)experiments::read_posterior_draws(folder / "c.toml");
        FAIL("nothing was refused");
    } catch (const sim::InputError& error) {
        const std::string what = error.what();
        CHECK_THAT(what, Catch::Contains(reason) && Catch::Contains("c.toml"));
        CHECK(what.find('\n') == std::string::npos);
    }
}

std::string list_of(int count, double first) {
    std::string text;
    for (int i = 0; i < count; ++i) text += (i == 0 ? "[" : ", ") + std::to_string(first + 0.001 * i);
    return text + "]";
}

}  // namespace

TEST_CASE("the ten core indicators come from all three pillars and are means of the last year", "[experiments][unit]") {
    const auto indicators = experiments::core_indicators(sim::Month::of(2025, 6));
    CHECK(indicators.size() == 10);
    std::set<std::string> names, pillars;
    for (const auto& one : indicators) {
        names.insert(one.target.name);
        pillars.insert(one.pillar);
        CHECK(one.target.from == sim::Month::of(2024, 7));
        CHECK(one.target.until == sim::Month::of(2025, 6));
        CHECK(one.target.name.find(',') == std::string::npos);
    }
    CHECK(names.size() == 10);
    CHECK(pillars == std::set<std::string>{"education", "labour_market", "innovation"});
}

TEST_CASE("posterior draws are read as they stand in the shipped calibration", "[experiments][unit]") {
    const auto posterior = experiments::read_posterior_draws(regions::shipped_data() / "calibrated.toml");
    CHECK(posterior.names.size() == 12);
    CHECK(posterior.values.size() == 400);
    for (const auto& draw : posterior.values) CHECK(draw.size() == 12);
}

TEST_CASE("a file without proper draws is refused in one line", "[experiments][unit]") {
    const std::string head = "name = \"x\"\n[calibration.draws]\n";
    refused("name = \"x\"\n", "holds no draws of a posterior");
    refused(head + "\"search.employed_search\" = " + list_of(19, 0.02), "holds 19 draws of a posterior, but at least 20 are expected");
    refused(head + "\"search.employd_search\" = " + list_of(30, 0.02), "did you mean search.employed_search?");
    refused(head + "\"schooling.sto_exposure\" = " + list_of(30, 0.02), "is a lever");
    refused(head + "\"search.employed_search\" = [\"many\"]", "a list of numbers is expected");
    refused(head + "\"search.employed_search\" = 3", "is 3, but a list of numbers is expected");
    refused(head + "\"search.employed_search\" = " + list_of(30, 9), "numbers from 0 to");
    refused(head + "\"search.employed_search\" = " + list_of(30, 0.02) + "\n\"separations.give_up\" = " + list_of(25, 1),
            "holds 25 draws, but 30 are expected");
}

TEST_CASE("every parameter with a prior is drawn, calibrated ones together, levers not at all", "[experiments][unit]") {
    const auto posterior = some_posterior();
    const auto design = experiments::driver_design(posterior, 40, 7, until);
    std::set<std::string> names;
    for (const auto& p : design.targets.free) names.insert(p.name);
    CHECK(names.size() == design.targets.free.size());
    std::set<std::string> levers;
    for (const auto& l : models::all_levers()) levers.insert(std::string(l.parameter));
    for (const auto& p : models::all_parameters()) {
        INFO(p.name);
        CHECK(names.contains(p.name) == (!p.prior.distribution.empty() && !levers.contains(p.name)));
    }
    REQUIRE(design.runs == 40);
    REQUIRE(design.draws.values.size() == 40 + design.replicates);

    std::set<std::vector<double>> taken;
    for (std::size_t i = 0; i < design.runs; ++i) {
        const std::vector<double> draw{design.draws.values[i][0], design.draws.values[i][1]};
        CHECK(std::find(posterior.values.begin(), posterior.values.end(), draw) != posterior.values.end());
        taken.insert(draw);
    }
    CHECK(taken.size() == 40);  // as many runs as draws: each once

    // A prior's values lie one in each of 40 equal parts.
    const std::size_t k = place_of(design, "demand.adjustment");
    std::set<int> strata;
    for (std::size_t i = 0; i < design.runs; ++i) strata.insert(static_cast<int>(40 * design.targets.free[k].prior.share_below(design.draws.values[i][k])));
    CHECK(strata.size() == 40);
    const std::size_t months = place_of(design, "work_learning.length");
    std::set<double> lengths;
    for (std::size_t i = 0; i < design.runs; ++i) {
        CHECK(design.draws.values[i][months] == std::round(design.draws.values[i][months]));
        lengths.insert(design.draws.values[i][months]);
    }
    CHECK(lengths.size() >= 5);  // 4 to 9 months

    for (std::size_t i = design.runs; i < design.draws.values.size(); ++i) CHECK(design.draws.values[i] == design.draws.values[design.runs]);
    CHECK(design.draws.values.back()[place_of(design, experiments::shock_input)] == 0);
    CHECK(design.draws.values.back()[k] == parameter("demand.adjustment").get(models::Parameters{}));

    CHECK(experiments::driver_design(posterior, 40, 7, until).draws.values == design.draws.values);
    CHECK(experiments::driver_design(posterior, 40, 8, until).draws.values != design.draws.values);
    // Fewer runs than draws take none twice, more take all.
    const auto few = experiments::driver_design(posterior, 25, 7, until), many = experiments::driver_design(posterior, 100, 7, until);
    std::set<double> of_few, of_many;
    for (std::size_t i = 0; i < few.runs; ++i) of_few.insert(few.draws.values[i][0]);
    for (std::size_t i = 0; i < many.runs; ++i) of_many.insert(many.draws.values[i][0]);
    CHECK(of_few.size() == 25);
    CHECK(of_many.size() == 40);
}

TEST_CASE("drivers of known runs are found under their names, the shock by its path", "[experiments][statistical]") {
    const std::uint64_t seed = 3;
    const auto design = experiments::driver_design(some_posterior(), 240, seed, until);
    const std::size_t adjustment = place_of(design, "demand.adjustment"), size = place_of(design, experiments::shock_input),
                      memory = place_of(design, experiments::shock_memory);
    std::vector<std::vector<double>> runs;
    for (std::size_t i = 0; i < design.draws.values.size(); ++i) {
        const auto& at = design.draws.values[i];
        const double shock = experiments::mean_shock(seed, static_cast<std::uint32_t>(i), until, last_observed, at[size], at[memory]);
        std::vector<double> moments(10, 100 - at[adjustment]);
        moments[1] = 5 + shock;
        moments[2] = 7;
        moments[3] = 2 + at[0] / 0.02 + at[1] / 0.01;  // two that go together
        runs.push_back(std::move(moments));
    }
    const auto drivers = experiments::drivers_of(design, runs, seed, last_observed);
    REQUIRE(drivers.shares.size() == 10);
    REQUIRE(drivers.shares[0].inputs.size() >= 1);
    CHECK(drivers.shares[0].inputs[0].input == adjustment);
    CHECK(drivers.shares[0].inputs[0].share > 0.99);
    CHECK(drivers.shares[0].inputs[0].slope < 0);
    CHECK(drivers.shares[0].chance == Approx(0).margin(1e-12));
    CHECK(drivers.shares[1].inputs[0].input == size);
    CHECK(drivers.shares[1].inputs[0].share > 0.99);
    CHECK(drivers.shares[1].inputs[0].slope > 0);
    CHECK(drivers.shares[2].inputs.empty());
    // Nothing sets these two apart: together they have all of it, whichever stands for both in a fold.
    double both = 0;
    for (const auto& s : drivers.shares[3].inputs) both += s.input <= 1 ? s.share : 0;
    CHECK(both > 0.99);
    CHECK(drivers.failed == 0);

    // A failed run is left out; too many are an error.
    const double missing = std::numeric_limits<double>::quiet_NaN();
    runs[5][0] = missing;
    CHECK(experiments::drivers_of(design, runs, seed, last_observed).failed == 1);
    for (std::size_t i = 0; i < 60; ++i) runs[i][0] = missing;
    CHECK_THROWS_AS(experiments::drivers_of(design, runs, seed, last_observed), sim::InputError);

    const auto rows = experiments::driver_rows(design, drivers);
    const tests::TemporaryFolder folder;
    tests::write_contents(folder / "d.csv", experiments::drivers_csv(rows, design, drivers, {"instroom drivers", "c.toml", 0.02, seed}));
    const auto read = experiments::read_driver_rows(folder / "d.csv");
    REQUIRE(read.size() == rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        CHECK(read[i].indicator == rows[i].indicator);
        CHECK(read[i].driver == rows[i].driver);
        CHECK(read[i].status == rows[i].status);
        CHECK(read[i].share == Approx(rows[i].share).margin(1e-4));
    }
    CHECK_THAT(experiments::drivers_report(rows, design), Catch::Contains("demand.adjustment -100 %") && Catch::Contains("none that can be told from chance"));
}

TEST_CASE("a table of shares with anything else in it is refused with its line", "[experiments][unit]") {
    const tests::TemporaryFolder folder;
    const std::string header = "indicator,unit,until,mean,standard_deviation,driver,status,share,standard_error,effect\n";
    const auto read = [&](const std::string& text) {
        tests::write_contents(folder / "d.csv", text);
        return experiments::read_driver_rows(folder / "d.csv");
    };
    CHECK(read("# a\n" + header + "tightness,1,2030-12,1,0.1,rest,,1,0,0\n").size() == 1);
    CHECK_THROWS_WITH(read("# a\n" + header), Catch::Contains("holds no rows"));
    CHECK_THROWS_WITH(read("driver,share\n"), Catch::Contains("d.csv:1: the header"));
    CHECK_THROWS_WITH(read(header + "tightness,1\n"), Catch::Contains("d.csv:2: a row of 10 columns"));
    CHECK_THROWS_WITH(read(header + "tightness,1,2030-12,1,much,rest,,1,0,0\n"), Catch::Contains("d.csv:2: a number in column 5"));
    CHECK_THROWS_AS(experiments::read_driver_rows(folder / "none.csv"), sim::FileError);
}

TEST_CASE("a summary names assumed parameters that drive an indicator, the strongest first", "[experiments][unit]") {
    const auto row = [](const std::string& indicator, const std::string& driver, const std::string& status, double share) {
        return DriverRow{indicator, "1", "2030-12", 1, 0.1, driver, status, share, 0.01, 0.1};
    };
    const std::vector<DriverRow> rows{row("tightness", "a.b", "assumed", 0.3),    row("tightness", "c.d", "derived", 0.4),
                                      row("tightness", "rest", "", 0.3),          row("side_entries", "e.f", "assumed", 0.5),
                                      row("side_entries", "a.b", "assumed", 0.2), row("side_entries", "g.h", "assumed", 0.099),
                                      row("side_entries", "chance", "", 0.2)};
    CHECK(experiments::assumed_drivers_text(rows) ==
          "Assumed parameters drive core indicators of 2030: e.f (50 % of the variance of side entries), a.b (30 % of the variance of tightness, and of 1 "
          "more)\n");
    CHECK(experiments::assumed_drivers_text({row("tightness", "c.d", "derived", 0.4)}).empty());
}

TEST_CASE("the shipped table of drivers is what the command wrote for the present parameters", "[experiments][unit]") {
    const auto file = experiments::shipped_drivers();
    CHECK(tests::contents(file).rfind("# instroom drivers ", 0) == 0);
    const auto rows = experiments::read_driver_rows(file);
    std::map<std::string, double> sums;
    std::map<std::string, int> assumed;
    for (const auto& row : rows) {
        INFO(row.indicator << " " << row.driver << ": where this fails, run the command in the table's first line again");
        sums[row.indicator] += row.share;
        CHECK(row.until == "2030-12");
        if (row.driver == "rest" || row.driver == "chance") {
            CHECK(row.status.empty());
            continue;
        }
        CHECK(row.status == models::text(parameter(row.driver).status));
        CHECK_FALSE(parameter(row.driver).prior.distribution.empty());
        assumed[row.driver] += row.status == "assumed";
    }
    const auto indicators = experiments::core_indicators(until);
    CHECK(sums.size() == indicators.size());
    for (const auto& one : indicators) CHECK(sums[one.target.name] == Approx(1).margin(0.005));
    CHECK(assumed.size() >= 5);
    CHECK_FALSE(experiments::assumed_drivers_text(rows).empty());
}
