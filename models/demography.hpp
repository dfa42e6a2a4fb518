#pragma once
/// Process 1, demography: deaths, births, migration and moves. Model description, section 2.
///
/// Newcomers come from tables, region and month, are drawn at addresses of their own and are appended first and in a fixed order, so no policy
/// can create one. Whoever leaves does so by thinned hazards of age, sex and region. At most one demographic event a person a month.

#include <array>
#include <vector>

#include "models/labels.hpp"
#include "models/parameter.hpp"
#include "sim/month.hpp"
#include "sim/process.hpp"

namespace models {

struct World;

inline const sim::ProcessInfo death_info{
    .name = "death", .key = 10, .reads = {"birth", "region", "sex"}, .writes = {"status", "job", "region", "track", "event"}};
inline const sim::ProcessInfo move_info{
    .name = "move", .key = 11, .reads = {"birth", "region"}, .writes = {"status", "job", "region", "municipality", "track", "event"}};
inline const sim::ProcessInfo emigration_info{
    .name = "emigration", .key = 12, .reads = {"birth", "region"}, .writes = {"status", "job", "region", "track", "event"}};
inline const sim::ProcessInfo arrival_info{.name = "arrival", .key = 13, .reads = {"market"}, .writes = {"persons"}};

/// Five-year age groups of the population statistics: 0-4, ..., 90-94, 95 and over.
inline constexpr int five_year_groups = 20;
[[nodiscard]] constexpr int five_year_group(int age_in_months) {
    return age_in_months >= 95 * 12 ? five_year_groups - 1 : age_in_months < 0 ? 0 : age_in_months / 60;
}

/// How a newcomer comes. The numbers are part of random addresses: append, never reorder.
enum class Arrival : std::uint8_t { birth, within_nl, labour, study, family, other };
inline constexpr int arrivals = 6;

/// What newcomers of one kind are like.
struct ArrivalProfile {
    std::array<double, five_year_groups> age{};  ///< shares by age
    std::array<double, 5> education{};           ///< shares by level, from 25 years on
    double women = 0.5;                          ///< share
    double technical = 0, ict = 0;               ///< shares of those with mbo or more whose field is technical or ICT
    double student = 0;                          ///< share in full-time education, 18 to 26 years
    double working = 0;                          ///< share of the others, 18 years to pension age, who work or look for work
};

struct DemographyTables {
    int first_year = 2020;  ///< of the arrays by year; months outside take the nearest year
    int years = 0;
    /// By region and year (region x years + year).
    std::vector<double> births;                                            ///< a year
    std::vector<double> moves_in;                                          ///< from the rest of the country, a year
    std::vector<double> immigration;                                       ///< a year
    std::vector<double> move_rate;                                         ///< moves over the region's boundary per person-year
    std::vector<double> emigration_rate;                                   ///< per person-year, administrative corrections included
    std::vector<double> mortality;                                         ///< factor on `death_rate`
    std::array<std::array<double, five_year_groups>, 2> death_rate{};      ///< per person-year, by sex and age
    std::vector<std::array<double, five_year_groups>> move_profile;        ///< by region: factor on the rate by age, mean 1 over its inhabitants of 2021
    std::vector<std::array<double, five_year_groups>> emigration_profile;  ///< the same for emigration
    std::vector<double> destination;                                       ///< region x region: share of the moves over the boundary that end there
    std::vector<std::array<double, 4>> kind;                               ///< by year: shares of labour, study, family and other in immigration
    std::array<ArrivalProfile, arrivals> profile{};
    std::vector<int> pension_age;  ///< by year: months
    int place(int region, sim::Month month) const { return region * years + year_index(month); }
    int year_index(sim::Month month) const {
        const int index = month.year() - first_year;
        return index < 0 ? 0 : index >= years ? years - 1 : index;
    }
};

struct DemographyParameters {
    double mortality = 1.0;
    double births = 1.0;
    double immigration = 1.0;
    double departures = 1.0;
    double labour_immigration_elasticity = 0.2;
    double keeps_job = 0.12;
    double women_at_birth = 0.488;
};
[[nodiscard]] const ParameterTable<DemographyParameters>& demography_table();

/// State pension age in months for who reaches it around this month (statutory path; later years as the last row of the table).
[[nodiscard]] int pension_age_months(const DemographyTables& tables, sim::Month month);
/// Months of birth, from first to last, of those who reach it this month. While the age rises nobody does: then first is after last.
struct BirthMonths {
    int first, last;
};
[[nodiscard]] BirthMonths births_that_reach_pension(const DemographyTables& tables, sim::Month month);

/// Field of a newcomer with mbo or more: nine in ten of the technically trained are men; the shares of the profile hold for both sexes together. u in [0, 1).
[[nodiscard]] Field field_of_newcomer(Sex sex, const ArrivalProfile& profile, double u);

/// Monthly probability of an event with a rate per year: 1 - exp(-rate / 12).
[[nodiscard]] sim::MonthlyProbability monthly_of_rate(double rate_per_year);

/// Probability that this person dies this month.
[[nodiscard]] sim::MonthlyProbability death_probability(const DemographyTables& tables, const DemographyParameters& p, Sex sex, int age_in_months, int region,
                                                        sim::Month month);
/// Probability that this person moves over the boundary of the region, within the country, this month.
[[nodiscard]] sim::MonthlyProbability move_probability(const DemographyTables& tables, const DemographyParameters& p, int age_in_months, int region,
                                                       sim::Month month);
/// Probability that this person emigrates this month.
[[nodiscard]] sim::MonthlyProbability emigration_probability(const DemographyTables& tables, const DemographyParameters& p, int age_in_months, int region,
                                                             sim::Month month);
/// Where a move over the boundary ends: a region of the run, or -1 for the rest of the country. u in [0, 1).
[[nodiscard]] int move_destination(const DemographyTables& tables, int regions, int from, double u);

/// Those who could come to work, per one that the table expects: room for an answer to tightness.
inline constexpr double labour_headroom = 1.5;
/// Probability that one of those who could come to work is let in: tightness^elasticity / headroom, at most 1.
[[nodiscard]] double labour_admission(double tightness, double elasticity);

/// Place in a list of shares (that need not add up to one) for u in [0, 1). Pure.
[[nodiscard]] int pick_share(const double* shares, int count, double u);

/// Expected newcomers of one kind this month, in agents of the run; of `labour` those who could come.
[[nodiscard]] double expected_arrivals(const DemographyTables& tables, const DemographyParameters& p, double scale, Arrival kind, int region, sim::Month month);

/// Process 1 of the month.
void step_demography(World& world, sim::Month month);

}  // namespace models
