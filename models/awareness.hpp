#pragma once
/// Awareness (process 10): campaigns, background campaigns, word of mouth. Read, not stepped. Model description, section 3.

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

inline const sim::ProcessInfo awareness_info{.name = "awareness", .key = 130, .reads = {}, .writes = {}};

/// Figures of the real world (regions/).
struct AwarenessTables {};

struct AwarenessParameters {};
[[nodiscard]] const ParameterTable<AwarenessParameters>& awareness_table();

/// What the process remembers from month to month; part of a checkpoint.
struct AwarenessState {
    template <class Archive>
    void archive(Archive&) {}
};

/// Awareness of technical and ICT work that campaigns of the run have given a person beyond the background ones: 0 to 1, exactly 0 where no campaign ran in
/// the last 24 months. Computed when asked.
[[nodiscard]] double campaign_awareness(const World& world, Row row, sim::Month month);

/// Process 10 of the month.
void step_awareness(World& world, sim::Month month);

/// Writes the series of this process at one point of time of one replicate; `with_flows`: the month before it was simulated.
void write_awareness(const World& world, sim::Trajectory& trajectory, const SeriesIds& series, std::size_t replicate, std::size_t time, bool with_flows);

}  // namespace models
