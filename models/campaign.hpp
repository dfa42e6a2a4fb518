#pragma once
/// What the appraisal of a campaign begins with, before any effect: how many workers are needed, how many people who would qualify can be reached, and how
/// many of them the campaigns of sectors reach already. Model description, section 3.

#include <cstddef>
#include <vector>

#include "models/awareness.hpp"

namespace models {

/// Of one region, in agents.
struct CampaignReport {
    double needed = 0;     ///< full desired staff less workers of the technical and ICT occupations that are short of workers, at employers in the region
    double reachable = 0;  ///< residents who would qualify times the most that media reach
    double reached = 0;    ///< of them, whom background campaigns reach in a month
};

/// Whether a person would qualify: the young who are in education with a choice of field ahead, and those of 25 to 66 years who are neither at work in nor
/// educated for technical or ICT work and whose retraining for it takes no longer than the limit. Who has no occupation is looked at as one of the other
/// occupations. Pure.
[[nodiscard]] bool would_qualify(const Person& person, int age, const AwarenessTables& tables, const AwarenessParameters& p);

/// By region; walks all persons and posts.
[[nodiscard]] std::vector<CampaignReport> campaign_report(const World& world);

/// Writes campaign_needed, campaign_reachable and campaign_reached at the points of January; other months stay missing, for a walk over all persons each
/// month would cost more than the three numbers tell.
void write_campaign_report(const World& world, sim::Trajectory& trajectory, const SeriesIds& series, std::size_t replicate, std::size_t time);

}  // namespace models
