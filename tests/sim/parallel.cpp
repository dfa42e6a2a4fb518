#include "sim/parallel.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <mutex>
#include <set>
#include <string>
#include <thread>

#include <catch2/catch.hpp>

#include "sim/error.hpp"

namespace {

constexpr std::size_t rows = 100'000;  // twelve blocks and a part

/// Something that rounding would change if partial sums were joined in another order.
double sum_of_roots(int threads) {
    double total = 0;
    sim::Threads arena(threads);
    arena.run([&] {
        total = sim::reduce(
            sim::blocks_of(rows), 0.0,
            [](std::size_t block) {
                double part = 0;
                for (std::size_t row = block * sim::block_rows; row < std::min<std::size_t>(rows, (block + 1) * sim::block_rows); ++row)
                    part += std::sqrt(static_cast<double>(row)) * 1e-3;
                return part;
            },
            [](double& sum, double part) { sum += part; });
    });
    return total;
}

}  // namespace

TEST_CASE("blocks cover every row once and the last is cut", "[sim][unit][sanitize]") {
    std::vector<std::uint8_t> seen(rows);
    std::vector<sim::Block> blocks(sim::blocks_of(rows));
    sim::Threads(3).run([&] {
        sim::for_each_block(rows, [&](sim::Block b) {
            blocks[b.number] = b;
            for (sim::Row row = b.begin; row < b.end; ++row) ++seen[row];
        });
    });
    CHECK(std::count(seen.begin(), seen.end(), 1) == static_cast<std::ptrdiff_t>(rows));
    CHECK(blocks.back().end == rows);
    CHECK(blocks.front().end == sim::block_rows);
    int calls = 0;
    sim::for_each_block(0, [&](sim::Block) { ++calls; });
    CHECK(calls == 0);
}

TEST_CASE("a result does not depend on the number of threads", "[sim][property][sanitize]") {
    const double one = sum_of_roots(1);
    CHECK(one > 0);
    for (const int threads : {2, 3, 7}) CHECK(sum_of_roots(threads) == one);
}

TEST_CASE("rows that are kept come in order for any number of threads", "[sim][property][sanitize]") {
    const auto keep = [](sim::Row row) { return row % 7 == 3 || row % 8192 == 0; };
    std::vector<sim::Row> expected;
    for (sim::Row row = 0; row < rows; ++row)
        if (keep(row)) expected.push_back(row);
    for (const int threads : {1, 2, 3, 7}) {
        std::vector<sim::Row> found;
        sim::Threads(threads).run([&] { found = sim::rows_where(rows, keep); });
        CHECK(found == expected);
    }
}

TEST_CASE("a scan gives the sums before each place and the total", "[sim][unit]") {
    std::vector<int> counts{3, 0, 5, 1};
    CHECK(sim::exclusive_scan(counts) == 9);
    CHECK(counts == std::vector<int>{0, 3, 3, 8});
    std::vector<int> none;
    CHECK(sim::exclusive_scan(none) == 0);
}

TEST_CASE("seven threads really take part", "[sim][unit][sanitize]") {
    std::mutex mutex;
    std::set<std::thread::id> threads;
    const auto everybody_here = [&] {
        const std::lock_guard lock(mutex);
        return threads.size() >= 7;
    };
    const auto give_up = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    sim::Threads(7).run([&] {
        sim::for_each_task(500, [&](std::size_t) {
            {
                const std::lock_guard lock(mutex);
                threads.insert(std::this_thread::get_id());
            }
            // Nobody leaves before seven have come, so that a quick thread cannot do the work of the others.
            while (!everybody_here() && std::chrono::steady_clock::now() < give_up) std::this_thread::yield();
        });
    });
    CHECK(threads.size() == 7);
}

TEST_CASE("no more threads take part than were asked for", "[sim][unit]") {
    std::mutex mutex;
    std::set<std::thread::id> threads;
    sim::Threads(2).run([&] {
        sim::for_each_task(200, [&](std::size_t) {
            const std::lock_guard lock(mutex);
            threads.insert(std::this_thread::get_id());
        });
    });
    CHECK(threads.size() <= 2);
}

TEST_CASE("the error of the lowest task is the one that is told", "[sim][property][sanitize]") {
    for (const int threads : {1, 2, 3, 7}) {
        std::atomic<int> ran{0};
        const auto work = [&] {
            sim::for_each_task(100, [&](std::size_t task) {
                ++ran;
                if (task == 17 || task == 18 || task == 93) throw sim::InputError("task " + std::to_string(task));
            });
        };
        CHECK_THROWS_WITH(sim::Threads(threads).run(work), "task 17");
        CHECK(ran == 100);  // all tasks run, so that the lowest is known
    }
}

TEST_CASE("no thread at all is refused", "[sim][unit]") { CHECK_THROWS_AS(sim::Threads(0), sim::InputError); }

// Hidden: tests/sanitizers.sh runs it under the thread sanitizer, which must find the race.
TEST_CASE("a planted race between blocks", "[.planted]") {
    std::uint64_t shared = 0;
    sim::Threads(4).run([&] {
        sim::for_each_task(64, [&](std::size_t task) {
            for (int i = 0; i < 1000; ++i) shared += task;
        });
    });
    CHECK(shared > 0);
}
