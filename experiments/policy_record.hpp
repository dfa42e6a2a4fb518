#pragma once
/// What a run's measures did to people, month by month: from it gross placements, deadweight, displacement and net effect are reckoned (model description,
/// section 4).

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "models/policy_accounts.hpp"
#include "models/world.hpp"
#include "sim/month.hpp"

namespace experiments {

/// One measure at the end of a month, over all regions; people in agents, cumulated since the run began.
struct MeasureStand {
    std::array<std::int64_t, models::policy_flows> people{};  ///< by PolicyFlow; in_programme is a stock
    double spending = 0;                                      ///< euro, for all persons
    std::vector<double> spending_in;                          ///< the same by region: of fixed cost its share, of participants those who live there
    models::FollowedCounts standing;                          ///< of all who ever stood at the gate: alive and resident, and at work in the target's group
};

/// The measures of one run. A copy goes on by itself.
class PolicyRecord {
public:
    /// Notes the month that a world has just simulated; `names` of measures in the order of /policy.
    void add(const models::World& world, const std::vector<std::string>& names);
    /// The stand at the end of a month; all zero for a measure or month that is not noted.
    [[nodiscard]] MeasureStand at(const std::string& measure, sim::Month month) const;
    [[nodiscard]] std::vector<std::string> measures() const;

private:
    std::map<std::string, std::map<int, MeasureStand>> stands_;  ///< by measure and number of the month
};

/// Gross placements and where they come from, in agents, at one month: gross = deadweight + displacement + net, by construction.
struct Reckoning {
    double participants = 0;  ///< alive and resident
    double gross = 0;         ///< of these, at work in the target's group
    double deadweight = 0;    ///< of these, who would be there without the measure: the share among those whom the lot refused
    double direct = 0;        ///< gross - deadweight
    double displacement = 0;  ///< direct - net; below 0 it is spill-over
    double net = 0;           ///< more people at work in the target's group with the measure than without
};
/// `deadweight`: participants times the share at work in the target's group among those whom the lot refused.
[[nodiscard]] Reckoning reckon(const models::FollowedCounts& standing, double deadweight, double net);

}  // namespace experiments
