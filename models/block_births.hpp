#pragma once
/// Oldest and youngest of each block of rows. Births never change, so bounds of thinned hazards may rest on them.

#include <algorithm>
#include <cstdint>
#include <vector>

#include "models/person.hpp"
#include "sim/parallel.hpp"

namespace models {

/// Ages in months by block of rows, as they are when this is made; one pass over the months of birth.
class BlockBirths {
public:
    explicit BlockBirths(const Persons& persons) : first_(sim::blocks_of(persons.size())), last_(first_.size()) {
        sim::for_each_block(persons.size(), [&](sim::Block block) {
            std::uint16_t first = 0xFFFF, last = 0;
            for (Row row = block.begin; row < block.end; ++row) {
                first = std::min(first, persons.birth[row]);
                last = std::max(last, persons.birth[row]);
            }
            first_[block.number] = first;
            last_[block.number] = last;
        });
    }
    /// Age of the oldest, in months; the dead and departed count.
    [[nodiscard]] int oldest(std::size_t block, sim::Month month) const { return month.number() - first_[block]; }
    [[nodiscard]] int youngest(std::size_t block, sim::Month month) const { return month.number() - last_[block]; }

private:
    std::vector<std::uint16_t> first_, last_;  ///< months of birth
};

}  // namespace models
