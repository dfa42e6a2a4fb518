#pragma once
/// An appraisal for people: one page, and lines for a terminal.

#include <string>

#include "experiments/appraisal/appraise.hpp"
#include "experiments/appraisal/page.hpp"

namespace experiments {

/// Curves as pictures, the chain from euro to worker with its losses, the assumptions that matter most, pilots, the same money elsewhere, and a plain
/// conclusion with its probability. No dates: the same appraisal gives the same bytes.
[[nodiscard]] Page appraisal_page(const Appraisal& appraisal, const AppraisalOptions& options, const std::string& command_line);

/// The tables that matter most, and the conclusion.
[[nodiscard]] std::string appraisal_summary(const Appraisal& appraisal);

}  // namespace experiments
