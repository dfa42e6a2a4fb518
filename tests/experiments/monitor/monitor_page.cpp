#include "experiments/monitor/monitor_page.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "experiments/monitor/monitor_run.hpp"
#include "experiments/monitor/plotted_series.hpp"
#include "models/labels.hpp"
#include "sim/error.hpp"
#include "sim/stored_trajectory.hpp"
#include "sim/trajectory.hpp"
#include "tests/support/files.hpp"

using Catch::Matchers::Contains;

namespace {

/// A file of a run with two replicates over two years and a month: unemployed are 10 and 20 agents of 100 in IJmond, 30 of 100 in Brainport, in each replicate
/// one more by month; an agent is two persons.
void write_run(const std::filesystem::path& path) {
    sim::Trajectory t({0, 1}, sim::Month::of(2021, 1), 26);
    t.set_file_attribute({"schema_version", std::int64_t{1}});
    t.set_file_attribute({"scale", 0.5});
    t.set_file_attribute({"source", std::string("Instroom </script>")});
    t.add_coordinate({"region", std::vector<std::string>{"IJmond", "Brainport"}});
    t.add_coordinate({"labour_status", std::vector<std::string>(models::labour_status_labels.begin(), models::labour_status_labels.end())});
    const auto persons = t.add_series({.name = "persons", .dimensions = {"labour_status"}});
    const auto students = t.add_series({.name = "working_students"});
    const auto opened = t.add_series({.name = "vacancies_opened", .kind = sim::Kind::flow});
    const auto places = models::labour_status_labels.size();
    for (std::size_t r = 0; r < 2; ++r)
        for (std::size_t m = 0; m < 26; ++m) {
            auto cells = t.counts(persons, r, m);
            std::fill(cells.begin(), cells.end(), 0);
            for (std::size_t region = 0; region < 2; ++region) {
                const auto unemployed = static_cast<std::int32_t>((region == 0 ? 10 + 10 * r : 30) + m);
                cells[region * places + 4] = unemployed;
                cells[region * places + 2] = 100 - unemployed;
                t.counts(students, r, m)[region] = 0;
                if (m > 0) t.counts(opened, r, m)[region] = 7;
            }
        }
    t.write(path);
}

}  // namespace

TEST_CASE("the page of a run has means and quantiles over replicates, by region and of all", "[experiments][law]") {
    const tests::TemporaryFolder folder;
    write_run(folder / "run.h5");
    const auto made = experiments::json_of_run(sim::StoredTrajectory(folder / "run.h5"), experiments::monitor_specification({}));
    REQUIRE(made["months"].size() == 26);
    CHECK(made["months"][0] == "2021-01");
    CHECK(made["years"] == nlohmann::ordered_json::array({"2022-01", "2023-01"}));
    const auto& rate = made["indicators"]["unemployment_rate"];
    // Of 100 agents each: 10 and 20 in IJmond, 30 in Brainport, so 20 and 25 of all.
    CHECK(rate["months"]["mean"][0].get<double>() == Approx(0.15));
    CHECK(rate["months"]["low"][0].get<double>() == Approx(0.10 + 0.025 * 0.10));
    CHECK(rate["months"]["high"][0].get<double>() == Approx(0.10 + 0.975 * 0.10));
    CHECK(rate["months"]["mean"][2 * 26].get<double>() == Approx(0.225));
    // The last year holds points 14 to 25: 10 + 19.5 on average.
    CHECK(rate["years"]["mean"][1].get<double>() == Approx(0.345));
    CHECK_FALSE(made["indicators"].contains("technicians_at_work"));
}

