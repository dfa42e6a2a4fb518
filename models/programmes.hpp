#pragma once
/// Programmes (process 3): side entry by course, work-learning with a job guarantee, adult BBL from work. Model description, sections 2 and 3.

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

inline const sim::ProcessInfo programmes_info{.name = "programmes", .key = 40, .reads = {"status"}, .writes = {}};

/// Figures of the real world (regions/).
struct ProgrammeTables {};

struct ProgrammeParameters {};
[[nodiscard]] const ParameterTable<ProgrammeParameters>& programmes_table();

/// What the process remembers from month to month; part of a checkpoint.
struct ProgrammeState {
    template <class Archive>
    void archive(Archive&) {}
};

/// Process 3 of the month.
void step_programmes(World& world, sim::Month month);

/// Writes the series of this process at one point of time of one replicate; `with_flows`: the month before it was simulated.
void write_programmes(const World& world, sim::Trajectory& trajectory, const SeriesIds& series, std::size_t replicate, std::size_t time, bool with_flows);

}  // namespace models
