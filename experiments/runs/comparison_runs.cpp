#include "experiments/runs/comparison_runs.hpp"

#include <algorithm>
#include <iterator>
#include <limits>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "experiments/scenarios/plan.hpp"
#include "experiments/scenarios/plan_in_force.hpp"
#include "models/indicators.hpp"
#include "models/month.hpp"
#include "models/series.hpp"
#include "sim/random.hpp"

namespace experiments {
namespace {

/// Other draws make another outcome of the month for one in five unemployed people of these ages (34 of 160 in one run) and for one in thirteen of the oldest:
/// with so many of them no run stays the same.
constexpr std::size_t sham_seekers = 30;
constexpr int sham_age_from = 25, sham_age_until = 44;

/// What a run of a scenario depends on, in words, but for its measures.
std::string ground_text(Scenario scenario) {
    scenario.name = scenario.description = {};
    scenario.start = first_month;
    scenario.seed.reset();
    scenario.measures.clear();
    // The sham arm stands in no scenario file.
    const bool sham = !scenario.parameters.search.sham_seekers.empty();
    return scenario_text(scenario) + (sham ? "sham" : "");
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

/// What decides in which month two runs part.
struct Words {
    std::string ground;
    std::map<std::string, sim::Month> measures;
};
Words words_of(const Scenario& scenario) { return {ground_text(scenario), measures_of(scenario)}; }

sim::Month first_difference(const Words& base, const Words& arm, sim::Month end) {
    if (base.ground != arm.ground) return first_month;
    sim::Month first = end + 1;
    for (const auto& [one, other] : {std::pair(&base.measures, &arm.measures), std::pair(&arm.measures, &base.measures)})
        for (const auto& [words, start] : *one)
            if (!other->contains(words)) first = std::min(first, std::max(start, first_month));
    return first;
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

/// A run among others, and when it leaves the one that goes first.
struct Branch {
    const PlannedRun* run = nullptr;
    sim::Month leaves = first_month;
    Words words = {};
};

/// Runs that share months. All write into the same series: of those that leave another, whoever leaves last comes first, so that the months before are still
/// those of that other.
class SharedMonths {
public:
    SharedMonths(const RunGround& ground, std::uint32_t replicate)
        : ground_(ground),
          replicate_(replicate),
          series_({static_cast<std::int32_t>(replicate)}, first_month, ground.end - first_month + 2),
          ids_(models::add_series(series_, *ground.tables)) {}

    /// The first run, then those that leave it in their months.
    bool run(std::vector<Branch> runs) {
        // Of the first run the months are known in which the others leave it, so its words are not asked for.
        for (auto branch = runs.begin() + 1; branch != runs.end(); ++branch)
            if (ground_.shared_months)
                branch->words = words_of(branch->run->scenario);
            else if (branch->leaves <= ground_.end)
                branch->leaves = first_month;
        return lead(nullptr, first_month, std::move(runs));
    }

private:
    /// Goes on from a state (none: from the start) with the first of these runs, which agree in all months before `from`; the others leave it.
    bool lead(std::unique_ptr<State> state, sim::Month from, std::vector<Branch> runs) {
        const PlannedRun& first = *runs.front().run;
        std::map<sim::Month, std::vector<Branch>> leaving;
        for (auto branch = runs.begin() + 1; branch != runs.end(); ++branch) leaving[branch->leaves].push_back(std::move(*branch));
        std::map<sim::Month, std::unique_ptr<State>> kept;
        for (const auto& [month, branches] : leaving)
            if (month > first_month && month <= ground_.end) kept.emplace(month, nullptr);

        forget(series_, from);
        if (!state) state = begin(first.scenario);
        if (!simulate(*state, first.scenario, ground_, [&](sim::Month month) {
                if (const auto found = kept.find(month); found != kept.end()) found->second = std::make_unique<State>(*state);
            }))
            return false;
        finish(first, *state);
        for (auto like_first = leaving.upper_bound(ground_.end); like_first != leaving.end(); like_first = leaving.erase(like_first))
            for (const auto& branch : like_first->second) finish(*branch.run, *state);
        state.reset();

        while (!leaving.empty()) {
            auto group = leaving.extract(std::prev(leaving.end()));
            const sim::Month month = group.key();
            auto& branches = group.mapped();
            // They agree in the months before, also where their words do not show it (a campaign changes parameters that nothing reads before it starts).
            for (auto branch = branches.begin() + 1; branch != branches.end() && ground_.shared_months; ++branch)
                branch->leaves = std::max(month, first_difference(branches.front().words, branch->words, ground_.end));
            auto found = kept.find(month);
            if (!lead(found == kept.end() ? nullptr : std::move(found->second), month, std::move(branches))) return false;
        }
        return true;
    }

    std::unique_ptr<State> begin(const Scenario& scenario) {
        auto state = std::make_unique<State>(State{*ground_.start, models::Indicators(series_, ids_, 0)});
        state->world.random = sim::Random(ground_.seed, replicate_);
        const Plan plan(scenario.parameters, scenario.measures, ground_.tables->regions.names);
        PlanInForce in_force(scenario.parameters, plan);
        in_force.apply(state->world, state->world.month + 1);
        state->indicators.start(state->world);
        return state;
    }

    void finish(const PlannedRun& run, const State& state) const {
        if (run.counted) run.counted(state.record);
        run.finished(series_);
    }

    const RunGround& ground_;
    std::uint32_t replicate_;
    sim::Trajectory series_;
    models::SeriesIds ids_;
};

}  // namespace

sim::Month first_difference(const Scenario& base, const Scenario& arm) { return first_difference(words_of(base), words_of(arm), base.end); }

Scenario with_sham(Scenario scenario, const models::World& start) {
    auto& search = scenario.parameters.search;
    search.sham_month = first_month.number();
    for (sim::Row row = 0; row < start.persons.size() && search.sham_seekers.size() < sham_seekers; ++row)
        if (start.resident(row) && start.persons.record[row].status == models::LabourStatus::unemployed && start.age(row) >= sham_age_from &&
            start.age(row) <= sham_age_until)
            search.sham_seekers.push_back(row);
    return scenario;
}

double bytes_beside_others(const models::World& start, std::size_t copies) {
    // Of a person in a run and in a kept copy, and of a run's series and buffers.
    constexpr double bytes_a_person = 170, bytes_a_copy = 60, bytes_a_run = 60e6;
    return static_cast<double>(start.persons.size()) * (bytes_a_person + bytes_a_copy * static_cast<double>(copies)) + bytes_a_run;
}

std::size_t most_copies(const Scenario& base, const std::vector<Scenario>& arms) {
    std::map<std::pair<std::string, sim::Month>, std::size_t> holders;
    for (const auto& held : measures_of(base)) ++holders[held];
    for (const auto& arm : arms)
        for (const auto& held : measures_of(arm)) ++holders[held];
    std::set<sim::Month> months;
    for (const auto& [measure, scenarios] : holders)
        if (scenarios <= arms.size() && measure.second > first_month && measure.second <= base.end) months.insert(measure.second);
    return months.size();
}

bool run_with_arms(const RunGround& ground, std::uint32_t replicate, const PlannedRun& base, std::vector<PlannedRun> arms) {
    SharedMonths shared(ground, replicate);
    std::vector<Branch> runs{{&base, {}, {}}};
    for (const auto& arm : arms) runs.push_back({&arm, arm.leaves, {}});
    return shared.run(std::move(runs));
}

}  // namespace experiments
