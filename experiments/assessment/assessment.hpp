#pragma once
/// The reckoning of the action plan: how many technicians and ICT workers are needed, how many there are without the plan, with policy in place and with each
/// what-if, and what each measure adds: alone, added last, and as its Shapley share (model description, sections 4, 5 and 9).

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "experiments/assessment/players.hpp"
#include "experiments/calibration/drivers.hpp"
#include "experiments/calibration/parameter_draws.hpp"
#include "experiments/runs/runs_options.hpp"
#include "experiments/runs/runs_watch.hpp"
#include "experiments/scenarios/scenario.hpp"
#include "experiments/statistics/sample.hpp"
#include "models/tables.hpp"

namespace experiments {

struct AssessmentOptions : RunsOptions {
    Scenario plan;                   ///< policy in place
    std::vector<std::string> names;  ///< of the plan's measures
    std::vector<Scenario> what_ifs;  ///< policy in place and something beside
    std::vector<int> demands{0};     ///< scenarios of climate demand, as places of models::green_scenario_labels; those of plan and what-ifs do not count
    std::size_t mixes = 0;           ///< of doses that the search for the least costly one begins with; 0: no search
    double gap_goal = 0;             ///< a gap up to this counts as closed, full-time equivalents
    int draws = 20;
    PosteriorDraws posterior;   ///< of calibrated parameters; the others come from their priors
    std::filesystem::path log;  ///< where finished runs are kept, so that an interrupted assessment goes on; empty: in memory
    bool afresh = false;        ///< begin the log anew
};

/// A figure over the draws.
struct Estimate {
    double mean = 0;
    Interval interval = {};                                   ///< of one draw's figure (ignorance and chance), where there are draws enough for it
    double error = std::numeric_limits<double>::quiet_NaN();  ///< standard error of the mean
    std::vector<double> by_draw = {};
};
[[nodiscard]] Estimate estimate_of(const std::vector<double>& by_draw);

/// The last twelve months of the runs of one scenario: full-time equivalents and persons.
struct Supply {
    std::string name;
    Estimate technicians, ict_workers, digitally_skilled;  ///< residents at work, persons
    Estimate required, filled, gap;                        ///< technical jobs in the regions, full-time equivalents
};

/// What a player does to technicians and ICT workers at work together in the last twelve months.
struct Contribution {
    std::string name;
    Estimate alone, last, shapley;
    Estimate spending;             ///< euro since the runs began, at scale one
    Estimate participants;         ///< through its gates, persons
    double cost = 0;               ///< euro for each extra worker by its share; NaN where the share is not above 0
    bool distinguishable = false;  ///< the share is further from 0 than twice the noise floor over the root of the draws
};

/// The gap of technical jobs with policy in place, full-time equivalents.
struct Gap {
    std::string of;  ///< occupation, region or level of education
    std::string label;
    Estimate required, gap;
};

/// The measures of the plan at other strengths than planned (mixes.hpp), the same in every draw.
struct Mix {
    std::vector<double> strengths;  ///< by player
    Estimate technicians, ict_workers;
    Estimate required, filled, gap;  ///< technical jobs in the regions, full-time equivalents
    Estimate spending;               ///< on all players since the runs began, euro at scale one
};

/// What is reckoned under one scenario of climate demand.
struct DemandReckoning {
    std::string demand;          ///< its name
    std::vector<Supply> supply;  ///< without the plan, policy in place, and each what-if
    std::vector<Contribution> contributions;
    Estimate together;  ///< what all measures add
    std::vector<Gap> gaps;
    double noise = 0;  ///< standard deviation of the difference that the luck of thirty seekers makes
    /// The players whose shares close the gap at least cost, the cheapest first; empty where all together do not.
    std::vector<std::string> cheapest;
    std::optional<Mix> strongest;  ///< all measures at their strongest; where mixes are asked for
    std::optional<Mix> best;       ///< the least costly mix of those that were run and close the gap; none where the strongest do not
    double best_expected_gap = 0;  ///< of the best mix, by the surface that it was found on
    std::size_t mixes_run = 0;     ///< the strongest among them
};

struct Assessment {
    std::vector<DemandReckoning> demands;
    std::vector<std::string> players;
    std::vector<double> usual_strengths;  ///< by player: about as planned, the mean of its measures
    double gap_goal = 0;
    double digitally_skilled_goal = 0;  ///< the regions' part of a million
    std::size_t draws = 0, runs = 0;
    ParameterDraws drawn;
    models::Tables tables;  ///< what was read, for a report
};

/// Runs of all draws and scenarios of climate demand: each coalition, each what-if, the sham arm, and the strongest mix.
[[nodiscard]] std::size_t runs_of(const AssessmentOptions& options);
/// Runs that a search for the least costly mix takes at most, under each scenario of climate demand in which the strongest mix closes the gap.
[[nodiscard]] std::size_t search_runs_of(const AssessmentOptions& options);

/// Nothing when stopped; what is in the log is not lost. Throws InputError where numbers make no sense or memory holds no run.
[[nodiscard]] std::optional<Assessment> assess(const AssessmentOptions& options, const RunsWatch& watch);

/// Tables for people, and the same as CSV.
[[nodiscard]] std::string assessment_tables(const Assessment& assessment);
[[nodiscard]] std::string assessment_csv(const Assessment& assessment, const std::string& command_line);

}  // namespace experiments
