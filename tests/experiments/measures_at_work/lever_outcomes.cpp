/// In expectation, in the whole model: the outcome next to a lever moves the way the lever pulls. Runs with and without the dose share every random draw; the
/// mean difference over replicates stands against its standard error, one-sided at 99 %. Net effects carry no such test: lock-in, rationing and rivalry may
/// turn their sign.

#include <cmath>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <boost/math/distributions/students_t.hpp>
#include <catch2/catch.hpp>

#include "models/labels.hpp"
#include "tests/support/shared_start.hpp"

namespace {

using models::index_of;
using models::Parameters;
using sim::Trajectory;

constexpr std::uint32_t replicates = 12;
constexpr double level_of_test = 0.01;  ///< of each response; with twelve replicates those below stand four standard errors and more away from 0

const tests::SharedStart& shared() {
    static const auto start = std::make_unique<tests::SharedStart>(std::vector<std::string>{"IJmond", "Zeeuws-Vlaanderen"}, 0.2);
    return *start;
}

/// Whether the mean of the differences is above 0: Student's t for pairs. Without an effect it says so once in a hundred seeds.
bool above_zero(const std::vector<double>& differences) {
    const auto n = static_cast<double>(differences.size());
    double mean = 0, squares = 0;
    for (const double d : differences) mean += d / n;
    for (const double d : differences) squares += (d - mean) * (d - mean);
    const double limit = boost::math::quantile(boost::math::complement(boost::math::students_t(n - 1), level_of_test));
    return mean > limit * std::sqrt(squares / (n - 1) / n);
}

/// Sum over all regions of the cells of a series of counts that `wanted` takes, by their number within a region, from one point of time to another.
double sum_of(const Trajectory& t, const std::string& name, std::size_t from, std::size_t to, const std::function<bool(std::size_t)>& wanted) {
    double sum = 0;
    for (std::size_t time = from; time <= to; ++time) {
        const auto all = t.counts(t.find(name), 0, time);
        const std::size_t cells = all.size() / t.length("region");
        for (std::size_t i = 0; i < all.size(); ++i)
            if (wanted(i % cells)) sum += all[i];
    }
    return sum;
}
double sum_of(const Trajectory& t, const std::string& name, std::size_t from, std::size_t to) {
    return sum_of(t, name, from, to, [](std::size_t) { return true; });
}

// Cells of intake: track, field, sex.
constexpr std::size_t track_of(std::size_t cell) { return cell / 6; }
constexpr std::size_t field_of(std::size_t cell) { return cell / 2 % 3; }
constexpr std::size_t sex_of(std::size_t cell) { return cell % 2; }
/// Those who begin a track in August and September 2021, the first school year that begins after the start.
double first_intake(const Trajectory& t, const std::function<bool(std::size_t)>& wanted) { return sum_of(t, "intake", 8, 9, wanted); }

/// Residents' jobs in another region or outside.
double commuters(const Trajectory& t, std::size_t time) {
    const auto all = t.counts(t.find("commuting"), 0, time);
    const std::size_t regions = t.length("region"), places = all.size() / regions;
    double sum = 0;
    for (std::size_t i = 0; i < all.size(); ++i)
        if (i / places != i % places) sum += all[i];
    return sum;
}

double mean_wage(const Trajectory& t, std::size_t time) {
    double sum = 0;
    for (const double wage : t.reals(t.find("wage"), 0, time))
        if (!std::isnan(wage)) sum += wage;
    return sum;
}

/// A dose, what both arms set beside it (empty: nothing), how many months it takes, and the outcome next to the lever: with `sign` -1 it is to fall.
struct Response {
    std::string name;
    std::function<void(Parameters&)> dose;
    std::function<void(Parameters&)> beside;
    int months;
    int sign;
    std::function<double(const Trajectory&)> outcome;
};

const std::vector<Response>& responses() {
    const auto technical = [](std::size_t c) { return field_of(c) == index_of(models::Field::technical); };
    const auto ict = [](std::size_t c) { return field_of(c) == index_of(models::Field::ict); };
    const auto track = [](models::Track wanted) { return [wanted](std::size_t c) { return track_of(c) == index_of(wanted); }; };
    const auto side_entries = [](const Trajectory& t) { return sum_of(t, "side_entries", 1, 12); };
    // Few teach in a small world: ten times the rate of the project, in both arms.
    const auto more_hybrid = [](Parameters& p) { p.teaching.start_rate *= 10; };
    static const std::vector<Response> all{
        {"technical interest, first technical intake",
         [](Parameters& p) { p.schooling.technical_interest = 0.3; },
         {},
         9,
         1,
         [=](const Trajectory& t) { return first_intake(t, technical); }},
        {"ICT interest, first ICT intake",
         [](Parameters& p) { p.schooling.ict_interest = 0.5; },
         {},
         9,
         1,
         [=](const Trajectory& t) { return first_intake(t, ict); }},
        {"women's interest, their first technical and ICT intake",
         [](Parameters& p) { p.schooling.women_interest = 0.5; },
         {},
         9,
         1,
         [=](const Trajectory& t) { return first_intake(t, [=](std::size_t c) { return sex_of(c) == 1 && (technical(c) || ict(c)); }); }},
        {"a campaign among the young, first technical and ICT intake", [](Parameters& p) { p.awareness.young_pressure = 1000; },
         [](Parameters& p) { p.schooling.awareness_effect = 0.21; }, 9, 1,
         [=](const Trajectory& t) { return first_intake(t, [=](std::size_t c) { return technical(c) || ict(c); }); }},
        {"interest in mbo, first intake of mbo",
         [](Parameters& p) { p.schooling.mbo_interest = 0.5; },
         {},
         9,
         1,
         [=](const Trajectory& t) {
             return first_intake(
                 t, [](std::size_t c) { return track_of(c) == index_of(models::Track::mbo_bol) || track_of(c) == index_of(models::Track::mbo_bbl); });
         }},
        {"interest in BBL, first intake of BBL",
         [](Parameters& p) { p.schooling.bbl_interest = 0.5; },
         {},
         9,
         1,
         [=](const Trajectory& t) { return first_intake(t, track(models::Track::mbo_bbl)); }},
        {"less drop-out, drop-outs of a year",
         [](Parameters& p) { p.schooling.dropout_factor = 0.7; },
         {},
         12,
         -1,
         [](const Trajectory& t) { return sum_of(t, "dropouts", 1, 12); }},
        {"more diplomas, those of the first July",
         [](Parameters& p) { p.schooling.diploma_factor = 1.1; },
         {},
         7,
         1,
         [](const Trajectory& t) { return sum_of(t, "diplomas", 7, 7); }},
        {"recognition, learning companies after a year",
         [](Parameters& p) { p.schooling.recognition_factor = 2; },
         {},
         12,
         1,
         [](const Trajectory& t) { return sum_of(t, "learning_companies", 12, 12); }},
        {"BBL places, after a year",
         [](Parameters& p) { p.schooling.places_factor = 2; },
         {},
         12,
         1,
         [](const Trajectory& t) { return sum_of(t, "bbl_places", 12, 12); }},
        {"demand, vacancies opened in a quarter",
         [](Parameters& p) { p.demand.demand_level = 1.05; },
         {},
         3,
         1,
         [](const Trajectory& t) { return sum_of(t, "vacancies_opened", 1, 3); }},
        {"retention, technicians and ICT workers who stop working within a year",
         [](Parameters& p) { p.separations.retention_effect = 0.8; },
         {},
         12,
         -1,
         [](const Trajectory& t) {
             return sum_of(t, "technical_flow", 1, 12, [](std::size_t c) {
                 const auto way = c % models::pathway_labels.size();
                 return way == index_of(models::Pathway::out_unemployed) || way == index_of(models::Pathway::out_inactive);
             });
         }},
        {"search intensity, hires of the first month",
         [](Parameters& p) { p.search.search_intensity = 1.5; },
         {},
         1,
         1,
         [](const Trajectory& t) { return sum_of(t, "hires", 1, 1); }},
        {"lower standards, hires of the first month",
         [](Parameters& p) { p.search.standards = -1; },
         {},
         1,
         1,
         [](const Trajectory& t) { return sum_of(t, "hires", 1, 1); }},
        {"mobility, commuters after half a year",
         [](Parameters& p) { p.search.mobility = 1.5; },
         {},
         6,
         1,
         [](const Trajectory& t) { return commuters(t, 6); }},
        {"wage offers, wages after half a year",
         [](Parameters& p) { p.wages.wage_level = 1.1; },
         {},
         6,
         1,
         [](const Trajectory& t) { return mean_wage(t, 6); }},
        {"interest of adults, those who begin BBL in the first February", [](Parameters& p) { p.adult_bbl.interest = 1; },
         [](Parameters& p) { p.side_entry.propensity = 0; }, 2, 1, [](const Trajectory& t) { return sum_of(t, "side_entries", 2, 2); }},
        {"propensity, side entries of a year", [](Parameters& p) { p.side_entry.propensity = 3; }, {}, 12, 1, side_entries},
        {"places of courses that many ask for, side entries of a year", [](Parameters& p) { p.side_entry.places_factor = 3; },
         [](Parameters& p) { p.side_entry.propensity = 10; }, 12, 1, side_entries},
        {"subsidy of courses, side entries of a year", [](Parameters& p) { p.side_entry.subsidy = 5000; },
         [](Parameters& p) { p.side_entry.propensity = 3, p.side_entry.cost_slope = 0.2; }, 12, 1, side_entries},
        {"information on hybrid teaching, first starts of a year", [](Parameters& p) { p.teaching.information = 1; }, more_hybrid, 12, 1,
         [](const Trajectory& t) { return sum_of(t, "hybrid_teacher_starts", 1, 12); }},
        {"compensation of employers, first starts of a year", [](Parameters& p) { p.teaching.compensation = 60; }, more_hybrid, 12, 1,
         [](const Trajectory& t) { return sum_of(t, "hybrid_teacher_starts", 1, 12); }},
        {"information on innovation, adopters after a year", [](Parameters& p) { p.innovation.information = 1; },
         [](Parameters& p) { p.innovation.action_from = 2021; }, 12, 1, [](const Trajectory& t) { return sum_of(t, "adopters", 12, 12); }},
    };
    return all;
}

}  // namespace

