#include "experiments/exploration/sweep_design.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include <catch2/catch.hpp>

#include "sim/error.hpp"

using Catch::Matchers::Contains;
using experiments::DesignKind;
using experiments::Factor;
using experiments::SweepDesign;

namespace {

Factor range(const std::string& name, double low, double high, const std::string& group = "") {
    Factor factor;
    factor.name = name;
    factor.low = low;
    factor.high = high;
    factor.group = group;
    return factor;
}

Factor values(const std::string& name, std::vector<double> list) {
    auto factor = range(name, *std::min_element(list.begin(), list.end()), *std::max_element(list.begin(), list.end()));
    factor.values = std::move(list);
    return factor;
}

SweepDesign design(DesignKind kind, std::size_t points, int levels = 0) {
    SweepDesign made;
    made.kind = kind;
    made.points = points;
    made.levels = levels;
    return made;
}

/// How often each of `cells` equal parts of [0, 1) is hit by a column.
std::vector<int> hits(const experiments::Shares& shares, std::size_t column, std::size_t cells) {
    std::vector<int> found(cells, 0);
    for (const auto& row : shares) ++found.at(static_cast<std::size_t>(row[column] * static_cast<double>(cells)));
    return found;
}

/// Integral of prod(1 + c (x - 1/2)) over the unit cube, which is 1, as a design finds it.
double error_of(const experiments::Shares& shares) {
    double sum = 0;
    for (const auto& row : shares) {
        double product = 1;
        for (const double x : row) product *= 1 + 1.5 * (x - 0.5);
        sum += product;
    }
    return std::abs(sum / static_cast<double>(shares.size()) - 1);
}

}  // namespace

TEST_CASE("a factor gives its quantiles, its values, and each whole number alike", "[experiments][unit]") {
    auto f = range("x", 2, 6);
    CHECK(f.at(0.25) == 3);
    f.kind = experiments::FieldKind::whole;
    CHECK(f.at(0) == 2);
    CHECK(f.at(0.19) == 2);
    CHECK(f.at(0.21) == 3);
    CHECK(f.at(1) == 6);
    CHECK(values("v", {1, 5, 9}).at(0.5) == 5);
    CHECK(values("v", {1, 5, 9}).at(1) == 9);
    f = range("n", -10, 10);
    f.law.emplace("normal(1, 2)", -10, 10);
    CHECK(f.at(0.5) == Approx(1).margin(1e-4));
    CHECK(f.at(0.975) == Approx(1 + 2 * 1.959964).epsilon(1e-3));
}

TEST_CASE("every stratum of a Latin hypercube holds one point", "[experiments][property]") {
    const auto shares = experiments::latin_hypercube(50, 7, 3);
    for (std::size_t d = 0; d < 7; ++d) CHECK(hits(shares, d, 50) == std::vector<int>(50, 1));
    CHECK(shares != experiments::latin_hypercube(50, 7, 4));
}

TEST_CASE("a scrambled Sobol' sequence stays a net in base 2", "[experiments][property]") {
    const auto shares = experiments::scrambled_sobol(64, 9, 11);
    for (std::size_t d = 0; d < 9; ++d) CHECK(hits(shares, d, 64) == std::vector<int>(64, 1));
    // The first two dimensions are a (0, m, 2)-net: every elementary box of 1/64 holds one point, whichever way it is cut.
    for (int cut = 0; cut <= 6; ++cut) {
        std::set<std::pair<int, int>> boxes;
        for (const auto& row : shares) boxes.insert({static_cast<int>(row[0] * (1 << cut)), static_cast<int>(row[1] * (1 << (6 - cut)))});
        CHECK(boxes.size() == 64);
    }
    CHECK(shares == experiments::scrambled_sobol(64, 9, 11));
    CHECK(shares != experiments::scrambled_sobol(64, 9, 12));
}

TEST_CASE("it integrates far better than a Latin hypercube and than chance", "[experiments][law]") {
    double sobol = 0, hypercube = 0;
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        sobol += error_of(experiments::scrambled_sobol(1024, 5, seed));
        hypercube += error_of(experiments::latin_hypercube(1024, 5, seed));
    }
    CHECK(sobol < hypercube / 3);  // measured: a tenth
    // The mean over scrambles is the integral: 20 errors of a hundredth of one sampled by chance.
    CHECK(sobol / 20 < 0.003);
}

