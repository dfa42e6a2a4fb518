#pragma once
/// The figures that only the start population needs, read from start_population.csv, start_jobs.csv and start_education.csv.

#include <array>
#include <string>
#include <vector>

#include "models/labels.hpp"
#include "models/parameter.hpp"
#include "models/tables.hpp"
#include "regions/data_folder.hpp"
#include "regions/start_adult_bbl.hpp"

namespace regions {

inline constexpr int age_groups_of_five = 20;  ///< 0-4 to 95 and over
inline constexpr int last_age = 104;
inline constexpr int working_age_groups = 6;  ///< 15-24, 25-34, ... 65-74
inline constexpr int first_working_age = 15;
inline constexpr int last_working_age = 74;
inline constexpr int last_recent_age = 34;  ///< up to which jobs begin that spin-up does not know
inline constexpr int working_age_group_of(int age) { return age < 25 ? 0 : age > 64 ? 5 : (age - 15) / 10; }

/// A margin of the tables, for the check of fit.
struct Margin {
    std::string name;  ///< "population by age and sex", ...
    std::string region;
    std::string cell;  ///< "men 15-19", ...
    double value = 0;  ///< as in the table (persons or share)
    models::Status status = models::Status::assumed;
    std::string source;
};

/// A large employer that the tables name.
struct NamedEmployer {
    std::string name;
    int region = 0;
    std::string municipality;
    models::Sector sector = models::Sector::industry;
    double staff = 0;  ///< persons, of all its units here
    int units = 1;     ///< employers among which the staff is shared evenly
    bool fossil = false;
};

/// What is known of one region of the run.
struct RegionStart {
    std::array<std::array<double, age_groups_of_five>, 2> population{};  ///< by sex and five-year group, 1 January 2021; scaled to the register totals by sex
    std::array<double, 5> education{};                                   ///< shares at 15-74, register definition
    double participation = 0;                                            ///< employed over population 15-74, January 2021, labour force survey
    double unemployment = 0;                                             ///< unemployed over labour force, January 2021
    double self_employed = 0;                                            ///< share of the employed
    std::array<double, models::sectors> sector{};                        ///< shares of employee jobs in the region
    std::vector<double> jobs_to;      ///< employee jobs of residents by work region (regions, rest_nl, abroad), level of 2021, second jobs included
    double in_from_nl = 0;            ///< employee jobs here of residents of the rest of the Netherlands, level of 2021
    double in_from_abroad_share = 0;  ///< of the employee jobs here
    double learning_companies = 0;    ///< recognised, all sectors
};

struct StartTables {
    std::vector<RegionStart> region;
    // National patterns.
    std::array<std::array<double, age_groups_of_five>, 2> population{};
    std::array<double, working_age_groups> participation{};             ///< by age, first quarter of 2022
    std::array<double, working_age_groups> unemployment{};              ///< rate by age, first quarter of 2022
    std::array<double, 3> participation_sex_odds{};                     ///< log odds of men over women at 15-24, 25-44, 45-74
    std::array<std::array<double, 5>, working_age_groups> education{};  ///< pattern by age
    std::array<double, working_age_groups> self_employed_age{};         ///< read up to the age at which retirement begins to decide
    std::array<double, 2> self_employed_sex{};
    std::array<double, 4> retired{};                                ///< share of the inactive at 55-59 to 70-74
    std::array<std::array<double, 4>, working_age_groups> hours{};  ///< shares of under 20, 20-27, 28-34, 35 and more hours, by age
    std::array<double, 2> part_time{};                              ///< under 35 hours, by sex
    std::array<std::array<double, 2>, 5> field_technical{};         ///< of the highest level completed, by education and sex
    std::array<std::array<double, 2>, 5> field_ict{};
    // Education.
    std::array<double, last_age + 1> side_job{};  ///< share of students with a job
    AdultLearners adult_bbl;                      ///< who began the work-based path at 25 or later
    // Jobs.
    std::array<std::array<double, models::occupations>, models::sectors> occupation{};  ///< shares of the employees of a sector
    std::array<double, models::sectors> national_sector{};                              ///< shares of employee jobs
    std::array<double, models::occupations> self_employed_occupation{};                 ///< shares of the self-employed
    /// Employers with staff per job, in the size classes 2-9, 10-49, 50-249, 250 and over, by sector.
    std::array<std::array<double, 4>, models::sectors> employers_per_job{};
    std::vector<NamedEmployer> named;
    double outsiders_per_in_commuter = 2;
    /// Of the jobs of residents at 15-24 and at 25 to last_recent_age that have lasted a year after spin-up, the share that began within it: main jobs, side
    /// jobs.
    std::array<std::array<double, 2>, 2> recent_jobs{};
    double openings_in_run = 1;           ///< posted in a month, over those in a month of spin-up
    double openings_to_come = 0;          ///< jobs that are wanted and not open yet, over jobs and openings
    double openings_without_vacancy = 1;  ///< those of the start over those that the months of spin-up leave
    double open_vacancies = 0;            ///< national, January 2021
    double national_employees = 0;        ///< employee jobs, for the rate of vacancies
    std::vector<Margin> margins;          ///< what the start population is compared with
};

/// Reads the figures for the regions of `tables`. Throws InputError where a row is missing or makes no sense.
[[nodiscard]] StartTables read_start_tables(DataFolder& data, const models::Tables& tables);

}  // namespace regions
