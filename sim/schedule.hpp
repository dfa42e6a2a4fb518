#pragma once
/// A schedule of named processes, run in order, with the time that each has taken.

#include <chrono>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "sim/month.hpp"

namespace sim {

template <class World>
class Schedule {
public:
    struct Entry {
        int number;  ///< place in the month, as in the model description
        std::string name;
        std::function<void(World&, Month)> step;  ///< empty: the place is kept for a process that is not built yet
        double seconds = 0;                       ///< wall time so far
        std::vector<double> each;                 ///< wall time of each month
    };

    Schedule& add(int number, std::string name, std::function<void(World&, Month)> step = {}) {
        entries_.push_back({number, std::move(name), std::move(step), 0, {}});
        return *this;
    }
    /// One month: every process in order.
    void run(World& world, Month month) {
        for (auto& entry : entries_) {
            if (!entry.step) continue;
            const auto start = std::chrono::steady_clock::now();
            entry.step(world, month);
            const double took = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
            entry.seconds += took;
            entry.each.push_back(took);
        }
    }
    [[nodiscard]] const std::vector<Entry>& entries() const { return entries_; }

private:
    std::vector<Entry> entries_;
};

}  // namespace sim
