#include "experiments/appraise.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

#include <fmt/format.h>
#include <boost/random/mersenne_twister.hpp>
#include <boost/random/uniform_real_distribution.hpp>

#include "experiments/appraisal_conclusion.hpp"
#include "experiments/appraisal_runs.hpp"
#include "experiments/prior.hpp"
#include "experiments/value_of_information.hpp"
#include "sim/error.hpp"
#include "sim/parallel.hpp"

namespace experiments {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
/// Resamples that errors of values of information rest on: each takes all fits again.
constexpr std::size_t resamples_of_information = 30;
/// Budgets of a curve, euro a year, and samples that it looks at.
constexpr std::array<double, 11> curve_budgets{1e5, 2e5, 3e5, 5e5, 1e6, 2e6, 3e6, 5e6, 1e7, 2e7, 3e7};
constexpr std::size_t curve_samples = 200, relief_samples = 40;
/// How much more of places the runs with relaxed links have, and how much stronger a link is where its relief is asked for.
constexpr double relaxed_factor = 1.5, relief_factor = 1.5;

OfPairs of_pairs(const std::vector<double>& values) {
    return {mean_of(values), values.size() < 2 ? nan : std::sqrt(variance_of(values) / static_cast<double>(values.size()))};
}

double spread_of(const std::vector<double>& values) { return values.size() < 2 ? nan : std::sqrt(variance_of(values)); }

/// The scenario with half as many course and work-based places again from a month on.
Scenario with_more_places(Scenario scenario, sim::Month from) {
    Measure more;
    more.name = "relaxed-places";
    more.start = from;
    more.doses = {{"side_entry.places_factor", relaxed_factor, {}}, {"schooling.places_factor", relaxed_factor, {}}};
    scenario.measures.push_back(std::move(more));
    return scenario;
}

/// The parameters with one link half as strong again; the budget where exposure is meant.
void strengthen(Link link, models::Parameters& p, Campaign& campaign) {
    const auto up = [](double& value, double most) { value = std::min(value * relief_factor, most); };
    switch (link) {
        case Link::exposure: campaign = campaign.at_budget(campaign.euro_a_year() * relief_factor); break;
        case Link::overlap: p.awareness.overlap /= relief_factor; break;
        case Link::memory: up(p.awareness.recall, 1); break;
        case Link::talk: up(p.awareness.word_of_mouth, 1); break;
        case Link::study_choice: up(p.schooling.awareness_effect, 10); break;
        case Link::work_based:
            up(p.awareness.bbl_effect, 10);
            up(p.awareness.recognition_effect, 10);
            up(p.adult_bbl.awareness_effect, 10);
            break;
        case Link::side_entry: p.side_entry.knowledge = std::max(0.0, 1 - relief_factor * (1 - p.side_entry.knowledge)); break;
        case Link::retention: up(campaign.retention.value, 1); break;
        case Link::labour_market: break;
    }
}

class Analysis {
public:
    Analysis(const AppraisalOptions& options, AppraisalRuns& runs) : options_(options), runs_(runs), ways_(options_of(options)) {
        by_money_.resize(ways_.size());
        std::iota(by_money_.begin(), by_money_.end(), std::size_t{0});
        std::stable_sort(by_money_.begin(), by_money_.end(),
                         [&](std::size_t a, std::size_t b) { return ways_[a].campaign.money() < ways_[b].campaign.money(); });
        for (const auto& way : ways_) arms_.push_back(runs_.arm_of(way));
        if (options_.alternative_draws <= 0) return;
        const auto draws = static_cast<std::size_t>(std::min(options_.alternative_draws, options_.draws));
        const auto& most = ways_[by_money_.back()].campaign;
        relaxed_.push_back({AppraisalArm::Kind::relaxed, 0, 0, draws, [this](std::size_t d) { return with_more_places(runs_.base_of(d), runs_.entry()); }});
        relaxed_.push_back({AppraisalArm::Kind::relaxed_campaign, arms_[by_money_.back()].of, most.euro_a_year(), draws,
                            [this, &most](std::size_t d) { return runs_.with(with_more_places(runs_.base_of(d), runs_.entry()), most, d); }});
        const auto& usual = reference().campaign;
        others_ = same_money(options_.base, usual.money() / (usual.regions.empty() ? runs_.nation_per_region() : 1), usual.start, usual.end());
        for (const auto& other : others_) {
            if (!other.problem.empty()) continue;
            other_arms_.push_back({AppraisalArm::Kind::alternative, number_of_text(other.name), other.factor, draws, [this, &other](std::size_t d) {
                                       Scenario scenario = options_.base;
                                       scenario.measures.push_back(other.measure);
                                       runs_.draws().set(d, scenario.parameters);
                                       draw_measures(scenario.measures, d, static_cast<std::size_t>(options_.draws), options_.seed);
                                       return scenario;
                                   }});
        }
    }

