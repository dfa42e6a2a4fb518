#pragma once
/// Hybrid teachers: an employer with enough technicians lends a worker some hours a week to a school that has open posts. The employer must know of the
/// option and agree, the worker must be willing, the school must ask. The contract ends with its term unless all three go on, and with the job.
///
/// The hours leave the employer (they are taken off its full-time equivalents, and nobody replaces them) and fill open posts of the school.
/// Cost follows contracts: starts are a thinned stream over technical and ICT workers, ends a walk over the contracts.

#include <cstdint>

#include "models/teaching.hpp"

namespace models {

inline const sim::ProcessInfo hybrid_start_info{
    .name = "start of a hybrid teacher",
    .key = 111,
    .reads = {"schools", "teaching", "region", "post", "employer", "posts", "occupation", "education", "experience", "since", "contract"},
    .writes = {"teaching"}};
inline const sim::ProcessInfo hybrid_renewal_info{.name = "renewal of a hybrid teacher's contract",
                                                  .key = 112,
                                                  .reads = {"schools", "teaching", "region", "post", "posts", "status"},
                                                  .writes = {"teaching"}};
inline const sim::ProcessInfo hybrid_willing_info{
    .name = "willingness to teach beside the job", .key = 113, .reads = {"teaching"}, .writes = {"teaching"}};  ///< once a person (month 0)
inline const sim::ProcessInfo hybrid_known_info{
    .name = "knowledge of hybrid teaching", .key = 114, .reads = {"teaching", "employer"}, .writes = {"teaching"}};  ///< once an employer (month 0)
inline const sim::ProcessInfo hybrid_before_info{
    .name = "hybrid teachers of before the start", .key = 115, .reads = {"schools", "employer", "posts", "post", "region"}, .writes = {"teaching"}};

/// Above the start hazard of the shipped parameters; levers may lift it further (second layer).
inline constexpr double hybrid_start_bound = 0.002;
/// Thinning needs probabilities below one.
inline constexpr double start_most = 0.99;
/// Demand of schools counts for at most so many times that of the start.
inline constexpr double demand_most = 1.5;

/// Whether somebody can teach a technical or ICT subject: hbo or university, or mbo with five years of technical or ICT work. Pure.
[[nodiscard]] bool can_teach(const Person& person, sim::Month now);

/// Share of employers that know of the option next month: peers who lend tell (share of able employers that ever lent), what is above the start is forgotten.
/// Pure.
[[nodiscard]] double knowledge_after(double knowledge, double lending_share, double at_start, const TeachingParameters& p);
/// Share that knows where nothing spreads: that of the start with the region's matching project, else that of regions without one. Pure.
[[nodiscard]] double knowledge_at_rest(const TeachingTables& tables, std::size_t region, const TeachingParameters& p);
/// Share that know now: what spread, and what information reaches of the others. Pure.
[[nodiscard]] double known_share(double knowledge, const TeachingParameters& p);

/// How much schools ask, beside the start: open posts now over those of the start, to a power, at most `demand_most`; 0 without open posts. Pure.
[[nodiscard]] double demand_of_schools(double open, double open_at_start, const TeachingParameters& p);
/// Factor of what an hour lent costs the employer, after compensation; 1 at the cost of the start. Pure.
[[nodiscard]] double cost_factor(const TeachingParameters& p);
/// Monthly probability that a willing worker starts at an employer that knows, at most `start_most`. `lends`: the employer has lent before. Pure.
[[nodiscard]] double start_hazard(double demand, bool lends, const TeachingParameters& p);
/// The highest of these.
[[nodiscard]] double start_ceiling(const TeachingParameters& p);
/// How many hybrid teachers an employer with so many technicians lends at most; 0 below the least number of technicians. Pure.
[[nodiscard]] int lent_at_most(std::int64_t technicians, const TeachingParameters& p);

/// Technical and ICT workers of an employer.
[[nodiscard]] std::int64_t technicians_of(const World& world, std::uint32_t employer);

/// Agents who had become hybrid teachers in a region before January 2021.
[[nodiscard]] std::int64_t starts_before(const TeachingTables& tables, std::size_t region, double scale);

/// Places those who taught at the start (begin_teaching).
void place_first_hybrid_teachers(World& world);
/// Ends, renewals and starts of the month; then knowledge spreads. Uses the open posts of schools.
void step_hybrid_teachers(World& world, sim::Month month);
/// Hours a week that hybrid teachers give, in persons: by school and field (school x 2 + field).
[[nodiscard]] std::vector<double> hybrid_hours_by_school(const World& world);
/// Brings `lent_hours` up to date with the contracts.
void count_lent_hours(World& world);
/// Counts employers with enough technicians by region.
void count_able_employers(World& world, const TeachingParameters& p);

}  // namespace models
