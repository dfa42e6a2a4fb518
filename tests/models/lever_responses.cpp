/// Exact, one process with the others frozen: what a lever acts on is monotone in its dose over the whole range, for every lever with a pure response.

#include <algorithm>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>

#include "models/applications.hpp"
#include "models/bbl.hpp"
#include "models/hybrid_teachers.hpp"
#include "models/levers.hpp"
#include "models/reach.hpp"
#include "models/seekers.hpp"
#include "models/study_choice.hpp"
#include "tests/support/school_world.hpp"

using namespace models;

namespace {

constexpr sim::Month late = sim::Month::of(2050, 1);  ///< all action lines and further places have begun

const SchoolingTables& schooling() {
    static const SchoolingTables t = tests::school_tables();
    return t;
}
double field_share(const Parameters& p, Sex sex, std::size_t field) {
    return field_probabilities(Passage::to_mbo, sex, Field::other, {}, schooling(), p.schooling)[field];
}
double goes_on(const Parameters& p, Stage stage, Next next) { return next_probabilities(stage, schooling(), p.schooling)[index_of(next)]; }

double takes_part(const Parameters& p) {
    WorkLearningCase person;
    double reached = 0;
    for (person.distance = 1; person.distance <= 2; ++person.distance) reached += may_apply(person, p.work_learning);
    return reached;
}
double adopts(const Parameters& p) {
    InnovationTables t;
    for (auto& barrier : t.passable) barrier.fill(0.6);
    return adoption_probability(0.05, 1, opening(t, SizeClass::small, lowered_barriers(p.innovation, late, true, true)), p.innovation);
}
double applies_for_a_course(const Parameters& p) {
    return consideration_probability(0.0006, course_appeal({.wage_gap = 0.1, .months = 6, .euro = 20'000}, p.side_entry), p.side_entry) *
           application_share(0.4, 1);
}
double recognised(const Parameters& p, Sector sector) { return recognition_probability(schooling(), p.schooling, sector, SizeClass::small, 1.0).value(); }
double drops_out(const Parameters& p, Track track) { return dropout_probability(track, 0, Field::technical, Sex::men, schooling(), p.schooling).value(); }
double wage_of_someone(const Parameters& p) {
    tests::SchoolWorld small(200);
    small.world.parameters = &p;
    return usual_wage(small.world, small.world.persons.record[150], 30, Occupation{2});
}

/// What a lever acts on, and which way it pulls: +1 the response rises with the dose.
struct Response {
    int sign;
    std::function<double(const Parameters&)> value;
};

const std::map<std::string, Response, std::less<>>& responses() {
    using P = Parameters;
    static const std::map<std::string, Response, std::less<>> all{
        {"schooling.sto_exposure", {1, [](const P& p) { return technical_profile_probability(0.2, {}, Sex::men, true, p.schooling); }}},
        {"schooling.awareness", {1, [](const P& p) { return field_share(p, Sex::men, 0) + field_share(p, Sex::men, 1); }}},
        {"schooling.technical_interest", {1, [](const P& p) { return field_share(p, Sex::men, 0); }}},
        {"schooling.ict_interest", {1, [](const P& p) { return field_share(p, Sex::men, 1); }}},
        {"schooling.women_interest", {1, [](const P& p) { return field_share(p, Sex::women, 0) + field_share(p, Sex::women, 1); }}},
        {"schooling.mbo_interest", {1, [](const P& p) { return goes_on(p, Stage::vmbo, Next::mbo); }}},
        {"schooling.hbo_interest", {1, [](const P& p) { return goes_on(p, Stage::havo, Next::hbo); }}},
        {"schooling.wo_interest", {1, [](const P& p) { return goes_on(p, Stage::vwo, Next::wo); }}},
        {"schooling.diploma_factor", {1, [](const P& p) { return diploma_probability(Track::mbo_bol, 3, schooling(), p.schooling); }}},
        {"schooling.dropout_factor", {1, [](const P& p) { return drops_out(p, Track::mbo_bol); }}},
        {"schooling.technical_hbo_dropout", {1, [](const P& p) { return drops_out(p, Track::hbo); }}},
        {"schooling.bbl_interest", {1, [](const P& p) { return bbl_wanted(Field::technical, schooling(), p.schooling); }}},
        {"schooling.bbl_interest_ict", {1, [](const P& p) { return bbl_wanted(Field::ict, schooling(), p.schooling); }}},
        {"schooling.recognition_factor", {1, [](const P& p) { return recognised(p, Sector::construction); }}},
        {"schooling.recognition_ict", {1, [](const P& p) { return recognised(p, Sector::information); }}},
        {"schooling.places_factor", {1, [](const P& p) { return bbl_places(schooling(), p.schooling, Sector::construction, 400, 0.5); }}},
        {"separations.retention_effect", {-1, [](const P& p) { return leave_technical_probability({}, p.separations, {}).value(); }}},
        {"separations.retention_women", {-1, [](const P& p) { return leave_technical_probability({}, p.separations, {.sex = Sex::women}).value(); }}},
        {"search.first_job_mbo", {1, [](const P& p) { return first_job_weight(Field::technical, Education::mbo2_4, 0, p.search); }}},
        {"search.first_job_hbo", {1, [](const P& p) { return first_job_weight(Field::ict, Education::hbo, 0, p.search); }}},
        {"search.search_intensity", {1, [](const P& p) { return mean_applications(SeekerKind::unemployed, p.search); }}},
        {"search.mobility", {1, [](const P& p) { return travel_weight(50, 20, p.search); }}},
        {"search.standards", {1, [](const P& p) { return standard_of(true, 1.0, p.search); }}},
        {"wages.wage_level", {1, wage_of_someone}},
        {"adult_bbl.interest", {1, [](const P& p) { return adult_response(1.0, 0.0, p.adult_bbl); }}},
        {"work_learning.added_places", {1, [](const P& p) { return work_learning_places(1e5, late, p.work_learning); }}},
        {"work_learning.added_from",
         {-1,
          [](const P& p) {
              auto with_places = p.work_learning;
              with_places.added_places = 100;
              return work_learning_places(1e5, late, with_places);
          }}},
        {"work_learning.distance_reach", {1, takes_part}},
        {"side_entry.propensity", {1, applies_for_a_course}},
        {"side_entry.subsidy", {1, applies_for_a_course}},
        {"side_entry.length_factor", {1, [](const P& p) { return course_length(6, 12, false, p.side_entry); }}},
        {"side_entry.e_learning", {-1, [](const P& p) { return course_length(12, 12, true, p.side_entry); }}},
        {"teaching.outflow_factor", {-1, [](const P& p) { return teachers_after(100, 0, 0, 0, 1, 0.09, p.teaching); }}},
        {"teaching.teacher_pay", {1, [](const P& p) { return teachers_after(100, 0, 0, 0, 1, 0.09, p.teaching); }}},
        {"teaching.matching_project",
         {1,
          [](const P& p) {
              TeachingTables tables;
              tables.knowledge = {0.6};
              tables.knowledge_without = {0.4};
              return knowledge_at_rest(tables, 0, p.teaching) * start_hazard(1, false, p.teaching);
          }}},
        {"teaching.information", {1, [](const P& p) { return known_share(0.2, p.teaching); }}},
        {"teaching.cost", {-1, [](const P& p) { return start_hazard(1, false, p.teaching); }}},
        {"teaching.compensation", {1, [](const P& p) { return start_hazard(1, false, p.teaching); }}},
        {"teaching.partnership", {1, [](const P& p) { return start_hazard(1, false, p.teaching); }}},
        {"teaching.school_demand", {1, [](const P& p) { return start_hazard(1, false, p.teaching); }}},
        {"innovation.information", {1, adopts}},
        {"innovation.regional_support", {1, adopts}},  // whom it reaches is drawn; here somebody whom it does
        {"innovation.research", {1, adopts}},
        {"innovation.tracks", {1, adopts}},
        {"awareness.young_pressure", {1, [](const P& p) { return exposure_of(p.awareness.young_pressure, 100, p.awareness).fresh; }}},
        {"awareness.adult_pressure", {1, [](const P& p) { return exposure_of(p.awareness.adult_pressure, 100, p.awareness).fresh; }}},
    };
    return all;
}

/// Levers whose response is no function of its own, and why.
const std::map<std::string, std::string, std::less<>> without_response{
    {"schooling.technical_places", "0 is no bound, so a dose between binds most; the lot for places is drawn in the step"},
    {"schooling.ict_places", "as for technical places"},
    {"demand.demand_level", "multiplies the desired staff of a month inside its step"},
    {"side_entry.places_factor", "multiplies the mean places of a region inside its step"},
};

}  // namespace

TEST_CASE("the response to a lever is monotone in the dose over its range", "[models][property]") {
    constexpr int steps = 10;
    for (const auto& lever : all_levers()) {
        CAPTURE(lever.parameter);
        const auto found = responses().find(lever.parameter);
        if (found == responses().end()) {
            CHECK(without_response.count(lever.parameter) == 1);  // a lever needs a response here, or a reason why it has none
            continue;
        }
        CHECK(without_response.count(lever.parameter) == 0);
        for (const auto& parameter : all_parameters()) {
            if (parameter.name != lever.parameter) continue;
            std::vector<double> values;
            for (int step = 0; step <= steps; ++step) {
                Parameters p;
                parameter.set(p, parameter.minimum + (parameter.maximum - parameter.minimum) * step / steps);
                values.push_back(found->second.sign * found->second.value(p));
            }
            CAPTURE(values);
            for (int step = 1; step <= steps; ++step) CHECK(values[static_cast<std::size_t>(step)] >= values[static_cast<std::size_t>(step) - 1]);
            CHECK(values.back() > values.front());
        }
    }
    for (const auto& [name, response] : responses())
        CHECK(std::any_of(all_levers().begin(), all_levers().end(), [&, &name = name](const Lever& l) { return l.parameter == name; }));
}

TEST_CASE("two campaigns together reach no more than the sum of what each reaches", "[models][property]") {
    const AwarenessParameters p;
    for (double a = 0; a <= 2000; a += 250)
        for (double b = 0; b <= 2000; b += 250) {
            const double both = exposure_of(a + b, 100, p).fresh;
            CHECK(both <= exposure_of(a, 100, p).fresh + exposure_of(b, 100, p).fresh + 1e-15);
            CHECK(both >= exposure_of(a, 100, p).fresh);
        }
}