    [[nodiscard]] std::vector<AppraisalArm> first_arms() const {
        std::vector<AppraisalArm> all = arms_;
        all.insert(all.end(), relaxed_.begin(), relaxed_.end());
        all.insert(all.end(), other_arms_.begin(), other_arms_.end());
        return all;
    }

    /// Everything but the check of the best split.
    [[nodiscard]] Appraisal result() {
        fit();
        Appraisal made;
        made.thresholds = options_.thresholds;
        made.threshold = options_.threshold;
        made.entry = runs_.entry();
        made.end = options_.base.end;
        made.explained = response_.explained();
        made.coefficients = response_.coefficients().col(0);
        made.coefficient_errors = response_.errors().col(0);
        for (std::size_t a = 0; a < ways_.size(); ++a) made.options.push_back(option(a));
        probabilities(made);
        made.curves = curves();
        information(made);
        pilots(made);
        compare_money(made);
        relax(made);
        made.unknowns = samples_->unknowns();
        made.years_by_draw = raw_years_;
        made.drawn = runs_.draws();
        made.tables = runs_.inputs().tables;
        made.regions = runs_.regions();
        made.nation_per_region = runs_.nation_per_region();
        return made;
    }

    /// The best split of the reference option, and whether its runs were done.
    [[nodiscard]] bool check_split(Appraisal& made) {
        if (options_.alternative_draws <= 0) return true;
        const auto& way = reference();
        const auto weights = weights_of_regions();
        const SplitPair found =
            best_split({way.campaign, *samples_, response_, weights, runs_.sizes(), runs_.regions(), runs_.inputs().tables, options_.base.end});
        const auto draws = static_cast<std::size_t>(std::min(options_.alternative_draws, options_.draws));
        CampaignOption split = way;
        split.campaign.intensity = found.best.intensity;
        AppraisalArm arm = runs_.arm_of(split);
        arm.kind = AppraisalArm::Kind::split;
        arm.draws = draws;
        if (!runs_.run({arm})) return false;
        std::vector<double> gain;
        for (std::size_t d = 0; d < draws; ++d) gain.push_back(years_in(d, arm) - years_in(d, arms_[middle()]));
        const OfPairs told = of_pairs(gain);
        made.split = SplitResult{way.name, found.own, found.best, told.mean, told.error, draws};
        return true;
    }

    [[nodiscard]] std::size_t split_runs() const {
        return options_.alternative_draws <= 0 ? 0 : 2 * static_cast<std::size_t>(std::min(options_.alternative_draws, options_.draws));
    }

private:
    /// The first of those with the middle amount of money: whose money goes elsewhere for comparison, and is split.
    [[nodiscard]] std::size_t middle() const {
        const double money = ways_[by_money_[by_money_.size() / 2]].campaign.money();
        std::size_t place = 0;
        while (ways_[place].campaign.money() != money) ++place;
        return place;
    }
    [[nodiscard]] const CampaignOption& reference() const { return ways_[middle()]; }
    [[nodiscard]] std::size_t years() const { return runs_.figures().years(); }
    [[nodiscard]] std::size_t draws() const { return static_cast<std::size_t>(options_.draws); }
    [[nodiscard]] double discount(double years) const { return discount_factor(options_.discount_rate, 12 * years); }
    [[nodiscard]] double scale_up(std::size_t a) const { return ways_[a].campaign.regions.empty() ? runs_.nation_per_region() : 1; }
    [[nodiscard]] double cost(std::size_t a) const { return ways_[a].campaign.discounted_money(options_.discount_rate, runs_.entry()); }

