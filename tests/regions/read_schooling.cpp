#include <catch2/catch.hpp>
#include <numeric>

#include "models/progress.hpp"
#include "models/study_stock.hpp"
#include "regions/readers.hpp"

using namespace models;

namespace {

Tables read(const std::vector<std::string>& names) {
    regions::DataFolder data(regions::shipped_data());
    Tables tables;
    regions::read_schooling(data, names, tables);
    return tables;
}

}  // namespace

TEST_CASE("shares of education add up", "[regions][unit]") {
    const auto t = read(regions::all_regions()).schooling;
    REQUIRE(t.vmbo_share.size() == regions::all_regions().size());
    for (const auto& next : t.next) CHECK(std::accumulate(next.begin(), next.end(), 0.0) == Approx(1.0));
    for (const auto& passage : t.fields)
        for (const auto& sex : passage)
            for (const auto& fields : sex) {
                CHECK(std::accumulate(fields.begin(), fields.end(), 0.0) == Approx(1.0));
                for (const double share : fields) CHECK(share >= 0);
            }
    for (int track = 0; track < tracks; ++track)
        for (const int years : {0, 1})
            for (const Sex sex : {Sex::men, Sex::women})
                for (const Field field : {Field::technical, Field::ict, Field::other})
                    CHECK(dropout_probability(static_cast<Track>(track), years, field, sex, t, {}).value() < dropout_bound);
}

TEST_CASE("technical profiles stand to the nation's 19 percent as a region's exam candidates do", "[regions][unit]") {
    const auto& names = regions::all_regions();
    const auto t = read(names).schooling;
    const auto share = [&](std::size_t region) { return (t.vmbo_technical[region][0] + t.vmbo_technical[region][1]) / 2; };
    CHECK(share(0) == Approx(0.19 * 0.257466 / 0.210281).epsilon(1e-4));  // Groningen/Emmen
    CHECK(share(6) == Approx(0.19 * 0.327237 / 0.210281).epsilon(1e-4));  // Brainport
    CHECK(share(4) == Approx(0.19 * 0.26 / 0.20).epsilon(1e-4));          // Zeeuws-Vlaanderen, by judgement
    CHECK(t.vmbo_technical_national.back() / t.vmbo_technical_national.front() == Approx(0.203 / 0.19));
}

TEST_CASE("a region reads the same alone as among others", "[regions][property]") {
    const auto all = read(regions::all_regions()).schooling, alone = read({"Brainport"}).schooling;
    CHECK(alone.vmbo_share[0] == all.vmbo_share[6]);
    CHECK(alone.vmbo_technical[0] == all.vmbo_technical[6]);
    CHECK(alone.fields == all.fields);
    CHECK(alone.diploma == all.diploma);
}

TEST_CASE("flows of the tables keep about the nation's number of students", "[regions][unit]") {
    auto t = read({"Groningen/Emmen"}).schooling;
    t.vmbo_share = {0.489};
    t.vmbo_technical = {{2 * 0.19 * 0.866, 2 * 0.19 * 0.134}};
    std::array<double, tracks> stock{};
    for (const Sex sex : {Sex::men, Sex::women}) {
        const StudyShares shares(t, {}, 0, sex);
        // Birth cohorts of 2021: about 190 thousand of 12-15, 203 of 16-19, 215 of 20 and over (population.csv).
        for (int c = 0; c < study_cohorts; ++c)
            for (int k = 0; k < tracks; ++k)
                stock[static_cast<std::size_t>(k)] += shares.in_track(c, static_cast<Track>(k)) * (c < 4 ? 95e3 : c < 8 ? 101.5e3 : 107.5e3);
    }
    CHECK(stock[index_of(Track::mbo_bol)] == Approx(347'500).epsilon(0.07));  // 2022/23
    CHECK(stock[index_of(Track::hbo)] == Approx(475'000).epsilon(0.07));      // 2021-2023
    CHECK(stock[index_of(Track::wo)] == Approx(341'800).epsilon(0.07));       // 2023/24
    CHECK(stock[index_of(Track::mbo_bbl)] == Approx(72'000).epsilon(0.15));   // under 23 in 2022/23; those of 25 and over are side entrants
}
