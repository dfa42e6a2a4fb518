#include <catch2/catch.hpp>

#include "regions/readers.hpp"

using models::Barrier;
using models::index_of;
using models::SizeClass;

namespace {

models::InnovationTables read(const std::vector<std::string>& regions) {
    regions::DataFolder data(regions::shipped_data());
    models::Tables tables;
    regions::read_innovation(data, regions, tables);
    return tables.innovation;
}

}  // namespace

TEST_CASE("larger employers have innovated more often and meet lower barriers", "[regions][unit]") {
    const auto t = read(regions::all_regions());
    for (std::size_t z = 1; z < models::size_classes; ++z) {
        for (std::size_t s = 0; s < models::sectors; ++s) CHECK(t.share[s][z] > t.share[s][z - 1]);
        for (std::size_t b = 0; b < models::barriers; ++b) CHECK(t.passable[b][z] > t.passable[b][z - 1]);
    }
    // The barriers together stand in the ratio of the shares of the survey: 0.24 of small and 0.5 of large employers.
    const auto all = [&](SizeClass size) {
        double product = 1;
        for (std::size_t b = 0; b < models::barriers; ++b) product *= t.passable[b][index_of(size)];
        return product;
    };
    CHECK(all(SizeClass::small) / all(SizeClass::large) == Approx(0.24 / 0.5).epsilon(0.01));
    CHECK(all(SizeClass::micro) / all(SizeClass::large) == Approx(0.14 / 0.5).epsilon(0.01));
}

TEST_CASE("manufacturers of 10 and more have innovated as often as the survey says", "[regions][unit]") {
    const auto t = read(regions::all_regions());
    const auto& share = t.share[index_of(models::Sector::industry)];
    CHECK(share[index_of(SizeClass::small)] == Approx(0.32).epsilon(0.03));
    CHECK(share[index_of(SizeClass::medium)] == Approx(0.52).epsilon(0.03));
}

TEST_CASE("a full dose of each action line lifts the hazard of a small employer as its evidence says", "[regions][unit]") {
    const auto t = read(regions::all_regions());
    models::InnovationParameters p;
    p.information = p.regional_support = 1;
    const sim::Month month = sim::Month::of(2025, 1);
    const auto information = models::lowered_barriers(p, month, false, false);
    CHECK(models::opening(t, SizeClass::small, information) == Approx(1.1).epsilon(0.01));
    p.information = 0;
    CHECK(models::opening(t, SizeClass::small, models::lowered_barriers(p, month, true, false)) == Approx(1.5).epsilon(0.01));
}

TEST_CASE("tracks reach employers of Zeeuws-Vlaanderen alone", "[regions][unit]") {
    const auto t = read({"IJmond", "Zeeuws-Vlaanderen"});
    REQUIRE(t.tracks_reach.size() == 2);
    CHECK(t.tracks_reach[0] == 0);
    CHECK(t.tracks_reach[1] > 0);
}
