#include "models/outsiders.hpp"

#include <cstdint>
#include <vector>

#include "models/demography.hpp"
#include "models/tables.hpp"
#include "models/world.hpp"

namespace models {

void succeed_outsiders(World& world, sim::Month month) {
    const auto& tables = world.tables->demography;
    const auto births = births_that_reach_pension(tables, month);
    std::vector<Row> left;
    for (int birth = births.first; birth <= births.last; ++birth)
        for (const Row row : world.born_in(birth))
            if ((world.persons.risk[row] & risk::outsider) != 0) left.push_back(row);
    if (left.empty()) return;
    const auto& profile = tables.profile[index_of(Arrival::within_nl)];
    Row row = world.append_persons(left.size());
    auto& persons = world.persons;
    for (const Row predecessor : left) {
        const sim::Draw traits = world.random.draw({succession_info.key, sim::person(predecessor), month, 0});
        const sim::Draw age = world.random.draw({succession_info.key, sim::person(predecessor), month, 1});
        persons.birth[row] = static_cast<std::uint16_t>(month.number() - 18 * 12 - static_cast<int>(age.uniform(0) * 10 * 12));
        persons.region[row] = persons.region[predecessor];
        Person& p = persons.record[row];
        p = Person{};
        p.municipality = persons.record[predecessor].municipality;
        p.since = stored(month);
        p.sex = traits.uniform(0) < men_outside ? Sex::men : Sex::women;
        p.education = static_cast<Education>(pick_share(profile.education.data(), static_cast<int>(profile.education.size()), traits.uniform(1)));
        if (p.education != Education::low && p.education != Education::havo_vwo) p.field = field_of_newcomer(p.sex, profile, traits.uniform(2));
        world.refresh(row);
        ++row;
    }
}

}  // namespace models
