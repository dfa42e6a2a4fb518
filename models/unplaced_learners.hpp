#pragma once
/// Students of the work-based path (BBL) who have no contract: a few thousand among hundreds of thousands, whom schooling asks for every month.

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include "models/person.hpp"
#include "sim/parallel.hpp"

namespace models {

/// Their rows, by block. Follows from the records, so it is not part of a checkpoint: until the first `set` of every block nothing is known, and whoever asks
/// walks all students.
class UnplacedLearners {
public:
    [[nodiscard]] static bool is_one(const Person& p) { return p.status == LabourStatus::student && p.track == Track::mbo_bbl; }
    [[nodiscard]] bool known() const { return known_; }
    /// Makes room for the blocks of `rows` rows. On one thread.
    void fit(std::size_t rows) { rows_.resize(std::max(rows_.size(), sim::blocks_of(rows))); }
    /// Every block has been set: from now on changes are noted.
    void all_set() { known_ = true; }
    /// A record that has changed. Only the task that owns the row's block may call it.
    void note(Row row, const Person& p) {
        if (known_ && is_one(p)) rows_[sim::block_of(row)].push_back(row);
    }
    /// Sets a block's rows, which must be in order.
    void set(std::size_t block, std::vector<Row> rows) { rows_[block] = std::move(rows); }
    /// The block's rows that still are such learners, in order, each once.
    [[nodiscard]] const std::vector<Row>& of(std::size_t block, const Persons& persons) {
        auto& rows = rows_[block];
        std::erase_if(rows, [&](Row row) { return (persons.risk[row] & risk::student) == 0 || !is_one(persons.record[row]); });
        std::sort(rows.begin(), rows.end());
        rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
        return rows;
    }

private:
    bool known_ = false;
    std::vector<std::vector<Row>> rows_;
};

}  // namespace models
