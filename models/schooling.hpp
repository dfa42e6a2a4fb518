#pragma once
#include "models/parameter.hpp"
#include "sim/month.hpp"
#include "sim/process.hpp"

namespace models {

struct World;

struct SchoolingTables {};
struct SchoolingParameters {};
[[nodiscard]] const ParameterTable<SchoolingParameters>& schooling_table();

}  // namespace models
