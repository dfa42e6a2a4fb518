#include "experiments/comparison/comparison.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>
#include <mutex>
#include <utility>

#include <fmt/format.h>

#include "experiments/runs/comparison_runs.hpp"
#include "experiments/runs/simulator.hpp"
#include "models/series.hpp"
#include "regions/readers.hpp"
#include "regions/synthesis.hpp"
#include "sim/error.hpp"
#include "sim/memory.hpp"
#include "sim/nearest_word.hpp"
#include "sim/parallel.hpp"

namespace experiments {
namespace {

using Clock = std::chrono::steady_clock;

/// Pairs of runs that a precision adds at a time.
constexpr int replicates_at_a_time = 4;

void check(const ComparisonOptions& options) {
    if (options.replicates < 2) throw sim::InputError(fmt::format("replicates are {}, but at least 2 are expected", options.replicates));
    if (options.draws != 0 && options.draws < least_draws)
        throw sim::InputError(fmt::format("draws are {}, but at least {} are expected", options.draws, least_draws));
    if (options.draws > 0 && !options.posterior) throw sim::Bug("draws without a posterior");
    if (options.draws > 0 && options.precision)
        throw sim::InputError("a wished precision adds replicates with the parameters as they are; with draws of the parameters more draws are expected");
    for (const auto& arm : options.arms) {
        if (arm.regions != options.base.regions)
            throw sim::InputError(fmt::format("scenario {} has other regions than {}; arms of a comparison share the base's", arm.name, options.base.name));
        if (arm.end != options.base.end)
            throw sim::InputError(fmt::format("scenario {} ends in {}, but {} in {}; arms of a comparison end with the base", arm.name, arm.end.text(),
                                              options.base.name, options.base.end.text()));
    }
}

/// Whether the wage elasticity of demand can change a run. While contract wages do not answer to tightness they are those of the tables in every run, and so is
/// the demand that answers to them.
bool wages_answer(const ComparisonOptions& options) {
    const auto answers = [](const Scenario& scenario) { return scenario.parameters.wages.contract_elasticity != 0; };
    return options.draws > 0 || answers(options.base) || std::any_of(options.arms.begin(), options.arms.end(), answers);
}

/// One base run with the runs that belong to it.
struct Cell {
    Elasticity elasticity = Elasticity::central;
    std::uint32_t replicate = 0;
    std::size_t draw = 0;  ///< in use where there are draws
    bool sham = false;     ///< the sham arm alone, without a base
    /// Figures found: of the base and of each arm, for every arm's months; of the sham arm for every arm's months.
    std::vector<std::vector<double>> base, arm;
    std::vector<PairOfGates> gates;  ///< by arm
};

class Runs {
public:
    Runs(const ComparisonOptions& options, const RunsWatch& watch) : options_(options), watch_(watch) {
        check(options);
        const auto regions = options.base.regions.empty() ? regions::all_regions() : regions_in_order(options.base.regions, regions::all_regions());
        inputs_ = read_inputs(options.data, regions, options.scale);
        outcomes_ = outcomes_of(regions);
        sim::Trajectory like({0}, first_month, options.base.end - first_month + 2);
        (void)models::add_series(like, inputs_.tables);
        for (const auto& arm : options.arms) {
            leaves_.push_back(first_difference(options.base, arm));
            entry_.push_back(leaves_.back() > options.base.end ? first_month : leaves_.back());
            figures_.emplace_back(outcomes_, entry_.back(), options.base.end, like, options.scale);
            gates_.emplace_back(options.base, arm, entry_.back());
        }
        if (options.draws > 0) draws_ = parameter_draws(*options.posterior, static_cast<std::size_t>(options.draws), options.seed, options.base.end);
        if (options.precision) precise_outcome_ = outcome_named(options.precision->outcome);
    }

