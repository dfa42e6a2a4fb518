#pragma once
/// The calendar: whole months, counted from January 1900.

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace sim {

/// A calendar month. In memory one number: months since January 1900 (January 2021 is 1452).
class Month {
public:
    constexpr Month() = default;
    constexpr explicit Month(int since_1900) : number_(since_1900) {}
    /// month_of_year runs from 1 to 12.
    static constexpr Month of(int year, int month_of_year) { return Month((year - 1900) * 12 + month_of_year - 1); }
    /// Reads "YYYY-MM". Throws InputError that says what was expected.
    static Month parse(std::string_view text);

    [[nodiscard]] constexpr int number() const { return number_; }
    [[nodiscard]] constexpr int year() const { return 1900 + number_ / 12; }
    [[nodiscard]] constexpr int month_of_year() const { return number_ % 12 + 1; }
    /// "YYYY-MM".
    [[nodiscard]] std::string text() const;
    /// Days from 1 January 2020 to the first of this month (negative before): the unit of `time` in output files.
    [[nodiscard]] int days_since_2020() const;

    constexpr auto operator<=>(const Month&) const = default;
    constexpr Month operator+(int months) const { return Month(number_ + months); }
    constexpr Month operator-(int months) const { return Month(number_ - months); }
    constexpr int operator-(Month other) const { return number_ - other.number_; }
    constexpr Month& operator++() {
        ++number_;
        return *this;
    }

private:
    int number_ = 0;
};

}  // namespace sim
