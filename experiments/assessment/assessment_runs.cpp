#include "experiments/assessment/assessment_runs.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "experiments/assessment/mixes.hpp"
#include "experiments/runs/run.hpp"
#include "models/series.hpp"
#include "regions/digest.hpp"
#include "regions/readers.hpp"
#include "sim/error.hpp"
#include "sim/short_digest.hpp"

namespace experiments {
namespace {

constexpr int least_draws = 2;
/// Months in which sets of measures leave the run of policy in place, about: those in which measures begin.
constexpr std::size_t months_of_leaving = 6;

}  // namespace

AssessmentRuns::AssessmentRuns(const AssessmentOptions& options, const RunsWatch& watch) : options_(options) {
    if (options.draws < least_draws) throw sim::InputError(fmt::format("draws are {}, but at least {} are expected", options.draws, least_draws));
    if (options.demands.empty()) throw sim::Bug("an assessment under no demand");
    players_ = players_of(options.plan, options.names);
    const auto regions = options.plan.regions.empty() ? regions::all_regions() : regions_in_order(options.plan.regions, regions::all_regions());
    if (options.mixes > 0) check_strongest(options.plan, players_, regions);
    inputs_ = read_inputs(options.data, regions, options.scale);
    figures_.emplace(regions, options.plan.end);
    sim::Trajectory like({0}, first_month, options.plan.end - first_month + 2);
    (void)models::add_series(like, inputs_.tables);
    moments_.emplace(figures_->figures(), like, Scales{1 / options.scale, 1}, "figures of the assessment");
    draws_ = parameter_draws(options.posterior, static_cast<std::size_t>(options.draws), options.seed, options.plan.end);
    std::vector<std::string> names, columns{"demand", "coalition", "what_if"};
    for (const auto& f : figures_->figures()) names.push_back(f.name);
    for (const auto& p : players_) names.push_back("spending " + p.name), names.push_back("participants " + p.name);
    for (auto& name : names) std::replace(name.begin(), name.end(), ',', ';');
    for (const auto& p : players_) columns.push_back("strength " + p.name);
    kept_.emplace(inputs_, KeptRunsOptions{options, options.plan.end, months_of_leaving, watch},
                  options.log.empty() ? std::make_unique<RunLog>() : std::make_unique<RunLog>(options.log, key(), columns, names, options.afresh));
}

std::string AssessmentRuns::key() const {
    // Demand for the climate is a column, so that a file serves any list of its scenarios.
    const auto text = [](Scenario scenario) {
        scenario.parameters.demand.green_jobs = 0;
        return scenario_text(scenario);
    };
    std::string scenarios = text(options_.plan);
    for (const auto& w : options_.what_ifs) scenarios += text(w);
    return fmt::format("{}, scale {}, seed {}, population seed {}, {} draws, scenarios {:016x}, tables {:016x}", regions::program_identity(), options_.scale,
                       options_.seed, options_.population_seed, options_.draws, sim::short_digest(scenarios), sim::short_digest(tables_text(inputs_)));
}

std::vector<double> AssessmentRuns::log_key(const AssessmentRun& run) const {
    std::vector<double> key{static_cast<double>(options_.demands.at(run.demand)), static_cast<double>(run.coalition), static_cast<double>(run.what_if)};
    key.insert(key.end(), run.strengths.begin(), run.strengths.end());
    key.resize(3 + players_.size(), 0.0);
    return key;
}

Scenario AssessmentRuns::under(Scenario scenario, std::size_t demand) const {
    scenario.parameters.demand.green_jobs = options_.demands.at(demand);
    return scenario;
}

Scenario AssessmentRuns::drawn(Scenario scenario, std::size_t draw) const {
    draws_.set(draw, scenario.parameters);
    draw_measures(scenario.measures, draw, static_cast<std::size_t>(options_.draws), options_.seed);
    return scenario;
}

PlannedRun AssessmentRuns::planned(Scenario scenario, sim::Month leaves, const AssessmentRun& run, std::size_t draw) {
    return kept_->planned(std::move(scenario), leaves, *moments_, log_key(run), draw, 2 * players_.size(),
                          [this](const PolicyRecord& record) { return money_of(record); });
}

std::vector<double> AssessmentRuns::money_of(const PolicyRecord& record) const {
    std::vector<double> money;
    for (const auto& player : players_) {
        double spending = 0, participants = 0;
        for (const auto& name : player.measures) {
            const auto stand = record.at(name, options_.plan.end);
            spending += stand.spending;
            participants += static_cast<double>(stand.people[models::index_of(models::PolicyFlow::participants)]) / options_.scale;
        }
        money.push_back(spending);
        money.push_back(participants);
    }
    return money;
}

bool AssessmentRuns::run_sets() {
    const auto draws = static_cast<std::size_t>(options_.draws);
    return kept_->run_all(options_.demands.size() * draws, [&](std::size_t i) { run_sets_of(i / draws, i % draws); });
}

void AssessmentRuns::run_sets_of(std::size_t demand, std::size_t draw) {
    if (kept_->stop()) return;
    struct ToRun {
        Scenario scenario;
        AssessmentRun run;
    };
    const Scenario plan = under(options_.plan, demand);
    const AssessmentRun all{demand, everybody()};
    std::vector<ToRun> wanted;
    for (const Coalition c : coalitions_of(order_of_draw(players_.size(), options_.seed, draw)))
        if (c != everybody()) wanted.push_back({with_coalition(plan, players_, c), {demand, c}});
    for (std::size_t w = 0; w < options_.what_ifs.size(); ++w)
        wanted.push_back({under(options_.what_ifs[w], demand), {demand, everybody(), static_cast<int>(w + 1)}});
    wanted.push_back({with_sham(plan, kept_->start()), {demand, everybody(), AssessmentRun::sham}});
    const std::size_t beside_all = wanted.size();
    std::erase_if(wanted, [&](const ToRun& w) { return kept_->has(log_key(w.run), draw); });
    if (wanted.empty() && kept_->has(log_key(all), draw)) return kept_->found(beside_all + 1);
    kept_->found(beside_all - wanted.size());
    std::vector<PlannedRun> arms;
    for (const auto& w : wanted) {
        const sim::Month leaves = w.run.what_if == AssessmentRun::sham ? first_month : first_difference(plan, w.scenario);
        arms.push_back(planned(drawn(w.scenario, draw), leaves, w.run, draw));
    }
    kept_->run(draw, planned(drawn(plan, draw), first_month, all, draw), std::move(arms));
}

bool AssessmentRuns::run_mixes(std::size_t demand, const std::vector<std::vector<double>>& mixes) {
    const auto draws = static_cast<std::size_t>(options_.draws);
    const Scenario plan = under(options_.plan, demand);
    // Nothing is shared: what is in place from the first month on has another dose in nearly every mix.
    return kept_->run_all(mixes.size() * draws, [&](std::size_t i) {
        if (kept_->stop()) return;
        const std::size_t draw = i % draws;
        const AssessmentRun run{demand, everybody(), AssessmentRun::mix, mixes[i / draws]};
        if (kept_->has(log_key(run), draw)) return kept_->found(1);
        kept_->run(draw, planned(with_mix(drawn(plan, draw), plan, players_, run.strengths), first_month, run, draw), {});
    });
}

}  // namespace experiments
