#pragma once
/// Compares each person's state now with its state some months before, touching only those who changed now or then.
///
/// A column holds the state `lag` months ago and now of every row; each month's changes wait in a list until their turn comes.
/// The pair (state then, state now) of every row is counted by the caller's `count(then, now, sign)`, which is additive over rows.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/memory.hpp"
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
        sim::make_room(states_, rows);  // newcomers move no table
        states_.resize(rows);
        months_ = 0;
        sim::for_each_block(rows, [&](sim::Block b) {
            for (Row row = b.begin; row < b.end; ++row) states_[row].then = states_[row].now = state_of(row);
        });
        for (auto& lane : changes_)
            for (auto& list : lane) list.clear();
    }
    /// Begins a month: makes room for `rows` rows (newcomers were absent before). On one thread.
    void begin_month(std::size_t rows) {
        states_.resize(rows);
        ++months_;
        for (auto& lane : changes_) lane[slot(0)].clear();
    }
    /// A row whose state changed this month. Only the lane's task may call it.
    template <class Count>
    void change(std::size_t lane, Row row, StateCode before, StateCode after, Count&& count) {
        if (before == after) return;
        States& states = states_[row];
        count(states.then, before, -1);
        count(states.then, after, 1);
        states.now = after;
        changes_[lane][slot(0)].push_back({row, after});
    }
    /// Asks the memory for the states of a row ahead of their use.
    void fetch(Row row) const { __builtin_prefetch(states_.data() + row, 1); }
    /// Moves the older end of the comparison on by one month, after all changes of this month.
    template <class Count>
    void advance(std::size_t lane, Count&& count) {
        if (months_ <= lag_) return;
        const auto& list = changes_[lane][slot(lag_)];
        for (std::size_t i = 0; i < list.size(); ++i) {
            constexpr std::size_t ahead = 12;
            if (i + ahead < list.size()) fetch(list[i + ahead].row);
            const Change& change = list[i];
            States& states = states_[change.row];
            count(states.then, states.now, -1);
            count(change.state, states.now, 1);
            states.then = change.state;
        }
    }
    /// Whether states `lag` months apart are being compared.
    [[nodiscard]] bool ready() const { return months_ >= lag_; }
    [[nodiscard]] StateCode then(Row row) const { return row < states_.size() ? states_[row].then : StateCode{0}; }

    template <class Archive>
    void archive(Archive& a) {
        a("months", months_);
        a("states", states_);
        a("changes", changes_);
    }

private:
    struct States {
        StateCode then = 0;  ///< `lag` months ago
        StateCode now = 0;
    };
    struct Change {
        Row row;
        StateCode state;
        std::uint16_t spare = 0;
    };
    /// Place of the list of the month that lies `ago` months back.
    [[nodiscard]] std::size_t slot(int ago) const { return static_cast<std::size_t>((months_ + lag_ + 1 - ago) % (lag_ + 1)); }

    int lag_ = 0;
    int months_ = 0;  ///< since the start
    std::vector<States> states_;
    std::vector<std::vector<std::vector<Change>>> changes_;  ///< lane, month modulo lag + 1
};

}  // namespace models
