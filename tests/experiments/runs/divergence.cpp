#include "experiments/runs/divergence.hpp"

#include <cmath>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "experiments/scenarios/scenario.hpp"
#include "sim/error.hpp"
#include "sim/trajectory.hpp"
#include "tests/support/files.hpp"

namespace {

constexpr sim::Month first = sim::Month::of(2021, 1);

/// A run of two replicates and a few months, all numbers 1.
struct SmallRun {
    explicit SmallRun(int points = 5, std::vector<std::string> regions = {"IJmond", "Brainport"}) : series({0, 1}, first, points) {
        series.add_coordinate({"region", std::move(regions)});
        series.add_coordinate({"cause", std::vector<std::string>{"quit", "closure"}});
        separations = series.add_series({.name = "separations", .dimensions = {"cause"}, .kind = sim::Kind::flow});
        jobs = series.add_series({.name = "jobs"});
        intake = series.add_series({.name = "intake", .kind = sim::Kind::flow});
        share = series.add_series({.name = "share", .type = sim::SeriesType::real, .kind = sim::Kind::share});
        for (std::size_t r = 0; r < 2; ++r)
            for (std::size_t t = 0; t < series.points(); ++t)
                for (const auto id : {separations, jobs, intake})
                    for (auto& n : series.counts(id, r, t)) n = 1;
        series.set_file_attribute({"schema_version", std::int64_t{1}});
    }

    sim::Trajectory series;
    sim::SeriesId separations, jobs, intake, share;
};

std::optional<experiments::Divergence> between(const SmallRun& a, const SmallRun& b) {
    const tests::TemporaryFolder folder;
    a.series.write(folder / "a.h5");
    b.series.write(folder / "b.h5");
    return experiments::first_divergence(sim::StoredTrajectory(folder / "a.h5"), sim::StoredTrajectory(folder / "b.h5"));
}

}  // namespace

TEST_CASE("runs that are alike do not part, missing values and longer runs included", "[experiments][unit]") {
    CHECK_FALSE(between(SmallRun(), SmallRun()));
    SmallRun longer(9);
    longer.series.counts(longer.jobs, 0, 7)[0] = 5;  // beyond what both have
    CHECK_FALSE(between(SmallRun(), longer));
}

TEST_CASE("the first month in which runs part is named, with series in the order of processes", "[experiments][unit]") {
    const SmallRun a;
    SmallRun b;
    b.series.counts(b.jobs, 1, 3)[1] = 4;         // March
    b.series.counts(b.jobs, 0, 4)[0] = 9;         // later
    b.series.counts(b.separations, 1, 3)[3] = 2;  // Brainport, closure
    b.series.counts(b.separations, 0, 3)[1] = 3;  // IJmond, closure
    b.series.counts(b.intake, 0, 3)[0] = 7;
    b.series.reals(b.share, 0, 4)[0] = 0.5;  // missing in the other, later
    const auto found = between(a, b);
    REQUIRE(found.has_value());
    CHECK(found->month == sim::Month::of(2021, 3));
    CHECK(found->same_points == 3);
    REQUIRE(found->series.size() == 3);
    CHECK(found->series[0].series == "intake");
    CHECK(found->series[0].process == "schooling");
    CHECK(found->series[0].cell == "replicate 0, IJmond");
    CHECK(found->series[1].series == "separations");
    CHECK(found->series[1].process == "employers");
    CHECK(found->series[1].cell == "replicate 0, IJmond, cause = closure");
    CHECK(found->series[1].a == 1);
    CHECK(found->series[1].b == 3);
    CHECK(found->series[1].cells == 2);
    CHECK(found->series[2].series == "jobs");
    CHECK(found->series[2].process.empty());
    CHECK(found->persons.empty());

    SmallRun start;
    start.series.counts(start.jobs, 0, 0)[0] = 2;
    const auto at_start = between(a, start);
    REQUIRE(at_start.has_value());
    CHECK_FALSE(at_start->month.has_value());
}

TEST_CASE("the first person of both panels who differs is named", "[experiments][unit]") {
    const auto with_panel = [](std::vector<std::int32_t> persons, std::vector<std::int8_t> status, std::vector<std::int16_t> wage) {
        SmallRun run(3);
        run.series.add_coordinate({"person", std::move(persons), {}, "panel"});
        run.series.add_table({"panel", "labour_status", {"replicate", "person", "time"}, std::move(status), {}, true});
        run.series.add_table({"panel", "wage", {"replicate", "person", "time"}, std::move(wage), {}, true});
        return run;
    };
    // Two replicates, persons 7 and 9 (9 and 11 in the other), three points of time.
    const auto a = with_panel({7, 9}, {1, 1, 1, 2, 2, 2, 1, 1, 1, 2, 2, 2}, std::vector<std::int16_t>(12, 10));
    const auto b = with_panel({9, 11}, {2, 2, 4, 3, 3, 3, 2, 2, 2, 3, 3, 3}, {10, 10, 0, 10, 10, 10, 10, 10, 10, 10, 10, 10});
    const auto found = between(a, b);
    REQUIRE(found.has_value());
    CHECK(found->series.empty());
    CHECK(found->person_month == sim::Month::of(2021, 2));
    REQUIRE(found->persons.size() == 2);
    CHECK(found->persons[0].series == "labour_status");
    CHECK(found->persons[0].cell == "person 9, replicate 0");
    CHECK(found->persons[0].a == 2);
    CHECK(found->persons[0].b == 4);
    CHECK(found->persons[1].series == "wage");
}

TEST_CASE("files that cannot be compared are refused", "[experiments][unit]") {
    CHECK_THROWS_WITH(between(SmallRun(), SmallRun(5, {"IJmond", "Zuid-Limburg"})), Catch::Contains("other labels of region"));
}