    std::optional<Comparison> run() {
        start_ = regions::synthesise(inputs_.tables, inputs_.start, models::Parameters{}, {options_.population_seed, options_.scale, true});
        const int pairs = options_.draws > 0 ? options_.draws : options_.replicates;
        add_pairs(0, pairs);
        for (const auto elasticity : {Elasticity::low, Elasticity::high})
            for (int i = 0; i < pairs && wages_answer(options_); ++i) cells_.push_back(cell(elasticity, i, i, false));
        for (int d = 0, next = pairs; d < std::min(options_.draws, noise_draws); ++d)
            for (int r = 1; r < options_.replicates; ++r) again_.push_back(cells_.size()), cells_.push_back(cell(Elasticity::central, next++, d, false));
        run_cells(0);
        while (!stopped_ && options_.precision && !precise() && static_cast<int>(pairs_.size()) < options_.precision->most_replicates) {
            const std::size_t done = cells_.size();
            const int from = static_cast<int>(pairs_.size());
            const int to = std::min(from + replicates_at_a_time, options_.precision->most_replicates);
            add_pairs(from, to);
            // Of each pair the base, the sham arm and all arms.
            if (watch_.runs_announced) watch_.runs_announced(static_cast<std::size_t>(to - from) * (2 + options_.arms.size()));
            run_cells(done);
        }
        if (stopped_) return std::nullopt;
        return comparison();
    }

private:
    static Cell cell(Elasticity elasticity, int replicate, int draw, bool sham) {
        Cell made;
        made.elasticity = elasticity;
        made.replicate = static_cast<std::uint32_t>(replicate);
        made.draw = static_cast<std::size_t>(draw);
        made.sham = sham;
        return made;
    }

    /// Pairs at the central elasticity, with their sham arms.
    void add_pairs(int from, int to) {
        for (int i = from; i < to; ++i) {
            pairs_.push_back(cells_.size());
            cells_.push_back(cell(Elasticity::central, i, i, false));
        }
        for (int i = from; i < to; ++i) {
            shams_.push_back(cells_.size());
            cells_.push_back(cell(Elasticity::central, i, i, true));
        }
    }

    [[nodiscard]] std::size_t outcome_named(const std::string& name) const {
        std::vector<std::string> names;
        for (std::size_t o = 0; o < outcomes_.size(); ++o) {
            if (!outcomes_[o].region.empty()) continue;
            if (outcomes_[o].figure.name == name) return o;
            names.push_back(outcomes_[o].figure.name);
        }
        throw sim::InputError(fmt::format("no outcome is named '{}'; did you mean {}?", name, sim::nearest_word(name, names)));
    }

    /// With the draw and the elasticity of a cell; as sham arm with other luck of thirty unemployed people in the first month.
    [[nodiscard]] Scenario scenario_of(Scenario scenario, const Cell& cell) const {
        if (options_.draws > 0) {
            draws_.set(cell.draw, scenario.parameters);
            draw_measures(scenario.measures, cell.draw, static_cast<std::size_t>(options_.draws), options_.seed);
        }
        if (cell.elasticity != Elasticity::central) models::find_parameter(elasticity_parameter)->set(scenario.parameters, value_of(cell.elasticity));
        return cell.sham ? with_sham(std::move(scenario), start_) : scenario;
    }

    [[nodiscard]] bool stop() {
        const std::lock_guard lock(mutex_);
        if (!stopped_ && watch_.stop) stopped_ = watch_.stop() != 0;
        return stopped_;
    }

    void run_done(Clock::time_point& since, double& seconds, std::size_t& count) {
        const auto now = Clock::now();
        const std::lock_guard lock(mutex_);
        seconds += std::chrono::duration<double>(now - since).count();
        ++count;
        since = now;
        if (watch_.run_done) watch_.run_done();
    }

