#pragma once
/// What a run's measures did to people, month by month: from it gross placements, deadweight, displacement and net effect are reckoned (model description,
/// section 4).

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "models/labels.hpp"
#include "models/person_group.hpp"
#include "models/policy_accounts.hpp"
#include "models/world.hpp"
#include "sim/month.hpp"

namespace experiments {

/// One measure at the end of a month, over all regions; people in agents, cumulated since the run began.
struct MeasureStand {
    std::array<std::int64_t, models::policy_flows> people{};  ///< by PolicyFlow; in_programme is a stock
    double spending = 0;                                      ///< euro, for all persons
    std::vector<double> spending_in;                          ///< the same by region: of fixed cost its share, of participants those who live there
    /// The same by level of education: of participants by their own at the gate; the rest by the shares of the measure's target group in each region, or of
    /// the labour force where it names none, as it was in the year's first month in which the measure spent anything.
    std::array<double, models::education_labels.size()> spending_by_education{};
    models::FollowedCounts standing;  ///< of all who ever stood at the gate: alive and resident, and at work in the target's group
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
    using Levels = std::array<double, models::education_labels.size()>;
    /// Shares by region of levels of education, together 1.
    struct Mix {
        int year = 0;
        std::vector<Levels> shares;
    };
    [[nodiscard]] static Mix mix_of(const models::World& world, const models::PersonGroup& group, const Mix* where_nobody);
    [[nodiscard]] const Mix& mix_for(const models::World& world, const std::string& measure, std::size_t place);

    std::map<std::string, std::map<int, MeasureStand>> stands_;  ///< by measure and number of the month
    Mix labour_force_;                                           ///< of the year's first month
    std::map<std::string, Mix> target_groups_;                   ///< by measure with a target group
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
