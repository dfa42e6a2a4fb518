#pragma once
/// A few bytes that tell texts apart well enough for a name; what must not be mistaken is compared whole.

#include <cstdint>
#include <string_view>

namespace sim {

/// 64 bits of a text (FNV-1a).
[[nodiscard]] constexpr std::uint64_t short_digest(std::string_view text) {
    std::uint64_t hash = 0xcbf29ce484222325ULL;
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
    return hash;
}

}  // namespace sim
