#pragma once
/// Runs of one start population whose figures are kept in a log as they end, for commands that ask for many arms of many draws and go on when given again.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "experiments/figures/moments.hpp"
#include "experiments/runs/comparison_runs.hpp"
#include "experiments/runs/run.hpp"
#include "experiments/runs/run_log.hpp"
#include "experiments/runs/runs_options.hpp"
#include "experiments/runs/runs_watch.hpp"
#include "models/world.hpp"

namespace experiments {

/// What the runs of one command share.
struct KeptRunsOptions {
    RunsOptions runs;
    sim::Month end;
    std::size_t months_of_leaving = 0;  ///< in which arms leave their base, about: each holds a copy of a world in memory
    RunsWatch watch = {};               ///< asked before each month
};

class KeptRuns {
public:
    /// What a run has beside the figures of its series, once its measures' accounts are known; all 0 of a run without measures.
    using Beside = std::function<std::vector<double>(const PolicyRecord&)>;

    /// `inputs` stays where it is. `log`: where finished runs are kept; by place (see RunLog) and draw.
    KeptRuns(const Inputs& inputs, KeptRunsOptions options, std::unique_ptr<RunLog> log);

    [[nodiscard]] bool has(const std::vector<double>& place, std::size_t draw) const;
    /// A figure of a run that was done. Throws Bug where it is missing.
    [[nodiscard]] double value(const std::vector<double>& place, std::size_t draw, std::size_t figure) const;
    [[nodiscard]] std::size_t size() const { return log_->size(); }

    /// A run whose figures, and `figures_beside` of `beside` after them, are kept at a place when it ends. `moments` stays where it is.
    [[nodiscard]] PlannedRun planned(Scenario scenario, sim::Month leaves, const Moments& moments, std::vector<double> place, std::size_t draw,
                                     std::size_t figures_beside, Beside beside);
    /// Runs a base and its arms (run_with_arms).
    void run(std::size_t draw, const PlannedRun& base, std::vector<PlannedRun> arms);
    /// Calls run_one(i) for i from 0 to n - 1, side by side where memory allows. False when stopped. Makes the start population first.
    bool run_all(std::size_t n, const std::function<void(std::size_t)>& run_one);
    /// Tells of announced runs that are in the log or not needed after all.
    void found(std::size_t runs);
    /// Tells of so many runs that were not announced before.
    void announce(std::size_t runs);
    [[nodiscard]] bool stop();
    /// That of the shipped values, from `run_all` on.
    [[nodiscard]] const models::World& start() const { return start_; }

private:
    void done();

    const Inputs& inputs_;
    KeptRunsOptions options_;
    std::unique_ptr<RunLog> log_;
    models::World start_;
    bool started_ = false;
    std::mutex mutex_;
    bool stopped_ = false;
};

/// The digests of all tables read, as one text for the key of a log.
[[nodiscard]] std::string tables_text(const Inputs& inputs);

}  // namespace experiments
