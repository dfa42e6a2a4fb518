#include <numeric>

#include <catch2/catch.hpp>

#include "models/demand.hpp"
#include "regions/readers.hpp"

namespace {

models::Tables read() {
    regions::DataFolder data(regions::shipped_data());
    models::Tables tables;
    regions::read_demand(data, regions::all_regions(), tables);
    regions::read_wages(data, regions::all_regions(), tables);
    return tables;
}

}  // namespace

TEST_CASE("demand is constant in 2020, 1 in January 2021 and follows jobs and vacancies of the nation after that", "[regions][unit]") {
    const auto tables = read();
    const auto& t = tables.demand;
    for (std::size_t s = 0; s < models::sectors; ++s) {
        const auto sector = static_cast<models::Sector>(s);
        for (int month = 1; month <= 12; ++month) CHECK(models::growth(t, sector, sim::Month::of(2020, month)) == 1);
        CHECK(models::growth(t, sector, sim::Month::of(2021, 1)) == 1);
        CHECK(models::growth(t, sector, sim::Month::of(2030, 12)) > models::growth(t, sector, sim::Month::of(2024, 1)));
    }
    // Employees 7.81 million in 2021 and 8.01 in 2022 (observed) and vacancies from 225,000 to 464,000, with the openings that have none: about 8 %.
    const auto& row = t.growth[static_cast<std::size_t>(sim::Month::of(2022, 6) - t.first_month)];
    CHECK(std::accumulate(row.begin(), row.end(), 0.0) / models::sectors == Approx(1.08).margin(0.02));
    CHECK(row[models::index_of(models::Sector::hospitality)] > row[models::index_of(models::Sector::industry)]);
    CHECK(t.peak_factor == Approx(463.7 / 225.4).epsilon(0.01));
}

TEST_CASE("national tightness nearly triples from January 2021 to the middle of 2022", "[regions][unit]") {
    const auto tables = read();
    const auto& t = tables.demand;
    const auto at = [&](int year, int month) { return t.tightness[static_cast<std::size_t>(sim::Month::of(year, month) - t.first_month)]; };
    CHECK(at(2020, 6) == 1);
    CHECK(at(2021, 1) == 1);
    CHECK(at(2022, 6) > 2.5);
    CHECK(at(2022, 6) < 3.2);
    CHECK(at(2022, 6) > at(2023, 12));
}

TEST_CASE("rates of openings, births and closures are plausible for every occupation and sector", "[regions][unit]") {
    const auto tables = read();
    const auto& t = tables.demand;
    for (std::size_t o = 0; o < models::occupations; ++o) {
        CHECK(t.direct_share[o] >= 0.2);
        CHECK(t.direct_share[o] <= 0.8);
        CHECK(t.vacancy_rate[o] > 0.01);
        CHECK(t.vacancy_rate[o] < 0.06);
    }
    for (std::size_t s = 0; s < models::sectors; ++s) {
        CHECK(t.lifecycle.birth_rate[s] <= 0.1);
        for (std::size_t size = 1; size < 4; ++size) CHECK(t.lifecycle.closure_rate[s][size] <= t.lifecycle.closure_rate[s][size - 1]);
        // closure_bound of models/employers_lifecycle.cpp at the highest factor on closures
        CHECK(t.lifecycle.closure_rate[s][0] * 3 < 0.306);
    }
    CHECK(t.lifecycle.fossil_loss.size() == regions::all_regions().size());
    CHECK(t.lifecycle.fossil_loss[1] == Approx(2024.0 / 9200));  // Tata Steel, IJmond
}

TEST_CASE("wages of 2022 stand at the contract-wage level of January 2021", "[regions][unit]") {
    const auto tables = read();
    const auto& t = tables.wages;
    const auto at = [&](int year, int month) { return t.contract_wage[static_cast<std::size_t>(sim::Month::of(year, month) - t.first_month)][0]; };
    CHECK(at(2021, 1) == 1);
    CHECK(at(2022, 1) == Approx(1.021));
    CHECK(at(2023, 1) == Approx(1.021 * 1.033));
    CHECK(t.prices[static_cast<std::size_t>(sim::Month::of(2023, 1) - t.first_month)] == Approx(1.027 * 1.1));
    CHECK(t.median[8] == Approx(30.1 / 1.0371).epsilon(0.002));  // 081: 30.10 euro in 2022
    for (std::size_t o = 0; o < models::occupations; ++o) {
        CHECK(t.lower_quartile[o] < t.median[o]);
        CHECK(t.median[o] < t.upper_quartile[o]);
    }
    CHECK(t.youth_minimum[0] < t.youth_minimum[6]);
}
