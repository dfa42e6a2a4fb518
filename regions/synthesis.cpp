#include "regions/synthesis.hpp"

#include <string>

#include "regions/synthesis_parts.hpp"
#include "sim/error.hpp"
#include "sim/parallel.hpp"

namespace regions {

models::World synthesise(const models::Tables& tables, const StartTables& start, const models::Parameters& parameters, const StartOptions& options) {
    if (!(options.scale > 0 && options.scale <= 1))
        throw sim::InputError("scale is " + std::to_string(options.scale) + " (agents per person, above 0 and at most 1, is expected)");
    const sim::Month start_month = sim::Month::of(2020, 12);
    synthesis::Build build{tables, start, options, sim::Random(options.population_seed, 0), start_month, {}, {}, {}, 0, {}};
    auto& world = build.world;
    world.tables = &tables;
    world.parameters = &parameters;
    world.random = build.random;
    world.month = build.now;
    world.regions = tables.regions.count();

    synthesis::place_residents(build);
    synthesis::choose_work_regions(build);
    synthesis::place_outsiders(build);
    world.fit_log();
    synthesis::place_employers_and_seats(build);
    synthesis::place_schools(build);
    synthesis::draw_durations(build);
    synthesis::place_vacancies(build);
    sim::for_each_block(world.persons.size(), [&](sim::Block b) {
        for (sim::Row row = b.begin; row < b.end; ++row) world.refresh(row);
    });
    world.rebuild_diary();
    return std::move(build.world);
}

}  // namespace regions
