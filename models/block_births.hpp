#pragma once
/// Oldest and youngest of each block of rows. Births never change, so bounds of thinned hazards may rest on them.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "models/person.hpp"
#include "sim/parallel.hpp"

namespace models {

/// Ages by block of rows. Kept from month to month: only rows that were appended are read again.
class BlockBirths {
public:
    /// Reads the months of birth of rows that were appended since the last time.
    void update(const Persons& persons) {
        const std::size_t rows = persons.size();
        if (rows == rows_) return;
        const std::size_t from = rows < rows_ ? 0 : rows_ / sim::block_rows;  // the last block may have been incomplete
        const std::size_t blocks = sim::blocks_of(rows);
        first_.resize(blocks);
        last_.resize(blocks);
        sim::for_each_task(blocks - from, [&](std::size_t task) {
            const std::size_t block = from + task;
            const std::size_t end = std::min(rows, (block + 1) * static_cast<std::size_t>(sim::block_rows));
            const auto births = persons.birth.begin();
            const auto [first, last] =
                std::minmax_element(births + static_cast<std::ptrdiff_t>(block * sim::block_rows), births + static_cast<std::ptrdiff_t>(end));
            first_[block] = *first;
            last_[block] = *last;
        });
        rows_ = rows;
    }
    /// Whether all rows have been read.
    [[nodiscard]] bool covers(const Persons& persons) const { return rows_ == persons.size(); }
    /// Whether somebody in a block may have been born in this month.
    [[nodiscard]] bool spans(std::size_t block, int birth_month) const { return first_[block] <= birth_month && birth_month <= last_[block]; }
    /// Age of the oldest, in months; the dead and departed count.
    [[nodiscard]] int oldest(std::size_t block, sim::Month month) const { return month.number() - first_[block]; }
    [[nodiscard]] int youngest(std::size_t block, sim::Month month) const { return month.number() - last_[block]; }
    /// Largest value of a factor over the ages from 15 to 75 in a block in this month.
    template <class Factor>
    [[nodiscard]] double most(std::size_t block, sim::Month month, Factor&& factor) const {
        double top = 0;
        for (int age = std::max(15, youngest(block, month) / 12); age <= std::min(75, oldest(block, month) / 12); ++age) top = std::max(top, factor(age));
        return top;
    }

private:
    std::size_t rows_ = 0;
    std::vector<std::uint16_t> first_, last_;  ///< months of birth
};

}  // namespace models
