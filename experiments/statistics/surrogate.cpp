#include "experiments/statistics/surrogate.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <nlopt.hpp>

#include "sim/error.hpp"

namespace experiments {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr Index least_points = 8;
constexpr double shortest = 0.05, longest = 50;  ///< lengths, in widths of the range
constexpr double least_chance = 1e-8, most_chance = 10;
constexpr int most_evaluations = 150;
constexpr double interval_width = 1.959964;

/// Matern 5/2 at a scaled distance, and its derivative by half the squared distance: -5/3 (1 + sqrt(5) r) exp(-sqrt(5) r).
double matern(double r) {
    const double s = std::sqrt(5.0) * r;
    return (1 + s + s * s / 3) * std::exp(-s);
}
double matern_slope(double r) {
    const double s = std::sqrt(5.0) * r;
    return -5.0 / 3 * (1 + s) * std::exp(-s);
}

/// Scaled distances of all pairs.
MatrixXd distances(const MatrixXd& places, const VectorXd& lengths) {
    const MatrixXd scaled = places * lengths.cwiseInverse().asDiagonal();
    const VectorXd squares = scaled.rowwise().squaredNorm();
    MatrixXd between = -2 * scaled * scaled.transpose();
    between.colwise() += squares;
    between.rowwise() += squares.transpose();
    return between.cwiseMax(0).cwiseSqrt();
}

/// Everything that follows from lengths and chance.
struct Solved {
    MatrixXd between, inverse;
    VectorXd weights;
    double ones = 1, mean = 0, variance = 1, log_likelihood = 0;
};

/// False where the correlations are not positive definite.
bool solve(const MatrixXd& places, const VectorXd& values, const VectorXd& lengths, double chance, Solved& solved) {
    const Index n = places.rows();
    solved.between = distances(places, lengths);
    MatrixXd correlations = solved.between.unaryExpr([](double r) { return matern(r); });
    correlations.diagonal().setConstant(1 + chance);
    const Eigen::LLT<MatrixXd> factor(correlations);
    if (factor.info() != Eigen::Success) return false;
    solved.inverse = factor.solve(MatrixXd::Identity(n, n));
    const VectorXd row_sums = solved.inverse.rowwise().sum();
    solved.ones = row_sums.sum();
    solved.mean = row_sums.dot(values) / solved.ones;
    const VectorXd left = values.array() - solved.mean;
    solved.weights = solved.inverse * left;
    solved.variance = left.dot(solved.weights) / static_cast<double>(n);
    const double log_determinant = 2 * factor.matrixLLT().diagonal().array().log().sum();
    solved.log_likelihood = -0.5 * (static_cast<double>(n) * std::log(solved.variance) + log_determinant);
    return std::isfinite(solved.log_likelihood);
}

/// What NLopt maximises: the likelihood by logarithms of lengths and chance.
struct Likelihood {
    const MatrixXd& places;
    const VectorXd& values;

    double operator()(const std::vector<double>& logs, std::vector<double>& slopes) const {
        const Index inputs = places.cols();
        VectorXd lengths(inputs);
        for (Index k = 0; k < inputs; ++k) lengths[k] = std::exp(logs[static_cast<std::size_t>(k)]);
        const double chance = std::exp(logs.back());
        Solved solved;
        if (!solve(places, values, lengths, chance, solved)) {
            std::fill(slopes.begin(), slopes.end(), 0.0);
            return -1e100;
        }
        if (slopes.empty()) return solved.log_likelihood;
        // d log L = (w' dR w / variance - tr(R^-1 dR)) / 2
        const MatrixXd outer = solved.weights * solved.weights.transpose() / solved.variance - solved.inverse;
        const MatrixXd by_distance = outer.cwiseProduct(solved.between.unaryExpr([](double r) { return matern_slope(r); }));
        const VectorXd sums = by_distance.rowwise().sum();
        for (Index k = 0; k < inputs; ++k) {
            // The sum over pairs of by_distance times (x_i - x_j)^2, without a matrix for each input.
            const VectorXd x = places.col(k) / lengths[k];
            const double sum = 2 * (sums.dot(x.cwiseProduct(x)) - x.dot(by_distance * x));
            slopes[static_cast<std::size_t>(k)] = -0.5 * sum;
        }
        slopes.back() = 0.5 * chance * outer.trace();
        return solved.log_likelihood;
    }

