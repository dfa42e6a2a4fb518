#include "experiments/calibration/backtest.hpp"

#include <algorithm>
#include <limits>

#include <catch2/catch.hpp>

#include "experiments/calibration/backtest_report.hpp"
#include "experiments/calibration/scores.hpp"
#include "regions/data_folder.hpp"
#include "regions/readers.hpp"
#include "sim/error.hpp"
#include "tests/support/files.hpp"

namespace {

using experiments::BacktestData;

const std::string total_block =
    "[series.total]\nfamily = \"vacancies\"\nkind = \"count\"\ntop = [\"vacancies\"]\nmeasured = \"end\"\ngiven = true\nstandard_error = 0\nerrors = "
    "\"assumed\"\n";
const std::string part_block =
    "[series.part]\nfamily = \"employment\"\nkind = \"count\"\ntop = [\"persons; labour_status = employed\"]\nlevel = false\ntotal = \"total\"\n"
    "standard_error = 0\nerrors = \"assumed\"\n";

std::vector<experiments::BacktestSeries> read(const std::string& text) {
    return experiments::backtest_series_from_text(text, "b.toml", regions::all_regions());
}

std::string changed(std::string text, const std::string& from, const std::string& to) {
    const auto place = text.find(from);
    REQUIRE(place != std::string::npos);
    return text.replace(place, from.size(), to);
}

regions::Figure figure(const std::string& series, const std::string& period, double value, const std::string& known, int line = 2) {
    regions::Figure f;
    f.variable = series;
    f.period = period;
    f.value = value;
    f.unit = "persons";
    f.known_from = known;
    f.line = line;
    return f;
}

/// A total that doubles from 2021Q3 to 2022Q1, and a part of it.
BacktestData small_data() {
    BacktestData data;
    data.series = read(total_block + part_block);
    experiments::add_figures(
        data,
        {figure("total", "2021Q2", 100, "2021-09-28"), figure("total", "2021Q3", 100, "2021-12-29"), figure("total", "2021Q4", 150, "2022-03-31"),
         figure("total", "2022Q1", 200, "2022-06-29"), figure("total", "2022Q3", 220, "2022-12-29"), figure("part", "2021Q3", 10, "2021-12-29"),
         figure("part", "2022Q1", 21, "2022-06-29")},
        "o.csv");
    return data;
}

const sim::Month end_of_2021 = sim::Month::of(2021, 12);

}  // namespace

TEST_CASE("what is wrong with a file of series is said with its line", "[experiments][unit]") {
    const auto refused = [](const std::string& text, const std::string& finding) {
        INFO(finding);
        CHECK_THROWS_WITH(read(text), Catch::Contains(finding));
        CHECK_THROWS_AS(read(text), sim::InputError);
    };
    const std::string good = total_block + part_block;
    CHECK(read(good).size() == 2);
    refused("", "has no series");
    refused("colour = 1\n" + good, "b.toml:1: colour: no key of a file of series has this name");
    refused(changed(good, "family = \"vacancies\"", "family = \"vacancy\""), "did you mean vacancies?");
    refused(changed(good, "measured = \"end\"", "measurd = \"end\""), "did you mean measured?");
    refused(changed(good, "given = true", "given = 1"), "but true or false is expected");
    refused(changed(good, "total = \"total\"", "total = \"totals\""), "'totals', which is no series with given = true; did you mean total?");
    refused(changed(good, "standard_error = 0", "standard_error = 2"), "a share of the figure from 0 to 1");
    refused(changed(good, "errors = \"assumed\"\n", ""), "has no key errors");
    refused(changed(good, "kind = \"count\"", "kind = \"ratio\""), "has no key bottom");
    refused(changed(good, "level = false", "calibrate = true"), "needs a level and an error above 0");
}

TEST_CASE("observed figures are refused with file and line", "[experiments][unit]") {
    const auto refused = [](const regions::Figure& f, const std::string& finding) {
        auto data = small_data();
        INFO(finding);
        CHECK_THROWS_WITH(experiments::add_figures(data, {f}, "more.csv"), Catch::Contains(finding));
    };
    refused(figure("totals", "2023Q1", 1, "2023-06-29", 7), "more.csv:7: variable 'totals' is no series of a backtest; did you mean 'total'?");
    refused(figure("total", "2023Q5", 1, "2023-06-29"), "more.csv:2: period is '2023Q5' (a year, a quarter such as 2021Q3");
    refused(figure("total", "2022Q1", 1, "2023-06-29"), "total of 2022Q1 stands on o.csv:2 already");
    refused(figure("total", "2023", 1, "2023-06-29"), "period is '2023', but those of total are like '2021Q2'");
    refused(figure("total", "2023Q1", -1, "2023-06-29"), "value is -1 (a number above 0 is expected)");
    auto other_unit = figure("total", "2023Q1", 1, "2023-06-29");
    other_unit.unit = "thousands";
    refused(other_unit, "unit is 'thousands', but total is in 'persons' elsewhere");
}

