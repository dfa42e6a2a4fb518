#include "experiments/assessment/assessment.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <utility>

#include "experiments/assessment/assessment_runs.hpp"
#include "experiments/assessment/dose_search.hpp"
#include "experiments/assessment/mixes.hpp"
#include "experiments/figures/moments.hpp"
#include "experiments/statistics/sample.hpp"
#include "models/demand.hpp"
#include "models/labels.hpp"
#include "regions/data_folder.hpp"

namespace experiments {
namespace {

/// Draws from which on quantiles over them are an interval of 95 %.
constexpr std::size_t draws_of_an_interval = 40;

/// What the runs under one scenario of climate demand say.
class UnderDemand {
public:
    UnderDemand(const AssessmentOptions& options, AssessmentRuns& runs, std::size_t demand)
        : options_(options), runs_(runs), demand_(demand), draws_(static_cast<std::size_t>(options.draws)) {}

    [[nodiscard]] DemandReckoning reckoning() const {
        DemandReckoning made;
        made.demand = models::green_scenario_labels.at(static_cast<std::size_t>(options_.demands[demand_]));
        made.supply.push_back(supply("without the plan", {demand_, 0}));
        made.supply.push_back(supply("policy in place", all()));
        for (std::size_t w = 0; w < options_.what_ifs.size(); ++w)
            made.supply.push_back(supply(options_.what_ifs[w].name, {demand_, runs_.everybody(), static_cast<int>(w + 1)}));
        made.together = over_draws([&](std::size_t d) { return value(d, all(), "both") - value(d, {demand_, 0}, "both"); });
        double squares = 0;
        for (std::size_t d = 0; d < draws_; ++d) {
            const double difference = value(d, {demand_, runs_.everybody(), AssessmentRun::sham}, "both") - value(d, all(), "both");
            squares += difference * difference;
        }
        made.noise = std::sqrt(squares / static_cast<double>(draws_));
        for (std::size_t p = 0; p < runs_.players().size(); ++p) {
            made.contributions.push_back(contribution(p));
            auto& c = made.contributions.back();
            c.distinguishable =
                std::abs(c.shapley.mean) > 2 * made.noise / std::sqrt(static_cast<double>(draws_)) && std::abs(c.shapley.mean) > 2 * c.shapley.error;
        }
        made.gaps = gaps();
        made.cheapest = cheapest(made);
        return made;
    }

    /// All measures at their strongest and, where that closes the gap, the least costly mix that does. False when stopped.
    [[nodiscard]] bool add_mixes(DemandReckoning& made) {
        const std::vector<double> top(runs_.players().size(), 1.0);
        if (!runs_.run_mixes(demand_, {top})) return false;
        made.strongest = mix(top);
        made.mixes_run = 1;
        const AssessmentRun nobody{demand_, 0};
        const DoseSearch search = search_of(options_, runs_.players().size());
        if (made.strongest->gap.mean > options_.gap_goal) return true;
        if (const Mix none = mix_of(nobody, std::vector<double>(top.size(), 0.0)); none.gap.mean <= options_.gap_goal) {
            made.best = none;
            made.best_expected_gap = none.gap.mean;
            return true;
        }
        const std::size_t most = most_mixes(search) * draws_;
        runs_.announce(most);
        const auto outcome = [](const Mix& of) { return MixOutcome{of.gap.mean, of.spending.mean}; };
        const auto run = [&](const std::vector<std::vector<double>>& mixes) -> std::optional<std::vector<MixOutcome>> {
            if (!runs_.run_mixes(demand_, mixes)) return std::nullopt;
            std::vector<MixOutcome> outcomes;
            for (const auto& strengths : mixes) outcomes.push_back(outcome(mix(strengths)));
            return outcomes;
        };
        const auto result = search_doses(search, outcome(*made.strongest), outcome(mix_of(nobody, {})), run);
        if (!result) return false;
        made.best = mix(result->tried[result->best].strengths);
        made.best_expected_gap = result->expected.gap;
        made.mixes_run = result->tried.size() - 1;
        runs_.not_needed(most - (result->tried.size() - 2) * draws_);
        return true;
    }