TEST_CASE("the outcome next to a lever moves the way the lever pulls", "[experiments][statistical]") {
    // A run is the beginning of every longer one, so a year of the baseline serves all who set nothing beside the dose.
    const Parameters defaults;
    std::vector<Trajectory> baseline;
    for (std::uint32_t r = 0; r < replicates; ++r) baseline.push_back(shared().run(defaults, tests::SharedStart::first + 11, r));
    for (const auto& response : responses()) {
        Parameters without;
        if (response.beside) response.beside(without);
        Parameters with = without;
        response.dose(with);
        const sim::Month last = tests::SharedStart::first + (response.months - 1);
        std::vector<double> differences, reversed;
        double level = 0, effect = 0;
        for (std::uint32_t r = 0; r < replicates; ++r) {
            const double before = response.outcome(response.beside ? shared().run(without, last, r) : baseline[r]);
            const double after = response.outcome(shared().run(with, last, r));
            differences.push_back(response.sign * (after - before));
            reversed.push_back(-differences.back());
            level += before / replicates;
            effect += (after - before) / replicates;
        }
        CAPTURE(response.name, level, effect);
        CHECK(above_zero(differences));
        CHECK_FALSE(above_zero(reversed));
    }
}

TEST_CASE("no dose moves no outcome, and chance alone seldom seems to", "[experiments][statistical]") {
    CHECK_FALSE(above_zero(std::vector<double>(replicates, 0.0)));
    // Hires of the first month in replicates of their own have no reason to differ: at most three of ten such pairs may seem to (once in 10 000 seeds).
    const Parameters defaults;
    std::vector<double> hires;
    for (std::uint32_t r = 0; r < 160; ++r) hires.push_back(sum_of(shared().run(defaults, tests::SharedStart::first, r), "hires", 1, 1));
    int seen = 0;
    for (std::size_t pair = 0; pair < 10; ++pair) {
        std::vector<double> differences;
        for (std::size_t k = 0; k < 8; ++k) differences.push_back(hires[pair * 16 + k] - hires[pair * 16 + 8 + k]);
        seen += above_zero(differences);
    }
    CHECK(seen <= 3);
}

TEST_CASE("pressure of a campaign raises awareness of its target group, and of nobody before it begins", "[experiments][property]") {
    Parameters campaign;
    campaign.awareness.young_pressure = 500;
    const Parameters none;
    const sim::Month last = tests::SharedStart::first + 5;
    const auto without = shared().run(none, last), with = shared().run(campaign, last);
    for (std::size_t time = 0; time < without.points(); ++time) {
        const auto before = without.reals(without.find("awareness"), 0, time), after = with.reals(with.find("awareness"), 0, time);
        REQUIRE(before.size() == without.length("region") * models::age_group_labels.size());
        for (std::size_t i = 0; i < before.size(); ++i) {
            const std::size_t group = i % models::age_group_labels.size();
            CAPTURE(time, group);
            const bool young = group >= 1 && group <= 3;  // 12 to 24 years
            if (time > 0 && young)
                CHECK(after[i] > before[i]);
            else if (time == 0 || group > 4 || group == 0)  // 25-34 holds people who were young when they were reached
                CHECK((after[i] == before[i] || (std::isnan(after[i]) && std::isnan(before[i]))));
        }
    }
}
