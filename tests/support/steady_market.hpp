#pragma once
/// All regions with demand that stands still and no support schemes: two years without seasons (no demography, schooling or programmes), or years with all
/// processes.

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>

#include "models/indicators.hpp"
#include "models/month.hpp"
#include "models/series.hpp"
#include "sim/trajectory.hpp"
#include "tests/support/start_world.hpp"

namespace tests {

class SteadyMarket {
public:
    /// Demand grows by `yearly` in every sector. `whole`: with all processes.
    explicit SteadyMarket(double scale, double yearly = 0, int months = 24, bool whole = false)
        : start_({"Groningen/Emmen", "IJmond", "Groot-Rijnmond", "West-Noord-Brabant", "Zeeuws-Vlaanderen", "Zuid-Limburg", "Brainport"}, scale, true),
          trajectory_({0}, sim::Month::of(2021, 1), months + 1) {
        auto& demand = start_.tables.demand;
        for (std::size_t m = 0; m < demand.growth.size(); ++m) {
            const int past = (demand.first_month + static_cast<int>(m)).number() - sim::Month::of(2021, 1).number();
            demand.growth[m].fill(std::pow(1 + yearly, std::max(0, past) / 12.0));
        }
        for (auto& tightness : demand.tightness) tightness = 1.0;
        start_.parameters.demand.fossil_phase_out = 0;
        start_.parameters.demand.support = 0;
        start_.parameters.separations.support = 0;
        auto world = start_.world();
        const auto series = models::add_series(trajectory_, start_.tables);
        models::Indicators indicators(trajectory_, series, 0);
        indicators.start(world);
        auto schedule = models::month_schedule(&indicators, /*spin_up=*/!whole);
        sim::Threads arena(2);
        arena.run([&] {
            for (int m = 0; m < months; ++m) schedule.run(world, world.month + 1);
        });
    }
    [[nodiscard]] sim::Trajectory& trajectory() { return trajectory_; }
    /// All that a series counts at one point of time.
    [[nodiscard]] double total(const std::string& name, std::size_t time) const {
        double sum = 0;
        for (const auto n : trajectory_.counts(trajectory_.find(name), 0, time)) sum += n;
        return sum;
    }
    /// A flow over the first year (number 0) or the second.
    [[nodiscard]] double year(const std::string& name, std::size_t number) const {
        double sum = 0;
        for (std::size_t m = 1; m <= 12; ++m) sum += total(name, 12 * number + m);
        return sum;
    }

private:
    StartWorld start_;
    sim::Trajectory trajectory_;
};

}  // namespace tests
