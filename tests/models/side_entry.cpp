#include "models/side_entry.hpp"

#include <cmath>
#include <vector>

#include <catch2/catch.hpp>

#include "models/programmes.hpp"

using namespace models;

TEST_CASE("a course appeals the more, the better the wage and the shorter and cheaper the route", "[models][unit]") {
    const SideEntryParameters p;
    const CourseChoice choice{.wage_gap = 0.2, .months = 9, .euro = 9000, .short_of_education = 0.5, .group = Field::ict, .sex = Sex::men};
    const double usual = course_appeal(choice, p);
    const auto with = [&](auto change) {
        CourseChoice other = choice;
        change(other);
        return course_appeal(other, p);
    };
    CHECK(usual > 0);
    CHECK(with([](auto& c) { c.wage_gap = 0.4; }) > usual);
    CHECK(with([](auto& c) { c.months = 12; }) < usual);
    CHECK(with([](auto& c) { c.euro = 12000; }) < usual);
    CHECK(with([](auto& c) { c.short_of_education = 1; }) < usual);
    CHECK(with([](auto& c) { c.sex = Sex::women; }) / usual == Approx(std::exp(p.women_ict)));
    CHECK(with([](auto& c) { c.short_of_education = 1.5; }) == 0);
    CHECK(with([](auto& c) { c.months = INFINITY; }) == 0);
    SideEntryParameters paid = p;
    paid.subsidy = 3750;
    CHECK(course_appeal(choice, paid) > usual);
    paid.subsidy = 50000;  // nobody is paid for a course
    CHECK(course_appeal(choice, paid) == with([](auto& c) { c.euro = 0; }));
}

TEST_CASE("more consider a course with each lever up to a ceiling, and nobody without propensity", "[models][unit]") {
    SideEntryParameters p;
    double last = 0;
    for (const double propensity : {0.5, 1.0, 2.0, 5.0}) {
        p.propensity = propensity;
        const double now = consideration_probability(0.0006, 1, p);
        CHECK(now > last);
        CHECK(consideration_probability(0.0006, 1e9, p) <= consideration_ceiling(0.0006, p));
        last = now;
    }
    p.propensity = 0;
    CHECK(consideration_probability(0.0006, 1, p) == 0);
    const SideEntryParameters usual;
    CHECK(course_knowledge(0, usual) == Approx(usual.knowledge));
    CHECK(course_knowledge(0.2, usual) > course_knowledge(0.1, usual));
    CHECK(course_knowledge(1, usual) == 1);
    CHECK(application_share(0.4, 1) == 0.4);
    CHECK(application_share(0.4, 2) == 0.8);
    CHECK(application_share(0.4, 10) == 1);
    CHECK(application_share(0.4, 0) == 0);
    CHECK(course_readiness(50, true, -1, usual) < course_readiness(30, true, -1, usual));
    CHECK(course_readiness(30, true, -1, usual) < course_readiness(30, true, 12, usual));
    CHECK(course_readiness(30, true, 12, usual) < course_readiness(30, true, 2, usual));
    // The bounds of the streams hold the defaults, so that the second layer stays empty in the baseline.
    CHECK(consideration_ceiling(usual.consider_employed, usual) == Approx(course_employed_bound));
    CHECK(consideration_ceiling(usual.consider_unemployed, usual) == Approx(course_unemployed_bound));
    CHECK(consideration_ceiling(usual.consider_inactive, usual) == Approx(course_inactive_bound));
}

TEST_CASE("months of drop-out make up the drop-out of a course, and its early part comes first", "[models][unit]") {
    const SideEntryTables tables;
    SideEntryParameters p;
    const auto losses = course_losses(tables, p);
    CHECK(losses.all == Approx(0.09));
    CHECK(losses.early == Approx(0.08));
    for (const int length : {1, 2, 3, 5, 10}) {
        double stay = 1;
        for (int k = 1; k <= length; ++k) {
            const double leave = dropout_probability(k, length, losses);
            CHECK(leave >= 0);
            CHECK(leave < 1);
            stay *= 1 - leave;
        }
        CHECK(stay == Approx(1 - losses.all));
    }
    CHECK(dropout_probability(0, 5, losses) == 0);
    CHECK(dropout_probability(6, 5, losses) == 0);
    CHECK(dropout_probability(1, 5, losses) > dropout_probability(2, 5, losses));
    CHECK(dropout_probability(2, 5, losses) > dropout_probability(3, 5, losses));
    p.dropout_factor = 2;
    CHECK(course_losses(tables, p).all == Approx(0.18));
    p.dropout_factor = 11;
    CHECK(course_losses(tables, p).all == Approx(0.99));
    CHECK(course_losses(tables, p).early <= course_losses(tables, p).all);
    SideEntryParameters online;
    online.e_learning = 1;
    CHECK(1 - course_losses(tables, online).all == Approx(0.91 * 0.9));
}

TEST_CASE("learning at a distance shortens courses and journeys", "[models][unit]") {
    SideEntryParameters p;
    CHECK(course_length(5, 9, false, p) == 5);
    CHECK(course_length(5, 9, true, p) == 10);
    CHECK(course_length(5, 3, false, p) == 3);
    CHECK(course_length(5, 0, false, p) == 1);
    CHECK(course_in_reach(60, p));
    CHECK_FALSE(course_in_reach(61, p));
    p.e_learning = 1;
    CHECK(course_length(5, 9, false, p) == 4);
    CHECK(course_in_reach(500, p));
    CHECK(places_of_month(1.3, 0.69) == 1);
    CHECK(places_of_month(1.3, 0.71) == 2);
    CHECK(places_of_month(0, 0.999) == 0);
}

TEST_CASE("more places of measures bring more applications, by the elasticity", "[models][unit]") {
    SideEntryParameters p;
    CHECK(supply_factor(100, 100, p) == 1);
    CHECK(supply_factor(50, 100, p) == 1);
    CHECK(supply_factor(10, 0, p) == 1);
    CHECK(supply_factor(400, 100, p) == Approx(2));
    p.supply_response = 0;
    CHECK(supply_factor(400, 100, p) == 1);
    p.supply_response = 1;
    CHECK(supply_factor(400, 100, p) == Approx(4));
}

TEST_CASE("a course counts from its end for a year", "[models][unit]") {
    const auto end = sim::Month::of(2021, 6);
    Person person;
    CHECK(learned_in_course(person, end) == no_occupation);
    person.programme = programme_of(ProgrammeKind::part_time_course, 9);
    person.programme_end = stored(end);
    CHECK(learned_in_course(person, end) == no_occupation);
    CHECK(learned_in_course(person, end + 1) == 9);
    CHECK(learned_in_course(person, end + 12) == 9);
    CHECK(learned_in_course(person, end + 13) == no_occupation);
}
