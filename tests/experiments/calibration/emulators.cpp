#include "experiments/statistics/emulator.hpp"

#include <cmath>

#include <boost/random/mersenne_twister.hpp>
#include <boost/random/normal_distribution.hpp>
#include <catch2/catch.hpp>

#include "experiments/calibration/posterior.hpp"

namespace {

using Eigen::MatrixXd;
using Eigen::VectorXd;

/// Two quadratic surfaces of three scores.
VectorXd surfaces(const VectorXd& z) { return Eigen::Vector2d(2 + z[0] - 0.5 * z[1] * z[2] + 0.3 * z[2] * z[2], -1 + 4 * z[1] + 0.7 * z[0] * z[0]); }

MatrixXd sample(Eigen::Index rows, Eigen::Index columns, unsigned seed = 5) {
    boost::random::mt19937_64 engine(seed);
    boost::random::normal_distribution<double> normal;
    return MatrixXd::NullaryExpr(rows, columns, [&] { return normal(engine); });
}

}  // namespace

TEST_CASE("an emulator recovers a quadratic surface and its slopes", "[experiments][law]") {
    const MatrixXd scores = sample(40, 3);
    MatrixXd values(40, 2);
    for (Eigen::Index i = 0; i < 40; ++i) values.row(i) = surfaces(scores.row(i).transpose()).transpose();
    const experiments::Emulators emulators(scores, values);
    const Eigen::Vector3d at(0.4, -1.1, 0.8);
    CHECK((emulators.at(at) - surfaces(at)).norm() < 1e-4);
    CHECK(emulators.error().maxCoeff() < 1e-4);
    CHECK(emulators.explained().minCoeff() > 0.999);
    Eigen::Matrix<double, 2, 3> slopes;
    slopes << 1, -0.5 * at[2], -0.5 * at[1] + 0.6 * at[2], 1.4 * at[0], 4, 0;
    CHECK((emulators.jacobian(at) - slopes).norm() < 1e-4);
}

TEST_CASE("the leave-one-out error of an emulator is the chance of a run, and chance alone is not explained", "[experiments][statistical]") {
    const MatrixXd scores = sample(300, 3), chance = sample(300, 2, 6);
    MatrixXd values(300, 2);
    for (Eigen::Index i = 0; i < 300; ++i) {
        values(i, 0) = surfaces(scores.row(i).transpose())[0] + 0.2 * chance(i, 0);
        values(i, 1) = chance(i, 1);
    }
    const experiments::Emulators emulators(scores, values);
    CHECK(emulators.error()[0] == Approx(0.2).epsilon(0.15));  // 300 runs: about 4 % each way in one standard deviation
    CHECK(emulators.explained()[1] < 0.05);
}

TEST_CASE("fewer runs than coefficients are enough where the penalty decides", "[experiments][unit]") {
    const MatrixXd scores = sample(30, 8);  // 45 coefficients
    const MatrixXd values = 3 * scores.col(2);
    const experiments::Emulators emulators(scores, values);
    CHECK(emulators.explained()[0] > 0.5);
}

TEST_CASE("a posterior of a linear model is the known one", "[experiments][law]") {
    // One moment, three times the first score, observed at 1 with error 1: posterior precision 1 + 9.
    const MatrixXd scores = sample(40, 2);
    const MatrixXd values = 3 * scores.col(0);
    const experiments::Emulators emulators(scores, values);
    const experiments::Fit fit(emulators, VectorXd::Constant(1, 1.0), MatrixXd::Constant(1, 1, 1.0));
    const auto posterior = experiments::posterior_of(fit, 2000, 3);
    CHECK(posterior.convergence < 1.02);
    CHECK(posterior.spread[0] == Approx(1 / std::sqrt(10.0)).epsilon(0.05));
    CHECK(posterior.spread[1] == Approx(1).epsilon(0.07));
    CHECK(posterior.shift[0] == Approx(0.3).margin(0.03));
    CHECK(posterior.identified == std::vector<bool>{true, false});
    CHECK(posterior.draws.col(0).mean() == Approx(0.3).margin(0.03));  // four standard errors of 2000 independent draws
    CHECK(posterior.draws.col(1).mean() == Approx(0).margin(0.09));
    const VectorXd best = experiments::best_scores(fit, VectorXd::Constant(2, 0.5), {true, false});
    CHECK(best[0] == Approx(0.3).margin(1e-3));
    CHECK(best[1] == 0.5);
    CHECK(fit.standard_jacobian(best)(0, 0) == Approx(3).epsilon(1e-3));
    CHECK(fit.implausibility(Eigen::Vector2d(1, 0), 1) == Approx(2).epsilon(1e-3));
}
