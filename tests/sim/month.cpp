#include "sim/month.hpp"

#include <catch2/catch.hpp>

#include "sim/error.hpp"

using sim::Month;

TEST_CASE("months count from January 1900", "[sim][unit]") {
    CHECK(Month::of(1900, 1).number() == 0);
    CHECK(Month::of(2020, 1).number() == 1440);  // the first month of spin-up in random addresses
    CHECK(Month::of(2021, 1).number() == 1452);
    CHECK(Month::of(2020, 12) + 1 == Month::of(2021, 1));
    CHECK(Month::of(2030, 12) - Month::of(2021, 1) == 119);
    CHECK(Month(1452).year() == 2021);
    CHECK(Month(1463).month_of_year() == 12);
}

TEST_CASE("a month reads what it prints", "[sim][unit]") {
    for (int number = 0; number < 4092; number += 37) {
        const Month month(number);
        CHECK(Month::parse(month.text()) == month);
    }
    CHECK(Month::of(2021, 1).text() == "2021-01");
}

TEST_CASE("what is no month is refused with what was expected", "[sim][unit]") {
    for (const char* wrong : {"", "2021", "2021-13", "2021-00", "21-01", "2021-1", "2021/01", "2021-01-01", "1899-12", "2241-01", "abcd-ef", "2021-0x"}) {
        INFO(wrong);
        CHECK_THROWS_AS(Month::parse(wrong), sim::InputError);
    }
    CHECK_THROWS_WITH(Month::parse("2021-13"), "'2021-13' is not a month (expected YYYY-MM between 1900-01 and 2240-12, as in 2021-01)");
}

TEST_CASE("days since 2020 follow the calendar with its leap years", "[sim][unit]") {
    CHECK(Month::of(2020, 1).days_since_2020() == 0);
    CHECK(Month::of(2020, 3).days_since_2020() == 60);  // 31 + 29
    CHECK(Month::of(2021, 1).days_since_2020() == 366);
    CHECK(Month::of(2019, 12).days_since_2020() == -31);
    CHECK(Month::of(2031, 1).days_since_2020() == 4018);
}
