#pragma once
/// Awareness (process 10): campaigns, background campaigns, word of mouth. Read, not stepped. Model description, section 3.
///
/// The step notes the pressure of each month by region and target group. What a person knows of technical and ICT work by campaigns is computed when it
/// decides something, from that history and from exposures at (awareness, person, month, 0): word 0 for the campaign, word 1 for background campaigns.
/// At the first of a month the exposures of the 24 months before it count.

#include <array>
#include <cstddef>
#include <vector>

#include "models/labels.hpp"
#include "models/parameter.hpp"
#include "models/person.hpp"
#include "sim/month.hpp"
#include "sim/process.hpp"

namespace sim {
class Trajectory;
}

namespace models {

struct World;
struct SeriesIds;

inline const sim::ProcessInfo awareness_info{.name = "awareness", .key = 130, .reads = {"birth", "region"}, .writes = {"awareness"}};

/// Whom a campaign speaks to: 12 to 24 years, and from 25 years on. Children under 12 are spoken to by none.
enum class TargetGroup : std::uint8_t { young, adults };
inline constexpr std::size_t target_groups = 2;
inline constexpr int young_from = 12;   ///< years
inline constexpr int adults_from = 25;  ///< years
/// Months of exposures that count.
inline constexpr int exposure_months = 24;
/// Ties of a person: the rows up to this distance on either side. At the start rows stand in order of region and month of birth, later in order of arrival,
/// so they are people of the same place and cohort, or newcomers of the same time.
inline constexpr int tie_distance = 2;
inline constexpr int personal_ties = 2 * tie_distance;

/// Figures of the real world (regions/data/awareness.csv).
struct AwarenessTables {
    /// Pressure of the campaigns that sectors run all the time, by target group: gross rating points a month.
    std::array<double, target_groups> background{};
    /// Months of the shortest retraining from an occupation to any technical or ICT one; infinite where there is none.
    std::array<double, occupations> months_to_technical{};
};

struct AwarenessParameters {
    // Levers: the campaign.
    double young_pressure = 0;
    double adult_pressure = 0;
    double background_factor = 1;
    // Reach, recall and talk.
    double reach_maximum = 0.75;
    double reach_scale = 250;
    double overlap = 0.4;
    double recall = 0.25;
    double half_life = 4;
    double word_of_mouth = 0.67;
    // Answers to full awareness; those of study choice stand with schooling.
    double bbl_effect = 0.095;
    double recognition_effect = 0.095;
    // Report.
    double retraining_limit = 12;
};
[[nodiscard]] const ParameterTable<AwarenessParameters>& awareness_table();

/// Pressure of the campaign, month by month since the first one of the run; part of a checkpoint. Before it there was no campaign, and the background as now.
struct AwarenessState {
    int first = 0;                 ///< number of the first month noted; 0 = none yet
    std::vector<double> pressure;  ///< gross rating points: (month x regions + region) x target_groups + group

    /// Pressure in a month; 0 outside what is noted.
    [[nodiscard]] double of(sim::Month month, int region, int regions, TargetGroup group) const {
        if (month.number() < first) return 0;
        const auto place =
            (static_cast<std::size_t>(month.number() - first) * static_cast<std::size_t>(regions) + static_cast<std::size_t>(region)) * target_groups +
            index_of(group);
        return place < pressure.size() ? pressure[place] : 0;
    }
    template <class Archive>
    void archive(Archive& a) {
        a("first", first);
        a("pressure", pressure);
    }
};

// ---- pure decisions

/// Share of a target group that at least one expression reaches in a month: maximum x (1 - exp(-pressure / scale)).
[[nodiscard]] double media_reach(double pressure, const AwarenessParameters& p);

/// Whom a month's media reach: background campaigns with or without the campaign, and the campaign alone. Who is reached by both is not reached again.
struct Exposure {
    double background = 0;  ///< probability
    double fresh = 0;       ///< probability, of persons without background exposure included
    /// Probability of a fresh exposure of somebody whom the background does not reach.
    [[nodiscard]] double fresh_given_none() const { return background < 1 ? fresh / (1 - background) : 0; }
};
/// `overlap` is the share of the campaign's reach that background campaigns reach too, as far as the two reaches allow.
[[nodiscard]] Exposure exposure_of(double campaign_pressure, double background_pressure, const AwarenessParameters& p);

/// What an exposure still gives to awareness after whole months (1 = in the month before): recall, halved every half-life, from the middle of its month on.
[[nodiscard]] double remembered(int months_ago, const AwarenessParameters& p);

/// Target group at an age in months, as index; -1 under 12 years.
[[nodiscard]] constexpr int target_group_of(int age_in_months) {
    return age_in_months < young_from * 12 ? -1 : static_cast<int>(index_of(age_in_months < adults_from * 12 ? TargetGroup::young : TargetGroup::adults));
}

// ---- what others ask

/// Awareness of technical and ICT work that campaigns of the run have given a person beyond the background ones: 0 to 1, exactly 0 where no campaign ran in
/// the last 24 months. Computed when asked; it holds at the first of the month. The background is in the observed rates already, so only this may move a
/// choice. The person's history is that of its present region.
[[nodiscard]] double campaign_awareness(const World& world, Row row, sim::Month month);

/// Awareness by everything: with the background.
[[nodiscard]] double full_awareness(const World& world, Row row, sim::Month month);

/// Expected values of the two for somebody born in a month (number since January 1900) who lives in a region, in closed form: the exposures of a person's
/// months and ties are independent.
struct MeanAwareness {
    double full = 0;
    double campaign = 0;
};
[[nodiscard]] MeanAwareness mean_awareness(const World& world, int region, int birth, sim::Month month);
/// The same for everybody of at least 27 years: adults in all months that count.
[[nodiscard]] MeanAwareness mean_adult_awareness(const World& world, int region, sim::Month month);

/// Process 10 of the month.
void step_awareness(World& world, sim::Month month);

/// Writes the series of this process at one point of time of one replicate; `with_flows`: the month before it was simulated.
/// In an age group all months of birth weigh alike.
void write_awareness(const World& world, sim::Trajectory& trajectory, const SeriesIds& series, std::size_t replicate, std::size_t time, bool with_flows);

}  // namespace models
