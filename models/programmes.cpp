#include "models/programmes.hpp"

#include "models/parameters.hpp"
#include "models/series.hpp"
#include "models/tables.hpp"
#include "models/world.hpp"
#include "sim/trajectory.hpp"

namespace models {

const ParameterTable<ProgrammeParameters>& programmes_table() {
    static const ParameterTable<ProgrammeParameters> table{};
    return table;
}

void step_programmes(World&, sim::Month) {}

void write_programmes(const World&, sim::Trajectory&, const SeriesIds&, std::size_t, std::size_t, bool) {}

}  // namespace models
