#include "tools/nice_ticks.hpp"

#include <cmath>
#include <cstddef>

#include <catch2/catch.hpp>

TEST_CASE("marks stand at 1, 2 or 5 times a power of ten, inside the axis and no more than asked for", "[tools][law]") {
    CHECK(tools::nice_ticks(0, 10, 5) == std::vector<double>{0, 2, 4, 6, 8, 10});
    CHECK(tools::nice_ticks(-1, 1, 4) == std::vector<double>{-1, -0.5, 0, 0.5, 1});
    for (const double low : {-730.0, -0.031, 0.0, 0.7, 12345.0})
        for (const double size : {1e-6, 0.02, 3.0, 77.0, 5e8})
            for (const int most : {2, 4, 6, 9}) {
                const auto ticks = tools::nice_ticks(low, low + size, most);
                CAPTURE(low, size, most);
                CHECK(ticks.size() <= static_cast<std::size_t>(most) + 1);
                CHECK(!ticks.empty());
                CHECK(ticks.front() >= low - 1e-9 * size);
                CHECK(ticks.back() <= low + size + 1e-9 * size);
                if (ticks.size() < 2) continue;
                const double step = ticks[1] - ticks[0], share = step / std::pow(10.0, std::floor(std::log10(step) + 1e-6));
                CHECK((std::abs(share - 1) < 1e-3 || std::abs(share - 2) < 1e-3 || std::abs(share - 5) < 1e-3));
            }
}

TEST_CASE("an axis without length has no marks", "[tools][unit]") {
    CHECK(tools::nice_ticks(3, 3, 5).empty());
    CHECK(tools::nice_ticks(4, 3, 5).empty());
}
