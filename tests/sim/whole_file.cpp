#include "sim/whole_file.hpp"

#include <string>

#include <catch2/catch.hpp>

#include "sim/error.hpp"
#include "tests/support/files.hpp"

TEST_CASE("a text is written whole, in place of an older one, and leaves nothing else", "[sim][unit]") {
    const tests::TemporaryFolder folder;
    sim::write_whole(folder / "a.toml", "one");
    sim::write_whole(folder / "a.toml", "two");
    CHECK(tests::contents(folder / "a.toml") == "two");
    CHECK(folder.names() == std::vector<std::string>{"a.toml"});
    CHECK_THROWS_AS(sim::write_whole(folder / "absent" / "a.toml", "x"), sim::FileError);
}

TEST_CASE("a text that does not fit leaves the old file and nothing half", "[sim][unit]") {
    const tests::SmallDisk disk(256 * 1024);
    if (!disk.mounted()) {
        WARN("no small file system can be mounted here");
        return;
    }
    const auto file = disk.folder() / "a.toml";
    sim::write_whole(file, "old");
    CHECK_THROWS_WITH(sim::write_whole(file, std::string(1'000'000, 'x')), Catch::Contains("No space left on device"));
    CHECK(tests::contents(file) == "old");
    CHECK(disk.folder().names() == std::vector<std::string>{"a.toml"});
}

TEST_CASE("an output is refused before any work", "[sim][unit]") {
    const tests::TemporaryFolder folder;
    tests::write_contents(folder / "old", "precious");
    CHECK_THROWS_AS(sim::check_output(folder / "old", false), sim::InputError);
    sim::check_output(folder / "old", true);
    CHECK_THROWS_AS(sim::check_output(folder.path(), true), sim::InputError);
    CHECK_THROWS_AS(sim::check_output(folder / "absent" / "new", false), sim::FileError);
    CHECK(folder.names() == std::vector<std::string>{"old"});
    CHECK(tests::contents(folder / "old") == "precious");
}

TEST_CASE("a file is read whole, or is a failure of input or output with its cause", "[sim][unit]") {
    const tests::TemporaryFolder folder;
    const std::string bytes("two\r\nlines\0and no end", 21);
    tests::write_contents(folder / "a", bytes);
    CHECK(sim::text_of_file(folder / "a") == bytes);
    tests::write_contents(folder / "empty", "");
    CHECK(sim::text_of_file(folder / "empty").empty());
    CHECK_THROWS_WITH(sim::text_of_file(folder / "absent"), Catch::Contains("absent: cannot be read: No such file or directory"));
    CHECK_THROWS_WITH(sim::text_of_file(folder.path()), Catch::Contains("it is a folder"));
    CHECK_THROWS_AS(sim::text_of_file(folder / "absent"), sim::FileError);
}
