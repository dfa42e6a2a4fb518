#pragma once
/// Whole runs that begin from one start population of shipped regions and differ in parameters, tables and replicate alone.

#include <bit>
#include <cstdint>
#include <functional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "models/indicators.hpp"
#include "models/month.hpp"
#include "models/policy.hpp"
#include "models/series.hpp"
#include "sim/random.hpp"
#include "sim/trajectory.hpp"
#include "tests/support/start_world.hpp"

namespace tests {

/// A start population made once. Its tables may be changed before a run: runs read them, the start population no longer does.
class SharedStart {
public:
    SharedStart(std::vector<std::string> regions, double scale) : SharedStart(std::move(regions), scale, {}, [](models::Tables&, regions::StartTables&) {}) {}
    /// The start population too rests on these parameters, and on the tables as `change` leaves them.
    SharedStart(std::vector<std::string> regions, double scale, const models::Parameters& parameters,
                const std::function<void(models::Tables&, regions::StartTables&)>& change)
        : start_(std::move(regions), scale, true) {
        change(start_.tables, start_.start);
        start_.parameters = parameters;
        world_ = start_.world(threads);
    }
    [[nodiscard]] models::Tables& tables() { return start_.tables; }
    [[nodiscard]] const models::World& world() const { return world_; }

    /// Every series of one replicate from January 2021 to the end of `last`; `month_done(world)` is called after each month; `policy` is in force in all.
    [[nodiscard]] sim::Trajectory run(const models::Parameters& parameters, sim::Month last, std::uint32_t replicate = 0,
                                      const std::function<void(const models::World&)>& month_done = {}, const models::Policy* policy = nullptr) const {
        sim::Trajectory trajectory({static_cast<std::int32_t>(replicate)}, first, last - first + 2);
        const auto ids = models::add_series(trajectory, start_.tables);
        models::World world = world_;
        world.tables = &start_.tables;
        world.parameters = &parameters;
        world.policy = policy;
        world.random = sim::Random(1, replicate);
        models::Indicators indicators(trajectory, ids, 0);
        auto schedule = models::month_schedule(&indicators);
        sim::Threads arena(threads);
        arena.run([&] {
            indicators.start(world);
            while (world.month < last) {
                schedule.run(world, world.month + 1);
                if (month_done) month_done(world);
            }
        });
        return trajectory;
    }

    static constexpr sim::Month first = sim::Month::of(2021, 1);

private:
    static constexpr int threads = 1;  ///< the model is the same for any number; small worlds are fastest with one
    StartWorld start_;
    models::World world_;
};

/// All values of a series at a point of time, as bits: missing values are equal too.
inline std::vector<std::uint64_t> bits_at(const sim::Trajectory& t, sim::SeriesId id, std::size_t time) {
    std::vector<std::uint64_t> bits;
    if (t.info(id).type == sim::SeriesType::count)
        for (const auto value : t.counts(id, 0, time)) bits.push_back(static_cast<std::uint64_t>(static_cast<std::int64_t>(value)));
    else
        for (const double value : t.reals(id, 0, time)) bits.push_back(std::bit_cast<std::uint64_t>(value));
    return bits;
}

/// Names of the series of which not every byte is the same in two trajectories of the same series and months.
inline std::vector<std::string> different_series(const sim::Trajectory& a, const sim::Trajectory& b) {
    std::vector<std::string> names;
    for (std::size_t s = 0; s < a.size(); ++s) {
        const auto id = static_cast<sim::SeriesId>(s);
        bool same = true;
        for (std::size_t time = 0; same && time < a.points(); ++time) same = bits_at(a, id, time) == bits_at(b, id, time);
        if (!same) names.push_back(a.info(id).name);
    }
    return names;
}

/// Sum of a series of counts over regions and further dimensions, and over the points of time from `from` to `to` (both included). Missing values fail.
inline long long total(const sim::Trajectory& t, const std::string& name, std::size_t from, std::size_t to) {
    long long sum = 0;
    for (std::size_t time = from; time <= to; ++time)
        for (const auto n : t.counts(t.find(name), 0, time)) {
            if (n == sim::missing_count) throw std::logic_error("series " + name + " has missing values");
            sum += n;
        }
    return sum;
}

}  // namespace tests