    [[nodiscard]] static DoseSearch search_of(const AssessmentOptions& options, std::size_t players) {
        return {.players = players, .goal = options.gap_goal, .mixes = options.mixes};
    }

private:
    [[nodiscard]] AssessmentRun all() const { return {demand_, runs_.everybody()}; }
    [[nodiscard]] double value(std::size_t draw, const AssessmentRun& run, const std::string& figure) const {
        return runs_.value(draw, run, runs_.figures().place(figure));
    }
    [[nodiscard]] Estimate over_draws(const std::function<double(std::size_t)>& of_draw) const {
        std::vector<double> values;
        for (std::size_t d = 0; d < draws_; ++d) values.push_back(of_draw(d));
        return estimate_of(values);
    }
    [[nodiscard]] Estimate figure(const AssessmentRun& run, const std::string& name) const {
        return over_draws([&](std::size_t d) { return value(d, run, name); });
    }
    [[nodiscard]] Estimate gap_of(const AssessmentRun& run) const {
        return over_draws([&](std::size_t d) { return value(d, run, "required") - value(d, run, "filled"); });
    }

    [[nodiscard]] Supply supply(const std::string& name, const AssessmentRun& run) const {
        return {name,
                figure(run, "technicians"),
                figure(run, "ict_workers"),
                figure(run, "digitally_skilled"),
                figure(run, "required"),
                figure(run, "filled"),
                gap_of(run)};
    }

    [[nodiscard]] Mix mix(const std::vector<double>& strengths) const { return mix_of({demand_, runs_.everybody(), AssessmentRun::mix, strengths}, strengths); }

    [[nodiscard]] Mix mix_of(const AssessmentRun& run, const std::vector<double>& strengths) const {
        const Estimate spending = over_draws([&](std::size_t d) {
            double sum = 0;
            for (std::size_t p = 0; p < runs_.players().size(); ++p) sum += runs_.value(d, run, runs_.place_of_spending(p));
            return sum;
        });
        return {strengths, figure(run, "technicians"), figure(run, "ict_workers"), figure(run, "required"), figure(run, "filled"), gap_of(run), spending};
    }

    [[nodiscard]] Contribution contribution(std::size_t p) const {
        const auto of = [&](std::size_t d, Coalition c) { return value(d, {demand_, c}, "both"); };
        const Coalition alone = Coalition{1} << p;
        Contribution made;
        made.name = runs_.players()[p].name;
        made.alone = over_draws([&](std::size_t d) { return of(d, alone) - of(d, 0); });
        made.last = over_draws([&](std::size_t d) { return of(d, runs_.everybody()) - of(d, runs_.everybody() & ~alone); });
        made.shapley = over_draws(
            [&](std::size_t d) { return shapley_shares(order_of_draw(runs_.players().size(), options_.seed, d), [&](Coalition c) { return of(d, c); })[p]; });
        const std::size_t money = runs_.place_of_spending(p);
        made.spending = over_draws([&](std::size_t d) { return runs_.value(d, all(), money); });
        made.participants = over_draws([&](std::size_t d) { return runs_.value(d, all(), money + 1); });
        made.cost = made.shapley.mean > 0 && made.spending.mean > 0 ? made.spending.mean / made.shapley.mean : std::numeric_limits<double>::quiet_NaN();
        return made;
    }

    [[nodiscard]] std::vector<Gap> gaps() const {
        std::vector<Gap> made;
        for (const auto& [of, label] : runs_.figures().gaps()) {
            const std::string required = of + " " + label + " required_fte", filled = of + " " + label + " fte";
            made.push_back(
                {of, label, figure(all(), required), over_draws([&](std::size_t d) { return value(d, all(), required) - value(d, all(), filled); })});
        }
        // By education as technicians of each occupation have it: the gap goes by the mix of those at work.
        for (const auto education : models::education_labels) {
            const auto share = [&](std::size_t d) { return value(d, all(), "education " + std::string(education)) / value(d, all(), "technicians"); };
            made.push_back({"education", std::string(education), over_draws([&](std::size_t d) { return share(d) * value(d, all(), "required"); }),
                            over_draws([&](std::size_t d) { return share(d) * (value(d, all(), "required") - value(d, all(), "filled")); })});
        }
        return made;
    }

