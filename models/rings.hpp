#pragma once
/// Competing outcomes race: whoever is accepted for a cause rings within the month, and the earliest ring of a person counts.

#include <algorithm>
#include <vector>

#include "sim/parallel.hpp"
#include "sim/race.hpp"
#include "sim/random.hpp"

namespace models {

/// The rings of one step, kept by block of rows.
class Rings {
public:
    struct Ring {
        sim::Row row;
        sim::ProcessKey key;  ///< of the cause; ties go to the lower key
        double time;
        sim::Draw draw;  ///< words 2 and 3 serve what follows
    };
    explicit Rings(std::size_t rows) : blocks_(sim::blocks_of(rows)) {}
    /// Notes a cause. Only the task that owns the row's block may call it. Word 1 of the draw gives the time.
    void add(sim::Row row, sim::ProcessKey key, double p, const sim::Draw& draw) { add_at(row, key, sim::ring_time_of(p, draw.uniform(1)), draw); }
    /// Notes a cause with a time of its own.
    void add_at(sim::Row row, sim::ProcessKey key, double time, const sim::Draw& draw) {
        auto& rings = blocks_[sim::block_of(row)];
        if (rings.capacity() == 0) rings.reserve(usual_rings);
        rings.push_back({row, key, time, draw});
    }
    /// Calls act(ring) for the earliest ring of each person of a block, in the order of rows, and forgets all. For the task that owns the block.
    template <class Act>
    void first_in_block(std::size_t block, Act&& act) {
        auto& rings = blocks_[block];
        std::sort(rings.begin(), rings.end(), [](const Ring& x, const Ring& y) {
            return x.row != y.row ? x.row < y.row : sim::rings_before({x.key, x.time}, {y.key, y.time});
        });
        for (std::size_t i = 0; i < rings.size(); ++i)
            if (i == 0 || rings[i].row != rings[i - 1].row) act(rings[i]);
        rings = {};  // the next block takes this memory, which is still near the processor
    }

private:
    static constexpr std::size_t usual_rings = 128;
    std::vector<std::vector<Ring>> blocks_;
};

}  // namespace models
