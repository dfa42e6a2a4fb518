#pragma once
/// Process 2, schooling: entry at twelve, profile choice, diplomas in July, study choice in August, drop-out, BBL contracts, learning companies.
/// Model description, sections 2 and 3. The decisions stand in progress.hpp (school years, diplomas, drop-out), study_choice.hpp (profile and study choice),
/// bbl.hpp (contracts and learning companies) and study_stock.hpp (the stock of students that these flows keep); this file holds figures and the step.

#include <array>
#include <vector>

#include "models/labels.hpp"
#include "models/logit.hpp"
#include "models/parameter.hpp"
#include "sim/month.hpp"
#include "sim/process.hpp"

namespace models {

struct World;

/// What has been completed, as far as it decides what comes next. Years stand for levels, which the person record does not hold: havo ends after five
/// years, vwo after six; mbo level 2 takes two years, level 3 three, level 4 three or four.
enum class Stage : std::uint8_t { vmbo, havo, vwo, mbo_two_years, mbo_three_years, mbo_four_years, hbo, wo };
inline constexpr std::size_t stages = 8;

/// What may come next.
enum class Next : std::uint8_t { mbo, hbo, wo, general, leave };
inline constexpr std::size_t nexts = 5;

/// A passage into a track where a field is chosen.
enum class Passage : std::uint8_t { to_mbo, to_hbo_from_general, to_hbo_from_mbo, to_wo };
inline constexpr std::size_t passages = 4;

/// Completed years that are told apart within a track; the last stands for all later ones.
inline constexpr std::size_t study_years = 9;

using FieldShares = Shares<3>;  ///< technical, ict, other

/// Observed rates and shares of education (regions/data/education.csv). Regions of the run in order; sexes men, women.
struct SchoolingTables {
    /// Share of those who enter secondary education in vmbo, by region; the rest goes to havo_vwo.
    std::vector<double> vmbo_share;
    /// Share of third-years of vmbo with a technical profile, by region and sex, at the national share of `vmbo_technical_national[0]`.
    std::vector<std::array<double, 2>> vmbo_technical;
    /// The national share of third-years with a technical profile in the school years from `vmbo_technical_from` on; the last one holds later.
    std::vector<double> vmbo_technical_national;
    int vmbo_technical_from = 2021;
    /// Share of fourth-years of havo and vwo with profile nature and technology, by sex.
    std::array<double, 2> general_technical{};
    /// Probability of the diploma in July after so many completed years (index), of those still in the track, by track.
    std::array<std::array<double, study_years>, tracks> diploma{};
    /// What follows a completed stage (Next), observed direct transitions.
    std::array<Shares<nexts>, stages> next{};
    /// Fields of those who go on, by passage, sex and field of the completed stage.
    std::array<std::array<std::array<FieldShares, 3>, 2>, passages> fields{};
    /// Drop-out a year by track, in the first year and later; by sex and field as factors.
    std::array<std::array<double, 2>, tracks> dropout{};
    std::array<double, 2> dropout_sex{1, 1};
    std::array<double, 3> dropout_field{1, 1, 1};
    /// Share of those under 25 who begin mbo and want the work-based path (BBL), by field.
    std::array<double, 3> bbl_share{};
    /// Return to education in September of those aged 16 to 24 who have left it, a year, by education level.
    std::array<double, 5> returns{};
    /// Share of employers that are recognised learning companies, by sector and size class.
    std::array<std::array<double, 4>, sectors> recognised{};
    /// BBL places a worker at learning companies, by sector.
    std::array<double, sectors> places_per_worker{};
    /// Recognitions withdrawn a year over recognised companies; new ones follow so that the shares above hold at normal tightness.
    double recognition_lapse = 0.08;
};

/// Responses and levers. Each lever's default leaves the tables' rates as they are.
struct SchoolingParameters {
    // Choice of profile and field: shifts of utility (log odds) against `other`.
    double wage_effect = 0.7;
    double chance_effect = 0.05;
    double peers_effect = 1.0;
    double travel_effect = -0.6;
    double sto_exposure = 0.0;
    double sto_effect = 0.05;
    double awareness = 0.0;
    double awareness_effect = 0.095;
    double technical_interest = 0.0;
    double ict_interest = 0.0;
    double women_interest = 0.0;
    double mbo_interest = 0.0;
    double hbo_interest = 0.0;
    double wo_interest = 0.0;
    double wage_memory_months = 30.0;
    // Places.
    double technical_places = 0.0;
    double ict_places = 0.0;
    // Progress.
    double diploma_factor = 1.0;
    double dropout_factor = 1.0;
    double teaching_quality = 1.0;
    double technical_hbo_dropout = 1.0;
    double return_factor = 1.0;
    // Leaving education.
    double graduates_inactive = 0.05;
    double dropouts_inactive = 0.25;
    double side_job_kept = 0.45;
    // BBL.
    double bbl_interest = 0.0;
    double bbl_interest_ict = 0.0;
    double bbl_reach = 45.0;
    double bbl_stay = 0.82;
    double bbl_stay_permanent = 0.4;
    double bbl_wait_leave = 0.1;
    double bbl_hours = 32.0;
    double bbl_wage = 1.1;
    double bbl_lost_to_bol = 0.6;
    double recognition_factor = 1.0;
    double recognition_ict = 1.0;
    double recognition_tightness = 0.3;
    double places_factor = 1.0;
};

/// One row a parameter: unit, range, prior, status, source, meaning.
[[nodiscard]] const ParameterTable<SchoolingParameters>& schooling_table();

inline const sim::ProcessInfo schooling_info{
    .name = "schooling",
    .key = 20,
    .reads = {"birth", "region", "status", "track", "study_field", "study_start", "education", "field", "contract", "post", "awareness", "teaching"},
    .writes = {"status", "job", "track", "study_field", "study_start", "education", "field", "diploma", "learning_company", "bbl_places", "market"}};
// Keys of this process; each serves one decision of one person (or employer) a month.
inline constexpr sim::ProcessKey key_entry = 21;          ///< track at twelve
inline constexpr sim::ProcessKey key_profile = 22;        ///< profile
inline constexpr sim::ProcessKey key_diploma = 23;        ///< diploma in July (word 0), leave or go on (word 1)
inline constexpr sim::ProcessKey key_next = 24;           ///< next stage (word 0), field (word 1), BBL or BOL (word 2), lot for a place (word 3)
inline constexpr sim::ProcessKey key_dropout = 25;        ///< thinned drop-out
inline constexpr sim::ProcessKey key_leave = 26;          ///< what a leaver becomes
inline constexpr sim::ProcessKey key_return = 27;         ///< return to education
inline constexpr sim::ProcessKey key_bbl = 28;            ///< search for a learning place
inline constexpr sim::ProcessKey key_learning_slot = 29;  ///< where a place lies in the table of places
inline constexpr sim::ProcessKey key_stay = 30;           ///< BBL graduates who stay with the firm
inline constexpr sim::ProcessKey key_recognition = 31;    ///< learning companies
inline constexpr sim::ProcessKey key_newcomer = 32;       ///< track of newcomers without one

/// One month of schooling. Runs on the month `world.month`; settles the jobs that it moves.
void step_schooling(World& world, sim::Month month);

}  // namespace models
