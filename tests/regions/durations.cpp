#include "regions/durations.hpp"

#include <catch2/catch.hpp>
#include <cmath>

TEST_CASE("a constant hazard gives the geometric law of elapsed time", "[regions][law]") {
    const double hazard = 0.1;
    const regions::Elapsed law(2000, [&](int) { return hazard; });
    for (int t : {0, 1, 5, 20}) CHECK(law.share(t) == Approx(hazard * std::pow(1 - hazard, t)));
}

TEST_CASE("elapsed time follows survival, and hazards that fall make long spells", "[regions][law]") {
    // Two months at 1/2, then 1/4: survival 1, 1/2, 1/4, 3/16, ...; its sum is 1 + 1/2 + 1/4 x 4 = 5/2.
    const regions::Elapsed law(500, [](int t) { return t < 2 ? 0.5 : 0.25; });
    CHECK(law.share(0) == Approx(0.4));
    CHECK(law.share(1) == Approx(0.2));
    CHECK(law.share(2) == Approx(0.1));
    CHECK(law.share(3) == Approx(0.075));
}

TEST_CASE("a draw finds its month and nobody has more than a lifetime", "[regions][unit]") {
    const regions::Elapsed law(500, [](int t) { return t < 2 ? 0.5 : 0.25; });
    CHECK(law.months(0.399, 500) == 0);
    CHECK(law.months(0.401, 500) == 1);
    CHECK(law.months(0.601, 500) == 2);
    CHECK(law.months(0.999999, 1) == 1);
    CHECK(law.months(0.999999, 0) == 0);
    CHECK(law.months(0.5, -3) == 0);
}
