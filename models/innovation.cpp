#include "models/innovation.hpp"

#include "models/parameters.hpp"
#include "models/series.hpp"
#include "models/tables.hpp"
#include "models/world.hpp"
#include "sim/trajectory.hpp"

namespace models {

const ParameterTable<InnovationParameters>& innovation_table() {
    static const ParameterTable<InnovationParameters> table{};
    return table;
}

void step_innovation(World&, sim::Month) {}

void write_innovation(const World&, sim::Trajectory&, const SeriesIds&, std::size_t, std::size_t, bool) {}

}  // namespace models
