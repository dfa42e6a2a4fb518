#include "experiments/runs/comparison_runs.hpp"

#include <bit>
#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>

#include "experiments/runs/run.hpp"
#include "models/parameters.hpp"
#include "regions/synthesis.hpp"

namespace {

const sim::Month april = sim::Month::of(2021, 4), july = sim::Month::of(2021, 7), december = sim::Month::of(2021, 12);

experiments::Measure search_from(sim::Month start, double factor = 2) {
    experiments::Measure made;
    made.name = "search from " + start.text();
    made.start = start;
    made.doses = {{"search.search_intensity", factor}};
    return made;
}

experiments::Scenario with(std::vector<experiments::Measure> measures) {
    experiments::Scenario scenario;
    scenario.end = december;
    scenario.measures = std::move(measures);
    return scenario;
}

/// Every value of every series, as bits.
std::vector<std::uint64_t> bits_of(const sim::Trajectory& series) {
    std::vector<std::uint64_t> bits;
    for (std::size_t s = 0; s < series.size(); ++s)
        for (std::size_t time = 0; time < series.points(); ++time) {
            const auto id = static_cast<sim::SeriesId>(s);
            if (series.info(id).type == sim::SeriesType::count)
                for (const auto value : series.counts(id, 0, time)) bits.push_back(static_cast<std::uint64_t>(value));
            else
                for (const auto value : series.reals(id, 0, time)) bits.push_back(std::bit_cast<std::uint64_t>(value));
        }
    return bits;
}

/// Inputs and the start population of a world small enough for whole runs.
struct SmallWorld {
    experiments::Inputs inputs = experiments::read_inputs(std::filesystem::path{}, {"IJmond", "Zeeuws-Vlaanderen"}, 0.05);
    models::World start = regions::synthesise(inputs.tables, inputs.start, models::Parameters{}, {1, 0.05, true});
};
const SmallWorld& small_world() {
    static const SmallWorld world;
    return world;
}

struct Ran {
    std::vector<std::vector<std::uint64_t>> series;    ///< of the base, then of each arm
    std::vector<std::vector<std::string>> accounts{};  ///< measures that each has accounts of
    int months = 0;                                    ///< that were simulated
};

Ran ran(const experiments::Scenario& base, const std::vector<experiments::Scenario>& arms, bool shared_months, std::uint32_t replicate = 0) {
    const auto& [inputs, start] = small_world();
    Ran found;
    found.series.resize(arms.size() + 1);
    found.accounts.resize(arms.size() + 1);
    const auto planned = [&found](const experiments::Scenario& scenario, sim::Month leaves, std::size_t place) {
        return experiments::PlannedRun{scenario, leaves, [&found, place](const sim::Trajectory& series) { found.series[place] = bits_of(series); },
                                       [&found, place](const experiments::PolicyRecord& record) { found.accounts[place] = record.measures(); }};
    };
    std::vector<experiments::PlannedRun> runs;
    for (std::size_t a = 0; a < arms.size(); ++a) runs.push_back(planned(arms[a], experiments::first_difference(base, arms[a]), a + 1));
    const experiments::RunGround ground{&inputs.tables, &start, december, 1, [&found] { return ++found.months, false; }, shared_months};
    REQUIRE(experiments::run_with_arms(ground, replicate, planned(base, experiments::first_month, 0), std::move(runs)));
    return found;
}

}  // namespace

TEST_CASE("runs share every month in which their scenarios agree, arms among each other too, and are whole runs", "[experiments][property]") {
    const auto base = with({});
    const std::vector<experiments::Scenario> arms{with({search_from(july)}),
                                                  with({search_from(experiments::first_month)}),
                                                  with({search_from(experiments::first_month), search_from(april)}),
                                                  with({search_from(experiments::first_month), search_from(april), search_from(july)}),
                                                  with({search_from(experiments::first_month), search_from(july, 1.5)}),
                                                  base};
    const auto shared = ran(base, arms, true), whole = ran(base, arms, false);
    for (std::size_t r = 0; r <= arms.size(); ++r) {
        INFO("run " << r);
        CHECK(shared.series[r] == whole.series[r]);
        CHECK(shared.accounts[r] == whole.accounts[r]);
    }
    CHECK(shared.series[1] != shared.series[0]);
    CHECK(shared.series[3] != shared.series[4]);
    CHECK(shared.series[6] == shared.series[0]);
    CHECK(whole.months == 6 * 12);
    // The base; from July; whole; of that one from April, then from July; and from July.
    CHECK(shared.months == 12 + 6 + 12 + 9 + 6 + 6);
    CHECK(experiments::most_copies(base, arms) == 2);
}

TEST_CASE("an arm that never leaves its base has the accounts of the base", "[experiments][unit]") {
    const auto base = with({search_from(july)});
    const auto found = ran(base, {base}, true);
    CHECK(found.months == 12);
    CHECK(found.accounts[0].size() == 1);
    CHECK(found.accounts[1] == found.accounts[0]);
}

TEST_CASE("the sham arm parts from its base in every replicate", "[experiments][property]") {
    const auto base = with({});
    const auto sham = experiments::with_sham(base, small_world().start);
    CHECK(sham.parameters.search.sham_seekers.size() == 30);
    for (std::uint32_t replicate = 0; replicate < 8; ++replicate) {
        INFO("replicate " << replicate);
        const auto found = ran(base, {sham}, false, replicate);
        CHECK(found.series[0] != found.series[1]);
    }
    CHECK(experiments::first_difference(base, sham) == experiments::first_month);
}
