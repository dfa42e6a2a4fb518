#pragma once
/// Process innovation (process 9): adoption over the graph of employers, and output per worker. Model description, sections 2 and 3.

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

inline const sim::ProcessInfo innovation_info{.name = "innovation", .key = 120, .reads = {"employer"}, .writes = {}};

/// Figures of the real world (regions/).
struct InnovationTables {};

struct InnovationParameters {};
[[nodiscard]] const ParameterTable<InnovationParameters>& innovation_table();

/// What the process remembers from month to month; part of a checkpoint.
struct InnovationState {
    template <class Archive>
    void archive(Archive&) {}
};

/// Process 9 of the month.
void step_innovation(World& world, sim::Month month);

/// Writes the series of this process at one point of time of one replicate; `with_flows`: the month before it was simulated.
void write_innovation(const World& world, sim::Trajectory& trajectory, const SeriesIds& series, std::size_t replicate, std::size_t time, bool with_flows);

}  // namespace models
