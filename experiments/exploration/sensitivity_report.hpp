#pragma once
/// What `instroom sensitivity` shows: tables for people, CSV, and bars as SVG.

#include <cstddef>
#include <string>
#include <vector>

#include "experiments/exploration/sensitivity.hpp"

namespace experiments {

/// Inputs with the most weight first, at most `most` of each outcome.
[[nodiscard]] std::string sensitivity_tables(const std::vector<OutcomeSensitivity>& outcomes, DesignKind design, std::size_t most);

/// One row an outcome and input, in the order of the sweep; `head` in a comment on the first line.
[[nodiscard]] std::string sensitivity_csv(const std::vector<OutcomeSensitivity>& outcomes, DesignKind design, const std::string& head);

/// One panel an outcome that varies, with its strongest inputs: first-order and total index, or mu* and sigma, with 95 % intervals. Text alone, readable by
/// itself.
[[nodiscard]] std::string sensitivity_picture(const std::vector<OutcomeSensitivity>& outcomes, DesignKind design, const std::string& title, std::size_t most);

}  // namespace experiments
