#pragma once
/// The runs of one replicate: a base, and arms. Each month is simulated once for all runs whose scenarios agree so far.

#include <cstdint>
#include <functional>
#include <vector>

#include "experiments/runs/policy_record.hpp"
#include "experiments/scenarios/scenario.hpp"
#include "models/parameters.hpp"
#include "models/tables.hpp"
#include "models/world.hpp"
#include "sim/month.hpp"
#include "sim/trajectory.hpp"

namespace experiments {

/// The first month in which a scenario's runs can leave those of another; the month after the end where they never do. A measure that is not in both, word for
/// word, counts from its start, whatever it doses.
[[nodiscard]] sim::Month first_difference(const Scenario& base, const Scenario& arm);

/// One run.
struct PlannedRun {
    Scenario scenario;                                      ///< its parameters and measures
    sim::Month leaves = first_month;                        ///< first month in which it can differ from the base's run; `first_month`: from the start
    std::function<void(const sim::Trajectory&)> finished;   ///< with all series, from the first month on
    std::function<void(const PolicyRecord&)> counted = {};  ///< with the accounts of its measures, before `finished`
};

/// What runs share.
struct RunGround {
    const models::Tables* tables = nullptr;
    const models::World* start = nullptr;
    sim::Month end;
    std::uint64_t seed = 1;
    std::function<bool()> stop;  ///< asked before each month; by any thread
    bool shared_months = true;   ///< false: every arm that leaves the base is a whole run, and no copy is kept
};

/// Runs the base, then each arm from its state in the month in which it leaves; arms that leave in one month go on together for as long as their scenarios
/// agree (`first_difference`). All series have the bytes of a whole run. A copy of the state is kept for every month in which a run leaves another, until it
/// has left (`most_copies`). False when stopped.
bool run_with_arms(const RunGround& ground, std::uint32_t replicate, const PlannedRun& base, std::vector<PlannedRun> arms);

/// The scenario of the sham arm: other luck of the first 30 unemployed people from 25 to 44 of the start, in the first month. Nothing else of their lives is
/// another, and nothing of anybody else's.
[[nodiscard]] Scenario with_sham(Scenario scenario, const models::World& start);

/// Bytes that a base with its arms takes beside other runs of the same start, with so many kept copies; the start stands beside them.
[[nodiscard]] double bytes_beside_others(const models::World& start, std::size_t copies);

/// Copies that `run_with_arms` keeps at once, at most: the months in which measures begin that not all of these scenarios hold.
[[nodiscard]] std::size_t most_copies(const Scenario& base, const std::vector<Scenario>& arms);

}  // namespace experiments
