#include "models/slot_sizes.hpp"

#include <algorithm>
#include <cmath>

#include "models/demand.hpp"
#include "models/tables.hpp"
#include "models/vacancy_slots.hpp"
#include "models/world.hpp"

namespace models {
namespace {

/// Share of the slots that is filled at the highest.
constexpr double share_at_peak = 0.8;
/// Share that is filled in the months of spin-up, in which openings grow by less than a third from one month to the next.
constexpr double share_in_spin_up = 0.7;
/// Openings of a table at its highest in a run over the highest quarter of all: seasons, and occupations that grow faster than others.
constexpr double room_of_run = 1.25;

std::vector<std::uint32_t> sizes_of(const std::vector<double>& openings, double share, double factor, bool headroom) {
    std::vector<std::uint32_t> sizes(openings.size(), 0);
    for (std::size_t s = 0; s < openings.size(); ++s)
        if (openings[s] > 0) sizes[s] = slots_for(openings[s] * factor * (headroom ? slot_headroom(static_cast<Occupation>(s % occupations)) : 1.0), share);
    return sizes;
}

void widen(World& world, double factor, double share) {
    std::vector<std::uint32_t> sizes;
    for (const auto filled : world.vacancies.most_filled) sizes.push_back(slots_for(factor * filled, share));
    widen_slot_tables(world, sizes);
}

}  // namespace

std::uint32_t slots_for(double openings, double share) { return static_cast<std::uint32_t>(openings / share + 3 * std::sqrt(openings) + 4); }

std::vector<double> expected_openings(const World& world, double direct_factor) {
    const auto& tables = world.tables->demand;
    std::vector<double> openings(static_cast<std::size_t>(world.work_regions()) * occupations, 0);
    for (const auto& post : world.employers.post)
        openings[submarket(world.employers.employer[post.employer].region, post.occupation)] += static_cast<double>(post.desired);
    for (std::size_t s = 0; s < openings.size(); ++s) {
        // Openings without a vacancy come as often as their share says and stand open about half as long as the posted ones.
        const double share = tables.direct_share[s % occupations] * direct_factor;
        openings[s] *= tables.vacancy_rate[s % occupations] * (1 + 0.5 * share / std::max(0.1, 1 - share));
    }
    return openings;
}

std::vector<std::uint32_t> slots_without_spin_up(const World& world) {
    return sizes_of(expected_openings(world, DemandParameters{}.direct_factor), share_at_peak, world.tables->demand.peak_factor, true);
}

std::vector<std::uint32_t> slots_before_spin_up(const World& world) {
    return sizes_of(expected_openings(world, DemandParameters{}.direct_factor), share_in_spin_up, 1, false);
}

std::vector<double> slots_beside(const World& world) {
    const auto sizes = sizes_of(expected_openings(world, 1), share_at_peak, world.tables->demand.peak_factor, true);
    std::vector<double> beside(occupations, 0.0);
    for (std::size_t s = 0; s < static_cast<std::size_t>(world.regions) * occupations; ++s) beside[s % occupations] += sizes[s];
    return beside;
}

void widen_for_spin_up(World& world) { widen(world, 1, share_in_spin_up); }

void widen_for_run(World& world) { widen(world, world.tables->demand.peak_factor * room_of_run, share_at_peak); }

}  // namespace models
