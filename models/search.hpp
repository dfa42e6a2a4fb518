#pragma once
#include "models/parameter.hpp"
#include "sim/month.hpp"
#include "sim/process.hpp"

namespace models {

struct World;

struct SearchTables {};
struct SearchParameters {};
[[nodiscard]] const ParameterTable<SearchParameters>& search_table();

}  // namespace models
