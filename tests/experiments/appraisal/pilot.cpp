#include "experiments/appraisal/pilot.hpp"

#include <numeric>

#include <boost/random/mersenne_twister.hpp>
#include <boost/random/normal_distribution.hpp>
#include <boost/random/poisson_distribution.hpp>
#include <catch2/catch.hpp>

using namespace experiments;

namespace {

std::vector<double> standard_normals(std::size_t n, std::uint64_t seed) {
    boost::random::mt19937_64 engine(seed);
    boost::random::normal_distribution<double> law;
    std::vector<double> found(n);
    for (auto& value : found) value = law(engine);
    return found;
}

PilotDesign corop(std::size_t treated, int months = 12) { return {pilot_units()[0], treated, months}; }

}  // namespace

TEST_CASE("three of seven treated places can never give p below 1/35", "[experiments][unit]") {
    CHECK(least_p(7, 3) == Approx(1.0 / 35));
    CHECK(least_p(40, 10) < 1e-8);
    // The test itself: the largest possible difference among seven, under all lots that 5 000 draws meet.
    const std::vector<double> outcomes{10, 11, 12, 0, 0.1, 0.2, 0.3};
    const double p = randomisation_p(outcomes, {1, 1, 1, 0, 0, 0, 0}, lots_of(7, 3, 5000, 1));
    CHECK(p > 1.0 / 35 - 0.012);
    CHECK(p < 1.0 / 35 + 0.012);
}

TEST_CASE("the test's size is its level, and power grows with the effect and with places", "[experiments][statistical]") {
    PilotOptions options;
    options.simulated = 1500;
    const auto chance = standard_normals(500, 1);
    const auto none = power_of(corop(20), options, 0.1, 0, chance, 1);
    // 5 % within three standard errors of 1 500 simulated pilots.
    CHECK(none.size == Approx(0.05).margin(0.018));
    options.simulated = 300;
    const auto small = power_of(corop(20), options, 0.1, 0.05, chance, 1), large = power_of(corop(20), options, 0.1, 0.2, chance, 1);
    CHECK(small.power < large.power);
    CHECK(large.power > 0.95);
    CHECK(power_of(corop(4), options, 0.1, 0.1, chance, 1).power < power_of(corop(20), options, 0.1, 0.1, chance, 1).power);
    CHECK(power_of(corop(4), options, 0.1, 0.1, chance, 1).detectable > small.detectable);
    // 80 % of power at two sides: 2.8 standard errors over the attenuation.
    CHECK(small.detectable == Approx(2.8 * small.error / small.attenuation).epsilon(0.15));
}

TEST_CASE("commuting carries a campaign to control places", "[experiments][unit]") {
    CHECK(exposures_of({1, 0, 1, 0}, 0) == std::vector<double>{1, 0, 1, 0});
    std::vector<char> lot(40, 0);
    for (std::size_t i = 0; i < 40; i += 2) lot[i] = 1;
    for (const double exposed : exposures_of(lot, 0.4)) {
        CHECK(exposed >= 0);
        CHECK(exposed <= 1);
    }
    PilotDesign design = corop(20);
    design.units.commuting = 0;
    CHECK(attenuation_of(design, 1) == Approx(1));
    design.units.commuting = 0.3;
    // Of a lot's commuters as many go to treated places as to others, but for one's own place: 1 - c - c / 39.
    CHECK(attenuation_of(design, 1) == Approx(1 - 0.3 - 0.3 / 39).margin(0.01));
}

TEST_CASE("placebo runs tell the chance of places", "[experiments][statistical]") {
    // Poisson starters around a trend of each run and a level of each region: dispersion 1.
    boost::random::mt19937_64 engine(3);
    std::vector<std::vector<double>> before, during;
    for (int run = 0; run < 80; ++run) {
        before.emplace_back();
        during.emplace_back();
        const double trend = 1 + 0.02 * (run % 7);
        for (int region = 0; region < 7; ++region) {
            const double level = 200 + 300 * region;
            before.back().push_back(boost::random::poisson_distribution<int, double>(level)(engine));
            during.back().push_back(boost::random::poisson_distribution<int, double>(level * trend)(engine));
        }
    }
    const auto placebo = placebo_of(before, during);
    CHECK(placebo.dispersion == Approx(1).margin(0.2));
    CHECK(placebo.standardised.size() == 560);
    double sum = 0, squares = 0;
    for (const double z : placebo.standardised) sum += z, squares += z * z;
    CHECK(sum / 560 == Approx(0).margin(1e-9));
    CHECK(squares / 560 == Approx(1));
}

TEST_CASE("of one region what differs between runs is chance", "[experiments][statistical]") {
    boost::random::mt19937_64 engine(4);
    const auto dispersion_at = [&](double spread) {
        std::vector<std::vector<double>> before, during;
        boost::random::normal_distribution<double> trend(0, spread);
        for (int run = 0; run < 400; ++run) {
            before.push_back({static_cast<double>(boost::random::poisson_distribution<int, double>(500)(engine))});
            during.push_back({static_cast<double>(boost::random::poisson_distribution<int, double>(500 * std::exp(trend(engine)))(engine))});
        }
        return placebo_of(before, during).dispersion;
    };
    // Over the sampling of 1/500 twice.
    CHECK(dispersion_at(0) == Approx(1).margin(0.35));
    CHECK(dispersion_at(0.1) == Approx(1 + 0.01 / 0.004).epsilon(0.35));
}
