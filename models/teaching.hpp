#pragma once
/// Teaching (process 8): teacher vacancies, hybrid teachers, and what they do to capacity and quality. Model description, sections 2 and 3.

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

inline const sim::ProcessInfo teaching_info{.name = "teaching", .key = 110, .reads = {"schools"}, .writes = {}};

/// Figures of the real world (regions/).
struct TeachingTables {};

struct TeachingParameters {};
[[nodiscard]] const ParameterTable<TeachingParameters>& teaching_table();

/// What the process remembers from month to month; part of a checkpoint.
struct TeachingState {
    template <class Archive>
    void archive(Archive&) {}
};

/// Process 8 of the month.
void step_teaching(World& world, sim::Month month);

/// Writes the series of this process at one point of time of one replicate; `with_flows`: the month before it was simulated.
void write_teaching(const World& world, sim::Trajectory& trajectory, const SeriesIds& series, std::size_t replicate, std::size_t time, bool with_flows);

}  // namespace models
