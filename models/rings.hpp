#pragma once
/// Competing outcomes race: whoever is accepted for a cause rings within the month, and the earliest ring of a person counts.

#include <algorithm>
#include <cstddef>
#include <cstdint>
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
        bool timed;           ///< whether `value` is the time, else it is the probability that word 1 of the draw makes the time of
        double value;
        sim::Draw draw;  ///< words 2 and 3 serve what follows
        /// Asked only where a person has several rings, which are few.
        [[nodiscard]] double time() const { return timed ? value : sim::ring_time_of(value, draw.uniform(1)); }
    };
    explicit Rings(std::size_t rows) : blocks_(sim::blocks_of(rows)) {}
    /// Notes a cause. Only the task that owns the row's block may call it. Word 1 of the draw gives the time.
    void add(sim::Row row, sim::ProcessKey key, double p, const sim::Draw& draw) { add({row, key, false, p, draw}); }
    /// Notes a cause with a time of its own.
    void add_at(sim::Row row, sim::ProcessKey key, double time, const sim::Draw& draw) { add({row, key, true, time, draw}); }
    /// Calls act(ring) for the earliest ring of each person of a block, in the order of rows, and forgets all. For the task that owns the block.
    template <class Act>
    void first_in_block(std::size_t block, Act&& act) {
        auto& rings = blocks_[block];
        // Numbers are sorted, not rings: a row and the place of its ring make one of them.
        std::vector<std::uint64_t> order(rings.size());
        for (std::size_t i = 0; i < rings.size(); ++i) order[i] = std::uint64_t{rings[i].row} << 32 | i;
        std::sort(order.begin(), order.end());
        for (std::size_t i = 0; i < order.size();) {
            const auto ring_at = [&](std::size_t place) -> const Ring& { return rings[static_cast<std::uint32_t>(order[place])]; };
            const Ring* first = &ring_at(i);
            for (++i; i < order.size() && ring_at(i).row == first->row; ++i)
                if (sim::rings_before({ring_at(i).key, ring_at(i).time()}, {first->key, first->time()})) first = &ring_at(i);
            act(*first);
        }
        rings = {};  // the next block takes this memory, which is still near the processor
    }

private:
    void add(const Ring& ring) {
        auto& rings = blocks_[sim::block_of(ring.row)];
        if (rings.capacity() == 0) rings.reserve(usual_rings);
        rings.push_back(ring);
    }

    static constexpr std::size_t usual_rings = 128;
    std::vector<std::vector<Ring>> blocks_;
};

}  // namespace models