    /// Discounted technician-years that an arm adds in a draw, in the regions.
    [[nodiscard]] double years_in(std::size_t draw, const AppraisalArm& arm) const {
        double sum = 0;
        for (std::size_t y = 0; y < years(); ++y) sum += discount(static_cast<double>(y) + 0.5) * runs_.change(draw, arm, AppraisalFigures::at_work("both", y));
        return sum;
    }

    [[nodiscard]] static VectorXd pulls(const Campaign& drawn, const models::Parameters& p, const AppraisalRuns& runs, sim::Month until) {
        return mechanisms_by_region(drawn, p, runs.sizes(), runs.regions(), runs.inputs().tables, until).colwise().sum();
    }

    /// Features of options by sample, one matrix an option.
    [[nodiscard]] std::vector<MatrixXd> features(const std::vector<const Campaign*>& campaigns, const AppraisalSamples& samples, std::size_t used,
                                                 sim::Month until) const {
        const auto mechanisms = static_cast<Index>(mechanism_words.size());
        std::vector<MatrixXd> found(campaigns.size(), MatrixXd::Zero(static_cast<Index>(used), mechanisms));
        sim::for_each_task(used, [&](std::size_t i) {
            const std::size_t sample = i * samples.size() / used;
            const models::Parameters p = samples.parameters(sample);
            for (std::size_t c = 0; c < campaigns.size(); ++c)
                found[c].row(static_cast<Index>(i)) = pulls(samples.drawn(*campaigns[c], sample), p, runs_, until).transpose();
        });
        return found;
    }

    [[nodiscard]] std::vector<const Campaign*> campaigns() const {
        std::vector<const Campaign*> all;
        for (const auto& way : ways_) all.push_back(&way.campaign);
        return all;
    }

    /// One matrix of all options below one another.
    [[nodiscard]] static MatrixXd stacked(const std::vector<MatrixXd>& parts) {
        MatrixXd all(static_cast<Index>(parts.size()) * parts[0].rows(), parts[0].cols());
        for (std::size_t a = 0; a < parts.size(); ++a) all.middleRows(static_cast<Index>(a) * parts[0].rows(), parts[0].rows()) = parts[a];
        return all;
    }

