#include "models/reach.hpp"

#include <algorithm>
#include <cmath>

#include "models/parameters.hpp"
#include "models/tables.hpp"
#include "models/vacancy_slots.hpp"
#include "models/world.hpp"
#include "sim/math.hpp"
#include "sim/parallel.hpp"

namespace models {

std::size_t Reach::homes_inside(const World& world) { return static_cast<std::size_t>(world.regions); }

std::size_t profile_of(const Person& person) {
    const bool works = person.occupation != no_occupation && person.contract != Contract::side_job;
    const Occupation last = works ? person.occupation : person.previous;
    if (last != no_occupation) return last * std::size_t{3} + index_of(person.field);
    return static_cast<std::size_t>(occupations) * 3 + index_of(person.field) * 5 + index_of(person.education);
}

double travel_weight(double minutes, double within, const SearchParameters& p) {
    if (minutes <= within) return 1;
    return sim::power(p.boundary_weight, 1 / p.mobility) * sim::exponential(-p.travel_decay / p.mobility * (minutes - within));
}

std::vector<double> occupation_shares(const World& world, std::size_t profile) {
    const auto& tables = world.tables->search;
    const auto& p = world.parameters->search;
    std::vector<double> shares(occupations, 0.0);
    if (profile == student_profile) {
        for (std::size_t o = 0; o < occupations; ++o) shares[o] = tables.side_jobs[o];
        return shares;
    }
    const bool past = profile < static_cast<std::size_t>(occupations) * 3;
    const std::size_t last = profile / 3;
    const std::size_t rest = profile - static_cast<std::size_t>(occupations) * 3;
    const auto field = static_cast<Field>(past ? profile % 3 : rest / 5);
    const auto level = static_cast<double>(past ? 0 : education_rank(static_cast<Education>(rest % 5)));

    // The occupations of the field by their number of workers; without a past in work those of the own level only.
    std::vector<double> learned(occupations, 0.0);
    double total = 0;
    for (std::size_t o = 0; o < occupations; ++o) {
        if (group_of(static_cast<Occupation>(o)) != field) continue;
        const double distance = past ? 0 : level - tables.required_education[o];
        learned[o] = tables.workers[o] * (distance < -0.5 ? 0.05 : distance > 1.5 ? 0.3 : 1.0);
        total += learned[o];
    }
    if (past) {
        for (std::size_t o = 0; o < occupations; ++o) {
            shares[o] += (1 - p.own_occupation - p.field_reach) * tables.switches[last * occupations + o];
            shares[o] += p.field_reach * learned[o] / total;
        }
        shares[last] += p.own_occupation;
        return shares;
    }
    // Without a past in work: mostly the field of education, the rest by number of workers at a level within reach.
    std::vector<double> elsewhere(occupations, 0.0);
    double others = 0;
    for (std::size_t o = 0; o < occupations; ++o) {
        const double distance = level - tables.required_education[o];
        elsewhere[o] = tables.workers[o] * (distance < -0.5 ? 0.05 : distance > 1.5 ? 0.3 : 1.0);
        others += elsewhere[o];
    }
    for (std::size_t o = 0; o < occupations; ++o) shares[o] = p.first_job_field * learned[o] / total + (1 - p.first_job_field) * elsewhere[o] / others;
    return shares;
}

std::vector<double> Reach::key_of(const World& world) {
    const auto& p = world.parameters->search;
    return {p.travel_decay,
            p.boundary_weight,
            p.mobility,
            p.own_occupation,
            p.field_reach,
            p.first_job_field,
            p.outside_reach,
            static_cast<double>(world.regions),
            static_cast<double>(world.vacancies.slot.size()),
            static_cast<double>(world.vacancies.first_slot.empty() ? 0 : world.vacancies.first_slot[world.vacancies.first_slot.size() / 2])};
}

bool Reach::stale(const World& world) const { return key_ != key_of(world); }

void Reach::build(const World& world) {
    key_ = key_of(world);
    const auto regions = static_cast<std::size_t>(world.regions);
    const auto& places = world.tables->regions;
    const auto& p = world.parameters->search;
    submarkets_ = (regions + 2) * occupations;
    const std::size_t homes = 2 * regions;
    slots_.assign(homes * submarkets_, {});
    cells_.assign(homes * profiles * submarkets_, {});

    std::vector<double> slots_inside(occupations, 0.0);
    for (std::size_t s = 0; s < regions * occupations; ++s) slots_inside[s % occupations] += slots_of(world, s, 0).size();
    std::vector<std::vector<double>> shares;
    for (std::size_t profile = 0; profile < profiles; ++profile) shares.push_back(occupation_shares(world, profile));

    sim::for_each_task(homes, [&](std::size_t home) {
        const std::size_t gate = home % regions;
        const bool inside = home < regions;
        // Weight of a submarket for each unit of its occupation's share.
        std::vector<double> place(submarkets_, 0.0);
        for (std::size_t s = 0; s < submarkets_; ++s) {
            const std::size_t to = s / occupations;
            if (!inside && to != gate) continue;  // in-commuters work in the region of their gate only
            const auto table = slots_of(world, s, gate);
            slots_[home * submarkets_ + s] = table;
            if (table.size() == 0 || slots_inside[s % occupations] <= 0) continue;
            double journey = 1;
            if (inside) {
                const int from = static_cast<int>(home);
                const double minutes = places.travel_minutes(from, static_cast<int>(to));
                const double within = places.travel_minutes(from, from);
                journey = travel_weight(minutes, within, p);
                // Outside jobs are jobs of this region's residents: today's journey is in their number already.
                if (to >= regions) {
                    SearchParameters today = p;
                    today.mobility = 1;
                    journey = p.outside_reach * journey / travel_weight(minutes, within, today);
                }
            }
            place[s] = journey * table.size() / slots_inside[s % occupations];
        }
        std::vector<double> weight(submarkets_);
        std::vector<std::uint32_t> small, large;
        for (std::size_t profile = 0; profile < profiles; ++profile) {
            double total = 0;
            for (std::size_t s = 0; s < submarkets_; ++s) total += weight[s] = place[s] * shares[profile][s % occupations];
            if (total <= 0) continue;
            Cell* cells = &cells_[(home * profiles + profile) * submarkets_];
            small.clear();
            large.clear();
            for (std::size_t s = 0; s < submarkets_; ++s) {
                weight[s] *= static_cast<double>(submarkets_) / total;
                (weight[s] < 1 ? small : large).push_back(static_cast<std::uint32_t>(s));
            }
            while (!small.empty() && !large.empty()) {
                const auto s = small.back();
                const auto l = large.back();
                small.pop_back();
                cells[s] = {static_cast<std::uint32_t>(weight[s] * 0x1p32), l};
                weight[l] -= 1 - weight[s];
                if (weight[l] < 1) {
                    large.pop_back();
                    small.push_back(l);
                }
            }
            // What rounding leaves over; a submarket without weight never gets here as long as another has some.
            for (const auto s : large) cells[s] = {0xFFFFFFFFU, s};
            for (const auto s : small) cells[s] = {0xFFFFFFFFU, s};
        }
    });
}

double Reach::probability(std::size_t home, std::size_t profile, std::size_t submarket) const {
    double p = 0;
    for (std::size_t s = 0; s < submarkets_; ++s) {
        const Cell& cell = cells_[(home * profiles + profile) * submarkets_ + s];
        if (s == submarket) p += cell.threshold * 0x1p-32;
        if (cell.other == submarket) p += 1 - cell.threshold * 0x1p-32;
    }
    return p / static_cast<double>(submarkets_);
}

}  // namespace models
