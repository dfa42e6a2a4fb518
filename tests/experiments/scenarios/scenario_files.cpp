#include <algorithm>
#include <fstream>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "experiments/scenarios/library.hpp"
#include "experiments/scenarios/scenario.hpp"
#include "experiments/scenarios/scenario_keys.hpp"
#include "experiments/scenarios/scenario_schema.hpp"
#include "regions/readers.hpp"
#include "sim/error.hpp"
#include "tests/support/files.hpp"

namespace {

using experiments::Scenario;

/// A folder of scenario files that extend one another.
struct Files {
    tests::TemporaryFolder folder;
    void write(const std::string& name, const std::string& text) const { std::ofstream(folder / name) << text; }
    [[nodiscard]] Scenario read(const std::string& name) const { return experiments::read_scenario(folder / name, regions::all_regions()); }
    [[nodiscard]] std::string message(const std::string& name) const {
        try {
            static_cast<void>(read(name));
        } catch (const sim::InputError& error) {
            return error.what();
        }
        return "";
    }
};

std::vector<std::string> names_of(const Scenario& scenario) {
    std::vector<std::string> names;
    for (const auto& measure : scenario.measures) names.push_back(measure.name);
    std::sort(names.begin(), names.end());
    return names;
}

const experiments::Measure& named(const Scenario& scenario, const std::string& name) {
    const auto found = std::find_if(scenario.measures.begin(), scenario.measures.end(), [&](const auto& m) { return m.name == name; });
    REQUIRE(found != scenario.measures.end());
    return *found;
}

const std::string own = "[measure.own]\nstart = \"2025-01\"\ndose.side_entry.propensity = 1.1\n";

}  // namespace

TEST_CASE("a scenario changes the one that it extends", "[experiments][unit]") {
    const Files files;
    files.write("first.toml",
                "extends = \"nothing\"\ndescription = \"first\"\nend = \"2027-12\"\nseed = 3\n[parameters.search]\nmobility = 1.2\ntaste = 0.3\n" + own);
    files.write("second.toml", "extends = \"first.toml\"\nparameters.search.mobility = 1.3\n[measure.own]\nramp = 6\nregions = [\"Brainport\"]\n");
    const auto s = files.read("second.toml");
    CHECK(s.name == "second");
    CHECK(s.description.empty());
    CHECK(s.end == sim::Month::of(2027, 12));
    CHECK(s.seed == 3U);
    CHECK(s.parameters.search.mobility == 1.3);
    CHECK(s.parameters.search.taste == 0.3);
    REQUIRE(s.measures.size() == 1);
    CHECK(s.measures[0].ramp == 6);
    CHECK(s.measures[0].doses.at(0).value == 1.1);
    CHECK(s.measures[0].regions == std::vector<std::string>{"Brainport"});
    CHECK(experiments::scenario_text(experiments::scenario_from_text(experiments::scenario_text(s), "again.toml", regions::all_regions())) ==
          experiments::scenario_text(s));
}

TEST_CASE("a chain of scenarios that closes is refused with its files", "[experiments][unit]") {
    const Files files;
    files.write("a.toml", "extends = \"b.toml\"\n");
    files.write("b.toml", "extends = \"c.toml\"\n");
    files.write("c.toml", "\nextends = \"a.toml\"\n");
    const auto found = files.message("a.toml");
    CAPTURE(found);
    CHECK(found.find("c.toml:2: extends: closes a cycle: ") != std::string::npos);
    CHECK(std::count(found.begin(), found.end(), '\n') == 0);
    const auto at = [&](const std::string& word) { return found.find(word, found.find("cycle")); };
    CHECK(at("a.toml extends ") < at("b.toml extends "));
    CHECK(at("b.toml extends ") < at("c.toml extends "));
    files.write("self.toml", "extends = \"self.toml\"\n");
    CHECK(files.message("self.toml").find("closes a cycle") != std::string::npos);
    files.write("absent.toml", "extends = \"nowhere.toml\"\n");
    CHECK(files.message("absent.toml").find("absent.toml:1: extends: is \"nowhere.toml\", but there is no file") != std::string::npos);
}

TEST_CASE("findings name the file in which they stand", "[experiments][unit]") {
    const Files files;
    files.write("base.toml", "extends = \"nothing\"\nsede = 3\n" + own);
    files.write("top.toml", "extends = \"base.toml\"\n[measure.own]\nramp = 0\nregions = [\"Brianport\"]\n");
    const auto found = files.message("top.toml");
    CAPTURE(found);
    CHECK(found.find("top.toml:3: measure.own.ramp: is 0") < found.find("top.toml:4: measure.own.regions"));
    CHECK(found.find("top.toml:4:") < found.find("base.toml:2: sede: no key of a scenario has this name; did you mean seed?"));
    CHECK(found.find("base.toml:2:") != std::string::npos);
}

