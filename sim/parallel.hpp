#pragma once
/// Parallel work whose result does not depend on the number of threads.
///
/// All parallel work of the project goes through this file. Work is cut into blocks of fixed size, never by the
/// number of threads; partial results are joined in the order of blocks on one thread.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <type_traits>
#include <vector>

namespace sim {

/// Number of a row of the person table. A row is an identity.
using Row = std::uint32_t;

/// Rows of one block: blocks never move.
inline constexpr Row block_rows = 8192;

/// A run of rows that one task works on alone.
struct Block {
    std::size_t number;
    Row begin;
    Row end;
};

[[nodiscard]] constexpr std::size_t blocks_of(std::size_t rows) { return (rows + block_rows - 1) / block_rows; }
[[nodiscard]] constexpr std::size_t block_of(Row row) { return row / block_rows; }

/// How many threads to use where `asked` are asked for; 0 = as many as the machine has.
[[nodiscard]] int threads_of(int asked);

/// The threads that all parallel work inside `run` uses. `threads` >= 1.
class Threads {
public:
    explicit Threads(int threads);
    ~Threads();
    Threads(const Threads&) = delete;
    Threads& operator=(const Threads&) = delete;
    /// Runs `work` inside this arena and waits for it. Exceptions pass through.
    void run(const std::function<void()>& work);
    [[nodiscard]] int count() const { return count_; }

private:
    struct Arena;
    std::unique_ptr<Arena> arena_;
    int count_;
};

/// Runs `work` with the calling thread alone: parallel work inside takes no other thread, and waiting inside begins no other task. For whole runs side by
/// side, each of which is one task. Exceptions pass through.
void alone(const std::function<void()>& work);

namespace detail {
/// A plain function pointer and its context: keeps TBB's templates in one translation unit.
using Body = void (*)(void* context, std::size_t task);
void parallel_tasks(std::size_t tasks, Body body, void* context);
}  // namespace detail

/// Calls work(i) for i in [0, tasks), on all threads of the arena. The error of the lowest task is thrown; all tasks run.
template <class Work>
void for_each_task(std::size_t tasks, Work&& work) {
    using Plain = std::remove_reference_t<Work>;
    detail::parallel_tasks(
        tasks, [](void* context, std::size_t task) { (*static_cast<Plain*>(context))(task); },
        const_cast<void*>(static_cast<const void*>(std::addressof(work))));
}

/// Calls run(i) for i in [0, runs): side by side, each with one thread alone, or else one after another with all threads of the arena for each.
template <class Run>
void for_each_run(std::size_t runs, bool side_by_side, Run&& run) {
    if (side_by_side)
        for_each_task(runs, [&](std::size_t i) { alone([&] { run(i); }); });
    else
        for (std::size_t i = 0; i < runs; ++i) run(i);
}

/// Calls work(Block) for every block of `rows` rows.
template <class Work>
void for_each_block(std::size_t rows, Work&& work) {
    for_each_task(blocks_of(rows), [&](std::size_t b) {
        const auto begin = static_cast<Row>(b * block_rows);
        const auto end = static_cast<Row>(std::min<std::size_t>(rows, (b + 1) * static_cast<std::size_t>(block_rows)));
        work(Block{b, begin, end});
    });
}

/// One partial result a task (by `map(task)`), joined by `join(total, partial)` in the order of tasks on one thread.
template <class Result, class Map, class Join>
[[nodiscard]] Result reduce(std::size_t tasks, Result start, Map&& map, Join&& join) {
    std::vector<Result> partial(tasks);
    for_each_task(tasks, [&](std::size_t task) { partial[task] = map(task); });
    for (auto& part : partial) join(start, part);
    return start;
}

/// Exclusive prefix sums in place; returns the total. Counts are few (one a block), so this runs on one thread.
template <class Number>
Number exclusive_scan(std::vector<Number>& counts) {
    Number total{};
    for (auto& count : counts) {
        const Number here = count;
        count = total;
        total += here;
    }
    return total;
}

/// The rows for which keep(row) holds, in order of rows, found in parallel.
template <class Keep>
[[nodiscard]] std::vector<Row> rows_where(std::size_t rows, Keep&& keep) {
    const std::size_t blocks = blocks_of(rows);
    std::vector<std::vector<Row>> found(blocks);
    for_each_block(rows, [&](Block b) {
        for (Row row = b.begin; row < b.end; ++row)
            if (keep(row)) found[b.number].push_back(row);
    });
    std::size_t total = 0;
    for (const auto& part : found) total += part.size();
    std::vector<Row> all;
    all.reserve(total);
    for (const auto& part : found) all.insert(all.end(), part.begin(), part.end());
    return all;
}

}  // namespace sim
