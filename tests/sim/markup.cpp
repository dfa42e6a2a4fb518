#include "sim/markup.hpp"

#include <catch2/catch.hpp>

TEST_CASE("what would be markup is written as entities, all else stays", "[sim][unit]") {
    CHECK(sim::escaped("a < b & c > d") == "a &lt; b &amp; c &gt; d");
    CHECK(sim::escaped("&lt;") == "&amp;lt;");
    CHECK(sim::escaped("één \"woord\"") == "één \"woord\"");
    CHECK(sim::escaped("").empty());
}
