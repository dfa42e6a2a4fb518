#include "models/month.hpp"

#include "models/demand.hpp"
#include "models/demography.hpp"
#include "models/indicators.hpp"
#include "models/schooling.hpp"
#include "models/search.hpp"
#include "models/separations.hpp"
#include "models/wages.hpp"

namespace models {

sim::Schedule<World> month_schedule(Indicators* indicators, bool spin_up) {
    sim::Schedule<World> month;
    month.add(1, "demography", [spin_up](World& world, sim::Month now) {
        world.month = now;
        if (!spin_up) step_demography(world, now);
    });
    month.add(2, "schooling", spin_up ? std::function<void(World&, sim::Month)>() : step_schooling);
    month.add(3, "programmes");  // side-entry courses and work-learning: to come
    month.add(4, "employers", step_employers);
    month.add(5, "separations", step_separations);
    month.add(6, "search", step_search);
    month.add(7, "wages", step_wages);
    month.add(8, "teaching");    // teacher vacancies and hybrid teachers: to come
    month.add(9, "innovation");  // process innovation and output per worker: to come
    month.add(10, "awareness");  // campaigns and word of mouth: to come
    month.add(11, "indicators", [indicators](World& world, sim::Month) {
        if (indicators != nullptr) indicators->record(world);
        world.close_month();
    });
    return month;
}

}  // namespace models
