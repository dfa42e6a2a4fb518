#include "experiments/appraisal/appraisal_runs.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "experiments/runs/run.hpp"
#include "models/series.hpp"
#include "regions/digest.hpp"
#include "regions/readers.hpp"
#include "sim/error.hpp"
#include "sim/short_digest.hpp"

namespace experiments {
namespace {

constexpr int least_draws = 2;
/// Months in which arms leave the base, about: those in which campaigns begin.
constexpr std::size_t months_of_leaving = 2;

/// The first month in which a scenario with added measures differs from the base: that of the first of these. What a campaign changes of the parameters of
/// awareness moves nothing before (campaign_response.hpp); the month after the end where nothing is added.
sim::Month leaves_in(const Scenario& base, const Scenario& arm) {
    std::set<std::string> there;
    for (const auto& measure : base.measures) there.insert(measure.name);
    sim::Month first = base.end + 1;
    for (const auto& measure : arm.measures)
        if (!there.contains(measure.name)) first = std::min(first, std::max(measure.start, first_month));
    return first;
}

}  // namespace

std::vector<CampaignOption> options_of(const AppraisalOptions& options) {
    std::vector<CampaignOption> made;
    for (const auto& campaign : options.campaigns) {
        if (options.budgets.empty()) made.push_back({campaign.name, campaign});
        for (const double budget : options.budgets) {
            const std::string name = fmt::format("{} at {:g} million", campaign.name, budget / 1e6);
            made.push_back({options.budgets.size() > 1 || options.campaigns.size() == 1 ? name : campaign.name, campaign.at_budget(budget)});
        }
    }
    return made;
}

double number_of_text(const std::string& text) { return static_cast<double>(sim::short_digest(text) >> 12U); }

AppraisalRuns::AppraisalRuns(const AppraisalOptions& options, const RunsWatch& watch) : options_(options) {
    if (options.draws < least_draws) throw sim::InputError(fmt::format("draws are {}, but at least {} are expected", options.draws, least_draws));
    if (options.campaigns.empty()) throw sim::Bug("an appraisal of no campaign");
    regions_ = options.base.regions.empty() ? regions::all_regions() : regions_in_order(options.base.regions, regions::all_regions());
    std::size_t months = 0;
    entry_ = options.campaigns.front().start;
    for (const auto& campaign : options.campaigns) {
        entry_ = std::min(entry_, campaign.start);
        months = std::max(months, campaign.budget.size());
        if (campaign.start + 11 > options.base.end)
            throw sim::InputError(fmt::format("campaign {} starts in {}, but runs end in {}: a year at least is expected between", campaign.name,
                                              campaign.start.text(), options.base.end.text()));
        for (const auto& region : campaign.regions)
            if (std::find(regions_.begin(), regions_.end(), region) == regions_.end())
                throw sim::InputError(fmt::format("campaign {} runs in {}, which is no region of the runs", campaign.name, region));
    }
    regions::DataFolder folder = regions::tables_under(options.data);
    sizes_ = group_sizes(folder, regions_);
    inputs_ = read_inputs(folder, regions_, options.scale);
    nation_ = nation_per_inhabitant(folder, inputs_.tables);
    figures_.emplace(regions_, entry_, months, options.base.end);
    sim::Trajectory like({0}, first_month, options.base.end - first_month + 2);
    (void)models::add_series(like, inputs_.tables);
    moments_.emplace(figures_->figures(), like, Scales{1 / options.scale, 1}, "figures of the appraisal");
    draws_ = parameter_draws(options.posterior, static_cast<std::size_t>(options.draws), options.seed, options.base.end);
    std::vector<std::string> names;
    for (const auto& f : figures_->figures()) names.push_back(f.name);
    names.emplace_back("spending");
    for (auto& name : names) std::replace(name.begin(), name.end(), ',', ';');
    auto log = options.log.empty() ? std::make_unique<RunLog>()
                                   : std::make_unique<RunLog>(options.log, key(), std::vector<std::string>{"kind", "of", "money"}, names, options.afresh);
    kept_.emplace(inputs_, KeptRunsOptions{options, options.base.end, months_of_leaving, watch}, std::move(log));
}

std::string AppraisalRuns::key() const {
    return fmt::format("{}, scale {}, seed {}, population seed {}, {} draws, entry {}, discount {}, scenario {:016x}, tables {:016x}",
                       regions::program_identity(), options_.scale, options_.seed, options_.population_seed, options_.draws, entry_.text(),
                       options_.discount_rate, sim::short_digest(scenario_text(options_.base)), sim::short_digest(tables_text(inputs_)));
}

Scenario AppraisalRuns::base_of(std::size_t draw) const {
    Scenario scenario = options_.base;
    draws_.set(draw, scenario.parameters);
    draw_measures(scenario.measures, draw, static_cast<std::size_t>(options_.draws), options_.seed);
    return scenario;
}

Scenario AppraisalRuns::with(Scenario scenario, Campaign campaign, std::size_t draw) const {
    draw_campaign(campaign, draw, static_cast<std::size_t>(options_.draws), options_.seed);
    return with_campaign(std::move(scenario), campaign, sizes_, regions_, inputs_.tables);
}

AppraisalArm AppraisalRuns::arm_of(const CampaignOption& option) const {
    // Name and words of a campaign change nothing; what it does is in its text, budget and intensity.
    std::string what = option.campaign.text;
    for (const double euro : option.campaign.budget) what += fmt::format(" {}", euro);
    for (const auto& by_group : option.campaign.intensity) what += fmt::format(" {} {}", by_group[0], by_group[1]);
    return {AppraisalArm::Kind::campaign, number_of_text(what), option.campaign.euro_a_year(), static_cast<std::size_t>(options_.draws),
            [this, campaign = option.campaign](std::size_t draw) { return with(base_of(draw), campaign, draw); }};
}

PlannedRun AppraisalRuns::planned(Scenario scenario, sim::Month leaves, const AppraisalArm& arm, std::size_t draw) {
    std::vector<std::string> paid;
    if (arm.kind == AppraisalArm::Kind::alternative)
        for (const auto& measure : scenario.measures)
            if (std::find_if(options_.base.measures.begin(), options_.base.measures.end(), [&](const Measure& m) { return m.name == measure.name; }) ==
                options_.base.measures.end())
                paid.push_back(measure.name);
    return kept_->planned(std::move(scenario), leaves, *moments_, log_key(arm), draw, 1, [this, paid](const PolicyRecord& record) {
        double spent = 0;
        for (const auto& name : paid) {
            double before = 0;
            for (sim::Month month = entry_; month <= options_.base.end; ++month) {
                const double now = record.at(name, month).spending;
                spent += (now - before) * discount_factor(options_.discount_rate, (month - entry_) + 0.5);
                before = now;
            }
        }
        return std::vector<double>{spent};
    });
}

std::size_t AppraisalRuns::planned(const std::vector<AppraisalArm>& arms) const {
    std::size_t runs = 0;
    for (std::size_t draw = 0; draw < static_cast<std::size_t>(options_.draws); ++draw) {
        if (!mine(draw)) continue;
        std::size_t here = 0;
        for (const auto& arm : arms) here += draw < arm.draws ? 1 : 0;
        runs += here > 0 ? here + 1 : 0;
    }
    return runs;
}

std::vector<std::size_t> AppraisalRuns::finished(const std::vector<AppraisalArm>& arms) const {
    std::vector<std::size_t> found;
    for (std::size_t draw = 0; draw < static_cast<std::size_t>(options_.draws); ++draw)
        if (kept_->has(log_key(AppraisalArm{}), draw) &&
            std::all_of(arms.begin(), arms.end(), [&](const AppraisalArm& arm) { return draw < arm.draws && kept_->has(log_key(arm), draw); }))
            found.push_back(draw);
    return found;
}

bool AppraisalRuns::run(const std::vector<AppraisalArm>& arms) {
    return kept_->run_all(static_cast<std::size_t>(options_.draws), [&](std::size_t draw) {
        if (mine(draw)) run_draw(arms, draw);
    });
}

void AppraisalRuns::run_draw(const std::vector<AppraisalArm>& arms, std::size_t draw) {
    if (kept_->stop()) return;
    std::vector<const AppraisalArm*> wanted;
    std::size_t here = 0;
    std::set<std::vector<double>> seen;
    for (const auto& arm : arms) {
        if (draw >= arm.draws) continue;
        ++here;
        if (!kept_->has(log_key(arm), draw) && seen.insert(log_key(arm)).second) wanted.push_back(&arm);
    }
    if (here == 0) return;
    const AppraisalArm base;
    if (wanted.empty() && kept_->has(log_key(base), draw)) return kept_->found(here + 1);
    kept_->found(here - wanted.size());
    const Scenario without = base_of(draw);
    std::vector<PlannedRun> runs;
    for (const auto* arm : wanted) {
        Scenario scenario = arm->scenario(draw);
        const sim::Month leaves = leaves_in(without, scenario);
        runs.push_back(planned(std::move(scenario), leaves, *arm, draw));
    }
    kept_->run(draw, planned(without, first_month, base, draw), std::move(runs));
}

}  // namespace experiments
