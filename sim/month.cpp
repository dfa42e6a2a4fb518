#include "sim/month.hpp"

#include <charconv>
#include <chrono>

#include <fmt/format.h>

#include "sim/error.hpp"

namespace sim {

Month Month::parse(std::string_view text) {
    int year = 0;
    int month = 0;
    const bool shaped = text.size() == 7 && text[4] == '-';
    if (shaped) {
        const auto read_year = std::from_chars(text.data(), text.data() + 4, year);
        const auto read_month = std::from_chars(text.data() + 5, text.data() + 7, month);
        if (read_year.ptr == text.data() + 4 && read_month.ptr == text.data() + 7 && month >= 1 && month <= 12 && year >= 1900 && year <= 2240)
            return of(year, month);
    }
    throw InputError(fmt::format("'{}' is not a month (expected YYYY-MM between 1900-01 and 2240-12, as in 2021-01)", text));
}

std::string Month::text() const { return fmt::format("{:04}-{:02}", year(), month_of_year()); }

int Month::days_since_2020() const {
    using namespace std::chrono;
    const sys_days day{std::chrono::year(year()) / static_cast<unsigned>(month_of_year()) / 1};
    return static_cast<int>((day - sys_days{std::chrono::year(2020) / 1 / 1}).count());
}

}  // namespace sim
