#include "models/teaching.hpp"

#include "models/parameters.hpp"
#include "models/series.hpp"
#include "models/tables.hpp"
#include "models/world.hpp"
#include "sim/trajectory.hpp"

namespace models {

const ParameterTable<TeachingParameters>& teaching_table() {
    static const ParameterTable<TeachingParameters> table{};
    return table;
}

void step_teaching(World&, sim::Month) {}

void write_teaching(const World&, sim::Trajectory&, const SeriesIds&, std::size_t, std::size_t, bool) {}

}  // namespace models
