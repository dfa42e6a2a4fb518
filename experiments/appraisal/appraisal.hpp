#pragma once
/// An appraisal: what campaigns are worth before they are paid for, and what finding out first is worth. What was asked.

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "experiments/appraisal/campaign.hpp"
#include "experiments/appraisal/pilot.hpp"
#include "experiments/calibration/drivers.hpp"
#include "experiments/runs/runs_options.hpp"
#include "experiments/runs/runs_watch.hpp"
#include "experiments/scenarios/scenario.hpp"

namespace experiments {

/// Real discount rate a year (Dutch social cost-benefit analysis, since 2020), and the horizon: work counts until its end.
inline constexpr double usual_discount_rate = 0.0225;
inline constexpr sim::Month usual_horizon = sim::Month::of(2035, 12);
/// Euro that an extra technician-year is worth. Assumed: there is no agreed figure, which is why every result is given along a grid.
inline constexpr double usual_threshold = 20000;

struct AppraisalOptions : RunsOptions {
    Scenario base;  ///< what campaigns come on top of; ends at the horizon
    std::vector<Campaign> campaigns;
    std::vector<double> budgets;  ///< euro a year at which each campaign is appraised; empty: its own
    double discount_rate = usual_discount_rate;
    double threshold = usual_threshold;
    std::vector<double> thresholds;  ///< grid, euro a technician-year
    int draws = 100;
    int alternative_draws = 20;   ///< of other measures for the same money, of relaxed links, and of the check of the best split; 0: none of these
    std::size_t samples = 2000;   ///< of what is not known, for the value of finding out
    std::size_t resamples = 100;  ///< bootstrap of the draws, for standard errors
    PilotOptions pilot;
    PosteriorDraws posterior;       ///< of calibrated parameters; the others come from their priors
    std::filesystem::path log;      ///< where finished runs are kept; empty: in memory
    bool afresh = false;            ///< begin the log anew
    bool finished_only = false;     ///< appraises the draws that the log holds whole, and runs no others
    std::vector<std::size_t> only;  ///< these draws alone are run, and nothing is appraised; empty: all
};

/// One decision beside "nothing": a campaign at a budget.
struct CampaignOption {
    std::string name;
    Campaign campaign;  ///< at its budget
};
/// Campaigns times budgets, in their order.
[[nodiscard]] std::vector<CampaignOption> options_of(const AppraisalOptions& options);

}  // namespace experiments
