#include "experiments/appraisal/appraisal_analysis.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <limits>

#include "experiments/appraisal/value_of_information.hpp"
#include "sim/error.hpp"

namespace experiments {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
/// Budgets of a curve, euro a year, and samples that it looks at.
constexpr std::array<double, 11> curve_budgets{1e5, 2e5, 3e5, 5e5, 1e6, 2e6, 3e6, 5e6, 1e7, 2e7, 3e7};
constexpr std::size_t curve_samples = 200;

/// But for rounding: budgets are brought to one another by a factor.
bool alike_in(double one, double two) { return std::abs(one - two) <= 1e-9 * std::max(std::abs(one), std::abs(two)); }

}  // namespace

OfPairs of_pairs(const std::vector<double>& values) {
    return {mean_of(values), values.size() < 2 ? nan : std::sqrt(variance_of(values) / static_cast<double>(values.size()))};
}

double spread_of(const std::vector<double>& values) { return values.size() < 2 ? nan : std::sqrt(variance_of(values)); }

Expected AppraisalAnalysis::expected(std::size_t a, Index column, double factor, double less) const {
    Expected made;
    made.mean = factor * expected_[a].col(column).mean() - less;
    const auto n = static_cast<std::size_t>(expected_[a].rows());
    const std::size_t resamples = response_.resamples();
    std::vector<double> spread(n), means;
    // Each resample's coefficients at the samples whose turn it is for the interval, and at all for the error.
    for (std::size_t r = 0; r < resamples; ++r) {
        const VectorXd values = column == 0 ? VectorXd(years_resampled_[a].col(static_cast<Index>(r)))
                                            : VectorXd(response_.at(features_[a], others_of_samples_, static_cast<int>(r)).col(column));
        means.push_back(factor * values.mean() - less);
        for (std::size_t i = r; i < n; i += resamples) spread[i] = factor * values[static_cast<Index>(i)] - less;
    }
    made.error = spread_of(means);
    made.interval = {quantile_of(spread, 0.025), quantile_of(spread, 0.975)};
    return made;
}

OptionResult AppraisalAnalysis::option(std::size_t a) const {
    OptionResult made;
    const auto& way = ways_[a];
    made.name = way.name;
    made.euro_a_year = way.campaign.euro_a_year();
    made.cost = cost(a);
    made.national = way.campaign.regions.empty();
    made.scale_up = scale_up(a);
    made.years = expected(a, 0, made.scale_up, 0);
    made.benefit = expected(a, 0, made.scale_up * options_.threshold, made.cost);
    std::vector<double> raw = raw_years_[a];
    for (auto& value : raw) value *= made.scale_up;
    made.years_of_pairs = of_pairs(raw);
    for (std::size_t k = 0; k < counted_after.size(); ++k) {
        const auto y = static_cast<std::size_t>(counted_after[k]);
        if (y >= years()) {
            made.technicians[k] = made.ict_workers[k] = made.both[k] = {nan, {}, nan};
            made.both_of_pairs[k] = {nan, nan};
            continue;
        }
        made.technicians[k] = expected(a, static_cast<Index>(1 + y), made.scale_up, 0);
        made.ict_workers[k] = expected(a, static_cast<Index>(1 + years() + y), made.scale_up, 0);
        made.both[k] = expected_both(a, y, made.scale_up);
        made.both_of_pairs[k] =
            of_pairs(over_draws([&](std::size_t d) { return made.scale_up * runs_.change(d, arms_[a], AppraisalFigures::at_work("both", y)); }));
    }
    made.chain = chain(a);
    return made;
}

Expected AppraisalAnalysis::expected_both(std::size_t a, std::size_t y, double factor) const {
    const auto sum = [&](const MatrixXd& m) { return VectorXd(m.col(static_cast<Index>(1 + y)) + m.col(static_cast<Index>(1 + years() + y))); };
    Expected made;
    made.mean = factor * sum(expected_[a]).mean();
    std::vector<double> means, spread(static_cast<std::size_t>(expected_[a].rows()));
    for (std::size_t r = 0; r < response_.resamples(); ++r) {
        const VectorXd values = sum(response_.at(features_[a], others_of_samples_, static_cast<int>(r)));
        means.push_back(factor * values.mean());
        for (std::size_t i = r; i < spread.size(); i += response_.resamples()) spread[i] = factor * values[static_cast<Index>(i)];
    }
    made.error = spread_of(means);
    made.interval = {quantile_of(spread, 0.025), quantile_of(spread, 0.975)};
    return made;
}

