/// Speed of the real program over that of its naive twin on the core of the labour market, one thread each; prints one line of JSON.
/// Usage: instroom_twin_bench SCALE. tools/bench calls it.

#include <algorithm>
#include <ctime>
#include <limits>
#include <string>

#include <fmt/format.h>

#include "sim/error.hpp"
#include "tests/naive/core_world.hpp"
#include "tests/naive/twin.hpp"

namespace {

/// Processor seconds of some work.
template <class Work>
double seconds_of(Work&& work) {
    const std::clock_t start = std::clock();
    work();
    return static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
}

}  // namespace

int main(int count, char** words) try {
    if (count != 2) throw sim::InputError("usage: instroom_twin_bench SCALE");
    constexpr int months = 24;
    const double scale = std::stod(words[1]);
    const naive::CoreWorld core(scale);
    // In turns, and the least of several goes each: what else the machine does counts little.
    double real = std::numeric_limits<double>::infinity(), twin = real;
    for (int go = 0; go < 7; ++go) {
        models::World world = core.start();
        real = std::min(real, seconds_of([&] { core.step(world, months); }));
        naive::Market market(core.start(), core.tables(), core.parameters());
        naive::Engine engine(1);
        twin = std::min(twin, seconds_of([&] {
                            for (int m = 0; m < months; ++m) market.step(engine);
                        }));
    }
    const auto person_months = static_cast<double>(core.start().persons.size()) * months;
    fmt::print(
        "{{\"scale\": {}, \"persons\": {}, \"months\": {}, \"real_person_months_a_second\": {:.0f}, \"twin_person_months_a_second\": {:.0f}, \"ratio\": "
        "{:.3f}}}\n",
        scale, core.start().persons.size(), months, person_months / real, person_months / twin, twin / real);
    return 0;
} catch (const std::exception& error) {
    fmt::print(stderr, "instroom_twin_bench: {}\n", error.what());
    return 1;
}
