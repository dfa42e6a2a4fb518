#pragma once
/// What an appraisal says in the end.

#include "experiments/appraisal/appraise.hpp"

namespace experiments {

/// The decision with the highest expected net benefit: nothing, an option, or a pilot first. A pilot is one only where it is worth more than it costs, waiting
/// included.
[[nodiscard]] Conclusion conclude(const Appraisal& appraisal);

}  // namespace experiments