TEST_CASE("measures of the library are added, taken away and changed by single keys", "[experiments][unit]") {
    const Files files;
    files.write("with.toml",
                "extends = \"nothing\"\nwith = [\"plan\", \"M8-small\"]\nwithout = [\"M2\"]\n[measure.M4]\nramp = 6\noffer.places = 500\n"
                "[measure.M8-small]\nstart = \"2027-01\"\n[measure.M5.offer.places]\nIJmond = {value = 60}\n");
    const auto s = files.read("with.toml");
    auto wanted = experiments::library().plan;
    std::erase(wanted, "M2");  // an exception to the plan
    wanted.emplace_back("M8-small");
    std::sort(wanted.begin(), wanted.end());
    CHECK(names_of(s) == wanted);
    CHECK(named(s, "M4").ramp == 6);
    CHECK(named(s, "M4").offer->places.value == 500);
    CHECK(!named(s, "M4").offer->places.evidence.low.has_value());  // a plain number says nothing of what is known
    CHECK(named(s, "M4").title == experiments::library().find("M4")->measure.title);
    CHECK(named(s, "M8-small").start == sim::Month::of(2027, 1));
    CHECK(named(s, "M5").offer->by_region.at("IJmond").value == 60);
    CHECK(named(s, "M5").offer->by_region.at("IJmond").evidence.high == experiments::library().find("M5")->measure.offer->by_region.at("IJmond").evidence.high);
    files.write("less.toml", "extends = \"with.toml\"\nwithout = [\"plan\"]\n" + own);
    CHECK(names_of(files.read("less.toml")) == std::vector<std::string>{"M8-small", "own"});
    files.write("least.toml", "extends = \"less.toml\"\nwithout = [\"own\"]\n");
    CHECK(names_of(files.read("least.toml")) == std::vector<std::string>{"M8-small"});
    files.write("alone.toml", "extends = \"with.toml\"\nwith = [\"M2\"]\nwithout = [\"plan\"]\n");
    CHECK(names_of(files.read("alone.toml")) == std::vector<std::string>{"M2", "M8-small"});
    files.write("all.toml", "extends = \"nothing\"\nwith = [\"M5\"]\n[measure.M5]\noffer.places = 900\n");
    CHECK(files.read("all.toml").measures.at(0).offer->by_region.empty());
    CHECK(files.read("all.toml").measures.at(0).offer->places.value == 900);

    files.write("wrong.toml", "without = [\"M22\"]\nwith = [\"M8-smal\"]\n");
    const auto found = files.message("wrong.toml");
    CAPTURE(found);
    CHECK(found.find("wrong.toml:1: without: no measure here is called 'M22'; did you mean 'M2'?") != std::string::npos);
    CHECK(found.find("wrong.toml:2: with: no measure of the library is called 'M8-smal'; did you mean 'M8-small'?") != std::string::npos);
    files.write("absent.toml", "[measure.M8-small]\nramp = 3\n");
    CHECK(files.message("absent.toml").find("with = [\"M8-small\"] adds it") != std::string::npos);
    files.write("number.toml", "extends = \"nothing\"\n[measure.M4]\nnumber = 5\nstart = \"2025-01\"\ndose.side_entry.propensity = 1.1\n");
    CHECK(files.message("number.toml").find("is 5, but M4 of the library has 40") != std::string::npos);
}

