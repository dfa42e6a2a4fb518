#pragma once
/// Random numbers by address: Philox 4x32-10 of Random123 (Salmon et al. 2011). No state, no order, no collisions.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include <Random123/philox.h>

#include "sim/address.hpp"

namespace sim {

/// The four words of one address. Word 0 decides; the others serve the same decision.
struct Draw {
    std::array<std::uint32_t, 4> words;
    /// Uniform in (0, 1): (word + 1/2) 2^-32.
    [[nodiscard]] static constexpr double uniform_of(std::uint32_t word) { return (static_cast<double>(word) + 0.5) * 0x1p-32; }
    [[nodiscard]] constexpr double uniform(int word = 0) const { return uniform_of(words[static_cast<std::size_t>(word)]); }
};

/// The random numbers of one seed and replicate. Cheap to copy; the same object may be read by all threads.
class Random {
public:
    Random() = default;
    Random(std::uint64_t seed, std::uint32_t replicate) : seed_(seed), replicate_(replicate) {}

    [[nodiscard]] Draw draw(const Address& address) const {
        const auto c = address.counter(replicate_);
        const auto r = r123::Philox4x32_R<10>()({{c[0], c[1], c[2], c[3]}}, {{static_cast<std::uint32_t>(seed_), static_cast<std::uint32_t>(seed_ >> 32)}});
        return {{r[0], r[1], r[2], r[3]}};
    }
    [[nodiscard]] double uniform(const Address& address) const { return draw(address).uniform(); }

    // Many at once: each number is the one that `draw` gives at its address. `out` has the length of what is asked. On processors with AVX2 a draw
    // costs half of one alone; they are made by eights, what is left over one by one.

    /// At (process, person, month, index) for many persons, given by their rows.
    void draws(ProcessKey process, std::span<const std::uint32_t> persons, Month month, std::uint32_t index, std::span<Draw> out) const;
    /// At many addresses, of any kind.
    void draws(std::span<const Address> addresses, std::span<Draw> out) const;
    /// At `first` and the indices after it.
    void draws_from(const Address& first, std::span<Draw> out) const;

    [[nodiscard]] std::uint64_t seed() const { return seed_; }
    [[nodiscard]] std::uint32_t replicate() const { return replicate_; }

private:
    std::uint64_t seed_ = 0;
    std::uint32_t replicate_ = 0;
};

}  // namespace sim
