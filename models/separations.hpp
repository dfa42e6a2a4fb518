#pragma once
#include "models/parameter.hpp"
#include "sim/month.hpp"
#include "sim/process.hpp"

namespace models {

struct World;

struct SeparationTables {};
struct SeparationParameters {};
[[nodiscard]] const ParameterTable<SeparationParameters>& separations_table();

}  // namespace models
