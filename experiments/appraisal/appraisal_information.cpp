#include "experiments/appraisal/appraisal_analysis.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <boost/random/mersenne_twister.hpp>
#include <boost/random/uniform_real_distribution.hpp>

#include "experiments/appraisal/value_of_information.hpp"
#include "experiments/scenarios/prior.hpp"
#include "sim/parallel.hpp"

namespace experiments {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
/// Resamples that errors of values of information rest on: each takes all fits again.
constexpr std::size_t resamples_of_information = 30;
/// Samples that the relief of a link looks at, and how much stronger the link is there.
constexpr std::size_t relief_samples = 40;
constexpr double relief_factor = 1.5;

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

}  // namespace

MatrixXd AppraisalAnalysis::benefits(double threshold, int resample) const {
    MatrixXd made = MatrixXd::Zero(static_cast<Index>(options_.samples), static_cast<Index>(1 + ways_.size()));
    for (std::size_t a = 0; a < ways_.size(); ++a) {
        const VectorXd of = resample == ExpectedEffect::none ? VectorXd(expected_[a].col(0)) : VectorXd(years_resampled_[a].col(resample));
        made.col(static_cast<Index>(1 + a)) = (threshold * scale_up(a) * of).array() - cost(a);
    }
    return made;
}

MatrixXd AppraisalAnalysis::benefits_of_links(double threshold, int resample) const {
    MatrixXd made = MatrixXd::Zero(static_cast<Index>(options_.samples), static_cast<Index>(1 + ways_.size()));
    const MatrixXd at_mean = MatrixXd::Zero(others_of_samples_.rows(), others_of_samples_.cols());
    for (std::size_t a = 0; a < ways_.size(); ++a)
        made.col(static_cast<Index>(1 + a)) = (threshold * scale_up(a) * response_.at(features_[a], at_mean, resample).col(0)).array() - cost(a);
    return made;
}

std::size_t AppraisalAnalysis::best_campaign() const {
    const MatrixXd all = benefits(options_.threshold);
    Index best = 0;
    all.rightCols(static_cast<Index>(ways_.size())).colwise().mean().maxCoeff(&best);
    return static_cast<std::size_t>(best);
}

void AppraisalAnalysis::information(Appraisal& made) const {
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
    const MatrixXd assumed = samples_->of_campaign_status(models::Status::assumed);
    made.assumed_share = whole > 0 ? std::min(1.0, variance(expected_given(now, assumed).col(best)) / whole) : 0;
}

double AppraisalAnalysis::relief(Link link) const {
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

MatrixXd AppraisalAnalysis::later(const std::vector<MatrixXd>& effects, double months) const {
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

std::vector<MatrixXd> AppraisalAnalysis::effects(int resample, bool links_alone) const {
    std::vector<MatrixXd> found;
    const MatrixXd z = links_alone ? MatrixXd(MatrixXd::Zero(others_of_samples_.rows(), others_of_samples_.cols())) : others_of_samples_;
    for (const auto& x : features_) found.push_back(response_.at(x, z, resample));
    return found;
}

void AppraisalAnalysis::pilots(Appraisal& made) const {
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
    for (const std::size_t d : used_) {
        before.emplace_back();
        during.emplace_back();
        for (const auto& region : runs_.regions()) {
            before.back().push_back(runs_.value(d, AppraisalArm{}, AppraisalFigures::starters(-12, region)) * options_.scale);
            during.back().push_back(runs_.value(d, AppraisalArm{}, AppraisalFigures::starters(12, region)) * options_.scale);
            starters += during.back().back() / options_.scale / static_cast<double>(used_.size());
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

PilotResult AppraisalAnalysis::pilot(std::size_t piloted, std::size_t m, const MatrixXd& x, const PilotUnits& units, double share, double starters,
                                     const Placebo& placebo, const VectorXd& luck) const {
    PilotResult made;
    const int months = pilot_months[m];
    made.design = {units, std::max<std::size_t>(2, static_cast<std::size_t>(std::lround(share * static_cast<double>(units.count)))), months};
    const double a_year = starters * runs_.nation_per_region() / static_cast<double>(units.count);
    const double sampling = placebo.dispersion * (1 / a_year + 12 / (a_year * months));
    const double spread = std::sqrt(sampling + options_.pilot.place_spread * options_.pilot.place_spread);
    const auto log_effect = [&](int resample) { return VectorXd((1 + starters_[m].at(x, MatrixXd(x.rows(), 0), resample).col(0).array()).max(0.01).log()); };
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

}  // namespace experiments
