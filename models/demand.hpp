#pragma once
#include "models/parameter.hpp"
#include "sim/month.hpp"
#include "sim/process.hpp"

namespace models {

struct World;

struct DemandTables {};
struct DemandParameters {};
[[nodiscard]] const ParameterTable<DemandParameters>& demand_table();

}  // namespace models
