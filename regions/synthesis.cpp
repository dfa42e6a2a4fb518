#include "regions/synthesis.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "models/demand.hpp"
#include "models/innovation.hpp"
#include "models/teaching.hpp"
#include "regions/synthesis_parts.hpp"
#include "sim/error.hpp"
#include "sim/memory.hpp"
#include "sim/parallel.hpp"

namespace regions {

namespace synthesis {

void add_rows(Build& build, std::size_t rows) {
    auto& persons = build.world.persons;
    sim::make_room(persons.record, rows);
    sim::make_room(persons.post, rows);
    sim::make_room(persons.birth, rows);
    sim::make_room(persons.region, rows);
    sim::make_room(persons.risk, rows);
    sim::make_room(persons.mark, rows);
    sim::make_room(build.work_region, rows);
    persons.resize(rows);
    build.work_region.resize(rows, no_work_region);
}

void close_start(Build& build, double to_come) {
    auto& world = build.world;
    auto& posts = world.employers.post;
    std::vector<std::int32_t> waiting(posts.size());
    const double wanted = 1 + to_come;
    for (const auto& d : world.departures) ++waiting[d.post];
    sim::for_each_block(world.employers.size(), [&](sim::Block b) {
        for (sim::Row i = b.begin; i < b.end; ++i) {
            auto& e = world.employers.employer[i];
            e.start_staff = 0;
            e.bbl_taken = 0;
            for (std::uint32_t p = e.first_post; p < e.first_post + e.posts; ++p) {
                e.start_staff += posts[p].staff;
                // Demand of January 2021: the jobs that are held, those that are or may again be offered, those that were left in December, and some to come.
                posts[p].desired = static_cast<float>((posts[p].staff + posts[p].posted + posts[p].direct + posts[p].latent + waiting[p]) * wanted);
            }
        }
    });
    const auto& persons = world.persons;
    for (const sim::Row row : build.learners)
        if (persons.record[row].contract == models::Contract::bbl) ++world.employers.employer[posts[persons.post[row]].employer].bbl_taken;
    for (auto& e : world.employers.employer) {
        e.bbl_places = std::max(e.bbl_places, e.bbl_taken);
        if (e.bbl_taken > 0) e.learning_company = 1;
    }
}

}  // namespace synthesis

models::World synthesise(const models::Tables& tables, const StartTables& start, const models::Parameters& parameters, const StartOptions& options) {
    if (!(options.scale > 0 && options.scale <= 1))
        throw sim::InputError("scale is " + std::to_string(options.scale) + " (agents per person, above 0 and at most 1, is expected)");
    const sim::Month before_start = sim::Month::of(2020, 12);
    synthesis::Build build{tables, start, options, sim::Random(options.population_seed, 0), options.spin_up ? before_start - 12 : before_start, {}, {}, {},
                           0,      {},    {}};
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
    synthesis::close_start(build);
    if (options.spin_up) {
        build.work_region = {};
        synthesis::spin_up(build);
        synthesis::begin_recent_jobs(build);
        synthesis::close_start(build, start.openings_to_come);
        models::begin_tightness(world);
    }
    models::start_innovation(world);
    models::begin_teaching(world);
    return std::move(build.world);
}

}  // namespace regions
