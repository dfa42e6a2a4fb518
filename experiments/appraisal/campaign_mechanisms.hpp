#pragma once
/// How strongly a campaign pulls, in closed form: mean awareness when people decide, times what awareness does to the decision. No runs are in it; what these
/// pulls move in the labour market is what runs say (expected_effect.hpp).

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include <Eigen/Dense>

#include "experiments/appraisal/campaign_response.hpp"

namespace experiments {

/// The ways in which awareness acts. Pupils choose in August (schooling); adults at any time.
inline constexpr std::array<std::string_view, 6> mechanism_words{
    "study choice", "work-based path of pupils", "side entry", "work-based path of adults", "learning companies", "retention"};

/// By region (row) and mechanism: log odds, or relative change, times the years or months (in years) in which it acts, weighted with the region's part of the
/// target group in all regions; so a sum over regions is that of the whole. `drawn`: a campaign with the figures of a draw; `p`: parameters of the draw.
[[nodiscard]] Eigen::MatrixXd mechanisms_by_region(const Campaign& drawn, const models::Parameters& p, const GroupSizes& sizes,
                                                   const std::vector<std::string>& regions, const models::Tables& tables, sim::Month until);

}  // namespace experiments
