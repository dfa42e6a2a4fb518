#include "sim/random.hpp"

#include <algorithm>
#include <cstddef>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace sim {
namespace {

/// Draws that are made together.
constexpr std::size_t lanes = 8;
constexpr std::size_t rounds = 10;
using RoundKeys = std::array<std::array<std::int64_t, 2>, rounds>;

RoundKeys round_keys(std::uint64_t seed) {
    RoundKeys keys;
    auto key0 = static_cast<std::uint32_t>(seed), key1 = static_cast<std::uint32_t>(seed >> 32);
    for (auto& key : keys) {
        key = {key0, key1};
        key0 += PHILOX_W32_0;
        key1 += PHILOX_W32_1;
    }
    return keys;
}

/// A counter as two numbers: words 0 and 1, words 2 and 3, the first of each in the lower half.
struct Pairs {
    std::int64_t words01;
    std::int64_t words23;
};

Pairs pairs_of(const std::array<std::uint32_t, 4>& c) {
    return {static_cast<std::int64_t>(c[0] | static_cast<std::uint64_t>(c[1]) << 32), static_cast<std::int64_t>(c[2] | static_cast<std::uint64_t>(c[3]) << 32)};
}

#if defined(__x86_64__)

// Random123 has no form of Philox for several counters at once, and compilers make none of its scalar one: measured over 5.2 million persons on a
// Zen 4 these lanes take half of its time. Each word stands in the lower half of a lane of 64 bits; what stands in the upper half
// never reaches a lower one. The tests hold the result against Random123 itself.

/// Four counters.
struct Four {
    __m256i c0, c1, c2, c3;
};

__attribute__((target("avx2"))) inline Four four(__m256i words01, __m256i words23) {
    return {words01, _mm256_srli_epi64(words01, 32), words23, _mm256_srli_epi64(words23, 32)};
}

__attribute__((target("avx2"))) inline void one_round(Four& f, __m256i key0, __m256i key1) {
    const __m256i product0 = _mm256_mul_epu32(f.c0, _mm256_set1_epi64x(PHILOX_M4x32_0)), product1 = _mm256_mul_epu32(f.c2, _mm256_set1_epi64x(PHILOX_M4x32_1));
    f.c0 = _mm256_xor_si256(_mm256_xor_si256(_mm256_srli_epi64(product1, 32), f.c1), key0);
    f.c2 = _mm256_xor_si256(_mm256_xor_si256(_mm256_srli_epi64(product0, 32), f.c3), key1);
    f.c1 = product1;
    f.c3 = product0;
}

/// From words of four draws to four draws of four words.
__attribute__((target("avx2"))) inline void store(const Four& f, Draw* out) {
    const __m256i words01 = _mm256_blend_epi32(f.c0, _mm256_slli_epi64(f.c1, 32), 0b10101010);
    const __m256i words23 = _mm256_blend_epi32(f.c2, _mm256_slli_epi64(f.c3, 32), 0b10101010);
    const __m256i even = _mm256_unpacklo_epi64(words01, words23), odd = _mm256_unpackhi_epi64(words01, words23);
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(out), _mm256_permute2x128_si256(even, odd, 0x20));
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(out + 2), _mm256_permute2x128_si256(even, odd, 0x31));
}

__attribute__((target("avx2"))) inline void eight_draws(Four first, Four second, const RoundKeys& keys, Draw* out) {
#pragma GCC unroll 10
    for (const auto& key : keys) {
        const __m256i key0 = _mm256_set1_epi64x(key[0]), key1 = _mm256_set1_epi64x(key[1]);
        one_round(first, key0, key1);
        one_round(second, key0, key1);
    }
    store(first, out);
    store(second, out + 4);
}

/// Draws that differ in word 0, by eights.
__attribute__((target("avx2"))) void eights_of_persons(const std::uint32_t* persons, std::size_t count, const std::array<std::uint32_t, 4>& counter,
                                                       const RoundKeys& keys, Draw* out) {
    const Pairs same = pairs_of({0, counter[1], counter[2], counter[3]});
    const __m256i words01 = _mm256_set1_epi64x(same.words01), words23 = _mm256_set1_epi64x(same.words23);
    for (std::size_t at = 0; at + lanes <= count; at += lanes) {
        const __m256i rows0 = _mm256_cvtepu32_epi64(_mm_loadu_si128(reinterpret_cast<const __m128i*>(persons + at)));
        const __m256i rows1 = _mm256_cvtepu32_epi64(_mm_loadu_si128(reinterpret_cast<const __m128i*>(persons + at + 4)));
        eight_draws(four(_mm256_or_si256(rows0, words01), words23), four(_mm256_or_si256(rows1, words01), words23), keys, out + at);
    }
}

