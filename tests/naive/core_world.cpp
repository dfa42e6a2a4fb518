#include "tests/naive/core_world.hpp"

#include <cmath>
#include <utility>

#include "models/demand.hpp"
#include "models/search.hpp"
#include "models/separations.hpp"

namespace naive {
namespace {

using namespace models;

/// Nobody of the core reaches the state pension age in three years.
constexpr int first_age_left_out = 64;

bool in_core(const World& world, Row row) {
    const Person& p = world.persons.record[row];
    if (!world.resident(row) || p.track != Track::none || p.programme != Programme::none || world.age(row) < 15 || world.age(row) >= first_age_left_out)
        return false;
    if (p.status == LabourStatus::employed)
        return (p.contract == Contract::permanent || p.contract == Contract::temporary) && world.employer_of(world.persons.post[row]).region < world.regions;
    return p.status == LabourStatus::unemployed || p.status == LabourStatus::inactive;
}

/// The core of a start population: persons in rows of their own, posts with their staff, openings of the regions.
World core_of(const World& all) {
    World core;
    core.tables = all.tables;
    core.parameters = all.parameters;
    core.month = all.month;
    core.regions = all.regions;
    core.employers = all.employers;
    core.vacancies = all.vacancies;
    core.market = all.market;
    auto& employers = core.employers;
    for (auto& employer : employers.employer) {
        employer.output_per_worker = 1;
        if (employer.region >= core.regions) employer.closed = 1;  // long ago
    }
    for (auto& post : employers.post) {
        post.desired -= static_cast<float>(post.staff);  // what is missing, until the core is back
        post.staff = 0;
    }
    std::vector<Row> rows;
    for (Row row = 0; row < all.persons.size(); ++row)
        if (in_core(all, row)) rows.push_back(row);
    core.append_persons(rows.size());
    for (Row row = 0; row < rows.size(); ++row) {
        core.persons.record[row] = all.persons.record[rows[row]];
        core.persons.post[row] = all.persons.post[rows[row]];
        core.persons.birth[row] = all.persons.birth[rows[row]];
        core.persons.region[row] = all.persons.region[rows[row]];
        if (const PostNumber post = core.persons.post[row]; post != no_post) ++employers.post[post].staff;
        core.refresh(row);
    }
    for (auto& post : employers.post) post.desired = std::max(0.0F, post.desired + static_cast<float>(post.staff));
    for (std::uint32_t slot = 0; slot < core.vacancies.slot.size(); ++slot)
        if (auto& vacancy = core.vacancies.slot[slot]; !vacancy.empty() && core.employer_of(vacancy.post).region >= core.regions)
            close_slot(core, slot, SlotEnd::withdrawn);
    core.rebuild_diary();
    return core;
}

}  // namespace

CoreWorld::CoreWorld(double scale)
    : origin_({"Groningen/Emmen", "IJmond", "Groot-Rijnmond", "West-Noord-Brabant", "Zeeuws-Vlaanderen", "Zuid-Limburg", "Brainport"}, scale, true) {
    world_ = core_of(origin_.world(1));
    for (auto& month : origin_.tables.demand.growth) month.fill(1.0);
    origin_.tables.separations.retirement.fill(0.0);
    auto& demand = origin_.parameters.demand;
    demand.births = demand.closures = demand.support = demand.fossil_phase_out = 0;
    auto& separations = origin_.parameters.separations;
    separations.support = separations.to_self_employment = separations.to_study = separations.leave_technical_at_once = 0;
    separations.business_start = separations.business_start_inactive = 0;
    origin_.parameters.search.outside_reach = 0;
    auto& recovery = origin_.parameters.recovery;
    recovery.moves = recovery.self_employment = recovery.looking = recovery.applications = 1;
    recovery.standard = 0;
}

void CoreWorld::step(World& world, int months) const {
    sim::Threads one(1);
    one.run([&] {
        for (int m = 0; m < months; ++m) {
            ++world.month;
            step_employers(world, world.month);
            step_separations(world, world.month);
            step_search(world, world.month);
            world.close_month();
        }
    });
}

History CoreWorld::run(std::uint64_t seed, int months) const {
    World world = world_;
    world.random = sim::Random(seed, 0);
    History history;
    sim::Threads one(1);
    one.run([&] {
        for (int m = 0; m < months; ++m) {
            MonthSeen seen;
            const auto now = ++world.month;
            const auto before = world.persons.record;
            step_employers(world, now);
            step_separations(world, now);
            const auto open = world.vacancies.slot;
            step_search(world, now);
            for (Row row = 0; row < world.persons.size(); ++row) {
                const Person& p = world.persons.record[row];
                seen.employed += p.status == LabourStatus::employed;
                seen.jobs_ended += before[row].status == LabourStatus::employed && p.status != LabourStatus::employed;
                if (p.status == LabourStatus::employed) seen.log_wages += std::log(p.wage);
                seen.moves += before[row].status == LabourStatus::employed && p.status == LabourStatus::employed && p.since == stored(now);
                seen.hires += p.status == LabourStatus::employed && p.since == stored(now);
                if (p.status == LabourStatus::unemployed)
                    seen.unemployed_for.push_back(months_since(p.since, now));
                else if (before[row].status == LabourStatus::unemployed)
                    seen.spells_ended_after.push_back(months_since(before[row].since, now));
            }
            for (std::size_t s = 0; s < open.size(); ++s) {
                if (open[s].empty() || open[s].posted == 0) continue;
                const bool filled = world.vacancies.slot[s].empty();
                (filled ? seen.vacancies_filled_after : seen.vacancies_open_for).push_back(months_since(open[s].opened, now));
            }
            world.close_month();
            history.push_back(std::move(seen));
        }
    });
    return history;
}

}  // namespace naive
