#pragma once
/// A sample of everything that is not known of a campaign: parameters of the model and figures of the campaign, and which link of the chain each belongs to.

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <Eigen/Dense>

#include "experiments/appraisal/appraisal.hpp"
#include "experiments/appraisal/campaign_response.hpp"
#include "experiments/calibration/parameter_draws.hpp"
#include "models/parameter.hpp"

namespace experiments {

/// Links from euro to worker.
enum class Link { exposure, overlap, memory, talk, study_choice, work_based, side_entry, retention, labour_market };
inline constexpr std::array<std::string_view, 9> link_words{"exposure (price and reach)",
                                                            "overlap with sectors",
                                                            "memory (recall and decay)",
                                                            "word of mouth",
                                                            "study choice",
                                                            "work-based places and path",
                                                            "side entry",
                                                            "retention",
                                                            "labour market (all else)"};
/// All that a campaign is said to act by; the rest is the labour market that it acts in.
[[nodiscard]] constexpr bool of_campaign(Link link) { return link != Link::labour_market; }

/// One unknown.
struct Unknown {
    std::string name;
    Link link = Link::labour_market;
    models::Status status = models::Status::assumed;
    std::string source;
};

/// The figures of a campaign that have a prior, by name and value.
[[nodiscard]] std::vector<std::pair<Unknown, double>> unknown_figures(const Campaign& campaign);
/// The link of a parameter of the model.
[[nodiscard]] Link link_of(const std::string& parameter);

/// Values of the unknowns: those of a Latin hypercube over so many samples.
class AppraisalSamples {
public:
    /// `options`: campaigns at their budgets.
    AppraisalSamples(const std::vector<CampaignOption>& options, const ParameterDraws& drawn, std::size_t samples, std::uint64_t seed,
                     const models::Parameters& base);

    [[nodiscard]] std::size_t size() const { return samples_; }
    [[nodiscard]] const std::vector<Unknown>& unknowns() const { return unknowns_; }
    /// Sample by row, unknown by column.
    [[nodiscard]] const Eigen::MatrixXd& values() const { return values_; }
    /// Columns of links; those of the campaign's links with a status.
    [[nodiscard]] Eigen::MatrixXd of_links(const std::vector<Link>& links) const;
    [[nodiscard]] Eigen::MatrixXd of_campaign_status(models::Status status) const;
    /// Columns of the labour market, standardised by the mean and spread of this sample, or of another one with the same unknowns.
    [[nodiscard]] Eigen::MatrixXd others(const AppraisalSamples& like) const;

    [[nodiscard]] models::Parameters parameters(std::size_t sample) const;
    [[nodiscard]] Campaign drawn(const Campaign& campaign, std::size_t sample) const;

private:
    std::size_t samples_ = 0;
    std::uint64_t seed_ = 1;
    ParameterDraws drawn_;
    models::Parameters base_;
    std::vector<Unknown> unknowns_;
    Eigen::MatrixXd values_;
};

}  // namespace experiments
