#pragma once
/// The runs of the reckoning of the plan: sets of its measures, what-ifs, the sham arm and mixes of doses, on common random numbers, kept as they end.

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "experiments/assessment/assessment.hpp"
#include "experiments/assessment/assessment_figures.hpp"
#include "experiments/assessment/players.hpp"
#include "experiments/calibration/parameter_draws.hpp"
#include "experiments/figures/moments.hpp"
#include "experiments/runs/comparison_runs.hpp"
#include "experiments/runs/kept_runs.hpp"

namespace experiments {

/// One kind of run, of which each draw has one.
struct AssessmentRun {
    /// The sham arm, the measures of a coalition as planned, and all at strengths; numbers above are what-ifs, from 1 on.
    static constexpr int sham = -1, planned = 0, mix = -2;

    std::size_t demand = 0;  ///< place in the options' scenarios of climate demand
    Coalition coalition = 0;
    int what_if = planned;
    std::vector<double> strengths = {};  ///< by player; of a mix
};

class AssessmentRuns {
public:
    /// Throws InputError where numbers make no sense.
    AssessmentRuns(const AssessmentOptions& options, const RunsWatch& watch);

    /// Sets of measures, what-ifs and the sham arm of every draw and scenario of demand: those that are not in the log leave the run of policy in place, which
    /// is done again for them. Arms of one scenario of demand leave none of another's runs: demand for the climate differs from the first month on. False when
    /// stopped.
    bool run_sets();
    /// Mixes under one scenario of demand, each draw's. False when stopped.
    bool run_mixes(std::size_t demand, const std::vector<std::vector<double>>& mixes);
    /// Tells of runs that a search takes at most, and of those of them that it did not need.
    void announce(std::size_t runs) { kept_->announce(runs); }
    void not_needed(std::size_t runs) { kept_->found(runs); }

    /// A figure of a run that was done, by its place: those of `figures`, then spending (euro) and participants (persons) of each player in turn.
    [[nodiscard]] double value(std::size_t draw, const AssessmentRun& run, std::size_t place) const { return kept_->value(log_key(run), draw, place); }

    [[nodiscard]] const std::vector<Player>& players() const { return players_; }
    [[nodiscard]] Coalition everybody() const { return (Coalition{1} << players_.size()) - 1; }
    [[nodiscard]] const AssessmentFigures& figures() const { return *figures_; }
    [[nodiscard]] std::size_t place_of_spending(std::size_t player) const { return figures_->figures().size() + 2 * player; }
    [[nodiscard]] std::size_t size() const { return kept_->size(); }
    [[nodiscard]] const Inputs& inputs() const { return inputs_; }
    [[nodiscard]] const ParameterDraws& draws() const { return draws_; }

private:
    [[nodiscard]] std::string key() const;
    [[nodiscard]] std::vector<double> log_key(const AssessmentRun& run) const;
    [[nodiscard]] Scenario under(Scenario scenario, std::size_t demand) const;
    [[nodiscard]] Scenario drawn(Scenario scenario, std::size_t draw) const;
    [[nodiscard]] PlannedRun planned(Scenario scenario, sim::Month leaves, const AssessmentRun& run, std::size_t draw);
    [[nodiscard]] std::vector<double> money_of(const PolicyRecord& record) const;
    void run_sets_of(std::size_t demand, std::size_t draw);

    const AssessmentOptions& options_;
    std::vector<Player> players_;
    Inputs inputs_;
    std::optional<AssessmentFigures> figures_;
    std::optional<Moments> moments_;
    ParameterDraws draws_;
    std::optional<KeptRuns> kept_;
};

}  // namespace experiments
