#pragma once
/// Thinned hazards: cost follows events, not people.
///
/// In each block of rows a stream addressed by (process, block, month, k) gives geometric skips under the bound of that
/// block; each candidate row is looked up in a one-byte column that says who is at risk, and is accepted by a draw of its
/// own at (process, person, month, 0) when u < p / bound. Neither the candidates nor u depend on anybody's history, so
/// lowering a hazard never creates an event. (Lewis and Shedler 1979, in discrete time.)
/// Where parameters lift a hazard above the bound, a second layer under its own key draws the rest,
/// p2 = 1 - (1 - p) / (1 - bound); the first layer stays as it was.

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "sim/error.hpp"
#include "sim/math.hpp"
#include "sim/parallel.hpp"
#include "sim/random.hpp"
#include "sim/rows_with.hpp"

namespace sim {

/// Key of the second layer of a process: keys below 512 belong to processes, their second layers follow at + 512.
inline constexpr ProcessKey second_layer(ProcessKey key) { return static_cast<ProcessKey>(key + 512); }

/// How many rows of persons the streams of a month have chosen so far, at risk or not: the sum of the bounds of all thinned processes, as it was met.
/// Counts the whole program. The only counter that outlives its run; nothing in a run reads it, only benchmarks do.
[[nodiscard]] std::uint64_t rows_chosen(Month month);

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

/// Skips of the geometric law: floor(log u / log(1 - bound)) for the uniform number of each word, at most the length of a block. 0 < bound < 1.
void geometric_skips(double bound, std::span<const std::uint32_t> words, std::int32_t* skips);

/// The rows that a stream chooses in a block, in their order; returns how many. The stream is the same whatever the length of the block.
std::size_t candidates(const Random& random, ProcessKey key, Month month, Block block, double bound, BlockRows& rows);

/// Adds to what `rows_chosen` gives.
void count_chosen(Month month, std::size_t rows);

/// Visits the rows that a stream chooses in a block.
template <class Visit>
void walk_candidates(const Random& random, ProcessKey key, Month month, Block block, double bound, Visit&& visit) {
    BlockRows rows;
    const std::size_t count = candidates(random, key, month, block, bound, rows);
    for (std::size_t i = 0; i < count; ++i) visit(rows[i]);
}

}  // namespace detail

/// One thinned process on one block of rows, in the order of rows within each layer: for tasks that run several processes on a block.
/// `bound` and `ceiling` as for `thin`. `fetch(row)` is called for candidates at risk some time before `visit`: it may ask the memory for
/// what `visit` will read, and nothing else.
template <class Visit, class Fetch>
void thin_block(const Random& random, ProcessKey key, Month month, Block block, const std::uint8_t* risk, std::uint8_t mask, double bound, double ceiling,
                Visit&& visit, Fetch&& fetch) {
    constexpr std::size_t together = 64;  // so many draws are made at once
    // A processor has a dozen or two requests to memory under way: all rows of a block asked for at once would wait for each other.
    constexpr std::size_t ahead = 20;
    const auto layer = [&](ProcessKey of_layer, double layer_bound, double base, double top) {
        BlockRows rows;
        const std::size_t chosen = detail::candidates(random, of_layer, month, block, layer_bound, rows);
        detail::count_chosen(month, chosen);
        std::size_t count = 0;
        for (std::size_t i = 0; i < chosen; ++i) {
            const Row row = rows[i];
            rows[count] = row;
            count += (risk[row] & mask) != 0;
        }
        std::array<Draw, together> draws;
        for (std::size_t i = 0; i < std::min(ahead, count); ++i) fetch(rows[i]);
        for (std::size_t at = 0; at < count; at += together) {
            const auto some = std::span<const Row>(rows).subspan(at, std::min(together, count - at));
            random.draws(of_layer, some, month, 0, std::span(draws).first(some.size()));
            for (std::size_t i = 0; i < some.size(); ++i) {
                if (at + i + ahead < count) fetch(rows[at + i + ahead]);
                visit(Candidate(some[i], draws[i], layer_bound, base, top));
            }
        }
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
