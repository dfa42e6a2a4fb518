#include <algorithm>
#include <cmath>
#include <functional>
#include <string>
#include <vector>

#include <boost/random/mersenne_twister.hpp>
#include <boost/random/normal_distribution.hpp>
#include <catch2/catch.hpp>

#include "experiments/calibration/calibration.hpp"
#include "experiments/figures/targets.hpp"
#include "experiments/runs/simulator.hpp"
#include "experiments/scenarios/scenario.hpp"
#include "models/parameters.hpp"
#include "regions/data_folder.hpp"
#include "regions/readers.hpp"
#include "sim/parallel.hpp"

namespace {

/// Some of the shipped targets and parameters, those that a few dozen small runs can tell apart.
experiments::Targets some_targets() {
    auto all = experiments::read_targets(experiments::shipped_targets(), regions::all_regions());
    const std::vector<std::string> free{"search.employed_search", "search.applications_unemployed", "separations.give_up", "separations.start_looking",
                                        "separations.early_retirement"},
        targets{"unemployment_2023",     "unemployed_to_work", "unemployed_to_outside", "work_to_unemployed",
                "outside_to_unemployed", "job_to_job_2022",    "retirements_2023",      "vacancies_ended_2022"};
    std::erase_if(all.free, [&](const auto& p) { return std::find(free.begin(), free.end(), p.name) == free.end(); });
    std::erase_if(all.targets, [&](const auto& t) { return std::find(targets.begin(), targets.end(), t.name) == targets.end(); });
    all.cut_rank = 1;
    REQUIRE(all.free.size() == free.size());
    REQUIRE(all.targets.size() == targets.size());
    return all;
}

}  // namespace

TEST_CASE("a run of the model gives the same moments beside others and with all threads for itself", "[experiments][property]") {
    auto targets = some_targets();
    for (auto& t : targets.targets) t.from = t.until = sim::Month::of(2021, 6);  // half a year is enough
    const experiments::Simulator simulator({}, 0.004, 1, targets, "targets.toml");
    std::vector<double> usual, other;
    for (const auto& p : targets.free) {
        usual.push_back(p.usual);
        other.push_back(p.prior.quantile(0.8));
    }
    std::vector<std::vector<double>> beside(3);
    sim::Threads arena(3);
    std::vector<double> alone;
    arena.run([&] {
        alone = simulator(usual, 0);
        sim::for_each_task(3, [&](std::size_t i) { sim::alone([&] { beside[i] = simulator(i == 1 ? other : usual, i == 2 ? 1 : 0); }); });
    });
    CHECK(beside[0] == alone);
    CHECK(beside[1] != alone);  // other values
    CHECK(beside[2] != alone);  // another replicate
}

// Slow: some 150 runs of three years.
TEST_CASE("intervals of 20 twins of the model itself, calibrated blind at small scale, hold the truth", "[experiments][statistical][slow]") {
    const auto shipped = some_targets();
    const experiments::Simulator simulator({}, 0.01, 1, shipped, "targets.toml");
    constexpr std::uint32_t twins = 20, first_replicate = 500;
    boost::random::mt19937_64 engine(23);
    boost::random::normal_distribution<double> normal;
    std::vector<std::vector<double>> truth(twins), observed(twins), same(8);
    for (auto& values : truth)
        for (const auto& p : shipped.free) values.push_back(p.prior.value_at(normal(engine)));
    int inside = 0, all = 0;
    sim::Threads arena(2);
    arena.run([&] {
        sim::for_each_task(twins,
                           [&](std::size_t t) { sim::alone([&] { observed[t] = simulator(truth[t], first_replicate + static_cast<std::uint32_t>(t)); }); });
        experiments::RunLog log;  // the first wave of all twins is the same
        experiments::CalibrationOptions options;
        options.waves = 1;
        options.budget = 60;
        options.draws = 200;
        for (std::uint32_t t = 0; t < twins; ++t) {
            auto targets = shipped;
            targets.cut = 100;  // a twin far out in the prior has no second wave to be cut for
            for (std::size_t j = 0; j < targets.targets.size(); ++j) {
                // What sets a twin apart from the emulator is chance, which the calibration measures, and once more its own.
                targets.targets[j].observed = observed[t][j];
                targets.targets[j].discrepancy = 0;
                targets.targets[j].sampling_error = 1e-9;
            }
            const auto result = experiments::calibrate(targets, std::cref(simulator), options, log);
            for (std::size_t k = 0; k < targets.free.size(); ++k) {
                std::vector<double> values;
                for (const auto& draw : result.draws) values.push_back(draw[k]);
                std::sort(values.begin(), values.end());
                ++all;
                inside += truth[t][k] >= values[values.size() / 20] && truth[t][k] <= values[values.size() - 1 - values.size() / 20];
            }
        }
    });
    INFO(inside << " of " << all);
    CHECK(all == 100);
    CHECK(inside >= 79);
    CHECK(inside <= 98);
}

TEST_CASE("the shipped parameters are those of the shipped calibration", "[experiments][unit]") {
    const auto scenario = experiments::read_scenario(regions::shipped_data() / "calibrated.toml", regions::all_regions());
    const models::Parameters defaults;
    std::size_t calibrated = 0;
    for (const auto& p : models::all_parameters()) {
        const double found = p.get(scenario.parameters), shipped = p.get(defaults);
        if (found == shipped) continue;
        CAPTURE(p.name, found, shipped);
        CHECK(std::abs(found / shipped - 1) < 5e-4);  // four digits
        CHECK(p.source.find("calibrated.toml") != std::string::npos);
        ++calibrated;
    }
    CHECK(calibrated == 9);
}
