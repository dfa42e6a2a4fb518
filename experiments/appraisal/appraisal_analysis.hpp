#pragma once
/// The working of an appraisal: arms, fitted response, and what follows from it. The pieces of `appraise` (appraise.hpp) and no one else's.

#include <array>
#include <cstddef>
#include <optional>
#include <vector>

#include <Eigen/Dense>

#include "experiments/appraisal/appraisal_runs.hpp"
#include "experiments/appraisal/appraise.hpp"

namespace experiments {

/// Mean and standard error of pairs; standard deviation.
[[nodiscard]] OfPairs of_pairs(const std::vector<double>& values);
[[nodiscard]] double spread_of(const std::vector<double>& values);

class AppraisalAnalysis {
    using Index = Eigen::Index;
    using MatrixXd = Eigen::MatrixXd;
    using VectorXd = Eigen::VectorXd;

public:
    AppraisalAnalysis(const AppraisalOptions& options, AppraisalRuns& runs);

    [[nodiscard]] std::vector<AppraisalArm> first_arms() const;

    /// Everything but the check of the best split.
    [[nodiscard]] Appraisal result();

    /// The best split of the reference option, and whether its runs were done.
    [[nodiscard]] bool check_split(Appraisal& made);

    [[nodiscard]] std::size_t split_runs() const;

private:
    /// The first of those with the middle amount of money: whose money goes elsewhere for comparison, and is split.
    [[nodiscard]] std::size_t middle() const;
    [[nodiscard]] const CampaignOption& reference() const { return ways_[middle()]; }
    [[nodiscard]] std::size_t years() const { return runs_.figures().years(); }
    [[nodiscard]] std::size_t draws() const { return static_cast<std::size_t>(options_.draws); }
    /// Of a number of each used draw.
    template <class Of>
    [[nodiscard]] std::vector<double> over_draws(const Of& of) const {
        std::vector<double> values;
        for (const std::size_t d : used_) values.push_back(of(d));
        return values;
    }
    [[nodiscard]] double discount(double years) const { return discount_factor(options_.discount_rate, 12 * years); }
    [[nodiscard]] double scale_up(std::size_t a) const { return ways_[a].campaign.regions.empty() ? runs_.nation_per_region() : 1; }
    [[nodiscard]] double cost(std::size_t a) const { return ways_[a].campaign.discounted_money(options_.discount_rate, runs_.entry()); }

    /// Discounted technician-years that an arm adds in a draw, in the regions.
    [[nodiscard]] double years_in(std::size_t draw, const AppraisalArm& arm) const;

    [[nodiscard]] static VectorXd pulls(const Campaign& drawn, const models::Parameters& p, const AppraisalRuns& runs, sim::Month until);

    /// Features of options by sample, one matrix an option.
    [[nodiscard]] std::vector<MatrixXd> features(const std::vector<const Campaign*>& campaigns, const AppraisalSamples& samples, std::size_t used,
                                                 sim::Month until) const;

    [[nodiscard]] std::vector<const Campaign*> campaigns() const;

    /// One matrix of all options below one another.
    [[nodiscard]] static MatrixXd stacked(const std::vector<MatrixXd>& parts);

    /// Rows of the used draws.
    [[nodiscard]] MatrixXd of_used(const MatrixXd& all) const;

    void fit();

    /// Relative change of starters in all regions.
    [[nodiscard]] double starters_change(std::size_t a, std::size_t d, int months) const;

    /// How strongly each region's starters answer, over what is expected of them; drawn together around 1 by how little a region says.
    [[nodiscard]] std::vector<double> weights_of_regions() const;

    /// Of an outcome of an option: `column` of the fitted effects times a factor, less a cost.
    [[nodiscard]] Expected expected(std::size_t a, Index column, double factor, double less) const;

    [[nodiscard]] OptionResult option(std::size_t a) const;

    /// Technicians and ICT workers together in a year.
    [[nodiscard]] Expected expected_both(std::size_t a, std::size_t y, double factor) const;

    [[nodiscard]] Chain chain(std::size_t a) const;

    /// Net benefits by sample: nothing, then the options. `resample`: none, or the coefficients of one.
    [[nodiscard]] MatrixXd benefits(double threshold, int resample = ExpectedEffect::none) const;

    /// The same as far as the links of the campaign say it: with the labour market at its mean.
    [[nodiscard]] MatrixXd benefits_of_links(double threshold, int resample = ExpectedEffect::none) const;

    void probabilities(Appraisal& made) const;

    [[nodiscard]] std::vector<ResponseCurve> curves() const;

    /// The campaign with the highest expected net benefit.
    [[nodiscard]] std::size_t best_campaign() const;

    void information(Appraisal& made) const;

    /// Relative gain of the best campaign's expected effect where a link is half as strong again.
    [[nodiscard]] double relief(Link link) const;

    /// Net benefits where everything begins so many months later and the horizon stays.
    [[nodiscard]] MatrixXd later(const std::vector<MatrixXd>& effects, double months) const;

    /// Fitted effects of all options under the coefficients of a resample, with the labour market as sampled or at its mean.
    [[nodiscard]] std::vector<MatrixXd> effects(int resample, bool links_alone) const;

    void pilots(Appraisal& made) const;

    [[nodiscard]] PilotResult pilot(std::size_t piloted, std::size_t m, const MatrixXd& x, const PilotUnits& units, double share, double starters,
                                    const Placebo& placebo, const VectorXd& luck) const;

    void compare_money(Appraisal& made) const;

    void relax(Appraisal& made) const;

    const AppraisalOptions& options_;
    AppraisalRuns& runs_;
    std::vector<CampaignOption> ways_;
    std::vector<std::size_t> by_money_;
    std::vector<AppraisalArm> arms_, relaxed_, other_arms_;
    std::vector<SameMoney> others_;
    ExpectedEffect response_;
    std::array<ExpectedEffect, pilot_months.size()> starters_;
    std::optional<AppraisalSamples> samples_;
    std::vector<MatrixXd> features_, expected_, years_resampled_;
    MatrixXd others_of_samples_;
    std::vector<std::size_t> used_;  ///< draws
    std::vector<std::vector<double>> raw_years_;
};

}  // namespace experiments
