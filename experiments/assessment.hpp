#pragma once
/// The reckoning of the action plan: how many technicians and ICT workers are needed, how many there are without the plan, with policy in place and with each
/// what-if, and what each measure adds: alone, added last, and as its Shapley share (model description, sections 4, 5 and 9).

#include <cstdint>
#include <filesystem>
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "experiments/drivers.hpp"
#include "experiments/parameter_draws.hpp"
#include "experiments/sample.hpp"
#include "experiments/scenario.hpp"
#include "models/tables.hpp"

namespace experiments {

/// A measure of the plan with its parts, which count as one: M4 holds M4a and M4b.
struct Player {
    std::string name;
    std::vector<std::string> measures;
};
/// Players are numbered, and a coalition is a set of them: one bit each.
using Coalition = std::uint32_t;

/// The players among the measures of a scenario, in the order of `plan`: names that agree up to the end of their number belong together. Throws InputError
/// where the scenario holds none.
[[nodiscard]] std::vector<Player> players_of(const Scenario& scenario, const std::vector<std::string>& plan);

/// The scenario with the measures of a coalition; what belongs to no player stays.
[[nodiscard]] Scenario with_coalition(const Scenario& scenario, const std::vector<Player>& players, Coalition coalition);

/// A random order of so many players, the same for the same seed and draw.
[[nodiscard]] std::vector<std::size_t> order_of_draw(std::size_t players, std::uint64_t seed, std::size_t draw);

/// Every coalition whose outcome a draw needs, the smallest first and each once: nobody, each player alone, all but each player, everybody, and those on the
/// way through an order and through its reverse.
[[nodiscard]] std::vector<Coalition> coalitions_of(const std::vector<std::size_t>& order);

/// What each player adds on the way through an order and through its reverse, on average: shares that add up to everybody less nobody. `value` of a coalition.
[[nodiscard]] std::vector<double> shapley_shares(const std::vector<std::size_t>& order, const std::function<double(Coalition)>& value);

struct AssessmentOptions {
    Scenario plan;                   ///< policy in place, under one scenario of climate demand
    std::vector<std::string> names;  ///< of the plan's measures
    std::vector<Scenario> what_ifs;  ///< policy in place and something beside
    int draws = 20;
    PosteriorDraws posterior;  ///< of calibrated parameters; the others come from their priors
    double scale = 0.1;
    std::uint64_t seed = 1;
    std::uint64_t population_seed = 1;
    int threads = 1;
    std::filesystem::path data;
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

struct Assessment {
    std::vector<Supply> supply;  ///< without the plan, policy in place, and each what-if
    std::vector<Contribution> contributions;
    Estimate together;  ///< what all measures add
    std::vector<Gap> gaps;
    double noise = 0;                   ///< standard deviation of the difference that the luck of one seeker makes
    double digitally_skilled_goal = 0;  ///< the regions' part of a million
    std::size_t draws = 0, runs = 0;
    ParameterDraws drawn;
    models::Tables tables;  ///< what was read, for a report
    /// The players whose shares close the gap at least cost, the cheapest first; empty where all together do not.
    std::vector<std::string> cheapest;
};

struct AssessmentWatch {
    std::function<int()> stop;
    std::function<void()> run_done;
};

/// Runs of one draw and of all: each coalition, each what-if, and the sham arm.
[[nodiscard]] std::size_t runs_of(const AssessmentOptions& options);

/// Nothing when stopped; what is in the log is not lost. Throws InputError where numbers make no sense or memory holds no run.
[[nodiscard]] std::optional<Assessment> assess(const AssessmentOptions& options, const AssessmentWatch& watch);

/// Tables for people, and the same as CSV.
[[nodiscard]] std::string assessment_tables(const Assessment& assessment);
[[nodiscard]] std::string assessment_csv(const Assessment& assessment, const std::string& command_line);

}  // namespace experiments
