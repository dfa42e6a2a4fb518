#include "sim/progress.hpp"

#include <csignal>

#include <catch2/catch.hpp>

#include "sim/interrupt.hpp"
#include "sim/memory.hpp"
#include "tests/support/files.hpp"

using sim::Month;

namespace {

/// What a run of `months` months prints into a file when each takes `seconds`.
std::string printed(std::size_t months, double seconds, bool quiet) {
    const tests::TemporaryFolder folder;
    std::FILE* file = std::fopen((folder / "log").c_str(), "w");
    double now = 100;
    {
        sim::Progress progress(months, quiet, file, [&] { return now; });
        for (std::size_t m = 0; m < months; ++m) {
            now += seconds;
            progress.step(Month::of(2021, 1) + static_cast<int>(m), 4'000'000);
        }
    }
    std::fclose(file);
    return tests::contents(folder / "log");
}

}  // namespace

TEST_CASE("a log gets plain lines with the time, not too many", "[sim][unit]") {
    CHECK(printed(6, 5, false) ==
          "00:00:05 2021-01 done, 1 of 6 months (17 %), 800 thousand persons/s, 25 s left\n"
          "00:00:15 2021-03 done, 3 of 6 months (50 %), 800 thousand persons/s, 15 s left\n"
          "00:00:25 2021-05 done, 5 of 6 months (83 %), 800 thousand persons/s, 5 s left\n");
}

TEST_CASE("a short run and a quiet run say nothing", "[sim][unit]") {
    CHECK(printed(10, 0.19, false).empty());
    CHECK(printed(10, 60, true).empty());
}

TEST_CASE("a terminal gets a bar", "[sim][unit]") {
    CHECK(sim::progress_bar({Month::of(2024, 5), 60, 120, 90, 12.3e6}) ==
          "2024-05 [############............] 60/120 months, 12 million persons/s, 1:30 min left");
    CHECK(sim::progress_bar({Month::of(2030, 12), 120, 120, 90, 900}) == "2030-12 [########################] 120/120 months, 900 persons/s, 0 s left");
    CHECK(sim::progress_bar({Month::of(2021, 1), 1, 120, 300, 900}) == "2021-01 [........................] 1/120 months, 900 persons/s, 9:55 h left");
}

TEST_CASE("whole runs are counted without months and persons", "[sim][unit]") {
    CHECK(sim::progress_bar({.month = {}, .done = 60, .total = 120, .seconds = 90, .persons_a_second = 0, .counted = "runs"}) ==
          "[############............] 60/120 runs, 1:30 min left");
    CHECK(sim::progress_line({.month = {}, .done = 60, .total = 120, .seconds = 90, .persons_a_second = 0, .counted = "runs"}) ==
          "00:01:30 60 of 120 runs (50 %), 1:30 min left");
}

TEST_CASE("time left rests on what is done now, of what is still to come", "[sim][unit]") {
    const tests::TemporaryFolder folder;
    std::FILE* file = std::fopen((folder / "log").c_str(), "w");
    double now = 0;
    {
        sim::Progress progress(100, false, "runs", file, [&] { return now; });
        progress.skip(60);
        now = 10;
        progress.step();
        progress.expect(20);
        now = 20;
        progress.step();
    }
    std::fclose(file);
    CHECK(tests::contents(folder / "log") ==
          "00:00:10 1 of 40 runs (2 %), 6:30 min left\n"
          "00:00:20 2 of 60 runs (3 %), 9:40 min left\n");
}

TEST_CASE("a signal is kept until the month is over", "[sim][unit]") {
    {
        const sim::Interrupt interrupt;
        CHECK_FALSE(sim::Interrupt::requested());
        std::raise(SIGTERM);
        CHECK(sim::Interrupt::requested());
        CHECK(sim::Interrupt::exit_code() == 143);
    }
    CHECK_FALSE(sim::Interrupt::requested());
    const sim::Interrupt interrupt;
    std::raise(SIGINT);
    CHECK(sim::Interrupt::exit_code() == 130);
}

TEST_CASE("memory is measured in bytes and told in words", "[sim][unit]") {
    CHECK(sim::peak_memory() > (1U << 20));
    CHECK(sim::available_memory() > (1U << 20));
    CHECK(sim::text_of_bytes(870ULL << 20) == "870 MiB");
    CHECK(sim::text_of_bytes(3277ULL << 20) == "3.2 GiB");
}
