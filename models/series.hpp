#pragma once
/// The coordinates and datasets of a run: names, dimensions, units and meaning, as the output schema promises them.

#include <array>
#include <string_view>
#include <vector>

#include "models/policy_accounts.hpp"
#include "sim/trajectory.hpp"

namespace models {

struct Parameters;
struct Tables;

/// Version of the file's layout; goes to the attribute `schema_version`.
inline constexpr int schema_version = 1;

/// Number of each series in its trajectory, in the order of the schema. Dimensions after (replicate, time, region) stand behind the names.
struct SeriesIds {
    // population
    sim::SeriesId persons;               ///< labour_status, sex, age_group
    sim::SeriesId persons_by_education;  ///< labour_status, education
    sim::SeriesId demography;            ///< event
    // labour market: states and moves
    sim::SeriesId status_flow;            ///< from_status, to_status
    sim::SeriesId status_3m;              ///< from_status, to_status
    sim::SeriesId employed;               ///< occupation, sex
    sim::SeriesId employed_by_kind;       ///< occupation, employment_kind
    sim::SeriesId employed_by_education;  ///< group3, education, field
    sim::SeriesId working_students;       ///< occupation
    sim::SeriesId commuting;              ///< work_region
    sim::SeriesId in_commuters;           ///< home
    sim::SeriesId jobs;                   ///< sector
    sim::SeriesId jobs_by_occupation;     ///< occupation
    sim::SeriesId fte;                    ///< occupation
    sim::SeriesId required_fte;           ///< occupation
    sim::SeriesId green_demand_gap;       ///< occupation
    sim::SeriesId employers;              ///< sector, size_class
    sim::SeriesId vacancies;              ///< occupation
    sim::SeriesId vacancies_opened;       ///< occupation
    sim::SeriesId vacancies_filled;       ///< occupation
    sim::SeriesId vacancies_lapsed;       ///< occupation
    sim::SeriesId time_to_fill;           ///< occupation
    sim::SeriesId hires;                  ///< occupation, origin
    sim::SeriesId separations;            ///< occupation, cause
    sim::SeriesId technical_flow;         ///< group, pathway
    // education
    sim::SeriesId students;              ///< track, field, sex
    sim::SeriesId intake;                ///< track, field, sex
    sim::SeriesId dropouts;              ///< track, field, sex
    sim::SeriesId diplomas;              ///< track, field, sex
    sim::SeriesId pupils_under_15;       ///<
    sim::SeriesId students_at_work;      ///<
    sim::SeriesId vmbo_technical_share;  ///<
    sim::SeriesId learning_companies;    ///< sector
    sim::SeriesId bbl_places;            ///< sector
    sim::SeriesId bbl_places_taken;      ///< sector
    // followed over twelve months
    sim::SeriesId retention_12m;       ///< occupation
    sim::SeriesId graduate_match_12m;  ///< track, field
    // money
    sim::SeriesId wage;         ///< occupation
    sim::SeriesId wage_median;  ///< occupation
    sim::SeriesId wage_real;    ///< occupation
    // programmes
    sim::SeriesId side_entries;           ///< occupation
    sim::SeriesId side_entry_places;      ///< occupation
    sim::SeriesId side_entry_placements;  ///< occupation
    // teaching
    sim::SeriesId teacher_vacancies;         ///<
    sim::SeriesId hybrid_teachers;           ///<
    sim::SeriesId hybrid_teacher_employers;  ///<
    sim::SeriesId hybrid_teacher_hours;      ///<
    sim::SeriesId hybrid_teacher_starts;     ///<
    // innovation
    sim::SeriesId adopters;           ///< size_class
    sim::SeriesId output_per_worker;  ///< sector
    sim::SeriesId labour_saved;       ///< sector
    // awareness
    sim::SeriesId awareness;  ///< age_group
    // accounts of measures, in the group policy; only after add_groups
    bool has_policy = false;
    sim::SeriesId participants_followed, participants_in_target, refused_followed, refused_in_target;  ///< measure, horizon
    sim::SeriesId policy_spending;                                                                     ///< measure
    std::array<sim::SeriesId, policy_flows> policy;                                                    ///< by PolicyFlow; measure
    sim::SeriesId campaign_needed;                                                                     ///<
    sim::SeriesId campaign_reachable;                                                                  ///<
    sim::SeriesId campaign_reached;                                                                    ///<
    // digital skills
    sim::SeriesId digitally_skilled;  ///<
};

/// Adds every coordinate and every series to an empty trajectory; all values are missing at first.
/// `tables` gives the regions' names and codes and the scale.
SeriesIds add_series(sim::Trajectory& trajectory, const Tables& tables);

/// Adds the groups of a file that hold no series of the regions: `/parameters` (every parameter of the run, as `instroom describe` prints it),
/// `/provenance` (one row an input table) and `/policy` (the accounts of measures; empty without measures).
void add_groups(sim::Trajectory& trajectory, SeriesIds& series, const Parameters& parameters, const Tables& tables, const std::vector<std::string>& measures);

}  // namespace models
