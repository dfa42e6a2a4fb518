#include "experiments/statistics/emulator.hpp"

#include <array>
#include <cmath>
#include <limits>

#include "sim/error.hpp"

namespace experiments {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

/// Penalties that are tried, as shares of the number of runs.
constexpr std::array<double, 8> penalties{1e-8, 1e-4, 1e-3, 1e-2, 3e-2, 0.1, 0.3, 1.0};
/// Curvature is penalised more than slope: most moments are nearly linear in the scores.
constexpr double penalty_of_curvature = 3;

VectorXd features_of(const VectorXd& z) {
    const Index d = z.size();
    VectorXd f(Emulators::coefficients_of(d));
    f[0] = 1;
    f.segment(1, d) = z;
    Index k = 1 + d;
    for (Index i = 0; i < d; ++i) {
        f[k++] = (z[i] * z[i] - 1) / std::sqrt(2.0);
        for (Index j = i + 1; j < d; ++j) f[k++] = z[i] * z[j];
    }
    return f;
}

/// Derivatives of the features (rows) by the scores (columns).
MatrixXd slopes_of(const VectorXd& z) {
    const Index d = z.size();
    MatrixXd slopes = MatrixXd::Zero(Emulators::coefficients_of(d), d);
    Index k = 1;
    for (Index i = 0; i < d; ++i) slopes(k++, i) = 1;
    for (Index i = 0; i < d; ++i) {
        slopes(k++, i) = std::sqrt(2.0) * z[i];
        for (Index j = i + 1; j < d; ++j) {
            slopes(k, i) = z[j];
            slopes(k++, j) = z[i];
        }
    }
    return slopes;
}

}  // namespace

Emulators::Emulators(const MatrixXd& scores, const MatrixXd& moments) : parameters_(scores.cols()) {
    const Index n = scores.rows(), m = moments.cols(), p = coefficients_of(parameters_);
    if (n != moments.rows() || n < 3) throw sim::Bug("emulators need as many rows of scores as of moments, and at least three");
    MatrixXd features(n, p);
    for (Index i = 0; i < n; ++i) features.row(i) = features_of(scores.row(i).transpose()).transpose();
    // The constant is not penalised: it is taken out by centring.
    const VectorXd middle = features.colwise().mean();
    const VectorXd level = moments.colwise().mean();
    VectorXd weight = VectorXd::Ones(p - 1);
    weight.tail(p - 1 - parameters_).setConstant(1 / std::sqrt(penalty_of_curvature));
    const MatrixXd x = (features.rightCols(p - 1).rowwise() - middle.tail(p - 1).transpose()) * weight.asDiagonal();
    const MatrixXd y = moments.rowwise() - level.transpose();
    // One decomposition serves all penalties. Penalties keep it well away from where squaring the matrix would cost digits; a singular-value decomposition
    // takes the compiler three times as long.
    const Eigen::SelfAdjointEigenSolver<MatrixXd> decomposition(x.transpose() * x);
    const VectorXd values = decomposition.eigenvalues().cwiseMax(0);
    const MatrixXd rotated = x * decomposition.eigenvectors();
    const MatrixXd projected = rotated.transpose() * y;

    coefficients_ = MatrixXd::Zero(p, m);
    error_ = VectorXd::Constant(m, std::numeric_limits<double>::infinity());
    for (const double penalty : penalties) {
        const double lambda = penalty * static_cast<double>(n);
        const VectorXd inverse = (values.array() + lambda).inverse();
        const VectorXd leverage = (rotated.array().square().matrix() * inverse).array() + 1 / static_cast<double>(n);
        const MatrixXd turned = inverse.asDiagonal() * projected;
        const MatrixXd fitted = rotated * turned;
        const MatrixXd slope = weight.asDiagonal() * (decomposition.eigenvectors() * turned);
        for (Index j = 0; j < m; ++j) {
            const VectorXd left_out = (y.col(j) - fitted.col(j)).array() / (1 - leverage.array()).max(1e-6);
            const double error = std::sqrt(left_out.squaredNorm() / static_cast<double>(n));
            if (!(error < error_[j])) continue;
            error_[j] = error;
            coefficients_.col(j).tail(p - 1) = slope.col(j);
            coefficients_(0, j) = level[j] - middle.tail(p - 1).dot(slope.col(j));
        }
    }
    explained_ = VectorXd::Zero(m);
    for (Index j = 0; j < m; ++j) {
        const double whole = y.col(j).squaredNorm() / static_cast<double>(n);
        explained_[j] = whole > 0 ? 1 - error_[j] * error_[j] / whole : 0;
    }
}

VectorXd Emulators::at(const VectorXd& scores) const { return coefficients_.transpose() * features_of(scores); }

MatrixXd Emulators::jacobian(const VectorXd& scores) const { return coefficients_.transpose() * slopes_of(scores); }

}  // namespace experiments
