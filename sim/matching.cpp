#include "sim/matching.hpp"

#include <algorithm>
#include <atomic>
#include <bit>
#include <string>

#include "sim/error.hpp"
#include "sim/parallel.hpp"

namespace sim {
namespace {

/// Applications one task reads.
constexpr std::size_t chunk = 8192;
/// Groups of slots that one task ranks. Few enough that the counts of all chunks stay in the cache.
constexpr std::uint32_t most_groups = 128;

constexpr std::uint64_t nobody = 0;

/// Order of real numbers as order of unsigned ones.
std::uint32_t ordered(float x) {
    const auto bits = std::bit_cast<std::uint32_t>(x + 0.0F);  // -0 and 0 are one value
    return (bits & 0x80000000U) != 0 ? ~bits : bits | 0x80000000U;
}

/// An offer as a number: the better value, then the lower slot, is the greater. Never `nobody`, as no slot has the number 2^32 - 1.
std::uint64_t offer(float value, std::uint32_t slot) { return (static_cast<std::uint64_t>(ordered(value)) << 32) | static_cast<std::uint32_t>(~slot); }

std::uint32_t slot_of(std::uint64_t offer) { return ~static_cast<std::uint32_t>(offer); }

/// Raises `held` to `mine` if that is better; the largest of all offers stays, whoever comes first.
void raise(std::uint64_t& held, std::uint64_t mine) {
    const std::atomic_ref<std::uint64_t> cell(held);
    std::uint64_t present = cell.load(std::memory_order_relaxed);
    while (present < mine && !cell.compare_exchange_weak(present, mine, std::memory_order_relaxed)) {
    }
}

}  // namespace

Matching match(std::span<const Application> applications, std::uint32_t seekers, std::uint32_t slots, MatchingScratch& scratch, int rounds) {
    using Wish = MatchingScratch::Wish;
    using Proposer = MatchingScratch::Proposer;
    Matching result;
    const std::size_t count = applications.size();
    if (count == 0) return result;

    // Group the applications by runs of slots: count, scan, scatter (chunks and groups of fixed size).
    std::uint32_t shift = 0;
    while (((slots - 1) >> shift) >= most_groups) ++shift;
    const std::size_t groups = ((slots - 1) >> shift) + std::size_t{1};
    const std::size_t chunks = (count + chunk - 1) / chunk;
    auto& counts = scratch.counts_;
    counts.assign(groups * chunks, 0);
    for_each_task(chunks, [&](std::size_t c) {
        std::vector<std::uint32_t> mine(groups, 0);
        const std::size_t end = std::min(count, (c + 1) * chunk);
        for (std::size_t i = c * chunk; i < end; ++i) {
            const auto& a = applications[i];
            if (a.slot >= slots || a.seeker >= seekers)
                throw Bug("application " + std::to_string(i) + " names seeker " + std::to_string(a.seeker) + " of " + std::to_string(seekers) + " and slot " +
                          std::to_string(a.slot) + " of " + std::to_string(slots));
            ++mine[a.slot >> shift];
        }
        for (std::size_t g = 0; g < groups; ++g) counts[g * chunks + c] = mine[g];
    });
    exclusive_scan(counts);
    auto& wishes = scratch.wishes_;
    wishes.resize(count);
    std::vector<std::uint32_t> group_begin(groups + 1, static_cast<std::uint32_t>(count));
    for (std::size_t g = 0; g < groups; ++g) group_begin[g] = counts[g * chunks];
    for_each_task(chunks, [&](std::size_t c) {
        std::vector<std::uint32_t> place(groups);
        for (std::size_t g = 0; g < groups; ++g) place[g] = counts[g * chunks + c];
        const std::size_t end = std::min(count, (c + 1) * chunk);
        for (std::size_t i = c * chunk; i < end; ++i) {
            const auto& a = applications[i];
            wishes[place[a.slot >> shift]++] = {a.slot, a.seeker, a.suitability, a.value};
        }
    });

    // Each slot ranks its applicants. The order is total, so it does not matter how the applications came.
    auto& proposers = scratch.proposers_;
    proposers.resize(groups);
    auto& held = scratch.held_;
    held.assign(seekers, nobody);
    const std::uint32_t run = std::uint32_t{1} << shift;
    auto& ranked = scratch.ranked_;
    ranked.resize(count);
    for_each_task(groups, [&](std::size_t g) {
        auto& mine = proposers[g];
        mine.clear();
        // By slot first, counting; then each slot its few.
        std::vector<std::uint32_t> end_of(run, 0);
        for (std::uint32_t i = group_begin[g]; i < group_begin[g + 1]; ++i) ++end_of[wishes[i].slot % run];
        std::uint32_t place = group_begin[g];
        for (auto& end : end_of) {
            const std::uint32_t here = end;
            end = place;
            place += here;
        }
        for (std::uint32_t i = group_begin[g]; i < group_begin[g + 1]; ++i) ranked[end_of[wishes[i].slot % run]++] = wishes[i];
        for (std::uint32_t begin = group_begin[g]; begin < group_begin[g + 1];) {
            const std::uint32_t slot = ranked[begin].slot;
            const std::uint32_t end = end_of[slot % run];
            if (end - begin > 1)
                std::sort(ranked.begin() + begin, ranked.begin() + end, [](const Wish& a, const Wish& b) {
                    if (a.suitability != b.suitability) return a.suitability > b.suitability;
                    if (a.seeker != b.seeker) return a.seeker < b.seeker;
                    return a.value > b.value;
                });
            mine.push_back({slot, begin, end, 0});
            begin = end;
        }
        for (const auto& p : mine) raise(held[ranked[p.next].seeker], offer(ranked[p.next].value, p.slot));
    });

    // Rounds: who was refused steps to the next applicant (all read before anybody proposes), then proposes.
    for (result.rounds = 1;; ++result.rounds) {
        const auto refused = reduce(
            groups, std::size_t{0},
            [&](std::size_t g) {
                auto& mine = proposers[g];
                std::size_t again = 0;
                for (auto& p : mine) {
                    const Wish& w = ranked[p.next];
                    p.spare = 0;
                    if (held[w.seeker] == offer(w.value, p.slot)) continue;
                    if (p.next + 1 == p.end) {
                        p.end = 0;  // nobody is left to ask
                        continue;
                    }
                    p.spare = 1;
                    ++again;
                }
                mine.erase(std::remove_if(mine.begin(), mine.end(), [](const Proposer& p) { return p.end == 0; }), mine.end());
                return again;
            },
            [](std::size_t& total, std::size_t part) { total += part; });
        if (refused == 0) break;
        if (result.rounds == rounds) {
            result.settled = false;
            break;
        }
        for_each_task(groups, [&](std::size_t g) {
            for (auto& p : proposers[g]) {
                if (p.spare == 0) continue;
                const Wish& w = ranked[++p.next];
                raise(held[w.seeker], offer(w.value, p.slot));
            }
        });
    }

    result.matches.resize(seekers);
    std::size_t matched = 0;
    for (std::uint32_t seeker = 0; seeker < seekers; ++seeker) {  // who is matched has no pattern, so without a branch
        result.matches[matched] = {seeker, slot_of(held[seeker])};
        matched += static_cast<std::size_t>(held[seeker] != nobody);
    }
    result.matches.resize(matched);
    return result;
}

}  // namespace sim