/// Draws whose word 3 counts up, by eights.
__attribute__((target("avx2"))) void eights_of_indices(const std::array<std::uint32_t, 4>& counter, std::size_t count, const RoundKeys& keys, Draw* out) {
    const Pairs first = pairs_of(counter);
    constexpr std::int64_t one = std::int64_t{1} << 32;
    const __m256i words01 = _mm256_set1_epi64x(first.words01), four_on = _mm256_set1_epi64x(4 * one);
    __m256i words23 = _mm256_add_epi64(_mm256_set1_epi64x(first.words23), _mm256_set_epi64x(3 * one, 2 * one, one, 0));
    for (std::size_t at = 0; at + lanes <= count; at += lanes) {
        const __m256i later = _mm256_add_epi64(words23, four_on);
        eight_draws(four(words01, words23), four(words01, later), keys, out + at);
        words23 = _mm256_add_epi64(later, four_on);
    }
}

__attribute__((target("avx2"))) void eights_of_addresses(const Address* addresses, std::size_t count, std::uint32_t replicate, const RoundKeys& keys,
                                                         Draw* out) {
    for (std::size_t at = 0; at + lanes <= count; at += lanes) {
        std::array<Pairs, lanes> p;
#pragma GCC unroll 8
        for (std::size_t lane = 0; lane < lanes; ++lane) p[lane] = pairs_of(addresses[at + lane].counter(replicate));
        eight_draws(four(_mm256_set_epi64x(p[3].words01, p[2].words01, p[1].words01, p[0].words01),
                         _mm256_set_epi64x(p[3].words23, p[2].words23, p[1].words23, p[0].words23)),
                    four(_mm256_set_epi64x(p[7].words01, p[6].words01, p[5].words01, p[4].words01),
                         _mm256_set_epi64x(p[7].words23, p[6].words23, p[5].words23, p[4].words23)),
                    keys, out + at);
    }
}

bool has_lanes() {
    static const bool has = __builtin_cpu_supports("avx2") != 0;
    return has;
}

#else

void eights_of_persons(const std::uint32_t*, std::size_t, const std::array<std::uint32_t, 4>&, const RoundKeys&, Draw*) {}
void eights_of_indices(const std::array<std::uint32_t, 4>&, std::size_t, const RoundKeys&, Draw*) {}
void eights_of_addresses(const Address*, std::size_t, std::uint32_t, const RoundKeys&, Draw*) {}
bool has_lanes() { return false; }

#endif

/// How many of `count` draws are made by eights; the others are made one by one.
std::size_t in_lanes(std::size_t count) { return has_lanes() ? count / lanes * lanes : 0; }

}  // namespace

void Random::draws(ProcessKey process, std::span<const std::uint32_t> persons, Month month, std::uint32_t index, std::span<Draw> out) const {
    const std::size_t together = in_lanes(persons.size());
    if (together > 0) eights_of_persons(persons.data(), together, Address{process, person(0), month, index}.counter(replicate_), round_keys(seed_), out.data());
    for (std::size_t at = together; at < persons.size(); ++at) out[at] = draw({process, person(persons[at]), month, index});
}

void Random::draws(std::span<const Address> addresses, std::span<Draw> out) const {
    const std::size_t together = in_lanes(addresses.size());
    if (together > 0) eights_of_addresses(addresses.data(), together, replicate_, round_keys(seed_), out.data());
    for (std::size_t at = together; at < addresses.size(); ++at) out[at] = draw(addresses[at]);
}

void Random::draws_from(const Address& first, std::span<Draw> out) const {
    const std::size_t together = in_lanes(out.size());
    if (together > 0) eights_of_indices(first.counter(replicate_), together, round_keys(seed_), out.data());
    for (std::size_t at = together; at < out.size(); ++at)
        out[at] = draw({first.process, first.entity, first.month, first.index + static_cast<std::uint32_t>(at)});
}

}  // namespace sim
