#include "experiments/appraisal/expected_effect.hpp"

#include <algorithm>
#include <cmath>

#include <boost/random/mersenne_twister.hpp>
#include <boost/random/normal_distribution.hpp>
#include <catch2/catch.hpp>

using namespace experiments;
using Eigen::Index;
using Eigen::MatrixXd;

namespace {

/// Pairs of runs: two doses a draw, three features, one other unknown that scales, and chance that both doses of a draw share.
struct Pairs {
    MatrixXd x, z, y;
    std::vector<std::size_t> group;
    Pairs(std::size_t draws, double chance, std::uint64_t seed, const Eigen::Vector3d& b = {100, 50, 0}, double c = 0.5) {
        boost::random::mt19937_64 engine(seed);
        boost::random::normal_distribution<double> normal;
        x = MatrixXd::Zero(static_cast<Index>(2 * draws), 3);
        z = MatrixXd::Zero(x.rows(), 1);
        y = MatrixXd::Zero(x.rows(), 1);
        for (std::size_t d = 0; d < draws; ++d) {
            const Eigen::Vector3d strength(1 + 0.3 * normal(engine), 1 + 0.3 * normal(engine), 1 + 0.3 * normal(engine));
            const double other = normal(engine), luck = chance * normal(engine);
            for (std::size_t dose = 0; dose < 2; ++dose) {
                const auto row = static_cast<Index>(2 * d + dose);
                x.row(row) = (dose == 0 ? 0.2 : 1.0) * strength.transpose();
                z(row, 0) = other;
                y(row, 0) = x.row(row).dot(b) * (1 + c * other) + luck + chance * 0.5 * normal(engine);
                group.push_back(d);
            }
        }
    }
    [[nodiscard]] ExpectedEffect fit(std::uint64_t seed = 1) const { return {x, ExpectedEffect::alike(x), z, y, group, 50, seed}; }
};

}  // namespace

TEST_CASE("nothing spent is expected to give exactly nothing", "[experiments][unit]") {
    const Pairs pairs(50, 30, 1);
    const auto fit = pairs.fit();
    CHECK(fit.at(MatrixXd::Zero(1, 3), MatrixXd::Constant(1, 1, 2.0))(0, 0) == 0);
    CHECK(fit.at(MatrixXd::Zero(1, 3), MatrixXd::Constant(1, 1, 2.0), 7)(0, 0) == 0);
}

TEST_CASE("without chance the effect and what scales it are found", "[experiments][unit]") {
    const Pairs pairs(100, 0, 2);
    const auto fit = pairs.fit();
    MatrixXd x(1, 3);
    x << 1, 1, 1;
    CHECK(fit.at(x, MatrixXd::Zero(1, 1))(0, 0) == Approx(150).epsilon(0.08));
    CHECK(fit.at(x, MatrixXd::Ones(1, 1))(0, 0) == Approx(225).epsilon(0.08));
    CHECK(fit.explained() > 0.98);
}

TEST_CASE("chance does not shrink the mean effect to nothing, and its error is told", "[experiments][statistical]") {
    // The truth within three standard errors in all of 20 sets of pairs: by chance this fails once in a few hundred.
    MatrixXd x(1, 3);
    x << 1, 1, 1;
    double sum = 0;
    int outside = 0;
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        const Pairs pairs(60, 200, seed);
        const auto fit = pairs.fit();
        const double found = fit.at(x, MatrixXd::Zero(1, 1))(0, 0);
        std::vector<double> again;
        for (int r = 0; r < 50; ++r) again.push_back(fit.at(x, MatrixXd::Zero(1, 1), r)(0, 0));
        double mean = 0, squares = 0;
        for (const double v : again) mean += v / 50;
        for (const double v : again) squares += (v - mean) * (v - mean) / 49;
        sum += found / 20;
        outside += std::abs(found - 150) > 3 * std::sqrt(squares) ? 1 : 0;
        CHECK(squares > 0);
    }
    CHECK(outside <= 1);
    CHECK(sum == Approx(150).epsilon(0.15));
}

TEST_CASE("the error of directions that were fitted themselves is told", "[experiments][statistical]") {
    // Work follows who begins; how two mechanisms weigh against each other is known from beginners alone, who are few. What the first of them gives by itself:
    // over 60 sets of pairs its spread is that which the bootstrap tells, and more than directions that are taken for known would tell.
    MatrixXd only_first(1, 2);
    only_first << 1, 0;
    const MatrixXd nothing(1, 0);
    double error = 0, known = 0, sum = 0, squares = 0;
    constexpr int sets = 60;
    for (std::uint64_t seed = 1; seed <= sets; ++seed) {
        const Pairs pairs(60, 40, seed, {100, 50, 0}, 0);
        const MatrixXd x = pairs.x.leftCols(2), others(x.rows(), 0);
        boost::random::mt19937_64 engine(seed + 1000);
        boost::random::normal_distribution<double> normal(0, 0.3);
        MatrixXd beginners = x * Eigen::Vector2d(1, 0.5);
        for (Index i = 0; i < beginners.rows(); ++i) beginners(i, 0) += normal(engine);
        const ExpectedEffect weights(x, MatrixXd::Identity(2, 2), others, beginners, pairs.group, 50, seed);
        std::vector<MatrixXd> resampled;
        for (int r = 0; r < 50; ++r) resampled.push_back(weights.coefficients(r));
        const ExpectedEffect with(x, weights.coefficients(), others, pairs.y, pairs.group, 50, seed, resampled);
        const ExpectedEffect without(x, weights.coefficients(), others, pairs.y, pairs.group, 50, seed);
        CHECK(with.at(only_first, nothing) == without.at(only_first, nothing));
        const auto spread = [&](const ExpectedEffect& fit) {
            double mean = 0, square = 0;
            for (int r = 0; r < 50; ++r) {
                const double v = fit.at(only_first, nothing, r)(0, 0);
                mean += v / 50;
                square += v * v / 50;
            }
            return std::sqrt(std::max(0.0, square - mean * mean));
        };
        error += spread(with) / sets;
        known += spread(without) / sets;
        const double found = with.at(only_first, nothing)(0, 0);
        sum += found / sets;
        squares += found * found / sets;
    }
    const double truly = std::sqrt(squares - sum * sum);
    CAPTURE(truly, error, known, sum);
    CHECK(error == Approx(truly).epsilon(0.3));
    CHECK(known < 0.8 * error);
}

TEST_CASE("a decision that is clear is the same with other luck", "[experiments][statistical]") {
    // Net benefit 150 a unit less a cost: far from the turn on either side, and on it. What is clear (more than two standard errors) must agree.
    MatrixXd x(1, 3);
    x << 1, 1, 1;
    int clear = 0;
    for (const double cost : {0.0, 50.0, 150.0, 250.0, 400.0}) {
        int signs[2] = {0, 0};
        for (const std::uint64_t seed : {11U, 12U}) {
            const Pairs pairs(100, 150, seed);
            const auto fit = pairs.fit(seed);
            const double net = fit.at(x, MatrixXd::Zero(1, 1))(0, 0) - cost;
            double squares = 0;
            for (int r = 0; r < 50; ++r) {
                const double off = fit.at(x, MatrixXd::Zero(1, 1), r)(0, 0) - cost - net;
                squares += off * off / 50;
            }
            signs[seed - 11] = std::abs(net) > 2 * std::sqrt(squares) ? (net > 0 ? 1 : -1) : 0;
        }
        CHECK(signs[0] * signs[1] >= 0);
        clear += signs[0] != 0 && signs[1] != 0 ? 1 : 0;
    }
    CHECK(clear >= 3);
}
