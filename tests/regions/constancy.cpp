/// The start holds still: with constant demand, no seasons, no demography and no schooling, flows of the first year equal those of the second and stocks stay.
///
/// Held here: hires, separations and vacancies filled within 2 %, people at work and jobs within 1 % a year, each with the sampling error of a run at scale 0.2
/// added. Not held, and so not tested (README, limits): the unemployed, who begin at the level of January 2021 and fall toward the level of the model's own
/// rates; vacancies; students and pensioners, whom nothing renews without schooling and demography.

#include <cmath>
#include <string>

#include <catch2/catch.hpp>

#include "tests/support/statistics.hpp"
#include "tests/support/steady_market.hpp"

namespace {

class StillWorld : public tests::SteadyMarket {
public:
    explicit StillWorld(double yearly = 0) : SteadyMarket(0.2, yearly) {}
    /// Whether the flow of the second year is that of the first within 2 % and chance (both years as Poisson counts; rejects a true equality within 2 % less
    /// than once in a million).
    [[nodiscard]] bool same_flow(const std::string& name) const {
        const double first = year(name, 0), second = year(name, 1);
        return std::abs(second - first) <= 0.02 * first + tests::two_sided_deviate() * std::sqrt(first + second);
    }
    /// Whether a stock stays within 1 % in a year and chance (everyone who enters or leaves as a Poisson count).
    [[nodiscard]] bool same_stock(const std::string& name, std::size_t number) const {
        const double before = total(name, 12 * number), after = total(name, 12 * (number + 1));
        const double moves = year("hires", number) + year("separations", number);
        return std::abs(after - before) <= 0.01 * before + tests::two_sided_deviate() * std::sqrt(moves);
    }
};

}  // namespace

TEST_CASE("flows of the first year are those of the second when demand stands still", "[regions][statistical][slow]") {
    const StillWorld still;
    for (const std::string flow : {"hires", "separations", "vacancies_filled"}) {
        CAPTURE(flow, still.year(flow, 0), still.year(flow, 1));
        CHECK(still.same_flow(flow));
    }
    for (const std::string stock : {"employed", "jobs"})
        for (const std::size_t year : {0U, 1U}) {
            CAPTURE(stock, year, still.total(stock, 12 * year), still.total(stock, 12 * (year + 1)));
            CHECK(still.same_stock(stock, year));
        }
}

TEST_CASE("demand that falls by twelve percent a year is noticed", "[regions][statistical][slow]") {
    const StillWorld falling(-0.12);
    CHECK_FALSE(falling.same_stock("jobs", 1));
    CHECK_FALSE(falling.same_stock("employed", 1));
    CHECK_FALSE(falling.same_flow("vacancies_filled"));
}
