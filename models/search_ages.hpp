#pragma once
/// Age groups by which looking for work, and what a new job is like, differ.

#include <array>
#include <cstddef>

namespace models {

/// First ages of the groups, years; the last has no end.
inline constexpr std::array<int, 6> first_search_ages{15, 20, 25, 35, 45, 55};
inline constexpr std::size_t search_ages = first_search_ages.size();
/// The group of an age; who is younger than 15 counts with the first.
[[nodiscard]] constexpr std::size_t search_age_of(int age) {
    std::size_t group = 0;
    while (group + 1 < search_ages && age >= first_search_ages[group + 1]) ++group;
    return group;
}

}  // namespace models
