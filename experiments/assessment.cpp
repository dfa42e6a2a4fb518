#include "experiments/assessment.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <memory>
#include <mutex>
#include <utility>

#include <fmt/format.h>

#include "experiments/comparison_runs.hpp"
#include "experiments/core_indicators.hpp"
#include "experiments/moments.hpp"
#include "experiments/parameter_draws.hpp"
#include "experiments/run.hpp"
#include "experiments/run_log.hpp"
#include "experiments/sample.hpp"
#include "experiments/simulator.hpp"
#include "models/labels.hpp"
#include "models/series.hpp"
#include "regions/data_folder.hpp"
#include "regions/readers.hpp"
#include "regions/synthesis.hpp"
#include "sim/error.hpp"
#include "sim/parallel.hpp"
#include "sim/short_digest.hpp"
#include "sim/version.hpp"

namespace experiments {
namespace {

constexpr int least_draws = 2;
/// Months in which sets of measures leave the run of policy in place, about: those in which measures begin.
constexpr std::size_t months_of_leaving = 6;
/// Draws from which on quantiles over them are an interval of 95 %.
constexpr std::size_t draws_of_an_interval = 40;

Target figure(const std::string& name, std::vector<std::string> top, sim::Month end) {
    Target made;
    made.name = name;
    made.kind = MomentKind::count;
    made.top = std::move(top);
    made.scaling = MomentScaling::persons;
    made.from = end - 11;
    made.until = end;
    return made;
}

std::string technical_occupations() {
    const std::string employed = technicians_at_work();
    return employed.substr(employed.find(';') + 2);
}

/// What is counted of a run, by name.
class Counted {
public:
    Counted(const std::vector<std::string>& regions, sim::Month end) {
        const std::string technical = technical_occupations();
        add(figure("technicians", {technicians_at_work()}, end));
        add(figure("ict_workers", {ict_workers_at_work()}, end));
        add(figure("both", {technicians_and_ict_workers_at_work()}, end));
        add(figure("digitally_skilled", {"digitally_skilled"}, end));
        add(figure("required", {"required_fte; " + technical}, end));
        add(figure("filled", {"fte; " + technical}, end));
        for (std::size_t o = 0; o < models::first_other_occupation; ++o) {
            if (models::group_of(static_cast<models::Occupation>(o)) != models::Field::technical) continue;
            const std::string selection = "occupation = " + std::string(models::occupation_labels[o]);
            gap("occupation", std::string(models::occupation_labels[o]), selection, "", end);
        }
        for (const auto& region : regions) gap("region", region, technical, region, end);
        for (const auto education : models::education_labels)
            add(figure("education " + std::string(education), {fmt::format("employed_by_education; group3 = technical; education = {}", education)}, end));
    }
    [[nodiscard]] const std::vector<Target>& figures() const { return figures_; }
    [[nodiscard]] std::size_t place(const std::string& name) const { return places_.at(name); }
    [[nodiscard]] const std::vector<std::pair<std::string, std::string>>& gaps() const { return gaps_; }

private:
    void add(Target made) {
        places_[made.name] = figures_.size();
        figures_.push_back(std::move(made));
    }
    void gap(const std::string& of, const std::string& label, const std::string& selection, const std::string& region, sim::Month end) {
        gaps_.emplace_back(of, label);
        for (const std::string series : {"required_fte", "fte"}) {
            Target made = figure(of + " " + label + " " + series, {series + "; " + selection}, end);
            if (!region.empty()) made.regions = {region};
            add(std::move(made));
        }
    }
    std::vector<Target> figures_;
    std::map<std::string, std::size_t> places_;
    std::vector<std::pair<std::string, std::string>> gaps_;
};

/// Runs of a draw beside its coalitions: the sham arm, then what-ifs.
constexpr double sham = -1, of_plan = 0;

class Assessing {
public:
    Assessing(const AssessmentOptions& options, const AssessmentWatch& watch) : options_(options), watch_(watch) {
        if (options.draws < least_draws) throw sim::InputError(fmt::format("draws are {}, but at least {} are expected", options.draws, least_draws));
        players_ = players_of(options.plan, options.names);
        const auto regions = options.plan.regions.empty() ? regions::all_regions() : regions_in_order(options.plan.regions, regions::all_regions());
        inputs_ = read_inputs(options.data, regions, options.scale);
        counted_.emplace(regions, options.plan.end);
        sim::Trajectory like({0}, first_month, options.plan.end - first_month + 2);
        (void)models::add_series(like, inputs_.tables);
        moments_.emplace(counted_->figures(), like, Scales{1 / options.scale, 1}, "figures of the assessment");
        draws_ = parameter_draws(options.posterior, static_cast<std::size_t>(options.draws), options.seed, options.plan.end);
        std::vector<std::string> names;
        for (const auto& f : counted_->figures()) names.push_back(f.name);
        for (const auto& p : players_) names.push_back("spending " + p.name), names.push_back("participants " + p.name);
        for (auto& name : names) std::replace(name.begin(), name.end(), ',', ';');
        log_ = options.log.empty() ? std::make_unique<RunLog>()
                                   : std::make_unique<RunLog>(options.log, key(), std::vector<std::string>{"coalition", "what_if"}, names, options.afresh);
    }

