#pragma once
/// All regions with all processes while the world around them stands still: demand does not grow, no support schemes begin or end, people come and go at the
/// rates of 2021 and so many more leave that jobs find as many people as before, the state pension age stays, and the rates of January 2021 do not recover
/// (models/recovery.hpp).
/// Cohorts alone go their way: each year more people reach the pension age than in the year before, and `reach_pension_age` says how many.

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

#include "models/demography.hpp"
#include "models/indicators.hpp"
#include "models/month.hpp"
#include "models/series.hpp"
#include "sim/trajectory.hpp"
#include "tests/support/start_world.hpp"

namespace tests {

/// The cells of a series that have one of these labels along each named dimension.
struct Part {
    std::string series;
    std::vector<std::pair<std::string, std::vector<std::string>>> labels{};
};

class SteadyMarket {
public:
    /// Demand grows by `yearly` in every sector. `worlds`: how many, each with a start population and chance of its own (seeds from 1 on). `change`: what else
    /// of the parameters is to differ.
    template <class Change>
    SteadyMarket(double scale, double yearly, int months, std::uint32_t worlds, Change&& change)
        : start_({"Groningen/Emmen", "IJmond", "Groot-Rijnmond", "West-Noord-Brabant", "Zeeuws-Vlaanderen", "Zuid-Limburg", "Brainport"}, scale, true),
          trajectory_(numbers(worlds), sim::Month::of(2021, 1), months + 1) {
        hold_demand(yearly);
        hold_demography();
        auto& parameters = start_.parameters;
        parameters.demand.fossil_phase_out = 0;
        parameters.demand.support = 0;
        parameters.separations.support = 0;
        parameters.recovery.months = 1e9;
        std::forward<Change>(change)(parameters);
        const auto series = models::add_series(trajectory_, start_.tables);
        for (std::uint32_t k = 0; k < worlds; ++k) {
            start_.options.population_seed = k + 1;
            auto world = start_.world();
            count_cohorts(world);
            models::Indicators indicators(trajectory_, series, k);
            indicators.start(world);
            auto schedule = models::month_schedule(&indicators);
            sim::Threads arena(2);
            arena.run([&] {
                for (int m = 0; m < months; ++m) schedule.run(world, world.month + 1);
            });
        }
    }
    explicit SteadyMarket(double scale, double yearly = 0, int months = 24) : SteadyMarket(scale, yearly, months, 1, [](models::Parameters&) {}) {}

    [[nodiscard]] sim::Trajectory& trajectory() { return trajectory_; }
    [[nodiscard]] const std::vector<std::string>& labels(const std::string& dimension) const { return trajectory_.labels(dimension); }
    /// All that a part of a series counts at one point of time, in all worlds together.
    [[nodiscard]] double total(const Part& part, std::size_t time) const {
        const auto series = trajectory_.find(part.series);
        std::vector<double> values;
        for (std::size_t k = 0; k < trajectory_.length("replicate"); ++k) {
            const auto of_world = trajectory_.counts(series, k, time);
            values.resize(of_world.size());
            for (std::size_t i = 0; i < of_world.size(); ++i) values[i] += of_world[i];
        }
        std::vector<bool> counted(values.size(), true);
        std::size_t stride = values.size();
        auto dimensions = trajectory_.info(series).dimensions;
        dimensions.insert(dimensions.begin(), "region");
        for (const auto& dimension : dimensions) {
            const std::size_t length = trajectory_.length(dimension);
            stride /= length;
            for (const auto& [name, wanted] : part.labels) {
                if (name != dimension) continue;
                const auto& labels = trajectory_.labels(dimension);
                for (std::size_t i = 0; i < values.size(); ++i)
                    if (std::find(wanted.begin(), wanted.end(), labels[i / stride % length]) == wanted.end()) counted[i] = false;
            }
        }
        double sum = 0;
        for (std::size_t i = 0; i < values.size(); ++i) sum += counted[i] ? values[i] : 0;
        return sum;
    }
    /// How many inhabitants of the start reach the state pension age in the first year (number 0) or the second.
    [[nodiscard]] double reach_pension_age(std::size_t number) const { return static_cast<double>(cohorts_[number]); }
    /// A flow over the first year (number 0) or the second.
    [[nodiscard]] double year(const Part& flow, std::size_t number) const {
        double sum = 0;
        for (std::size_t m = 1; m <= 12; ++m) sum += total(flow, 12 * number + m);
        return sum;
    }

private:
    static std::vector<std::int32_t> numbers(std::uint32_t worlds) {
        std::vector<std::int32_t> all(worlds);
        std::iota(all.begin(), all.end(), 0);
        return all;
    }
    void hold_demand(double yearly) {
        auto& demand = start_.tables.demand;
        for (std::size_t m = 0; m < demand.growth.size(); ++m) {
            const int past = (demand.first_month + static_cast<int>(m)).number() - sim::Month::of(2021, 1).number();
            demand.growth[m].fill(std::pow(1 + yearly, std::max(0, past) / 12.0));
        }
        for (auto& tightness : demand.tightness) tightness = 1.0;
    }
    /// The rates of 2021 in every year, and departures such that jobs find as many people as before: more leave than in 2021 by one in eight, so that the
    /// labour force grows by 0.1 % a year, which makes up for the cohorts of students, who shrink by 0.6 % and work in the side jobs of the same employers.
    void hold_demography() {
        auto& tables = start_.tables.demography;
        const auto of_2021 = static_cast<std::size_t>(tables.year_index(sim::Month::of(2021, 1)));
        const auto years = static_cast<std::size_t>(tables.years);
        for (auto* rates : {&tables.births, &tables.moves_in, &tables.immigration, &tables.move_rate, &tables.emigration_rate, &tables.mortality})
            for (std::size_t k = 0; k < rates->size(); ++k) (*rates)[k] = (*rates)[k / years * years + of_2021];
        std::fill(tables.kind.begin(), tables.kind.end(), tables.kind[of_2021]);
        std::fill(tables.pension_age.begin(), tables.pension_age.end(), tables.pension_age[of_2021]);
        start_.parameters.demography.departures = 1.13;
    }

    void count_cohorts(const models::World& world) {
        const int pension = models::pension_age_months(world.tables->demography, world.month);
        for (models::Row row = 0; row < world.persons.size(); ++row) {
            const int month = world.persons.birth[row] + pension - world.month.number();  // of the run, in which that age is reached
            if (world.resident(row) && month >= 1 && month <= 24) ++cohorts_[static_cast<std::size_t>((month - 1) / 12)];
        }
    }

    StartWorld start_;
    sim::Trajectory trajectory_;
    std::array<std::int64_t, 2> cohorts_{};
};

}  // namespace tests
