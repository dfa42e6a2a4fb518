#include "experiments/runs/run.hpp"

#include <bit>
#include <cstdint>
#include <vector>

#include <catch2/catch.hpp>

#include "sim/stored_trajectory.hpp"
#include "tests/support/files.hpp"

namespace {

/// Two small regions for eight months (July's diplomas and August's choices included), by as many threads, into a file.
experiments::RunReport run_small(const std::filesystem::path& output, int threads) {
    experiments::RunOptions options;
    options.scenario.regions = {"IJmond", "Zeeuws-Vlaanderen"};
    options.scenario.end = sim::Month::of(2021, 8);
    options.scale = 0.05;
    options.threads = threads;
    options.output = output;
    return experiments::run(options, {});
}

/// Missing values are equal too.
std::vector<std::uint64_t> bits_of(const std::vector<double>& values) {
    std::vector<std::uint64_t> bits;
    for (const double value : values) bits.push_back(std::bit_cast<std::uint64_t>(value));
    return bits;
}

}  // namespace

TEST_CASE("a whole run from tables to file, on one thread and on three", "[experiments][property][sanitize]") {
    const tests::TemporaryFolder folder;
    const auto one = run_small(folder / "one.h5", 1);
    const auto three = run_small(folder / "three.h5", 3);
    CHECK(one.last_month == sim::Month::of(2021, 8));
    CHECK(one.persons == three.persons);
    CHECK(one.persons > 10'000);
    const sim::StoredTrajectory a(folder / "one.h5"), b(folder / "three.h5");
    REQUIRE(a.series().size() == b.series().size());
    for (const auto& series : a.series()) {
        INFO(series.name);
        CHECK(bits_of(a.values(series.name)) == bits_of(b.values(series.name)));
    }
}
