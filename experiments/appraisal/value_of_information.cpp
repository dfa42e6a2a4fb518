#include "experiments/appraisal/value_of_information.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <vector>

#include "experiments/scenarios/prior.hpp"
#include "experiments/statistics/emulator.hpp"
#include "sim/error.hpp"

namespace experiments {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

/// Up to so many unknowns are fitted with squares and products.
constexpr Index most_quadratic = 20;

/// Standard normal scores of a column's ranks; equal values share the mean of theirs, so that what never varies says nothing.
VectorXd scores_of(const VectorXd& values) {
    const auto n = static_cast<std::size_t>(values.size());
    std::vector<Index> order(n);
    std::iota(order.begin(), order.end(), Index{0});
    std::stable_sort(order.begin(), order.end(), [&](Index a, Index b) { return values[a] < values[b]; });
    VectorXd scores(values.size());
    for (std::size_t i = 0; i < n;) {
        std::size_t next = i + 1;
        while (next < n && values[order[next]] == values[order[i]]) ++next;
        const double share = (static_cast<double>(i) + static_cast<double>(next)) / 2 / static_cast<double>(n);
        for (; i < next; ++i) scores[order[i]] = normal_score(share);
    }
    return scores;
}

MatrixXd fitted(const MatrixXd& benefits, const MatrixXd& known) {
    MatrixXd scores(known.rows(), known.cols());
    for (Index k = 0; k < known.cols(); ++k) scores.col(k) = scores_of(known.col(k));
    if (known.cols() <= most_quadratic) {
        const Emulators surfaces(scores, benefits);
        MatrixXd found(benefits.rows(), benefits.cols());
        for (Index i = 0; i < found.rows(); ++i) found.row(i) = surfaces.at(scores.row(i).transpose()).transpose();
        return found;
    }
    // A little penalty keeps unknowns apart that go together.
    MatrixXd squares = scores.transpose() * scores;
    squares.diagonal().array() += 0.01 * static_cast<double>(scores.rows());
    const Eigen::RowVectorXd level = benefits.colwise().mean();
    return (scores * squares.ldlt().solve(scores.transpose() * (benefits.rowwise() - level))).rowwise() + level;
}

}  // namespace

Index best_decision(const MatrixXd& benefits) {
    Index best = 0;
    benefits.colwise().mean().maxCoeff(&best);
    return best;
}

double value_of_deciding(const MatrixXd& benefits) {
    // Row by row against the best decision: where no row would decide otherwise the sum is 0 to the last bit.
    const VectorXd best = benefits.col(best_decision(benefits));
    return (benefits.rowwise().maxCoeff() - best).mean();
}

MatrixXd expected_given(const MatrixXd& benefits, const MatrixXd& known, std::size_t cells) {
    if (known.rows() != benefits.rows()) throw sim::Bug("what is expected given rows that do not fit");
    if (known.cols() == 0) return benefits.colwise().mean().replicate(benefits.rows(), 1);
    return means_of_cells(benefits, fitted(benefits, known), cells);
}

MatrixXd means_of_cells(const MatrixXd& benefits, const MatrixXd& fit, std::size_t cells) {
    const Index n = benefits.rows();
    if (fit.rows() != n || fit.cols() != benefits.cols() || cells < 1) throw sim::Bug("means of cells of rows that do not fit");
    // By decision, and within one by how far it is ahead of the next best.
    struct Place {
        Index decision;
        double ahead;
        Index row;
    };
    std::vector<Place> places(static_cast<std::size_t>(n));
    for (Index i = 0; i < n; ++i) {
        Index best = 0;
        const double highest = fit.row(i).maxCoeff(&best);
        double next = -std::numeric_limits<double>::infinity();
        for (Index d = 0; d < fit.cols(); ++d)
            if (d != best) next = std::max(next, fit(i, d));
        places[static_cast<std::size_t>(i)] = {best, fit.cols() > 1 ? highest - next : 0, i};
    }
    std::sort(places.begin(), places.end(), [](const Place& a, const Place& b) {
        if (a.decision != b.decision) return a.decision < b.decision;
        return a.ahead != b.ahead ? a.ahead < b.ahead : a.row < b.row;
    });
    const std::size_t size = std::max<std::size_t>(1, (places.size() + cells - 1) / cells);
    MatrixXd means(n, benefits.cols());
    for (std::size_t begin = 0; begin < places.size();) {
        // Cells do not reach from one decision into the next; the last of a decision takes what is too few for one of its own.
        std::size_t whole = begin;
        while (whole < places.size() && places[whole].decision == places[begin].decision) ++whole;
        const std::size_t parts = std::max<std::size_t>(1, (whole - begin) / size);
        const std::size_t first = begin;
        for (std::size_t part = 0; part < parts; ++part) {
            const std::size_t from = first + (whole - first) * part / parts, until = first + (whole - first) * (part + 1) / parts;
            Eigen::RowVectorXd sum = Eigen::RowVectorXd::Zero(benefits.cols());
            for (std::size_t i = from; i < until; ++i) sum += benefits.row(places[i].row);
            sum /= static_cast<double>(until - from);
            for (std::size_t i = from; i < until; ++i) means.row(places[i].row) = sum;
        }
        begin = whole;
    }
    return means;
}

}  // namespace experiments
