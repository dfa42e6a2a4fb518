#include "models/logit.hpp"

#include <catch2/catch.hpp>
#include <cmath>

using models::Shares;

TEST_CASE("no shift gives back the observed shares", "[models][unit]") {
    const Shares<3> observed{0.2, 0.05, 0.75};
    const auto shares = models::logit_shares(observed, Shares<3>{});
    for (std::size_t k = 0; k < 3; ++k) CHECK(shares[k] == Approx(observed[k]).epsilon(1e-15));
}

TEST_CASE("a shift multiplies the odds by its exponential", "[models][unit]") {
    const auto shares = models::logit_shares(Shares<3>{0.2, 0.1, 0.7}, Shares<3>{0.5, 0, 0});
    CHECK(shares[0] / shares[2] == Approx(0.2 / 0.7 * std::exp(0.5)));
    CHECK(shares[1] / shares[2] == Approx(0.1 / 0.7));
    CHECK(shares[0] + shares[1] + shares[2] == Approx(1.0));
}

TEST_CASE("shifts of any size leave shares between 0 and 1", "[models][unit]") {
    for (const double v : {-800.0, 800.0}) {
        const auto shares = models::logit_shares(Shares<2>{0.3, 0.7}, Shares<2>{v, 0});
        CHECK(shares[0] == Approx(v < 0 ? 0.0 : 1.0));
        CHECK(shares[0] + shares[1] == Approx(1.0));
    }
}

TEST_CASE("a draw picks the alternative in which it falls", "[models][unit]") {
    const Shares<4> shares{0.25, 0.0, 0.5, 0.25};
    CHECK(models::chosen(shares, 0.0) == 0);
    CHECK(models::chosen(shares, std::nextafter(0.25, 0.0)) == 0);
    CHECK(models::chosen(shares, 0.25) == 2);
    CHECK(models::chosen(shares, 0.9999999) == 3);
    CHECK(models::chosen(Shares<2>{1.0, 0.0}, 0.9999999999) == 0);
}

TEST_CASE("the rest of a whole and a part adds up to the whole", "[models][unit]") {
    const Shares<3> whole{0.3, 0.1, 0.6}, part{0.7, 0.05, 0.25};
    const auto rest = models::residual_shares(whole, part, 0.2);
    for (std::size_t k = 0; k < 3; ++k) CHECK(0.2 * part[k] + 0.8 * rest[k] == Approx(whole[k]));
    CHECK(models::residual_shares(Shares<2>{0.1, 0.9}, Shares<2>{0.9, 0.1}, 0.5)[0] == 0);
}
