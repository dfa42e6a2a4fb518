#pragma once
/// Process 5, separations: why jobs end, and the transitions between unemployment and inactivity. Model description, sections 2 and 3 (retention).
///
/// Each cause is a thinned stream of its own; whoever is accepted for several causes in a month takes the earliest ring (models/rings.hpp),
/// so a policy on quits leaves lay-offs alone.

#include <array>
#include <vector>

#include "models/labels.hpp"
#include "models/parameter.hpp"
#include "models/person.hpp"
#include "models/search_ages.hpp"
#include "sim/month.hpp"
#include "sim/process.hpp"

namespace models {

struct World;

inline const sim::ProcessInfo quit_info{.name = "quit", .key = 60, .reads = {"contract", "since", "birth"}, .writes = {"status", "job"}};
inline const sim::ProcessInfo layoff_info{.name = "lay-off", .key = 61, .reads = {"contract"}, .writes = {"status", "job"}};
inline const sim::ProcessInfo excess_layoff_info{.name = "lay-off from excess staff", .key = 62, .reads = {"posts", "market"}, .writes = {"status", "job"}};
inline const sim::ProcessInfo contract_end_info{.name = "contract end", .key = 63, .reads = {"ends"}, .writes = {"status", "job"}};
inline const sim::ProcessInfo to_self_employment_info{.name = "to self-employment", .key = 64, .reads = {"birth"}, .writes = {"status", "job"}};
inline const sim::ProcessInfo to_study_info{
    .name = "to study", .key = 65, .reads = {"birth", "education"}, .writes = {"status", "job", "track", "school", "study_field", "study_start"}};
inline const sim::ProcessInfo disability_info{.name = "disability", .key = 66, .reads = {"birth"}, .writes = {"status", "job", "distance"}};
inline const sim::ProcessInfo retirement_info{
    .name = "retirement", .key = 67, .reads = {"birth", "track"}, .writes = {"status", "job", "track", "study_start"}};
inline const sim::ProcessInfo closure_info{.name = "closure", .key = 68, .reads = {"employer"}, .writes = {"status", "job"}};
inline const sim::ProcessInfo leave_technical_info{
    .name = "leaving technical work", .key = 69, .reads = {"birth", "since", "sex", "hours", "employer"}, .writes = {"status", "job"}};
inline const sim::ProcessInfo business_end_info{.name = "end of a business", .key = 70, .reads = {"since"}, .writes = {"status", "job"}};
inline const sim::ProcessInfo side_job_end_info{.name = "end of a side job", .key = 71, .reads = {"status"}, .writes = {"job"}};
inline const sim::ProcessInfo give_up_info{.name = "unemployed to inactive", .key = 72, .reads = {"since", "birth"}, .writes = {"status", "since", "distance"}};
inline const sim::ProcessInfo start_looking_info{.name = "inactive to unemployed", .key = 73, .reads = {"distance", "birth"}, .writes = {"status", "since"}};
inline const sim::ProcessInfo business_start_info{.name = "business from unemployment", .key = 74, .reads = {"birth"}, .writes = {"status", "job"}};

/// Probabilities of the moves between work, unemployment and inactivity over some time; rows are the state before.
using Transitions = std::array<std::array<double, 3>, 3>;

/// The monthly matrix whose third power is the matrix of three months: what a survey sees three months apart, freed from moves there and back.
/// Throws InputError where rows do not sum to one, or the root has a negative entry.
[[nodiscard]] Transitions monthly_root(const Transitions& three_months);
/// The distribution that a monthly matrix leaves as it is.
[[nodiscard]] std::array<double, 3> stationary(const Transitions& monthly);

// Ages between which hazards differ or are nothing, in years.
inline constexpr int first_age_at_work = 13;     ///< blocks of younger people have nobody at work
inline constexpr int last_student_age = 45;      ///< nobody older has a side job as a student
inline constexpr int last_age_to_study = 35;     ///< from then on nobody goes back to full-time education
inline constexpr int first_retirement_age = 50;  ///< before it nobody retires
inline constexpr int first_age_given_up = 60;    ///< from then on the unemployed give up sooner
inline constexpr int last_age_at_work = 75;      ///< nobody works at 75
inline constexpr int months_of_hope = 3;         ///< months of unemployment before giving up is usual

struct SeparationTables {
    /// Monthly probability that an employee leaves to unemployment or inactivity (without retirement), by permanent and flexible contract.
    double leave_permanent = 0.0035;
    double leave_flexible = 0.026;
    double give_up = 0.10;                                                       ///< monthly probability from unemployment to inactivity
    double start_looking = 0.02;                                                 ///< monthly probability from inactivity to unemployment
    std::array<double, search_ages> looking_age{2.2, 2.2, 2.2, 1.2, 1.2, 0.45};  ///< factor on it by age: holds the ages of the inactive
    std::array<double, 76> retirement{};                                         ///< employees' yearly rate of retirement by age, before the state pension age
    double leave_technical_young = 0.005;                                        ///< monthly hazard of going from technical to other work, 25 to 44 years
    double leave_technical_old = 0.0023;                                         ///< 45 years and over
    double women_leave_technical = 1.3;                                          ///< women over men
};

struct SeparationParameters {
    double quit = 1.0;
    double layoff = 1.0;
    double quit_share = 0.45;
    double layoff_share = 0.42;
    double excess_speed = 0.08;
    double excess_tolerance = 0.05;
    double support = 0.35;
    double contract_renewal = 0.36;
    double contract_permanent = 0.42;
    double short_tenure = 1.7;
    double quit_to_unemployment = 0.35;
    double layoff_to_unemployment = 0.85;
    double contract_end_to_unemployment = 0.68;
    double to_self_employment = 0.002002;
    double to_study = 0.0003;
    double early_retirement = 0.7945;
    double early_retirement_self_employed = 0.5;
    double work_on = 0.4366;
    double work_on_self_employed = 0.6;
    double work_on_end = 0.015;
    double leave_technical_at_once = 0.25;
    double leave_technical_wage = -1.0;
    double leave_technical_part_time = 1.2;
    double retention_effect = 0.0;
    double retention_women = 0.0;
    double business_end = 0.0045;
    double business_end_to_unemployment = 0.4;
    double business_start = 0.008;
    double business_start_inactive = 0.0015;
    double side_job_end = 0.035;
    double give_up = 1.16;
    double give_up_early = 0.8;
    double start_looking = 1.103;
    double looking_tightness = 0.1;
};
[[nodiscard]] const ParameterTable<SeparationParameters>& separations_table();

/// What a separation depends on, for an employee (BBL learners included).
struct EmployeeState {
    int age = 40;           ///< years
    int tenure = 60;        ///< months
    bool flexible = false;  ///< temporary contract
    bool learner = false;   ///< BBL contract
    Sex sex = Sex::men;
    int hours = 36;        ///< a week
    double wage_gap = 0;   ///< log of the employer's wage level
    bool support = false;  ///< support schemes run
};

[[nodiscard]] sim::MonthlyProbability quit_probability(const SeparationTables& t, const SeparationParameters& p, const EmployeeState& s);
[[nodiscard]] sim::MonthlyProbability layoff_probability(const SeparationTables& t, const SeparationParameters& p, const EmployeeState& s);
/// Lay-off because the post has more staff than is desired: speed x the part of the excess above the tolerance, as a share of staff.
[[nodiscard]] sim::MonthlyProbability excess_layoff_probability(const SeparationParameters& p, double staff, double desired, bool support);
[[nodiscard]] sim::MonthlyProbability disability_probability(const SeparationTables& t, const SeparationParameters& p, const EmployeeState& s);
[[nodiscard]] sim::MonthlyProbability to_self_employment_probability(const SeparationParameters& p, int age);
[[nodiscard]] sim::MonthlyProbability to_study_probability(const SeparationParameters& p, int age);
/// Early retirement before the state pension age; after it, of those who work on.
[[nodiscard]] sim::MonthlyProbability retirement_probability(const SeparationTables& t, const SeparationParameters& p, int age_in_months, int pension_age,
                                                             bool self_employed);
/// A technician or ICT worker leaves technical work without a job elsewhere. Changes from job to job, the larger part, are decided by search.
[[nodiscard]] sim::MonthlyProbability leave_technical_probability(const SeparationTables& t, const SeparationParameters& p, const EmployeeState& s);
/// Going into business from unemployment or inactivity.
[[nodiscard]] sim::MonthlyProbability business_start_probability(const SeparationParameters& p, int age, bool unemployed);
[[nodiscard]] sim::MonthlyProbability give_up_probability(const SeparationTables& t, const SeparationParameters& p, int age, int months_unemployed);
/// How much more the inactive look for work at a relative tightness of the region's market: tightness^elasticity, at most 1.5.
[[nodiscard]] double looking_pull(const SeparationParameters& p, double tightness);
[[nodiscard]] sim::MonthlyProbability start_looking_probability(const SeparationTables& t, const SeparationParameters& p, int age, int distance, double pull);

/// What becomes of a temporary contract in its last month.
enum class ContractEnd : std::uint8_t { renewed, permanent, ends };
[[nodiscard]] ContractEnd contract_end(const SeparationParameters& p, double u);

/// Highest monthly probability of each thinned stream that any state allows under parameters p to persons of the ages (years) from `youngest` to `oldest`
/// when `pension_age` (months) is the state pension age; the bound takes the default parameters. A test checks both on prior draws.
struct SeparationBounds {
    double quit, layoff, disability, to_self_employment, to_study, retirement, leave_technical, business_end, business_start, side_job_end;
};
[[nodiscard]] SeparationBounds separation_bounds(const SeparationTables& t, const SeparationParameters& p, int youngest, int oldest, int pension_age);

/// Process 5 of the month.
void step_separations(World& world, sim::Month month);

}  // namespace models
