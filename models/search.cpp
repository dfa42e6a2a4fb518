#include "models/search.hpp"

#include <algorithm>

#include "models/applications.hpp"
#include "models/hiring.hpp"
#include "models/parameters.hpp"
#include "models/reach.hpp"
#include "models/search_scratch.hpp"
#include "models/seekers.hpp"
#include "models/world.hpp"
#include "sim/matching.hpp"

namespace models {

void step_search(World& world, sim::Month month) {
    auto& scratch = world.search_scratch.get();
    if (scratch.reach.stale(world)) scratch.reach.build(world);
    scratch.usual.build(world);
    scratch.ages.update(world);
    scratch.conditions.update(world);
    find_seekers(world, month, scratch.ages, scratch.usual, scratch.seekers);

    // Applications by block of rows, then all of them side by side: seekers are numbered in the order of rows.
    auto& blocks = scratch.blocks;
    blocks.resize(scratch.seekers.size());
    sim::for_each_task(blocks.size(), [&](std::size_t b) {
        write_applications(world, month, scratch.reach, scratch.usual, scratch.conditions, scratch.seekers[b], blocks[b]);
    });
    std::vector<std::uint32_t> first_seeker(blocks.size()), first_application(blocks.size());
    for (std::size_t b = 0; b < blocks.size(); ++b) {
        first_seeker[b] = static_cast<std::uint32_t>(blocks[b].applicant.size());
        first_application[b] = static_cast<std::uint32_t>(blocks[b].application.size());
    }
    const auto seekers = sim::exclusive_scan(first_seeker);
    const auto count = sim::exclusive_scan(first_application);
    auto& applications = scratch.applications;
    applications.resize(count);
    sim::for_each_task(blocks.size(), [&](std::size_t b) {
        auto* to = applications.data() + first_application[b];
        for (auto a : blocks[b].application) {
            a.seeker += first_seeker[b];
            *to++ = a;
        }
    });

    const auto matching = sim::match(applications, seekers, static_cast<std::uint32_t>(world.vacancies.slot.size()), scratch.matching);
    const auto& matches = matching.matches;

    // Hire, each block its own rows; the matches are in the order of seekers, so those of a block stand together.
    sim::for_each_task(blocks.size(), [&](std::size_t b) {
        const auto& mine = blocks[b];
        const auto before = [](const sim::Match& m, std::uint32_t seeker) { return m.seeker < seeker; };
        auto m = std::lower_bound(matches.begin(), matches.end(), first_seeker[b], before);
        const auto end = std::lower_bound(m, matches.end(), first_seeker[b] + static_cast<std::uint32_t>(mine.applicant.size()), before);
        for (; m != end; ++m) {
            const auto& applicant = mine.applicant[m->seeker - first_seeker[b]];
            std::uint32_t i = applicant.first;
            while (mine.application[i].slot != m->slot) ++i;
            hire(world, applicant.row, applicant.kind, world.vacancies.slot[m->slot].post, mine.wage[i], month);
        }
    });
    world.settle();
    for (const auto& m : matches) close_slot(world, m.slot, SlotEnd::filled);

    scratch.counts = {};
    for (const auto& block : blocks) {
        scratch.counts.sent += block.sent;
        scratch.counts.tries += block.tries;
    }
    for (const auto& list : scratch.seekers) scratch.counts.seekers += static_cast<std::int64_t>(list.size());
    scratch.counts.acceptable = count;
    scratch.counts.hires = static_cast<std::int64_t>(matches.size());
    scratch.counts.rounds = matching.rounds;
}

}  // namespace models
