#pragma once
/// What is counted for each measure with a gate (/policy of the output), from the agents of the run.

#include <cstddef>
#include <cstdint>
#include <vector>

namespace sim {
class Trajectory;
}

namespace models {

struct World;
struct SeriesIds;

/// People of one month, by region of residence; `in_programme` at its end.
enum class PolicyFlow : std::uint8_t { applicants, refused_place, refused_lot, participants, in_programme, completions, placements };
inline constexpr int policy_flows = 7;

/// The counts of the present month; part of a checkpoint.
struct PolicyAccounts {
    std::vector<std::int32_t> count;  ///< (measure * regions + region) * policy_flows + flow
    /// Sets the counts of a month to zero.
    void begin_month(const World& world);
    template <class Archive>
    void archive(Archive& a) {
        a("count", count);
    }
};

/// Counts a person for the measure with this number at the lot; nobody for 0, which is no measure, and for measures that the scenario does not hold.
void count_for_measure(World& world, std::uint32_t lot, std::size_t region, PolicyFlow what);

/// Writes the group /policy at one point of time of one replicate; `with_flows`: the month before it was simulated.
void write_policy(const World& world, sim::Trajectory& trajectory, const SeriesIds& series, std::size_t replicate, std::size_t time, bool with_flows);

}  // namespace models
