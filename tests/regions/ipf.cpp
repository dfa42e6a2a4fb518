#include "regions/ipf.hpp"

#include <array>

#include <catch2/catch.hpp>

TEST_CASE("fitting keeps margins and odds ratios", "[regions][law]") {
    regions::Matrix seed(2, 2);
    seed.cell = {1, 2, 3, 10};
    const auto fitted = regions::fit_margins(seed, {40, 60}, {30, 70});
    CHECK(fitted(0, 0) + fitted(0, 1) == Approx(40));
    CHECK(fitted(1, 0) + fitted(1, 1) == Approx(60));
    CHECK(fitted(0, 0) + fitted(1, 0) == Approx(30));
    CHECK(fitted(0, 1) + fitted(1, 1) == Approx(70));
    // Proportional fitting changes no odds ratio (Deming and Stephan 1940).
    CHECK(fitted(0, 0) * fitted(1, 1) / (fitted(0, 1) * fitted(1, 0)) == Approx(1.0 * 10 / (2 * 3)));
}

TEST_CASE("a seed of ones gives independence and zeros stay", "[regions][law]") {
    const auto fitted = regions::fit_margins(regions::Matrix(2, 3, 1.0), {30, 70}, {10, 20, 70});
    for (std::size_t r = 0; r < 2; ++r)
        for (std::size_t c = 0; c < 3; ++c) CHECK(fitted(r, c) == Approx((r == 0 ? 30.0 : 70.0) * (c == 0 ? 10.0 : c == 1 ? 20.0 : 70.0) / 100));
    regions::Matrix holed(2, 2, 1.0);
    holed(0, 1) = 0;
    const auto with_zero = regions::fit_margins(holed, {20, 80}, {50, 50});
    CHECK(with_zero(0, 1) == 0);
    CHECK(with_zero(0, 0) == Approx(20));
    CHECK(with_zero(1, 1) == Approx(50));
}

TEST_CASE("units are shared out by largest remainders", "[regions][unit]") {
    CHECK(regions::share_out(10, {1, 1, 1}) == std::vector<std::int64_t>{4, 3, 3});
    CHECK(regions::share_out(7, {0.5, 0.3, 0.2}) == std::vector<std::int64_t>{4, 2, 1});
    CHECK(regions::share_out(0, {0, 0}) == std::vector<std::int64_t>{0, 0});
    CHECK_THROWS(regions::share_out(1, {0, 0}));
}

TEST_CASE("rounding carries its error along a long table", "[regions][property]") {
    std::vector<double> carry(3);
    std::vector<std::int64_t> whole;
    std::array<std::int64_t, 3> total{};
    const std::array<double, 3> exact{0.3, 1.45, 0.25};
    for (int row = 0; row < 1000; ++row) {
        regions::round_with_carry(exact.data(), 3, 2, carry, whole);
        CHECK(whole[0] + whole[1] + whole[2] == 2);
        for (std::size_t i = 0; i < 3; ++i) total[i] += whole[i];
    }
    for (std::size_t i = 0; i < 3; ++i) CHECK(std::abs(static_cast<double>(total[i]) - 1000 * exact[i]) < 2);
}

TEST_CASE("a matrix is rounded to both its margins", "[regions][property]") {
    regions::Matrix exact(3, 4);
    for (std::size_t i = 0; i < 12; ++i) exact.cell[i] = 0.37 * static_cast<double>(i + 1);
    const std::vector<std::int64_t> rows{4, 9, 16};
    const std::vector<std::int64_t> columns{6, 7, 8, 8};
    const auto whole = regions::round_to_margins(exact, rows, columns);
    for (std::size_t r = 0; r < 3; ++r) {
        std::int64_t sum = 0;
        for (std::size_t c = 0; c < 4; ++c) sum += whole[r * 4 + c];
        CHECK(sum == rows[r]);
    }
    for (std::size_t c = 0; c < 4; ++c) CHECK(whole[c] + whole[4 + c] + whole[8 + c] == columns[c]);
    CHECK_THROWS(regions::round_to_margins(exact, {4, 9, 16}, {6, 7, 8, 7}));
}
