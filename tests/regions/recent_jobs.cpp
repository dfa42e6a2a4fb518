/// Jobs of the young that began within the year before the start (regions/synthesis_recent_jobs.cpp), and contracts by tenure.

#include <cmath>
#include <cstring>

#include <catch2/catch.hpp>

#include "regions/start_contracts.hpp"
#include "tests/support/start_world.hpp"
#include "tests/support/statistics.hpp"

using models::Contract;

TEST_CASE("jobs of the young begin within the year in the shares of the table, and nothing else changes", "[regions][statistical]") {
    tests::StartWorld start({"IJmond"}, 1.0, true);
    const auto shares = start.start.recent_jobs;
    start.start.recent_jobs = {};
    const auto without = start.world();
    start.start.recent_jobs = shares;
    const auto with = start.world();
    REQUIRE(without.persons.size() == with.persons.size());
    std::array<std::array<int, 2>, 2> could{}, began{};
    std::array<int, 12> by_month{};
    int others = 0, temporary = 0;
    for (models::Row row = 0; row < with.persons.size(); ++row) {
        const auto& before = without.persons.record[row];
        const auto& after = with.persons.record[row];
        const int age = with.age(row);
        const bool job = without.persons.post[row] != models::no_post && before.contract != Contract::bbl && without.resident(row);
        if (!job || age < 15 || age > regions::last_recent_age || models::months_since(before.since, with.month) < 12) {
            others += std::memcmp(&before, &after, sizeof before) != 0 || without.persons.post[row] != with.persons.post[row];
            continue;
        }
        const std::size_t a = age < 25 ? 0 : 1, k = before.contract == Contract::side_job ? 1 : 0;
        ++could[a][k];
        const int months = models::months_since(after.since, with.month);
        if (months >= 12) {
            others += std::memcmp(&before, &after, sizeof before) != 0;
            continue;
        }
        ++began[a][k];
        ++by_month[static_cast<std::size_t>(months)];
        if (k == 1) {
            others += after.contract != Contract::side_job;
            continue;
        }
        temporary += after.contract == Contract::temporary;
        others += after.contract == Contract::temporary ? after.ends <= with.month.number() : after.contract != Contract::permanent || after.ends != 0;
    }
    CHECK(others == 0);
    int all = 0;
    for (std::size_t a = 0; a < 2; ++a)
        for (std::size_t k = 0; k < 2; ++k) {
            CAPTURE(a, k, could[a][k], began[a][k]);
            REQUIRE(could[a][k] > 300);
            const double expected = could[a][k] * shares[a][k];
            CHECK(std::abs(began[a][k] - expected) < tests::two_sided_deviate() * std::sqrt(expected * (1 - shares[a][k])));
            all += began[a][k];
        }
    for (const int n : by_month) CHECK(std::abs(n - all / 12.0) < tests::two_sided_deviate() * std::sqrt(all / 12.0));
    // Between the shares that the oldest and the youngest of these jobs have.
    const int main_jobs = began[0][0] + began[1][0];
    CHECK(temporary > 0.5 * main_jobs);
    CHECK(temporary < main_jobs);
}

TEST_CASE("temporary contracts become fewer with tenure, agencies have no others at first, and all end within two years", "[regions][unit]") {
    const tests::StartWorld start({"IJmond"}, 0.01);
    const regions::synthesis::StartContracts contracts(start.tables.search, start.parameters.separations);
    for (const int age : {18, 30, 50})
        for (int months = 1; months < 120; ++months) {
            CHECK(contracts.temporary(age, months, false) <= contracts.temporary(age, months - 1, false));
            CHECK(contracts.temporary(age, months, true) >= contracts.temporary(age, months, false));
        }
    CHECK(contracts.temporary(30, 3, true) == 1.0);
    CHECK(contracts.temporary(30, 3, false) < 1.0);
    for (const double u : {1e-6, 0.3, 0.7, 1 - 1e-6}) {
        CHECK(contracts.remaining(u) >= 1);
        CHECK(contracts.remaining(u) <= 24);
    }
    CHECK(contracts.remaining(0.9) > contracts.remaining(0.1));
}
