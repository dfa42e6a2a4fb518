#include "models/reach.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "models/parameters.hpp"
#include "models/tables.hpp"
#include "models/vacancy_slots.hpp"
#include "models/world.hpp"
#include "sim/math.hpp"
#include "sim/parallel.hpp"

namespace models {
namespace {

constexpr double words = 0x1p32;

/// Of a weight beside all others, as a number of words.
std::uint32_t to_words(double share) { return static_cast<std::uint32_t>(std::min(share * words, words - 1)); }

}  // namespace

std::size_t profile_of(const Person& person, Occupation learned) {
    const Occupation last = learned != no_occupation ? learned : last_occupation(person);
    if (last != no_occupation) return last * std::size_t{3} + index_of(person.field);
    return static_cast<std::size_t>(occupations) * 3 + index_of(person.field) * 5 + index_of(person.education);
}

double travel_weight(double minutes, double within, const SearchParameters& p) {
    if (minutes <= within) return 1;
    return sim::power(p.boundary_weight, 1 / p.mobility) * sim::exponential(-p.travel_decay / p.mobility * (minutes - within));
}

double first_job_weight(Field field, Education education, double taught, const SearchParameters& p) {
    const bool measured = field != Field::other;
    const double measures = !measured ? 0.0 : education == Education::mbo2_4 ? p.first_job_mbo : education == Education::hbo ? p.first_job_hbo : 0.0;
    return sim::exponential(taught + measures);
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
    std::vector<double> key{p.travel_decay, p.boundary_weight, p.mobility,      p.own_occupation,
                            p.field_reach,  p.first_job_field, p.outside_reach, static_cast<double>(world.regions)};
    key.insert(key.end(), world.vacancies.first_slot.begin(), world.vacancies.first_slot.end());
    key.insert(key.end(), world.vacancies.first_gate.begin(), world.vacancies.first_gate.end());
    key.insert(key.end(), world.vacancies.beside.begin(), world.vacancies.beside.end());
    key.insert(key.end(), world.teaching.match.begin(), world.teaching.match.end());
    for (std::size_t r = 0; r < static_cast<std::size_t>(world.regions); ++r) {
        const auto& here = world.parameters_in(r).search;
        key.insert(key.end(), {here.first_job_mbo, here.first_job_hbo});
    }
    return key;
}

bool Reach::stale(const World& world) const { return key_ != key_of(world); }

void Reach::build(const World& world) {
    key_ = key_of(world);
    const auto regions = static_cast<std::size_t>(world.regions);
    const auto& places = world.tables->regions;
    const auto& p = world.parameters->search;
    work_regions_ = regions + 2;
    const std::size_t homes = 2 * regions;
    const auto none = static_cast<std::uint32_t>(world.vacancies.slot.size());
    parts_.assign(homes * (occupations + 1) * work_regions_, {.begin = none});
    cells_.assign(homes * profiles * occupations, {});

    const auto& beside = world.vacancies.beside;
    // Who has no past in work and learned a field looks in its occupations the more, the more hybrid teachers the region's students meet (beside the start),
    // and by measures that help to a first job.
    constexpr std::size_t of_region = 3 * 5;
    std::vector<double> lift(regions * of_region);
    for (std::size_t r = 0; r < regions; ++r)
        for (std::size_t f = 0; f < 3; ++f)
            for (std::size_t e = 0; e < 5; ++e)
                lift[r * of_region + f * 5 + e] = first_job_weight(static_cast<Field>(f), static_cast<Education>(e),
                                                                   world.teaching.match_shift(r, static_cast<Field>(f)), world.parameters_in(r).search);
    constexpr std::size_t with_past = static_cast<std::size_t>(occupations) * 3;
    const auto first_job = [&](std::size_t home, std::size_t profile, std::size_t o) {
        if (home >= regions || profile < with_past || profile == student_profile) return 1.0;
        const std::size_t field = (profile - with_past) / 5;
        return index_of(group_of(static_cast<Occupation>(o))) == field ? lift[home * of_region + profile - with_past] : 1.0;
    };
    std::vector<std::vector<double>> shares;
    for (std::size_t profile = 0; profile < profiles; ++profile) shares.push_back(occupation_shares(world, profile));

    sim::for_each_task(homes, [&](std::size_t home) {
        const std::size_t gate = home % regions;
        const bool inside = home < regions;
        const auto journey_to = [&](std::size_t to) {
            if (!inside) return to == gate ? 1.0 : 0.0;  // in-commuters work in the region of their gate only
            const int from = static_cast<int>(home);
            const double minutes = places.travel_minutes(from, static_cast<int>(to));
            const double within = places.travel_minutes(from, from);
            const double journey = travel_weight(minutes, within, p);
            if (to < regions) return journey;
            // Outside jobs are jobs of this region's residents: today's journey is in their number already.
            SearchParameters today = p;
            today.mobility = 1;
            return p.outside_reach * journey / travel_weight(minutes, within, today);
        };
        std::vector<double> journey(work_regions_);
        for (std::size_t to = 0; to < work_regions_; ++to) journey[to] = journey_to(to);

        // Places of each occupation, and their weight together for each unit of the occupation's share.
        std::vector<double> reached(occupations, 0.0);
        std::vector<std::pair<double, std::size_t>> weights;
        for (std::size_t o = 0; o < occupations; ++o) {
            weights.clear();
            for (std::size_t to = 0; to < work_regions_; ++to) {
                const double slots = slots_of(world, submarket(to, static_cast<Occupation>(o)), gate).size();
                if (journey[to] > 0 && slots > 0 && beside[o] > 0) weights.emplace_back(journey[to] * slots / beside[o], to);
            }
            for (const auto& [weight, to] : weights) reached[o] += weight;
            std::sort(weights.begin(), weights.end(),
                      [](const auto& a, const auto& b) { return a.first != b.first ? a.first > b.first : a.second < b.second; });
            Part* parts = &parts_[(home * (occupations + 1) + o) * work_regions_];
            double below = 0;
            for (std::size_t i = 0; i < weights.size(); ++i) {
                const auto [weight, to] = weights[i];
                const auto market = submarket(to, static_cast<Occupation>(o));
                const auto table = slots_of(world, market, gate);
                const std::uint32_t from = to_words(below / reached[o]);
                below += weight;
                const double width = i + 1 == weights.size() ? words - from : static_cast<double>(to_words(below / reached[o]) - from);
                parts[i] = {from, table.begin, table.size() / std::max(width, static_cast<double>(table.size())), static_cast<std::uint32_t>(market)};
            }
            for (std::size_t i = std::max<std::size_t>(weights.size(), 1); i < work_regions_; ++i) parts[i] = parts[i - 1];
        }

        std::vector<double> weight(occupations);
        std::vector<std::uint32_t> small, large;
        for (std::size_t profile = 0; profile < profiles; ++profile) {
            double total = 0;
            for (std::size_t o = 0; o < occupations; ++o) total += weight[o] = reached[o] * shares[profile][o] * first_job(home, profile, o);
            if (total <= 0) continue;
            Cell* cells = &cells_[(home * profiles + profile) * occupations];
            small.clear();
            large.clear();
            for (std::size_t o = 0; o < occupations; ++o) {
                weight[o] *= occupations / total;
                (weight[o] < 1 ? small : large).push_back(static_cast<std::uint32_t>(o));
            }
            while (!small.empty() && !large.empty()) {
                const auto s = small.back();
                const auto l = large.back();
                small.pop_back();
                cells[s] = {to_words(weight[s]), l};
                weight[l] -= 1 - weight[s];
                if (weight[l] < 1) {
                    large.pop_back();
                    small.push_back(l);
                }
            }
            // What rounding leaves over; an occupation without weight never gets here as long as another has some.
            for (const auto o : large) cells[o] = {0xFFFFFFFFU, o};
            for (const auto o : small) cells[o] = {0xFFFFFFFFU, o};
        }
    });
}

double Reach::probability(std::size_t home, std::size_t profile, std::size_t submarket) const {
    const std::size_t occupation = submarket % occupations;
    double of_occupation = 0;
    for (std::size_t o = 0; o < occupations; ++o) {
        const Cell& cell = cells_[(home * profiles + profile) * occupations + o];
        if (o == occupation) of_occupation += cell.threshold / words;
        if (cell.other == occupation) of_occupation += 1 - cell.threshold / words;
    }
    const Part* parts = &parts_[(home * (occupations + 1) + occupation) * work_regions_];
    double of_place = 0;
    for (std::size_t i = 0; i < work_regions_; ++i) {
        if (parts[i].submarket != submarket || parts[i].slots_a_word == 0 || (i > 0 && parts[i].begin == parts[i - 1].begin)) continue;
        std::size_t next = i + 1;
        while (next < work_regions_ && parts[next].begin == parts[i].begin) ++next;
        of_place = ((next == work_regions_ ? words : parts[next].from) - parts[i].from) / words;
    }
    return of_occupation / occupations * of_place;
}

}  // namespace models
