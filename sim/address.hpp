#pragma once
/// Where a random number lives. The layout is part of the schema: it never changes within a schema version.
///
/// Philox 4x32-10, key = the 64-bit seed, counter:
///   c0, c1 = entity: 4 bits kind, 60 bits identity (kind in the top bits of c1)
///   c2     = replicate (20 bits, high) | month since January 1900 (12 bits, low)
///   c3     = process (10 bits, high) | index (22 bits, low)
/// One block gives four 32-bit words that all serve the same decision; word 0 decides.

#include <array>
#include <cassert>
#include <cstdint>

#include "sim/month.hpp"

namespace sim {

/// What an address speaks of. The numbers are part of the schema.
enum class EntityKind : std::uint8_t { person = 1, block = 2, employer = 3, vacancy = 4, region = 5, measure = 6, school = 7, cell = 8, arrival = 9 };

/// Number of a process in addresses; below 1,024, never reused.
using ProcessKey = std::uint16_t;

struct Entity {
    EntityKind kind;
    std::uint64_t identity;  ///< below 2^60
};

inline constexpr Entity person(std::uint64_t row) { return {EntityKind::person, row}; }
inline constexpr Entity employer(std::uint64_t number) { return {EntityKind::employer, number}; }
inline constexpr Entity region(std::uint64_t number) { return {EntityKind::region, number}; }

/// Identity of a vacancy: employer (27 bits) | occupation (6) | month (12) | index (15).
inline constexpr std::uint64_t vacancy_identity(std::uint64_t employer, unsigned occupation, Month month, unsigned index) {
    assert(employer < (1ULL << 27) && occupation < 64 && month.number() < 4096 && index < (1U << 15));
    return (employer << 33) | (static_cast<std::uint64_t>(occupation) << 27) | (static_cast<std::uint64_t>(month.number()) << 15) | index;
}

inline constexpr std::uint32_t replicate_limit = 1U << 20;
inline constexpr std::uint32_t index_limit = 1U << 22;

/// One place in the space of random numbers.
struct Address {
    ProcessKey process;
    Entity entity;
    Month month;
    std::uint32_t index = 0;  ///< below 2^22

    /// The Philox counter of this address for one replicate.
    [[nodiscard]] constexpr std::array<std::uint32_t, 4> counter(std::uint32_t replicate) const {
        assert(process < 1024 && index < index_limit && replicate < replicate_limit);
        assert(entity.identity < (1ULL << 60) && month.number() >= 0 && month.number() < 4096);
        return {static_cast<std::uint32_t>(entity.identity),
                static_cast<std::uint32_t>(entity.identity >> 32) | (static_cast<std::uint32_t>(entity.kind) << 28),
                (replicate << 12) | static_cast<std::uint32_t>(month.number()), (static_cast<std::uint32_t>(process) << 22) | index};
    }
};

}  // namespace sim
