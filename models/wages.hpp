#pragma once
#include "models/parameter.hpp"
#include "sim/month.hpp"
#include "sim/process.hpp"

namespace models {

struct World;

struct WageTables {};
struct WageParameters {};
[[nodiscard]] const ParameterTable<WageParameters>& wages_table();

}  // namespace models