    static double call(const std::vector<double>& logs, std::vector<double>& slopes, void* self) {
        return (*static_cast<const Likelihood*>(self))(logs, slopes);
    }
};

}  // namespace

Surrogate::Surrogate(const MatrixXd& places, const VectorXd& values, Index block) : places_(places) {
    if (places.rows() != values.size() || block < 1 || values.size() % block != 0) throw sim::Bug("a surrogate of places and values that do not fit");
    if (values.size() < least_points) throw sim::InputError(fmt::format("a surrogate takes at least {} points, but there are {}", least_points, values.size()));
    centre_ = values.mean();
    unit_ = std::sqrt((values.array() - centre_).square().mean());
    if (!(unit_ > 0)) throw sim::Bug("a surrogate of an outcome that does not vary");
    values_ = (values.array() - centre_) / unit_;

    const auto inputs = static_cast<std::size_t>(places.cols());
    Likelihood likelihood{places_, values_};
    nlopt::opt search(nlopt::LD_LBFGS, static_cast<unsigned>(inputs + 1));
    std::vector<double> low(inputs, std::log(shortest)), high(inputs, std::log(longest));
    low.push_back(std::log(least_chance));
    high.push_back(std::log(most_chance));
    search.set_lower_bounds(low);
    search.set_upper_bounds(high);
    search.set_max_objective(Likelihood::call, &likelihood);
    search.set_ftol_abs(1e-4);
    search.set_maxeval(most_evaluations);
    // Two starts, since a likelihood may have one hill where all is chance and one where nothing is.
    double best = -1e300;
    for (const double chance : {1e-4, 0.5}) {
        std::vector<double> logs(inputs, std::log(std::sqrt(static_cast<double>(inputs))));
        logs.push_back(std::log(chance));
        double reached = 0;
        try {
            search.optimize(logs, reached);
        } catch (const std::runtime_error&) {
            // A line search that goes no further leaves its best point behind, which counts.
        }
        std::vector<double> none;
        reached = likelihood(logs, none);
        if (!(reached > best)) continue;
        best = reached;
        lengths_.resize(static_cast<Index>(inputs));
        for (std::size_t k = 0; k < inputs; ++k) lengths_[static_cast<Index>(k)] = std::exp(logs[k]);
        chance_ = std::exp(logs.back());
    }
    Solved solved;
    if (lengths_.size() == 0 || !solve(places_, values_, lengths_, chance_, solved))
        throw sim::InputError("the points lie so close together that no surrogate goes through them");
    inverse_ = std::move(solved.inverse);
    weights_ = std::move(solved.weights);
    ones_ = solved.ones;
    mean_ = solved.mean;
    variance_ = solved.variance;
    leave_out(block);
}

void Surrogate::leave_out(Index block) {
    const VectorXd row_sums = inverse_.rowwise().sum();
    const MatrixXd q = inverse_ - row_sums * row_sums.transpose() / ones_;
    const VectorXd q_values = q * values_;
    double squares = 0;
    Index covered = 0;
    for (Index begin = 0; begin < values_.size(); begin += block) {
        const MatrixXd spread = q.block(begin, begin, block, block).inverse();
        const VectorXd errors = spread * q_values.segment(begin, block);
        squares += errors.squaredNorm();
        for (Index i = 0; i < block; ++i) covered += std::abs(errors[i]) <= interval_width * std::sqrt(variance_ * spread(i, i)) ? 1 : 0;
    }
    const double mean_square = squares / static_cast<double>(values_.size());
    error_ = unit_ * std::sqrt(mean_square);
    explained_ = 1 - mean_square;
    covered_ = static_cast<double>(covered) / static_cast<double>(values_.size());
}

VectorXd Surrogate::kernel(const VectorXd& place) const {
    VectorXd found(places_.rows());
    for (Index i = 0; i < places_.rows(); ++i) found[i] = matern(((places_.row(i).transpose() - place).array() / lengths_.array()).matrix().norm());
    return found;
}

Surrogate::Prediction Surrogate::at(const VectorXd& place) const {
    const VectorXd near = kernel(place);
    const VectorXd solved = inverse_ * near;
    const double unknown_mean = 1 - solved.sum();
    const double variance = variance_ * std::max(0.0, 1 - near.dot(solved) + unknown_mean * unknown_mean / ones_);
    return {centre_ + unit_ * (mean_ + near.dot(weights_)), unit_ * std::sqrt(variance)};
}

double Surrogate::chance() const { return unit_ * std::sqrt(variance_ * chance_); }

}  // namespace experiments
