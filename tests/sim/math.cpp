#include "sim/math.hpp"

#include <cmath>

#include <catch2/catch.hpp>

TEST_CASE("the quantile of the normal distribution is the inverse of its distribution function", "[sim][unit]") {
    CHECK(sim::normal_quantile(0.5) == Approx(0).margin(1e-15));
    CHECK(sim::normal_quantile(0.975) == Approx(1.959963984540054));
    for (const double x : {-4.0, -1.0, 0.3, 2.5}) CHECK(sim::normal_quantile(0.5 * std::erfc(-x / std::sqrt(2.0))) == Approx(x));
}
