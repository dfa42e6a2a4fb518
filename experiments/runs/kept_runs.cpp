#include "experiments/runs/kept_runs.hpp"

#include <memory>
#include <utility>

#include "experiments/runs/simulator.hpp"
#include "regions/synthesis.hpp"
#include "sim/error.hpp"
#include "sim/parallel.hpp"

namespace experiments {

KeptRuns::KeptRuns(const Inputs& inputs, KeptRunsOptions options, std::unique_ptr<RunLog> log)
    : inputs_(inputs), options_(std::move(options)), log_(std::move(log)) {}

bool KeptRuns::has(const std::vector<double>& place, std::size_t draw) const { return log_->find(place, static_cast<std::uint32_t>(draw)) != nullptr; }

double KeptRuns::value(const std::vector<double>& place, std::size_t draw, std::size_t figure) const {
    const auto* found = log_->find(place, static_cast<std::uint32_t>(draw));
    if (found == nullptr) throw sim::Bug("a run that is asked for is missing in the log");
    return found->at(figure);
}

PlannedRun KeptRuns::planned(Scenario scenario, sim::Month leaves, const Moments& moments, std::vector<double> place, std::size_t draw,
                             std::size_t figures_beside, Beside beside) {
    auto counted = std::make_shared<std::vector<double>>(figures_beside, 0.0);
    const auto replicate = static_cast<std::uint32_t>(draw);
    return {std::move(scenario), leaves,
            [this, &moments, counted, place = std::move(place), replicate](const sim::Trajectory& series) {
                auto found = moments.of(series);
                found.insert(found.end(), counted->begin(), counted->end());
                if (log_->find(place, replicate) == nullptr) log_->add(place, replicate, found);
                done();
            },
            [counted, beside = std::move(beside)](const PolicyRecord& record) { *counted = beside(record); }};
}

void KeptRuns::run(std::size_t draw, const PlannedRun& base, std::vector<PlannedRun> arms) {
    const RunGround ground{&inputs_.tables, &start_, options_.end, options_.runs.seed, [this] { return stop(); }};
    (void)run_with_arms(ground, static_cast<std::uint32_t>(draw), base, std::move(arms));
}

bool KeptRuns::run_all(std::size_t n, const std::function<void(std::size_t)>& run_one) {
    if (!started_)
        start_ = regions::synthesise(inputs_.tables, inputs_.start, models::Parameters{}, {options_.runs.population_seed, options_.runs.scale, true});
    started_ = true;
    sim::for_each_run(n, fit_side_by_side(bytes_beside_others(start_, options_.months_of_leaving), options_.runs.threads), run_one);
    return !stopped_;
}

void KeptRuns::found(std::size_t runs) {
    const std::lock_guard lock(mutex_);
    if (options_.watch.runs_found) options_.watch.runs_found(runs);
}

void KeptRuns::announce(std::size_t runs) {
    const std::lock_guard lock(mutex_);
    if (options_.watch.runs_announced) options_.watch.runs_announced(runs);
}

void KeptRuns::done() {
    const std::lock_guard lock(mutex_);
    if (options_.watch.run_done) options_.watch.run_done();
}

bool KeptRuns::stop() {
    const std::lock_guard lock(mutex_);
    if (!stopped_ && options_.watch.stop) stopped_ = options_.watch.stop() != 0;
    return stopped_;
}

std::string tables_text(const Inputs& inputs) {
    std::string text;
    for (const auto& row : inputs.tables.provenance) text += row.file + " " + row.sha256 + "\n";
    return text;
}

}  // namespace experiments
