#pragma once
/// Adults on the work-based path at the start: the stock that the intake of the tables keeps.

#include <array>
#include <cstddef>

#include "models/study_stock.hpp"
#include "models/tables.hpp"

namespace regions {

/// Shares of residents by age and sex who began BBL at 25 or later, by field and completed years. National: regions differ by age and sex only.
class AdultLearners {
public:
    AdultLearners() = default;
    /// `population` by sex and five-year group, of the nation. Rates of schooling at their defaults, for the start must not depend on a scenario.
    AdultLearners(const models::Tables& tables, const std::array<std::array<double, 20>, 2>& population);
    /// Share of all residents of an age and sex (0 men, 1 women); 0 where nobody is.
    [[nodiscard]] double share(int age, std::size_t sex) const;
    /// Field and completed years of a learner of this age and sex; `u` in (0, 1). Only where `share` is above 0.
    [[nodiscard]] models::Study pick(int age, std::size_t sex, double u) const;

private:
    static constexpr int ages = 75;
    static constexpr std::size_t cells = 3 * models::study_years;
    std::array<std::array<std::array<double, cells>, ages>, 2> below_{};  ///< cumulative shares by sex and age
};

}  // namespace regions