    void fit() {
        const AppraisalSamples of_draws(ways_, runs_.draws(), draws(), options_.seed, options_.base.parameters);
        const std::size_t rows = ways_.size() * draws();
        std::vector<std::size_t> group(rows);
        MatrixXd effects(static_cast<Index>(rows), static_cast<Index>(1 + 2 * years()));
        MatrixXd starters(static_cast<Index>(rows), static_cast<Index>(pilot_months.size()));
        raw_years_.assign(ways_.size(), std::vector<double>(draws()));
        for (std::size_t a = 0; a < ways_.size(); ++a)
            for (std::size_t d = 0; d < draws(); ++d) {
                const auto row = static_cast<Index>(a * draws() + d);
                group[a * draws() + d] = d;
                effects(row, 0) = raw_years_[a][d] = years_in(d, arms_[a]);
                for (std::size_t y = 0; y < years(); ++y) {
                    effects(row, static_cast<Index>(1 + y)) = runs_.change(d, arms_[a], AppraisalFigures::at_work("technicians", y));
                    effects(row, static_cast<Index>(1 + years() + y)) = runs_.change(d, arms_[a], AppraisalFigures::at_work("ict_workers", y));
                }
                for (std::size_t m = 0; m < pilot_months.size(); ++m) starters(row, static_cast<Index>(m)) = starters_change(a, d, pilot_months[m]);
            }
        const MatrixXd z = of_draws.others(of_draws);
        const MatrixXd others = z.replicate(static_cast<Index>(ways_.size()), 1);
        const MatrixXd x = stacked(features(campaigns(), of_draws, draws(), options_.base.end));
        for (std::size_t m = 0; m < pilot_months.size(); ++m) {
            const MatrixXd early = stacked(features(campaigns(), of_draws, draws(), runs_.entry() + (pilot_months[m] - 1)));
            starters_[m] = ExpectedEffect(early, ExpectedEffect::alike(early), MatrixXd(early.rows(), 0), starters.col(static_cast<Index>(m)), group,
                                          options_.resamples, options_.seed);
        }
        // Who works follows who began: how the mechanisms weigh against one another is told far better by starters, whose chance is small. Retention begins
        // nothing and has a direction of its own.
        MatrixXd directions = MatrixXd::Zero(x.cols(), 2);
        directions.col(0) = starters_.back().coefficients().col(0);
        directions(x.cols() - 1, 0) = 0;
        directions(x.cols() - 1, 1) = 1;
        response_ = ExpectedEffect(x, directions, others, effects, group, options_.resamples, options_.seed);
        const auto drawn = parameter_draws(options_.posterior, options_.samples, options_.seed, options_.base.end);
        samples_.emplace(ways_, drawn, options_.samples, options_.seed, options_.base.parameters);
        features_ = features(campaigns(), *samples_, options_.samples, options_.base.end);
        others_of_samples_ = samples_->others(*samples_);
        for (std::size_t a = 0; a < ways_.size(); ++a) {
            expected_.push_back(response_.at(features_[a], others_of_samples_));
            MatrixXd resampled(features_[a].rows(), static_cast<Index>(response_.resamples()));
            for (std::size_t r = 0; r < response_.resamples(); ++r)
                resampled.col(static_cast<Index>(r)) = response_.at(features_[a], others_of_samples_, static_cast<int>(r)).col(0);
            years_resampled_.push_back(std::move(resampled));
        }
    }

    /// Relative change of starters in all regions.
    [[nodiscard]] double starters_change(std::size_t a, std::size_t d, int months) const {
        double with = 0, without = 0;
        for (const auto& region : runs_.regions()) {
            with += runs_.value(d, arms_[a], AppraisalFigures::starters(months, region));
            without += runs_.value(d, AppraisalArm{}, AppraisalFigures::starters(months, region));
        }
        return without > 0 ? with / without - 1 : 0;
    }

    /// How strongly each region's starters answer, over what is expected of them; drawn together around 1 by how little a region says.
    [[nodiscard]] std::vector<double> weights_of_regions() const {
        const int months = pilot_months.back();
        const AppraisalSamples of_draws(ways_, runs_.draws(), draws(), options_.seed, options_.base.parameters);
        std::vector<double> weights;
        for (std::size_t r = 0; r < runs_.regions().size(); ++r) {
            double product = 0, square = 0, left = 0;
            std::size_t rows = 0;
            for (std::size_t a = 0; a < ways_.size(); ++a)
                for (std::size_t d = 0; d < draws(); ++d) {
                    const auto pulls_here = mechanisms_by_region(of_draws.drawn(ways_[a].campaign, d), of_draws.parameters(d), runs_.sizes(), runs_.regions(),
                                                                 runs_.inputs().tables, runs_.entry() + (months - 1));
                    double all = 0;
                    for (const auto& region : runs_.regions()) all += runs_.value(d, AppraisalArm{}, AppraisalFigures::starters(months, region));
                    const double expected = pulls_here.row(static_cast<Index>(r)) * starters_.back().coefficients().col(0);
                    const double seen = runs_.change(d, arms_[a], AppraisalFigures::starters(months, runs_.regions()[r])) / all;
                    product += expected * seen;
                    square += expected * expected;
                    left += (seen - expected) * (seen - expected);
                    ++rows;
                }
            // Prior of a region's factor: 1 with a standard deviation of a quarter (assumed); what runs say weighs by their own chance.
            constexpr double prior_spread = 0.25;
            const double chance = left / static_cast<double>(rows) * static_cast<double>(ways_.size());  // pairs of one draw share their chance
            const double kept = chance / (prior_spread * prior_spread);
            weights.push_back(square + kept > 0 ? std::clamp((product + kept) / (square + kept), 0.1, 3.0) : 1.0);
        }
        return weights;
    }

