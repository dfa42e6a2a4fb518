#include "models/awareness.hpp"

#include "models/parameters.hpp"
#include "models/series.hpp"
#include "models/tables.hpp"
#include "models/world.hpp"
#include "sim/trajectory.hpp"

namespace models {

const ParameterTable<AwarenessParameters>& awareness_table() {
    static const ParameterTable<AwarenessParameters> table{};
    return table;
}

double campaign_awareness(const World&, Row, sim::Month) { return 0; }

void step_awareness(World&, sim::Month) {}

void write_awareness(const World&, sim::Trajectory&, const SeriesIds&, std::size_t, std::size_t, bool) {}

}  // namespace models
