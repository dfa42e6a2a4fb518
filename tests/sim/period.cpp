#include "sim/period.hpp"

#include <string>

#include <catch2/catch.hpp>

TEST_CASE("a period is a year, a quarter or a month", "[sim][unit]") {
    const auto check = [](const std::string& text, sim::Month from, sim::Month until) {
        INFO(text);
        const auto period = sim::period_of(text);
        REQUIRE(period.has_value());
        CHECK(period->from == from);
        CHECK(period->until == until);
    };
    check("2021", sim::Month::of(2021, 1), sim::Month::of(2021, 12));
    check("2021Q1", sim::Month::of(2021, 1), sim::Month::of(2021, 3));
    check("2023Q4", sim::Month::of(2023, 10), sim::Month::of(2023, 12));
    check("2022-06", sim::Month::of(2022, 6), sim::Month::of(2022, 6));
    for (const char* text : {"", "202", "21Q3", "2021Q5", "2021Q0", "2021q3", "2021-13", "2021-00", "2021-6", "2021-1x", "1899", "2021 ", "2021-2023"}) {
        INFO(text);
        CHECK_FALSE(sim::period_of(text).has_value());
    }
}
