#pragma once
/// The best split of a campaign's money over target groups and regions: found on the fitted response by NLopt, checked by full runs.

#include <array>
#include <cstddef>
#include <string>
#include <vector>

#include <Eigen/Dense>

#include "experiments/appraisal/appraisal_samples.hpp"
#include "experiments/appraisal/campaign_mechanisms.hpp"
#include "experiments/appraisal/expected_effect.hpp"

namespace experiments {

struct SplitSearch {
    const Campaign& campaign;  ///< at its budget
    const AppraisalSamples& samples;
    const ExpectedEffect& response;        ///< first outcome: what is to be most
    const std::vector<double>& by_region;  ///< response of a region over that of all (1: the same)
    const GroupSizes& sizes;
    const std::vector<std::string>& regions;
    const models::Tables& tables;
    sim::Month until;
    std::size_t used = 12;  ///< samples that the search looks at
};

struct Split {
    std::vector<std::array<double, models::target_groups>> intensity;  ///< by region and group, for Campaign::intensity
    std::vector<std::array<double, models::target_groups>> share;      ///< of the money that is spent in the regions
    double expected = 0;                                               ///< first outcome, mean over the samples
};

/// The split with the most expected effect (NLopt's Sbplx over shares, from the campaign's own and from shares by region's response); and the campaign's own.
struct SplitPair {
    Split own, best;
};
[[nodiscard]] SplitPair best_split(const SplitSearch& search);

/// What full runs say of it.
struct SplitResult {
    std::string option;
    Split own, best;
    double gain = 0, error = 0;  ///< of the best over the campaign's own in runs, discounted technician-years in the regions, draw by draw
    std::size_t draws = 0;
};

}  // namespace experiments