TEST_CASE("a grid holds every combination, the last factor fastest", "[experiments][unit]") {
    const std::vector<Factor> factors{values("a", {1, 2}), range("b", 0, 10)};
    CHECK(experiments::points_of(design(DesignKind::grid, 0, 3), factors) ==
          std::vector<std::vector<double>>{{1, 0}, {1, 5}, {1, 10}, {2, 0}, {2, 5}, {2, 10}});
    CHECK_THAT(experiments::problem_of(design(DesignKind::grid, 0), factors), Contains("b has neither"));
    CHECK_THAT(experiments::problem_of(design(DesignKind::grid, 5, 3), factors), Contains("points belongs to other designs"));
    CHECK_THAT(experiments::problem_of(design(DesignKind::grid, 0, 1000), {range("a", 0, 1), range("b", 0, 1), range("c", 0, 1)}),
               Contains("more than 1048576 points"));
}

TEST_CASE("a Saltelli design swaps one input at a time", "[experiments][property]") {
    const std::vector<Factor> factors{range("a", 0, 1), range("b", 0, 1, "pair"), range("c", 0, 1, "pair")};
    const auto points = experiments::points_of(design(DesignKind::saltelli, 8), factors);
    REQUIRE(points.size() == 8 * 4);  // A, A with a of B, A with b and c of B, B
    for (std::size_t n = 0; n < 8; ++n) {
        const auto *a = &points[4 * n], *first = a + 1, *pair = a + 2, *b = a + 3;
        CHECK(*first == std::vector<double>{(*b)[0], (*a)[1], (*a)[2]});
        CHECK(*pair == std::vector<double>{(*a)[0], (*b)[1], (*b)[2]});
    }
    CHECK_THAT(experiments::problem_of(design(DesignKind::saltelli, 100), factors), Contains("a power of two is expected, such as 64 or 128"));
    CHECK_THAT(experiments::problem_of(design(DesignKind::saltelli, 8), {values("v", {1, 2})}), Contains("v is a list of values, which a grid takes"));
}

TEST_CASE("a Morris trajectory moves each input once, by half of the levels", "[experiments][property]") {
    const std::vector<Factor> factors{range("a", 0, 3), range("b", 0, 3), range("c", 0, 3, "g"), range("d", 0, 3, "g")};
    const auto morris = design(DesignKind::morris, 20, 4);
    const auto points = experiments::points_of(morris, factors);
    const auto steps = experiments::morris_steps(morris, factors);
    REQUIRE(points.size() == 20 * 4);
    REQUIRE(steps.size() == 20 * 3);
    const auto inputs = experiments::inputs_of(factors);
    for (std::size_t t = 0; t < 20; ++t) {
        std::set<std::size_t> moved;
        for (std::size_t s = 0; s < 3; ++s) {
            const auto& step = steps[3 * t + s];
            moved.insert(step.input);
            CHECK(std::abs(step.delta) == Approx(2.0 / 3));
            for (std::size_t f = 0; f < factors.size(); ++f) {
                const bool mine = std::find(inputs[step.input].begin(), inputs[step.input].end(), f) != inputs[step.input].end();
                CHECK(points[step.from + 1][f] - points[step.from][f] == Approx(mine ? 3 * step.delta : 0).margin(1e-12));
            }
        }
        CHECK(moved.size() == 3);
    }
    CHECK_THAT(experiments::problem_of(design(DesignKind::morris, 20, 3), factors), Contains("an even number"));
}

TEST_CASE("a list is read as SALib and R write it, and refused by line", "[experiments][unit]") {
    auto month = range("start", 0, 60);
    month.kind = experiments::FieldKind::month;
    const std::vector<Factor> factors{range("a", 0, 1), month};
    const std::vector<std::vector<double>> wanted{{0.25, 12}, {1, 24}};
    CHECK(experiments::points_from_csv("start,a\n12,2.5e-01\n\"2023-01\",1\n", "p.csv", factors) == wanted);
    CHECK(experiments::points_from_csv("\"a\",\"start\"\r\n0.25,2022-01\r\n1,24\r\n", "p.csv", factors) == wanted);
    CHECK(experiments::points_from_csv("0.25,12\n1,24\n", "p.csv", factors) == wanted);
    const auto refused = [&](const std::string& text, const std::string& part) {
        CHECK_THROWS_WITH(experiments::points_from_csv(text, "p.csv", factors), Contains(part));
    };
    refused("a,strat\n0,1\n", "p.csv:1: no factor is named 'strat'; did you mean start?");
    refused("a,start\n0,1\n2,1\n", "p.csv:3: a: is 2, but a value from 0 to 1 is expected");
    refused("a,start\n0\n", "p.csv:2: has 1 columns, but 2 are expected");
    refused("a,start\nmany,1\n", "p.csv:2: a: is 'many'");
    refused("a,start\n0,1.5\n", "p.csv:2: start: is '1.5', but a month such as 2026-01");
    refused("a,start\n", "holds no points");
}
