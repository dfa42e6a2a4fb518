#include <catch2/catch.hpp>
#include <cstddef>
#include <limits>

#include "models/occupation_graph.hpp"
#include "models/travel_graph.hpp"
#include "sim/error.hpp"

TEST_CASE("the shortest path wins over the direct road", "[models][unit]") {
    models::TravelGraph graph;
    const int a = graph.add_town("A", 0), b = graph.add_town("B", 1), c = graph.add_town("C", 1), out = graph.add_town("Out", 2),
              far = graph.add_town("Far", 3);
    graph.add_road(a, b, 50);
    graph.add_road(a, c, 20);
    graph.add_road(c, b, 10);
    graph.add_road(b, out, 5);
    graph.add_road(c, out, 40);
    graph.add_road(out, far, 7);
    CHECK(graph.minutes_from(a)[static_cast<std::size_t>(b)] == 30);
    const auto minutes = models::region_minutes(graph, 2, {28, 29, 30, 31});
    CHECK(minutes[0 * 4 + 0] == 28);
    CHECK(minutes[0 * 4 + 1] == 25);  // mean of A-B 30 and A-C 20
    CHECK(minutes[0 * 4 + 2] == 35);  // to the nearest town outside
    CHECK(minutes[1 * 4 + 2] == 10);  // mean of B-Out 5 and C-Out 15
    CHECK(minutes[2 * 4 + 3] == 7);
    CHECK(graph.find("C") == c);
    CHECK(graph.find("D") == -1);
    CHECK_THROWS_AS(graph.add_road(a, b, 0), sim::InputError);
    (void)far;
}

TEST_CASE("regions without a road between them are refused", "[models][unit]") {
    models::TravelGraph graph;
    graph.add_town("A", 0);
    graph.add_town("B", 1);
    CHECK_THROWS_AS(models::region_minutes(graph, 2, {1, 1}), sim::InputError);
}

TEST_CASE("retraining routes add up months and euro along the shortest path", "[models][unit]") {
    models::OccupationGraph graph;
    graph.add_step(0, 1, {10, 100});
    graph.add_step(0, 2, {3, 500});
    graph.add_step(2, 1, {4, 600});
    const auto routes = graph.routes();
    CHECK(routes.months(0, 1) == 7);
    CHECK(routes.euro(0, 1) == 1100);
    CHECK(routes.months(1, 0) == std::numeric_limits<double>::infinity());  // steps go one way
    CHECK(routes.months(5, 5) == 0);
    CHECK_THROWS_AS(graph.add_step(0, 1, {-1, 0}), sim::InputError);
}
