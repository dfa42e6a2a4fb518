#include "models/seekers.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "models/parameters.hpp"
#include "models/progress.hpp"
#include "models/tables.hpp"
#include "models/wages.hpp"
#include "models/world.hpp"
#include "sim/math.hpp"
#include "sim/thinning.hpp"

namespace models {
namespace {

constexpr int last_working_age = 74;

/// Log of a wage gap counts within these bounds.
constexpr double most_gap = 0.7;

/// Diplomas come in July; search for work starts up to two months before.
bool season_of_graduates(sim::Month month) { return month.month_of_year() == 5 || month.month_of_year() == 6; }

std::uint8_t capped(int applications) { return static_cast<std::uint8_t>(std::min(applications, 60)); }

}  // namespace

double employed_age_factor(int age) {
    if (age < 15 || age > last_working_age) return 0;
    constexpr double factors[search_ages] = {1.3, 1.6, 1.3, 1.0, 0.7, 0.35};
    return factors[search_age_of(age)];
}

double inactive_age_factor(int age) {
    if (age < 15 || age > last_working_age) return 0;
    if (age >= 65) return 0.05;
    constexpr double factors[search_ages] = {1.6, 1.6, 1.2, 1.0, 0.7, 0.3};
    return factors[search_age_of(age)];
}

double employed_search_probability(const EmployedSearch& state, const SearchParameters& p) {
    double factor = sim::exponential(p.wage_gap_slope * std::clamp(state.wage_gap, -most_gap, most_gap));
    if (state.tenure < 24) factor *= p.short_tenure_factor;
    if (state.months_to_end >= 0 && state.months_to_end < 3) factor *= p.contract_end_factor;
    return std::min(1.0, p.employed_search * employed_age_factor(state.age) * std::min(factor, most_employed_factor));
}

double inactive_search_probability(int age, int distance, const SearchParameters& p) {
    const double near = distance == 0 ? 1.0 : distance == 1 ? 0.5 : 0.15;
    return std::min(1.0, p.inactive_search * inactive_age_factor(age) * near);
}

double outsider_search_probability(double tightness, const SearchParameters& p) {
    return std::min(1.0, p.outsider_search * std::min(4.0, sim::power(std::max(tightness, 0.01), p.outsider_elasticity)));
}

int applications_of(double mean, double u) { return static_cast<int>(mean + u); }

double mean_applications(SeekerKind kind, const SearchParameters& p) {
    switch (kind) {
        case SeekerKind::unemployed: return p.search_intensity * p.applications_unemployed;
        case SeekerKind::graduate: return p.search_intensity * p.applications_graduate;
        case SeekerKind::employed: return p.search_intensity * p.applications_employed;
        case SeekerKind::inactive: return p.search_intensity * p.applications_inactive;
        case SeekerKind::self_employed: return p.search_intensity * p.applications_self_employed;
        case SeekerKind::student: return p.search_intensity * p.applications_student;
        case SeekerKind::outsider: return p.search_intensity * p.applications_outsider;
    }
    return 0;
}

void UsualWages::build(const World& world) {
    log_.resize(static_cast<std::size_t>(occupations) * 5 * 60);
    sim::for_each_task(static_cast<std::size_t>(occupations), [&](std::size_t o) {
        for (std::size_t e = 0; e < 5; ++e) {
            Person person;
            person.education = static_cast<Education>(e);
            for (std::size_t a = 0; a < 60; ++a)
                log_[(o * 5 + e) * 60 + a] =
                    static_cast<float>(sim::logarithm(std::max(1.0, usual_wage(world, person, static_cast<int>(a) + 15, static_cast<Occupation>(o)))));
        }
    });
}

void find_seekers(const World& world, sim::Month month, const UsualWages& usual, std::vector<std::vector<Seeker>>& seekers) {
    const auto& p = world.parameters->search;
    const auto& persons = world.persons;
    const auto& random = world.random;
    const std::uint8_t* risks = persons.risk.data();
    seekers.resize(sim::blocks_of(persons.size()));

    // Outsiders answer to tightness in the region of their gate: the mean over its occupations by workers.
    std::vector<double> outsider(static_cast<std::size_t>(world.regions));
    for (std::size_t r = 0; r < outsider.size(); ++r) {
        double tightness = 0;
        for (std::size_t o = 0; o < occupations; ++o)
            tightness +=
                world.tables->search.workers[o] * (world.market.tightness.empty() ? 1.0 : world.market.tightness[submarket(r, static_cast<Occupation>(o))]);
        outsider[r] = outsider_search_probability(tightness, p);
    }
    const double outsider_ceiling = outsider.empty() ? 0 : *std::max_element(outsider.begin(), outsider.end());
    std::array<double, seeker_kinds> mean{};
    for (std::size_t k = 0; k < seeker_kinds; ++k) mean[k] = mean_applications(static_cast<SeekerKind>(k), p);
    const double steady_most = std::min(most_employed_factor, sim::exponential(std::abs(p.wage_gap_slope) * most_gap) * (1 + 1e-9));
    const bool graduates = season_of_graduates(month);

    sim::for_each_block(persons.size(), [&](sim::Block block) {
        auto& mine = seekers[block.number];
        mine.clear();
        std::vector<sim::Candidate> candidates;
        candidates.reserve(1024);
        const auto add = [&](Row row, SeekerKind kind, double u) {
            const int applications = applications_of(mean[index_of(kind)], u);
            if (applications > 0) mine.push_back({row, kind, capped(applications)});
        };

        // Walked whole, each at a draw of its own: eight rows at a time, for most belong to none of these groups.
        const double most_inactive = std::min(1.0, p.inactive_search * world.births.most(block.number, month, inactive_age_factor));
        constexpr std::uint8_t walked = risk::unemployed | risk::inactive | risk::student;
        constexpr std::uint64_t eight_walked = 0x0101010101010101ULL * walked;
        std::uint64_t present = 0;  // the bits that anybody in the block has
        for (Row row = block.begin; row < block.end;) {
            if (row + 8 <= block.end) {
                std::uint64_t eight;
                std::memcpy(&eight, risks + row, 8);
                present |= eight;
                if ((eight & eight_walked) == 0) {
                    row += 8;
                    continue;
                }
            }
            for (const Row stop = std::min(row + 8, block.end); row < stop; ++row) {
                const std::uint8_t bits = risks[row];
                present |= bits;
                if ((bits & walked) == 0 || world.moved(row)) continue;
                if ((bits & risk::unemployed) != 0) {
                    add(row, SeekerKind::unemployed, random.uniform({applications_info.key, sim::person(row), month, 0}));
                } else if ((bits & risk::inactive) != 0) {
                    const auto draw = random.draw({search_inactive_info.key, sim::person(row), month, 0});
                    const double u = draw.uniform();
                    if (u < most_inactive && u < inactive_search_probability(world.age(row), persons.record[row].distance, p))
                        add(row, SeekerKind::inactive, draw.uniform(1));
                } else if (graduates && graduates_soon(world, row)) {
                    add(row, SeekerKind::graduate, random.uniform({applications_info.key, sim::person(row), month, 0}));
                } else if (persons.post[row] == no_post) {
                    const auto draw = random.draw({search_student_info.key, sim::person(row), month, 0});
                    if (draw.uniform() < p.student_search && world.age(row) < 35) add(row, SeekerKind::student, draw.uniform(1));
                }
            }
        }

        // Thinned groups. Word 1 of the draw that accepts a person gives its number of applications. Candidates are gathered first, so that the records
        // of many are on their way from memory while one is looked at.
        const auto thinned = [&](sim::ProcessKey key, std::uint8_t mask, double bound, double ceiling, SeekerKind kind, auto&& highest, auto&& probability) {
            if ((present & (0x0101010101010101ULL * mask)) == 0) return;
            candidates.clear();
            sim::thin_block(random, key, month, block, risks, mask, bound, ceiling, [&](const sim::Candidate& c) {
                __builtin_prefetch(&persons.record[c.row()]);
                candidates.push_back(c);
            });
            for (const auto& c : candidates)
                if (c.accepts(highest(c.row())) && !world.moved(c.row()) && c.accepts(probability(c.row()))) add(c.row(), kind, c.draw().uniform(1));
        };
        const double employed = world.births.most(block.number, month, employed_age_factor);
        thinned(
            search_employed_info.key, risk::employee, employed_search_bound * employed, std::min(1.0, p.employed_search * most_employed_factor * employed),
            SeekerKind::employed,
            [&](Row row) {
                // Most have two years of tenure and no contract that ends: with the widest wage gap they are still below this.
                const Person& person = persons.record[row];
                const bool steady = months_since(person.since, month) >= 24 && person.ends == 0;
                return std::min(1.0, p.employed_search * employed_age_factor(world.age(row)) * (steady ? steady_most : most_employed_factor));
            },
            [&](Row row) {
                const Person& person = persons.record[row];
                if (person.contract == Contract::bbl) return 0.0;
                const int age = world.age(row);
                EmployedSearch state{.age = age, .tenure = months_since(person.since, month), .months_to_end = -1, .wage_gap = 0};
                if (person.ends != 0) state.months_to_end = std::max(0, -months_since(person.ends, month));
                if (person.wage > 0)
                    state.wage_gap = static_cast<double>(usual.log_wage(person.occupation, person.education, age)) - sim::logarithm(person.wage);
                return employed_search_probability(state, p);
            });
        const auto any = [](double ceiling) { return [ceiling](Row) { return ceiling; }; };
        const double working = world.births.most(block.number, month, [](int age) { return age <= last_working_age ? 1.0 : 0.0; });
        thinned(search_self_employed_info.key, risk::self_employed, self_employed_search_bound * working, p.self_employed_search * working,
                SeekerKind::self_employed, any(p.self_employed_search * working),
                [&](Row row) { return world.age(row) <= last_working_age ? p.self_employed_search : 0.0; });
        thinned(search_outsider_info.key, risk::outsider, outsider_search_bound * working, outsider_ceiling * working, SeekerKind::outsider,
                any(outsider_ceiling * working), [&](Row row) {
                    const int age = world.age(row);
                    if (persons.post[row] != no_post || age < 15 || age > last_working_age) return 0.0;
                    return outsider[persons.record[row].municipality];
                });
        std::sort(mine.begin(), mine.end(), [](const Seeker& a, const Seeker& b) { return a.row != b.row ? a.row < b.row : a.applications > b.applications; });
        // Both layers of a stream may choose the same person.
        mine.erase(std::unique(mine.begin(), mine.end(), [](const Seeker& a, const Seeker& b) { return a.row == b.row; }), mine.end());
    });
}

}  // namespace models
