#include "sim/period.hpp"

#include <charconv>
#include <cstddef>

namespace sim {

std::optional<Period> period_of(std::string_view text) {
    const auto number = [&](std::size_t begin, std::size_t size) {
        int value = -1;
        const char* end = text.data() + begin + size;
        return std::from_chars(text.data() + begin, end, value).ptr == end ? value : -1;
    };
    if (text.size() < 4) return std::nullopt;
    constexpr int first_year = 1990, last_year = 2199;
    const int year = number(0, 4);
    if (year < first_year || year > last_year) return std::nullopt;
    if (text.size() == 4) return Period{Month::of(year, 1), Month::of(year, 12)};
    if (text.size() == 6 && text[4] == 'Q' && text[5] >= '1' && text[5] <= '4') {
        const int last = 3 * (text[5] - '0');
        return Period{Month::of(year, last - 2), Month::of(year, last)};
    }
    if (text.size() != 7 || text[4] != '-') return std::nullopt;
    const int month = number(5, 2);
    if (month < 1 || month > 12) return std::nullopt;
    return Period{Month::of(year, month), Month::of(year, month)};
}

}  // namespace sim
