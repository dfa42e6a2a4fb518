#pragma once
/// Adults on the work-based path (part of process 3): people of 25 and over begin an mbo course with a learning contract, from work, unemployment or
/// inactivity. Model description, section 3 (BBL): this intake is side entry, not school.
///
/// In September and February a thinned stream chooses who applies; each looks for a free place at a recognised learning company in reach (bbl.hpp). From the
/// contract on an adult is a learner like any other: schooling gives diplomas and drop-out, separations end contracts.

#include <array>
#include <cstddef>
#include <vector>

#include "models/labels.hpp"
#include "models/parameter.hpp"
#include "models/person.hpp"
#include "models/schooling.hpp"
#include "sim/month.hpp"
#include "sim/process.hpp"

namespace models {

struct World;

/// Applications: a stream of its own; word 1 of its draw chooses the field.
inline const sim::ProcessInfo adult_bbl_info{.name = "adult BBL",
                                             .key = 46,
                                             .reads = {"birth", "region", "status", "education", "contract", "track", "market", "awareness", "posts"},
                                             .writes = {"job", "status", "track", "study_field", "study_start"}};
/// The search for a learning place, with the addresses of find_learning_places.
inline const sim::ProcessInfo adult_place_info{
    .name = "learning place of an adult", .key = 47, .reads = {"learning_company", "bbl_places", "posts"}, .writes = {}};

inline constexpr int first_adult_age = 25;    ///< years; below, schooling decides
inline constexpr int last_adult_age = 54;     ///< years
inline constexpr std::size_t adult_ages = 3;  ///< 25-34, 35-44, 45-54

/// Figures of the real world (regions/data/adult_bbl.csv), by field.
struct AdultBblTables {
    std::array<double, 3> intake{};               ///< persons a year who begin BBL at 25 and over (nation)
    std::array<double, 3> intake_per_job{};       ///< the same for each employee in an occupation learned in BBL
    std::array<double, 3> women{};                ///< share of women in the intake
    std::array<double, adult_ages> propensity{};  ///< intake per eligible person, relative to 25-34
    double september = 0.75;                      ///< share of a year's intake that begins in September; the rest in February
};

struct AdultBblParameters {
    double interest = 0;
    double volume = 1;
    double tightness_elasticity = 0.2;
    double awareness_effect = 0.095;
    double unemployed = 1.5;
    double inactive = 0.4;
    double low_education = 1;
    double general_education = 0.6;
    double higher_education = 0.08;
    double wage = 1.25;
    double hours = 32;
};
[[nodiscard]] const ParameterTable<AdultBblParameters>& adult_bbl_table();

/// An adult who has begun BBL in this run, or was in it at the start.
struct AdultLearner {
    Row row = 0;
    StoredMonth begun = 0;
    Occupation target = 0;   ///< of the learning place
    std::uint8_t spare = 0;  ///< no bytes without a value in a checkpoint
    std::uint32_t lot = 0;   ///< number of the measure whose gate it was; 0 = none
};

/// What adult BBL remembers from month to month; part of a checkpoint.
struct AdultBblState {
    std::vector<AdultLearner> learners;  ///< by row
    std::vector<double> yearly;          ///< by region and field: yearly probability of an application at weight 1, set when the run begins
    template <class Archive>
    void archive(Archive& a) {
        a("learners", learners);
        a("yearly", yearly);
    }
};

// ---- pure decisions

/// Relative propensity of an age; 0 outside 25 to 54.
[[nodiscard]] double adult_age_weight(int age, const AdultBblTables& t);
/// Relative propensity by education level, 1 for mbo.
[[nodiscard]] double adult_education_weight(Education education, const AdultBblParameters& p);
/// Relative propensity by labour status, 1 for employees; 0 where nobody begins.
[[nodiscard]] double adult_status_weight(LabourStatus status, const AdultBblParameters& p);
/// Relative propensity of a sex in a field; the mean of both sexes is 1.
[[nodiscard]] double adult_sex_weight(Sex sex, Field field, const AdultBblTables& t);
/// Share of a year's applications that falls in a month: September and February only.
[[nodiscard]] double adult_season(int month_of_year, const AdultBblTables& t);
/// Factor of relative tightness, campaign awareness (0 to 1) and levers on applications; 1 at tightness 1, no campaign and default levers.
[[nodiscard]] double adult_response(double tightness, double awareness, const AdultBblParameters& p);

/// Learners by completed school years in January for each person who begins in a year, when intake, diplomas and drop-out stay as they are.
[[nodiscard]] std::array<double, study_years> adult_learners_per_entrant(Field field, Sex sex, const AdultBblTables& t, const SchoolingTables& schooling,
                                                                         const SchoolingParameters& parameters);

/// Adult BBL of the month: who left the path, applications, places, contracts.
void step_adult_bbl(World& world, sim::Month month);

}  // namespace models
