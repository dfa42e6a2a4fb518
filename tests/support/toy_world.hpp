#pragma once
/// One region, one employer and as many people as a test asks for: for the laws of single processes.

#include <cstdint>

#include "models/parameters.hpp"
#include "models/tables.hpp"
#include "models/world.hpp"

namespace tests {

/// Tables and parameters outlive the world. No demand path, no wages: staff is never above what is desired.
class ToyWorld {
public:
    explicit ToyWorld(std::size_t people, int age = 35, std::uint64_t seed = 1, int regions = 1) {
        using namespace models;
        for (int r = 0; r < regions; ++r) {
            tables.regions.names.push_back("Region " + std::to_string(r));
            tables.regions.municipalities.push_back({"Town " + std::to_string(r), r, 1000.0 + r});
            tables.regions.first_municipality.push_back(r);
        }
        tables.regions.first_municipality.push_back(regions);
        world.tables = &tables;
        world.parameters = &parameters;
        world.regions = regions;
        world.random = sim::Random(seed, 0);
        world.month = sim::Month::of(2023, 1);
        world.market.contract_wage.fill(1.0);
        Employer employer;
        employer.posts = 1;
        world.employers.employer.push_back(employer);
        Post post;
        post.occupation = 12;
        post.desired = 2.0F * static_cast<float>(people) + 10;
        world.employers.post.push_back(post);
        world.append_persons(people);
        for (Row row = 0; row < people; ++row) {
            world.persons.birth[row] = static_cast<std::uint16_t>(world.month.number() - age * 12 - static_cast<int>(row % 12));
            world.persons.region[row] = static_cast<std::uint8_t>(row % static_cast<std::size_t>(regions));
            world.persons.record[row].sex = static_cast<Sex>(row / 2 % 2);
            world.persons.record[row].status = LabourStatus::inactive;
            world.persons.record[row].since = static_cast<StoredMonth>(world.month.number() - 60);
            world.refresh(row);
        }
        // Demand stays where it is.
        tables.demand.first_month = world.month;
        std::array<double, sectors> ones;
        ones.fill(1.0);
        tables.demand.growth.push_back(ones);
    }
    /// Gives a person the job (at any time outside a step).
    void employ(models::Row row, models::Contract contract = models::Contract::permanent, models::StoredMonth ends = 0) {
        using namespace models;
        Person& p = world.persons.record[row];
        p.status = LabourStatus::employed;
        p.contract = contract;
        p.ends = ends;
        p.occupation = world.employers.post[0].occupation;
        p.hours = 36;
        world.persons.post[row] = 0;
        ++world.employers.post[0].staff;
        if (ends != 0) world.contract_ends.note(ends, row);
        world.refresh(row);
    }
    [[nodiscard]] std::size_t count(models::LabourStatus status) const {
        std::size_t n = 0;
        for (models::Row row = 0; row < world.persons.size(); ++row)
            n += world.persons.region[row] < world.regions && world.persons.record[row].status == status;
        return n;
    }

    models::Tables tables;
    models::Parameters parameters;
    models::World world;
};

}  // namespace tests
