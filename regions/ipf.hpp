#pragma once
/// Iterative proportional fitting and rounding to whole persons that keeps the margins.

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <vector>

#include "sim/error.hpp"

namespace regions {

/// A matrix of counts or weights, row-major.
struct Matrix {
    std::size_t rows = 0;
    std::size_t columns = 0;
    std::vector<double> cell;
    Matrix() = default;
    Matrix(std::size_t rows_, std::size_t columns_, double value = 0) : rows(rows_), columns(columns_), cell(rows_ * columns_, value) {}
    double& operator()(std::size_t r, std::size_t c) { return cell[r * columns + c]; }
    double operator()(std::size_t r, std::size_t c) const { return cell[r * columns + c]; }
};

/// Iterative proportional fitting (Deming and Stephan 1940): scales `seed` until its rows and columns sum to the margins, whose totals must agree.
/// A cell of weight zero stays zero. Rows are exact at the end, columns to `tolerance` (share of the total) where the zeros allow it.
inline Matrix fit_margins(Matrix seed, const std::vector<double>& rows, const std::vector<double>& columns, double tolerance = 1e-9, int rounds = 200) {
    if (rows.size() != seed.rows || columns.size() != seed.columns) throw sim::Bug("fit_margins: margins of the wrong size");
    const double total = std::accumulate(rows.begin(), rows.end(), 0.0);
    std::vector<double> sums(seed.columns);
    for (int round = 0; round < rounds; ++round) {
        std::fill(sums.begin(), sums.end(), 0.0);
        for (std::size_t r = 0; r < seed.rows; ++r)
            for (std::size_t c = 0; c < seed.columns; ++c) sums[c] += seed(r, c);
        double worst = 0;
        for (std::size_t c = 0; c < seed.columns; ++c) {
            worst = std::max(worst, std::abs(sums[c] - columns[c]));
            sums[c] = sums[c] > 0 ? columns[c] / sums[c] : 0;
        }
        if (round > 0 && worst <= tolerance * total) break;
        for (std::size_t r = 0; r < seed.rows; ++r) {
            double sum = 0;
            for (std::size_t c = 0; c < seed.columns; ++c) sum += seed(r, c) *= sums[c];
            const double factor = sum > 0 ? rows[r] / sum : 0;
            for (std::size_t c = 0; c < seed.columns; ++c) seed(r, c) *= factor;
        }
    }
    return seed;
}

/// Shares out `total` whole units in proportion to `weights`: largest remainders, ties to the lower place. Weights that sum to 0 get nothing but need total 0.
inline std::vector<std::int64_t> share_out(std::int64_t total, const std::vector<double>& weights) {
    std::vector<std::int64_t> whole(weights.size(), 0);
    const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
    if (total == 0) return whole;
    if (!(sum > 0)) throw sim::Bug("share_out: nothing to share in proportion to");
    std::vector<double> rest(weights.size());
    std::int64_t given = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        const double exact = static_cast<double>(total) * weights[i] / sum;
        whole[i] = static_cast<std::int64_t>(exact);
        rest[i] = exact - static_cast<double>(whole[i]);
        given += whole[i];
    }
    std::vector<std::size_t> order(weights.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return rest[a] > rest[b]; });
    for (std::size_t k = 0; given < total; k = (k + 1) % order.size())
        if (weights[order[k]] > 0) ++whole[order[k]], ++given;
    return whole;
}

/// Rounds a row of a long table to whole numbers that sum to `total`, and carries the error of each cell to the next row, so that
/// sums over many rows also stay within about one. `carry` starts at zero. A cell without weight gets nothing.
inline void round_with_carry(const double* exact, std::size_t cells, std::int64_t total, std::vector<double>& carry, std::vector<std::int64_t>& whole) {
    whole.assign(cells, 0);
    std::int64_t given = 0;
    for (std::size_t i = 0; i < cells; ++i) {
        if (exact[i] > 0) {
            whole[i] = std::max<std::int64_t>(0, static_cast<std::int64_t>(std::floor(exact[i] + carry[i])));
            given += whole[i];
        }
    }
    while (given != total) {
        const std::int64_t step = given < total ? 1 : -1;
        std::size_t best = cells;
        double most = -1e300;
        for (std::size_t i = 0; i < cells; ++i) {
            if (!(exact[i] > 0) || (step < 0 && whole[i] == 0)) continue;
            const double want = static_cast<double>(step) * (exact[i] + carry[i] - static_cast<double>(whole[i]));
            if (want > most) most = want, best = i;
        }
        if (best == cells) throw sim::Bug("round_with_carry: no cell can take a person");
        whole[best] += step;
        given += step;
    }
    for (std::size_t i = 0; i < cells; ++i)
        if (exact[i] > 0) carry[i] += exact[i] - static_cast<double>(whole[i]);
}

/// Whole numbers near `exact` with exactly these sums of rows and columns (their totals must agree): floors, then the largest fractions.
inline std::vector<std::int64_t> round_to_margins(const Matrix& exact, std::vector<std::int64_t> rows, std::vector<std::int64_t> columns) {
    std::vector<std::int64_t> whole(exact.cell.size());
    struct Fraction {
        double part;
        std::size_t cell;
    };
    std::vector<Fraction> fractions;
    for (std::size_t r = 0; r < exact.rows; ++r)
        for (std::size_t c = 0; c < exact.columns; ++c) {
            const double x = exact(r, c);
            const std::int64_t floor = std::min({static_cast<std::int64_t>(x), rows[r], columns[c]});
            whole[r * exact.columns + c] = floor;
            rows[r] -= floor;
            columns[c] -= floor;
            if (x > 0) fractions.push_back({x - static_cast<double>(floor), r * exact.columns + c});
        }
    std::stable_sort(fractions.begin(), fractions.end(), [](const Fraction& a, const Fraction& b) { return a.part > b.part; });
    for (const auto& f : fractions) {
        const std::size_t r = f.cell / exact.columns;
        const std::size_t c = f.cell % exact.columns;
        if (rows[r] > 0 && columns[c] > 0) ++whole[f.cell], --rows[r], --columns[c];
    }
    // What the fractions could not place: any pair of a row and a column that both want more.
    std::size_t c = 0;
    for (std::size_t r = 0; r < exact.rows; ++r)
        while (rows[r] > 0) {
            while (c < exact.columns && columns[c] == 0) ++c;
            if (c == exact.columns) throw sim::Bug("round_to_margins: rows and columns do not sum to the same total");
            const std::int64_t more = std::min(rows[r], columns[c]);
            whole[r * exact.columns + c] += more;
            rows[r] -= more;
            columns[c] -= more;
        }
    return whole;
}

}  // namespace regions
