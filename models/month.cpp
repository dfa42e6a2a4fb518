#include "models/month.hpp"

#include "models/awareness.hpp"
#include "models/demand.hpp"
#include "models/demography.hpp"
#include "models/indicators.hpp"
#include "models/innovation.hpp"
#include "models/programmes.hpp"
#include "models/schooling.hpp"
#include "models/search.hpp"
#include "models/separations.hpp"
#include "models/side_entry.hpp"
#include "models/teaching.hpp"
#include "models/wages.hpp"

namespace models {

sim::Schedule<World> month_schedule(Indicators* indicators, bool spin_up) {
    sim::Schedule<World> month;
    month.add(1, "demography", [spin_up](World& world, sim::Month now) {
        world.month = now;
        if (!spin_up) step_demography(world, now);
    });
    month.add(2, "schooling", spin_up ? std::function<void(World&, sim::Month)>() : step_schooling);
    month.add(3, "programmes", spin_up ? step_aims : step_programmes);
    month.add(4, "employers", step_employers);
    month.add(5, "separations", step_separations);
    month.add(6, "search", step_search);
    month.add(7, "wages", step_wages);
    month.add(8, "teaching", spin_up ? std::function<void(World&, sim::Month)>() : step_teaching);
    month.add(9, "innovation", spin_up ? std::function<void(World&, sim::Month)>() : step_innovation);
    month.add(10, "awareness", spin_up ? std::function<void(World&, sim::Month)>() : step_awareness);
    month.add(11, "indicators", [indicators](World& world, sim::Month) {
        if (indicators != nullptr) indicators->record(world);
        world.close_month();
    });
    return month;
}

}  // namespace models
