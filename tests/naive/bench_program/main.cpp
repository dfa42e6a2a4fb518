/// Speed of the real program over that of its naive twin on the core of the labour market, one thread each; prints one line of JSON.
/// Usage: instroom_twin_bench SCALE. tools/bench calls it.

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <string>

#include <fmt/format.h>

#include "sim/error.hpp"
#include "tests/naive/core_world.hpp"
#include "tests/naive/twin.hpp"

namespace {

/// Seconds of the quickest of several goes at the same work.
template <class Make, class Work>
double quickest(Make&& make, Work&& work) {
    double least = 1e9;
    for (int go = 0; go < 5; ++go) {
        auto made = make();
        const auto start = std::chrono::steady_clock::now();
        work(*made);
        least = std::min(least, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
    }
    return least;
}

}  // namespace

int main(int count, char** words) try {
    if (count != 2) throw sim::InputError("usage: instroom_twin_bench SCALE");
    constexpr int months = 24;
    const double scale = std::stod(words[1]);
    const naive::CoreWorld core(scale);
    const double real = quickest([&] { return std::make_unique<models::World>(core.start()); }, [&](models::World& world) { core.step(world, months); });
    const double twin = quickest([&] { return std::make_unique<naive::Market>(core.start(), core.tables(), core.parameters()); },
                                 [&](naive::Market& market) {
                                     naive::Engine engine(1);
                                     for (int m = 0; m < months; ++m) market.step(engine);
                                 });
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
