#include "models/progress.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "tests/support/school_world.hpp"

using namespace models;

TEST_CASE("school years begin in August and children of twelve by September enter", "[models][unit]") {
    CHECK(school_year(sim::Month::of(2021, 7)) == 2020);
    CHECK(school_year(sim::Month::of(2021, 8)) == 2021);
    CHECK(entry_year(sim::Month::of(2009, 9).number()) == 2021);
    CHECK(entry_year(sim::Month::of(2009, 10).number()) == 2022);
    CHECK(school_cohort(sim::Month::of(2009, 9).number(), sim::Month::of(2021, 9)) == 0);
    CHECK(school_cohort(sim::Month::of(2009, 10).number(), sim::Month::of(2021, 9)) == -1);
    Person p;
    p.study_start = stored_school_year(2019);
    CHECK(years_in_track(p, sim::Month::of(2021, 7)) == 1);
    CHECK(years_in_track(p, sim::Month::of(2021, 8)) == 2);
}

TEST_CASE("years tell havo from vwo and the levels of mbo", "[models][unit]") {
    CHECK(stage_of(Track::vmbo, 5) == Stage::vmbo);
    CHECK(stage_of(Track::havo_vwo, 5) == Stage::havo);
    CHECK(stage_of(Track::havo_vwo, 6) == Stage::vwo);
    CHECK(stage_of(Track::mbo_bol, 2) == Stage::mbo_two_years);
    CHECK(stage_of(Track::mbo_bbl, 3) == Stage::mbo_three_years);
    CHECK(stage_of(Track::mbo_bol, 7) == Stage::mbo_four_years);
    CHECK(stage_of(Track::hbo, 4) == Stage::hbo);
}

TEST_CASE("nobody gets a diploma before the shortest course is over", "[models][unit]") {
    const auto t = tests::school_tables();
    for (int years = 0; years < 4; ++years) CHECK(diploma_probability(Track::vmbo, years, t, {}) == 0);
    CHECK(diploma_probability(Track::vmbo, 4, t, {}) == 0.9);
    CHECK(diploma_probability(Track::vmbo, 40, t, {}) == 0.9);
    CHECK(diploma_probability(Track::none, 4, t, {}) == 0);
    SchoolingParameters better;
    better.diploma_factor = 1.2;
    CHECK(diploma_probability(Track::vmbo, 4, t, better) == 1.0);
}

TEST_CASE("twelve months of drop-out give the yearly rate", "[models][unit]") {
    const auto t = tests::school_tables();
    const double monthly = dropout_probability(Track::mbo_bol, 0, Field::other, Sex::men, t, {}).value();
    CHECK(1 - std::pow(1 - monthly, 12) == Approx(0.09 * 1.1));
    CHECK(1 - std::pow(1 - dropout_probability(Track::mbo_bol, 1, Field::other, Sex::women, t, {}).value(), 12) == Approx(0.06 * 0.9));
    SchoolingParameters p;
    p.teaching_quality = 2;
    CHECK(1 - std::pow(1 - dropout_probability(Track::mbo_bol, 0, Field::other, Sex::men, t, p).value(), 12) == Approx(0.09 * 1.1 / 2));
    p = {};
    p.technical_hbo_dropout = 0.5;
    CHECK(dropout_probability(Track::hbo, 0, Field::technical, Sex::men, t, p).value() <
          dropout_probability(Track::hbo, 0, Field::other, Sex::men, t, p).value());
}

TEST_CASE("a diploma never lowers the level, and a vocational one replaces the general one beside it", "[models][unit]") {
    CHECK(after_diploma({Education::low, Field::other}, Track::vmbo, Field::technical) == Attainment{Education::low, Field::technical});
    CHECK(after_diploma({Education::low, Field::other}, Track::mbo_bbl, Field::technical) == Attainment{Education::mbo2_4, Field::technical});
    CHECK(after_diploma({Education::havo_vwo, Field::technical}, Track::mbo_bol, Field::other) == Attainment{Education::mbo2_4, Field::other});
    CHECK(after_diploma({Education::mbo2_4, Field::ict}, Track::havo_vwo, Field::other) == Attainment{Education::mbo2_4, Field::ict});
    CHECK(after_diploma({Education::hbo, Field::ict}, Track::mbo_bol, Field::technical) == Attainment{Education::hbo, Field::ict});
    CHECK(after_diploma({Education::hbo, Field::ict}, Track::wo, Field::technical) == Attainment{Education::wo, Field::technical});
}

TEST_CASE("whoever loses a job in education is a student", "[models][unit]") {
    Person p;
    CHECK(status_without_job(p, LabourStatus::unemployed) == LabourStatus::unemployed);
    p.track = Track::mbo_bbl;
    CHECK(status_without_job(p, LabourStatus::unemployed) == LabourStatus::student);
}

TEST_CASE("those who search before their diploma are those who leave with it in July", "[models][unit]") {
    tests::SchoolWorld school(20'000);
    auto& world = school.world;
    school.run_until(sim::Month::of(2021, 4));
    school.close();
    for (Row row = 0; row < world.persons.size(); ++row) REQUIRE_FALSE(graduates_soon(world, row));
    school.step();
    std::vector<char> soon(world.persons.size());
    std::size_t number = 0;
    for (Row row = 0; row < world.persons.size(); ++row) number += static_cast<std::size_t>(soon[row] = graduates_soon(world, row));
    CHECK(number > 100);
    school.close();
    school.run_until(sim::Month::of(2021, 7));
    std::size_t left = 0, unforeseen = 0, stayed = 0;
    for (Row row = 0; row < world.persons.size(); ++row) {
        const Person& p = world.persons.record[row];
        const bool with_diploma = p.diploma == stored(world.month) && p.track == Track::none;
        left += with_diploma;
        unforeseen += with_diploma && !soon[row];
        stayed += soon[row] && p.track != Track::none && world.age(row) >= 16;
    }
    CHECK(left > 100);
    CHECK(unforeseen == 0);
    CHECK(stayed == 0);
}
