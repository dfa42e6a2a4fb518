#include "models/outsiders.hpp"

#include <catch2/catch.hpp>

#include "models/demography.hpp"
#include "tests/support/statistics.hpp"
#include "tests/support/toy_world.hpp"

namespace {

using namespace models;

/// People of one region's boundary, ages spread over the months before a state pension age of 67 years; every second one abroad.
struct Boundary : tests::ToyWorld {
    explicit Boundary(std::size_t people) : ToyWorld(people) {
        tables.demography.first_year = 2023;
        tables.demography.years = 1;
        tables.demography.pension_age.push_back(67 * 12);
        auto& profile = tables.demography.profile[index_of(Arrival::within_nl)];
        profile.education = {0, 0, 0.5, 0, 0.5};
        profile.technical = 0.2;
        for (Row row = 0; row < people; ++row) {
            world.persons.birth[row] = static_cast<std::uint16_t>(world.month.number() - 67 * 12 + static_cast<int>(row % 24));
            world.persons.region[row] = row % 2 == 0 ? world.rest_nl() : world.abroad();
            world.persons.record[row].status = LabourStatus::outside;
            world.refresh(row);
        }
        world.births.update(world.persons);
    }
};

std::size_t of_working_age(const World& world) {
    std::size_t n = 0;
    for (Row row = 0; row < world.persons.size(); ++row) n += (world.persons.risk[row] & risk::outsider) != 0 && world.age_in_months(row) < 67 * 12;
    return n;
}

}  // namespace

TEST_CASE("who reaches the state pension age outside is succeeded, so that the number outside stays", "[models][unit]") {
    Boundary boundary(2400);
    auto& world = boundary.world;
    const std::size_t before = of_working_age(world);
    for (int m = 0; m < 18; ++m) {
        world.month = world.month + 1;
        succeed_outsiders(world, world.month);
        CHECK(of_working_age(world) == before);
    }
    CHECK(world.persons.size() == 2400 + 18 * 100);
    // 18 to 27 years old on arrival, of the same home, without a job.
    for (Row row = 2400; row < world.persons.size(); ++row) {
        CHECK(world.persons.region[row] >= world.rest_nl());
        CHECK(world.age_in_months(row) < 30 * 12);
        CHECK(world.age_in_months(row) >= 18 * 12);
        CHECK(world.persons.post[row] == no_post);
        CHECK((world.persons.record[row].education == Education::low) == false);
    }
}

TEST_CASE("nobody is succeeded while the state pension age rises", "[models][unit]") {
    Boundary boundary(240);
    auto& tables = boundary.tables.demography;
    tables.years = 2;
    tables.pension_age = {67 * 12, 67 * 12 + 3};
    auto& world = boundary.world;
    for (world.month = sim::Month::of(2024, 1); world.month < sim::Month::of(2024, 6); world.month = world.month + 1) {
        const auto rows = world.persons.size();
        succeed_outsiders(world, world.month);
        CHECK((world.persons.size() == rows) == (world.month.month_of_year() <= 3));
    }
}
