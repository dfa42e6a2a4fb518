#include "regions/data_folder.hpp"

#include <catch2/catch.hpp>

#include "sim/error.hpp"
#include "tests/support/files.hpp"

namespace {

const std::string header = "region,variable,breakdown,period,value,low,high,unit,status,source,url,note,known_from\n";
const std::string good = "NL,births,total,2021,179441,,,persons,observed,CBS,https://cbs.nl,\"a note, with a comma\",2022-03-31\n";

/// What reading a table with this content says.
std::string message_of(const std::string& content) {
    const tests::TemporaryFolder folder;
    tests::write_contents(folder / "t.csv", content);
    regions::DataFolder data(folder.path());
    try {
        (void)data.table("t");
    } catch (const sim::InputError& error) {
        const std::string text = error.what();
        return text.substr(text.find("t.csv"));
    }
    return "no error";
}

}  // namespace

TEST_CASE("a table is read with all its columns", "[regions][unit]") {
    const tests::TemporaryFolder folder;
    tests::write_contents(folder / "t.csv",
                          header + good + "\"Nuenen, Gerwen\",births,\"line one\nline two\",2021,1.5e2,100,200,persons,assumed,,,,2021-01-01\n" + good);
    regions::DataFolder data(folder.path());
    const auto& rows = data.table("t");
    REQUIRE(rows.size() == 3);
    CHECK(rows[0].value == 179441);
    CHECK(rows[0].note == "a note, with a comma");
    CHECK(rows[0].status == models::Status::observed);
    CHECK_FALSE(rows[0].low.has_value());
    CHECK(rows[1].region == "Nuenen, Gerwen");
    CHECK(rows[1].breakdown == "line one\nline two");
    CHECK(rows[1].value == 150);
    CHECK(*rows[1].high == 200);
    CHECK(rows[1].line == 3);
    CHECK(rows[2].line == 5);  // the row before takes two lines
    CHECK(data.rows("t", "births").size() == 3);
    CHECK(data.rows("t", "births", "NL").size() == 2);
}

TEST_CASE("provenance holds the digest of each file that was read", "[regions][unit]") {
    const tests::TemporaryFolder folder;
    tests::write_contents(folder / "t.csv", header + good);
    tests::write_contents(folder / "unread.csv", header);
    regions::DataFolder data(folder.path());
    CHECK(data.provenance().empty());
    CHECK(data.value("t", "NL", "births", "total", "2021") == 179441);
    const auto provenance = data.provenance();
    REQUIRE(provenance.size() == 1);
    CHECK(provenance[0].file == "t.csv");
    CHECK(provenance[0].source == "CBS");
    CHECK(provenance[0].period == "2021");
    const auto [text, status] = tests::output_of("sha256sum " + (folder / "t.csv").string());
    REQUIRE(status == 0);
    CHECK(text.substr(0, 64) == provenance[0].sha256);
}

TEST_CASE("bad content is named by file, line and column with what was expected", "[regions][unit]") {
    const auto row = [](const std::string& value, const std::string& status = "observed", const std::string& known = "2022-03-31") {
        return header + good + "NL,births,total,2021," + value + ",,,persons," + status + ",CBS,,," + known + "\n";
    };
    CHECK(message_of(row("12")) == "no error");
    CHECK(message_of(row("12 thousand")) == "t.csv:3: value is '12 thousand' (a number such as 1250.5 is expected)");
    CHECK(message_of(row("")) == "t.csv:3: value is empty (a number is expected)");
    CHECK(message_of(row("nan")) == "t.csv:3: value is 'nan' (a number such as 1250.5 is expected)");
    CHECK(message_of(row("12", "seen")) == "t.csv:3: status is 'seen' (observed, derived, recalled or assumed is expected)");
    CHECK(message_of(row("12", "observed", "March 2022")) == "t.csv:3: known_from is 'March 2022' (a date such as 2021-04-01 is expected)");
    CHECK(message_of(header + "NL,births,total,2021,1,5,2,persons,observed,CBS,,,2022-03-31\n") == "t.csv:2: low is above high (5 > 2)");
    CHECK(message_of(header + "NL,births,total,2021,1,,,persons,observed,,,,2022-03-31\n") ==
          "t.csv:2: source is empty (only a recalled or assumed figure may have none)");
    CHECK(message_of(header + "NL,births,total\n") == "t.csv:2: row has 3 fields (13 are expected)");
    CHECK(message_of(header + good + "NL,\"births,total\n").find("t.csv:3: a quotation mark is out of place or not closed") == 0);
    CHECK(message_of("region,variabel\n").find("t.csv:1: column 'variabel' is unknown; did you mean 'variable'?") == 0);
    CHECK(message_of("region,variable\n").find("t.csv:1: column 'breakdown' is missing") == 0);
    CHECK(message_of("").find("t.csv:1: the file is empty") == 0);
}

TEST_CASE("a figure that is not there names the nearest row", "[regions][unit]") {
    const tests::TemporaryFolder folder;
    tests::write_contents(folder / "t.csv", header + good + "NL,deaths,total,2021,170972,,,persons,observed,CBS,,,2022-03-31\n" + good);
    regions::DataFolder data(folder.path());
    CHECK_THROWS_WITH(data.figure("t", "NL", "death", "total", "2021"), Catch::Contains("no row has region 'NL', variable 'death'") &&
                                                                            Catch::Contains("the nearest is line 3 with region 'NL', variable 'deaths'"));
    CHECK_THROWS_WITH(data.figure("t", "NL", "births", "total", "2021"), Catch::Contains("stands on lines 2, 4 (one row is expected)"));
}

TEST_CASE("a table that cannot be read is a failure of input or output", "[regions][unit]") {
    const tests::TemporaryFolder folder;
    regions::DataFolder data(folder.path());
    CHECK_THROWS_AS(data.table("missing"), sim::FileError);
    CHECK_THROWS_WITH(data.table("missing"), Catch::Contains("missing.csv") && Catch::Contains("No such file"));
    CHECK_THROWS_AS(regions::DataFolder(folder / "nowhere"), sim::FileError);
}

TEST_CASE("every shipped table is well formed", "[regions][unit]") {
    regions::DataFolder data(regions::shipped_data());
    int tables = 0;
    for (const auto& entry : std::filesystem::directory_iterator(data.path())) {
        if (entry.path().extension() != ".csv" || entry.path().stem() == "drivers") continue;  // shares of variance, no figures
        CHECK_FALSE(data.table(entry.path().stem().string()).empty());
        ++tables;
    }
    CHECK(tables >= 5);
}