Chain AppraisalAnalysis::chain(std::size_t a) const {
    Chain made;
    const auto& campaign = ways_[a].campaign;
    models::Parameters p = options_.base.parameters;
    set_response(campaign, p);
    std::size_t region = 0;
    while (!campaign.regions.empty() && runs_.regions()[region] != campaign.regions.front()) ++region;
    const auto months = campaign_months(campaign, region, runs_.sizes(), runs_.regions(), p.awareness, runs_.inputs().tables.awareness);
    double spent = 0;
    for (std::size_t m = 0; m < months.size(); ++m) spent += campaign.budget[m] > 0 ? 1 : 0;
    for (const auto& month : months)
        for (std::size_t g = 0; g < models::target_groups && spent > 0; ++g) {
            made.contacts[g] += month[g].contacts / spent;
            made.reach[g] += month[g].reach / spent;
            made.fresh[g] += month[g].fresh / spent;
        }
    for (std::size_t g = 0; g < models::target_groups; ++g) made.frequency[g] = made.reach[g] > 0 ? made.contacts[g] / 100 / made.reach[g] : 0;
    for (const auto& aware : campaign_awareness_by_month(months, campaign.start, std::min(options_.base.end, campaign.end() + 1), p, runs_.inputs().tables))
        for (std::size_t g = 0; g < models::target_groups; ++g) made.awareness[g] = std::max(made.awareness[g], aware[g]);
    for (const auto name : chain_figures) {
        made.change.push_back(of_pairs(over_draws([&](std::size_t d) { return scale_up(a) * runs_.change(d, arms_[a], std::string(name)); })));
        made.base.push_back(mean_of(over_draws([&](std::size_t d) { return scale_up(a) * runs_.value(d, AppraisalArm{}, std::string(name)); })));
    }
    return made;
}

void AppraisalAnalysis::probabilities(Appraisal& made) const {
    const auto n = static_cast<Index>(options_.samples);
    const auto resamples = static_cast<Index>(response_.resamples());
    for (auto& option : made.options) {
        option.probability.assign(made.thresholds.size(), 0);
        option.best.assign(made.thresholds.size(), 0);
    }
    for (std::size_t t = 0; t < made.thresholds.size(); ++t) {
        const double threshold = made.thresholds[t];
        for (Index i = 0; i < n; ++i) {
            double most = 0;
            std::size_t best = ways_.size();
            for (std::size_t a = 0; a < ways_.size(); ++a) {
                const double net = threshold * scale_up(a) * years_resampled_[a](i, i % resamples) - cost(a);
                made.options[a].probability[t] += net > 0 ? 1.0 / static_cast<double>(n) : 0;
                if (net > most) {
                    most = net;
                    best = a;
                }
            }
            if (best < ways_.size()) made.options[best].best[t] += 1.0 / static_cast<double>(n);
        }
        made.perfect.push_back(value_of_deciding(benefits(threshold)));
        std::vector<double> again;
        for (Index r = 0; r < resamples; ++r) again.push_back(value_of_deciding(benefits(threshold, static_cast<int>(r))));
        made.perfect_error.push_back(spread_of(again));
    }
}

