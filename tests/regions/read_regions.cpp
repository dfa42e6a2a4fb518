#include <catch2/catch.hpp>

#include "regions/readers.hpp"
#include "regions/tables.hpp"
#include "sim/error.hpp"

TEST_CASE("the seven regions have their municipalities and inhabitants", "[regions][unit]") {
    regions::DataFolder data(regions::shipped_data());
    models::Tables tables;
    regions::read_regions(data, regions::all_regions(), tables);
    const auto& t = tables.regions;
    REQUIRE(t.count() == 7);
    CHECK(t.names.front() == "Groningen/Emmen");
    CHECK(t.codes.front() == "CR01+CR02+CR03+GM0114");
    CHECK(t.codes.back() == "CR36");
    REQUIRE(t.first_municipality.size() == 8);
    for (int r = 0; r < 7; ++r) {
        double people = 0;
        for (int m = t.first_municipality[static_cast<std::size_t>(r)]; m < t.first_municipality[static_cast<std::size_t>(r) + 1]; ++m) {
            CHECK(t.municipalities[static_cast<std::size_t>(m)].region == r);
            people += t.municipalities[static_cast<std::size_t>(m)].population;
        }
        CHECK(people == Approx(data.value("regions", t.names[static_cast<std::size_t>(r)], "population_1jan", "total", "2021")));
    }
}

TEST_CASE("travel times are shortest paths between the regions", "[regions][unit]") {
    regions::DataFolder data(regions::shipped_data());
    models::Tables tables;
    regions::read_regions(data, regions::all_regions(), tables);
    const auto& t = tables.regions;
    const int rotterdam = 2, breda = 3, zeeland = 4, rest = 7, abroad = 8;
    CHECK(t.travel_minutes(rotterdam, breda) == 46);  // one town each: the row of the table
    CHECK(t.travel_minutes(rotterdam, rotterdam) == 30);
    CHECK(t.travel_minutes(zeeland, abroad) == 38);         // Gent
    CHECK(t.travel_minutes(rotterdam, rest) == 22);         // Delft is nearer than Dordrecht
    CHECK(t.travel_minutes(rotterdam, abroad) == 46 + 50);  // over Breda to Antwerp
    for (int a = 0; a < 9; ++a)
        for (int b = 0; b < 9; ++b) CHECK(t.travel_minutes(a, b) == t.travel_minutes(b, a));
}

TEST_CASE("a region that does not run is part of the rest of the country", "[regions][unit]") {
    regions::DataFolder data(regions::shipped_data());
    models::Tables tables;
    regions::read_regions(data, {"West-Noord-Brabant"}, tables);
    REQUIRE(tables.regions.count() == 1);
    CHECK(tables.regions.travel_minutes(0, 1) == 29);  // Tilburg is nearer than Rotterdam
    CHECK(tables.regions.travel_minutes(0, 2) == 50);
}

TEST_CASE("occupations are joined by retraining", "[regions][unit]") {
    regions::DataFolder data(regions::shipped_data());
    const auto routes = regions::read_occupations(data).routes();
    for (models::Occupation from = 0; from < models::occupations; ++from)
        for (models::Occupation to = 0; to < models::occupations; ++to) {
            CHECK(routes.months(from, to) < 60);
            CHECK((routes.months(from, to) == 0) == (from == to));
        }
    const models::Occupation mechanic = 3, electrician = 5, driver = 19;
    CHECK(routes.months(mechanic, electrician) == 9);
    CHECK(routes.months(driver, electrician) == 12);  // over mechanic, nearer than the direct course of 24 months
    CHECK(routes.euro(driver, electrician) == 5000 + 8000);
}

TEST_CASE("an unknown region or scale is refused", "[regions][unit]") {
    CHECK_THROWS_WITH(regions::read_tables(regions::shipped_data(), {"Brainpor"}, 1.0),
                      Catch::Contains("region 'Brainpor' is unknown (known: Groningen/Emmen"));
    CHECK_THROWS_AS(regions::read_tables(regions::shipped_data(), {}, 0.0), sim::InputError);
    CHECK_THROWS_AS(regions::read_tables(regions::shipped_data(), {}, 2.0), sim::InputError);
}
