#pragma once
/// Rows of a block by a column of one byte a row.

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "sim/parallel.hpp"

namespace sim {

/// Room for all rows of a block.
using BlockRows = std::array<Row, block_rows>;

/// The rows of a block for which `(column[row] & mask) == value`, in their order; returns how many. Sixty-four rows make
/// one word of answers, so that rows which do not fit cost next to nothing.
inline std::size_t rows_with(const std::uint8_t* column, Block block, std::uint8_t mask, std::uint8_t value, BlockRows& rows) {
    static_assert(std::endian::native == std::endian::little);
    std::size_t found = 0;
    for (Row begin = block.begin; begin < block.end; begin += 64) {
        const std::size_t length = std::min<std::size_t>(64, block.end - begin);
        std::array<std::uint8_t, 64> fits{};
        for (std::size_t i = 0; i < length; ++i) fits[i] = (column[begin + i] & mask) == value;
        std::uint64_t word = 0;
        for (std::size_t eighth = 0; eighth < 8; ++eighth) {
            std::uint64_t bytes;
            std::memcpy(&bytes, &fits[8 * eighth], 8);
            word |= (bytes * 0x0102040810204080U >> 56) << (8 * eighth);  // the last bit of each of eight bytes
        }
        for (; word != 0; word &= word - 1) rows[found++] = begin + static_cast<Row>(std::countr_zero(word));
    }
    return found;
}

}  // namespace sim
