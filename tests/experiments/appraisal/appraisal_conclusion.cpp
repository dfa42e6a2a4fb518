#include "experiments/appraisal/appraisal_conclusion.hpp"

#include <catch2/catch.hpp>

using namespace experiments;

namespace {

Appraisal with(double benefit, double error) {
    Appraisal a;
    a.thresholds = {10000, 20000};
    a.threshold = 20000;
    OptionResult option;
    option.name = "middle";
    option.benefit = {benefit, {}, error};
    option.probability = {0.1, benefit > 0 ? 0.9 : 0.2};
    option.best = option.probability;
    a.options = {option};
    return a;
}

PilotResult pilot(double net) {
    PilotResult made;
    made.design = {pilot_units()[0], 20, 12};
    made.net = net;
    made.net_error = 1e5;
    return made;
}

}  // namespace

TEST_CASE("the conclusion is the decision with the highest expected net benefit", "[experiments][unit]") {
    const auto fund = conclude(with(5e6, 1e6));
    CHECK(fund.decision == "middle");
    CHECK(fund.clear);
    CHECK(fund.probability == Approx(0.9));
    const auto nothing = conclude(with(-5e6, 4e6));
    CHECK(nothing.decision == "nothing");
    CHECK_FALSE(nothing.clear);
    CHECK(nothing.probability == Approx(0.8));
}

TEST_CASE("it can say to run a pilot first, and that none can pay for itself", "[experiments][unit]") {
    auto appraisal = with(1e6, 1e6);
    appraisal.pilots = {pilot(-1e6), pilot(2e6)};
    const auto first = conclude(appraisal);
    CHECK(first.pilot);
    CHECK(first.decision == "pilot: 20 of 40 COROP regions, 12 months");
    CHECK(first.benefit == Approx(3e6));
    CHECK(first.words.find("do not fund yet") != std::string::npos);
    appraisal.pilots = {pilot(-1e6)};
    const auto none = conclude(appraisal);
    CHECK_FALSE(none.pilot);
    CHECK(none.decision == "middle");
    CHECK(none.words.find("No pilot can pay for itself") != std::string::npos);
}