TEST_CASE("a figure that is observed has its simulated counterpart, over the same months", "[experiments][law]") {
    const tests::TemporaryFolder folder;
    write_run(folder / "run.h5");
    const auto specification = experiments::monitor_specification({});
    const auto made = experiments::json_of_run(sim::StoredTrajectory(folder / "run.h5"), specification);
    const auto& flow = made["observed"]["vacancies_new"];
    REQUIRE(flow["periods"][0] == "2021Q1");
    // 14 agents a month, three months, two persons an agent, and the nation.
    const double nation = specification.nation_over({"IJmond", "Brainport"});
    CHECK(flow["mean"][0].get<double>() == Approx(14 * 3 * 2 * nation).epsilon(1e-6));
    const auto& stock = made["observed"]["unemployed"];
    REQUIRE(stock["periods"][0] == "2021Q1");
    CHECK(stock["mean"][0].get<double>() == Approx((45 + 2 * 2.0) * 2 * nation).epsilon(1e-6));  // points 1 to 3
}

TEST_CASE("page data can stand in a script element, and hold no file that is not ours", "[experiments][unit]") {
    const tests::TemporaryFolder folder;
    write_run(folder / "run.h5");
    const auto text = experiments::monitor_page_data({folder / "run.h5"}, {});
    CHECK(text.find('<') == std::string::npos);
    const auto parsed = nlohmann::json::parse(text);
    CHECK(parsed["files"][0]["attributes"]["source"] == "Instroom </script>");
    CHECK(parsed["files"][0]["kind"] == "run");
    sim::Trajectory foreign({0}, sim::Month::of(2021, 1), 2);
    foreign.write(folder / "foreign.h5");
    CHECK_THROWS_WITH(experiments::monitor_page_data({folder / "foreign.h5"}, {}), Contains("was not written by Instroom"));
    std::ofstream(folder / "text.h5") << "no";
    CHECK_THROWS_WITH(experiments::monitor_page_data({folder / "text.h5"}, {}), Contains("is no HDF5 file"));
}

TEST_CASE("a picture takes indicators, observed series and selections", "[experiments][unit]") {
    const tests::TemporaryFolder folder;
    write_run(folder / "run.h5");
    const sim::StoredTrajectory file(folder / "run.h5");
    const auto specification = experiments::monitor_specification({});
    const auto rate = experiments::plotted_series(file, specification, {"unemployment_rate", "", {}, true});
    CHECK(rate.title == "Werkloosheid");
    CHECK(rate.lines.size() == 1);
    CHECK(rate.lines[0].mean[0] == Approx(0.225));
    CHECK(rate.observed.size() == 2);  // 2021 and 2022; 2023 is not over
    const auto by_region = experiments::plotted_series(file, specification, {"unemployment_rate", "region", {}, false});
    REQUIRE(by_region.lines.size() == 2);
    CHECK(by_region.lines[1].name == "Brainport");
    CHECK(by_region.lines[1].mean[0] == Approx(0.30));
    CHECK(by_region.observed.empty());
    const auto selected =
        experiments::plotted_series(file, specification, {"persons; labour_status = unemployed | employed", "labour_status", {"IJmond"}, false});
    REQUIRE(selected.lines.size() == 2);
    CHECK(selected.lines[0].name == "unemployed");
    CHECK(selected.lines[0].mean[0] == Approx(2 * 15));
    CHECK(selected.lines[1].mean[0] == Approx(2 * 85));
    const auto flow = experiments::plotted_series(file, specification, {"vacancies_opened", "", {}, false});
    CHECK(std::isnan(flow.lines[0].mean[0]));
    CHECK(flow.lines[0].mean[1] == Approx(28));
    const auto refused = [&](const experiments::PlotWish& wish, const std::string& words) {
        CHECK_THROWS_WITH(experiments::plotted_series(file, specification, wish), Contains(words));
    };
    refused({"person", "", {}, false}, "did you mean persons?");
    refused({"persons", "regio", {}, false}, "did you mean region?");
    refused({"persons; labour_status = unemploied", "", {}, false}, "did you mean unemployed?");
    refused({"persons", "", {"Brainprt"}, false}, "did you mean 'Brainport'?");
}
