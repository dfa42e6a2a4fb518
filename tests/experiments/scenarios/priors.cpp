#include "experiments/scenarios/prior.hpp"

#include <cmath>
#include <string>

#include <catch2/catch.hpp>

#include "models/parameters.hpp"
#include "sim/error.hpp"

using experiments::PriorLaw;

TEST_CASE("quantiles of priors are those of their laws", "[experiments][unit]") {
    const double low = -1e9, high = 1e9;
    CHECK(PriorLaw("uniform(2, 4)", low, high).quantile(0.25) == Approx(2.5));
    CHECK(PriorLaw("normal(1, 0.5)", low, high).quantile(0.975) == Approx(1 + 0.5 * 1.959964));
    CHECK(PriorLaw("lognormal(0.1, 0.3)", low, high).quantile(0.5) == Approx(0.1));
    CHECK(PriorLaw("lognormal(0.1, 0.3)", low, high).quantile(0.95) == Approx(0.1 * std::exp(0.3 * 1.644854)));
    CHECK(PriorLaw("beta(2, 1)", low, high).quantile(0.49) == Approx(0.7));  // share below x is x squared
    CHECK(PriorLaw("beta(5, 5)", 0, 1).quantile(0.5) == Approx(0.5));        // where the library alone gives up
    CHECK(PriorLaw("half_normal(0.02)", low, high).quantile(0.95) == Approx(0.02 * 1.959964));
}

TEST_CASE("a prior is cut off at its range, and scores lead back to values", "[experiments][unit]") {
    const PriorLaw law("normal(0, 1)", 0, 10);
    CHECK(law.quantile(0) == Approx(0).margin(1e-9));
    CHECK(law.quantile(0.5) == Approx(0.67449).epsilon(1e-4));
    for (const double score : {-2.0, -0.3, 0.0, 1.7}) CHECK(law.score_of(law.value_at(score)) == Approx(score).margin(1e-6));
}

TEST_CASE("every prior of the model's own tables is understood, and lies in its range", "[experiments][unit]") {
    std::size_t priors = 0;
    for (const auto& p : models::all_parameters()) {
        if (p.prior.distribution.empty()) continue;
        INFO(p.name << " " << p.prior.distribution);
        const PriorLaw law(p.prior.distribution, -1e9, 1e9), cut(p.prior.distribution, p.minimum, p.maximum);
        CHECK(cut.quantile(0) >= p.minimum);
        CHECK(cut.quantile(1) <= p.maximum);
        // Tables print two or three digits, of the law without its range.
        CHECK(law.quantile(0.05) == Approx(p.prior.low).epsilon(0.08).margin(0.02 * (p.prior.high - p.prior.low)));
        CHECK(law.quantile(0.95) == Approx(p.prior.high).epsilon(0.08).margin(0.02 * (p.prior.high - p.prior.low)));
        ++priors;
    }
    CHECK(priors > 80);
}

TEST_CASE("a prior that makes no sense is refused with what is wrong", "[experiments][unit]") {
    const auto refused = [](const std::string& words, const std::string& reason, double low = -10, double high = 10) {
        INFO(words);
        CHECK_THROWS_WITH(PriorLaw(words, low, high), Catch::Contains(reason));
        CHECK_THROWS_AS(PriorLaw(words, low, high), sim::InputError);
    };
    refused("uniform(2, 1)", "low end above its high end");
    refused("uniform(1)", "has one number");
    refused("half_normal(1, 2)", "has two numbers");
    refused("normal(1, 0)", "spread above 0");
    refused("lognormal(-1, 0.2)", "median above 0");
    refused("beta(0, 2)", "two numbers above 0");
    refused("lognormle(1, 0.2)", "did you mean lognormal?");
    refused("1", "is expected");
    refused("uniform(1, 2)", "has nothing between 5 and 6", 5, 6);
    refused("uniform(1, 2)", "low end 2 above its high end 1", 2, 1);
}