TEST_CASE("forecasts are planned for what was not known, 1, 2, 4 and 8 quarters on", "[experiments][unit]") {
    const auto data = small_data();
    const auto plan = experiments::plan_forecasts(data, end_of_2021);
    // 2021Q4 was not known, but lies before the cut; 2022Q3 is three quarters on.
    REQUIRE(plan.forecasts.size() == 2);
    CHECK(plan.forecasts[0].series == 0);
    CHECK(plan.forecasts[0].horizon == 1);
    CHECK(plan.moments[plan.forecasts[0].moment].name == "total 2022Q1");
    CHECK(plan.moments[plan.forecasts[0].moment].from == sim::Month::of(2022, 3));  // measured at the end
    REQUIRE(plan.forecasts[0].anchor_moment);
    CHECK(plan.moments[*plan.forecasts[0].anchor_moment].name == "total 2021Q3");
    CHECK(plan.moments[plan.forecasts[1].moment].from == sim::Month::of(2022, 1));  // a mean over the quarter
    // Three quarters before, no figure of the part was known to start from.
    const auto early = experiments::plan_forecasts(data, sim::Month::of(2021, 9));
    CHECK(std::none_of(early.forecasts.begin(), early.forecasts.end(), [](const auto& f) { return f.series == 1; }));
    CHECK(early.without_anchor == 1);
    CHECK_THROWS_WITH(experiments::plan_forecasts(data, sim::Month::of(2022, 12)), Catch::Contains("no observed figure follows the cut 2022-12"));
}

TEST_CASE("a forecast goes on from the last known figure by the simulated change", "[experiments][unit]") {
    const auto data = small_data();
    const auto plan = experiments::plan_forecasts(data, end_of_2021);
    std::vector<std::vector<double>> runs;
    for (const double factor : {1.0, 1.5, 2.0}) {
        std::vector<double> run(plan.moments.size(), 1000);  // at another level than the figures
        for (const auto& f : plan.forecasts) run[f.moment] = 1000 * factor;
        runs.push_back(run);
    }
    const auto scored = experiments::score_forecasts(data, plan, runs, false);
    REQUIRE(scored.size() == 2);
    CHECK(scored[0].forecast == Approx(150));
    CHECK(scored[0].error == Approx(50));
    CHECK(scored[0].low == Approx(105));
    CHECK(scored[0].high == Approx(195));
    CHECK(scored[0].crps == Approx(experiments::crps(experiments::DrawnForecast{{100, 150, 200}, 0}, 200)));
    CHECK(scored[0].anchor == "2021Q3");
    REQUIRE(scored[0].level);
    CHECK(*scored[0].level == Approx(1500));
    CHECK_FALSE(scored[1].level);
    CHECK(scored[1].forecast == Approx(15));
    REQUIRE(scored[0].rival[0]);
    CHECK(scored[0].rival[0]->mean == 100);
    REQUIRE(scored[0].rival[1]);
    CHECK(scored[0].rival[1]->mean == Approx(100));  // the line through 100 and 100
    CHECK_FALSE(scored[0].rival[2]);
    CHECK(scored[1].rival[0]->mean == 10);
    CHECK_FALSE(scored[1].rival[1]);
}

TEST_CASE("in a conditional forecast totals are known, and rivals forecast the share of theirs", "[experiments][unit]") {
    const auto data = small_data();
    const auto plan = experiments::plan_forecasts(data, end_of_2021);
    const std::vector<std::vector<double>> runs(5, std::vector<double>(plan.moments.size(), 1000));
    const auto scored = experiments::score_forecasts(data, plan, runs, true);
    REQUIRE(scored.size() == 1);
    CHECK(data.series[scored[0].series].name == "part");
    REQUIRE(scored[0].rival[0]);
    CHECK(scored[0].rival[0]->mean == Approx(20));  // a tenth of 200
    // A draw whose moment is missing is left out, and the forecast where most are.
    auto missing = runs;
    for (std::size_t i = 0; i < 2; ++i) missing[i][plan.forecasts[1].moment] = std::numeric_limits<double>::quiet_NaN();
    CHECK(experiments::score_forecasts(data, plan, missing, true).size() == 1);
    missing[2] = missing[0];
    CHECK(experiments::score_forecasts(data, plan, missing, true).empty());
}