    void run_cells(std::size_t from) {
        // Where memory holds no copies beside a run, every arm is a whole run.
        const double with_copies = bytes_beside_others(start_, most_copies(options_.base, options_.arms));
        const bool copies_fit = options_.shared_months && with_copies <= static_cast<double>(sim::available_memory());
        const bool side_by_side = fit_side_by_side(copies_fit ? with_copies : bytes_beside_others(start_, 0), options_.threads);
        sim::for_each_run(cells_.size() - from, side_by_side, [&](std::size_t i) { run_cell(cells_[from + i], copies_fit); });
    }

    void run_cell(Cell& cell, bool shared_months) {
        if (stop()) return;
        const RunGround ground{&inputs_.tables, &start_, options_.base.end, options_.seed, [&] { return stop(); }, shared_months};
        auto since = Clock::now();
        PlannedRun base{scenario_of(options_.base, cell), first_month, [&](const sim::Trajectory& series) {
                            for (const auto& figures : figures_) cell.base.push_back(figures.of(series));
                            if (cell.sham)
                                run_done(since, arm_seconds_, arm_runs_);
                            else
                                run_done(since, base_seconds_, base_runs_);
                        }};
        PolicyRecord of_base;
        base.counted = [&](const PolicyRecord& record) { of_base = record; };
        std::vector<PlannedRun> arms;
        cell.arm.resize(options_.arms.size());
        cell.gates.resize(options_.arms.size());
        for (std::size_t a = 0; a < options_.arms.size() && !cell.sham; ++a)
            arms.push_back({scenario_of(options_.arms[a], cell), leaves_[a],
                            [&, a](const sim::Trajectory& series) {
                                cell.arm[a] = figures_[a].of(series);
                                run_done(since, arm_seconds_, arm_runs_);
                            },
                            [&, a](const PolicyRecord& record) { cell.gates[a] = gates_[a].of(of_base, record); }});
        (void)run_with_arms(ground, cell.replicate, base, std::move(arms));
    }

    /// Figures of cells by their places: of the base, an arm, or the sham arm, for the months of an arm.
    [[nodiscard]] std::vector<double> of_base(const std::vector<std::size_t>& cells, std::size_t arm, std::size_t figure) const {
        std::vector<double> values;
        for (const auto c : cells) values.push_back(cells_[c].base[arm][figure]);
        return values;
    }
    [[nodiscard]] std::vector<double> of_arm(const std::vector<std::size_t>& cells, std::size_t arm, std::size_t figure) const {
        std::vector<double> values;
        for (const auto c : cells) values.push_back(cells_[c].arm[arm][figure]);
        return values;
    }

    [[nodiscard]] std::vector<std::size_t> pairs_at(Elasticity elasticity) const {
        if (elasticity == Elasticity::central || !wages_answer(options_)) return pairs_;
        std::vector<std::size_t> found;
        for (std::size_t c = 0; c < cells_.size(); ++c)
            if (cells_[c].elasticity == elasticity) found.push_back(c);
        return found;
    }

    /// Differences of a draw's replicates, one list a draw that has several.
    [[nodiscard]] std::vector<std::vector<double>> replicated(std::size_t arm, std::size_t outcome) const {
        std::vector<std::vector<double>> lists;
        for (int d = 0; d < std::min(options_.draws, noise_draws); ++d) {
            const auto difference = [&](std::size_t c) { return cells_[c].arm[arm][outcome] - cells_[c].base[arm][outcome]; };
            lists.push_back({difference(pairs_[static_cast<std::size_t>(d)])});
            for (const auto c : again_)
                if (cells_[c].draw == static_cast<std::size_t>(d)) lists.back().push_back(difference(c));
        }
        return lists;
    }

