/// The start holds still: with demand that stands still and rates that do not recover (tests/support/steady_market.hpp), flows of the second year are those of
/// the first within 2 % (retirements for one person who reaches the state pension age) and no stock drifts by more than 1 % a year, each with the chance of a
/// run at this scale. What a full run of several worlds shows beyond that stands in regions/README.md.

#include <cmath>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "tests/support/statistics.hpp"
#include "tests/support/steady_market.hpp"

namespace {

using tests::Part;

const std::vector<std::string> work{"employed", "self_employed"};

Part moves(std::vector<std::string> from, std::vector<std::string> to) {
    return {"status_flow", {{"from_status", std::move(from)}, {"to_status", std::move(to)}}};
}
Part status(const std::string& label) { return {"persons", {{"labour_status", {label}}}}; }

class StillWorld : public tests::SteadyMarket {
public:
    explicit StillWorld(double yearly = 0) : SteadyMarket(0.3, yearly) {}
    /// Whether the flow of the second year is that of the first, in proportion to `growth`, within 2 % and chance (both years as Poisson counts; rejects a true
    /// equality within 2 % less than once in a million).
    [[nodiscard]] bool same_flow(const Part& flow, double growth = 1) const {
        const double first = growth * year(flow, 0), second = year(flow, 1);
        return std::abs(second - first) <= 0.02 * first + tests::two_sided_deviate() * std::sqrt(first + second);
    }
    /// Whether a stock stays within 1 % in a year and chance: `turnover` people or openings a year enter and leave it, each as a Poisson count.
    [[nodiscard]] bool same_stock(const Part& stock, std::size_t number, double turnover) const {
        const double before = total(stock, 12 * number), after = total(stock, 12 * (number + 1));
        return std::abs(after - before) <= 0.01 * before + tests::two_sided_deviate() * std::sqrt(turnover);
    }
};

}  // namespace

TEST_CASE("flows of the first year are those of the second when demand stands still", "[regions][statistical][slow]") {
    const StillWorld still;
    const std::vector<Part> flows{{"hires"},
                                  {"separations"},
                                  {"hires", {{"origin", {"job"}}}},
                                  {"vacancies_opened"},
                                  {"vacancies_filled"},
                                  {"vacancies_lapsed"},
                                  moves(work, {"unemployed"}),
                                  moves({"unemployed"}, work),
                                  moves({"unemployed"}, {"inactive"}),
                                  moves({"inactive"}, {"unemployed"}),
                                  moves(work, {"inactive"}),
                                  moves({"inactive"}, work),
                                  moves({"employed"}, {"self_employed"}),
                                  moves({"self_employed"}, {"employed"})};
    for (const Part& flow : flows) {
        CAPTURE(flow.series, flow.labels, still.year(flow, 0), still.year(flow, 1));
        CHECK(still.same_flow(flow));
    }
    const std::vector<Part> retirements{{"separations", {{"cause", {"retirement"}}}}, moves(work, {"retired"})};
    const double growth = still.reach_pension_age(1) / still.reach_pension_age(0);
    for (const Part& flow : retirements) {
        CAPTURE(flow.series, flow.labels, still.year(flow, 0), still.year(flow, 1), growth);
        CHECK(still.same_flow(flow, growth));
    }
    const auto turnover = [&](std::size_t number, const std::vector<std::string>& of) {
        std::vector<std::string> others;
        for (const auto& label : still.labels("labour_status"))
            if (std::find(of.begin(), of.end(), label) == of.end()) others.push_back(label);
        return still.year(moves(of, others), number) + still.year(moves(others, of), number);
    };
    for (const std::size_t number : {0U, 1U}) {
        for (const std::string label : {"employed", "self_employed", "unemployed", "inactive", "retired", "student"}) {
            CAPTURE(label, number, still.total(status(label), 12 * number), still.total(status(label), 12 * (number + 1)));
            CHECK(still.same_stock(status(label), number, turnover(number, {label})));
        }
        // About a third of these jobs change hands in a year.
        const Part away{"commuting", {{"work_region", {"rest_nl"}}}};
        CAPTURE(number, still.total(away, 12 * number), still.total(away, 12 * (number + 1)));
        CHECK(still.same_stock(away, number, still.total(away, 12 * number) / 3));
        CAPTURE(number, still.total({"jobs"}, 12 * number), still.total({"jobs"}, 12 * (number + 1)));
        CHECK(still.same_stock({"jobs"}, number, still.year({"hires"}, number) + still.year({"separations"}, number)));
        CAPTURE(number, still.total({"vacancies"}, 12 * number), still.total({"vacancies"}, 12 * (number + 1)));
        CHECK(still.same_stock({"vacancies"}, number, still.year({"vacancies_opened"}, number) + still.year({"vacancies_filled"}, number)));
    }
}

TEST_CASE("demand that falls by twelve percent a year is noticed", "[regions][statistical][slow]") {
    const StillWorld falling(-0.12);
    CHECK_FALSE(falling.same_stock({"jobs"}, 1, falling.year({"hires"}, 1) + falling.year({"separations"}, 1)));
    CHECK_FALSE(falling.same_stock(status("employed"), 1, falling.year({"hires"}, 1) + falling.year({"separations"}, 1)));
    CHECK_FALSE(falling.same_flow({"vacancies_filled"}));
}
