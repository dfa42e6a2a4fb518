#pragma once
/// Labour demand (process 4). Model description, sections 3 (labour demand, two hiring channels), 8 (what drives a run) and 9 (green demand).
///
/// Desired staff follows an exogenous path by sector; employers open jobs when staff falls short of it, open again what workers
/// leave, and let openings lapse. Everything that is opened or closed goes through the slots (models/vacancy_slots.hpp).

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "models/employer.hpp"
#include "models/employers_lifecycle.hpp"
#include "models/labels.hpp"
#include "models/parameter.hpp"
#include "models/person.hpp"
#include "models/vacancies.hpp"
#include "sim/math.hpp"
#include "sim/month.hpp"
#include "sim/process.hpp"

namespace models {

struct World;

/// Expansion of a post: draws at (employers, employer, month, occupation).
inline const sim::ProcessInfo employers_info{
    .name = "employers", .key = 50, .reads = {"posts", "employer", "status", "market"}, .writes = {"vacancies", "posts", "employer", "market"}};
/// Whether a job that somebody left is opened again: at the address of the person who left.
inline const sim::ProcessInfo reopening_info{.name = "reopening", .key = 51, .reads = {"departures"}, .writes = {"vacancies"}};
/// Whether an opening lapses or is withdrawn: at the address of the opening.
inline const sim::ProcessInfo lapse_info{.name = "lapse", .key = 52, .reads = {"vacancies"}, .writes = {"vacancies"}};
/// The part of a desired staff below one worker: at (rounding, employer, month 0, occupation), so once for all time.
inline const sim::ProcessInfo rounding_info{.name = "rounding", .key = 53, .reads = {}, .writes = {"posts"}};
/// Latent demand that is posted again: at (posting again, employer, month, occupation).
inline const sim::ProcessInfo reposting_info{.name = "posting again", .key = 54, .reads = {"posts"}, .writes = {"vacancies"}};

/// Scenarios of demand for the climate, as scenario files name them; `demand.green_jobs` holds the place.
inline constexpr int green_scenarios = 5;
inline constexpr std::array<std::string_view, green_scenarios> green_scenario_labels{"none", "tno_low", "tno_high", "ecorys_55", "ecorys_60"};

struct DemandTables {
    sim::Month first_month;                            ///< of the paths below
    sim::Month last_observed;                          ///< last month that is driven by observed figures; a projection follows
    std::vector<std::array<double, sectors>> growth;   ///< g(sector, month); January 2021 = 1; constant before `first_month` and after the last
    std::vector<double> tightness;                     ///< of the nation, vacancies per unemployed person, same months, relative to its mean of 2020
    std::array<double, occupations> direct_share{};    ///< phi: share of openings that are filled without a vacancy
    std::array<double, occupations> vacancy_rate{};    ///< posted vacancies per job, January 2021
    double peak_factor = 1.91;                         ///< highest quarter's vacancies over those of January 2021
    std::array<double, green_scenarios> green_jobs{};  ///< additional national full-time equivalents in 2030 by scenario of climate demand; 0 without any
    std::array<double, occupations> green_share{};     ///< additional desired staff at full ramp for each of these, as a share of D(0)
    double national_fte = 0;                           ///< full-time equivalents of all employees
    LifecycleTables lifecycle;                         ///< births, closures and the fossil phase-out
};

struct DemandParameters {
    double wage_elasticity = 0.5;       ///< eta
    double returned_output = 0.5;       ///< kappa: share of saved labour that returns as more output
    int green_jobs = 0;                 ///< scenario of climate demand
    double green_neutral = 0;           ///< part of its money that other employers' demand loses
    double green_overlap = 0.25;        ///< part of green demand that baseline growth already holds
    double adjustment = 0.3393;         ///< lambda: share of the shortfall opened in a month
    double student_direct_share = 0.9;  ///< phi for the jobs of students
    double direct_factor = 1.203;       ///< factor on phi of all occupations
    double lapse_after = 12;            ///< months after which a vacancy may lapse
    double lapse = 0.15;                ///< monthly probability of it from then on
    double direct_lapse_after = 3;      ///< months after which an opening without a vacancy is given up
    double repost = 0.2;                ///< monthly probability that latent demand is posted again at normal tightness
    double repost_elasticity = 2;       ///< its fall with relative tightness
    double withdrawal = 0.15;           ///< monthly probability that an opening above desired staff is withdrawn
    double smoothing = 0.25;            ///< weight of the month in tightness
    double demand_level = 1;            ///< lever: factor on desired staff
    double shock_size = 0;              ///< standard deviation of the log shock to all desired staff after the driven months (models/demand_shock.hpp)
    double shock_persistence = 0.5;     ///< part of it that is left after a year

