#include "experiments/comparison.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <mutex>
#include <optional>
#include <utility>

#include <fmt/format.h>
#include <boost/math/distributions/students_t.hpp>

#include "experiments/core_indicators.hpp"
#include "experiments/measure.hpp"
#include "experiments/moments.hpp"
#include "experiments/simulator.hpp"
#include "models/indicators.hpp"
#include "models/month.hpp"
#include "models/series.hpp"
#include "regions/readers.hpp"
#include "regions/synthesis.hpp"
#include "sim/error.hpp"
#include "sim/parallel.hpp"

namespace experiments {
namespace {

double mean_of(const std::vector<double>& values) {
    double sum = 0;
    for (const double v : values) sum += v;
    return sum / static_cast<double>(values.size());
}

double variance_of(const std::vector<double>& values) {
    const double mean = mean_of(values);
    double sum = 0;
    for (const double v : values) sum += (v - mean) * (v - mean);
    return sum / static_cast<double>(values.size() - 1);
}

std::vector<double> less(const std::vector<double>& a, const std::vector<double>& b) {
    std::vector<double> differences;
    for (std::size_t i = 0; i < a.size(); ++i) differences.push_back(a[i] - b[i]);
    return differences;
}

Outcome employed(const std::string& meaning, const std::string& name, const std::string& selection, const std::string& region, sim::Month from,
                 sim::Month until) {
    Outcome made{meaning, "persons", region, {}};
    made.figure.name = name;
    made.figure.kind = MomentKind::count;
    made.figure.top = {selection};
    made.figure.scaling = MomentScaling::persons;
    if (!region.empty()) made.figure.regions = {region};
    made.figure.from = from;
    made.figure.until = until;
    return made;
}

/// The first month in which a scenario's runs can leave those of another.
sim::Month first_difference(const Scenario& base, const Scenario& arm) {
    for (const auto& p : models::all_parameters())
        if (p.get(base.parameters) != p.get(arm.parameters)) return first_month;
    const Plan without(base.parameters, base.measures), with(arm.parameters, arm.measures);
    for (sim::Month month = first_month; month <= base.end; ++month) {
        const auto a = without.parameters_at(month), b = with.parameters_at(month);
        for (const auto& p : models::all_parameters())
            if (p.get(a) != p.get(b)) return month;
    }
    return base.end + 1;
}

class Runs {
public:
    Runs(const ComparisonOptions& options, const ComparisonWatch& watch) : options_(options), watch_(watch), arms_{options.base} {
        arms_.insert(arms_.end(), options.arms.begin(), options.arms.end());
        for (const auto& arm : options.arms) {
            if (arm.regions != options.base.regions)
                throw sim::InputError(fmt::format("scenario {} has other regions than {}; arms of a comparison share the base's", arm.name, options.base.name));
            if (arm.end != options.base.end)
                throw sim::InputError(fmt::format("scenario {} ends in {}, but {} in {}; arms of a comparison end with the base", arm.name, arm.end.text(),
                                                  options.base.name, options.base.end.text()));
        }
        const auto regions = options.base.regions.empty() ? regions::all_regions() : regions_in_order(options.base.regions, regions::all_regions());
        inputs_ = read_inputs(options.data, regions, options.scale);
        sim::Month first = options.base.end;
        for (const auto& arm : options.arms) first = std::min(first, first_difference(options.base, arm));
        outcomes_ = outcomes_of(regions, first, options.base.end);
        std::vector<Target> figures;
        for (const auto& outcome : outcomes_) figures.push_back(outcome.figure);
        models::SeriesIds ids{};
        moments_.emplace(figures, trajectory(ids, 0), Scales{1 / options.scale, 1}, "outcomes");
    }

    std::optional<Comparison> run() {
        const auto replicates = static_cast<std::size_t>(options_.replicates);
        start_ = regions::synthesise(inputs_.tables, inputs_.start, models::Parameters{}, {options_.population_seed, options_.scale, true});
        add_sham();
        const std::size_t runs = arms_.size() * replicates;
        std::vector<std::vector<double>> found(runs);
        std::mutex mutex;
        bool stopped = false;
        const auto one = [&](std::size_t i) {
            {
                const std::lock_guard lock(mutex);
                if (!stopped && watch_.stop) stopped = watch_.stop() != 0;
                if (stopped) return;
            }
            found[i] = figures_of(arms_[i % arms_.size()], static_cast<std::uint32_t>(i / arms_.size()));
            const std::lock_guard lock(mutex);
            if (watch_.run_done) watch_.run_done();
        };
        sim::for_each_run(runs, side_by_side(), one);
        if (stopped) return std::nullopt;

        const auto of = [&](std::size_t arm, std::size_t outcome) {
            std::vector<double> values;
            for (std::size_t r = 0; r < replicates; ++r) values.push_back(found[r * arms_.size() + arm][outcome]);
            return values;
        };
        Comparison comparison{outcomes_, {}, 1 / options_.scale};
        for (std::size_t arm = 1; arm + 1 < arms_.size(); ++arm) {
            comparison.effects.emplace_back();
            for (std::size_t o = 0; o < outcomes_.size(); ++o) comparison.effects.back().push_back(effect_of(of(0, o), of(arm, o), of(arms_.size() - 1, o)));
        }
        return comparison;
    }

private:
    [[nodiscard]] sim::Trajectory trajectory(models::SeriesIds& ids, std::uint32_t replicate) const {
        sim::Trajectory empty({static_cast<std::int32_t>(replicate)}, first_month, options_.base.end - first_month + 2);
        ids = models::add_series(empty, inputs_.tables);
        return empty;
    }

