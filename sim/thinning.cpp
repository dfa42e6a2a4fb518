#include "sim/thinning.hpp"

#include <algorithm>
#include <atomic>
#include <bit>
#include <cmath>
#include <numbers>

namespace sim {
namespace {

/// Words that are turned into skips together.
constexpr std::size_t words_at_once = 256;
constexpr std::size_t draws_at_once = words_at_once / 4;

/// What the series below may be wrong by, with room to spare: its first term left out is at most 1.7e-11.
constexpr double series_error = 1e-10;

/// Lower and upper limits of log(u) / log(1 - bound), cut to whole numbers and at the length of a block; equal for all but a few words. `scale` = 1 / log(1 -
/// bound).
///
/// log u = e log 2 + log sqrt(2) + 2 artanh z for u = 2^e m and z = (m - sqrt(2)) / (m + sqrt(2)), |z| < 0.172, without branches or calls, so that compilers
/// take several words at once: measured on a Zen 4, a fifth of the time of the C library's logarithm a word.
[[gnu::always_inline]] inline void limits_of_skips(const std::uint32_t* words, std::size_t count, double scale, std::int32_t* low, std::int32_t* high) {
    constexpr std::uint64_t mantissa = (1ULL << 52) - 1;
    constexpr std::uint64_t whole = 0x433ULL << 52;  // the bits of 2^52, whose last bit counts one
    constexpr double longest = block_rows;
    const double room = -scale * series_error + 1e-9;
    for (std::size_t i = 0; i < count; ++i) {
        const double middle = std::bit_cast<double>(whole | words[i]) - (0x1p52 - 0.5);  // the word + 1/2
        const auto bits = std::bit_cast<std::uint64_t>(middle);
        const double exponent = std::bit_cast<double>(whole | (bits >> 52)) - (0x1p52 + 1023 + 32);
        const double m = std::bit_cast<double>((bits & mantissa) | (1023ULL << 52));
        const double z = (m - std::numbers::sqrt2) / (m + std::numbers::sqrt2), q = z * z;
        const double series = 2 * z * (1 + q * (1.0 / 3 + q * (1.0 / 5 + q * (1.0 / 7 + q * (1.0 / 9 + q * (1.0 / 11))))));
        const double skip = ((exponent + 0.5) * std::numbers::ln2 + series) * scale;
        const double less = skip - room > 0 ? skip - room : 0, more = skip + room;
        low[i] = static_cast<std::int32_t>(less < longest ? less : longest);
        high[i] = static_cast<std::int32_t>(more < longest ? more : longest);
    }
}

#if defined(__x86_64__)
__attribute__((target("avx2"))) void limits_by_fours(const std::uint32_t* words, std::size_t count, double scale, std::int32_t* low, std::int32_t* high) {
    limits_of_skips(words, count, scale, low, high);
}
bool has_fours() {
    static const bool has = __builtin_cpu_supports("avx2") != 0;
    return has;
}
#else
void limits_by_fours(const std::uint32_t*, std::size_t, double, std::int32_t*, std::int32_t*) {}
bool has_fours() { return false; }
#endif

/// By month since January 1900.
std::array<std::atomic<std::uint64_t>, 4096> chosen_in{};

}  // namespace

std::uint64_t rows_chosen(Month month) { return chosen_in[static_cast<std::size_t>(month.number())].load(std::memory_order_relaxed); }

namespace detail {

void count_chosen(Month month, std::size_t rows) { chosen_in[static_cast<std::size_t>(month.number())].fetch_add(rows, std::memory_order_relaxed); }

void geometric_skips(double bound, std::span<const std::uint32_t> words, std::int32_t* skips) {
    const double scale = 1.0 / log_one_plus(-bound);
    std::array<std::int32_t, words_at_once> high;
    for (std::size_t at = 0; at < words.size(); at += words_at_once) {
        const std::size_t count = std::min(words_at_once, words.size() - at);
        std::int32_t* low = skips + at;
        if (has_fours())
            limits_by_fours(&words[at], count, scale, low, high.data());
        else
            limits_of_skips(&words[at], count, scale, low, high.data());
        std::int32_t unsure = 0;
        for (std::size_t i = 0; i < count; ++i) unsure |= high[i] - low[i];
        for (std::size_t i = 0; unsure != 0 && i < count; ++i)
            if (high[i] != low[i])
                low[i] = static_cast<std::int32_t>(std::min(logarithm(Draw::uniform_of(words[at + i])) * scale, static_cast<double>(block_rows)));
    }
}

std::size_t candidates(const Random& random, ProcessKey key, Month month, Block block, double bound, BlockRows& rows) {
    const std::size_t length = block.end - block.begin;
    if (bound <= 0) return 0;
    if (bound >= 1) {
        for (std::size_t i = 0; i < length; ++i) rows[i] = block.begin + static_cast<Row>(i);
        return length;
    }
    std::array<Draw, draws_at_once> draws;
    std::array<std::uint32_t, words_at_once> words;
    std::array<std::int32_t, words_at_once> skips;
    std::size_t found = 0, position = 0;  // the next row, were the skip 0
    for (std::uint32_t k = 0;;) {
        // As many as will probably do, in whole eights.
        const double expected = static_cast<double>(length - position) * bound;
        const auto wanted = (static_cast<std::size_t>((expected + std::sqrt(expected)) / 4) / 8 + 1) * 8;
        const std::size_t count = std::min(wanted, draws_at_once);
        random.draws_from({key, {EntityKind::block, block.number}, month, k}, std::span(draws).first(count));
        for (std::size_t i = 0; i < count; ++i) std::copy_n(draws[i].words.begin(), 4, words.begin() + static_cast<std::ptrdiff_t>(4 * i));
        geometric_skips(bound, std::span(words).first(4 * count), skips.data());
        for (std::size_t i = 0; i < 4 * count; ++i) {
            position += static_cast<std::size_t>(skips[i]);
            if (position >= length) return found;
            rows[found++] = block.begin + static_cast<Row>(position);
            ++position;
        }
        if (position >= length) return found;
        k += static_cast<std::uint32_t>(count);
    }
}

}  // namespace detail
}  // namespace sim