    /// Players in the order of cost for each extra worker until the gap that is left without the plan is closed; none where all together leave one.
    [[nodiscard]] std::vector<std::string> cheapest(const DemandReckoning& made) const {
        double left = made.supply[0].gap.mean;
        std::vector<const Contribution*> by_cost;
        for (const auto& c : made.contributions)
            if (c.shapley.mean > 0) by_cost.push_back(&c);
        std::sort(by_cost.begin(), by_cost.end(), [](const Contribution* a, const Contribution* b) {
            const double x = std::isnan(a->cost) ? 0 : a->cost, y = std::isnan(b->cost) ? 0 : b->cost;
            return x < y;
        });
        std::vector<std::string> names;
        for (const auto* c : by_cost) {
            if (left <= 0) break;
            left -= c->shapley.mean;
            names.push_back(c->name);
        }
        return left <= 0 ? names : std::vector<std::string>{};
    }

    const AssessmentOptions& options_;
    AssessmentRuns& runs_;
    std::size_t demand_, draws_;
};

}  // namespace

Estimate estimate_of(const std::vector<double>& by_draw) {
    Estimate made;
    made.mean = mean_of(by_draw);
    made.by_draw = by_draw;
    if (by_draw.size() >= 2) made.error = std::sqrt(variance_of(by_draw) / static_cast<double>(by_draw.size()));
    if (by_draw.size() >= draws_of_an_interval) made.interval = {quantile_of(by_draw, 0.025), quantile_of(by_draw, 0.975)};
    return made;
}

std::size_t runs_of(const AssessmentOptions& options) {
    const std::size_t players = players_of(options.plan, options.names).size();
    std::size_t runs = 0;
    for (std::size_t d = 0; d < static_cast<std::size_t>(std::max(options.draws, 0)); ++d)
        runs += coalitions_of(order_of_draw(players, options.seed, d)).size() + options.what_ifs.size() + 1 + (options.mixes > 0 ? 1 : 0);
    return runs * options.demands.size();
}

std::size_t search_runs_of(const AssessmentOptions& options) {
    if (options.mixes == 0) return 0;
    const DoseSearch search = UnderDemand::search_of(options, players_of(options.plan, options.names).size());
    return most_mixes(search) * static_cast<std::size_t>(std::max(options.draws, 0)) * options.demands.size();
}

std::optional<Assessment> assess(const AssessmentOptions& options, const RunsWatch& watch) {
    AssessmentRuns runs(options, watch);
    if (!runs.run_sets()) return std::nullopt;
    Assessment made;
    for (std::size_t demand = 0; demand < options.demands.size(); ++demand) {
        UnderDemand under(options, runs, demand);
        made.demands.push_back(under.reckoning());
        if (options.mixes > 0 && !under.add_mixes(made.demands.back())) return std::nullopt;
    }
    for (const auto& player : runs.players()) {
        made.players.push_back(player.name);
        double sum = 0;
        for (const auto& name : player.measures)
            sum += usual_strength(*std::ranges::find(options.plan.measures, name, &Measure::name), options.plan.parameters);
        made.usual_strengths.push_back(sum / static_cast<double>(player.measures.size()));
    }
    made.gap_goal = options.gap_goal;
    made.draws = static_cast<std::size_t>(options.draws);
    made.runs = runs.size();
    made.drawn = runs.draws();
    made.tables = runs.inputs().tables;
    // A million in the nation; the regions' part by their inhabitants.
    regions::DataFolder folder = regions::tables_under(options.data);
    made.digitally_skilled_goal = 1e6 / nation_per_inhabitant(folder, made.tables);
    return made;
}

}  // namespace experiments
