#pragma once
/// Parameters of the indicators (process 11).

#include "models/parameter.hpp"

namespace models {

struct IndicatorParameters {
    double digitally_skilled_ratio = 1.28;  ///< ICT professionals by the wide definition per worker of BRC class 08
};
[[nodiscard]] const ParameterTable<IndicatorParameters>& indicators_table();

}  // namespace models
