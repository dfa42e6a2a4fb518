/// Jobs that began within the year before the start with schooling and demography, which the months of spin-up do not know: those of who left school, students'
/// side jobs, who came to live here. Spin-up fills jobs by search alone, so that too few of the young would have had theirs for less than a year.

#include "regions/start_contracts.hpp"
#include "regions/synthesis_parts.hpp"
#include "sim/parallel.hpp"

namespace regions::synthesis {

void begin_recent_jobs(Build& build) {
    auto& world = build.world;
    auto& persons = world.persons;
    const auto& share = build.start.recent_jobs;
    const StartContracts contracts(build.tables.search, world.parameters->separations);
    sim::for_each_block(persons.size(), [&](sim::Block b) {
        for (sim::Row row = b.begin; row < b.end; ++row) {
            const int age = (build.now.number() - persons.birth[row]) / 12;
            if (age < first_working_age || age > last_recent_age || persons.post[row] == models::no_post || !world.resident(row)) continue;
            models::Person& p = persons.record[row];
            if (p.contract == models::Contract::bbl || models::months_since(p.since, build.now) < 12) continue;
            const bool side_job = p.contract == models::Contract::side_job;
            const sim::Draw draw = build.random.draw({key_recent_jobs, sim::person(row), sim::Month(0), 0});
            if (draw.uniform(0) >= share[age < 25 ? 0 : 1][side_job ? 1 : 0]) continue;
            const int months = static_cast<int>(draw.uniform(1) * 12);
            p.since = models::stored(build.now - months);
            if (side_job) continue;
            const bool agency = world.employer_of(persons.post[row]).sector == models::Sector::agency_work;
            if (draw.uniform(2) < contracts.temporary(age, months, agency)) {
                p.contract = models::Contract::temporary;
                p.ends = models::stored(build.now + contracts.remaining(draw.uniform(3)));
            } else {
                p.contract = models::Contract::permanent;
                p.ends = 0;
            }
        }
    });
    world.rebuild_diary();
}

}  // namespace regions::synthesis
