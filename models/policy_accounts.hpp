#pragma once
/// What is counted for each measure with a gate (/policy of the output), from the agents of the run.

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "models/labels.hpp"
#include "models/person.hpp"
#include "sim/month.hpp"

namespace sim {
class Trajectory;
}

namespace models {

struct World;
struct SeriesIds;

/// People of one month, by region of residence; `in_programme` at its end.
enum class PolicyFlow : std::uint8_t { applicants, refused_place, refused_lot, participants, in_programme, completions, placements };
inline constexpr int policy_flows = 7;

/// Months after the gate at which participants and those whom the lot refused are looked at again.
inline constexpr std::array<int, 5> horizons{6, 12, 24, 36, 60};

/// Somebody who passed the gate of a measure, or was refused there by lot.
struct Followed {
    Row row = 0;
    std::uint32_t lot = 0;  ///< number of the measure
    StoredMonth month = 0;  ///< at the gate
    Occupation target = 0;
    std::uint8_t refused = 0;              ///< 1 = by lot
    std::uint8_t region = 0;               ///< of residence at the gate
    Education education = Education::low;  ///< at the gate
    std::uint8_t spare[2] = {};
};

/// What has become of them at one horizon: agents of one month's gate who are alive and resident, and of these who work in the target's group (technology or
/// ICT).
struct FollowedCounts {
    std::int32_t participants = 0;
    std::int32_t participants_in_target = 0;
    std::int32_t refused = 0;
    std::int32_t refused_in_target = 0;
};

/// The counts of the present month, and those who are followed; part of a checkpoint.
struct PolicyAccounts {
    std::vector<std::int32_t> count;  ///< (measure * regions + region) * policy_flows + flow
    std::vector<Followed> followed;   ///< everybody who ever stood at a gate, in the order of months
    /// Sets the counts of a month to zero.
    void begin_month(const World& world);
    template <class Archive>
    void archive(Archive& a) {
        a("count", count);
        a("followed", followed);
    }
};

/// Notes somebody at the gate of a measure; nobody for 0.
void follow(World& world, std::uint32_t lot, Row row, Occupation target, bool refused);

/// Of those who stood at a gate a horizon ago: by (measure * regions + region) * horizons + horizon.
[[nodiscard]] std::vector<FollowedCounts> followed_counts(const World& world);
/// Of all who ever stood at a gate: by measure.
[[nodiscard]] std::vector<FollowedCounts> standing_counts(const World& world);
/// Who began in the month just simulated, by level of education at the gate: measure * levels + level.
[[nodiscard]] std::vector<std::int32_t> began_by_education(const World& world);
/// The counts of the month just simulated, as /policy has them: (measure * regions + region) * policy_flows + flow.
[[nodiscard]] std::vector<std::int32_t> policy_counts(const World& world);

/// Counts a person for the measure with this number at the lot; nobody for 0, which is no measure, and for measures that the scenario does not hold.
void count_for_measure(World& world, std::uint32_t lot, std::size_t region, PolicyFlow what);

/// Euro that a measure spends in a region in this month, for all persons, when so many agents began.
[[nodiscard]] double spent(const World& world, std::size_t measure, std::size_t region, std::int32_t began);

/// Writes the group /policy at one point of time of one replicate; `with_flows`: the month before it was simulated.
void write_policy(const World& world, sim::Trajectory& trajectory, const SeriesIds& series, std::size_t replicate, std::size_t time, bool with_flows);

}  // namespace models
