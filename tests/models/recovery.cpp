#include "models/recovery.hpp"

#include <cmath>

#include <catch2/catch.hpp>

#include "models/parameters.hpp"

using namespace models;
using Catch::Matchers::WithinRel;

TEST_CASE("rates of January 2021 come to their own within the months of the recovery and stay there", "[models][unit]") {
    Parameters p;
    p.recovery.months = 12;
    p.recovery.looking = 4;
    const auto looking = [&](int months) { return separations_in(p, sim::Month::of(2021, 1) + months).start_looking / p.separations.start_looking; };
    CHECK_THAT(looking(0), WithinRel(4.0, 1e-12));
    CHECK_THAT(looking(6), WithinRel(2.0, 1e-12));  // half the way in logarithms
    CHECK(looking(12) == 1);
    CHECK(looking(120) == 1);
    CHECK_THAT(looking(-12), WithinRel(4.0, 1e-12));  // the months of spin-up
    for (int month = 0; month < 12; ++month) CHECK(looking(month + 1) < looking(month));
}

TEST_CASE("each part of the recovery moves the rates that it is named for, and no other", "[models][unit]") {
    const auto start = sim::Month::of(2021, 1);
    Parameters none;
    none.recovery.moves = none.recovery.self_employment = none.recovery.looking = none.recovery.applications = 1;
    none.recovery.standard = 0;
    const auto separations = separations_in(none, start);
    const auto search = search_in(none, start);
    CHECK(separations.to_self_employment == none.separations.to_self_employment);
    CHECK(separations.start_looking == none.separations.start_looking);
    CHECK(search.employed_search == none.search.employed_search);

    Parameters one = none;
    one.recovery.self_employment = 0.5;
    CHECK(separations_in(one, start).to_self_employment == 0.5 * none.separations.to_self_employment);
    CHECK(separations_in(one, start).business_start == 0.5 * none.separations.business_start);
    CHECK(separations_in(one, start).business_start_inactive == 0.5 * none.separations.business_start_inactive);
    CHECK(separations_in(one, start).start_looking == none.separations.start_looking);
    one = none;
    one.recovery.moves = 0.5;
    CHECK(search_in(one, start).employed_search == 0.5 * none.search.employed_search);
    CHECK(search_in(one, start).applications_unemployed == none.search.applications_unemployed);
    one = none;
    one.recovery.applications = 0.5;
    CHECK(search_in(one, start).applications_unemployed == 0.5 * none.search.applications_unemployed);
    CHECK(search_in(one, start).employed_search == none.search.employed_search);
    one = none;
    one.recovery.standard = -1;
    CHECK(search_in(one, start).standard_posted == none.search.standard_posted - 1);
    CHECK(search_in(one, start + 6).standard_posted == none.search.standard_posted - 0.5);
    CHECK(search_in(one, start).standard_direct == none.search.standard_direct);
}
