#include "sim/stored_file.hpp"

#include <algorithm>
#include <cmath>

#include <catch2/catch.hpp>

#include "sim/error.hpp"
#include "sim/trajectory.hpp"
#include "tests/support/files.hpp"

TEST_CASE("any file of ours is read with its groups, dimensions and what is missing", "[sim][unit]") {
    const tests::TemporaryFolder folder;
    sim::Trajectory t({0}, sim::Month::of(2021, 1), 2);
    t.set_file_attribute({"title", std::string("a file")});
    t.add_coordinate({"arm", std::vector<std::string>{"one", "two"}});
    t.add_coordinate({"parameter", std::vector<std::string>{"p"}, {}, "parameters"});
    t.add_table({"", "effect", {"arm"}, std::vector<double>{1.5, NAN}, {{"long_name", "what it does"}, {"units", "euro"}}, true});
    t.add_table({"parameters", "source", {"parameter"}, std::vector<std::string>{"CBS"}});
    t.write(folder / "a.h5");
    const sim::StoredFile file(folder / "a.h5");
    CHECK(file.attribute("title") == "a file");
    CHECK(file.attribute("none").empty());
    const auto find = [&](const std::string& name) {
        const auto& all = file.datasets();
        const auto found = std::find_if(all.begin(), all.end(), [&](const auto& d) { return d.name == name; });
        REQUIRE(found != all.end());
        return *found;
    };
    const auto effect = find("effect");
    CHECK(effect.dimensions == std::vector<std::string>{"arm"});
    CHECK(effect.units == "euro");
    CHECK(effect.long_name == "what it does");
    CHECK(file.numbers(effect)[0] == 1.5);
    CHECK(std::isnan(file.numbers(effect)[1]));
    CHECK(find("arm").is_scale);
    CHECK(file.texts(find("arm")) == std::vector<std::string>{"one", "two"});
    const auto source = find("parameters/source");
    CHECK(source.is_text);
    CHECK(file.texts(source) == std::vector<std::string>{"CBS"});
}
