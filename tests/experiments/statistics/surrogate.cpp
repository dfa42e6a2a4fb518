#include "experiments/statistics/surrogate.hpp"

#include <cmath>

#include <boost/random/mersenne_twister.hpp>
#include <boost/random/normal_distribution.hpp>
#include <catch2/catch.hpp>

#include "experiments/exploration/sweep_design.hpp"
#include "sim/error.hpp"

using experiments::Surrogate;

namespace {

Eigen::MatrixXd places(std::size_t points, std::size_t inputs, std::uint64_t seed) {
    const auto shares = experiments::scrambled_sobol(points, inputs, seed);
    Eigen::MatrixXd made(points, inputs);
    for (std::size_t p = 0; p < points; ++p)
        for (std::size_t k = 0; k < inputs; ++k) made(static_cast<Eigen::Index>(p), static_cast<Eigen::Index>(k)) = shares[p][k];
    return made;
}

/// Curved in the first, linear in the second, not a function of the third.
double smooth(const Eigen::VectorXd& x) { return 100 + 10 * std::sin(4 * x[0]) + 5 * x[1] * x[0]; }

Eigen::VectorXd values_of(const Eigen::MatrixXd& at, double chance, std::uint64_t seed) {
    boost::random::mt19937_64 engine(seed);
    boost::random::normal_distribution<double> normal;
    Eigen::VectorXd values(at.rows());
    for (Eigen::Index i = 0; i < at.rows(); ++i) values[i] = smooth(at.row(i).transpose()) + chance * normal(engine);
    return values;
}

/// Root mean square error at points that no surrogate has seen, and the share of them within 95 % intervals.
std::pair<double, double> seen_from_outside(const Surrogate& surrogate) {
    const auto at = places(256, 3, 99);
    double squares = 0, held = 0;
    for (Eigen::Index i = 0; i < at.rows(); ++i) {
        const auto found = surrogate.at(at.row(i).transpose());
        const double error = found.mean - smooth(at.row(i).transpose());
        squares += error * error;
        held += std::abs(error) <= 1.96 * found.error ? 1 : 0;
    }
    return {std::sqrt(squares / static_cast<double>(at.rows())), held / static_cast<double>(at.rows())};
}

}  // namespace

TEST_CASE("a surrogate of a smooth function is right where nothing was run, and goes through the points", "[experiments][law]") {
    const auto at = places(64, 3, 1);
    const auto values = values_of(at, 0, 0);
    const Surrogate surrogate(at, values);
    const auto [error, held] = seen_from_outside(surrogate);
    CHECK(error < 0.1);  // of a standard deviation of 7
    CHECK(held > 0.7);   // lengths are taken as known
    CHECK(surrogate.explained() > 0.999);
    CHECK(surrogate.chance() < 0.05);
    CHECK(surrogate.at(at.row(5).transpose()).mean == Approx(values[5]).margin(0.02));
    CHECK(surrogate.lengths()[2] > 5 * surrogate.lengths()[0]);  // what does not matter is told from what does
}

TEST_CASE("errors of left-out points are those of points that were never there", "[experiments][law]") {
    const auto at = places(128, 3, 2);
    const auto values = values_of(at, 1, 3);
    const Surrogate surrogate(at, values);
    CHECK(surrogate.chance() == Approx(1).margin(0.25));
    // Left-out values have chance in them, the truth has not.
    const auto [error, held] = seen_from_outside(surrogate);
    CHECK(surrogate.error_left_out() == Approx(std::hypot(1, error)).margin(0.2));
    CHECK(held > 0.8);
    CHECK(surrogate.covered() > 0.88);
    CHECK(surrogate.covered() < 1);
}

TEST_CASE("leaving points out in closed form is leaving them out", "[experiments][property]") {
    // With one point in blocks of one, and the same points doubled in blocks of two: a copy must not speak for what is left out.
    const auto at = places(32, 3, 4);
    const auto values = values_of(at, 1, 5);
    Eigen::MatrixXd twice(64, 3);
    Eigen::VectorXd twice_values(64);
    for (Eigen::Index i = 0; i < 64; ++i) {
        twice.row(i) = at.row(i / 2);
        twice_values[i] = values[i / 2];
    }
    const Surrogate blocks(twice, twice_values, 2), alone(twice, twice_values, 1);
    CHECK(alone.error_left_out() < 0.1);
    CHECK(blocks.error_left_out() > 0.7);
}

TEST_CASE("a surrogate of pure chance explains nothing", "[experiments][unit]") {
    const auto at = places(64, 3, 6);
    boost::random::mt19937_64 engine(7);
    boost::random::normal_distribution<double> normal;
    Eigen::VectorXd values(64);
    for (auto& v : values) v = normal(engine);
    const Surrogate surrogate(at, values);
    CHECK(surrogate.explained() < 0.15);
    CHECK(surrogate.error_left_out() > 0.85 * std::sqrt((values.array() - values.mean()).square().mean()));
    CHECK_THROWS_AS(Surrogate(at.topRows(7), values.head(7)), sim::InputError);
}
