#pragma once
/// Wages (process 7). Model description, section 3 (wages).
///
/// A person's wage is kept in cents an hour at the contract-wage level of January 2021; the euro of a month is that times the
/// index of contract wages of the sector. Contract wages follow a path of the tables, moved by tightness with a lag; tightness
/// reaches new hires first.

#include <array>
#include <cstdint>
#include <vector>

#include "models/labels.hpp"
#include "models/parameter.hpp"
#include "models/person.hpp"
#include "sim/month.hpp"
#include "sim/process.hpp"

namespace models {

struct World;

inline const sim::ProcessInfo wages_info{.name = "wages", .key = 100, .reads = {"market"}, .writes = {"market"}};

struct WageTables {
    std::array<double, occupations> median{};  ///< euro an hour, employees, level of January 2021
    std::array<double, occupations> lower_quartile{};
    std::array<double, occupations> upper_quartile{};
    std::array<double, occupations> education_step{};        ///< mean step of education of its workers, on the scale of `education_step_of`
    std::array<double, sectors> sector_factor{};             ///< on the median of the occupation, mean near 1
    sim::Month first_month;                                  ///< of the two paths below
    std::vector<std::array<double, sectors>> contract_wage;  ///< index of contract wages by month; January 2021 = 1
    std::vector<double> prices;                              ///< consumer price index, same months; January 2021 = 1
    std::array<double, 7> youth_minimum{};                   ///< euro an hour at ages 15 to 21 and over, level of January 2021
};

struct WageParameters {
    double contract_elasticity = 0;     ///< of contract wages to tightness, after the lag
    double new_hire_elasticity = 0.02;  ///< of new hires' wages to relative tightness
    double lag = 18;                    ///< months between tightness and contract wages
    double age_growth = 0.017;          ///< log wage a year of age, at 25
    double age_peak = 52;               ///< age at which wages no longer rise
    double education_premium = 0.06;    ///< log wage a step of education (about half the way from mbo to hbo)
    double youth_growth = 0.06;         ///< further rise of log wage a year below 23
    double sector_spread = 0.5;         ///< part of the sector differences of the tables that is not their mix of occupations
    double luck = 0.6;                  ///< share of the spread of log wages within an occupation that age, education and sector leave
    double ladder = 2;                  ///< better offers met per end of a job, at the start: how far wages of those at work stand above offers
    double offers = 0.885;              ///< level of offers, relative to the published wages, which are those of people who have moved to better ones
    double wage_level = 1;              ///< lever: factor on all wage offers
};
[[nodiscard]] const ParameterTable<WageParameters>& wages_table();

/// Relative wage of an age within its occupation; 1 at 40. Pure.
[[nodiscard]] double age_factor(int age, const WageParameters& p);
/// Place of an education on a scale on which mbo is 0 and wo 2. Pure.
[[nodiscard]] double education_step_of(Education education);
/// Relative wage of an education within an occupation, against the mean education of its workers. Pure.
[[nodiscard]] double education_factor(const WageTables& tables, Education education, Occupation occupation, const WageParameters& p);
/// Wage of a rank u in (0, 1) within an occupation: log-logistic (Fisk) through the quartiles, euro an hour. Pure.
[[nodiscard]] double wage_of_rank(const WageTables& tables, Occupation occupation, double u);
/// Lowest rank of luck that counts, and as far from the highest: the tails of the logistic law are too long for wages.
inline constexpr double least_luck = 0.005;
/// Lowest legal wage of an age, euro an hour at the level of January 2021. Pure.
[[nodiscard]] double minimum_wage(const WageTables& tables, int age);

/// Wage that a post offers to a person: cents an hour at the contract-wage level of January 2021. `wage_factor` is what tightness adds
/// for new hires, `luck` a uniform in (0, 1) for what is not observed of person and job.
[[nodiscard]] std::uint16_t wage_offer(const World& world, PostNumber post, const Person& person, int age, double wage_factor, double luck);
/// Wage that a person may usually expect in an occupation: the middle of `wage_offer` over employers, same unit.
[[nodiscard]] double usual_wage(const World& world, const Person& person, int age, Occupation occupation);
/// Factor on the wage of new hires in a submarket (work region x occupation) at its present tightness.
[[nodiscard]] double new_hire_factor(const World& world, std::size_t submarket);
/// Euro of the month an hour; 0 without a post.
[[nodiscard]] double money_wage(const World& world, Row row);
/// Index of contract wages of the tables, before tightness; January 2021 = 1.
[[nodiscard]] double contract_path(const WageTables& tables, Sector sector, sim::Month month);
/// What past tightness does to contract wages: relative tightness `lag` months before, to the power of the elasticity.
[[nodiscard]] double contract_response(const World& world, Sector sector, sim::Month month);
/// Consumer price index; January 2021 = 1.
[[nodiscard]] double price_index(const WageTables& tables, sim::Month month);
/// Renews market.contract_wage.
void step_wages(World& world, sim::Month month);

}  // namespace models