    std::optional<Assessment> run() {
        start_ = regions::synthesise(inputs_.tables, inputs_.start, models::Parameters{}, {options_.population_seed, options_.scale, true});
        sim::for_each_run(static_cast<std::size_t>(options_.draws), fit_side_by_side(bytes_beside_others(start_, months_of_leaving), options_.threads),
                          [&](std::size_t d) { run_draw(d); });
        if (stopped_) return std::nullopt;
        return assessment();
    }

private:
    [[nodiscard]] std::string key() const {
        std::string tables;
        for (const auto& row : inputs_.tables.provenance) tables += row.file + " " + row.sha256 + "\n";
        std::string scenarios = scenario_text(options_.plan);
        for (const auto& w : options_.what_ifs) scenarios += scenario_text(w);
        return fmt::format("Instroom {} (git {}), {}, scale {}, seed {}, population seed {}, {} draws, scenarios {:016x}, tables {:016x}", sim::version(),
                           sim::commit(), sim::c_library(), options_.scale, options_.seed, options_.population_seed, options_.draws,
                           sim::short_digest(scenarios), sim::short_digest(tables));
    }

    [[nodiscard]] std::vector<double> log_key(double coalition, double what_if) const { return {coalition, what_if}; }
    [[nodiscard]] Coalition everybody() const { return (Coalition{1} << players_.size()) - 1; }

    [[nodiscard]] Scenario drawn(Scenario scenario, std::size_t draw) const {
        draws_.set(draw, scenario.parameters);
        draw_measures(scenario.measures, draw, static_cast<std::size_t>(options_.draws), options_.seed);
        return scenario;
    }

    [[nodiscard]] bool stop() {
        const std::lock_guard lock(mutex_);
        if (!stopped_ && watch_.stop) stopped_ = watch_.stop() != 0;
        return stopped_;
    }

