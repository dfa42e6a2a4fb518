#include "models/adult_bbl.hpp"

#include <catch2/catch.hpp>

#include "models/parameters.hpp"
#include "models/tables.hpp"

using namespace models;

namespace {

AdultBblTables figures() {
    AdultBblTables t;
    t.women = {0.1, 0.1, 0.7};
    t.propensity = {1, 0.6, 0.35};
    return t;
}

/// Mbo courses of two to four years without drop-out, after which nobody goes on.
SchoolingTables courses() {
    SchoolingTables t;
    t.diploma[index_of(Track::mbo_bbl)] = {0, 0, 0.5, 0.5, 1, 1, 1, 1, 1};
    for (auto& next : t.next) next[index_of(Next::leave)] = 1;
    return t;
}

}  // namespace

TEST_CASE("applications of adults rise with interest, tightness and awareness, and are those of the tables without any", "[models][unit]") {
    AdultBblParameters p;
    CHECK(adult_response(1, 0, p) == 1.0);
    double before = 0;
    for (const double interest : {-1.0, -0.2, 0.0, 0.3, 1.0}) {
        p.interest = interest;
        CHECK(adult_response(1, 0, p) > before);
        before = adult_response(1, 0, p);
    }
    p = {};
    CHECK(adult_response(1.5, 0, p) > adult_response(1.2, 0, p));
    CHECK(adult_response(1, 0.5, p) > adult_response(1, 0.2, p));
    CHECK(adult_response(1, 0.2, p) > 1);
    p.volume = 0;
    CHECK(adult_response(2, 1, p) == 0);
}

TEST_CASE("adults of 25 to 54 of low and middle education begin BBL, those with a degree rarely", "[models][unit]") {
    const auto t = figures();
    CHECK(adult_age_weight(24, t) == 0);
    CHECK(adult_age_weight(25, t) == 1);
    CHECK(adult_age_weight(34, t) == 1);
    CHECK(adult_age_weight(35, t) == 0.6);
    CHECK(adult_age_weight(54, t) == 0.35);
    CHECK(adult_age_weight(55, t) == 0);
    const AdultBblParameters p;
    CHECK(adult_education_weight(Education::mbo2_4, p) == 1);
    CHECK(adult_education_weight(Education::wo, p) < 0.2);
    CHECK(adult_status_weight(LabourStatus::employed, p) == 1);
    for (const auto status : {LabourStatus::self_employed, LabourStatus::student, LabourStatus::retired, LabourStatus::child})
        CHECK(adult_status_weight(status, p) == 0);
    for (const auto field : {Field::technical, Field::ict, Field::other})
        CHECK(adult_sex_weight(Sex::men, field, t) + adult_sex_weight(Sex::women, field, t) == Approx(2));
}

TEST_CASE("a year's applications fall in September and February", "[models][unit]") {
    const auto t = figures();
    double all = 0;
    for (int m = 1; m <= 12; ++m) {
        all += adult_season(m, t);
        if (m != 9 && m != 2) CHECK(adult_season(m, t) == 0);
    }
    CHECK(all == Approx(1));
}

TEST_CASE("the stock of adult learners is the intake times the years that they stay", "[models][unit]") {
    auto t = figures();
    t.september = 1;
    const auto stock = adult_learners_per_entrant(Field::technical, Sex::men, t, courses(), {});
    // In January: all who began in September, those of a year ago, half of those of two and so on.
    CHECK(stock[0] == Approx(1));
    CHECK(stock[1] == Approx(1));
    CHECK(stock[2] == Approx(0.5));
    CHECK(stock[3] == Approx(0.25));
    CHECK(stock[4] == Approx(0));
    t.september = 0.75;
    const auto two_starts = adult_learners_per_entrant(Field::technical, Sex::men, t, courses(), {});
    CHECK(two_starts[0] == Approx(0.75));  // those of February are not there yet
    CHECK(two_starts[1] == Approx(1));
}