std::vector<ResponseCurve> AppraisalAnalysis::curves() const {
    std::vector<ResponseCurve> made;
    std::vector<std::string> seen;
    for (const auto& way : ways_) {
        if (std::find(seen.begin(), seen.end(), way.campaign.name) != seen.end() || !(way.campaign.money() > 0)) continue;
        seen.push_back(way.campaign.name);
        std::vector<Campaign> at;
        for (const double budget : curve_budgets) at.push_back(way.campaign.at_budget(budget));
        std::vector<const Campaign*> all;
        for (const auto& one : at) all.push_back(&one);
        const std::size_t used = std::min(curve_samples, options_.samples);
        const auto x = features(all, *samples_, used, options_.base.end);
        const double factor = way.campaign.regions.empty() ? runs_.nation_per_region() : 1;
        MatrixXd z(static_cast<Index>(used), others_of_samples_.cols());
        for (std::size_t i = 0; i < used; ++i) z.row(static_cast<Index>(i)) = others_of_samples_.row(static_cast<Index>(i * options_.samples / used));
        ResponseCurve curve;
        curve.campaign = way.campaign.name;
        double turn = 0;
        for (std::size_t b = 0; b < at.size(); ++b) {
            curve.euro_a_year.push_back(curve_budgets[b]);
            curve.cost.push_back(at[b].discounted_money(options_.discount_rate, runs_.entry()));
            const auto told = [&](const std::function<VectorXd(const MatrixXd&)>& of) {
                Expected e;
                e.mean = factor * of(response_.at(x[b], z)).mean();
                std::vector<double> means, spread(used);
                for (std::size_t r = 0; r < response_.resamples(); ++r) {
                    const VectorXd values = of(response_.at(x[b], z, static_cast<int>(r)));
                    means.push_back(factor * values.mean());
                    for (std::size_t i = r; i < used; i += response_.resamples()) spread[i] = factor * values[static_cast<Index>(i)];
                }
                e.error = spread_of(means);
                e.interval = {quantile_of(spread, 0.025), quantile_of(spread, 0.975)};
                return e;
            };
            curve.years.push_back(told([](const MatrixXd& m) { return VectorXd(m.col(0)); }));
            for (std::size_t k = 0; k < counted_after.size(); ++k) {
                const auto y = static_cast<std::size_t>(counted_after[k]);
                curve.workers[k].push_back(y >= years() ? Expected{nan, {}, nan} : told([&](const MatrixXd& m) {
                    return VectorXd(m.col(static_cast<Index>(1 + y)) + m.col(static_cast<Index>(1 + years() + y)));
                }));
            }
            const double before_years = b > 0 ? curve.years[b - 1].mean : 0, before_cost = b > 0 ? curve.cost[b - 1] : 0;
            const double more = curve.years[b].mean - before_years;
            curve.marginal_cost.push_back(more > 0 ? (curve.cost[b] - before_cost) / more : std::numeric_limits<double>::infinity());
            // Marginal cost rises along a saturating curve; the last budget up to which one more costs less than the threshold.
            if (curve.marginal_cost.back() <= options_.threshold) turn = curve_budgets[b];
        }
        curve.turns_at = turn;
        // Files that differ in their money alone have one curve.
        const auto alike = std::find_if(made.begin(), made.end(), [&](const ResponseCurve& other) {
            return std::equal(other.cost.begin(), other.cost.end(), curve.cost.begin(), alike_in) &&
                   std::equal(other.years.begin(), other.years.end(), curve.years.begin(),
                              [](const Expected& one, const Expected& two) { return alike_in(one.mean, two.mean); });
        });
        if (alike != made.end())
            alike->campaign += ", " + curve.campaign;
        else
            made.push_back(std::move(curve));
    }
    return made;
}

void AppraisalAnalysis::compare_money(Appraisal& made) const {
    std::size_t place = 0;
    for (const auto& other : others_) {
        SameMoneyResult one;
        one.name = other.name;
        one.factor = other.factor;
        one.problem = other.problem;
        if (other.problem.empty()) {
            const auto& arm = other_arms_[place++];
            std::vector<double> years, spent, net;
            for (const std::size_t d : runs_.finished({arm})) {
                years.push_back(years_in(d, arm));
                spent.push_back(runs_.spending(d, arm));
                net.push_back(options_.threshold * years.back() - spent.back());
            }
            one.draws = years.size();
            if (years.size() < 2) one.problem = "too few of its runs are finished";
            if (years.empty()) continue;
            one.spent = mean_of(spent);
            one.years = of_pairs(years).mean;
            one.error = of_pairs(years).error;
            one.benefit = of_pairs(net).mean;
            one.benefit_error = of_pairs(net).error;
        }
        made.same_money.push_back(std::move(one));
    }
}

void AppraisalAnalysis::relax(Appraisal& made) const {
    if (relaxed_.empty()) return;
    Relaxed found;
    const std::size_t most = by_money_.back();
    found.option = ways_[most].name;
    std::vector<double> as_is, free, gain;
    for (const std::size_t d : runs_.finished({relaxed_[0], relaxed_[1], arms_[most]})) {
        as_is.push_back(years_in(d, arms_[most]));
        free.push_back(years_in(d, relaxed_[1]) - years_in(d, relaxed_[0]));
        gain.push_back(free.back() - as_is.back());
    }
    found.draws = gain.size();
    if (gain.size() < 2) return;
    found.as_is = of_pairs(as_is);
    found.relaxed = of_pairs(free);
    found.gain = of_pairs(gain);
    made.relaxed = found;
}

}  // namespace experiments
