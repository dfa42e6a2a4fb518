#include "experiments/appraisal/value_of_information.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

#include <boost/random/mersenne_twister.hpp>
#include <boost/random/normal_distribution.hpp>
#include <boost/random/uniform_real_distribution.hpp>
#include <catch2/catch.hpp>

#include "experiments/appraisal/expected_effect.hpp"
#include "experiments/scenarios/prior.hpp"

using namespace experiments;
using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

namespace {

/// Expected gain of deciding with a normal statement of this mean and spread: mean of its positive part less the positive part of its mean.
double normal_gain(double mean, double spread) {
    const double u = std::abs(mean) / spread;
    const double density = std::exp(-u * u / 2) / std::sqrt(2 * 3.14159265358979323846);
    return spread * (density - u * normal_share(-u));
}

VectorXd normals(Index n, double mean, double spread, std::uint64_t seed) {
    boost::random::mt19937_64 engine(seed);
    boost::random::normal_distribution<double> law(mean, spread);
    VectorXd found(n);
    for (Index i = 0; i < n; ++i) found[i] = law(engine);
    return found;
}

}  // namespace

TEST_CASE("the textbook problem of two arms, normal prior and normal sample, is reproduced", "[experiments][statistical]") {
    // Incremental net benefit theta ~ N(300, 1000^2); a trial of n = 20 with standard deviation 3000 of one observation (Raiffa and Schlaifer 1961).
    const double mean = 300, spread = 1000, noise = 3000, trial = 20;
    const Index n = 8000;
    const VectorXd theta = normals(n, mean, spread, 1);
    // Net benefit is fitted to noisy runs by the same regression as campaigns' is.
    MatrixXd x(2000, 2);
    x.col(0).setOnes();
    x.col(1) = theta.head(2000);
    const VectorXd raw = theta.head(2000) + normals(2000, 0, 2000, 2);
    std::vector<std::size_t> group(2000);
    for (std::size_t i = 0; i < group.size(); ++i) group[i] = i;
    const ExpectedEffect fit(x, MatrixXd::Identity(2, 2), MatrixXd(2000, 0), raw, group, 50, 1);
    MatrixXd all(n, 2);
    all.col(0).setOnes();
    all.col(1) = theta;
    const auto benefits = [&](int resample) {
        MatrixXd made = MatrixXd::Zero(n, 2);
        made.col(1) = fit.at(all, MatrixXd(n, 0), resample);
        return made;
    };
    const auto error_of = [&](const std::function<double(const MatrixXd&)>& of) {
        double sum = 0, squares = 0;
        for (int r = 0; r < 50; ++r) {
            const double value = of(benefits(r));
            sum += value / 50;
            squares += value * value / 50;
        }
        return std::sqrt(std::max(squares - sum * sum, 0.0));
    };
    const MatrixXd central = benefits(ExpectedEffect::none);
    const double perfect = value_of_deciding(central), perfect_error = error_of([](const MatrixXd&b) { return value_of_deciding(b); });
    CHECK(normal_gain(mean, spread) == Approx(267).epsilon(0.01));
    CHECK(std::abs(perfect - normal_gain(mean, spread)) < 3 * perfect_error + 5);
    CHECK(perfect_error < 60);
    // A sample mean; its preposterior spread is spread^2 / sqrt(spread^2 + noise^2 / n).
    const VectorXd sample = theta + normals(n, 0, noise / std::sqrt(trial), 3);
    const double preposterior = spread * spread / std::sqrt(spread * spread + noise * noise / trial);
    const auto of_sample = [&](const MatrixXd& b) { return value_of_deciding(expected_given(b, sample)); };
    const double value = of_sample(central), value_error = error_of(of_sample);
    CHECK(std::abs(value - normal_gain(mean, preposterior)) < 3 * value_error + 5);
    CHECK(value < perfect);
    CHECK(value > 0.5 * perfect);
}

TEST_CASE("values of information are in their order, in every sample", "[experiments][property]") {
    for (std::uint64_t seed = 1; seed <= 12; ++seed) {
        const Index n = 600;
        MatrixXd unknown(n, 3);
        for (Index k = 0; k < 3; ++k) unknown.col(k) = normals(n, 0, 1, 100 * seed + static_cast<std::uint64_t>(k));
        MatrixXd benefits = MatrixXd::Zero(n, 4);
        benefits.col(1) = (unknown.col(0) + 0.5 * unknown.col(1)).array() - 0.1 * static_cast<double>(seed % 3);
        benefits.col(2) = 0.7 * unknown.col(1) + 0.2 * unknown.col(2).cwiseAbs2();
        benefits.col(3) = unknown.col(0).array().exp() - 1.7;
        const double perfect = value_of_deciding(benefits);
        for (Index k = 0; k < 3; ++k) {
            const MatrixXd given = expected_given(benefits, unknown.col(k));
            const double one = value_of_deciding(given);
            CHECK(one >= 0);
            CHECK(one <= perfect + 1e-12);
            const VectorXd sample = unknown.col(k) + normals(n, 0, 0.7, seed);
            const double pilot = value_of_deciding(expected_given(given, sample));
            CHECK(pilot >= 0);
            CHECK(pilot <= one + 1e-12);
            CHECK((given.colwise().mean() - benefits.colwise().mean()).norm() < 1e-12);
        }
        CHECK(value_of_deciding(expected_given(benefits, MatrixXd(n, 0))) == 0);
    }
}

TEST_CASE("without uncertainty there is nothing to know, and what never matters is worth little", "[experiments][unit]") {
    const Index n = 1000;
    MatrixXd benefits = MatrixXd::Zero(n, 3);
    benefits.col(1).setConstant(5);
    benefits.col(2).setConstant(-3);
    CHECK(value_of_deciding(benefits) == 0);
    CHECK(value_of_deciding(expected_given(benefits, normals(n, 0, 1, 1))) == 0);
    benefits.col(1) = normals(n, 0, 1, 2);
    // Chance of the cells' means alone: well under a tenth of what could be known.
    CHECK(value_of_deciding(expected_given(benefits, normals(n, 0, 1, 3))) < 0.15 * value_of_deciding(benefits));
}

TEST_CASE("noise of runs makes no value of information", "[experiments][statistical]") {
    // All draws have the same expected effect; raw noisy runs would say that it is worth a lot to know which is which.
    const Index n = 400;
    const VectorXd raw = 100 + normals(n, 0, 1000, 5).array();
    MatrixXd x = MatrixXd::Ones(n, 1);
    std::vector<std::size_t> group(static_cast<std::size_t>(n));
    for (std::size_t i = 0; i < group.size(); ++i) group[i] = i;
    const ExpectedEffect fit(x, MatrixXd::Identity(1, 1), normals(n, 0, 1, 6), raw, group, 50, 1);
    MatrixXd benefits = MatrixXd::Zero(n, 2), noisy = benefits;
    benefits.col(1) = fit.at(x, normals(n, 0, 1, 6));
    noisy.col(1) = raw;
    double squares = 0;
    for (int r = 0; r < 50; ++r) {
        MatrixXd again = MatrixXd::Zero(n, 2);
        again.col(1) = fit.at(x, normals(n, 0, 1, 6), r);
        squares += std::pow(value_of_deciding(again), 2) / 50;
    }
    CHECK(value_of_deciding(noisy) > 300);
    CHECK(value_of_deciding(benefits) >= 0);
    CHECK(value_of_deciding(benefits) <= 2 * std::sqrt(squares) + 1);
}
