#pragma once
/// Thinned hazards: cost follows events, not people.
///
/// In each block of rows a stream addressed by (process, block, month, k) gives geometric skips under the bound of that
/// block; each candidate row is looked up in a one-byte column that says who is at risk, and is accepted by a draw of its
/// own at (process, person, month, 0) when u < p / bound. Neither the candidates nor u depend on anybody's history, so
/// lowering a hazard never creates an event. (Lewis and Shedler 1979, in discrete time.)
/// Where parameters lift a hazard above the bound, a second layer under its own key draws the rest,
/// p2 = 1 - (1 - p) / (1 - bound); the first layer stays as it was.

#include <array>
#include <cstdint>
#include <limits>
#include <string>

#include "sim/error.hpp"
#include "sim/math.hpp"
#include "sim/parallel.hpp"
#include "sim/random.hpp"

namespace sim {

/// Key of the second layer of a process: keys below 512 belong to processes, their second layers follow at + 512.
inline constexpr ProcessKey second_layer(ProcessKey key) { return static_cast<ProcessKey>(key + 512); }

/// A person chosen by a stream; `accepts` decides.
class Candidate {
public:
    Candidate(Row row, Draw draw, double bound, double base, double ceiling) : row_(row), draw_(draw), bound_(bound), base_(base), ceiling_(ceiling) {}
    [[nodiscard]] Row row() const { return row_; }
    /// The draw at (process, person, month, 0); words 1 to 3 serve what follows from the event.
    [[nodiscard]] const Draw& draw() const { return draw_; }
    /// True with probability p over bound in the first layer, with the rest of p in the second. Throws Bug where p is above the ceiling.
    [[nodiscard]] bool accepts(double p) const {
        if (p > ceiling_ * (1 + 1e-12)) throw Bug("a hazard of " + std::to_string(p) + " is above its ceiling " + std::to_string(ceiling_));
        if (base_ < 0) return draw_.uniform() * bound_ < p;  // first layer; u < p / bound, and p above the bound counts as the bound
        return p > base_ && draw_.uniform() * bound_ < 1.0 - (1.0 - p) / (1.0 - base_);
    }

private:
    Row row_;
    Draw draw_;
    double bound_;
    double base_;  ///< bound of the first layer, where this is the second; else negative
    double ceiling_;
};

namespace detail {

/// Walks the candidates of one block and layer. A block is skipped to its full length even beyond the last row.
template <class Visit>
void walk_candidates(const Random& random, ProcessKey key, Month month, Block block, double bound, Visit&& visit) {
    if (bound <= 0) return;
    const bool everybody = bound >= 1;
    const double scale = everybody ? 0 : 1.0 / log_one_plus(-bound);
    double position = -1;
    for (std::uint32_t k = 0;; ++k) {
        const Draw skips = random.draw({key, {EntityKind::block, block.number}, month, k});
        for (int word = 0; word < 4; ++word) {
            position += everybody ? 1.0 : 1.0 + static_cast<double>(static_cast<std::int64_t>(logarithm(skips.uniform(word)) * scale));
            if (position >= static_cast<double>(block.end - block.begin)) return;
            visit(static_cast<Row>(block.begin + static_cast<Row>(position)));
        }
    }
}

}  // namespace detail

/// One thinned process on one block of rows, in the order of rows within each layer: for tasks that run several processes on a block.
/// `bound` and `ceiling` as for `thin`. `fetch(row)` is called for candidates at risk some time before `visit`: it may ask the memory for
/// what `visit` will read, and nothing else.
template <class Visit, class Fetch>
void thin_block(const Random& random, ProcessKey key, Month month, Block block, const std::uint8_t* risk, std::uint8_t mask, double bound, double ceiling,
                Visit&& visit, Fetch&& fetch) {
    // Candidates gather here, so that the memory of the next ones is on its way while the first are decided on.
    std::array<Row, 64> waiting;
    const auto layer = [&](ProcessKey of_layer, double layer_bound, double base, double top) {
        std::size_t count = 0;
        const auto decide = [&] {
            for (std::size_t i = 0; i < count; ++i) visit(Candidate(waiting[i], random.draw({of_layer, person(waiting[i]), month, 0}), layer_bound, base, top));
            count = 0;
        };
        detail::walk_candidates(random, of_layer, month, block, layer_bound, [&](Row row) {
            if ((risk[row] & mask) == 0) return;
            fetch(row);
            waiting[count++] = row;
            if (count == waiting.size()) decide();
        });
        decide();
    };
    layer(key, bound, -1, ceiling > bound ? ceiling : bound);
    if (ceiling > bound) layer(second_layer(key), 1.0 - (1.0 - ceiling) / (1.0 - bound), bound, ceiling);
}

/// The same without a look ahead.
template <class Visit>
void thin_block(const Random& random, ProcessKey key, Month month, Block block, const std::uint8_t* risk, std::uint8_t mask, double bound, double ceiling,
                Visit&& visit) {
    thin_block(random, key, month, block, risk, mask, bound, ceiling, visit, [](Row) {});
}

/// One thinned process over all rows, in parallel over blocks; within a block in the order of rows.
/// `bound(block number)` is the highest monthly probability that unchanging traits allow in the block (a pure function of
/// process, birth months and sex); `ceiling(block number)` is the highest one under the parameters of this run; where it exceeds the
/// bound the second layer runs. `risk[row] & mask` says who is at risk; `visit(const Candidate&)` decides and acts on that row only.
template <class Bound, class Ceiling, class Visit>
void thin(const Random& random, ProcessKey key, Month month, std::size_t rows, const std::uint8_t* risk, std::uint8_t mask, Bound&& bound, Ceiling&& ceiling,
          Visit&& visit) {
    for_each_block(rows, [&](Block block) { thin_block(random, key, month, block, risk, mask, bound(block.number), ceiling(block.number), visit); });
}

/// The same with one bound for all blocks and a ceiling.
template <class Visit>
void thin(const Random& random, ProcessKey key, Month month, std::size_t rows, const std::uint8_t* risk, std::uint8_t mask, double bound, double ceiling,
          Visit&& visit) {
    thin(
        random, key, month, rows, risk, mask, [=](std::size_t) { return bound; }, [=](std::size_t) { return ceiling; }, static_cast<Visit&&>(visit));
}

}  // namespace sim