TEST_CASE("a measure that starts after the end is refused where its start was said, one in place is not", "[experiments][unit]") {
    const Files files;
    const std::string expected = ", after the last month of the run; a month until 2025-12 is expected";
    files.write("own.toml", "end = \"2025-12\"\n[measure.own]\nramp = 2\nstart = \"2026-01\"\ndose.search.standards = 0.1\n");
    CHECK(files.message("own.toml").find("own.toml:4: measure.own.start: is 2026-01" + expected) != std::string::npos);
    files.write("with.toml", "end = \"2025-12\"\nwith = [\"M8-small\"]\n[measure.M8-small]\nramp = 2\n");
    CHECK(files.message("with.toml").find("with.toml:2: measure.M8-small.start: is 2026-01" + expected) != std::string::npos);
    files.write("later.toml", "extends = \"good.toml\"\nend = \"2025-12\"\n[measure.own]\nstart = \"2027-01\"\n");
    files.write("good.toml",
                "with = [\"M8-small\"]\n[measure.M8-small]\nstart = \"2025-12\"\n[measure.own]\nstart = \"2024-01\"\ndose.search.standards = 0.1\n");
    CHECK(files.message("later.toml").find("later.toml:4: measure.own.start: is 2027-01" + expected) != std::string::npos);
    // M11 is in place from 2026.
    files.write("short.toml", "end = \"2025-12\"\n");
    auto scenario = files.read("short.toml");
    CHECK(named(scenario, "M11").start == sim::Month::of(2026, 1));
    files.write("again.toml", experiments::scenario_text(scenario));
    CHECK(names_of(files.read("again.toml")) == names_of(scenario));
    scenario = files.read("good.toml");
    experiments::end_in(scenario, sim::Month::of(2025, 12));
    CHECK(scenario.end == sim::Month::of(2025, 12));
    CHECK_THROWS_WITH(experiments::end_in(scenario, sim::Month::of(2025, 11)),
                      Catch::Contains("good.toml:3: measure.M8-small.start: is 2025-12") && !Catch::Contains("own"));
}

TEST_CASE("demand for the climate goes by name", "[experiments][unit]") {
    const Files files;
    files.write("green.toml", "green_jobs = \"ecorys_55\"\nclimate_policy = \"budget_neutral\"\n");
    CHECK(files.read("green.toml").parameters.demand.green_jobs == 3);
    CHECK(files.read("green.toml").parameters.demand.green_neutral == 1);
    files.write("wrong.toml", "green_jobs = \"tno_hihg\"\n");
    CHECK(files.message("wrong.toml").find("did you mean tno_high?") != std::string::npos);
}

TEST_CASE("the baseline is what a file without a word of measures holds", "[experiments][unit]") {
    const Files files;
    files.write("empty.toml", "seed = 1\n");
    CHECK(names_of(files.read("empty.toml")) == names_of(experiments::default_scenario()));
    files.write("same.toml", "extends = \"baseline\"\n");
    CHECK(names_of(files.read("same.toml")) == names_of(experiments::default_scenario()));
    files.write("campaign.toml", "extends = \"M8-small\"\n");
    CHECK(named(files.read("campaign.toml"), "M8-small").number == experiments::library().find("M8-small")->measure.number);
}

TEST_CASE("the schema has the keys that the reader takes, and no others", "[experiments][unit]") {
    const auto schema = experiments::scenario_schema();
    const auto has = [&](const std::string& key) { return std::any_of(schema.begin(), schema.end(), [&](const auto& row) { return row.key == key; }); };
    std::size_t expected = 2;  // parameters, and what a calibration leaves
    for (const auto& key : experiments::scenario_keys()) {
        CAPTURE(key.key);
        CHECK(has(key.key));
        ++expected;
    }
    for (const auto& key : experiments::measure_keys()) {
        CAPTURE(key.key);
        CHECK(has("measure.NAME." + key.key));
        ++expected;
    }
    CHECK(schema.size() == expected);
    for (const auto& row : schema) {
        CAPTURE(row.key);
        CHECK(!row.type.empty());
        CHECK(!row.meaning.empty());
        CHECK(experiments::schema_text().find("\n" + row.key + " ") != std::string::npos);
    }
    const std::string json = experiments::schema_json();
    for (const auto& lever : models::all_levers()) {
        const std::string name(lever.parameter.substr(lever.parameter.find('.') + 1));
        CAPTURE(name);
        CHECK(json.find("\"" + name + "\"") != std::string::npos);
    }
}

TEST_CASE("the template is a scenario, also with all of its comments taken away", "[experiments][unit]") {
    const std::string text = experiments::scenario_template("mine");
    const auto s = experiments::scenario_from_text(text, "mine.toml", regions::all_regions());
    CHECK(s.name == "mine");
    std::string all;
    for (std::size_t from = 0; from < text.size();) {
        const auto end = text.find('\n', from);
        std::string line = text.substr(from, end - from);
        if (line.rfind("# ", 0) == 0) line = line.substr(2);
        all += line + "\n";
        from = end + 1;
    }
    all.replace(all.find("extends = \"baseline\""), 20, "extends = \"nothing\" ");
    all.replace(all.find("with = [\"M8-small\"]"), 19, "with = [\"M8-small\", \"M4\"]");
    const auto whole = experiments::scenario_from_text(all, "mine.toml", regions::all_regions());
    CHECK(named(whole, "mine").offer->who.youngest == 25);
    CHECK(named(whole, "M4").end == sim::Month::of(2026, 12));
}
