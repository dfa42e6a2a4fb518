#pragma once
/// Search and matching (process 6). Model description, sections 3 (search, choice by employers) and 1 (boundary).
///
/// Each seeker sends a few serious applications a month to slots in reach; employers rank the acceptable ones; offers are
/// held and refused in rounds (sim/matching.hpp). An application looks for a filled slot with draws of its own, so one
/// vacancy more touches only those whose draws meet its slot.

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "models/labels.hpp"
#include "models/parameter.hpp"
#include "models/person.hpp"
#include "models/vacancy_slots.hpp"
#include "sim/month.hpp"
#include "sim/process.hpp"

namespace models {

struct World;

/// Draws of one application, at index 16 j + a; index + 2^21 in the sham arm.
inline const sim::ProcessInfo search_info{.name = "search",
                                          .key = 80,
                                          .reads = {"status", "occupation", "previous", "education", "field", "wage", "since", "ends", "experience", "market"},
                                          .writes = {"status", "post", "occupation", "contract", "wage", "hours", "since", "ends", "vacancies"}};
/// Who of a large group looks for work this month: thinned streams, one a group.
inline const sim::ProcessInfo search_employed_info{.name = "search of the employed", .key = 82, .reads = {"wage", "since", "ends"}, .writes = {}};
inline const sim::ProcessInfo search_inactive_info{.name = "search of the inactive", .key = 83, .reads = {"distance"}, .writes = {}};
inline const sim::ProcessInfo search_self_employed_info{.name = "search of the self-employed", .key = 84, .reads = {}, .writes = {}};
inline const sim::ProcessInfo search_student_info{.name = "search of students", .key = 85, .reads = {"track"}, .writes = {}};
inline const sim::ProcessInfo search_outsider_info{.name = "search of outsiders", .key = 86, .reads = {"market"}, .writes = {}};
/// Contract, hours and end of a new job.
inline const sim::ProcessInfo hire_info{.name = "hire", .key = 87, .reads = {"education"}, .writes = {"contract", "hours", "ends"}};

inline constexpr int search_ages = 6;  ///< 15-19, 20-24, 25-34, 35-44, 45-54, 55 and over
inline constexpr int search_age_of(int age) { return age < 20 ? 0 : age < 25 ? 1 : age < 35 ? 2 : age < 45 ? 3 : age < 55 ? 4 : 5; }

struct SearchTables {
    /// Where workers who change occupation go: row-major from x to, each row sums to 1 (the diagonal is 0).
    std::array<double, static_cast<std::size_t>(occupations) * occupations> switches{};
    /// Share of all workers by occupation: where those without a past in work look.
    std::array<double, occupations> workers{};
    /// Share of temporary contracts among new employees by age, and hours a week by sex: see read_search.
    std::array<double, search_ages> temporary{};
};

struct SearchParameters {
    // Who looks: monthly probabilities, and applications a month of those who look.
    double employed_search = 0.012;    ///< monthly probability of an employee of 25-44 with two years of tenure or more
    double short_tenure_factor = 3.2;  ///< below two years of tenure
    double contract_end_factor = 2.5;  ///< in the last three months of a temporary contract
    double wage_gap_slope = 0.8;       ///< change of log intensity per unit of log (usual wage / own wage)
    double inactive_search = 0.018;    ///< not far from the labour market, under 65
    double self_employed_search = 0.004;
    double student_search = 0.05;
    double outsider_search = 0.01;     ///< at normal tightness
    double outsider_elasticity = 0.6;  ///< of outsiders' search to relative tightness here
    double applications_unemployed = 0.7;
    double applications_graduate = 2;
    double applications_employed = 2;
    double applications_inactive = 2;
    double applications_self_employed = 2;
    double applications_student = 1.5;
    double applications_outsider = 2;
    double search_intensity = 1;  ///< lever: factor on the applications of all

    // Where: reach in place and occupation.
    double travel_decay = 0.06;    ///< a minute: weight of a submarket falls as exp(-decay x minutes)
    double mobility = 1;           ///< lever: divides the decay
    double own_occupation = 0.62;  ///< weight on the own occupation
    double field_reach = 0.10;     ///< weight on the occupations of the field of education

    // Which: standards of employers and of seekers.
    double standard_posted = 1.2;       ///< lowest suitability for a posted vacancy at normal tightness
    double standard_direct = -0.6;      ///< for openings without a vacancy
    double standard_tightness = 0.5;    ///< fall of the standard per unit of log relative tightness
    double standards = 0;               ///< lever: added to both standards
    double taste = 1;                   ///< scale of the taste per application (logistic)
    double reservation_start = 0.95;    ///< lowest wage accepted at the start of a spell, relative to the last or usual one
    double reservation_monthly = 0.01;  ///< fall a month of unemployment
    double reservation_floor = 0.75;
    double move_margin = 0.02;   ///< an employee moves for a wage at least this share better
    double travel_cost = 0.003;  ///< log wage given up for a minute of travel saved

    /// Sham arm: 2^21 is added to the index of this row's draws in this month (tests and the noise floor); none by default.
    Row sham_seeker = 0xFFFFFFFFU;
    int sham_month = 0;
};
[[nodiscard]] const ParameterTable<SearchParameters>& search_table();

/// One month of search, matching and hiring.
void step_search(World& world, sim::Month month);

}  // namespace models
