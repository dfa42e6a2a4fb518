#pragma once
/// From euro to awareness: contacts, reach, and what of it is fresh beside the campaigns of sectors. The arithmetic of channels; what awareness does to people
/// is the model's own (models/awareness.hpp, models/README.md, process 10).
///
/// Of those whom media can reach at all, channels reach independently of one another: 1 - prod(1 - reach_c (1 - exp(-pressure_c / scale_c))). The model has one
/// curve, so a month's channels are said to it as the pressure that reaches as many: -scale x log(1 - that share). One channel with the model's own curve is
/// said as it is.

#include <array>
#include <cstddef>
#include <string>
#include <vector>

#include "experiments/appraisal/campaign.hpp"
#include "experiments/scenarios/scenario.hpp"
#include "models/awareness.hpp"
#include "models/parameters.hpp"
#include "models/tables.hpp"
#include "regions/data_folder.hpp"

namespace experiments {

using ByGroup = std::array<double, models::target_groups>;

/// Persons of the target groups on 1 January 2021.
struct GroupSizes {
    ByGroup nation{};
    std::vector<ByGroup> by_region;  ///< of the run
};
/// From population.csv; those of 12 to 14 are three fifths of those of 10 to 14. Throws InputError where a row is missing.
[[nodiscard]] GroupSizes group_sizes(regions::DataFolder& data, const std::vector<std::string>& regions);

/// What a month's money does in one target group.
struct GroupMonth {
    double contacts = 0;   ///< gross rating points, all channels
    double reach = 0;      ///< share of the group that at least one channel reaches
    double frequency = 0;  ///< contacts of each who is reached
    double fresh = 0;      ///< of the group, whom the campaign reaches and background campaigns do not
    double pressure = 0;   ///< what the model is told, gross rating points
};
using CampaignMonth = std::array<GroupMonth, models::target_groups>;

/// The most that a lever of pressure takes; the reach of the model's curve is whole there.
inline constexpr double most_pressure = 5000;

/// One month in which `euro` are spent. `intensity`: factor on pressure by group.
[[nodiscard]] CampaignMonth campaign_month(const Campaign& campaign, double euro, const ByGroup& intensity, const ByGroup& persons,
                                           const models::AwarenessParameters& p, const models::AwarenessTables& tables);

/// All months with money, in one region (place in the run).
[[nodiscard]] std::vector<CampaignMonth> campaign_months(const Campaign& campaign, std::size_t region, const GroupSizes& sizes,
                                                         const std::vector<std::string>& regions, const models::AwarenessParameters& p,
                                                         const models::AwarenessTables& tables);

/// Mean awareness that the campaign adds, by month from its start until `until`: of those aged 15 years at the month (who choose), and of adults. In closed
/// form.
[[nodiscard]] std::vector<ByGroup> campaign_awareness_by_month(const std::vector<CampaignMonth>& months, sim::Month start, sim::Month until,
                                                               const models::Parameters& p, const models::Tables& tables);

/// The parameters of a run with the campaign: its memory, and no response where it does not aim. Pure; without a campaign they move nothing.
void set_response(const Campaign& campaign, models::Parameters& p);

/// The scenario with the campaign as measures; `scenario` may hold a draw of the parameters, `campaign` one of its figures. Without money it is the scenario
/// itself.
[[nodiscard]] Scenario with_campaign(Scenario scenario, const Campaign& campaign, const GroupSizes& sizes, const std::vector<std::string>& regions,
                                     const models::Tables& tables);

}  // namespace experiments