    /// The runs of a draw that are not in the log yet: all leave the run of policy in place.
    void run_draw(std::size_t draw) {
        if (stop()) return;
        struct Wanted {
            Scenario scenario;
            double coalition, what_if;
        };
        std::vector<Wanted> wanted;
        const auto order = order_of_draw(players_.size(), options_.seed, draw);
        for (const Coalition c : coalitions_of(order))
            if (c != everybody()) wanted.push_back({with_coalition(options_.plan, players_, c), static_cast<double>(c), of_plan});
        for (std::size_t w = 0; w < options_.what_ifs.size(); ++w)
            wanted.push_back({options_.what_ifs[w], static_cast<double>(everybody()), static_cast<double>(w + 1)});
        wanted.push_back({with_sham(options_.plan, start_), static_cast<double>(everybody()), sham});
        const auto replicate = static_cast<std::uint32_t>(draw);
        std::erase_if(wanted, [&](const Wanted& w) { return log_->find(log_key(w.coalition, w.what_if), replicate) != nullptr; });
        const auto all = log_key(static_cast<double>(everybody()), of_plan);
        if (wanted.empty() && log_->find(all, replicate) != nullptr) return done(coalitions_of(order).size() + options_.what_ifs.size() + 1);
        done(coalitions_of(order).size() + options_.what_ifs.size() - wanted.size());

        const RunGround ground{&inputs_.tables, &start_, options_.plan.end, options_.seed, [&] { return stop(); }};
        const auto planned = [&](const Scenario& scenario, sim::Month leaves, std::vector<double> at) {
            auto money = std::make_shared<std::vector<double>>(2 * players_.size(), 0.0);
            PlannedRun run{drawn(scenario, draw), leaves,
                           [this, money, at, replicate](const sim::Trajectory& series) {
                               auto found = moments_->of(series);
                               found.insert(found.end(), money->begin(), money->end());
                               if (log_->find(at, replicate) == nullptr) log_->add(at, replicate, found);
                               done(1);
                           },
                           [this, money](const PolicyRecord& record) { *money = money_of(record); }};
            return run;
        };
        std::vector<PlannedRun> arms;
        for (const auto& w : wanted) {
            const sim::Month leaves = w.what_if == sham ? first_month : first_difference(options_.plan, w.scenario);
            arms.push_back(planned(w.scenario, leaves, log_key(w.coalition, w.what_if)));
        }
        (void)run_with_arms(ground, replicate, planned(options_.plan, first_month, all), std::move(arms));
    }

    void done(std::size_t runs) {
        const std::lock_guard lock(mutex_);
        for (std::size_t i = 0; i < runs && watch_.run_done; ++i) watch_.run_done();
    }