    /// Of an outcome of an option: `column` of the fitted effects times a factor, less a cost.
    [[nodiscard]] Expected expected(std::size_t a, Index column, double factor, double less) const {
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

    [[nodiscard]] OptionResult option(std::size_t a) const {
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
            std::vector<double> pairs;
            for (std::size_t d = 0; d < draws(); ++d) pairs.push_back(made.scale_up * runs_.change(d, arms_[a], AppraisalFigures::at_work("both", y)));
            made.both_of_pairs[k] = of_pairs(pairs);
        }
        made.chain = chain(a);
        return made;
    }

    /// Technicians and ICT workers together in a year.
    [[nodiscard]] Expected expected_both(std::size_t a, std::size_t y, double factor) const {
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

    [[nodiscard]] Chain chain(std::size_t a) const {
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
            std::vector<double> change, base;
            for (std::size_t d = 0; d < draws(); ++d) {
                change.push_back(scale_up(a) * runs_.change(d, arms_[a], std::string(name)));
                base.push_back(scale_up(a) * runs_.value(d, AppraisalArm{}, std::string(name)));
            }
            made.change.push_back(of_pairs(change));
            made.base.push_back(mean_of(base));
        }
        return made;
    }

    /// Net benefits by sample: nothing, then the options. `resample`: none, or the coefficients of one.
    [[nodiscard]] MatrixXd benefits(double threshold, int resample = ExpectedEffect::none) const {
        MatrixXd made = MatrixXd::Zero(static_cast<Index>(options_.samples), static_cast<Index>(1 + ways_.size()));
        for (std::size_t a = 0; a < ways_.size(); ++a) {
            const VectorXd of = resample == ExpectedEffect::none ? VectorXd(expected_[a].col(0)) : VectorXd(years_resampled_[a].col(resample));
            made.col(static_cast<Index>(1 + a)) = (threshold * scale_up(a) * of).array() - cost(a);
        }
        return made;
    }

    /// The same as far as the links of the campaign say it: with the labour market at its mean.
    [[nodiscard]] MatrixXd benefits_of_links(double threshold, int resample = ExpectedEffect::none) const {
        MatrixXd made = MatrixXd::Zero(static_cast<Index>(options_.samples), static_cast<Index>(1 + ways_.size()));
        const MatrixXd at_mean = MatrixXd::Zero(others_of_samples_.rows(), others_of_samples_.cols());
        for (std::size_t a = 0; a < ways_.size(); ++a)
            made.col(static_cast<Index>(1 + a)) = (threshold * scale_up(a) * response_.at(features_[a], at_mean, resample).col(0)).array() - cost(a);
        return made;
    }

    void probabilities(Appraisal& made) const {
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

    [[nodiscard]] std::vector<ResponseCurve> curves() const {
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
            made.push_back(std::move(curve));
        }
        return made;
    }

    /// The campaign with the highest expected net benefit.
    [[nodiscard]] std::size_t best_campaign() const {
        const MatrixXd all = benefits(options_.threshold);
        Index best = 0;
        all.rightCols(static_cast<Index>(ways_.size())).colwise().mean().maxCoeff(&best);
        return static_cast<std::size_t>(best);
    }

