#pragma once
/// Rows of a block by a column of one byte a row.

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "sim/parallel.hpp"

namespace sim {

/// Room for all rows of a block.
using BlockRows = std::array<Row, block_rows>;

namespace detail {

/// Bit i says whether `(column[i] & mask) == value`, for the first `length` of sixty-four rows.
inline std::uint64_t which_fit(const std::uint8_t* column, std::size_t length, std::uint8_t mask, std::uint8_t value) {
    static_assert(std::endian::native == std::endian::little);
    std::uint64_t word = 0;
#if defined(__SSE2__)
    // Every x86-64 processor has an instruction for this, which compilers do not find.
    if (length == 64) {
        const __m128i masks = _mm_set1_epi8(static_cast<char>(mask)), values = _mm_set1_epi8(static_cast<char>(value));
        for (std::size_t at = 0; at < 64; at += 16) {
            const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(column + at));
            const int fits = _mm_movemask_epi8(_mm_cmpeq_epi8(_mm_and_si128(bytes, masks), values));
            word |= static_cast<std::uint64_t>(static_cast<std::uint32_t>(fits)) << at;
        }
        return word;
    }
#endif
    std::array<std::uint8_t, 64> fits{};
    for (std::size_t i = 0; i < length; ++i) fits[i] = (column[i] & mask) == value;
    for (std::size_t eighth = 0; eighth < 8; ++eighth) {
        std::uint64_t bytes;
        std::memcpy(&bytes, &fits[8 * eighth], 8);
        word |= (bytes * 0x0102040810204080U >> 56) << (8 * eighth);  // the last bit of each of eight bytes
    }
    return word;
}

}  // namespace detail

/// The rows of a block for which `(column[row] & mask) == value`, in their order; returns how many. Sixty-four rows make
/// one word of answers, so that rows which do not fit cost next to nothing.
inline std::size_t rows_with(const std::uint8_t* column, Block block, std::uint8_t mask, std::uint8_t value, BlockRows& rows) {
    std::size_t found = 0;
    for (Row begin = block.begin; begin < block.end; begin += 64) {
        std::uint64_t word = detail::which_fit(column + begin, std::min<std::size_t>(64, block.end - begin), mask, value);
        for (; word != 0; word &= word - 1) rows[found++] = begin + static_cast<Row>(std::countr_zero(word));
    }
    return found;
}

}  // namespace sim
