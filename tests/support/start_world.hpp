#pragma once
/// Start populations of shipped regions, for tests.

#include <cstring>
#include <string>
#include <vector>

#include "models/parameters.hpp"
#include "models/tables.hpp"
#include "models/world.hpp"
#include "regions/data_folder.hpp"
#include "regions/start_tables.hpp"
#include "regions/synthesis.hpp"
#include "regions/tables.hpp"
#include "sim/parallel.hpp"

namespace tests {

/// The tables of some regions at a scale, and the start population that they give.
struct StartWorld {
    models::Tables tables;
    regions::StartTables start;
    models::Parameters parameters;
    regions::StartOptions options;

    explicit StartWorld(std::vector<std::string> names, double scale = 1.0, bool spin_up = false)
        : tables(regions::read_tables(regions::shipped_data(), names, scale)) {
        regions::DataFolder data(regions::shipped_data());
        start = regions::read_start_tables(data, tables);
        options.scale = scale;
        options.spin_up = spin_up;
    }
    [[nodiscard]] models::World world(int threads = 2) const {
        models::World world;
        sim::Threads arena(threads);
        arena.run([&] { world = regions::synthesise(tables, start, parameters, options); });
        return world;
    }
};

/// Whether two worlds hold the same bytes of persons, employers, posts, slots and schools.
inline bool same_world(const models::World& a, const models::World& b) {
    auto same = [](const auto& x, const auto& y) { return x.size() == y.size() && std::memcmp(x.data(), y.data(), x.size() * sizeof(x[0])) == 0; };
    return same(a.persons.record, b.persons.record) && same(a.persons.post, b.persons.post) && same(a.persons.birth, b.persons.birth) &&
           same(a.persons.region, b.persons.region) && same(a.persons.risk, b.persons.risk) && same(a.employers.post, b.employers.post) &&
           same(a.vacancies.slot, b.vacancies.slot) && a.employers.size() == b.employers.size() && a.schools.school.size() == b.schools.school.size();
}

}  // namespace tests
