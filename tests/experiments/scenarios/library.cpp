#include "experiments/scenarios/library.hpp"

#include <algorithm>
#include <fstream>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "experiments/runs/run.hpp"
#include "experiments/scenarios/scenario.hpp"
#include "regions/readers.hpp"
#include "sim/error.hpp"
#include "tests/support/files.hpp"

namespace {

using experiments::library;
using experiments::Measure;

/// Every figure of a measure with its key.
std::vector<std::pair<std::string, experiments::Evidence>> figures_of(const Measure& m) {
    std::vector<std::pair<std::string, experiments::Evidence>> figures;
    for (const auto& dose : m.doses) figures.emplace_back("dose." + dose.lever, dose.evidence);
    if (m.offer) {
        if (m.offer->by_region.empty()) figures.emplace_back("offer.places", m.offer->places.evidence);
        for (const auto& [region, places] : m.offer->by_region) figures.emplace_back("offer.places." + region, places.evidence);
    }
    for (const auto& [key, figure] : {std::make_pair("coordination.reduction", &m.coordination), std::make_pair("cost.fixed", &m.cost.fixed),
                                      std::make_pair("cost.per_participant", &m.cost.per_participant), std::make_pair("cost.per_month", &m.cost.per_month)})
        if (figure->value != 0) figures.emplace_back(key, figure->evidence);
    return figures;
}

}  // namespace

TEST_CASE("the library holds every measure of the action plan and its what-ifs", "[experiments][unit]") {
    const std::map<std::string, std::string> in_place{{"M1", "2018-01"},  {"M2", "2023-01"},  {"M3", "2014-01"},  {"M4", "2022-01"},
                                                      {"M4a", "2022-01"}, {"M4b", "2022-01"}, {"M5", "2023-01"},  {"M5a", "2023-01"},
                                                      {"M5b", "2023-01"}, {"M5c", "2023-01"}, {"M6", "2020-01"},  {"M7", "2023-01"},
                                                      {"M9", "2024-01"},  {"M10", "2025-01"}, {"M11", "2026-01"}, {"M6-communication", "2024-01"}};
    const std::set<std::string> what_ifs{"M6-compensation", "M6-lower-cost", "M8-small", "M8-medium", "M8-large", "M12", "M13", "M14"};
    CHECK(library().measures.size() == in_place.size() + what_ifs.size());
    for (const auto& [name, from] : in_place) {
        CAPTURE(name);
        REQUIRE(library().find(name) != nullptr);
        CHECK(library().find(name)->measure.in_place_from == sim::Month::parse(from));
        CHECK(std::count(library().plan.begin(), library().plan.end(), name) == 1);
    }
    for (const auto& name : what_ifs) {
        CAPTURE(name);
        REQUIRE(library().find(name) != nullptr);
        CHECK(!library().find(name)->measure.in_place_from);
        CHECK(library().find(name)->measure.start == sim::Month::of(2026, 1));
    }
    CHECK(library().plan.size() == in_place.size());
    CHECK(experiments::policy_in_place().size() == in_place.size());
}

TEST_CASE("every figure of the library says how well it is known", "[experiments][unit]") {
    for (const auto& [measure, file, entries] : library().measures) {
        CAPTURE(measure.name);
        CHECK(!measure.title.empty());
        CHECK(!measure.description.empty());
        CHECK(!measure.source.empty());
        for (const auto& [key, evidence] : figures_of(measure)) {
            CAPTURE(key);
            REQUIRE(evidence.status.has_value());
            // An assumption that the model depends on has a range; what is spent may be a choice.
            if (*evidence.status == models::Status::assumed && key.rfind("cost", 0) != 0) CHECK(evidence.low.has_value());
            if (*evidence.status != models::Status::assumed) CHECK(!evidence.source.empty());
        }
    }
}

TEST_CASE("the parts of M4 and of M5 count once", "[experiments][unit]") {
    const auto& places = library().find("M4")->measure.offer->places.value;
    const auto& limburg = library().find("M4b")->measure.offer->places.value;
    // 100 persons a year in each of 15 partnerships, by residents; New Waves trains nobody by courses.
    CHECK(places + limburg + 27 == Approx(1500 * 0.25611).epsilon(0.01));
    double jtf = 0;
    for (const auto& [region, here] : library().find("M5")->measure.offer->by_region) jtf += here.value;
    CHECK(jtf == 1000);
    CHECK(library().find("M5a")->measure.offer->programme == models::OfferedProgramme::work_learning);
    CHECK(library().find("M5a")->measure.offer->places.value == 110);
}

TEST_CASE("a wrong file of a library is named with its line", "[experiments][unit]") {
    const tests::TemporaryFolder folder;
    const auto write = [&](const std::string& name, const std::string& text) { std::ofstream(folder / name) << text; };
    const auto message = [&] {
        try {
            static_cast<void>(experiments::read_library(folder.path()));
        } catch (const sim::InputError& error) {
            return std::string(error.what());
        }
        return std::string();
    };
    const std::string dose = "start = \"2026-01\"\ndose.search.mobility = 1.1\n";
    write("plan.toml", "plan = [\"A\"]\n");
    write("A.toml", "[measure.A]\nnumber = 1\n" + dose);
    CHECK(message().empty());
    write("B.toml", "[measure.B]\nnumber = 1\n" + dose);
    CHECK(message().find("B.toml:2: measure.B: has the number 1 at the lot, as measure.A has; another number is expected") != std::string::npos);
    write("B.toml", "[measure.B]\n" + dose);
    CHECK(message().find("measure.B: has no number") != std::string::npos);
    write("B.toml", "[measure.C]\nnumber = 2\n" + dose);
    CHECK(message().find("B.toml:2: measure.C.number: stands in the file of measure.B") != std::string::npos);
    write("B.toml", "name = \"B\"\n[measure.B]\nnumber = 2\n" + dose);
    CHECK(message().find("holds a table [measure.B] and nothing else") != std::string::npos);
    write("B.toml", "[measure.B]\nnumber = 2\n" + dose);
    write("plan.toml", "plan = [\"A\", \"BB\"]\n");
    CHECK(message().find("no measure of the library is called 'BB'; did you mean 'B'?") != std::string::npos);
}

TEST_CASE("every measure of the library runs alone, and all of them together", "[experiments][property]") {
    const tests::TemporaryFolder folder;
    const auto run = [&](std::vector<Measure> measures, const std::string& name) {
        // What starts later begins at once, so that a few months hold it.
        for (auto& measure : measures)
            if (measure.start > experiments::first_month) measure.start = experiments::first_month;
        experiments::RunOptions options;
        options.scenario.end = sim::Month::of(2021, 3);
        options.scenario.measures = std::move(measures);
        options.scale = 0.01;
        options.threads = 2;
        options.population_cache = folder / "start";  // one start population for all
        options.output = folder / (name + ".h5");
        return experiments::run(options, {}).last_month;
    };
    std::vector<Measure> all;
    for (const auto& one : library().measures) {
        CAPTURE(one.measure.name);
        CHECK(run({one.measure}, one.measure.name) == sim::Month::of(2021, 3));
        all.push_back(one.measure);
    }
    CHECK(run(all, "all") == sim::Month::of(2021, 3));
}
