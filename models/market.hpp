#pragma once
/// What everybody can see of the market: tightness by submarket and the index of contract wages.

#include <algorithm>
#include <array>
#include <cstddef>
#include <limits>
#include <vector>

#include "models/labels.hpp"

namespace models {

struct MarketState {
    std::vector<double> tightness;                ///< by submarket (work region x occupation): relative to normal, 1 = normal; step_employers renews it
    std::array<double, sectors> contract_wage{};  ///< index of contract wages by sector, January 2021 = 1; step_wages renews it
    std::vector<double> reference;  ///< vacancies per fitting unemployed person that count as normal, by submarket (begin_tightness, else the mean of the first
                                    ///< twelve months stepped)
    std::int32_t reference_months = 0;      ///< months in `reference` so far
    std::vector<double> history;            ///< mean tightness of the last 30 months by occupation group (row = month number modulo 30), for lags
    std::array<double, 3> expected_wage{};  ///< by field: log of its contract wages over all, about five years' mean; step_schooling renews it
    template <class Archive>
    void archive(Archive& a) {
        a("tightness", tightness);
        a("contract_wage", contract_wage);
        a("reference", reference);
        a("reference_months", reference_months);
        a("history", history);
        a("expected_wage", expected_wage);
    }
};

/// Mean relative tightness of the occupations of a region that `belongs(occupation)` picks, each counted up to `most`; 1 where nothing is known yet.
template <class Belongs>
[[nodiscard]] double mean_tightness(const MarketState& market, std::size_t region, Belongs&& belongs, double most = std::numeric_limits<double>::infinity()) {
    if (market.tightness.size() < (region + 1) * occupations) return 1;
    double sum = 0;
    int number = 0;
    for (int o = 0; o < occupations; ++o)
        if (belongs(static_cast<Occupation>(o))) {
            sum += std::min(most, market.tightness[region * occupations + static_cast<std::size_t>(o)]);
            ++number;
        }
    return sum / number;
}
/// The same over all occupations.
[[nodiscard]] inline double mean_tightness(const MarketState& market, std::size_t region) {
    return mean_tightness(market, region, [](Occupation) { return true; });
}

}  // namespace models