TEST_CASE("figures that come later change nothing but their own forecast", "[experiments][unit]") {
    auto data = small_data();
    const auto plan = experiments::plan_forecasts(data, end_of_2021);
    const std::vector<std::vector<double>> runs(5, std::vector<double>(plan.moments.size(), 1000));
    const auto before = experiments::score_forecasts(data, plan, runs, false);
    for (auto& figures : data.figures)
        for (auto& f : figures)
            if (f.known_from > "2021-12-31") f.value *= 3;
    const auto after = experiments::score_forecasts(data, plan, runs, false);
    REQUIRE(before.size() == after.size());
    for (std::size_t i = 0; i < before.size(); ++i) {
        CHECK(before[i].forecast == after[i].forecast);
        CHECK(before[i].observed != after[i].observed);
        for (std::size_t r = 0; r < experiments::rivals; ++r)
            if (before[i].rival[r]) CHECK(before[i].rival[r]->mean == after[i].rival[r]->mean);
    }
}

TEST_CASE("the profile of quarters is found beside a trend", "[experiments][unit]") {
    std::vector<double> path;
    const std::array<double, 4> season{1.1, 1.0, 0.8, 1.1};
    for (std::size_t q = 0; q < 12; ++q) path.push_back(season[q % 4] * 500);
    const auto profile = experiments::quarter_profile(path);
    for (std::size_t k = 0; k < 4; ++k) CHECK(profile[k] == Approx(season[k]));
    path.pop_back();
    CHECK(experiments::quarter_profile(path) == std::array<double, 4>{1, 1, 1, 1});
}

TEST_CASE("a calibration at a cut aims at what was known then", "[experiments][unit]") {
    BacktestData data;
    data.series = experiments::read_backtest_series(experiments::shipped_backtest_series(), regions::all_regions());
    const auto table = regions::shipped_data() / "observed.csv";
    experiments::add_figures(data, regions::read_figures(table), table.string());
    const auto all = experiments::read_targets(experiments::shipped_targets(), regions::all_regions());
    for (const auto cut : experiments::rolling_cuts()) {
        const auto known = experiments::targets_known_at(all, data, cut);
        CHECK_FALSE(known.targets.empty());
        CHECK(known.cut_rank <= static_cast<int>(known.targets.size()));
        CHECK(known.free.size() == all.free.size());
        for (const auto& t : known.targets) {
            CHECK(t.until <= cut);
            CHECK(t.known_from <= experiments::last_day(cut));
        }
        // Every family but one is forecast from every cut: wages come once a year.
        CHECK(experiments::plan_forecasts(data, cut).forecasts.size() > 20);
    }
    CHECK(experiments::last_day(sim::Month::of(2024, 2)) == "2024-02-29");
}

TEST_CASE("a file that was calibrated on later moments is refused", "[experiments][unit]") {
    const tests::TemporaryFolder folder;
    const auto file = folder / "c.toml";
    tests::write_contents(file, "name = \"c\"\n[calibration.moment.rate]\nobserved = 0.04\nknown_from = \"2023-03-31\"\n");
    CHECK_THROWS_WITH(experiments::refuse_later_moments(file.string(), sim::Month::of(2022, 12)),
                      Catch::Contains("c.toml:4: calibration.moment.rate.known_from: is \"2023-03-31\""));
    CHECK_NOTHROW(experiments::refuse_later_moments(file.string(), sim::Month::of(2023, 3)));
}

TEST_CASE("scores are pooled by hand", "[experiments][unit]") {
    std::vector<experiments::ScoredForecast> forecasts(2);
    for (auto& f : forecasts) {
        f.observed = 100;
        f.low = 90;
        f.high = 110;
        f.error = 5;
        f.crps = 4;
        f.rival[0] = experiments::RivalScore{110, 10, 8, 105.0, 115.0};
    }
    forecasts[1].series = 1;
    forecasts[1].observed = 120;
    forecasts[1].error = 12;
    forecasts[1].crps = 12;
    forecasts[1].rival[0] = experiments::RivalScore{110, 10, 6, {}, {}};
    const auto pooled = experiments::pool(forecasts);
    CHECK(pooled.forecasts == 2);
    CHECK(pooled.covered == 1);
    CHECK(pooled.series == 2);
    CHECK(pooled.smallest == 1);
    CHECK(pooled.rival[0].crps_ratio == Approx((0.04 + 0.1) / (0.08 + 0.05)));
    CHECK(pooled.rival[0].intervals == 1);
    CHECK(pooled.rival[0].covered == 0);
    CHECK(pooled.rival[1].forecasts == 0);
}
