#include "experiments/appraisal/appraisal_parts.hpp"

#include <catch2/catch.hpp>

#include "sim/error.hpp"
#include "tests/support/files.hpp"

using namespace experiments;

TEST_CASE("parts are gathered each run once, and a part of another command is refused", "[experiments][unit]") {
    const tests::TemporaryFolder folder;
    const auto log = folder / "runs";
    gather_parts(log);
    CHECK(folder.names().empty());
    tests::write_contents(part_of(log, {7, 3, 5}), "# key\nhead\n3,1\n5,1\n7,");  // cut short
    tests::write_contents(part_of(log, {0}), "# key\nhead\n0,1\n3,1\n");
    gather_parts(log);
    CHECK(tests::contents(log) == "# key\nhead\n0,1\n3,1\n5,1\n");
    gather_parts(log);
    CHECK(tests::contents(log) == "# key\nhead\n0,1\n3,1\n5,1\n");
    tests::write_contents(part_of(log, {9}), "# other\nhead\n9,1\n");
    CHECK_THROWS_WITH(gather_parts(log), Catch::Contains("runs.draw-9 holds runs of another command"));
}

TEST_CASE("points of a sweep are draws", "[experiments][unit]") {
    const tests::TemporaryFolder folder;
    const auto file = folder / "points.csv";
    tests::write_contents(file, "draw\n0\n4.0\n2\n");
    CHECK(drawn_points(file, 5) == std::vector<std::size_t>{0, 4, 2});
    CHECK_THROWS_WITH(drawn_points(file, 4), Catch::Contains("points.csv:3: draw is no whole number from 0 to 3"));
    tests::write_contents(file, "x\n0\n");
    CHECK_THROWS_WITH(drawn_points(file, 4), Catch::Contains("has no column draw"));
    write_results(folder / "results.csv", 2, 6);
    CHECK(tests::contents(folder / "results.csv") == "runs\n6\n6\n");
}
