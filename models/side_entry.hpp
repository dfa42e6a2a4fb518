#pragma once
/// Side entry by course (part of process 3): people of other occupations and people without work take a course that leads to a technical or ICT occupation.
/// Model description, sections 3 (side entry, a course locks in) and 4 (the lot at the gate).
///
/// A person chosen by a thinned stream weighs the targets by the wage along the retraining route, its months and cost, education and sex, and considers one
/// with a probability that age and contract move; it is an aim from then on (models/aims.hpp). Who considers it and knows of courses applies, where there are
/// any. Courses begin every month with a capacity by region and occupation. Who has a full-time
/// course is inactive until its end; who has one beside work keeps its status and seldom looks for another job. After the end the course counts as the field
/// of education, and the search goes to the target, for a year. Side entry without any course is search over occupations (search.hpp).

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "models/aims.hpp"
#include "models/labels.hpp"
#include "models/parameter.hpp"
#include "models/person.hpp"
#include "models/sorted_list.hpp"
#include "sim/month.hpp"
#include "sim/parallel.hpp"
#include "sim/process.hpp"

namespace models {

struct World;

/// Who considers a course: one stream a group; word 0 of a draw decides, word 1 says the target, 2 the place in the order of lots, 3 whether there is an
/// application.
inline const sim::ProcessInfo course_employed_info{.name = "course beside work", .key = 42, .reads = {"job", "education"}, .writes = {}};
inline const sim::ProcessInfo course_unemployed_info{.name = "course of the unemployed", .key = 43, .reads = {"previous", "education"}, .writes = {}};
inline const sim::ProcessInfo course_inactive_info{.name = "course of the inactive", .key = 44, .reads = {"previous", "education"}, .writes = {}};
/// Drop-out at index 0, search beside a course at index 1, at (course, person, month); the capacity of a month at (course, cell, month, 0).
inline const sim::ProcessInfo course_info{
    .name = "course", .key = 45, .reads = {"status", "programme"}, .writes = {"programme", "programme_end", "status", "since"}};

/// Figures of courses, by the technical or ICT occupation that they lead to.
struct SideEntryTables {
    std::array<double, first_other_occupation> places{};  ///< places a year for each employee of the occupation (nation); 0 without courses
    std::array<double, first_other_occupation> months{};  ///< length of a full-time course; 0 without courses
    double completion = 0.91;                             ///< share of those who begin that completes
    double early_dropout = 0.08;                          ///< share of those who begin that leaves in the first six weeks
};

struct SideEntryParameters {
    // Who considers a course: monthly probabilities at an appeal of one.
    double consider_employed = 0.0006;
    double consider_unemployed = 0.006;
    double consider_inactive = 0.0012;
    double propensity = 1;
    double aim_months = 12;
    double aim_share = 0.25;
    double knowledge = 0.4;
    // What makes a course worth it.
    double wage_slope = 1.5;
    double months_slope = 0.04;
    double cost_slope = 0.05;
    double own_cost_share = 0.33;
    double subsidy = 0;
    double education_slope = 0.8;
    double women_ict = -0.75;
    double women_technical = -1.4;
    double age_slope = 0.04;
    double permanent_factor = 0.6;
    double ending_factor = 1.5;
    // What is on offer.
    double places_factor = 1;
    double supply_response = 0.5;
    double length_factor = 1;
    double part_time_length = 2;
    double course_reach = 60;
    double e_learning = 0;
    double e_learning_speed = 0.2;
    double e_learning_completion = 0.1;
    // The course and after it.
    double dropout_factor = 1;
    double lock = 0.7;
    double wage_dip = 0.1;
};
[[nodiscard]] const ParameterTable<SideEntryParameters>& side_entry_table();

/// Somebody in a course, or after one without having begun in its occupation yet.
struct CourseTaker {
    Row row = 0;
    StoredMonth begun = 0;
    StoredMonth end = 0;    ///< last month
    std::uint32_t lot = 0;  ///< number of the measure whose gate it was; 0 = none
};

/// What side entry remembers from month to month; part of a checkpoint.
struct SideEntryState {
    std::vector<CourseTaker> takers;   ///< by row; until a year after the end or a beginning in the occupation
    std::vector<Aim> aims;             ///< by row
    std::vector<float> jobs_at_start;  ///< desired staff by region and technical or ICT occupation when the run began: courses stand where jobs are
    template <class Archive>
    void archive(Archive& a) {
        a("takers", takers);
        a("aims", aims);
        a("jobs_at_start", jobs_at_start);
    }
};

/// What a person weighs of one target.
struct CourseChoice {
    double wage_gap = 0;            ///< log of the usual wage in the target over that of the last occupation
    double months = 0;              ///< of the retraining route
    double euro = 0;                ///< cost of the route
    double short_of_education = 0;  ///< steps of education below what the target usually asks
    Field group = Field::technical;
    Sex sex = Sex::men;
};

/// Appeals and personal factors together raise what is considered at most so much.
inline constexpr double most_appeal = 6;
/// Who lacks more than so many steps of education is not admitted.
inline constexpr double most_short_of_education = 1;
inline constexpr int first_course_age = 18;
inline constexpr int last_course_age = 62;

/// Bounds of the streams: the default of the parameter at the highest appeal.
inline constexpr double course_employed_bound = 0.0006 * most_appeal;
inline constexpr double course_unemployed_bound = 0.006 * most_appeal;
inline constexpr double course_inactive_bound = 0.0012 * most_appeal;

/// Relative appeal of a course, 1 where nothing speaks for or against it; 0 where there is no way. Pure.
[[nodiscard]] double course_appeal(const CourseChoice& choice, const SideEntryParameters& p);
/// Factor of age and job security; `months_to_end` of a temporary contract, -1 = permanent; people without a job have neither. Pure.
[[nodiscard]] double course_readiness(int age, bool employee, int months_to_end, const SideEntryParameters& p);
/// Share that knows of courses, when a campaign reaches `awareness` of the rest. Pure.
[[nodiscard]] double course_knowledge(double awareness, const SideEntryParameters& p);
/// Monthly probability that a course is considered: never above its ceiling `consider` times `propensity` times `most_appeal`. Pure.
[[nodiscard]] double consideration_probability(double consider, double appeal, const SideEntryParameters& p);
[[nodiscard]] double consideration_ceiling(double consider, const SideEntryParameters& p);
/// Share of those who consider a course that applies: who knows of them, more where measures add to the courses (`supply_factor`), at most all. Pure.
[[nodiscard]] double application_share(double known, double supply);
/// Months of a course: that of the table or the route, whichever is shorter; at least one. Pure.
[[nodiscard]] int course_length(double table_months, double route_months, bool part_time, const SideEntryParameters& p);
/// Share of those who begin that drops out of all and in the first six weeks. Pure.
struct CourseLosses {
    double all = 0;
    double early = 0;
};
[[nodiscard]] CourseLosses course_losses(const SideEntryTables& tables, const SideEntryParameters& p);
/// Probability that somebody drops out in month k (from 1) of a course of so many months; over all months together `losses.all`. Pure.
[[nodiscard]] double dropout_probability(int k, int length, const CourseLosses& losses);
/// Whole places of a month from their mean: rounded at random. Pure.
[[nodiscard]] int places_of_month(double mean, double u);
/// Whether a place in another region is in reach; learning at a distance shortens the way. Pure.
[[nodiscard]] bool course_in_reach(double minutes, const SideEntryParameters& p);

/// One application.
struct CourseApplicant {
    Row row = 0;
    std::uint32_t order = 0;  ///< drawn; the lowest comes first
    std::uint8_t home = 0;
    Occupation target = 0;
    ProgrammeKind kind = ProgrammeKind::course;
    std::uint16_t months = 1;
};
/// How many apply beside those who do with the courses of the tables: more courses are nearer and better known. 1 without further places. Pure.
[[nodiscard]] double supply_factor(double places, double of_tables, const SideEntryParameters& p);

/// The occupation for which a course counts as fit in this month; `no_occupation` without one.
[[nodiscard]] Occupation learned_in_course(const Person& person, sim::Month month);

/// Factor on the wage that a person is offered in an occupation: lower at first where only a course taught it. What is lost is not made up by tenure: wages of
/// persons do not grow on their own, so it lasts until the next job.
[[nodiscard]] double side_entry_wage(const World& world, sim::Month month, const Person& person, Occupation occupation);

/// Log of what those who completed a course beside their work give up of their wage to begin in its occupation.
[[nodiscard]] double accepted_dip(const World& world);
/// Calls visit(row) for the employees among the given rows who completed a course in the last year and have not begun in its occupation: they look for work
/// every month.
template <class Visit>
void visit_completers(const std::vector<CourseTaker>& takers, sim::Block block, sim::Month month, Visit&& visit) {
    for (auto taker = place_of(takers, block.begin); taker != takers.end() && taker->row < block.end; ++taker)
        if (taker->end < stored(month)) visit(taker->row);
}

/// Courses of the month, after the other programmes: ends and drop-outs, applications, beginnings.
void step_side_entry(World& world, sim::Month month);
/// People consider courses, and nobody takes one: the months of spin-up, so that as many have an aim at the start as later.
void step_aims(World& world, sim::Month month);
/// Those who began in the occupation of their course this month, after its end.
void for_each_course_placement(const World& world, const std::function<void(const CourseTaker&)>& visit);
/// Adds them to `placements` (region * occupations + occupation).
void count_course_placements(const World& world, std::vector<std::int32_t>& placements);

}  // namespace models
