#include "models/bbl.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "models/parameters.hpp"
#include "models/tables.hpp"
#include "sim/math.hpp"

namespace models {
namespace {

/// Rounds of proposals, and draws for a place in each. Both are part of the draws' addresses.
constexpr int rounds = 8;
constexpr std::uint32_t draws_a_round = 192;
constexpr std::uint32_t lots = 4096;  ///< index of the first round's lot
/// A place at an hour's journey weighs exp(-hours x this) of one at home: as commuters in small jobs (judgement).
constexpr double decay_per_minute = 0.05;

/// The places of one region: place i of an employer lies in the slot of its own draw, whatever other places there are.
struct PlaceTable {
    std::vector<std::uint32_t> first;     ///< by slot, one more at the end
    std::vector<std::uint32_t> employer;  ///< of each place, by slot
};

struct Proposal {
    std::uint32_t employer;
    double lot;
    Row row;
    std::size_t seeker;
    PostNumber post;
};

std::vector<PlaceTable> tables_of_places(const World& world) {
    const auto regions = static_cast<std::size_t>(world.regions);
    std::vector<std::size_t> employers(regions, 0);
    for (const auto& e : world.employers.employer)
        if (e.region < world.regions) ++employers[e.region];
    std::vector<PlaceTable> tables(regions);
    std::vector<std::uint32_t> slots(regions);
    for (std::size_t r = 0; r < regions; ++r) {
        std::uint32_t size = 64;
        while (size < employers[r]) size *= 2;
        slots[r] = size;
        tables[r].first.assign(size + 1, 0);
    }
    struct Place {
        std::uint32_t slot, employer;
    };
    constexpr std::size_t part_size = 4096;
    const std::size_t parts = (world.employers.size() + part_size - 1) / part_size;
    std::vector<std::vector<std::vector<Place>>> places(parts, std::vector<std::vector<Place>>(regions));  // by part of the employers and region
    sim::for_each_task(parts, [&](std::size_t part) {
        std::vector<sim::Draw> draws;
        for (std::size_t e = part * part_size; e < std::min(world.employers.size(), (part + 1) * part_size); ++e) {
            const auto& employer = world.employers.employer[e];
            if (employer.region >= world.regions || !employer.open() || employer.learning_company == 0) continue;
            draws.resize(employer.bbl_places);
            world.random.draws_from({key_learning_slot, sim::employer(e), sim::Month(0), 0}, draws);
            for (const sim::Draw& draw : draws)
                places[part][employer.region].push_back({static_cast<std::uint32_t>(draw.uniform() * slots[employer.region]), static_cast<std::uint32_t>(e)});
        }
    });
    // Sorted by slot by counting. Employers come in order of number, and within a slot they keep it.
    sim::for_each_task(regions, [&](std::size_t r) {
        auto& table = tables[r];
        for (const auto& part : places)
            for (const Place& place : part[r]) ++table.first[place.slot + 1];
        for (std::size_t s = 1; s < table.first.size(); ++s) table.first[s] += table.first[s - 1];
        table.employer.resize(table.first.back());
        std::vector<std::uint32_t> next(table.first.begin(), table.first.end() - 1);
        for (const auto& part : places)
            for (const Place& place : part[r]) table.employer[next[place.slot]++] = place.employer;
    });
    return tables;
}

/// The post of an employer that teaches a field, in proportion to staff; no_post where there is none.
PostNumber post_for(const World& world, std::uint32_t employer, Field field, double u) {
    const auto& e = world.employers.employer[employer];
    double total = 0;
    for (std::uint32_t k = e.first_post; k < e.first_post + e.posts; ++k)
        if (learned_in_bbl(world.employers.post[k].occupation, field)) total += std::max(0, world.employers.post[k].staff);
    if (total <= 0) return no_post;
    double sum = 0;
    PostNumber last = no_post;
    for (std::uint32_t k = e.first_post; k < e.first_post + e.posts; ++k) {
        const auto& post = world.employers.post[k];
        if (!learned_in_bbl(post.occupation, field) || post.staff <= 0) continue;
        last = k;
        sum += post.staff;
        if (u * total < sum) break;
    }
    return last;
}

/// Cumulative weights of the regions in which somebody from `home` looks.
std::vector<double> reach_of(const World& world, int home, const std::vector<PlaceTable>& places, double limit) {
    std::vector<double> weights(static_cast<std::size_t>(world.regions), 0.0);
    double sum = 0;
    for (int r = 0; r < world.regions; ++r) {
        const auto at = static_cast<std::size_t>(r);
        const double minutes = world.tables->regions.travel_minutes(home, r);
        // The size of the table of places stands for the number of employers; it does not change with places.
        if (r == home || minutes <= limit) sum += sim::exponential(-decay_per_minute * minutes) * static_cast<double>(places[at].first.size() - 1);
        weights[at] = sum;
    }
    for (double& w : weights) w /= sum;
    return weights;
}

}  // namespace

double recognised_share(const SchoolingTables& t, Sector sector, SizeClass size) { return t.recognised[index_of(sector)][index_of(size)]; }

int bbl_places(const SchoolingTables& t, const SchoolingParameters& p, Sector sector, std::int64_t staff, double u) {
    const double expected = t.places_per_worker[index_of(sector)] * static_cast<double>(std::max<std::int64_t>(0, staff)) * p.places_factor;
    return static_cast<int>(std::min(60000.0, std::floor(expected + u)));
}

sim::MonthlyProbability lapse_probability(const SchoolingTables& t) { return sim::monthly(sim::YearlyProbability(t.recognition_lapse)); }

sim::MonthlyProbability recognition_probability(const SchoolingTables& t, const SchoolingParameters& p, Sector sector, SizeClass size, double tightness) {
    // Stationary share s of the two states: entry = lapse s / (1 - s).
    const double share = std::min(0.98, recognised_share(t, sector, size));
    double entry = lapse_probability(t).value() * share / (1.0 - share);
    entry *= p.recognition_factor * sim::power(std::max(tightness, 0.05), p.recognition_tightness);
    if (sector == Sector::information) entry *= p.recognition_ict;
    return sim::MonthlyProbability(std::min(1.0, entry));
}

double bbl_wanted(Field field, const SchoolingTables& t, const SchoolingParameters& p, double shift) {
    const double share = t.bbl_share[index_of(field)];
    shift += p.bbl_interest + (field == Field::ict ? p.bbl_interest_ict : 0.0);
    return logit_shares(Shares<2>{share, 1 - share}, Shares<2>{shift, 0})[0];
}

std::vector<LearningPlace> find_learning_places(const World& world, std::vector<LearningSeeker> seekers, const SchoolingTables&,
                                                const SchoolingParameters& parameters, sim::ProcessKey key, sim::Month month, bool beyond_places) {
    std::vector<LearningPlace> found;
    if (seekers.empty()) return found;
    std::sort(seekers.begin(), seekers.end(), [](const LearningSeeker& a, const LearningSeeker& b) { return a.row < b.row; });
    const auto places = tables_of_places(world);
    std::vector<std::vector<double>> reach(static_cast<std::size_t>(world.regions));
    for (int r = 0; r < world.regions; ++r) reach[static_cast<std::size_t>(r)] = reach_of(world, r, places, parameters.bbl_reach);
    std::map<std::uint32_t, std::uint32_t> granted;  // by employer: places given in this search
    const auto free_places = [&](std::uint32_t e) {
        if (beyond_places) return std::int64_t{1};
        const auto& employer = world.employers.employer[e];
        const auto it = granted.find(e);
        return static_cast<std::int64_t>(employer.bbl_places) - employer.bbl_taken - (it == granted.end() ? 0 : it->second);
    };
    std::vector<char> placed(seekers.size(), 0);
    for (int round = 0; round < rounds; ++round) {
        std::vector<std::vector<Proposal>> by_task((seekers.size() + 511) / 512);
        sim::for_each_task(by_task.size(), [&](std::size_t task) {
            for (std::size_t s = task * 512; s < std::min(seekers.size(), (task + 1) * 512); ++s) {
                if (placed[s]) continue;
                const auto& seeker = seekers[s];
                const auto home = world.persons.region[seeker.row];
                if (home >= world.regions) continue;
                for (std::uint32_t a = 0; a < draws_a_round; ++a) {
                    const auto index = static_cast<std::uint32_t>(round) * 256 + a;
                    const sim::Draw draw = world.random.draw({key, sim::person(seeker.row), month, index});
                    const auto& weights = reach[home];
                    std::size_t region = 0;
                    while (region + 1 < weights.size() && draw.uniform(1) >= weights[region]) ++region;
                    const auto& table = places[region];
                    const auto slot = static_cast<std::size_t>(draw.uniform(0) * static_cast<double>(table.first.size() - 1));
                    const std::uint32_t begin = table.first[slot];
                    const std::uint32_t count = table.first[slot + 1] - begin;
                    if (count == 0) continue;
                    const std::uint32_t employer = table.employer[begin + static_cast<std::uint32_t>(draw.uniform(2) * count)];
                    if (free_places(employer) <= 0) continue;
                    const PostNumber post = post_for(world, employer, seeker.field, draw.uniform(3));
                    if (post == no_post) continue;
                    const double lot = world.random.uniform({key, sim::person(seeker.row), month, lots + static_cast<std::uint32_t>(round)});
                    by_task[task].push_back({employer, lot, seeker.row, s, post});
                    break;
                }
            }
        });
        std::vector<Proposal> proposals;
        for (auto& part : by_task) proposals.insert(proposals.end(), part.begin(), part.end());
        if (proposals.empty()) break;
        std::sort(proposals.begin(), proposals.end(), [](const Proposal& a, const Proposal& b) {
            return a.employer != b.employer ? a.employer < b.employer : a.lot != b.lot ? a.lot < b.lot : a.row < b.row;
        });
        for (const auto& proposal : proposals) {
            if (free_places(proposal.employer) <= 0) continue;
            ++granted[proposal.employer];
            placed[proposal.seeker] = 1;
            found.push_back({proposal.row, proposal.post});
        }
    }
    std::sort(found.begin(), found.end(), [](const LearningPlace& a, const LearningPlace& b) { return a.row < b.row; });
    return found;
}

}  // namespace models
