#include "regions/figure_changes.hpp"

#include <catch2/catch.hpp>

#include "sim/error.hpp"
#include "tests/support/files.hpp"

namespace {

const std::string header = "region,variable,breakdown,period,value,low,high,unit,status,source,url,note,known_from\n";

std::string row(const std::string& region, const std::string& value, const std::string& status) {
    return region + ",births,total,2021," + value + ",,,persons," + status + ",CBS,,,2022-03-31\n";
}

}  // namespace

TEST_CASE("tables of one's own stand over those beneath, and every reader is known", "[regions][unit]") {
    const tests::TemporaryFolder beneath, own;
    tests::write_contents(beneath / "births.csv", header + row("NL", "1", "observed"));
    tests::write_contents(beneath / "deaths.csv", header + row("NL", "2", "observed") + row("CR", "3", "assumed"));
    tests::write_contents(own / "deaths.csv", header + row("NL", "4", "observed") + row("CR", "5", "assumed"));
    regions::DataFolder data(own.path(), beneath.path());
    data.read_for("demography");
    CHECK(data.value("births", "NL", "births", "total", "2021") == 1);
    CHECK(data.value("deaths", "NL", "births", "total", "2021") == 4);
    data.read_for("schooling");
    CHECK(data.rows("deaths", "births", "NL").size() == 1);
    CHECK(data.file_of("births") == beneath / "births.csv");
    CHECK(data.file_of("deaths") == own / "deaths.csv");

    const auto figures = data.figures();
    REQUIRE(figures.size() == 3);
    CHECK(figures[0].feeds == std::vector<std::string>{"demography"});
    CHECK(figures[1].feeds == std::vector<std::string>{"demography", "schooling"});
    CHECK(figures[2].table == "deaths");
    CHECK(figures[2].feeds.empty());

    data.refuse_unread_files();
    tests::write_contents(own / "death.csv", header);
    CHECK_THROWS_WITH(data.refuse_unread_files(), Catch::Contains("death.csv: no table has this name; did you mean 'deaths.csv'?"));
    CHECK_THROWS_AS(regions::DataFolder(own.path(), beneath / "nowhere"), sim::FileError);
}

TEST_CASE("changes of figures are those of value, status or being there", "[regions][unit]") {
    const tests::TemporaryFolder before_folder, after_folder;
    tests::write_contents(before_folder / "t.csv",
                          header + row("A", "1", "observed") + row("B", "2", "assumed") + row("C", "3", "assumed") + row("D", "4", "observed"));
    tests::write_contents(after_folder / "t.csv",
                          header + row("D", "4", "observed") + row("C", "3", "observed") + row("B", "2.5", "assumed") + row("E", "5", "derived"));
    regions::DataFolder before(before_folder.path()), after(after_folder.path());
    before.read_for("demography");
    CHECK(before.value("t", "A", "births", "total", "2021") == 1);
    after.read_for("wages");
    CHECK(after.value("t", "B", "births", "total", "2021") == 2.5);

    const auto changes = figure_changes(before, after);
    REQUIRE(changes.size() == 4);  // D is the same on another line
    CHECK(changes[0].before->region == "A");
    CHECK_FALSE(changes[0].after.has_value());
    CHECK(changes[0].feeds == std::vector<std::string>{"demography"});
    CHECK(changes[1].before->value == 2);
    CHECK(changes[1].after->value == 2.5);
    CHECK(changes[1].feeds == std::vector<std::string>{"wages"});
    CHECK(changes[2].before->status == models::Status::assumed);
    CHECK(changes[2].after->status == models::Status::observed);
    CHECK_FALSE(changes[3].before.has_value());
    CHECK(changes[3].after->value == 5);
    CHECK(figure_changes(before, before).empty());
}