    [[nodiscard]] Effect effect(Elasticity elasticity, std::size_t arm, std::size_t outcome) const {
        const auto pairs = pairs_at(elasticity);
        const std::vector<std::size_t> shams(shams_.begin(), shams_.begin() + static_cast<std::ptrdiff_t>(pairs.size()));
        const auto base = of_base(pairs, arm, outcome), with = of_arm(pairs, arm, outcome);
        // The noise floor is that of the central elasticity: its sham arm shifted to the base here.
        auto sham = of_base(shams, arm, outcome);
        const auto central = of_base({pairs_.begin(), pairs_.begin() + static_cast<std::ptrdiff_t>(pairs.size())}, arm, outcome);
        for (std::size_t i = 0; i < sham.size(); ++i) sham[i] += base[i] - central[i];
        Effect made = options_.draws > 0 ? effect_of_draws(base, with, sham, replicated(arm, outcome)) : effect_of(base, with, sham);
        const auto agents = [&](const std::vector<double>& figures) {
            double sum = 0;
            for (const double figure : figures) sum += figure;
            return sum / static_cast<double>(figures.size());
        };
        made.agents = std::max(agents(of_base(pairs, arm, outcomes_.size() + outcome)), agents(of_arm(pairs, arm, outcomes_.size() + outcome)));
        return made;
    }

    [[nodiscard]] bool precise() const {
        for (std::size_t arm = 0; arm < options_.arms.size(); ++arm) {
            const auto found = effect(Elasticity::central, arm, precise_outcome_);
            if (!((found.mean.high - found.mean.low) / 2 <= options_.precision->half_width)) return false;
        }
        return true;
    }

    void reckon_gates(std::size_t a, ArmEffects& arm) const {
        std::vector<PairOfGates> pairs;
        for (const auto c : pairs_) pairs.push_back(cells_[c].gates[a]);
        const auto mean = [&](const auto& of_pair) {
            std::vector<double> values;
            for (const auto& pair : pairs) values.push_back(of_pair(pair));
            return mean_of_pairs(values);
        };
        arm.spending = mean([](const PairOfGates& pair) { return pair.spending; });
        for (std::size_t m = 0; m < gates_[a].paid().size(); ++m)
            arm.spending_on.emplace_back(gates_[a].paid()[m], mean([m](const PairOfGates& pair) { return pair.spending_on[m]; }));
        for (std::size_t r = 0; r < pairs.front().spending_in.size(); ++r)
            arm.spending_in.push_back(mean([r](const PairOfGates& pair) { return pair.spending_in[r]; }));
        for (std::size_t e = 0; e < models::education_labels.size(); ++e)
            arm.spending_by_education.push_back(mean([e](const PairOfGates& pair) { return pair.spending_by_education[e]; }));
        arm.gates = gates_[a].measures();
        std::array<std::vector<double>, reckoned_after.size()> net;
        for (std::size_t h = 0; h < reckoned_after.size(); ++h) {
            const std::size_t outcome = outcome_named(fmt::format("both_at_work_after_{}", reckoned_after[h]));
            for (const auto c : pairs_) net[h].push_back(cells_[c].arm[a][outcome] - cells_[c].base[a][outcome]);
        }
        arm.reckonings = reckonings_of(pairs, net, gates_[a].sign(), 1 / options_.scale);
        std::array<bool, reckoned_after.size()> reached{};
        for (std::size_t h = 0; h < reached.size(); ++h) reached[h] = !std::isnan(net[h].front());
        arm.by_gate = reckonings_by_gate(pairs, arm.gates, reached, 1 / options_.scale);
    }

    [[nodiscard]] Comparison comparison() {
        Comparison made;
        made.outcomes = outcomes_;
        made.persons_per_agent = 1 / options_.scale;
        for (const auto c : pairs_) made.replicates.push_back(static_cast<std::int32_t>(cells_[c].replicate));
        made.runs = base_runs_ + arm_runs_;
        made.cost = (arm_seconds_ / static_cast<double>(arm_runs_)) / (base_seconds_ / static_cast<double>(base_runs_));
        made.elasticity_matters = wages_answer(options_);
        made.precise = !options_.precision || precise();
        for (std::size_t a = 0; a < options_.arms.size(); ++a) {
            ArmEffects arm;
            arm.name = options_.arms[a].name;
            arm.entry = entry_[a];
            for (const auto elasticity : elasticities)
                for (std::size_t o = 0; o < outcomes_.size(); ++o) arm.effects[static_cast<std::size_t>(elasticity)].push_back(effect(elasticity, a, o));
            for (const auto c : pairs_) {
                arm.differences.emplace_back();
                for (std::size_t o = 0; o < outcomes_.size(); ++o) arm.differences.back().push_back(cells_[c].arm[a][o] - cells_[c].base[a][o]);
            }
            reckon_gates(a, arm);
            made.arms.push_back(std::move(arm));
        }
        made.draws = std::move(draws_);
        made.tables = std::move(inputs_.tables);
        return made;
    }