    // Employers born and closed (models/employers_lifecycle.hpp)
    double births = 1;            ///< factor on births
    double closures = 1;          ///< factor on closures
    double support = 0.5;         ///< cut of closures while support schemes run (until March 2022)
    double fossil_phase_out = 1;  ///< factor on the announced job losses of exposed employers
};
[[nodiscard]] const ParameterTable<DemandParameters>& demand_table();

/// What desired staff of a post depends on.
struct DesiredState {
    double start = 0;              ///< D(0)
    double growth = 1;             ///< g(sector, t), fossil phase-out and the share left by closed employers included
    double relative_wage = 1;      ///< w / w_ref: contract wage of the sector over its path in the tables
    double output_per_worker = 1;  ///< A
    double green_share = 0;        ///< green demand at present, as a share of D(0)
};
/// D(t) = D(0) g (w/w_ref)^(-eta) A^(-(1 - kappa)) + green. Pure.
[[nodiscard]] double desired_staff(const DesiredState& state, const DemandParameters& p);
/// Ramp of green demand: 0 until December 2020, 1 from December 2030. Pure.
[[nodiscard]] double green_ramp(sim::Month month);
/// Whole workers: floor(D + u), so that the mean over posts is D. Pure.
[[nodiscard]] std::int64_t whole_staff(double desired, double u);
/// Probability that a job is opened again: min(1, desired / staff before the departure). Pure.
[[nodiscard]] double reopening_probability(std::int64_t desired, std::int64_t staff_before);
/// Openings of a month for a shortfall of `gap` workers: stochastic rounding of lambda x gap. Pure.
[[nodiscard]] std::int64_t openings(std::int64_t gap, double lambda, double u);
/// Monthly probability that a posted vacancy of this age lapses. Pure.
[[nodiscard]] double lapse_probability(int months_open, const DemandParameters& p);
/// Monthly probability that one latent opening is posted again at this relative tightness. Pure.
[[nodiscard]] double repost_probability(double tightness, const DemandParameters& p);

/// g(sector, month) of the tables.
[[nodiscard]] double growth(const DemandTables& tables, Sector sector, sim::Month month);
/// Desired staff of a post; 0 where the employer is closed.
[[nodiscard]] double desired_staff(const World& world, PostNumber post, sim::Month month);
/// Desired staff of many posts in one month: what all share is computed once. The world must not change meanwhile.
class DesiredStaff {
public:
    DesiredStaff(const World& world, sim::Month month);
    /// Of an open employer's post. Any thread may ask.
    [[nodiscard]] double of(const Employer& employer, const Post& post) const { return of(factor(employer), employer, post); }
    /// What all posts of an employer share, and desired staff of one of them from it.
    [[nodiscard]] double factor(const Employer& employer) const {
        const bool inside = employer.region < regions_;
        double factor = sector_[index_of(employer.sector)] * (inside ? survivors_[employer.region * sectors + index_of(employer.sector)] : 1.0) *
                        (inside && employer.fossil != 0 ? fossil_[employer.region] : 1.0);
        if (employer.output_per_worker != 1.0F) factor *= sim::power(static_cast<double>(employer.output_per_worker), -(1 - p_.returned_output));
        return factor;
    }
    [[nodiscard]] double of(double factor, const Employer& employer, const Post& post) const {
        const double start = static_cast<double>(post.desired);
        return start * factor + start * (employer.region < regions_ ? green_[post.occupation] : 0.0);
    }

private:
    const DemandParameters& p_;
    std::size_t regions_;
    std::array<double, sectors> sector_{};
    std::vector<double> survivors_;            ///< by (region, sector)
    std::vector<double> fossil_;               ///< by region
    std::array<double, occupations> green_{};  ///< green demand as a share of D(0)
};
/// Probability that an opening of this occupation is filled without a vacancy.
[[nodiscard]] double direct_probability(const World& world, Occupation occupation, bool student_job);
/// Tightness of the world's month at the start of a run: in every submarket that of the nation, so that the vacancies and unemployed of this population, whose
/// levels are published, count for just that. Without this call the first twelve months stepped count as normal.
void begin_tightness(World& world);
/// Renews market.tightness and its history (called by step_employers; once by the synthesis if it needs tightness before the first month).
void renew_tightness(World& world);
/// Tightness of an occupation group (mean over its submarkets in the regions, weighted by normal vacancies) in one of the last 30 months; 1 before
/// they are known.
[[nodiscard]] double past_tightness(const World& world, Field group, sim::Month month);
/// One month of employers: tightness, births and closures, openings again, expansions, lapses.
void step_employers(World& world, sim::Month month);

}  // namespace models
