#include "models/study_stock.hpp"

#include <catch2/catch.hpp>

#include "tests/support/school_world.hpp"

using namespace models;

TEST_CASE("a cohort enters at twelve, chooses a profile and has left education by the end", "[models][unit]") {
    const auto t = tests::school_tables();
    const StudyShares shares(t, {}, 0, Sex::men);
    CHECK(shares.in_track(0, Track::vmbo) == Approx(0.5));
    CHECK(shares.in_education(3) == Approx(1.0));
    CHECK(shares.share(1, Track::vmbo, Field::technical, 1) == 0);
    CHECK(shares.share(2, Track::vmbo, Field::technical, 2) == Approx(0.5 * 0.3));
    CHECK(shares.share(3, Track::havo_vwo, Field::technical, 3) == Approx(0.5 * 0.25));
    CHECK(shares.in_education(study_cohorts - 1) < 0.03);
    CHECK(shares.in_education(study_cohorts) == 0);
    CHECK(shares.in_education(-1) == 0);
    for (int c = 0; c < study_cohorts; ++c) CHECK(shares.in_education(c) <= 1.0 + 1e-12);
}

TEST_CASE("those in education and those who left are the whole cohort", "[models][property]") {
    const auto t = tests::school_tables();
    const StudyShares shares(t, {}, 0, Sex::women);
    for (int c = 0; c < 4; ++c) {
        double left = 0;
        for (int e = 0; e < 5; ++e)
            for (int f = 0; f < 3; ++f) left += shares.left_with(c, static_cast<Education>(e), static_cast<Field>(f));
        CHECK(shares.in_education(c) + left == Approx(1.0));
    }
    // Later, half a year's drop-outs are between the two.
    double left = 0;
    for (int e = 0; e < 5; ++e)
        for (int f = 0; f < 3; ++f) left += shares.left_with(10, static_cast<Education>(e), static_cast<Field>(f));
    CHECK(shares.in_education(10) + left <= 1.0 + 1e-12);
    CHECK(shares.in_education(10) + left > 0.97);
}

TEST_CASE("drawn places have the shares", "[models][unit]") {
    const auto t = tests::school_tables();
    const StudyShares shares(t, {}, 0, Sex::men);
    constexpr int n = 20'000;
    int vmbo = 0, technical = 0, nowhere = 0, inside = 0;
    for (int i = 0; i < n; ++i) {
        const double u = (i + 0.5) / n;
        if (const auto study = shares.draw(2, u)) {
            vmbo += study->track == Track::vmbo;
            technical += study->field == Field::technical;
        }
        nowhere += !shares.draw(14, u);
        inside += shares.draw_in_education(14, u).has_value();
    }
    CHECK(vmbo == Approx(n * 0.5).margin(2));
    CHECK(technical == Approx(n * 0.15).margin(2));
    CHECK(nowhere == Approx(n * (1 - shares.in_education(14))).margin(2));
    CHECK(inside == n);
    CHECK_FALSE(shares.draw_in_education(study_cohorts + 3, 0.5));
}

TEST_CASE("more interest in technology changes fields and not the number of pupils", "[models][unit]") {
    const auto t = tests::school_tables();
    SchoolingParameters more;
    more.technical_interest = 0.5;
    const StudyShares base(t, {}, 0, Sex::men), shifted(t, more, 0, Sex::men);
    CHECK(shifted.share(2, Track::vmbo, Field::technical, 2) > base.share(2, Track::vmbo, Field::technical, 2));
    CHECK(shifted.in_track(2, Track::vmbo) == Approx(base.in_track(2, Track::vmbo)));
}