    const ComparisonOptions& options_;
    const RunsWatch& watch_;
    Inputs inputs_;
    std::vector<Outcome> outcomes_;
    std::vector<sim::Month> leaves_, entry_;  ///< by arm
    std::vector<Figures> figures_;            ///< by arm
    std::vector<GatesOfArm> gates_;           ///< by arm
    ParameterDraws draws_;
    std::size_t precise_outcome_ = 0;
    models::World start_;
    std::vector<Cell> cells_;
    std::vector<std::size_t> pairs_, shams_, again_;  ///< places of cells
    std::mutex mutex_;
    bool stopped_ = false;
    double base_seconds_ = 0, arm_seconds_ = 0;
    std::size_t base_runs_ = 0, arm_runs_ = 0;
};

}  // namespace

std::string text(Elasticity elasticity) {
    switch (elasticity) {
        case Elasticity::central: return "central";
        case Elasticity::low: return "low";
        case Elasticity::high: return "high";
    }
    return {};
}

double value_of(Elasticity elasticity) {
    const auto& parameter = *models::find_parameter(elasticity_parameter);
    return elasticity == Elasticity::low ? parameter.prior.low : elasticity == Elasticity::high ? parameter.prior.high : parameter.get(models::Parameters{});
}

double leak_of(const Comparison& comparison, std::size_t arm, std::size_t outcome) {
    const auto& effects = comparison.arms[arm].effects[0];
    const auto national = comparison.outcomes[outcome].national;
    if (!national || !effects[outcome].distinguishable) return std::numeric_limits<double>::quiet_NaN();
    return 1 - effects[*national].difference / effects[outcome].difference;
}

Cost cost_of_one_more(const Comparison& comparison, std::size_t arm, std::size_t outcome) {
    const auto& of = comparison.outcomes[outcome];
    const auto& effects = comparison.arms[arm];
    const auto& effect = effects.effects[0][outcome];
    if (!of.has_cost() || !effect.distinguishable) return {};
    double spending = of.education ? effects.spending_by_education.at(*of.education).mean : effects.spending.mean;
    if (!of.region.empty()) {
        const auto& regions = comparison.tables.regions.names;
        const auto r = static_cast<std::size_t>(std::find(regions.begin(), regions.end(), of.region) - regions.begin());
        spending = r < effects.spending_in.size() ? effects.spending_in[r].mean : 0;
    }
    if (!(spending / effect.difference > 0)) return {};
    const double at_low = spending / effect.mean.low, at_high = spending / effect.mean.high;
    return {spending / effect.difference, {std::min(at_low, at_high), std::max(at_low, at_high)}};
}

std::size_t runs_of(const ComparisonOptions& options) {
    const std::size_t pair = options.arms.size() + 1;
    const auto pairs = static_cast<std::size_t>(options.draws > 0 ? options.draws : options.replicates);
    const auto again = static_cast<std::size_t>(std::min(options.draws, noise_draws) * (options.replicates - 1));
    return pairs * (pair + 1) + (wages_answer(options) ? 2 * pairs * pair : 0) + again * pair;
}

std::optional<Comparison> compare(const ComparisonOptions& options, const RunsWatch& watch) { return Runs(options, watch).run(); }

}  // namespace experiments
