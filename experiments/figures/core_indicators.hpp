#pragma once
/// The ten figures that runs are made for.

#include <string>
#include <vector>

#include "experiments/figures/targets.hpp"
#include "sim/month.hpp"

namespace experiments {

/// One figure that a run is made for. The design of the output names more of them, by pillar (education, labour market, innovation); these ten answer what
/// ministers ask.
struct CoreIndicator {
    std::string meaning;  ///< in words of a table
    std::string pillar;
    std::string unit;
    Target target;  ///< how it is made of series, as a mean over the twelve months up to the end; its observed figure is not used
};
/// The ten, in the twelve months that end with `until`.
[[nodiscard]] std::vector<CoreIndicator> core_indicators(sim::Month until);

/// Selections of a series (experiments/figures/moment_words.hpp): technicians, ICT workers, and both, at work in a region.
[[nodiscard]] std::string technicians_at_work();
[[nodiscard]] std::string ict_workers_at_work();
[[nodiscard]] std::string technicians_and_ict_workers_at_work();

}  // namespace experiments
