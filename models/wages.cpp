#include "models/wages.hpp"

#include <algorithm>
#include <cmath>

#include "models/demand.hpp"
#include "models/parameters.hpp"
#include "models/tables.hpp"
#include "models/world.hpp"
#include "sim/math.hpp"

namespace models {
namespace {

constexpr double half_range = 1.0986122886681098;  // log 3: the quartiles of the standard logistic law lie at plus and minus log 3
constexpr int prime_age = 40;                      // age at which the age factor is 1

/// Scale of the logistic law of log wages that has these quartiles.
double spread(const WageTables& tables, Occupation o) {
    if (tables.lower_quartile[o] <= 0) return 0;
    return sim::logarithm(tables.upper_quartile[o] / tables.lower_quartile[o]) / (2 * half_range);
}

/// Index of a month in a path, held at the ends.
std::size_t place(sim::Month month, sim::Month first, std::size_t months) {
    const int at = std::clamp(month - first, 0, static_cast<int>(months) - 1);
    return static_cast<std::size_t>(at);
}

/// Which occupation group tells a sector that labour is scarce: the one that most of its technicians belong to.
Field group_of_sector(Sector sector) {
    switch (sector) {
        case Sector::industry:
        case Sector::energy_water:
        case Sector::construction: return Field::technical;
        case Sector::information: return Field::ict;
        default: return Field::other;
    }
}

/// Log wage of an age: a parabola that rises with `age_growth` a year at 25 and is flat from `age_peak`; steeper below 23.
double log_age(double age, const WageParameters& p) {
    const double top = std::max(p.age_peak - 25, 1.0);
    const double x = std::min(age - 25, top);
    return p.age_growth * (x - x * x / (2 * top)) - p.youth_growth * std::max(0.0, 23 - age);
}

/// Median wage without luck, before the youth minimum: euro an hour.
double expected_wage(const World& world, Occupation occupation, Education education, int age) {
    const auto& tables = world.tables->wages;
    const auto& p = world.parameters->wages;
    return tables.median[occupation] * age_factor(age, p) * education_factor(tables, education, occupation, p) * p.offers * p.wage_level;
}

std::uint16_t cents(double euro) { return static_cast<std::uint16_t>(std::clamp(euro * 100 + 0.5, 1.0, 65535.0)); }

}  // namespace

double age_factor(int age, const WageParameters& p) { return sim::exponential(log_age(age, p) - log_age(prime_age, p)); }

double education_step_of(Education education) {
    switch (education) {
        case Education::low: return -1;
        case Education::mbo2_4: return 0;
        case Education::havo_vwo: return -0.3;
        case Education::hbo: return 1.2;
        case Education::wo: return 2;
    }
    return 0;
}

double education_factor(const WageTables& tables, Education education, Occupation occupation, const WageParameters& p) {
    return sim::exponential(p.education_premium * (education_step_of(education) - tables.education_step[occupation]));
}

double wage_of_rank(const WageTables& tables, Occupation occupation, double u) {
    return tables.median[occupation] * sim::exponential(spread(tables, occupation) * sim::logarithm(u / (1 - u)));
}

double minimum_wage(const WageTables& tables, int age) {
    return tables.youth_minimum[static_cast<std::size_t>(std::clamp(age - 15, 0, static_cast<int>(tables.youth_minimum.size()) - 1))];
}

std::uint16_t wage_offer(const World& world, PostNumber post, const Person& person, int age, double wage_factor, double luck) {
    const auto& tables = world.tables->wages;
    const auto& employer = world.employer_of(post);
    const Occupation occupation = world.employers.post[post].occupation;
    const double u = std::clamp(luck, least_luck, 1 - least_luck);
    const double residual = sim::exponential(world.parameters->wages.luck * spread(tables, occupation) * sim::logarithm(u / (1 - u)));
    const double offer = expected_wage(world, occupation, person.education, age) *
                         sim::power(tables.sector_factor[index_of(employer.sector)], world.parameters->wages.sector_spread) *
                         static_cast<double>(employer.wage_level) * wage_factor * residual;
    return cents(std::max(offer, minimum_wage(tables, age)));
}

double usual_wage(const World& world, const Person& person, int age, Occupation occupation) {
    return 100 * std::max(expected_wage(world, occupation, person.education, age), minimum_wage(world.tables->wages, age));
}

double new_hire_factor(const World& world, std::size_t submarket) {
    const auto& tightness = world.market.tightness;
    if (submarket >= tightness.size()) return 1;
    return sim::power(std::clamp(tightness[submarket], 0.1, 10.0), world.parameters->wages.new_hire_elasticity);
}

double money_wage(const World& world, Row row) {
    const PostNumber post = world.persons.post[row];
    if (post == no_post) return 0;
    return 0.01 * world.persons.record[row].wage * world.market.contract_wage[index_of(world.employer_of(post).sector)];
}

double contract_path(const WageTables& tables, Sector sector, sim::Month month) {
    if (tables.contract_wage.empty()) return 1;
    return tables.contract_wage[place(month, tables.first_month, tables.contract_wage.size())][index_of(sector)];
}

double price_index(const WageTables& tables, sim::Month month) {
    if (tables.prices.empty()) return 1;
    return tables.prices[place(month, tables.first_month, tables.prices.size())];
}

double contract_response(const World& world, Sector sector, sim::Month month) {
    const auto& p = world.parameters->wages;
    if (p.contract_elasticity == 0) return 1;
    return sim::power(past_tightness(world, group_of_sector(sector), month - static_cast<int>(p.lag)), p.contract_elasticity);
}

void step_wages(World& world, sim::Month month) {
    for (std::size_t s = 0; s < sectors; ++s) {
        const auto sector = static_cast<Sector>(s);
        world.market.contract_wage[s] = contract_path(world.tables->wages, sector, month) * contract_response(world, sector, month);
    }
}

const ParameterTable<WageParameters>& wages_table() {
    using P = WageParameters;
    static const ParameterTable<P> table{
        {"contract_elasticity",
         &P::contract_elasticity,
         "1",
         0,
         0.5,
         {"half_normal(0.02)", 0.001, 0.039},
         Status::derived,
         "CBS 85517NED and ESB: hourly wages 2013-2022 rose 21 % in ICT, 23 % in all occupations",
         "elasticity of contract wages to relative tightness, after the lag"},
        {"new_hire_elasticity",
         &P::new_hire_elasticity,
         "1",
         0,
         0.5,
         {"half_normal(0.02)", 0.001, 0.039},
         Status::assumed,
         "",
         "elasticity of the wage of new hires to relative tightness"},
        {"lag",
         &P::lag,
         "month",
         1,
         24,
         {"uniform(12, 24)", 12.6, 23.4},
         Status::assumed,
         "",
         "months between tightness and contract wages (collective agreements run one to two years)"},
        {"age_growth", &P::age_growth, "1", 0, 0.1, {"uniform(0.012, 0.022)", 0.0125, 0.0215}, Status::assumed, "", "rise of log wage a year of age, at 25"},
        {"age_peak", &P::age_peak, "year", 30, 70, {"uniform(48, 56)", 48.4, 55.6}, Status::assumed, "", "age from which wages no longer rise with age"},
        {"education_premium",
         &P::education_premium,
         "1",
         0,
         0.3,
         {"uniform(0.03, 0.09)", 0.033, 0.087},
         Status::assumed,
         "",
         "log wage within an occupation for one step of education (mbo 0, hbo 1.2, wo 2)"},
        {"luck",
         &P::luck,
         "1",
         0,
         1,
         {"uniform(0.45, 0.75)", 0.465, 0.735},
         Status::assumed,
         "",
         "part of the spread of log wages within an occupation that is not age, education, sector or employer"},
        {"ladder",
         &P::ladder,
         "1",
         0,
         20,
         {"uniform(1, 3)", 1.1, 2.9},
         Status::derived,
         "solved for wages and moves from job to job that stay while demand stands still (regions/README.md)",
         "better offers met for each end of a job by those at work at the start"},
        {"offers",
         &P::offers,
         "1",
         0.5,
         1.5,
         {"uniform(0.83, 0.94)", 0.8355, 0.9345},
         Status::derived,
         "solved for wages that stay while demand stands still (regions/README.md)",
         "level of wage offers relative to the published wages of those at work, who have moved to better ones"},
        {"wage_level", &P::wage_level, "1", 0.5, 2, {}, Status::assumed, "", "lever: factor on all wage offers"},
    };
    return table;
}

}  // namespace models