    void information(Appraisal& made) const {
        const MatrixXd now = benefits(options_.threshold);
        const auto best = static_cast<Index>(1 + best_campaign());
        const auto variance = [&](const VectorXd& v) { return (v.array() - v.mean()).square().mean(); };
        const double whole = variance(now.col(best));
        const std::size_t resamples = std::min(resamples_of_information, response_.resamples());
        made.perfect_at = value_of_deciding(now);
        std::vector<double> again, of_links;
        for (std::size_t r = 0; r < response_.resamples(); ++r) again.push_back(value_of_deciding(benefits(options_.threshold, static_cast<int>(r))));
        made.perfect_at_error = spread_of(again);
        made.campaign_value = value_of_deciding(means_of_cells(now, benefits_of_links(options_.threshold)));
        for (std::size_t r = 0; r < resamples; ++r) {
            const int one = static_cast<int>(r);
            of_links.push_back(value_of_deciding(means_of_cells(benefits(options_.threshold, one), benefits_of_links(options_.threshold, one))));
        }
        made.campaign_value_error = spread_of(of_links);
        for (std::size_t l = 0; l < link_words.size(); ++l) {
            const auto link = static_cast<Link>(l);
            const MatrixXd known = samples_->of_links({link});
            LinkValue value;
            value.name = link_words[l];
            for (const auto& unknown : samples_->unknowns())
                if (unknown.link == link) value.unknowns.push_back(unknown.name);
            if (known.cols() == 0) continue;
            const MatrixXd given = expected_given(now, known);
            value.value = value_of_deciding(given);
            value.share = whole > 0 ? variance(given.col(best)) / whole : 0;
            std::vector<double> errors;
            for (std::size_t r = 0; r < resamples; ++r)
                errors.push_back(value_of_deciding(expected_given(benefits(options_.threshold, static_cast<int>(r)), known)));
            value.error = spread_of(errors);
            value.relief = relief(link);
            made.links.push_back(std::move(value));
        }
        const MatrixXd assumed = samples_->of_status(models::Status::assumed);
        made.assumed_share = whole > 0 ? std::min(1.0, variance(expected_given(now, assumed).col(best)) / whole) : 0;
    }

    /// Relative gain of the best campaign's expected effect where a link is half as strong again.
    [[nodiscard]] double relief(Link link) const {
        if (!of_campaign(link)) return nan;
        const auto& campaign = ways_[best_campaign()].campaign;
        const std::size_t used = std::min(relief_samples, options_.samples);
        std::vector<double> as_is(used), strong(used);
        sim::for_each_task(used, [&](std::size_t i) {
            const std::size_t sample = i * options_.samples / used;
            models::Parameters p = samples_->parameters(sample);
            Campaign drawn = samples_->drawn(campaign, sample);
            as_is[i] = pulls(drawn, p, runs_, options_.base.end).dot(response_.coefficients().col(0));
            strengthen(link, p, drawn);
            strong[i] = pulls(drawn, p, runs_, options_.base.end).dot(response_.coefficients().col(0));
        });
        const double before = mean_of(as_is);
        return before != 0 ? mean_of(strong) / before - 1 : nan;
    }

    /// Net benefits where everything begins so many months later and the horizon stays.
    [[nodiscard]] MatrixXd later(const std::vector<MatrixXd>& effects, double months) const {
        MatrixXd made = MatrixXd::Zero(static_cast<Index>(options_.samples), static_cast<Index>(1 + ways_.size()));
        const double delay = months / 12;
        for (std::size_t a = 0; a < ways_.size(); ++a) {
            VectorXd sum = VectorXd::Zero(made.rows());
            for (std::size_t y = 0; y < years(); ++y) {
                const double counted = std::clamp(static_cast<double>(years()) - delay - static_cast<double>(y), 0.0, 1.0);
                sum += discount(delay + static_cast<double>(y) + counted / 2) * counted *
                       (effects[a].col(static_cast<Index>(1 + y)) + effects[a].col(static_cast<Index>(1 + years() + y)));
            }
            made.col(static_cast<Index>(1 + a)) = (options_.threshold * scale_up(a) * sum).array() - cost(a) * discount(delay);
        }
        return made;
    }

    /// Fitted effects of all options under the coefficients of a resample, with the labour market as sampled or at its mean.
    [[nodiscard]] std::vector<MatrixXd> effects(int resample, bool links_alone) const {
        std::vector<MatrixXd> found;
        const MatrixXd z = links_alone ? MatrixXd(MatrixXd::Zero(others_of_samples_.rows(), others_of_samples_.cols())) : others_of_samples_;
        for (const auto& x : features_) found.push_back(response_.at(x, z, resample));
        return found;
    }

