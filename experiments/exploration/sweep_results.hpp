#pragma once
/// The outcomes of a sweep's points, read back from the files of its folder.

#include <filesystem>
#include <string>
#include <vector>

#include "experiments/exploration/sweep_run.hpp"

namespace experiments {

struct SweepResults {
    std::vector<std::vector<double>> mean;      ///< by outcome and point, over replicates
    std::vector<std::vector<double>> variance;  ///< of that mean, by outcome and point; 0 with one replicate
};

/// Throws InputError where points are missing or failed: whatever is reckoned from a design takes whole designs, and rows are never dropped in silence.
[[nodiscard]] SweepResults read_results(const std::filesystem::path& folder, const SweepPlan& plan);

}  // namespace experiments
