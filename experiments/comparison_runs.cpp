#include "experiments/comparison_runs.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>

#include "experiments/plan.hpp"
#include "experiments/plan_in_force.hpp"
#include "models/indicators.hpp"
#include "models/month.hpp"
#include "models/series.hpp"
#include "sim/random.hpp"

namespace experiments {
namespace {

/// What a run of a scenario depends on, in words, but for its measures.
std::string ground_text(Scenario scenario) {
    scenario.name = scenario.description = {};
    scenario.start = first_month;
    scenario.seed.reset();
    scenario.measures.clear();
    return scenario_text(scenario);
}

/// Each measure in full, with its start.
std::map<std::string, sim::Month> measures_of(const Scenario& scenario) {
    std::map<std::string, sim::Month> found;
    for (const auto& measure : scenario.measures) {
        Scenario one;
        one.measures = {measure};
        found.emplace(scenario_text(one), measure.start);
    }
    return found;
}

/// A world in the middle of a run, with what is counted of it.
struct State {
    models::World world;
    models::Indicators indicators;
    PolicyRecord record = {};
};

/// Makes every value from a month on missing, as in series that were never written so far.
void forget(sim::Trajectory& series, sim::Month from) {
    for (std::size_t time = static_cast<std::size_t>(from - series.first() + 1); time < series.points(); ++time)
        for (std::size_t s = 0; s < series.size(); ++s) {
            const auto id = static_cast<sim::SeriesId>(s);
            if (series.info(id).type == sim::SeriesType::count)
                std::ranges::fill(series.counts(id, 0, time), sim::missing_count);
            else
                std::ranges::fill(series.reals(id, 0, time), std::numeric_limits<double>::quiet_NaN());
        }
}

/// Goes on to the end; `before` is called before each month. False when stopped.
bool simulate(State& state, const Scenario& scenario, const RunGround& ground, const std::function<void(sim::Month)>& before) {
    auto schedule = models::month_schedule(&state.indicators);
    const Plan plan(scenario.parameters, scenario.measures, ground.tables->regions.names);
    PlanInForce in_force(scenario.parameters, plan);
    std::vector<std::string> names;
    for (const auto& measure : plan.measures()) names.push_back(measure.name);
    while (state.world.month < ground.end) {
        const sim::Month month = state.world.month + 1;
        if (before) before(month);
        if (ground.stop && ground.stop()) return false;
        in_force.apply(state.world, month);
        schedule.run(state.world, month);
        state.record.add(state.world, names);
    }
    return true;
}

}  // namespace

sim::Month first_difference(const Scenario& base, const Scenario& arm) {
    if (ground_text(base) != ground_text(arm)) return first_month;
    const auto without = measures_of(base), with = measures_of(arm);
    sim::Month first = base.end + 1;
    for (const auto& [one, other] : {std::pair(&without, &with), std::pair(&with, &without)})
        for (const auto& [words, start] : *one)
            if (!other->contains(words)) first = std::min(first, std::max(start, first_month));
    return first;
}

Scenario with_sham(Scenario scenario, const models::World& start) {
    auto& search = scenario.parameters.search;
    search.sham_month = first_month.number();
    for (sim::Row row = 0; row < start.persons.size() && search.sham_seeker == 0xFFFFFFFFU; ++row)
        if (start.resident(row) && start.persons.record[row].status == models::LabourStatus::unemployed) search.sham_seeker = row;
    return scenario;
}

double bytes_beside_others(const models::World& start, std::size_t copies) {
    // Of a person in a run and in a kept copy, and of a run's series and buffers.
    constexpr double bytes_a_person = 170, bytes_a_copy = 60, bytes_a_run = 60e6;
    return static_cast<double>(start.persons.size()) * (bytes_a_person + bytes_a_copy * static_cast<double>(copies)) + bytes_a_run;
}

std::size_t copies_of(const std::vector<sim::Month>& leaves, sim::Month end) {
    std::set<sim::Month> months;
    for (const auto month : leaves)
        if (month > first_month && month <= end) months.insert(month);
    return months.size();
}

bool run_with_arms(const RunGround& ground, std::uint32_t replicate, const PlannedRun& base, std::vector<PlannedRun> arms) {
    sim::Trajectory series({static_cast<std::int32_t>(replicate)}, first_month, ground.end - first_month + 2);
    const models::SeriesIds ids = models::add_series(series, *ground.tables);
    const auto begin = [&](const Scenario& scenario) {
        auto state = std::make_unique<State>(State{*ground.start, models::Indicators(series, ids, 0)});
        state->world.random = sim::Random(ground.seed, replicate);
        const Plan plan(scenario.parameters, scenario.measures, ground.tables->regions.names);
        PlanInForce in_force(scenario.parameters, plan);
        in_force.apply(state->world, state->world.month + 1);
        state->indicators.start(state->world);
        return state;
    };

    std::map<sim::Month, std::unique_ptr<State>> kept;
    for (const auto& arm : arms)
        if (arm.leaves > first_month && arm.leaves <= ground.end) kept.emplace(arm.leaves, nullptr);
    auto state = begin(base.scenario);
    if (!simulate(*state, base.scenario, ground, [&](sim::Month month) {
            if (const auto found = kept.find(month); found != kept.end()) found->second = std::make_unique<State>(*state);
        }))
        return false;
    if (base.counted) base.counted(state->record);
    state.reset();
    base.finished(series);

    // All arms write into the same series: whoever leaves last comes first, so that the months before are still those of the base.
    std::stable_sort(arms.begin(), arms.end(), [](const PlannedRun& a, const PlannedRun& b) { return a.leaves > b.leaves; });
    for (std::size_t a = 0; a < arms.size(); ++a) {
        const auto& arm = arms[a];
        if (arm.leaves <= ground.end) {
            forget(series, arm.leaves);
            if (arm.leaves <= first_month) {
                state = begin(arm.scenario);
            } else {
                auto& there = kept.at(arm.leaves);
                const bool needed = a + 1 < arms.size() && arms[a + 1].leaves == arm.leaves;
                state = needed ? std::make_unique<State>(*there) : std::move(there);
            }
            const bool whole = simulate(*state, arm.scenario, ground, {});
            if (whole && arm.counted) arm.counted(state->record);
            state.reset();
            if (!whole) return false;
        }
        arm.finished(series);
    }
    return true;
}

}  // namespace experiments
