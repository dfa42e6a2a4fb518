/// Whole runs under one dose of one lever, for every lever there is: a null dose changes no byte, a strong one does.

#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "experiments/scenarios/scenario.hpp"
#include "models/levers.hpp"
#include "tests/support/shared_start.hpp"

namespace {

using models::Lever;
using models::Parameter;
using models::Parameters;

/// The months hold a whole school season and two Januaries, in which measures begin.
constexpr sim::Month last = sim::Month::of(2022, 2);

const std::vector<std::string> known{"IJmond", "Zeeuws-Vlaanderen"};

/// Two small regions where every lever has something to act on: the tables have few innovation tracks in them, and no project for hybrid teachers.
const tests::SharedStart& shared() {
    static const auto start = [] {
        auto made = std::make_unique<tests::SharedStart>(known, 0.2);
        auto& tables = made->tables();
        tables.innovation.tracks_reach = {0.5, 0.5};
        tables.teaching.knowledge_without = {0.05, 0.05};
        return made;
    }();
    return *start;
}

const Parameter& parameter_of(std::string_view name) {
    const auto& all = models::all_parameters();
    const auto found = std::find_if(all.begin(), all.end(), [&](const Parameter& p) { return p.name == name; });
    if (found == all.end()) throw std::logic_error("no parameter " + std::string(name));
    return *found;
}

/// A strong dose is the highest of the range, or the lowest where the highest is the default; other doses, and what else must be set before a lever can act
/// in a small run of fourteen months, stand here.
struct Exception {
    std::vector<std::pair<std::string, double>> beside;  ///< settings of the reference too
    double dose = 0;
    bool own_dose = false;
};
const std::map<std::string, Exception, std::less<>> exceptions{
    {"schooling.technical_places", {{}, 0.5, true}},  // 0 is no bound, a high one binds nobody
    {"schooling.ict_places", {{}, 0.5, true}},
    {"search.search_intensity", {{}, 3, true}},  // ten times the applications take time and show no more
    // Few consider a course here, and cost moves the choice of few of them.
    {"side_entry.subsidy", {{{"side_entry.consider_unemployed", 0.05}, {"side_entry.places_factor", 5}}}},
    {"work_learning.added_places", {{{"work_learning.added_from", 2021}}}},  // begin in 2024
    {"work_learning.distance_reach", {{{"work_learning.added_from", 2021}, {"work_learning.added_places", 1000}}}},
    {"work_learning.added_from", {{{"work_learning.added_places", 1000}}, 2021, true}},
    // Hybrid teachers are too few here to differ under the rate of the project.
    {"teaching.matching_project", {{{"teaching.start_rate", 0.02}, {"teaching.forgetting", 0.5}}}},
    {"teaching.information", {{{"teaching.start_rate", 0.02}}}},
    {"teaching.cost", {{{"teaching.start_rate", 0.02}}, 0, true}},
    {"teaching.compensation", {{{"teaching.start_rate", 0.02}}}},
    {"teaching.partnership", {{{"teaching.start_rate", 0.02}}}},
    {"teaching.school_demand", {{{"teaching.start_rate", 0.02}}}},
    {"innovation.information", {{{"innovation.action_from", 2021}}}},  // the action lines begin in 2024
    {"innovation.regional_support", {{{"innovation.action_from", 2021}, {"innovation.support_reach", 1}}}},
    {"innovation.research", {{{"innovation.action_from", 2021}, {"innovation.research_lag", 0}, {"innovation.research_effect", 1}}}},
    {"innovation.tracks", {{{"innovation.tracks_from", 2021}}}},
};

}  // namespace

TEST_CASE("a null dose of any lever changes no byte of a whole run", "[experiments][property]") {
    const Parameters defaults;
    const auto baseline = shared().run(defaults, last);
    for (const auto& lever : models::all_levers()) {
        CAPTURE(lever.parameter);
        const auto& p = parameter_of(lever.parameter);
        const double value = p.get(defaults);
        const auto scenario = experiments::scenario_from_text("[parameters]\n" + p.name + " = " + experiments::number_text(value) + "\n", "null.toml", known);
        const double null = lever.rule == models::Combination::product ? 1.0 : lever.rule == models::Combination::strongest ? value : 0.0;
        Parameters combined = scenario.parameters;
        p.set(combined, models::combine(lever.rule, value, std::vector<double>{null, null}));
        for (const auto& other : models::all_parameters()) {
            CHECK(other.get(scenario.parameters) == other.get(defaults));
            CHECK(other.get(combined) == other.get(defaults));
        }
        CHECK(tests::different_series(baseline, shared().run(combined, last)) == std::vector<std::string>{});
    }
}

TEST_CASE("a strong dose of any lever changes a whole run", "[experiments][property]") {
    const Parameters defaults;
    const auto baseline = shared().run(defaults, last);
    for (const auto& [name, exception] : exceptions) parameter_of(name);
    for (const auto& lever : models::all_levers()) {
        CAPTURE(lever.parameter);
        const auto& p = parameter_of(lever.parameter);
        const auto found = exceptions.find(p.name);
        const Exception exception = found == exceptions.end() ? Exception{} : found->second;
        Parameters reference;
        for (const auto& [name, value] : exception.beside) {
            const auto& other = parameter_of(name);
            REQUIRE((value >= other.minimum && value <= other.maximum));
            other.set(reference, value);
        }
        Parameters dosed = reference;
        p.set(dosed, exception.own_dose ? exception.dose : p.maximum == p.get(reference) ? p.minimum : p.maximum);
        const auto without = exception.beside.empty() ? baseline : shared().run(reference, last);
        const auto with = shared().run(dosed, last);
        CHECK(tests::different_series(without, with) != std::vector<std::string>{});
        // The same dose in each region by itself.
        models::Policy policy;
        policy.by_region.assign(known.size(), dosed);
        const auto by_region = shared().run(reference, last, 0, {}, &policy);
        CHECK((tests::different_series(with, by_region) == std::vector<std::string>{}) == lever.by_region);
    }
}