    void pilots(Appraisal& made) const {
        // The national campaign that would be decided on; the first of all where none is national.
        std::size_t piloted = ways_.size();
        double most = -std::numeric_limits<double>::infinity();
        for (std::size_t a = 0; a < ways_.size(); ++a)
            if (ways_[a].campaign.regions.empty() && ways_[a].campaign.money() > 0 && made.options[a].benefit.mean > most) {
                piloted = a;
                most = made.options[a].benefit.mean;
            }
        if (piloted == ways_.size()) return;
        made.piloted = ways_[piloted].name;
        std::vector<std::vector<double>> before, during;
        double starters = 0;  // in a year, all regions
        for (std::size_t d = 0; d < draws(); ++d) {
            before.emplace_back();
            during.emplace_back();
            for (const auto& region : runs_.regions()) {
                before.back().push_back(runs_.value(d, AppraisalArm{}, AppraisalFigures::starters(-12, region)) * options_.scale);
                during.back().push_back(runs_.value(d, AppraisalArm{}, AppraisalFigures::starters(12, region)) * options_.scale);
                starters += during.back().back() / options_.scale / static_cast<double>(draws());
            }
        }
        made.placebo = placebo_of(before, during);
        boost::random::mt19937_64 engine(options_.seed);
        boost::random::uniform_real_distribution<double> uniform(0, 1);
        VectorXd luck(static_cast<Index>(options_.samples));
        for (Index i = 0; i < luck.size(); ++i) luck[i] = normal_score(std::clamp(uniform(engine), 1e-12, 1 - 1e-12));
        for (std::size_t m = 0; m < pilot_months.size(); ++m) {
            if (static_cast<std::size_t>(pilot_months[m]) > 12 * years() || pilot_months[m] > static_cast<int>(ways_[piloted].campaign.budget.size())) continue;
            const auto x = features({&ways_[piloted].campaign}, *samples_, options_.samples, runs_.entry() + (pilot_months[m] - 1)).front();
            const MatrixXd none(x.rows(), 0);
            if (m == 0) {
                made.starters_effect = starters_[m].at(x, none).mean();
                std::vector<double> again;
                for (std::size_t r = 0; r < starters_[m].resamples(); ++r) again.push_back(starters_[m].at(x, none, static_cast<int>(r)).mean());
                made.starters_error = spread_of(again);
            }
            for (const auto& units : pilot_units())
                for (const double share : options_.pilot.treated) made.pilots.push_back(pilot(piloted, m, x, units, share, starters, made.placebo, luck));
        }
    }

    [[nodiscard]] PilotResult pilot(std::size_t piloted, std::size_t m, const MatrixXd& x, const PilotUnits& units, double share, double starters,
                                    const Placebo& placebo, const VectorXd& luck) const {
        PilotResult made;
        const int months = pilot_months[m];
        made.design = {units, std::max<std::size_t>(2, static_cast<std::size_t>(std::lround(share * static_cast<double>(units.count)))), months};
        const double a_year = starters * runs_.nation_per_region() / static_cast<double>(units.count);
        const double sampling = placebo.dispersion * (1 / a_year + 12 / (a_year * months));
        const double spread = std::sqrt(sampling + options_.pilot.place_spread * options_.pilot.place_spread);
        const auto log_effect = [&](int resample) {
            return VectorXd((1 + starters_[m].at(x, MatrixXd(x.rows(), 0), resample).col(0).array()).max(0.01).log());
        };
        const VectorXd effect = log_effect(ExpectedEffect::none);
        made.power = power_of(made.design, options_.pilot, spread, effect.mean(), placebo.standardised, options_.seed);
        const auto& campaign = ways_[piloted].campaign;
        Campaign first = campaign;
        first.budget.resize(static_cast<std::size_t>(months));
        made.cost = options_.pilot.measuring +
                    first.discounted_money(options_.discount_rate, runs_.entry()) * static_cast<double>(made.design.treated) / static_cast<double>(units.count);
        struct Worth {
            double sample, net, waiting;
        };
        const double delay = months + options_.pilot.analysis;
        const auto worth = [&](int resample) {
            const VectorXd summary = made.power.attenuation * log_effect(resample) + made.power.error * luck;
            const MatrixXd now = benefits(options_.threshold, resample);
            const MatrixXd given = means_of_cells(now, benefits_of_links(options_.threshold, resample));
            const MatrixXd then = later(effects(resample, false), delay);
            const MatrixXd then_given = means_of_cells(then, later(effects(resample, true), delay));
            const double best_now = now.colwise().mean().maxCoeff(), best_then = then.colwise().mean().maxCoeff();
            const double with_sample = expected_given(then_given, summary).rowwise().maxCoeff().mean();
            return Worth{value_of_deciding(expected_given(given, summary)), with_sample - made.cost - best_now, best_now - best_then};
        };
        const Worth central = worth(ExpectedEffect::none);
        made.sample = central.sample;
        made.net = central.net;
        made.waiting = central.waiting;
        std::vector<double> samples, nets;
        for (std::size_t r = 0; r < std::min(resamples_of_information, response_.resamples()); ++r) {
            const Worth one = worth(static_cast<int>(r));
            samples.push_back(one.sample);
            nets.push_back(one.net);
        }
        made.sample_error = spread_of(samples);
        made.net_error = spread_of(nets);
        return made;
    }

