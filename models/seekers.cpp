#include "models/seekers.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <span>
#include <utility>

#include "models/demography.hpp"
#include "models/parameters.hpp"
#include "models/progress.hpp"
#include "models/recovery.hpp"
#include "models/side_entry.hpp"
#include "models/tables.hpp"
#include "models/wages.hpp"
#include "models/world.hpp"
#include "sim/math.hpp"
#include "sim/rows_with.hpp"
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

double unemployed_search_factor(const SearchTables& t, int age, std::size_t region) {
    const double here = region < t.unemployed_region.size() ? t.unemployed_region[region] : 1.0;
    return here * t.unemployed_age[search_age_of(age)];
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

/// Who of a block looks for work: a bit a row, and the kind and number of applications where it is set.
class SeekerSearch::Chosen {
public:
    Chosen(const SeekerSearch& search, sim::Block block) : search_(search), block_(block) {}
    /// Whoever is chosen twice (both layers of a stream may choose the same person) sends the larger number. `u` rounds the number of applications.
    void add(Row row, SeekerKind kind, double u, double factor = 1) {
        const int applications = applications_of(search_.mean_[index_of(kind)] * factor, u);
        if (applications == 0) return;
        const Row place = row - block_.begin;
        const std::uint64_t bit = std::uint64_t{1} << (place % 64);
        const Seeker seeker{row, kind, capped(applications)};
        if ((present_[place / 64] & bit) != 0 && seeker_[place].applications >= seeker.applications) return;
        present_[place / 64] |= bit;
        seeker_[place] = seeker;
    }
    void write(std::vector<Seeker>& seekers) const {
        seekers.clear();
        for (std::size_t w = 0; w < present_.size(); ++w)
            for (std::uint64_t bits = present_[w]; bits != 0; bits &= bits - 1)
                seekers.push_back(seeker_[w * 64 + static_cast<std::size_t>(std::countr_zero(bits))]);
    }

private:
    const SeekerSearch& search_;
    sim::Block block_;
    std::array<std::uint64_t, sim::block_rows / 64> present_{};
    std::array<Seeker, sim::block_rows> seeker_;  // filled where `present_` says so
};

SeekerSearch::SeekerSearch(const World& world, sim::Month month, const UsualWages& usual)
    : world_(world),
      usual_(usual),
      month_(month),
      search_(search_in(*world.parameters, month)),
      outsider_(static_cast<std::size_t>(world.regions)),
      pension_(pension_age_months(world.tables->demography, month)),
      graduates_(season_of_graduates(month)) {
    const auto& p = search_;
    for (std::size_t k = 0; k < seeker_kinds; ++k) mean_[k] = mean_applications(static_cast<SeekerKind>(k), p);
    // Outsiders answer to tightness in the region of their gate, the mean over its occupations by workers, beside that of the nation, where they could work
    // too.
    const auto relative = [&](std::size_t r, std::size_t o) {
        if (world.market.tightness.empty()) return 1.0;
        const auto occupation = static_cast<Occupation>(o);
        return world.market.tightness[submarket(r, occupation)] / world.market.tightness[submarket(world.rest_nl(), occupation)];
    };
    for (std::size_t r = 0; r < outsider_.size(); ++r) {
        double tightness = 0;
        for (std::size_t o = 0; o < occupations; ++o) tightness += world.tables->search.workers[o] * relative(r, o);
        outsider_[r] = outsider_search_probability(tightness, p);
        most_outsider_ = std::max(most_outsider_, outsider_[r]);
    }
    const double gap = std::abs(p.wage_gap_slope) * most_gap;
    steady_most_ = std::min(most_employed_factor, sim::exponential(gap) * (1 + 1e-9));
    steady_least_ = sim::exponential(-gap) * (1 - 1e-9);
}

template <class Eligible, class Visit>
void SeekerSearch::walk(sim::Block block, std::uint8_t mask, sim::ProcessKey key, Eligible&& eligible, Visit&& visit) const {
    constexpr std::size_t together = 256;
    sim::BlockRows rows;
    std::array<sim::Draw, together> draws;
    const std::size_t present = sim::rows_with(world_.persons.risk.data(), block, mask, mask, rows);
    std::size_t count = 0;
    for (std::size_t i = 0; i < present; ++i) {  // without a branch
        const Row row = rows[i];
        rows[count] = row;
        count += static_cast<std::size_t>(eligible(row));
    }
    for (std::size_t at = 0; at < count; at += together) {
        const auto some = std::span<const Row>(rows).subspan(at, std::min(together, count - at));
        world_.random.draws(key, some, month_, 0, std::span(draws).first(some.size()));
        for (std::size_t i = 0; i < some.size(); ++i) visit(some[i], draws[i]);
    }
}

void SeekerSearch::walk_small_groups(sim::Block block, std::uint8_t present, Chosen& chosen) const {
    const auto& p = search_;
    const auto& persons = world_.persons;
    const auto everybody = [](Row) { return true; };
    if ((present & risk::unemployed) != 0)
        walk(block, risk::unemployed, applications_info.key, everybody, [&](Row row, const sim::Draw& draw) {
            __builtin_prefetch(&persons.record[row]);
            if (!world_.no_search(row))
                chosen.add(row, SeekerKind::unemployed, draw.uniform(), unemployed_search_factor(world_.tables->search, world_.age(row), persons.region[row]));
        });
    // In many blocks everybody is too old to search.
    const double most = (present & risk::inactive) == 0 ? 0 : std::min(1.0, p.inactive_search * world_.births.most(block.number, month_, inactive_age_factor));
    if (most > 0) {
        // Most are refused by their draw alone. The records of the others are on their way from memory while the rest are walked.
        std::vector<std::pair<Row, sim::Draw>> candidates;
        candidates.reserve(512);
        walk(block, risk::inactive, search_inactive_info.key, everybody, [&](Row row, const sim::Draw& draw) {
            if (draw.uniform() >= most || world_.no_search(row)) return;
            __builtin_prefetch(&persons.record[row]);
            candidates.emplace_back(row, draw);
        });
        for (const auto& [row, draw] : candidates)
            if (draw.uniform() < inactive_search_probability(world_.age(row), persons.record[row].distance, p))
                chosen.add(row, SeekerKind::inactive, draw.uniform(1));
    }
    if ((present & risk::student) != 0) {
        const auto without_job = [&](Row row) {
            if (graduates_) __builtin_prefetch(&persons.record[row]);
            return persons.post[row] == no_post;
        };
        walk(block, risk::student, search_student_info.key, without_job, [&](Row row, const sim::Draw& draw) {
            if (draw.uniform() >= p.student_search || world_.no_search(row) || world_.age(row) >= 35) return;
            if (graduates_ && graduates_soon(world_, row)) return;
            __builtin_prefetch(&persons.record[row]);
            chosen.add(row, SeekerKind::student, draw.uniform(1));
        });
        if (graduates_)
            walk(
                block, risk::student, applications_info.key, [&](Row row) { return !world_.no_search(row) && graduates_soon(world_, row); },
                [&](Row row, const sim::Draw& draw) { chosen.add(row, SeekerKind::graduate, draw.uniform()); });
    }
}

void SeekerSearch::thin_employed(sim::Block block, Chosen& chosen) const {
    const auto& p = search_;
    const auto& persons = world_.persons;
    const double most = world_.births.most(block.number, month_, employed_age_factor);
    sim::thin_block(
        world_.random, search_employed_info.key, month_, block, persons.risk.data(), risk::employee, employed_search_bound * most,
        std::min(1.0, p.employed_search * most_employed_factor * most),
        [&](const sim::Candidate& c) {
            const Row row = c.row();
            const Person& person = persons.record[row];
            const int age = world_.age(row);
            // Most have two years of tenure and no contract that ends. What a wage gap may add or take at most spares a look at the wage.
            EmployedSearch state{.age = age, .tenure = months_since(person.since, month_), .months_to_end = -1, .wage_gap = 0};
            const bool steady = state.tenure >= 24 && person.ends == 0;
            const double usual = p.employed_search * employed_age_factor(age);
            if (!c.accepts(std::min(1.0, usual * (steady ? steady_most_ : most_employed_factor))) || world_.no_search(row) || person.contract == Contract::bbl)
                return;
            if (!c.accepts(std::min(1.0, usual * steady_least_))) {
                if (person.ends != 0) state.months_to_end = std::max(0, -months_since(person.ends, month_));
                if (person.wage > 0)
                    state.wage_gap = static_cast<double>(usual_.log_wage(person.occupation, person.education, age)) - sim::logarithm(person.wage);
                if (!c.accepts(employed_search_probability(state, p))) return;
            }
            chosen.add(row, SeekerKind::employed, c.draw().uniform(1));
        },
        [&](Row row) {
            __builtin_prefetch(&persons.record[row]);
            __builtin_prefetch(&persons.birth[row]);
        });
}

void SeekerSearch::thin_others(sim::Block block, std::uint8_t present, Chosen& chosen) const {
    const auto& p = search_;
    const auto& persons = world_.persons;
    const double working = world_.births.most(block.number, month_, [](int age) { return age <= last_working_age ? 1.0 : 0.0; });
    const auto thinned = [&](sim::ProcessKey key, std::uint8_t mask, double bound, double ceiling, SeekerKind kind, auto&& probability) {
        if ((present & mask) == 0) return;
        sim::thin_block(
            world_.random, key, month_, block, persons.risk.data(), mask, bound * working, ceiling * working,
            [&](const sim::Candidate& c) {
                if (c.accepts(ceiling * working) && !world_.no_search(c.row()) && c.accepts(probability(c.row())))
                    chosen.add(c.row(), kind, c.draw().uniform(1));
            },
            [&](Row row) { __builtin_prefetch(&persons.record[row]); });
    };
    thinned(search_self_employed_info.key, risk::self_employed, self_employed_search_bound, p.self_employed_search, SeekerKind::self_employed,
            [&](Row row) { return world_.age(row) <= last_working_age ? p.self_employed_search : 0.0; });
    thinned(search_outsider_info.key, risk::outsider, outsider_search_bound, most_outsider_, SeekerKind::outsider, [&](Row row) {
        const int age = world_.age(row);
        if (persons.post[row] != no_post || age < 15 || world_.age_in_months(row) >= pension_) return 0.0;
        return outsider_[persons.record[row].municipality];
    });
}

void SeekerSearch::in_block(sim::Block block, std::vector<Seeker>& seekers) const {
    std::uint8_t present = 0;  // the bits that anybody in the block has
    for (Row row = block.begin; row < block.end; ++row) present |= world_.persons.risk[row];
    Chosen chosen(*this, block);
    walk_small_groups(block, present, chosen);
    if ((present & risk::employee) != 0) thin_employed(block, chosen);
    thin_others(block, present, chosen);
    const auto looks_whatever_else = [&](Row row) {
        if ((world_.persons.risk[row] & risk::employee) == 0 || !world_.resident(row) || world_.no_search(row)) return;
        chosen.add(row, SeekerKind::employed, world_.random.draw({applications_info.key, sim::person(row), month_, 0}).uniform());
    };
    visit_completers(world_.programmes.side_entry.takers, block, month_, looks_whatever_else);
    visit_aims(world_, block, month_, looks_whatever_else);
    chosen.write(seekers);
}

}  // namespace models
