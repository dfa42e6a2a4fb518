#include "experiments/scenarios/scenario.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "experiments/scenarios/toml.hpp"
#include "models/parameters.hpp"
#include "sim/error.hpp"
#include "sim/nearest_word.hpp"
#include "tests/support/scenario_text.hpp"

namespace {

using tests::message;
using tests::read;
const auto& known = tests::known_regions;

/// A parameter that may be any real number of its range, and a value inside it other than its default.
const models::Parameter& some_parameter() {
    const auto& all = models::all_parameters();
    return *std::find_if(all.begin(), all.end(), [](const auto& p) {
        models::Parameters trial;
        const double middle = (p.minimum + p.maximum) / 2;
        p.set(trial, middle);
        return p.maximum <= 1 && p.get(trial) == middle;
    });
}

}  // namespace

TEST_CASE("a scenario says what differs and leaves the rest at the defaults", "[experiments][unit]") {
    const auto& p = some_parameter();
    const double value = (p.minimum + p.maximum) / 2;
    const auto s = read("name = \"x\"\nstart = \"2022-01\"\nend = \"2023-06\"\nregions = [\"Brainport\", \"IJmond\"]\nseed = 7\n[parameters]\n" + p.name +
                        " = " + experiments::number_text(value) + "\n");
    CHECK(s.name == "x");
    CHECK(s.start == sim::Month::of(2022, 1));
    CHECK(s.end == sim::Month::of(2023, 6));
    CHECK(s.regions == std::vector<std::string>{"IJmond", "Brainport"});
    CHECK(s.seed == 7U);
    CHECK(p.get(s.parameters) == value);
    const models::Parameters defaults;
    for (const auto& other : models::all_parameters())
        if (other.name != p.name) CHECK(other.get(s.parameters) == other.get(defaults));
}

TEST_CASE("a resolved scenario reads back as itself", "[experiments][property]") {
    const auto& p = some_parameter();
    auto s = read("name = \"a \\\"quoted\\\" name\"\nseed = 3\n[parameters]\n" + p.name + " = " + experiments::number_text(p.maximum) + "\n");
    const std::string text = experiments::scenario_text(s);
    CHECK(experiments::scenario_text(read(text)) == text);
    CHECK(read(text).name == s.name);
    CHECK(p.get(read(text).parameters) == p.maximum);
}

TEST_CASE("an integer serves where a real is wanted, and nothing else does", "[experiments][unit]") {
    const auto& p = some_parameter();
    if (p.minimum <= 0) CHECK(p.get(read("[parameters]\n" + p.name + " = 0\n").parameters) == 0);
    CHECK(message("[parameters]\n" + p.name + " = true\n").find("is true, but") != std::string::npos);
    CHECK(message("[parameters]\n" + p.name + " = \"0.1 1/year\"\n").find("a number stands without quotes and without its unit") != std::string::npos);
}

TEST_CASE("a value out of range names range and unit", "[experiments][unit]") {
    const auto& p = some_parameter();
    const std::string found = message("\n[parameters]\n" + p.name + " = -3.5\n");
    CHECK(found.rfind("s.toml:3: parameters." + p.name + ": is -3.5, but", 0) == 0);
    CHECK(found.find(experiments::number_text(p.minimum) + " to " + experiments::number_text(p.maximum)) != std::string::npos);
    CHECK(message("[parameters]\n" + p.name + " = nan\n").find("is expected") != std::string::npos);
}

TEST_CASE("findings come one a line in the order of lines, with the nearest word", "[experiments][unit]") {
    CHECK(message("name = 5\nfin = \"2022-01\"\nregions = [\"Brianport\"]\nend = 2022\n") ==
          "s.toml:1: name: is 5, but a text in quotes is expected\n"
          "s.toml:2: fin: no key of a scenario has this name; did you mean end?\n"
          "s.toml:3: regions: region 'Brianport' is unknown; did you mean 'Brainport'?\n"
          "s.toml:4: end: is 2022, but a month from 2021-01 to 2199-12, such as \"2025-01\", is expected (a month is written in quotes)");
}

TEST_CASE("a month without quotes gets that hint", "[experiments][unit]") {
    CHECK(message("start = 2021-01\n") == "s.toml:1: start: a month is written in quotes: start = \"2021-01\"");
    CHECK(message("start = 2021-01-01\n").find("a month is written in quotes") != std::string::npos);
}

TEST_CASE("a scenario cannot end before it starts", "[experiments][unit]") {
    CHECK(message("start = \"2023-01\"\nend = \"2022-12\"\n") == "s.toml:2: end: the scenario ends in 2022-12, before it starts in 2023-01");
    CHECK(message("end = \"2020-12\"\n").find("a month from 2021-01") != std::string::npos);
}

TEST_CASE("what is no TOML names file and line", "[experiments][unit]") {
    CHECK(message("name = \"a\"\nname = \"b\"\n").rfind("s.toml:", 0) == 0);
    CHECK(message("name = \n").rfind("s.toml:1: ", 0) == 0);
    CHECK_THROWS_AS(experiments::read_scenario("/nowhere/s.toml", known), sim::FileError);
}

TEST_CASE("the nearest word has the fewest edits", "[sim][unit]") {
    const std::vector<std::string> words{"start", "end", "regions"};
    CHECK(sim::nearest_word("strat", words) == "start");
    CHECK(sim::nearest_word("REGION", words) == "regions");
    CHECK(sim::edit_distance("kitten", "sitting") == 3);
    CHECK(sim::nearest_word("x", std::vector<std::string>{}).empty());
}
