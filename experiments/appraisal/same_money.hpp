#pragma once
/// The same money on another measure of the library.

#include <string>
#include <vector>

#include "experiments/appraisal/appraisal.hpp"
#include "experiments/appraisal/appraisal_runs.hpp"

namespace experiments {

/// A measure of the library that takes so much more money.
struct SameMoney {
    std::string name;
    Measure measure;      ///< added to what is in place
    double factor = 0;    ///< of the library's own doses and places
    std::string problem;  ///< why it cannot be scaled to the money; empty where it can
};

/// Every measure of the library but campaigns: with doses and places so many times its own that its cost at full take-up is `money` (euro in the regions, over
/// the months from `start` to `end`). Shares grow as 1 - (1 - e)^factor, factors as powers, shifts and places in proportion. It stands beside what is in place
/// and overlaps with none. Not scalable: measures without a cost, with doses that are settings, and those whose doses would leave their ranges.
[[nodiscard]] std::vector<SameMoney> same_money(const Scenario& base, double money, sim::Month start, sim::Month end);

struct SameMoneyResult {
    std::string name;
    double factor = 0;
    std::string problem;
    double spent = 0;                       ///< discounted euro in the regions, as runs spend it
    double years = 0, error = 0;            ///< discounted technician-years in the regions
    double benefit = 0, benefit_error = 0;  ///< net, euro in the regions, at the threshold
    std::size_t draws = 0;
};

}  // namespace experiments
