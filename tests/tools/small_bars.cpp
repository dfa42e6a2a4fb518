#include "tools/small_bars.hpp"

#include <catch2/catch.hpp>

TEST_CASE("small bars rise with the values and leave out what is missing", "[tools][unit]") {
    CHECK(tools::small_bars({0, 1, 2, 3, 4, 5, 6}) == "▁▂▃▄▅▆▇");
    CHECK(tools::small_bars({1, NAN, 3}) == "▁ ▇");
    CHECK(tools::small_bars({NAN, NAN}) == "  ");
    CHECK(tools::small_bars({}).empty());
}

TEST_CASE("small bars of a figure that hardly moves hardly differ", "[tools][unit]") {
    CHECK(tools::small_bars({1000, 1001, 999}) == tools::small_bars({5, 5, 5}));
    CHECK(tools::small_bars({0, 0}) == "▄▄");
}
