#pragma once
/// Wages of those who hold the jobs of the start population.

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "models/employer.hpp"
#include "models/wages.hpp"
#include "sim/math.hpp"

namespace regions {

/// What models::wage_offer says for a wage factor of 1, but for a fifth of a percent and a cent: millions are asked at once, so what a rank within an
/// occupation is worth is read off a table, straight between its thousand ranks, in place of a logarithm and an exponential each.
class StartWages {
public:
    StartWages(const models::WageTables& tables, const models::WageParameters& p) {
        for (std::size_t s = 0; s < models::sectors; ++s) sector_[s] = sim::power(tables.sector_factor[s], p.sector_spread);
        for (int age = 0; age < ages; ++age) minimum_.push_back(100 * models::minimum_wage(tables, age));
        for (models::Occupation o = 0; o < models::occupations; ++o) {
            for (std::size_t e = 0; e < 5; ++e)
                for (int age = 0; age < ages; ++age)
                    middle_.push_back(100 * p.offers * p.wage_level * tables.median[o] * models::age_factor(age, p) *
                                      models::education_factor(tables, static_cast<models::Education>(e), o, p));
            for (std::size_t k = 0; k <= ranks; ++k) {
                const double u = std::clamp(static_cast<double>(k) / ranks, models::least_luck, 1 - models::least_luck);
                luck_.push_back(static_cast<float>(sim::power(models::wage_of_rank(tables, o, u) / tables.median[o], p.luck)));
            }
        }
    }
    /// Cents an hour at the contract-wage level of January 2021; `luck` a uniform in (0, 1).
    [[nodiscard]] std::uint16_t offer(models::Occupation o, const models::Employer& employer, models::Education education, int age, double luck) const {
        const auto a = static_cast<std::size_t>(std::clamp(age, 0, ages - 1));
        const double place = luck * ranks;
        const auto rank = static_cast<std::size_t>(place);
        const float* const at = &luck_[o * (ranks + 1) + rank];
        const double residual = at[0] + (place - static_cast<double>(rank)) * static_cast<double>(at[1] - at[0]);
        const double cents = middle_[(o * std::size_t{5} + models::index_of(education)) * ages + a] * sector_[models::index_of(employer.sector)] *
                             static_cast<double>(employer.wage_level) * residual;
        return static_cast<std::uint16_t>(std::clamp(std::max(cents, minimum_[a]) + 0.5, 1.0, 65535.0));
    }

private:
    static constexpr int ages = 75;
    static constexpr std::size_t ranks = 1000;
    std::array<double, models::sectors> sector_{};
    std::vector<double> minimum_;  ///< by age
    std::vector<double> middle_;   ///< cents an hour by occupation, education and age
    std::vector<float> luck_;      ///< factor by occupation and rank
};

}  // namespace regions
