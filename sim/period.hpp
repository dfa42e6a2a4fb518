#pragma once
/// A year, quarter or month, as tables of statistics name them.

#include <optional>
#include <string_view>

#include "sim/month.hpp"

namespace sim {

struct Period {
    Month from, until;  ///< first and last month
};

/// Reads "2021", "2021Q3" or "2021-10"; years from 1990 to 2199. None for any other text.
[[nodiscard]] std::optional<Period> period_of(std::string_view text);

}  // namespace sim
