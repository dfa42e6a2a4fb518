#pragma once
/// The runs of an appraisal: a base and its arms on common random numbers, draw by draw, kept as they end.

#include <algorithm>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "experiments/appraisal/appraisal.hpp"
#include "experiments/appraisal/appraisal_figures.hpp"
#include "experiments/appraisal/campaign_response.hpp"
#include "experiments/calibration/parameter_draws.hpp"
#include "experiments/figures/moments.hpp"
#include "experiments/runs/comparison_runs.hpp"
#include "experiments/runs/kept_runs.hpp"

namespace experiments {

/// What is run beside the base in each draw.
struct AppraisalArm {
    enum class Kind { base, campaign, relaxed, relaxed_campaign, alternative, split };

    Kind kind = Kind::base;
    double of = 0;                                    ///< which campaign, measure or split: a digest, so that a log serves any list of them
    double money = 0;                                 ///< euro a year
    std::size_t draws = 0;                            ///< the first so many
    std::function<Scenario(std::size_t)> scenario{};  ///< of a draw
};
/// A text as a number that a log can hold: 52 bits of its digest.
[[nodiscard]] double number_of_text(const std::string& text);

class AppraisalRuns {
public:
    /// Throws InputError where numbers make no sense.
    AppraisalRuns(const AppraisalOptions& options, const RunsWatch& watch);

    /// The arms of every draw that is asked for, those in the log left out; the base of a draw is run again where an arm is missing. False when stopped.
    bool run(const std::vector<AppraisalArm>& arms);
    /// Draws of which the base and all these arms are there.
    [[nodiscard]] std::vector<std::size_t> finished(const std::vector<AppraisalArm>& arms) const;
    /// Runs that `run` counts: each arm of each of its draws that are asked for, and the base of each draw.
    [[nodiscard]] std::size_t planned(const std::vector<AppraisalArm>& arms) const;

    /// The arm of an option, in all draws.
    [[nodiscard]] AppraisalArm arm_of(const CampaignOption& option) const;
    /// The base of a draw, and the base with a campaign.
    [[nodiscard]] Scenario base_of(std::size_t draw) const;
    [[nodiscard]] Scenario with(Scenario scenario, Campaign campaign, std::size_t draw) const;

    /// A figure of a run that was done, by its place.
    [[nodiscard]] double value(std::size_t draw, const AppraisalArm& arm, std::size_t place) const { return kept_->value(log_key(arm), draw, place); }
    [[nodiscard]] double value(std::size_t draw, const AppraisalArm& arm, const std::string& figure) const { return value(draw, arm, figures_->place(figure)); }
    /// The same less that of the base: what the arm changes.
    [[nodiscard]] double change(std::size_t draw, const AppraisalArm& arm, const std::string& figure) const {
        return value(draw, arm, figure) - value(draw, AppraisalArm{}, figure);
    }
    /// Discounted euro that measures added for comparison spend, in the regions.
    [[nodiscard]] double spending(std::size_t draw, const AppraisalArm& arm) const { return value(draw, arm, figures_->figures().size()); }

    [[nodiscard]] const AppraisalFigures& figures() const { return *figures_; }
    [[nodiscard]] const std::vector<std::string>& regions() const { return regions_; }
    [[nodiscard]] const GroupSizes& sizes() const { return sizes_; }
    [[nodiscard]] const Inputs& inputs() const { return inputs_; }
    [[nodiscard]] const ParameterDraws& draws() const { return draws_; }
    [[nodiscard]] sim::Month entry() const { return entry_; }
    [[nodiscard]] double nation_per_region() const { return nation_; }  ///< inhabitants of the nation for each of the regions
    [[nodiscard]] std::size_t size() const { return kept_->size(); }

private:
    [[nodiscard]] std::string key() const;
    [[nodiscard]] static std::vector<double> log_key(const AppraisalArm& arm) { return {static_cast<double>(arm.kind), arm.of, arm.money}; }
    [[nodiscard]] PlannedRun planned(Scenario scenario, sim::Month leaves, const AppraisalArm& arm, std::size_t draw);
    /// Whether a draw is among those that are to be run.
    [[nodiscard]] bool mine(std::size_t draw) const {
        return options_.only.empty() || std::find(options_.only.begin(), options_.only.end(), draw) != options_.only.end();
    }
    void run_draw(const std::vector<AppraisalArm>& arms, std::size_t draw);

    const AppraisalOptions& options_;
    std::vector<std::string> regions_;
    Inputs inputs_;
    GroupSizes sizes_;
    double nation_ = 1;
    sim::Month entry_;
    std::optional<AppraisalFigures> figures_;
    std::optional<Moments> moments_;
    ParameterDraws draws_;
    std::optional<KeptRuns> kept_;
};

}  // namespace experiments