    void compare_money(Appraisal& made) const {
        std::size_t place = 0;
        for (const auto& other : others_) {
            SameMoneyResult one;
            one.name = other.name;
            one.factor = other.factor;
            one.problem = other.problem;
            if (other.problem.empty()) {
                const auto& arm = other_arms_[place++];
                std::vector<double> years, spent, net;
                for (std::size_t d = 0; d < arm.draws; ++d) {
                    years.push_back(years_in(d, arm));
                    spent.push_back(runs_.spending(d, arm));
                    net.push_back(options_.threshold * years.back() - spent.back());
                }
                one.draws = arm.draws;
                one.spent = mean_of(spent);
                one.years = of_pairs(years).mean;
                one.error = of_pairs(years).error;
                one.benefit = of_pairs(net).mean;
                one.benefit_error = of_pairs(net).error;
            }
            made.same_money.push_back(std::move(one));
        }
    }

    void relax(Appraisal& made) const {
        if (relaxed_.empty()) return;
        Relaxed found;
        const std::size_t most = by_money_.back();
        found.option = ways_[most].name;
        found.draws = relaxed_.front().draws;
        std::vector<double> as_is, free, gain;
        for (std::size_t d = 0; d < found.draws; ++d) {
            as_is.push_back(raw_years_[most][d]);
            free.push_back(years_in(d, relaxed_[1]) - years_in(d, relaxed_[0]));
            gain.push_back(free.back() - as_is.back());
        }
        found.as_is = of_pairs(as_is);
        found.relaxed = of_pairs(free);
        found.gain = of_pairs(gain);
        made.relaxed = found;
    }

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
    std::vector<std::vector<double>> raw_years_;
};

}  // namespace

std::size_t runs_of(const AppraisalOptions& options) {
    const AppraisalWatch none;
    AppraisalOptions quiet = options;
    quiet.log.clear();
    AppraisalRuns runs(quiet, none);
    const Analysis analysis(quiet, runs);
    return runs.planned(analysis.first_arms()) + (options.parts > 1 ? 0 : analysis.split_runs());
}

std::optional<Appraisal> appraise(const AppraisalOptions& options, const AppraisalWatch& watch) {
    AppraisalRuns runs(options, watch);
    Analysis analysis(options, runs);
    if (!runs.run(analysis.first_arms()) || options.parts > 1) return std::nullopt;
    if (watch.say) watch.say("Runs are done; the response is fitted, then what is not known is sampled");
    Appraisal made = analysis.result();
    if (watch.say) watch.say("The best split is looked for, and checked by runs");
    if (!analysis.check_split(made)) return std::nullopt;
    made.runs = runs.size();
    made.conclusion = conclude(made);
    return made;
}

}  // namespace experiments
