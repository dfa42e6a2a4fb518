#include "experiments/statistics/variance_shares.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <boost/random/mersenne_twister.hpp>
#include <boost/random/normal_distribution.hpp>
#include <catch2/catch.hpp>

#include "sim/error.hpp"

namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;
using experiments::variance_shares;

MatrixXd sample(Index rows, Index columns, unsigned seed) {
    boost::random::mt19937_64 engine(seed);
    boost::random::normal_distribution<double> normal;
    return MatrixXd::NullaryExpr(rows, columns, [&] { return normal(engine); });
}

std::vector<std::size_t> each_its_own(Index columns) {
    std::vector<std::size_t> inputs(static_cast<std::size_t>(columns));
    std::iota(inputs.begin(), inputs.end(), 0);
    return inputs;
}

double share_of(const experiments::VarianceShares& shares, std::size_t input) {
    for (const auto& s : shares.inputs)
        if (s.input == input) return s.share;
    return 0;
}

double sum_of(const experiments::VarianceShares& shares) {
    double sum = shares.rest + shares.chance;
    for (const auto& s : shares.inputs) sum += s.share;
    return sum;
}

}  // namespace

TEST_CASE("shares of a known function with as many inputs as half of its runs", "[experiments][statistical]") {
    // 4 + 2 x3 - x7 + 0.5 x7^2 + noise: variances 4, 1 + 0.5, 1 and an interaction of 0.5.
    const Index runs = 240, inputs = 120;
    const MatrixXd x = sample(runs, inputs, 11);
    const VectorXd noise = sample(runs, 1, 12);
    const VectorXd y =
        4 + 2 * x.col(3).array() - x.col(7).array() + 0.5 * x.col(7).array().square() + std::sqrt(0.5) * x.col(3).array() * x.col(40).array() + noise.array();
    const auto shares = variance_shares(x, each_its_own(inputs), std::vector<bool>(inputs, true), y, 1.0);
    const double whole = 4 + 1.5 + 0.5 + 1;
    // A share of one half on 240 runs has a standard error of about 0.05.
    CHECK(share_of(shares, 3) == Approx(4 / whole).margin(0.12));
    CHECK(share_of(shares, 7) == Approx(1.5 / whole).margin(0.1));
    CHECK(shares.chance == Approx(1 / whole).margin(0.05));
    CHECK(shares.rest == Approx(0.5 / whole).margin(0.1));
    CHECK(sum_of(shares) == Approx(1).epsilon(1e-12));
    REQUIRE(shares.inputs.size() >= 2);
    CHECK(shares.inputs[0].input == 3);
    CHECK(shares.inputs[0].slope == Approx(2).margin(0.3));
    CHECK(shares.inputs[1].slope == Approx(-1).margin(0.3));
    CHECK(shares.inputs[0].error > 0.01);
    CHECK(shares.inputs[0].error < 0.1);
    // The 117 others have no effect of their own, and next to no share.
    double others = 0;
    for (const auto& s : shares.inputs)
        if (s.input != 3 && s.input != 7) others += s.share;
    CHECK(others < 0.02);
}

TEST_CASE("noise alone has no drivers", "[experiments][statistical]") {
    double most = 0;
    for (unsigned seed = 1; seed <= 10; ++seed) {
        const auto shares = variance_shares(sample(200, 100, seed), each_its_own(100), std::vector<bool>(100, true), sample(200, 1, 1000 + seed), 1.0);
        for (const auto& s : shares.inputs) most = std::max(most, s.share);
        CHECK(shares.chance > 0.7);
        CHECK(sum_of(shares) == Approx(1));
    }
    CHECK(most < 0.06);
}

TEST_CASE("two columns of one input share their part, and inputs that go together still add up", "[experiments][statistical]") {
    MatrixXd x = sample(400, 6, 21);
    x.col(1) = 0.8 * x.col(0) + 0.6 * x.col(1);
    const VectorXd y = x.col(0) + x.col(1) + x.col(4) - x.col(5) + 0.1 * sample(400, 1, 22).col(0);
    const auto shares = variance_shares(x, {0, 1, 2, 3, 4, 4}, {true, true, true, true, false, false}, y, 0.01);
    // Inputs 0 and 1: variance 1 each and covariance 0.8; the two columns of input 4: 1 each.
    const double whole = 1 + 1 + 2 * 0.8 + 2;
    CHECK(share_of(shares, 0) == Approx(1.8 / whole).margin(0.06));
    CHECK(share_of(shares, 1) == Approx(1.8 / whole).margin(0.06));
    CHECK(share_of(shares, 4) == Approx(2 / whole).margin(0.06));
    CHECK(share_of(shares, 2) + share_of(shares, 3) < 0.005);
    CHECK(sum_of(shares) == Approx(1));
}

TEST_CASE("an output that does not vary has no drivers, and unlike sizes are a bug", "[experiments][unit]") {
    const MatrixXd x = sample(30, 3, 31);
    const auto shares = variance_shares(x, each_its_own(3), {true, true, true}, VectorXd::Constant(30, 2.0), 0);
    CHECK(shares.inputs.empty());
    CHECK(shares.rest == 1);
    CHECK(shares.mean == 2);
    CHECK_THROWS_AS(variance_shares(x, each_its_own(2), {true, true, true}, VectorXd::Zero(30), 0), sim::Bug);
    CHECK_THROWS_AS(variance_shares(x.topRows(19), each_its_own(3), {true, true, true}, VectorXd::Zero(19), 0), sim::Bug);
}