    /// Spending (euro) and participants (persons) by player.
    [[nodiscard]] std::vector<double> money_of(const PolicyRecord& record) const {
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

    // ---- what the runs say

    [[nodiscard]] double value(std::size_t draw, double coalition, double what_if, std::size_t place) const {
        const auto* found = log_->find(log_key(coalition, what_if), static_cast<std::uint32_t>(draw));
        if (found == nullptr) throw sim::Bug("a run of the assessment is missing");
        return found->at(place);
    }
    [[nodiscard]] Estimate over_draws(const std::function<double(std::size_t)>& of_draw) const {
        std::vector<double> values;
        for (std::size_t d = 0; d < static_cast<std::size_t>(options_.draws); ++d) values.push_back(of_draw(d));
        return estimate_of(values);
    }

    [[nodiscard]] Supply supply(const std::string& name, double coalition, double what_if) const {
        const auto of = [&](const char* figure_name) {
            return over_draws([&](std::size_t d) { return value(d, coalition, what_if, counted_->place(figure_name)); });
        };
        const Estimate gap = over_draws(
            [&](std::size_t d) { return value(d, coalition, what_if, counted_->place("required")) - value(d, coalition, what_if, counted_->place("filled")); });
        return {name, of("technicians"), of("ict_workers"), of("digitally_skilled"), of("required"), of("filled"), gap};
    }

    [[nodiscard]] Contribution contribution(std::size_t p) const {
        const std::size_t both = counted_->place("both");
        const auto of = [&](std::size_t d, Coalition c) { return value(d, static_cast<double>(c), of_plan, both); };
        const Coalition alone = Coalition{1} << p;
        Contribution made;
        made.name = players_[p].name;
        made.alone = over_draws([&](std::size_t d) { return of(d, alone) - of(d, 0); });
        made.last = over_draws([&](std::size_t d) { return of(d, everybody()) - of(d, everybody() & ~alone); });
        made.shapley = over_draws(
            [&](std::size_t d) { return shapley_shares(order_of_draw(players_.size(), options_.seed, d), [&](Coalition c) { return of(d, c); })[p]; });
        const std::size_t money = counted_->figures().size() + 2 * p;
        made.spending = over_draws([&](std::size_t d) { return value(d, static_cast<double>(everybody()), of_plan, money); });
        made.participants = over_draws([&](std::size_t d) { return value(d, static_cast<double>(everybody()), of_plan, money + 1); });
        made.cost = made.shapley.mean > 0 && made.spending.mean > 0 ? made.spending.mean / made.shapley.mean : std::numeric_limits<double>::quiet_NaN();
        return made;
    }

    [[nodiscard]] Assessment assessment() {
        Assessment made;
        made.draws = static_cast<std::size_t>(options_.draws);
        made.runs = log_->size();
        const auto all = static_cast<double>(everybody());
        made.supply.push_back(supply("without the plan", 0, of_plan));
        made.supply.push_back(supply("policy in place", all, of_plan));
        for (std::size_t w = 0; w < options_.what_ifs.size(); ++w) made.supply.push_back(supply(options_.what_ifs[w].name, all, static_cast<double>(w + 1)));
        const std::size_t both = counted_->place("both");
        made.together = over_draws([&](std::size_t d) { return value(d, all, of_plan, both) - value(d, 0, of_plan, both); });
        double squares = 0;
        for (std::size_t d = 0; d < made.draws; ++d) {
            const double difference = value(d, all, sham, both) - value(d, all, of_plan, both);
            squares += difference * difference;
        }
        made.noise = std::sqrt(squares / static_cast<double>(made.draws));
        for (std::size_t p = 0; p < players_.size(); ++p) {
            made.contributions.push_back(contribution(p));
            auto& c = made.contributions.back();
            c.distinguishable =
                std::abs(c.shapley.mean) > 2 * made.noise / std::sqrt(static_cast<double>(made.draws)) && std::abs(c.shapley.mean) > 2 * c.shapley.error;
        }
        for (const auto& [of, label] : counted_->gaps()) {
            const std::size_t required = counted_->place(of + " " + label + " required_fte"), filled = counted_->place(of + " " + label + " fte");
            made.gaps.push_back({of, label, over_draws([&](std::size_t d) { return value(d, all, of_plan, required); }),
                                 over_draws([&](std::size_t d) { return value(d, all, of_plan, required) - value(d, all, of_plan, filled); })});
        }
        // By education as technicians of each occupation have it: the gap goes by the mix of those at work.
        for (const auto education : models::education_labels) {
            const auto share = [&](std::size_t d) {
                return value(d, all, of_plan, counted_->place("education " + std::string(education))) / value(d, all, of_plan, counted_->place("technicians"));
            };
            made.gaps.push_back(
                {"education", std::string(education), over_draws([&](std::size_t d) { return share(d) * value(d, all, of_plan, counted_->place("required")); }),
                 over_draws([&](std::size_t d) {
                     return share(d) * (value(d, all, of_plan, counted_->place("required")) - value(d, all, of_plan, counted_->place("filled")));
                 })});
        }
        made.digitally_skilled_goal = goal();
        made.cheapest = cheapest(made);
        made.drawn = std::move(draws_);
        made.tables = std::move(inputs_.tables);
        return made;
    }

    /// A million in the nation; the regions' part by their inhabitants.
    [[nodiscard]] double goal() const {
        regions::DataFolder folder = regions::tables_under(options_.data);
        return 1e6 / nation_per_inhabitant(folder, inputs_.tables);
    }

    /// Players in the order of cost for each extra worker until the gap that is left without the plan is closed; none where all together leave one.
    [[nodiscard]] std::vector<std::string> cheapest(const Assessment& made) const {
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
    const AssessmentWatch& watch_;
    std::vector<Player> players_;
    Inputs inputs_;
    std::optional<Counted> counted_;
    std::optional<Moments> moments_;
    ParameterDraws draws_;
    std::unique_ptr<RunLog> log_;
    models::World start_;
    std::mutex mutex_;
    bool stopped_ = false;
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
        runs += coalitions_of(order_of_draw(players, options.seed, d)).size() + options.what_ifs.size() + 1;
    return runs;
}

std::optional<Assessment> assess(const AssessmentOptions& options, const AssessmentWatch& watch) { return Assessing(options, watch).run(); }

}  // namespace experiments
