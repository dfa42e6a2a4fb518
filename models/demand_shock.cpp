#include "models/demand_shock.hpp"

#include <cmath>

#include "sim/math.hpp"

namespace models {

double demand_shock(const sim::Random& random, sim::Month month, sim::Month last_observed, double size, double persistence) {
    if (size <= 0) return 0;
    const double kept = sim::power(persistence, 1.0 / 12);  // a month
    double shock = 0;
    for (sim::Month m = last_observed + 1; m <= month; ++m)
        shock = kept * shock + sim::normal_quantile(random.uniform({demand_shock_info.key, sim::region(0), m, 0}));
    return size * std::sqrt(1 - kept * kept) * shock;
}

}  // namespace models
