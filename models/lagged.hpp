#pragma once
/// Compares each person's state now with its state some months before, touching only those who changed now or then.
///
/// A column holds the state `lag` months ago of every row; each month's changes wait in a list until their turn comes.
/// The pair (state then, state now) of every row is counted by the caller's `count(then, now, sign)`, which is additive over rows.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/parallel.hpp"

namespace models {

using sim::Row;

/// A state in two bytes; 0 = not a resident.
using StateCode = std::uint16_t;

/// The rows are cut into lanes by block (block number modulo lanes); each lane is followed by one task.
class LaggedStates {
public:
    LaggedStates() = default;
    LaggedStates(int lag, std::size_t lanes) : lag_(lag), changes_(lanes, std::vector<std::vector<Change>>(static_cast<std::size_t>(lag) + 1)) {}

    /// Sets every row's state as it is now, which from then on is also the oldest state known.
    template <class StateOf>
    void start(std::size_t rows, StateOf&& state_of) {
        then_.resize(rows);
        months_ = 0;
        sim::for_each_block(rows, [&](sim::Block b) {
            for (Row row = b.begin; row < b.end; ++row) then_[row] = state_of(row);
        });
        for (auto& lane : changes_)
            for (auto& list : lane) list.clear();
    }
    /// Begins a month: makes room for `rows` rows (newcomers were absent before). On one thread.
    void begin_month(std::size_t rows) {
        then_.resize(rows, 0);
        ++months_;
        for (auto& lane : changes_) lane[slot(0)].clear();
    }
    /// A row whose state changed this month. Only the lane's task may call it.
    template <class Count>
    void change(std::size_t lane, Row row, StateCode before, StateCode after, Count&& count) {
        if (before == after) return;
        count(then_[row], before, -1);
        count(then_[row], after, 1);
        changes_[lane][slot(0)].push_back({row, after});
    }
    /// Asks the memory for the state of a row ahead of its use.
    void fetch(Row row) const { __builtin_prefetch(then_.data() + row); }
    /// Moves the older end of the comparison on by one month, after all changes of this month. `state_of(row)` is the state now;
    /// `fetch_now(row)` may ask the memory for it ahead of its use.
    template <class StateOf, class Count, class Fetch>
    void advance(std::size_t lane, StateOf&& state_of, Count&& count, Fetch&& fetch_now) {
        if (months_ <= lag_) return;
        const auto& list = changes_[lane][slot(lag_)];
        for (std::size_t i = 0; i < list.size(); ++i) {
            constexpr std::size_t ahead = 12;
            if (i + ahead < list.size()) {
                fetch(list[i + ahead].row);
                fetch_now(list[i + ahead].row);
            }
            const Change& change = list[i];
            const StateCode now = state_of(change.row);
            count(then_[change.row], now, -1);
            count(change.state, now, 1);
            then_[change.row] = change.state;
        }
    }
    /// Whether states `lag` months apart are being compared.
    [[nodiscard]] bool ready() const { return months_ >= lag_; }
    [[nodiscard]] StateCode then(Row row) const { return row < then_.size() ? then_[row] : StateCode{0}; }

    template <class Archive>
    void archive(Archive& a) {
        a("months", months_);
        a("then", then_);
        a("changes", changes_);
    }

private:
    struct Change {
        Row row;
        StateCode state;
        std::uint16_t spare = 0;
    };
    /// Place of the list of the month that lies `ago` months back.
    [[nodiscard]] std::size_t slot(int ago) const { return static_cast<std::size_t>((months_ + lag_ + 1 - ago) % (lag_ + 1)); }

    int lag_ = 0;
    int months_ = 0;  ///< since the start
    std::vector<StateCode> then_;
    std::vector<std::vector<std::vector<Change>>> changes_;  ///< lane, month modulo lag + 1
};

}  // namespace models
