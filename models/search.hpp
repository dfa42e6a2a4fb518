#pragma once
/// Search and matching (process 6). Model description, sections 3 (search, choice by employers) and 1 (boundary).
///
/// Each seeker sends a few serious applications a month to slots in reach; employers rank the acceptable ones; offers are
/// held and refused in rounds (sim/matching.hpp). An application looks for a filled slot with draws of its own, so one
/// vacancy more touches only those whose draws meet its slot. Who looks: seekers.hpp; where: reach.hpp; which slots, and what
/// both sides think of each other: applications.hpp; contract and hours of a hire: hiring.hpp.

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "models/labels.hpp"
#include "models/parameter.hpp"
#include "models/person.hpp"
#include "models/search_ages.hpp"
#include "models/vacancy_slots.hpp"
#include "sim/month.hpp"
#include "sim/process.hpp"

namespace models {

struct World;

/// Draws of application j, at (search, person, month, 16 j + a), a = 0 to 8 (applications.hpp); index + 2^21 in the sham arm.
inline const sim::ProcessInfo search_info{
    .name = "search",
    .key = 80,
    .reads = {"status", "occupation", "previous", "education", "field", "wage", "since", "ends", "experience", "vacancies", "market", "teaching"},
    .writes = {"status", "job", "vacancies", "posts"}};
/// Who looks for work this month: one stream a group (seekers.hpp).
inline const sim::ProcessInfo search_employed_info{.name = "search of the employed", .key = 82, .reads = {"wage", "since", "ends"}, .writes = {}};
inline const sim::ProcessInfo search_inactive_info{.name = "search of the inactive", .key = 83, .reads = {"distance"}, .writes = {}};
inline const sim::ProcessInfo search_self_employed_info{.name = "search of the self-employed", .key = 84, .reads = {}, .writes = {}};
inline const sim::ProcessInfo search_student_info{.name = "search of students", .key = 85, .reads = {"track"}, .writes = {}};
inline const sim::ProcessInfo search_outsider_info{.name = "search of outsiders", .key = 86, .reads = {"market"}, .writes = {}};
/// Contract, hours and end of a new job, at (hire, person, month, 0).
inline const sim::ProcessInfo hire_info{.name = "hire", .key = 87, .reads = {}, .writes = {"contract", "hours", "ends"}};
/// How many applications the unemployed and graduates send, at (applications, person, month, 0).
inline const sim::ProcessInfo applications_info{.name = "applications", .key = 88, .reads = {}, .writes = {}};

/// Rank of an education level in what jobs ask for: low 0, mbo 1, havo/vwo 1, hbo 2, wo 3.
inline constexpr int education_rank(Education e) { return e == Education::low ? 0 : e == Education::hbo ? 2 : e == Education::wo ? 3 : 1; }

struct SearchTables {
    /// Where workers who change occupation go: row-major from x to, each row sums to 1 (the diagonal is 0).
    std::array<double, static_cast<std::size_t>(occupations) * occupations> switches{};
    std::array<double, occupations> workers{};                              ///< share of all workers by occupation
    std::array<double, occupations> side_jobs{};                            ///< share of students' side jobs by occupation
    std::array<double, occupations> required_education{};                   ///< usual rank of education (education_rank)
    std::array<double, occupations> standard{};                             ///< of employers, added to that of all: holds the occupation's vacancies
    std::vector<double> standard_region;                                    ///< the same by region of the run: holds the region's
    std::array<double, search_ages> unemployed_age{1, 1, 1, 1, 1, 1};       ///< factor on the applications of the unemployed: holds their ages
    std::vector<double> unemployed_region;                                  ///< the same by region: holds the region's unemployed; 1 where there is none
    std::array<double, search_ages> temporary{};                            ///< share of temporary contracts among new employees by age
    std::array<std::array<std::array<double, 4>, search_ages>, 2> hours{};  ///< share by sex and age of jobs of under 20, 20-27, 28-34, 35 hours and over
    /// What the standard of employers of a work region for an occupation has of its own.
    [[nodiscard]] double standard_in(std::size_t work_region, Occupation o) const {
        return standard[o] + (work_region < standard_region.size() ? standard_region[work_region] : 0);
    }
};

struct SearchParameters {
    // Who looks: monthly probabilities.
    double employed_search = 0.03207;
    double short_tenure_factor = 3.0;
    double contract_end_factor = 2.5;
    double wage_gap_slope = 0.8;
    double inactive_search = 0.1242;
    double self_employed_search = 0.004;
    double student_search = 0.3382;
    double outsider_search = 0.02;
    double outsider_elasticity = 0.6;
    // How many applications those send who look.
    double applications_unemployed = 0.7376;
    double applications_graduate = 1.0;
    double applications_employed = 1.6;
    double applications_inactive = 1.7;
    double applications_self_employed = 1.0;
    double applications_student = 1.0;
    double applications_outsider = 1.1;
    double search_intensity = 1;
    // Where: reach in place and occupation.
    double travel_decay = 0.06;
    double boundary_weight = 0.09;
    double mobility = 1;
    double outside_reach = 1;
    double own_occupation = 0.62;
    double field_reach = 0.1;
    double first_job_field = 0.7;
    double first_job_mbo = 0;
    double first_job_hbo = 0;
    // What employers think of an applicant, and their standards.
    double under_education = 1.0;
    double over_education = 0.15;
    double field_fit = 0.7;
    double experience_fit = 1.0;
    double proximity = 0.01;
    double taste = 1.0;
    double standard_posted = 0.1922;
    double standard_direct = -3.0;
    double standard_tightness = 0.5;
    double standards = 0;
    // What seekers think of an offer.
    double reservation_start = 0.95;
    double reservation_monthly = 0.01;
    double reservation_floor = 0.75;
    double move_margin = 0.02;
    double travel_cost = 0.003;

    /// Sham arm: 2^21 is added to the index of these rows' draws of applications in this month. None by default; no parameter of scenarios.
    std::vector<Row> sham_seekers;
    int sham_month = 0;
};
[[nodiscard]] const ParameterTable<SearchParameters>& search_table();

/// One month of search, matching and hiring. Settles the jobs that it moves.
void step_search(World& world, sim::Month month);

}  // namespace models
