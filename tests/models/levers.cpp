#include "models/levers.hpp"

#include <algorithm>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "models/parameters.hpp"

using namespace models;

namespace {

/// What a measure without force would add.
double null_dose(Combination rule, double default_value) { return rule == Combination::product ? 1.0 : rule == Combination::strongest ? default_value : 0.0; }

}  // namespace

TEST_CASE("the list of levers and the parameters that call themselves levers are the same", "[models][unit]") {
    std::set<std::string> listed, tagged;
    for (const auto& lever : all_levers()) {
        CAPTURE(lever.parameter);
        CHECK(listed.insert(std::string(lever.parameter)).second);
    }
    for (const auto& p : all_parameters())
        if (p.meaning.rfind("lever:", 0) == 0) tagged.insert(p.name);
    std::vector<std::string> only_listed, only_tagged;
    std::set_difference(listed.begin(), listed.end(), tagged.begin(), tagged.end(), std::back_inserter(only_listed));
    std::set_difference(tagged.begin(), tagged.end(), listed.begin(), listed.end(), std::back_inserter(only_tagged));
    CHECK(only_listed == std::vector<std::string>{});
    CHECK(only_tagged == std::vector<std::string>{});
    CHECK(listed.size() > 30);
}

TEST_CASE("every measure of the action plan has a lever", "[models][unit]") {
    std::set<std::string> served;
    for (const auto& lever : all_levers()) {
        std::istringstream words{std::string(lever.measures)};
        for (std::string word; words >> word;) served.insert(word);
    }
    for (const auto* measure : {"M1", "M2", "M3", "M4", "M4a", "M4b", "M5", "M5a", "M5b", "M5c", "M6", "M7", "M8", "M9", "M10", "M11", "M12", "M13", "M14"}) {
        CAPTURE(measure);
        CHECK(served.count(measure) == 1);
    }
}

TEST_CASE("no dose leaves a lever at its default, and a null dose too", "[models][unit]") {
    const Parameters defaults;
    for (const auto& lever : all_levers())
        for (const auto& p : all_parameters()) {
            if (p.name != lever.parameter) continue;
            CAPTURE(p.name);
            const double value = p.get(defaults);
            CHECK(combine(lever.rule, value, {}) == value);
            CHECK(combine(lever.rule, value, std::vector<double>(2, null_dose(lever.rule, value))) == value);
        }
}

TEST_CASE("a null dose changes no bit of a default or of another dose", "[models][property]") {
    for (const auto rule : {Combination::joint, Combination::product, Combination::sum, Combination::strongest})
        for (const double value : {0.0, 0.1, 0.3, 1.0 / 3, 0.7, 1.0}) {
            const double null = null_dose(rule, value);
            CAPTURE(text(rule), value);
            CHECK(combine(rule, value, std::vector<double>{null, null, null}) == value);
            for (const double dose : {0.1, 0.3, 0.9})
                CHECK(combine(rule, value, std::vector<double>{null, dose, null}) == combine(rule, value, std::vector<double>{dose}));
        }
}

TEST_CASE("joint doses are monotone and never do more than their sum", "[models][property]") {
    for (int a = 0; a <= 10; ++a)
        for (int b = 0; b <= 10; ++b) {
            const std::vector<double> both{a / 10.0, b / 10.0}, one{a / 10.0};
            const double together = combine(Combination::joint, 0, both);
            CHECK(together <= both[0] + both[1] + 1e-15);
            CHECK(together >= combine(Combination::joint, 0, one) - 1e-15);
            CHECK(together <= 1);
        }
    const std::vector<double> shifts{0.2, -0.1}, factors{2, 0.5}, settings{0, 3};
    CHECK(combine(Combination::sum, 1, shifts) == Approx(1.1));
    CHECK(combine(Combination::product, 3, factors) == Approx(3));
    CHECK(combine(Combination::strongest, 1, settings) == 3);
}
