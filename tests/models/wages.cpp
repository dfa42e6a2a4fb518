#include "models/wages.hpp"

#include <cmath>

#include <catch2/catch.hpp>

#include "models/demand.hpp"
#include "tests/support/small_market.hpp"

using namespace models;
using Catch::Matchers::WithinRel;
using tests::SmallMarket;

TEST_CASE("wage_of_rank meets the median and the quartiles", "[models][unit]") {
    WageTables tables;
    tables.median[3] = 20;
    tables.lower_quartile[3] = 16;
    tables.upper_quartile[3] = 25;
    CHECK_THAT(wage_of_rank(tables, 3, 0.5), WithinRel(20.0, 1e-12));
    CHECK_THAT(wage_of_rank(tables, 3, 0.25), WithinRel(16.0, 1e-12));
    CHECK_THAT(wage_of_rank(tables, 3, 0.75), WithinRel(25.0, 1e-12));
}

TEST_CASE("wages rise with age until the peak, steepest below 23", "[models][unit]") {
    const WageParameters p;
    CHECK(age_factor(40, p) == 1);
    for (int age = 16; age < p.age_peak; ++age) CHECK(age_factor(age, p) < age_factor(age + 1, p));
    CHECK(age_factor(60, p) == age_factor(66, p));
    CHECK(age_factor(20, p) / age_factor(19, p) > age_factor(31, p) / age_factor(30, p));
    // Log wage at 25 against 40: 0.017 (15 - 15^2 / 54) by hand.
    CHECK_THAT(age_factor(25, p), WithinRel(std::exp(-0.017 * (15 - 225.0 / 54)), 1e-12));
}

TEST_CASE("education pays within an occupation and the mean education earns the table's wage", "[models][unit]") {
    WageTables tables;
    const WageParameters p;
    tables.education_step[2] = 1.2;
    CHECK(education_factor(tables, Education::hbo, 2, p) == 1);
    CHECK(education_factor(tables, Education::wo, 2, p) > 1);
    CHECK_THAT(education_factor(tables, Education::mbo2_4, 2, p), WithinRel(std::exp(-0.06 * 1.2), 1e-12));
}

TEST_CASE("an offer is the occupation's median times what is known of person, sector and employer", "[models][unit]") {
    SmallMarket market(1000, 40);
    World& world = market.world;
    Person person;
    person.education = Education::mbo2_4;
    const PostNumber post = 7;
    const Occupation o = world.employers.post[post].occupation;
    auto& employer = world.employers.employer[world.employers.post[post].employer];
    // Offers lie below the published median, which is that of people who have moved to better ones.
    const double median = market.tables.wages.median[o] * market.parameters.wages.offers;
    CHECK(market.parameters.wages.offers < 1);
    CHECK(wage_offer(world, post, person, 40, 1.0, 0.5) == static_cast<std::uint16_t>(100 * median + 0.5));
    employer.wage_level = 1.25F;
    CHECK(wage_offer(world, post, person, 40, 1.0, 0.5) == static_cast<std::uint16_t>(125 * median + 0.5));
    CHECK(wage_offer(world, post, person, 40, 1.02, 0.5) > wage_offer(world, post, person, 40, 1.0, 0.5));
    CHECK(wage_offer(world, post, person, 40, 1.0, 0.7) > wage_offer(world, post, person, 40, 1.0, 0.5));
    CHECK_THAT(usual_wage(world, person, 40, o), WithinRel(100 * median, 1e-12));
}

TEST_CASE("nobody is offered less than the minimum wage of the age", "[models][unit]") {
    SmallMarket market(1000, 40);
    market.tables.wages.youth_minimum = {3, 3.5, 4, 5, 6, 8, 9.5};
    CHECK(minimum_wage(market.tables.wages, 15) == 3);
    CHECK(minimum_wage(market.tables.wages, 20) == 8);
    CHECK(minimum_wage(market.tables.wages, 21) == 9.5);
    CHECK(minimum_wage(market.tables.wages, 60) == 9.5);
    market.parameters.wages.wage_level = 0.01;
    const Person person;
    CHECK(wage_offer(market.world, 7, person, 21, 1.0, 0.5) == 950);
    CHECK(wage_offer(market.world, 7, person, 16, 1.0, 0.5) == 350);
}

TEST_CASE("contract wages follow the path, and tightness with a lag when there is an elasticity", "[models][unit]") {
    SmallMarket market(1000, 40);
    World& world = market.world;
    auto& t = market.tables.wages;
    t.first_month = sim::Month::of(2021, 1);
    t.contract_wage.resize(3);
    t.contract_wage[0].fill(1.0);
    t.contract_wage[1].fill(1.01);
    t.contract_wage[2].fill(1.02);
    t.prices = {1.0, 1.002, 1.004};
    step_wages(world, sim::Month::of(2021, 2));
    CHECK(world.market.contract_wage[index_of(Sector::care)] == 1.01);
    CHECK(price_index(t, sim::Month::of(2021, 3)) == 1.004);
    CHECK(price_index(t, sim::Month::of(2030, 3)) == 1.004);

    market.parameters.wages.contract_elasticity = 0.1;
    market.parameters.wages.lag = 12;
    market.parameters.demand.smoothing = 1;
    world.market.reference.clear();
    renew_tightness(world);
    world.market.reference_months = 12;
    world.vacancies.open.assign(world.vacancies.open.size(), 200);
    const sim::Month tight = world.month + 1;
    world.month = tight;
    renew_tightness(world);
    const double level = past_tightness(world, Field::technical, tight);
    CHECK(level > 1.5);
    world.month = tight + 12;
    step_wages(world, world.month);
    CHECK_THAT(world.market.contract_wage[index_of(Sector::industry)], WithinRel(1.02 * std::pow(level, 0.1), 1e-9));
}

TEST_CASE("new hires earn more where labour is scarce, by the elasticity", "[models][unit]") {
    SmallMarket market(1000, 40);
    market.parameters.wages.new_hire_elasticity = 0.02;
    market.world.market.tightness[5] = 2;
    CHECK_THAT(new_hire_factor(market.world, 5), WithinRel(std::pow(2.0, 0.02), 1e-12));
    CHECK(new_hire_factor(market.world, 6) == 1);
}

TEST_CASE("money wage is the wage at the contract level of the month", "[models][unit]") {
    SmallMarket market(1000, 40);
    World& world = market.world;
    Row row = 0;
    while (world.persons.post[row] == no_post) ++row;
    world.market.contract_wage.fill(1.1);
    CHECK_THAT(money_wage(world, row), WithinRel(0.011 * world.persons.record[row].wage, 1e-12));
    Row without = 0;
    while (world.persons.post[without] != no_post) ++without;
    CHECK(money_wage(world, without) == 0);
}
