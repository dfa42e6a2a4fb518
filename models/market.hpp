#pragma once
/// What everybody can see of the market: tightness by submarket and the index of contract wages.

#include <array>
#include <vector>

#include "models/labels.hpp"

namespace models {

struct MarketState {
    std::vector<double> tightness;                ///< by submarket (work region x occupation): relative to normal, 1 = normal; step_employers renews it
    std::array<double, sectors> contract_wage{};  ///< index of contract wages by sector, January 2021 = 1; step_wages renews it
    std::vector<double> reference;      ///< vacancies per fitting unemployed person that count as normal, by submarket: mean of the first twelve months stepped
    std::int32_t reference_months = 0;  ///< months in `reference` so far
    std::vector<double> history;        ///< mean tightness of the last 30 months by occupation group (row = month number modulo 30), for lags
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

}  // namespace models
