#pragma once
/// The terms of a new job: contract, its end, and hours.

#include <array>

#include "models/labels.hpp"
#include "models/person.hpp"
#include "models/search.hpp"
#include "models/seekers.hpp"
#include "sim/random.hpp"

namespace models {

struct World;

/// Lengths of a first temporary contract, months, and their shares: seven (a trial period needs more than six), a year, or two, the usual ones (assumed).
struct ContractLength {
    int months;
    double share;
};
inline constexpr std::array<ContractLength, 3> first_contracts{{{7, 0.3}, {12, 0.5}, {24, 0.2}}};
/// One that is renewed lasts from so many months to so many, each as often (assumed).
inline constexpr int shortest_renewal = 6, longest_renewal = 12;

struct HireTerms {
    Contract contract = Contract::permanent;
    int months = 0;  ///< length of a temporary contract; 0 = without end
    std::uint8_t hours = 36;
};

/// Terms of a hire. Word 0 decides on the contract, 1 on its length, 2 on the hours. Agency work is always temporary; a student's job has no end. Pure.
[[nodiscard]] HireTerms terms_of(SeekerKind kind, Sex sex, int age, Sector sector, const SearchTables& tables, const sim::Draw& draw);

/// Puts a seeker into a post at a wage; `draw` is that at (hire, person, month, 0). Only the task that owns the row's block may call it.
void hire(World& world, Row row, SeekerKind kind, PostNumber post, std::uint16_t wage, sim::Month month, const sim::Draw& draw);

}  // namespace models
