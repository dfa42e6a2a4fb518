#include "regions/durations.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <cstddef>
#include <vector>

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

TEST_CASE("a choice takes every cell in proportion to its weight", "[regions][law]") {
    const std::vector<std::vector<double>> laws{{1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0}, {0.0, 3.0, 0.5, 0.0, 10.0, 1.0, 0.01}};
    const regions::Choices choices(laws);
    constexpr int draws = 1'000'000;
    for (std::size_t law = 0; law < laws.size(); ++law) {
        std::vector<int> taken(laws[law].size(), 0);
        double total = 0;
        for (const double weight : laws[law]) total += weight;
        for (int k = 0; k < draws; ++k) ++taken[choices.of(law, (k + 0.5) / draws)];
        for (std::size_t i = 0; i < taken.size(); ++i) CHECK(taken[i] == Approx(laws[law][i] / total * draws).margin(8));
    }
    CHECK(regions::Choices({{0.0, 2.0}}).of(0, 0.999) == 1);
    CHECK_THROWS(regions::Choices({{0.0, 0.0}}));
    CHECK_THROWS(regions::Choices({{1.0, 1.0}, {1.0}}));
}

TEST_CASE("a ladder finds what a binary search finds", "[regions][unit]") {
    // Steps of very different height, flat ones among them, so that many cells share a guess and many guesses share a cell.
    std::vector<double> cumulative;
    double sum = 0;
    for (int k = 0; k < 300; ++k) cumulative.push_back(sum += k % 7 == 3 ? 0.0 : 1.0 / ((k % 40 + 1) * (k % 40 + 1)));
    const regions::Ladder ladder(cumulative);
    int different = 0;
    for (const std::size_t last : {std::size_t{0}, std::size_t{1}, std::size_t{120}, cumulative.size() - 1})
        for (int k = 0; k <= 5000; ++k) {
            // Also the cells themselves, where the two sides of a comparison are equal.
            const double at = k < 300 ? std::min(cumulative[static_cast<std::size_t>(k)], cumulative[last]) : cumulative[last] * (k - 300) / 4700.0;
            const auto binary = std::lower_bound(cumulative.begin(), cumulative.begin() + static_cast<std::ptrdiff_t>(last), at) - cumulative.begin();
            different += ladder.place(at, last) != static_cast<std::size_t>(binary);
        }
    CHECK(different == 0);
}

TEST_CASE("contracts have yet to run what is left of first ones and renewals, whoever looks", "[regions][law]") {
    const auto share = [](const regions::Ladder& law, int months) {
        const auto cell = static_cast<std::size_t>(months) - 1;
        return (law[cell] - (cell > 0 ? law[cell - 1] : 0)) / law.top();
    };
    // Nobody leaves and none is renewed: as many contracts end each month as begin, and each month of a contract is seen as often.
    const auto kept = regions::remaining_of_contracts(0, 0);
    const double mean = 0.3 * 7 + 0.5 * 12 + 0.2 * 24;
    CHECK(share(kept, 1) == Approx(1 / mean));
    CHECK(share(kept, 8) == Approx(0.7 / mean));
    CHECK(share(kept, 24) == Approx(0.2 / mean));
    // A cohort a month, followed by hand: the law is the stock that keeps itself.
    const double renewed = 0.36, left = 0.05;
    const auto law = regions::remaining_of_contracts(renewed, left);
    std::vector<double> stock(25);  // by months yet to run
    for (int k = 0; k < 2000; ++k) {
        const double ends = stock[1] * (1 - left);
        for (std::size_t r = 1; r < 24; ++r) stock[r] = stock[r + 1] * (1 - left);
        stock[24] = 0;
        stock[7] += 0.3;
        stock[12] += 0.5;
        stock[24] += 0.2;
        for (std::size_t r = 6; r <= 12; ++r) stock[r] += renewed * ends / 7;
    }
    double all = 0;
    for (const double s : stock) all += s;
    for (int months = 1; months <= 24; ++months) CHECK(share(law, months) == Approx(stock[static_cast<std::size_t>(months)] / all));
}
