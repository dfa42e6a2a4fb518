#include <catch2/catch.hpp>

#include "regions/readers.hpp"

namespace {

models::Tables read(const std::vector<std::string>& names) {
    regions::DataFolder data(regions::shipped_data());
    models::Tables tables;
    regions::read_regions(data, names, tables);
    regions::read_demography(data, names, tables);
    regions::read_separations(data, names, tables);
    return tables;
}

}  // namespace

TEST_CASE("net migration of 2021 to 2023 is that of the table in every region", "[regions][unit]") {
    regions::DataFolder data(regions::shipped_data());
    const auto& names = regions::all_regions();
    const auto tables = read(names);
    const auto& t = tables.demography;
    for (int year = 2021; year <= 2023; ++year)
        for (int r = 0; r < 7; ++r) {
            const auto people = [&](int region) {
                return data.value("population", names[static_cast<std::size_t>(region)], "population_1jan", "total", std::to_string(year));
            };
            const auto place = [&](int region) { return static_cast<std::size_t>(t.place(region, sim::Month::of(year, 7))); };
            double net = t.moves_in[place(r)] + t.immigration[place(r)] - (t.move_rate[place(r)] + t.emigration_rate[place(r)]) * people(r);
            for (int from = 0; from < 7; ++from) net += t.move_rate[place(from)] * people(from) * t.destination[static_cast<std::size_t>(from * 7 + r)];
            const double observed = data.value("population", names[static_cast<std::size_t>(r)], "net_migration_incl_admin", "total", std::to_string(year));
            // Moves between the regions are subtracted at the inhabitants of 2021, so later years are off by their growth.
            CHECK(std::abs(net - observed) < 1 + 0.05 * t.moves_in[place(r)] * (year - 2021) / 2);
        }
}

TEST_CASE("deaths of 2021 and 2023 come out at the national figure within two percent", "[regions][unit]") {
    regions::DataFolder data(regions::shipped_data());
    const auto tables = read(regions::all_regions());
    const auto& t = tables.demography;
    for (const int year : {2021, 2023}) {
        double expected = 0, observed = 0;
        for (int r = 0; r < 7; ++r) {
            const auto& name = regions::all_regions()[static_cast<std::size_t>(r)];
            double here = 0;
            for (int g = 0; g < models::five_year_groups; ++g) {
                const std::string age = g == 19 ? "95+" : std::to_string(5 * g) + "-" + std::to_string(5 * g + 4);
                here +=
                    t.death_rate[0][static_cast<std::size_t>(g)] * data.value("population", name, "population_1jan_age5", "age=" + age + ";sex=male", "2021");
                here +=
                    t.death_rate[1][static_cast<std::size_t>(g)] * data.value("population", name, "population_1jan_age5", "age=" + age + ";sex=female", "2021");
            }
            expected += here * t.mortality[static_cast<std::size_t>(t.place(r, sim::Month::of(year, 7)))] * std::pow(1.018, year + 0.5 - 2021);
            observed += data.value("population", name, "deaths", "total", std::to_string(year));
        }
        CHECK(expected == Approx(observed).epsilon(0.02));
    }
}

TEST_CASE("the move profile has mean one and births follow the table, then the stated path", "[regions][unit]") {
    const auto tables = read({"Brainport"});
    const auto& t = tables.demography;
    CHECK(t.births[static_cast<std::size_t>(t.place(0, sim::Month::of(2022, 3)))] == 7211);
    CHECK(t.births[static_cast<std::size_t>(t.place(0, sim::Month::of(2025, 3)))] == Approx(7132 * 1.01 * 1.01));
    CHECK(t.destination == std::vector<double>{0.0});
    CHECK(models::pension_age_months(t, sim::Month::of(2021, 1)) == 66 * 12 + 4);
    CHECK(models::pension_age_months(t, sim::Month::of(2024, 1)) == 67 * 12);
    CHECK(models::pension_age_months(t, sim::Month::of(2028, 1)) == 67 * 12 + 3);
    CHECK(models::pension_age_months(t, sim::Month::of(2035, 1)) == 67 * 12 + 3);
}

TEST_CASE("separations rest on the survey's transitions", "[regions][unit]") {
    const auto tables = read({"Brainport"});
    const auto& t = tables.separations;
    // Per month, from 0.2446 and 0.0385 a quarter, freed from moves there and back; the second is carried by the inactive alone, 0.45 of those outside.
    CHECK(t.give_up == Approx(0.1134).epsilon(0.01));
    CHECK(t.start_looking == Approx(0.0180 / 0.45).epsilon(0.01));
    CHECK(t.leave_permanent > 0.003);
    CHECK(t.leave_permanent < 0.004);
    CHECK(t.leave_flexible > 0.020);
    CHECK(t.leave_flexible < 0.030);
    CHECK(t.retirement[66] > t.retirement[60]);
    CHECK(t.leave_technical_young == 0.005);
}
