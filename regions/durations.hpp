#pragma once
/// How long a spell has lasted when it is looked at, and the table look-ups that serve the draws of the start population.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "sim/error.hpp"

namespace regions {

/// Where a number stands in a table that rises: std::lower_bound over the first cells, but from a guess, because millions are asked and a binary
/// search guesses wrong at every other step.
class Ladder {
public:
    Ladder() = default;
    explicit Ladder(std::vector<double> cumulative) : cumulative_(std::move(cumulative)) {
        if (cumulative_.empty() || cumulative_.size() > 65536) throw sim::Bug("Ladder: no cells, or too many");
        const double top = cumulative_.back();
        per_unit_ = top > 0 ? static_cast<double>(guesses) / top : 0;
        guess_.reserve(guesses + 1);
        std::size_t cell = 0;
        for (std::size_t g = 0; g <= guesses; ++g) {
            while (cell + 1 < cumulative_.size() && cumulative_[cell] * per_unit_ < static_cast<double>(g)) ++cell;
            guess_.push_back(static_cast<std::uint16_t>(cell));
        }
    }
    /// The first cell that is not below `at`, or `last` where none before it is; 0 <= at <= the last cell.
    [[nodiscard]] std::size_t place(double at, std::size_t last) const {
        std::size_t cell = std::min<std::size_t>(guess_[static_cast<std::size_t>(at * per_unit_)], last);
        while (cell > 0 && !(cumulative_[cell - 1] < at)) --cell;
        while (cell < last && cumulative_[cell] < at) ++cell;
        return cell;
    }
    [[nodiscard]] std::size_t size() const { return cumulative_.size(); }
    [[nodiscard]] double operator[](std::size_t cell) const { return cumulative_[cell]; }
    [[nodiscard]] double top() const { return cumulative_.back(); }

private:
    // So many that nearly every guess is right: then the loops that look further can be foreseen.
    static constexpr std::size_t guesses = 4096;
    std::vector<double> cumulative_;
    std::vector<std::uint16_t> guess_;
    double per_unit_ = 0;
};

/// Laws over the same few cells, with one look-up a draw (alias method, Walker 1977).
class Choices {
public:
    /// A law for each row of weights, in proportion to them; all rows have as many, and one above 0 at least.
    explicit Choices(const std::vector<std::vector<double>>& laws) : cells_(laws.front().size()) {
        for (const auto& weights : laws) add(weights);
    }
    /// The cell for a draw u in (0, 1).
    [[nodiscard]] std::size_t of(std::size_t law, double u) const {
        const double at = u * static_cast<double>(cells_);
        const auto drawn = static_cast<std::uint32_t>(at);
        const Cell& cell = cell_[law * cells_ + drawn];
        // Without a branch: which of the two it is has no pattern.
        const auto own = std::uint32_t{0} - static_cast<std::uint32_t>(at - static_cast<double>(drawn) < static_cast<double>(cell.own));
        return cell.other ^ ((cell.other ^ drawn) & own);
    }

private:
    struct Cell {
        float own;  ///< share of the draws of this cell that stay in it
        std::uint32_t other;
    };

    void add(const std::vector<double>& weights) {
        double total = 0;
        for (const double w : weights) total += w;
        if (weights.size() != cells_ || !(total > 0)) throw sim::Bug("Choices: a law without weight, or over other cells");
        std::vector<Cell> cell;
        std::vector<double> left;
        std::vector<std::size_t> small, large;
        for (std::size_t i = 0; i < cells_; ++i) {
            left.push_back(weights[i] * static_cast<double>(cells_) / total);
            (left[i] < 1 ? small : large).push_back(i);
            cell.push_back({1, static_cast<std::uint32_t>(i)});
        }
        while (!small.empty() && !large.empty()) {
            const std::size_t s = small.back(), l = large.back();
            small.pop_back();
            cell[s] = {static_cast<float>(left[s]), static_cast<std::uint32_t>(l)};
            left[l] -= 1 - left[s];
            if (left[l] >= 1) continue;
            large.pop_back();
            small.push_back(l);
        }
        cell_.insert(cell_.end(), cell.begin(), cell.end());
    }

    std::size_t cells_;
    std::vector<Cell> cell_;  ///< by law and drawn cell
};

/// Law of the whole months that a spell has lasted in a stationary state: P(t) = S(t) / sum of S, S(t) = product of 1 - hazard over the months before
/// (residual-life law of renewal theory; Cox 1962). The geometric law for a constant hazard.
class Elapsed {
public:
    Elapsed() = default;
    /// hazard(t): monthly probability that a spell which has lasted t months ends; longer spells than `longest` are left out.
    template <class Hazard>
    Elapsed(int longest, Hazard&& hazard) {
        double survival = 1;
        double sum = 0;
        std::vector<double> cumulative;
        for (int t = 0; t <= longest; ++t) {
            cumulative.push_back(sum += survival);
            survival *= 1 - hazard(t);
        }
        cumulative_ = Ladder(std::move(cumulative));
    }
    /// Months for a draw u in (0, 1), given that the spell cannot have lasted longer than `most` months.
    [[nodiscard]] int months(double u, int most) const {
        const auto last = std::min<std::size_t>(cumulative_.size() - 1, static_cast<std::size_t>(std::max(0, most)));
        return static_cast<int>(cumulative_.place(u * cumulative_[last], last));
    }
    /// Share of spells of exactly t months; for tests.
    [[nodiscard]] double share(int t) const {
        const auto i = static_cast<std::size_t>(t);
        return (cumulative_[i] - (i > 0 ? cumulative_[i - 1] : 0)) / cumulative_.top();
    }

private:
    Ladder cumulative_;
};

/// Law of the months that a temporary contract has yet to run, this one counted, where contracts are renewed and left as the model has it (residual life, over
/// first contracts and renewals): cell k holds k + 1 months. `renewed`: share of the contracts that end which are renewed; `left`: monthly chance that the job
/// is left before.
[[nodiscard]] Ladder remaining_of_contracts(double renewed, double left);

}  // namespace regions
