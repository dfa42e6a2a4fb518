#include "models/vacancy_slots.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <string>
#include <utility>

#include "models/world.hpp"
#include "sim/error.hpp"
#include "sim/memory.hpp"
#include "sim/parallel.hpp"

namespace models {
namespace {

std::uint64_t identity_of(const World& world, const Vacancy& v) {
    const Post& post = world.employers.post[v.post];
    return sim::vacancy_identity(post.employer, post.occupation, sim::Month(v.opened), v.index);
}

/// Cuts `size` slots over gates in proportion to their weights (largest remainders; ties: lower gate). A gate with any weight has a slot if there are enough.
std::vector<std::uint32_t> cut(std::uint32_t size, const std::vector<double>& weight) {
    const std::size_t gates = weight.size();
    double total = 0;
    for (const double w : weight) total += w;
    std::vector<double> share(gates, 1.0 / static_cast<double>(gates));
    if (total > 0)
        for (std::size_t g = 0; g < gates; ++g) share[g] = weight[g] / total;
    std::vector<std::uint32_t> part(gates, 0);
    std::uint32_t given = 0;
    for (std::size_t g = 0; g < gates; ++g) {
        part[g] = static_cast<std::uint32_t>(share[g] * size);
        if (part[g] == 0 && share[g] > 0 && given < size) part[g] = 1;
        part[g] = std::min(part[g], size - given);
        given += part[g];
    }
    while (given < size) {
        std::size_t most = 0;
        for (std::size_t g = 1; g < gates; ++g)
            if (share[g] * size - part[g] > share[most] * size - part[most]) most = g;
        ++part[most];
        ++given;
    }
    return part;
}

}  // namespace

std::size_t submarket_of(const World& world, PostNumber post) {
    const Post& p = world.employers.post[post];
    return submarket(world.employers.employer[p.employer].region, p.occupation);
}

sim::SlotTable slots_of(const World& world, std::size_t submarket, std::size_t gate) {
    const auto regions = static_cast<std::size_t>(world.regions);
    const std::size_t inside = regions * occupations;
    return slot_table(world, submarket < inside ? submarket : inside + (submarket - inside) * regions + gate);
}

std::size_t slot_tables(const World& world) {
    const auto regions = static_cast<std::size_t>(world.regions);
    return regions * occupations + 2 * occupations * regions;
}

sim::SlotTable slot_table(const World& world, std::size_t table) {
    const auto& v = world.vacancies;
    const std::size_t inside = static_cast<std::size_t>(world.regions) * occupations;
    if (table < inside) return {v.first_slot[table], v.first_slot[table + 1]};
    return {v.first_gate[table - inside], v.first_gate[table - inside + 1]};
}

void make_slot_tables(World& world, const std::vector<std::uint32_t>& sizes, std::vector<double> beside) {
    const auto regions = static_cast<std::size_t>(world.regions);
    const std::size_t submarkets = (regions + 2) * occupations;
    if (sizes.size() != submarkets) throw sim::Bug("slot tables need " + std::to_string(submarkets) + " sizes and got " + std::to_string(sizes.size()));
    auto& v = world.vacancies;
    v.first_slot.assign(submarkets + 1, 0);
    for (std::size_t s = 0; s < submarkets; ++s) v.first_slot[s + 1] = v.first_slot[s] + sizes[s];
    sim::make_room(v.slot, v.first_slot[submarkets]);
    v.slot.assign(v.first_slot[submarkets], Vacancy{});

    const std::size_t inside = regions * occupations;
    std::vector<std::vector<double>> weight(submarkets - inside, std::vector<double>(regions, 0.0));
    for (const auto& post : world.employers.post) {
        const auto& employer = world.employers.employer[post.employer];
        const std::size_t s = submarket(employer.region, post.occupation);
        if (s >= inside && employer.gate < regions) weight[s - inside][employer.gate] += post.desired;
    }
    v.first_gate.clear();
    for (std::size_t s = inside; s < submarkets; ++s) {
        std::uint32_t first = v.first_slot[s];
        for (const auto part : cut(sizes[s], weight[s - inside])) {
            v.first_gate.push_back(first);
            first += part;
        }
    }
    v.first_gate.push_back(v.first_slot[submarkets]);

    v.beside = std::move(beside);
    if (v.beside.empty()) {
        v.beside.assign(occupations, 0.0);
        for (std::size_t s = 0; s < inside; ++s) v.beside[s % occupations] += sizes[s];
    }
    v.most_filled.assign(slot_tables(world), 0);

    v.open.assign(submarkets, 0);
    auto& flows = v.flows;
    for (auto* series : {&flows.opened, &flows.filled, &flows.lapsed, &flows.filled_half_months}) series->assign(submarkets, 0);
    flows.without_slot = 0;
}

void widen_slot_tables(World& world, const std::vector<std::uint32_t>& sizes) {
    auto& v = world.vacancies;
    const std::size_t tables = slot_tables(world);
    if (sizes.size() != tables) throw sim::Bug("slot tables need " + std::to_string(tables) + " sizes and got " + std::to_string(sizes.size()));
    std::vector<std::uint32_t> first(tables + 1, 0);
    for (std::size_t t = 0; t < tables; ++t) {
        const auto size = slot_table(world, t).size();
        first[t + 1] = first[t] + (size > 0 ? std::max(size, sizes[t]) : 0);
    }
    // From the last table down, so that each finds its new place free.
    sim::make_room(v.slot, first[tables]);
    v.slot.resize(first[tables]);
    for (std::size_t t = tables; t-- > 0;) {
        const auto table = slot_table(world, t);
        const auto begin = v.slot.begin();
        std::copy_backward(begin + table.begin, begin + table.end, begin + first[t] + table.size());
        // The rest of it, where lower tables stood, is room.
        std::fill(begin + first[t] + table.size(), begin + first[t + 1], Vacancy{});
    }
    const auto regions = static_cast<std::size_t>(world.regions);
    const std::size_t inside = regions * occupations;
    for (std::size_t s = 0; s + 1 < v.first_slot.size(); ++s) v.first_slot[s] = first[s < inside ? s : inside + (s - inside) * regions];
    v.first_slot.back() = first[tables];
    v.first_gate.assign(first.begin() + static_cast<std::ptrdiff_t>(inside), first.end());
}

void note_filled(World& world, const std::vector<std::uint64_t>& filled) {
    auto& most = world.vacancies.most_filled;
    for (std::size_t t = 0; t < most.size(); ++t) {
        const auto table = slot_table(world, t);
        int count = 0;
        for (std::uint32_t w = table.begin / 64; w * 64 < table.end; ++w) {
            std::uint64_t bits = filled[w];
            if (w * 64 < table.begin) bits &= ~std::uint64_t{0} << (table.begin % 64);
            if (table.end - w * 64 < 64) bits &= (std::uint64_t{1} << (table.end % 64)) - 1;
            count += std::popcount(bits);
        }
        most[t] = std::max(most[t], count);
    }
}

void place_openings(World& world, std::vector<Vacancy> openings) {
    auto& v = world.vacancies;
    const std::size_t submarkets = v.open.size();
    // Openings of one submarket together: a post, a table and a counter belong to one submarket, so submarkets are placed side by side.
    struct Placed {
        std::uint64_t identity;
        std::uint32_t opening;
        std::uint16_t submarket;
        std::uint8_t gate;
    };
    std::vector<Placed> asked(openings.size());
    constexpr std::size_t part = 4096;
    sim::for_each_task((openings.size() + part - 1) / part, [&](std::size_t task) {
        const std::size_t end = std::min(openings.size(), (task + 1) * part);
        for (std::size_t i = task * part; i < end; ++i) {
            const Employer& employer = world.employer_of(openings[i].post);
            openings[i].sector = employer.sector;
            openings[i].wage_factor *= employer.wage_level;
            asked[i] = {identity_of(world, openings[i]), static_cast<std::uint32_t>(i),
                        static_cast<std::uint16_t>(submarket(employer.region, world.employers.post[openings[i].post].occupation)), employer.gate};
        }
    });
    std::vector<std::uint32_t> first(submarkets + 1, 0);
    for (const auto& a : asked) ++first[a.submarket + std::size_t{1}];
    for (std::size_t s = 0; s < submarkets; ++s) first[s + 1] += first[s];
    std::vector<Placed> sorted(asked.size());
    std::vector<std::uint32_t> next(first.begin(), first.end() - 1);
    for (const auto& a : asked) sorted[next[a.submarket]++] = a;
    std::vector<std::int32_t> without(submarkets, 0);
    sim::for_each_task(submarkets, [&](std::size_t s) {
        const auto lower = [](const Placed& a, const Placed& b) { return a.identity < b.identity; };
        const auto begin = sorted.begin() + first[s], end = sorted.begin() + first[s + 1];
        if (!std::is_sorted(begin, end, lower)) std::sort(begin, end, lower);  // a month's openings come in the order of posts
        std::vector<std::uint32_t> full;  // first slots of tables that were searched to the end in vain; nothing leaves a table in this step
        // First the draws of some, so that the slots that they meet and their posts are on the way from memory.
        constexpr std::uint32_t batch = 32;
        std::array<sim::Draw, batch> draws;
        for (std::uint32_t from = first[s]; from < first[s + 1]; from += batch) {
            const std::uint32_t to = std::min(first[s + 1], from + batch);
            for (std::uint32_t i = from; i < to; ++i) {
                const Vacancy& vacancy = openings[sorted[i].opening];
                const auto table = slots_of(world, s, sorted[i].gate);
                draws[i - from] = world.random.draw({placement_info.key, {sim::EntityKind::vacancy, sorted[i].identity}, sim::Month(vacancy.opened), 0});
                for (const auto word : draws[i - from].words)
                    if (table.size() > 0) __builtin_prefetch(&v.slot[table.begin + sim::place_of(word, table.size())], 1);
                __builtin_prefetch(&world.employers.post[vacancy.post], 1);
            }
            for (std::uint32_t i = from; i < to; ++i) {
                const Vacancy& vacancy = openings[sorted[i].opening];
                const auto table = slots_of(world, s, sorted[i].gate);
                const bool is_full = std::find(full.begin(), full.end(), table.begin) != full.end();
                const auto is_free = [&](std::uint32_t at) { return v.slot[at].empty(); };
                const auto slot = is_full ? std::nullopt
                                          : sim::first_free_slot(world.random, placement_info.key, sorted[i].identity, sim::Month(vacancy.opened), table,
                                                                 draws[i - from], is_free);
                if (!slot) {
                    if (!is_full) full.push_back(table.begin);
                    ++without[s];
                    continue;
                }
                v.slot[*slot] = vacancy;
                Post& post = world.employers.post[vacancy.post];
                if (vacancy.posted != 0) {
                    ++post.posted;
                    ++v.open[s];
                    ++v.flows.opened[s];
                } else {
                    ++post.direct;
                }
            }
        }
    });
    for (const auto n : without) {
        v.flows.without_slot += n;
        v.without_slot_so_far += n;
    }
}

void close_slot(World& world, std::uint32_t slot, SlotEnd end) {
    Vacancy& vacancy = world.vacancies.slot[slot];
    if (vacancy.empty()) throw sim::Bug("slot " + std::to_string(slot) + " is closed and was empty");
    Post& post = world.employers.post[vacancy.post];
    if (vacancy.posted != 0) {
        auto& flows = world.vacancies.flows;
        const std::size_t s = submarket_of(world, vacancy.post);
        --post.posted;
        --world.vacancies.open[s];
        if (end == SlotEnd::filled) {
            ++flows.filled[s];
            flows.filled_half_months[s] += 2 * months_since(vacancy.opened, world.month) + 1;
        } else {
            ++flows.lapsed[s];
            if (end == SlotEnd::lapsed) ++post.latent;
        }
    } else {
        --post.direct;
    }
    vacancy = Vacancy{};
}

}  // namespace models
