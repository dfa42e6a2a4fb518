#include "models/recovery.hpp"

#include <algorithm>

#include "models/parameters.hpp"
#include "sim/math.hpp"

namespace models {

const ParameterTable<RecoveryParameters>& recovery_table() {
    using P = RecoveryParameters;
    const auto solved = "solved for stocks that stay while demand stands still (regions/README.md)";
    static const ParameterTable<P> table{
        {"months",
         &P::months,
         "month",
         1,
         120,
         {"uniform(6, 18)", 6.6, 17.4},
         Status::assumed,
         "",
         "months from January 2021 in which rates come from those of the start to their own"},
        {"moves",
         &P::moves,
         "1",
         0,
         5,
         {"uniform(0.8, 0.92)", 0.806, 0.914},
         Status::derived,
         "CBS: 12 % of employees had a new job in 2020 and 14 % in 2021",
         "employees who look for another job in January 2021, relative to those after the recovery"},
        {"self_employment",
         &P::self_employment,
         "1",
         0,
         5,
         {"lognormal(0.861, 0.1)", 0.73, 1.01},
         Status::derived,
         solved,
         "entries into self-employment in January 2021, relative to those after the recovery"},
        {"looking",
         &P::looking,
         "1",
         0,
         5,
         {"lognormal(1.388, 0.1)", 1.18, 1.64},
         Status::derived,
         solved,
         "moves from inactivity to unemployment in January 2021, relative to those after the recovery"},
        {"applications",
         &P::applications,
         "1",
         0,
         5,
         {"lognormal(0.6562, 0.1)", 0.557, 0.774},
         Status::derived,
         solved,
         "applications of the unemployed in January 2021, relative to those after the recovery"},
        {"standard",
         &P::standard,
         "1",
         -3,
         3,
         {"normal(-0.4111, 0.15)", -0.658, -0.164},
         Status::derived,
         solved,
         "standard of posted vacancies in January 2021 less that after the recovery, on the scale of search.standard_posted"},
    };
    return table;
}

double unrecovered(const RecoveryParameters& p, sim::Month month) {
    const double past = month.number() - sim::Month::of(2021, 1).number();
    return 1 - std::clamp(past / p.months, 0.0, 1.0);
}

SeparationParameters separations_in(const Parameters& p, sim::Month month) {
    SeparationParameters now = p.separations;
    const double left = unrecovered(p.recovery, month);
    const double entries = sim::power(p.recovery.self_employment, left);
    now.to_self_employment *= entries;
    now.business_start *= entries;
    now.business_start_inactive *= entries;
    now.start_looking *= sim::power(p.recovery.looking, left);
    return now;
}

SearchParameters search_in(const Parameters& p, sim::Month month) {
    SearchParameters now = p.search;
    const double left = unrecovered(p.recovery, month);
    now.employed_search *= sim::power(p.recovery.moves, left);
    now.applications_unemployed *= sim::power(p.recovery.applications, left);
    now.standard_posted += p.recovery.standard * left;
    return now;
}

}  // namespace models
