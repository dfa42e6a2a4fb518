#pragma once
/// A random sample of persons, followed month by month: the group /panel of a file.

#include <cstdint>
#include <string>
#include <vector>

#include "models/world.hpp"
#include "sim/trajectory.hpp"

namespace experiments {

/// States of the same residents of the start population in every replicate, in small integers. Kept in memory until the file is written.
class Panel {
public:
    Panel() = default;
    /// Chooses `persons` residents of the start world: those with the smallest draws at addresses of their own, so that nothing else in a run changes.
    Panel(const models::World& start, std::uint64_t population_seed, std::size_t persons, std::size_t replicates, std::size_t points);

    [[nodiscard]] bool empty() const { return rows_.empty(); }
    [[nodiscard]] const std::vector<models::Row>& rows() const { return rows_; }
    /// Keeps the state of everybody at one point in time.
    void record(const models::World& world, std::size_t replicate, std::size_t point);
    /// Adds the group to a file. Does nothing for an empty panel.
    void add_to(sim::Trajectory& trajectory) const;
    /// Bytes that a panel will take.
    [[nodiscard]] static std::size_t memory(std::size_t persons, std::size_t replicates, std::size_t points);

    template <class Archive>
    void archive(Archive& a) {
        a("rows", rows_);
        a("points", points_);
        a("region", region_);
        a("status", status_);
        a("occupation", occupation_);
        a("education", education_);
        a("track", track_);
        a("contract", contract_);
        a("hours", hours_);
        a("wage", wage_);
    }

private:
    std::vector<models::Row> rows_;
    std::uint64_t points_ = 0;
    std::vector<std::int8_t> region_, status_, occupation_, education_, track_, contract_, hours_;  ///< replicate, person, time
    std::vector<std::int16_t> wage_;
};

}  // namespace experiments
