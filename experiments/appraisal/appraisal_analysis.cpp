#include "experiments/appraisal/appraisal_analysis.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

#include <fmt/format.h>

#include "sim/error.hpp"
#include "sim/parallel.hpp"

namespace experiments {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

/// Draws that the least appraisal rests on.
constexpr std::size_t least_finished = 2;
/// How much more of places the runs with relaxed links have.
constexpr double relaxed_factor = 1.5;

/// The scenario with half as many course and work-based places again from a month on.
Scenario with_more_places(Scenario scenario, sim::Month from) {
    Measure more;
    more.name = "relaxed-places";
    more.start = from;
    more.doses = {{"side_entry.places_factor", relaxed_factor, {}}, {"schooling.places_factor", relaxed_factor, {}}};
    scenario.measures.push_back(std::move(more));
    return scenario;
}

}  // namespace

AppraisalAnalysis::AppraisalAnalysis(const AppraisalOptions& options, AppraisalRuns& runs) : options_(options), runs_(runs), ways_(options_of(options)) {
    by_money_.resize(ways_.size());
    std::iota(by_money_.begin(), by_money_.end(), std::size_t{0});
    std::stable_sort(by_money_.begin(), by_money_.end(), [&](std::size_t a, std::size_t b) { return ways_[a].campaign.money() < ways_[b].campaign.money(); });
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

std::vector<AppraisalArm> AppraisalAnalysis::first_arms() const {
    std::vector<AppraisalArm> all = arms_;
    all.insert(all.end(), relaxed_.begin(), relaxed_.end());
    all.insert(all.end(), other_arms_.begin(), other_arms_.end());
    return all;
}

Appraisal AppraisalAnalysis::result() {
    used_ = runs_.finished(arms_);
    if (used_.size() < least_finished)
        throw sim::InputError(
            fmt::format("only {} draws are finished in {}, but at least {} are expected", used_.size(), options_.log.string(), least_finished));
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
    made.drawn.parameters = runs_.draws().parameters;
    for (const std::size_t d : used_) {
        made.drawn.values.push_back(runs_.draws().values[d]);
        made.draws.push_back(static_cast<std::int32_t>(d));
    }
    made.tables = runs_.inputs().tables;
    made.regions = runs_.regions();
    made.nation_per_region = runs_.nation_per_region();
    return made;
}

bool AppraisalAnalysis::check_split(Appraisal& made) {
    if (options_.alternative_draws <= 0) return true;
    const auto& way = reference();
    const auto weights = weights_of_regions();
    const SplitPair found = best_split({way.campaign, *samples_, response_, weights, runs_.sizes(), runs_.regions(), runs_.inputs().tables, options_.base.end});
    const auto draws = static_cast<std::size_t>(std::min(options_.alternative_draws, options_.draws));
    CampaignOption split = way;
    split.campaign.intensity = found.best.intensity;
    AppraisalArm arm = runs_.arm_of(split);
    arm.kind = AppraisalArm::Kind::split;
    arm.draws = draws;
    if (!runs_.run({arm})) return false;
    std::vector<double> gain;
    for (const std::size_t d : runs_.finished({arm, arms_[middle()]})) gain.push_back(years_in(d, arm) - years_in(d, arms_[middle()]));
    const OfPairs told = of_pairs(gain);
    made.split = SplitResult{way.name, found.own, found.best, told.mean, told.error, gain.size()};
    return true;
}

std::size_t AppraisalAnalysis::split_runs() const {
    return options_.alternative_draws <= 0 ? 0 : 2 * static_cast<std::size_t>(std::min(options_.alternative_draws, options_.draws));
}

std::size_t AppraisalAnalysis::middle() const {
    const double money = ways_[by_money_[by_money_.size() / 2]].campaign.money();
    std::size_t place = 0;
    while (ways_[place].campaign.money() != money) ++place;
    return place;
}

double AppraisalAnalysis::years_in(std::size_t draw, const AppraisalArm& arm) const {
    double sum = 0;
    for (std::size_t y = 0; y < years(); ++y) sum += discount(static_cast<double>(y) + 0.5) * runs_.change(draw, arm, AppraisalFigures::at_work("both", y));
    return sum;
}

VectorXd AppraisalAnalysis::pulls(const Campaign& drawn, const models::Parameters& p, const AppraisalRuns& runs, sim::Month until) {
    return mechanisms_by_region(drawn, p, runs.sizes(), runs.regions(), runs.inputs().tables, until).colwise().sum();
}

std::vector<MatrixXd> AppraisalAnalysis::features(const std::vector<const Campaign*>& campaigns, const AppraisalSamples& samples, std::size_t used,
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

std::vector<const Campaign*> AppraisalAnalysis::campaigns() const {
    std::vector<const Campaign*> all;
    for (const auto& way : ways_) all.push_back(&way.campaign);
    return all;
}

MatrixXd AppraisalAnalysis::stacked(const std::vector<MatrixXd>& parts) {
    MatrixXd all(static_cast<Index>(parts.size()) * parts[0].rows(), parts[0].cols());
    for (std::size_t a = 0; a < parts.size(); ++a) all.middleRows(static_cast<Index>(a) * parts[0].rows(), parts[0].rows()) = parts[a];
    return all;
}

MatrixXd AppraisalAnalysis::of_used(const MatrixXd& all) const {
    MatrixXd found(static_cast<Index>(used_.size()), all.cols());
    for (std::size_t u = 0; u < used_.size(); ++u) found.row(static_cast<Index>(u)) = all.row(static_cast<Index>(used_[u]));
    return found;
}

void AppraisalAnalysis::fit() {
    const AppraisalSamples of_draws(ways_, runs_.draws(), draws(), options_.seed, options_.base.parameters);
    const std::size_t rows = ways_.size() * used_.size();
    std::vector<std::size_t> group(rows);
    MatrixXd effects(static_cast<Index>(rows), static_cast<Index>(1 + 2 * years()));
    MatrixXd starters(static_cast<Index>(rows), static_cast<Index>(pilot_months.size()));
    raw_years_.assign(ways_.size(), std::vector<double>(used_.size()));
    for (std::size_t a = 0; a < ways_.size(); ++a)
        for (std::size_t u = 0; u < used_.size(); ++u) {
            const std::size_t d = used_[u];
            const auto row = static_cast<Index>(a * used_.size() + u);
            group[a * used_.size() + u] = u;
            effects(row, 0) = raw_years_[a][u] = years_in(d, arms_[a]);
            for (std::size_t y = 0; y < years(); ++y) {
                effects(row, static_cast<Index>(1 + y)) = runs_.change(d, arms_[a], AppraisalFigures::at_work("technicians", y));
                effects(row, static_cast<Index>(1 + years() + y)) = runs_.change(d, arms_[a], AppraisalFigures::at_work("ict_workers", y));
            }
            for (std::size_t m = 0; m < pilot_months.size(); ++m) starters(row, static_cast<Index>(m)) = starters_change(a, d, pilot_months[m]);
        }
    const MatrixXd z = of_used(of_draws.others(of_draws));
    const MatrixXd others = z.replicate(static_cast<Index>(ways_.size()), 1);
    const auto features_of_used = [&](sim::Month until) {
        auto parts = features(campaigns(), of_draws, draws(), until);
        for (auto& part : parts) part = of_used(part);
        return stacked(parts);
    };
    const MatrixXd x = features_of_used(options_.base.end);
    for (std::size_t m = 0; m < pilot_months.size(); ++m) {
        const MatrixXd early = features_of_used(runs_.entry() + (pilot_months[m] - 1));
        starters_[m] = ExpectedEffect(early, ExpectedEffect::alike(early), MatrixXd(early.rows(), 0), starters.col(static_cast<Index>(m)), group,
                                      options_.resamples, options_.seed);
    }
    // Who works follows who began: how the mechanisms weigh against one another is told far better by starters, whose chance is small. Retention begins
    // nothing and has a direction of its own.
    const auto directions = [&](int resample) {
        MatrixXd found = MatrixXd::Zero(x.cols(), 2);
        found.col(0) = starters_.back().coefficients(resample).col(0);
        found(x.cols() - 1, 0) = 0;
        found(x.cols() - 1, 1) = 1;
        return found;
    };
    std::vector<MatrixXd> of_resamples;
    for (std::size_t r = 0; r < options_.resamples; ++r) of_resamples.push_back(directions(static_cast<int>(r)));
    response_ = ExpectedEffect(x, directions(ExpectedEffect::none), others, effects, group, options_.resamples, options_.seed, of_resamples);
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

double AppraisalAnalysis::starters_change(std::size_t a, std::size_t d, int months) const {
    double with = 0, without = 0;
    for (const auto& region : runs_.regions()) {
        with += runs_.value(d, arms_[a], AppraisalFigures::starters(months, region));
        without += runs_.value(d, AppraisalArm{}, AppraisalFigures::starters(months, region));
    }
    return without > 0 ? with / without - 1 : 0;
}

std::vector<double> AppraisalAnalysis::weights_of_regions() const {
    const int months = pilot_months.back();
    const AppraisalSamples of_draws(ways_, runs_.draws(), draws(), options_.seed, options_.base.parameters);
    std::vector<double> weights;
    for (std::size_t r = 0; r < runs_.regions().size(); ++r) {
        double product = 0, square = 0, left = 0;
        std::size_t rows = 0;
        for (std::size_t a = 0; a < ways_.size(); ++a)
            for (const std::size_t d : used_) {
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

}  // namespace experiments
