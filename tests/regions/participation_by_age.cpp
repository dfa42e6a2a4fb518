#include "regions/participation_by_age.hpp"

#include <catch2/catch.hpp>

#include "models/parameters.hpp"
#include "models/separations.hpp"
#include "tests/support/start_world.hpp"

using namespace regions::synthesis;

TEST_CASE("a slot holds the months of birth of its part of the year", "[regions][unit]") {
    CHECK(slot_of(15 * 12) == 1);      // born in December
    CHECK(slot_of(15 * 12 + 2) == 1);  // in October
    CHECK(slot_of(15 * 12 + 3) == 0);  // in September
    CHECK(slot_of(74 * 12 + 11) == static_cast<std::size_t>(slots) - 2);
    CHECK(past_pension(slot_of(state_pension_months)));
    CHECK_FALSE(past_pension(slot_of(state_pension_months - 1)));
    for (std::size_t slot = 0; slot < slots; ++slot) CHECK(age_of(slot) == 15 + static_cast<int>(slot) / 2);
}

TEST_CASE("from one age to the next as many are left at work as the model's retirement leaves", "[regions][unit]") {
    const tests::StartWorld start({"Zeeuws-Vlaanderen"}, 0.1);
    const auto& p = start.parameters.separations;
    const auto shape = participation_by_age(start.tables, p, 0.2);
    for (const bool self_employed : {false, true}) {
        const auto& left = self_employed ? shape.self_employed : shape.employees;
        CHECK(left[last_before_retirement] == 1);
        // The earlier-born part of 62 against that of 61: twelve months of retirement, at rates by single year of age.
        double stays = 1;
        for (int months = 61 * 12 + 7; months < 62 * 12 + 7; ++months)
            stays *= 1 - models::retirement_probability(start.tables.separations, p, months, state_pension_months, self_employed).value();
        CHECK(left[slot_of(62 * 12 + 7)] / left[slot_of(61 * 12 + 7)] == Approx(stays).epsilon(0.01));
        const double work_on = self_employed ? p.work_on_self_employed : p.work_on;
        CHECK(left[slot_of(state_pension_months)] < work_on * left[slot_of(state_pension_months - 1)]);
    }
    // The self-employed retire later, so their share grows from that before retirement on.
    CHECK(shape.self_employed_share(last_before_retirement, 0.2) == Approx(0.2));
    CHECK(shape.self_employed_share(slot_of(65 * 12), 0.2) > shape.self_employed_share(slot_of(60 * 12), 0.2));
    const std::size_t slot = slot_of(64 * 12);
    CHECK(shape.at_work[slot] == Approx(shape.at_work[last_before_retirement] * (0.8 * shape.employees[slot] + 0.2 * shape.self_employed[slot])));
}
