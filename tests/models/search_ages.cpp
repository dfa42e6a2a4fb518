#include "models/search_ages.hpp"

#include <utility>

#include <catch2/catch.hpp>

TEST_CASE("an age belongs to the group that began last", "[models][unit]") {
    for (const auto& [age, group] :
         {std::pair(13, 0), {15, 0}, {19, 0}, {20, 1}, {24, 1}, {25, 2}, {34, 2}, {35, 3}, {44, 3}, {45, 4}, {54, 4}, {55, 5}, {75, 5}}) {
        INFO(age);
        CHECK(models::search_age_of(age) == static_cast<std::size_t>(group));
    }
}