    /// The last arm: the base, but for the luck of one unemployed person in the first month.
    void add_sham() {
        Scenario sham = options_.base;
        auto& search = sham.parameters.search;
        search.sham_month = first_month.number();
        for (sim::Row row = 0; row < start_.persons.size() && search.sham_seeker == 0xFFFFFFFFU; ++row)
            if (start_.resident(row) && start_.persons.record[row].status == models::LabourStatus::unemployed) search.sham_seeker = row;
        arms_.push_back(sham);
    }

    [[nodiscard]] bool side_by_side() const {
        // Bytes a person of one run beside others, and those of its series and buffers; the start population stands beside them.
        constexpr double bytes_a_person = 170, bytes_a_run = 60e6;
        return fit_side_by_side(static_cast<double>(start_.persons.size()) * bytes_a_person + bytes_a_run, options_.threads);
    }

    [[nodiscard]] std::vector<double> figures_of(const Scenario& scenario, std::uint32_t replicate) const {
        models::World world = start_;
        world.random = sim::Random(options_.seed, replicate);
        models::SeriesIds ids{};
        sim::Trajectory series = trajectory(ids, replicate);
        models::Indicators indicators(series, ids, 0);
        auto schedule = models::month_schedule(&indicators);
        const Plan plan(scenario.parameters, scenario.measures);
        models::Parameters parameters = scenario.parameters;
        world.parameters = &parameters;
        indicators.start(world);
        while (world.month < scenario.end) {
            parameters = plan.parameters_at(world.month + 1);
            schedule.run(world, world.month + 1);
        }
        return moments_->of(series);
    }

    const ComparisonOptions& options_;
    const ComparisonWatch& watch_;
    std::vector<Scenario> arms_;  ///< the base first, the sham arm last
    Inputs inputs_;
    std::vector<Outcome> outcomes_;
    std::optional<Moments> moments_;
    models::World start_;
};

}  // namespace

std::vector<Outcome> outcomes_of(const std::vector<std::string>& regions, sim::Month first, sim::Month end) {
    std::vector<Outcome> outcomes;
    const auto core = core_indicators(end);
    for (const auto& indicator : core) outcomes.push_back({indicator.meaning, indicator.unit, "", indicator.target});
    const std::string technicians = technicians_at_work(), ict = ict_workers_at_work(), both = technicians_and_ict_workers_at_work();
    for (const auto& region : regions) {
        outcomes.push_back(employed("technicians at work", "technicians_at_work", technicians, region, end - 11, end));
        outcomes.push_back(employed("ICT workers at work", "ict_workers_at_work", ict, region, end - 11, end));
    }
    for (const int months : {6, 12, 24, 36, 60})
        if (const sim::Month month = first + (months - 1); month <= end)
            outcomes.push_back(employed(fmt::format("technicians and ICT workers at work after {} months", months),
                                        fmt::format("both_at_work_after_{}", months), both, "", month, month));
    return outcomes;
}

Effect effect_of(const std::vector<double>& base, const std::vector<double>& arm, const std::vector<double>& sham) {
    if (base.size() < 2 || arm.size() != base.size() || sham.size() != base.size())
        throw sim::Bug("an effect of fewer than two replicates, or of unlike numbers");
    const auto replicates = static_cast<double>(base.size());
    const auto differences = less(arm, base);
    const double variance = variance_of(differences);
    const double error = std::sqrt(variance / replicates);
    const double t = boost::math::quantile(boost::math::students_t(replicates - 1), 0.975);
    Effect effect;
    effect.base = mean_of(base);
    effect.difference = mean_of(differences);
    effect.low = effect.difference - t * error;
    effect.high = effect.difference + t * error;
    effect.noise = std::sqrt(variance_of(less(sham, base)) / replicates);
    effect.distinguishable = std::abs(effect.difference) > 2 * effect.noise && (effect.low > 0 || effect.high < 0);
    effect.variance_factor = variance > 0 ? (variance_of(base) + variance_of(arm)) / variance : std::numeric_limits<double>::infinity();
    return effect;
}

std::optional<Comparison> compare(const ComparisonOptions& options, const ComparisonWatch& watch) {
    if (options.replicates < 2) throw sim::InputError(fmt::format("replicates are {}, but at least 2 are expected", options.replicates));
    return Runs(options, watch).run();
}

}  // namespace experiments
