#pragma once
/// Tables of slots: places of fixed number in which changing things stand, so that one thing more never shifts another.
///
/// A table is a run [begin, end) of a common array of slots. Whatever needs a place takes the first free slot of a
/// sequence drawn from its own identity and keeps it until it ends. Who looks for things draws slots, not positions among
/// those present; an empty slot means a new draw. So every thing present is found with the same probability, and one
/// thing more or less touches only those whose draws meet its slot.

#include <cstdint>
#include <optional>

#include "sim/address.hpp"
#include "sim/random.hpp"

namespace sim {

/// The slots of one table: [begin, end) of the common array.
struct SlotTable {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    [[nodiscard]] constexpr std::uint32_t size() const { return end - begin; }
};

/// A number below `size` from one random word: floor(word size / 2^32). The bias is below size / 2^32.
[[nodiscard]] constexpr std::uint32_t place_of(std::uint32_t word, std::uint32_t size) {
    return static_cast<std::uint32_t>((static_cast<std::uint64_t>(word) * size) >> 32);
}

/// Blocks of four drawn places that are tried before the search walks on from the last of them, slot by slot.
inline constexpr std::uint32_t placement_attempts = 8;

/// The first free slot of the sequence that belongs to this identity: four places from each draw at
/// (key, vacancy identity, month, attempt), then the slots after the last of them in a circle, so that a table with a free
/// slot is never called full. `first` is the draw of attempt 0. `is_free(slot)` says whether a slot is empty. No slot: the table is full.
template <class IsFree>
[[nodiscard]] std::optional<std::uint32_t> first_free_slot(const Random& random, ProcessKey key, std::uint64_t identity, Month month, SlotTable table,
                                                           const Draw& first, IsFree&& is_free) {
    if (table.size() == 0) return std::nullopt;
    std::uint32_t place = 0;
    for (std::uint32_t attempt = 0; attempt < placement_attempts; ++attempt) {
        const Draw draw = attempt == 0 ? first : random.draw({key, {EntityKind::vacancy, identity}, month, attempt});
        for (const auto word : draw.words) {
            place = place_of(word, table.size());
            if (is_free(table.begin + place)) return table.begin + place;
        }
    }
    for (std::uint32_t step = 1; step < table.size(); ++step) {
        const std::uint32_t next = (place + step) % table.size();
        if (is_free(table.begin + next)) return table.begin + next;
    }
    return std::nullopt;
}

/// The same, the first draw included.
template <class IsFree>
[[nodiscard]] std::optional<std::uint32_t> first_free_slot(const Random& random, ProcessKey key, std::uint64_t identity, Month month, SlotTable table,
                                                           IsFree&& is_free) {
    return first_free_slot(random, key, identity, month, table, random.draw({key, {EntityKind::vacancy, identity}, month, 0}), is_free);
}

}  // namespace sim
