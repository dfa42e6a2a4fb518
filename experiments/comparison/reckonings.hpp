#pragma once
/// What the gates of measures did in a comparison: gross placements, and how much of them is deadweight, displacement and net effect (model description,
/// section 4); and what the arm spends beside the base.

#include <array>
#include <string>
#include <vector>

#include "experiments/runs/policy_record.hpp"
#include "experiments/scenarios/scenario.hpp"
#include "experiments/statistics/sample.hpp"
#include "models/labels.hpp"
#include "models/policy_accounts.hpp"
#include "sim/month.hpp"

namespace experiments {

/// Months after the entry of an arm at which its gates are reckoned; those of the outcomes of the same horizon.
inline constexpr std::array<int, 5> reckoned_after{6, 12, 24, 36, 60};

/// Those who stood at gates, by horizon; agents.
using StandingAfter = std::array<models::FollowedCounts, reckoned_after.size()>;

/// One pair of runs.
struct PairOfGates {
    StandingAfter standing{};                                                     ///< at all gates that one of the two scenarios holds
    std::vector<StandingAfter> standing_at;                                       ///< at each of them
    double spending = 0;                                                          ///< of all measures of the arm less those of the base until the end, euro
    std::vector<double> spending_on;                                              ///< the same by measure, of those that one of the two scenarios holds at all
    std::vector<double> spending_in;                                              ///< the same by region
    std::array<double, models::education_labels.size()> spending_by_education{};  ///< the same by level of education (MeasureStand)
};

/// The gates that one of two scenarios holds and the other does not.
class GatesOfArm {
public:
    GatesOfArm(const Scenario& base, const Scenario& arm, sim::Month entry);
    /// 1: the arm holds them, -1: the base does, and its effect is that of the base less the arm; 0: there are none, or each holds some.
    [[nodiscard]] int sign() const { return sign_; }
    [[nodiscard]] const std::vector<std::string>& measures() const { return measures_; }
    /// All measures of the two scenarios: those of the arm, then those of the base alone.
    [[nodiscard]] const std::vector<std::string>& paid() const { return paid_; }
    [[nodiscard]] PairOfGates of(const PolicyRecord& base, const PolicyRecord& arm) const;

private:
    std::vector<std::string> measures_, paid_;
    int sign_ = 0;
    sim::Month entry_, end_;
};

/// A mean over pairs of runs with its 95 % interval by Student's t.
struct MeanOfPairs {
    double mean = 0;
    Interval interval;
};
[[nodiscard]] MeanOfPairs mean_of_pairs(const std::vector<double>& by_pair);

/// Persons, at one month after the entry of an arm.
struct ArmReckoning {
    int months = 0;
    MeanOfPairs participants, gross, deadweight, displacement, net;
    double refused = 0;  ///< agents whom the lot refused, over all pairs: on so many the share of deadweight rests
};

/// What the gate of one measure did, persons; its net effect is not told apart from that of the other gates of the arm.
struct GateReckoning {
    std::string measure;
    int months = 0;
    MeanOfPairs participants, gross;
    MeanOfPairs deadweight;  ///< by the share at work among those whom the lot refused at this gate; NaN where it refused nobody
    double refused = 0;      ///< agents, over all pairs
};

/// By gate, and by horizon of `reckoned_after` that the runs reach. `measures`: by `standing_at`.
[[nodiscard]] std::vector<GateReckoning> reckonings_by_gate(const std::vector<PairOfGates>& pairs, const std::vector<std::string>& measures,
                                                            const std::array<bool, reckoned_after.size()>& reached, double persons_per_agent);

/// By horizon of `reckoned_after` that the runs reach. `net[h]`: by pair, persons in technical and ICT work, arm less base; NaN where the runs end before. In
/// each pair gross = deadweight + displacement + net.
[[nodiscard]] std::vector<ArmReckoning> reckonings_of(const std::vector<PairOfGates>& pairs, const std::array<std::vector<double>, reckoned_after.size()>& net,
                                                      int sign, double persons_per_agent);

}  // namespace experiments
