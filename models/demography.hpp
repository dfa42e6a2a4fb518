#pragma once
#include "models/parameter.hpp"
#include "sim/month.hpp"
#include "sim/process.hpp"

namespace models {

struct World;

struct DemographyTables {};
struct DemographyParameters {};
[[nodiscard]] const ParameterTable<DemographyParameters>& demography_table();

}  // namespace models
