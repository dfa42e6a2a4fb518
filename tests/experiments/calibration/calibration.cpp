#include "experiments/calibration/calibration.hpp"

#include <atomic>
#include <cmath>
#include <fstream>
#include <string>
#include <vector>

#include <boost/random/mersenne_twister.hpp>
#include <boost/random/normal_distribution.hpp>
#include <catch2/catch.hpp>

#include "experiments/calibration/calibration_file.hpp"
#include "experiments/scenarios/scenario.hpp"
#include "regions/readers.hpp"
#include "sim/error.hpp"
#include "sim/parallel.hpp"
#include "tests/support/files.hpp"
#include "tests/support/statistics.hpp"

namespace {

using experiments::Calibration;
using experiments::CalibrationOptions;
using experiments::RunLog;
using experiments::Targets;

constexpr double chance = 0.02;

/// A cheap stand-in for the model: four moments of two values; a third value moves nothing. Replicates differ by chance, which runs of one replicate share.
std::vector<double> stand_in(const std::vector<double>& v, std::uint32_t replicate) {
    boost::random::mt19937_64 engine(77 + replicate);
    boost::random::normal_distribution<double> normal(0, chance);
    std::vector<double> m{v[0] + 0.3 * v[1], v[1] - 0.2 * v[0] + 0.1 * v[0] * v[1], v[0] * v[0] / 4, 0.5 * (v[0] - v[1])};
    for (double& value : m) value += normal(engine);
    return m;
}

/// Targets at what `truth` gives in a replicate that no calibration uses.
Targets targets_at(const std::vector<double>& truth, std::uint32_t twin) {
    Targets targets;
    targets.name = "stand-in";
    targets.cut_rank = 1;
    for (const char* name : {"separations.quit", "separations.layoff", "demand.births"})
        targets.free.push_back({name, experiments::PriorLaw("normal(1, 0.4)", -10, 10), 1, "a"});
    const auto observed = stand_in(truth, 1000 + twin);
    for (std::size_t j = 0; j < observed.size(); ++j) {
        experiments::Target t;
        t.name = std::string(1, static_cast<char>('a' + j));
        t.observed = observed[j];
        t.sampling_error = chance;
        targets.targets.push_back(t);
    }
    return targets;
}

CalibrationOptions options(int waves = 2) {
    CalibrationOptions o;
    o.waves = waves;
    o.budget = 100;
    o.draws = 200;
    return o;
}

Calibration calibrated(const Targets& targets, RunLog& log, int threads = 2, const experiments::RunsWatch& watch = {}) {
    Calibration result;
    sim::Threads arena(threads);
    arena.run([&] { result = experiments::calibrate(targets, stand_in, options(), log, watch); });
    return result;
}

std::string text_of(const Calibration& c, const Targets& targets) {
    return experiments::calibration_text(c, targets, {"command", "targets.toml", 0.1, 1, 100, {}});
}

std::string content(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

}  // namespace

TEST_CASE("intervals of 20 twins, calibrated blind, hold the truth as often as they say", "[experiments][statistical]") {
    boost::random::mt19937_64 engine(11);
    boost::random::normal_distribution<double> normal(1, 0.4);
    int inside = 0, all = 0;
    for (std::uint32_t twin = 0; twin < 20; ++twin) {
        const std::vector<double> truth{normal(engine), normal(engine), normal(engine)};
        const auto targets = targets_at(truth, twin);
        RunLog log;
        const auto result = calibrated(targets, log);
        for (std::size_t k = 0; k < truth.size(); ++k) {
            std::vector<double> values;
            for (const auto& draw : result.draws) values.push_back(draw[k]);
            std::sort(values.begin(), values.end());
            ++all;
            inside += truth[k] >= values[values.size() / 20] && truth[k] <= values[values.size() - 1 - values.size() / 20];
        }
        CHECK(result.posterior.convergence < 1.1);
    }
    // 60 intervals of 90 %: 46 to 60 hold the truth in all but one of a thousand sets of twins, were they independent. All 60 would be a one in 550 chance.
    INFO(inside << " of " << all);
    CHECK(inside >= 46);
    CHECK(inside <= 59);
}

TEST_CASE("a parameter that moves no moment is named and keeps its prior", "[experiments][property]") {
    const auto targets = targets_at({1.2, 0.7, 1.5}, 0);
    RunLog log;
    const auto result = calibrated(targets, log);
    CHECK(result.posterior.identified == std::vector<bool>{true, true, false});
    CHECK(result.posterior.spread[2] == Approx(1).margin(0.1));
    CHECK(result.best_values[2] == 1);  // the shipped value
    CHECK(result.best_values[0] == Approx(1.2).margin(0.15));
    CHECK(result.best_values[1] == Approx(0.7).margin(0.15));
    CHECK(result.singular_values.size() == 3);
    CHECK(result.singular_values[2] < 0.1);
    CHECK(std::abs(result.directions(2, 2)) > 0.99);
    const std::string text = text_of(result, targets), report = experiments::calibration_report(result, targets);
    CHECK_THAT(report, Catch::Contains("demand.births") && Catch::Contains("not identified by the data: keeps its prior"));
    const auto scenario = experiments::scenario_from_text(text, "calibrated.toml", regions::all_regions());
    CHECK(scenario.parameters.separations.quit == Approx(result.best_values[0]));
    CHECK_THAT(text, !Catch::Contains("births = "));
}

TEST_CASE("a calibration gives the same bytes for any number of threads, in any order of runs, and after an interruption",
          "[experiments][property][sanitize]") {
    const auto targets = targets_at({1.1, 0.9, 1}, 1);
    const std::vector<std::string> parameters{"x", "y", "z"}, moments{"a", "b", "c", "d"};
    RunLog fresh;
    const std::string one = text_of(calibrated(targets, fresh, 1), targets);
    RunLog fresh_too;
    CHECK(text_of(calibrated(targets, fresh_too, 4), targets) == one);

    const tests::TemporaryFolder folder;
    const auto file = folder / "c.runs.csv";
    std::size_t kept = 0;
    {
        RunLog log(file, "key", parameters, moments, false);
        std::atomic<int> runs = 0;
        experiments::RunsWatch watch;
        watch.stop = [&] { return ++runs > 55 ? 2 : 0; };
        const auto stopped = calibrated(targets, log, 3, watch);
        CHECK(stopped.stopped_by == 2);
        kept = log.size();
        CHECK(kept == 55);
    }
    // A process killed while it writes leaves half a line.
    std::ofstream(file, std::ios::app) << "0,1.25,0.";
    RunLog log(file, "key", parameters, moments, false);
    CHECK(log.size() == kept);
    int found = -1;
    experiments::RunsWatch watch;
    watch.runs_found = [&](std::size_t runs) {
        if (found < 0) found = static_cast<int>(runs);
    };
    CHECK(text_of(calibrated(targets, log, 2, watch), targets) == one);
    CHECK(found > 1);
    CHECK(log.size() == fresh.size());
    CHECK(content(file).find("0.0,") == std::string::npos);
}

TEST_CASE("runs of another calibration are refused, and begun anew when asked", "[experiments][unit]") {
    const tests::TemporaryFolder folder;
    const auto file = folder / "c.runs.csv";
    {
        RunLog log(file, "key", {"x"}, {"a"}, false);
        log.add({0.1}, 3, {std::nan("")});
        log.add({1.0 / 3}, 0, {2.5});
    }
    {
        const RunLog log(file, "key", {"x"}, {"a"}, false);
        REQUIRE(log.find({1.0 / 3}, 0) != nullptr);
        CHECK(log.find({1.0 / 3}, 0)->at(0) == 2.5);
        CHECK(std::isnan(log.find({0.1}, 3)->at(0)));
        CHECK(log.find({0.1}, 0) == nullptr);
        CHECK_THROWS_WITH(RunLog(file, "key", {"x"}, {"a"}, false), Catch::Contains("in use by another command"));
    }
    CHECK_THROWS_WITH(RunLog(file, "other key", {"x"}, {"a"}, false), Catch::Contains("runs of another command"));
    CHECK_THROWS_AS(RunLog(file, "key", {"x"}, {"b"}, false), sim::InputError);
    CHECK(RunLog(file, "other key", {"x"}, {"a"}, true).size() == 0);
    CHECK_THROWS_AS(RunLog(folder / "nowhere" / "c.csv", "key", {"x"}, {"a"}, false), sim::FileError);
}

TEST_CASE("failed runs are left out, and too many of them end a calibration", "[experiments][unit]") {
    const auto targets = targets_at({1, 1, 1}, 2);
    const auto failing_above = [&](double limit) {
        return [limit](const std::vector<double>& v, std::uint32_t replicate) {
            if (v[2] > limit) throw sim::Bug("a hazard lies above its bound");
            return stand_in(v, replicate);
        };
    };
    RunLog some_log, most_log;
    const auto some = experiments::calibrate(targets, failing_above(1.8), options(), some_log);
    CHECK(some.failed > 0);
    CHECK(some.first_failure == "a hazard lies above its bound");
    CHECK(some.best_values[0] == Approx(1).margin(0.15));
    CHECK_THROWS_WITH(experiments::calibrate(targets, failing_above(1.1), options(), most_log),
                      Catch::Contains("runs of wave 1 fail: a hazard lies above its bound"));
}

TEST_CASE("a budget too small and a cut that leaves nothing are refused", "[experiments][unit]") {
    auto targets = targets_at({1, 1, 1}, 3);
    RunLog log;
    auto small = options(1);
    small.budget = 20;
    CHECK_THROWS_WITH(experiments::calibrate(targets, stand_in, small, log),
                      Catch::Contains("too small for one wave of 3 parameters: a wave needs 10 runs, and 12 more"));
    small.budget = 30;
    small.waves = 2;
    CHECK_THROWS_WITH(experiments::check_calibration(targets, small), Catch::Contains("1 wave can be had"));
    targets.targets[3].observed = 40;
    CHECK_THROWS_WITH(experiments::calibrate(targets, stand_in, options(1), log),
                      Catch::Contains("nothing of the prior is left under the cut 3") && Catch::Contains("misses d by"));
}

TEST_CASE("the effect of a region is shrunk towards none", "[experiments][law]") {
    auto targets = targets_at({1, 1, 1}, 4);
    targets.region_spread = 0.1;
    experiments::Target regional;
    regional.name = "regional";
    regional.regions = {"Brainport"};
    regional.region_effect = true;
    regional.sampling_error = 0.1;
    regional.observed = 1.2;  // the stand-in says 1
    targets.targets.push_back(regional);
    const auto simulate = [](const std::vector<double>& v, std::uint32_t replicate) {
        auto m = stand_in(v, replicate);
        m.push_back(1);
        return m;
    };
    RunLog log;
    const auto result = experiments::calibrate(targets, simulate, options(1), log);
    REQUIRE(result.regions.size() == 1);
    // Variance 0.0144 of the effect at 1.2 against 0.01 of sampling: the shift is 0.1 x 0.1 x 1.2 x 0.2 / 0.0244.
    CHECK(result.regions[0].value == Approx(0.01 * 1.2 * 0.2 / 0.0244).epsilon(0.01));
    CHECK(result.regions[0].spread == Approx(std::sqrt(0.01 - 0.0001 * 1.44 / 0.0244)).epsilon(0.01));
}
