/// How long things have lasted at the start: tenure, spells without work, study years, contracts, pasts, vacancies.
///
/// In a stationary state the time that a spell has lasted when it is looked at has density S(t) / sum of S, with S the survival of a spell
/// under its monthly hazards (residual-life law; Cox 1962). The hazards are the model's at the flows of 2020.

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "models/bbl.hpp"
#include "models/demand.hpp"
#include "models/parameters.hpp"
#include "models/progress.hpp"
#include "models/search.hpp"
#include "models/separations.hpp"
#include "models/slot_sizes.hpp"
#include "models/vacancy_slots.hpp"
#include "models/wages.hpp"
#include "regions/durations.hpp"
#include "regions/start_contracts.hpp"
#include "regions/start_wages.hpp"
#include "regions/synthesis_parts.hpp"
#include "sim/parallel.hpp"

namespace regions::synthesis {
namespace {

using models::Contract;
using models::LabourStatus;
using models::Occupation;
using models::Person;
using models::StoredMonth;
using models::Track;

constexpr int age_classes = 4;  // under 25, 25-34, 35-44, 45 and over
int age_class_of(int age) { return age < 25 ? 0 : age < 35 ? 1 : age < 45 ? 2 : 3; }

/// Rank of luck among offers of the wage of somebody at work, whose rank among those at work is u: who has met `ladder` times as many better offers as ends of
/// jobs stands above most offers (Burdett and Mortensen 1998: G = F / (1 + k (1 - F)), here solved for F).
double rank_of_holder(double u, double ladder) { return (1 + ladder) * u / (1 + ladder * u); }

/// What a person has gone through at a stretch, up to now.
enum Spell : std::uint8_t { tenure, business, side_job, search, idleness, none };

/// Laws of elapsed time by spell and age class.
using Laws = std::array<std::array<Elapsed, age_classes>, none>;

/// Of persons without a job at an employer.
constexpr Spell spell_of(LabourStatus status) {
    switch (status) {
        case LabourStatus::self_employed: return business;
        case LabourStatus::unemployed: return search;
        case LabourStatus::inactive:
        case LabourStatus::outside: return idleness;
        default: return none;
    }
}

Laws laws_of(const models::SeparationTables& separations, const models::SearchTables& seeking, const models::SeparationParameters& p) {
    // Leaving a job: 8.5 % a quarter go to another job under two years of tenure and 2.8 % later (CBS 2022). The second is taken as it is. Of the first, more
    // leave in the first year than in the second; the two values keep the shares of jobs of under one and under two years that the model keeps itself in
    // years of demand that stands still. To these come the model's exits to unemployment and inactivity, with half of short and few of long
    // jobs on a temporary contract. The young leave about 1.6 times as often, those of 45 and over about 0.65 times (job changes by age, 2017).
    const auto to_other_job = [](int months) { return months < 12 ? 0.05 : months < 24 ? 0.033 : 0.0094; };
    const double short_exit = 0.5 * separations.leave_flexible + 0.5 * separations.leave_permanent;
    const double long_exit = 0.05 * separations.leave_flexible + 0.95 * separations.leave_permanent;
    constexpr std::array<double, age_classes> by_age{1.6, 1.15, 0.95, 0.65};
    // Unemployment: the model's exits to inactivity, and to work about 0.39 a quarter (CBS), 0.15 a month. About one in four has searched for a year, which
    // exits that do not fall with duration cannot keep; their own law is taken, so that spells do not shorten all through the first year.
    constexpr double to_work = 0.15;
    const auto& found = seeking.unemployed_age;
    const std::array<double, age_classes> finds{(found[0] + found[1]) / 2, found[2], found[3], (found[4] + found[5]) / 2};
    constexpr std::array<double, age_classes> exits{1.25, 1.05, 0.95, 0.70};
    constexpr std::array<int, age_classes> middle{20, 30, 40, 55};  // years
    Laws laws;
    for (std::size_t a = 0; a < age_classes; ++a) {
        laws[tenure][a] = Elapsed(600, [&](int t) { return std::min(0.5, by_age[a] * (to_other_job(t) + (t < 24 ? short_exit : long_exit))); });
        laws[business][a] = Elapsed(480, [&](int) { return 0.010 * by_age[a]; });
        laws[side_job][a] = Elapsed(120, [&](int) { return 0.055; });
        laws[search][a] =
            Elapsed(120, [&](int t) { return std::min(0.6, models::give_up_probability(separations, p, middle[a], t).value() + finds[a] * to_work); });
        laws[idleness][a] =
            Elapsed(360, [&](int t) { return std::min(0.5, exits[a] * (t < 12 ? 0.05 + separations.start_looking : separations.start_looking)); });
    }
    return laws;
}

// One draw of 128 bits serves a person: the first word the duration, whose lower half is free again, the halves of the others what follows.
double high_half(std::uint32_t word) { return ((word >> 16) + 0.5) * 0x1p-16; }
double low_half(std::uint32_t word) { return ((word & 0xFFFFU) + 0.5) * 0x1p-16; }

StoredMonth months_ago(sim::Month now, int months) { return static_cast<StoredMonth>(std::max(1, now.number() - months)); }

}  // namespace

void draw_durations(Build& build) {
    const Laws laws = laws_of(build.tables.separations, build.tables.search, build.world.parameters->separations);
    auto& world = build.world;
    auto& persons = world.persons;
    const sim::Month now = build.now;
    const auto& search_tables = build.tables.search;
    std::vector<double> workers(models::occupations);
    double all = 0;
    for (std::size_t o = 0; o < models::occupations; ++o)
        for (std::size_t s = 0; s < models::sectors; ++s) workers[o] += build.start.national_sector[s] * build.start.occupation[s][o];
    for (const double w : workers) all += w;
    // Last occupations. Where somebody comes from who now works in an occupation: by symmetry, where those who leave it go; what their shares leave over is
    // any occupation. Then those of who does not work: any, or by the field of education the next one of its group after any.
    constexpr std::size_t any = models::occupations;
    std::vector<std::vector<double>> pasts;
    for (std::size_t o = 0; o < models::occupations; ++o) {
        const auto from = search_tables.switches.begin() + static_cast<std::ptrdiff_t>(o * models::occupations);
        auto& to = pasts.emplace_back(from, from + models::occupations);
        const double rest = std::max(0.0, 1 - std::accumulate(to.begin(), to.end(), 0.0));
        for (std::size_t k = 0; k < models::occupations; ++k) to[k] += rest * workers[k] / all;
    }
    pasts.push_back(workers);
    for (const auto field : {models::Field::technical, models::Field::ict, models::Field::other}) {
        std::vector<double> to(models::occupations);
        for (std::size_t o = 0; o < models::occupations; ++o) {
            std::size_t next = o;
            while (models::group_of(static_cast<Occupation>(next)) != field) next = (next + 1) % models::occupations;
            to[next] += workers[o];
        }
        pasts.push_back(std::move(to));
    }
    const Choices past(pasts);
    const StartContracts contracts(search_tables, world.parameters->separations);
    const StartWages wages(build.tables.wages, world.parameters->wages);
    std::vector<std::vector<sim::Row>> learners(sim::blocks_of(persons.size()));
    sim::for_each_block(persons.size(), [&](sim::Block b) {
        // Posts and employers stand far apart: those of the next rows are on their way from memory.
        constexpr sim::Row ahead = 16;
        // Who has none gets the first, without a branch.
        const auto post_of = [&](sim::Row row) {
            const auto post = persons.post[std::min(row, b.end - 1)];
            return post != models::no_post ? post : 0;
        };
        constexpr sim::Row at_once = 64;
        std::array<sim::Row, at_once> rows{};
        std::array<sim::Draw, at_once> draws{};
        for (sim::Row row = b.begin; row < b.end; ++row) {
            const sim::Row place = (row - b.begin) % at_once;
            if (place == 0) {
                const auto n = std::min<std::size_t>(at_once, b.end - row);
                std::iota(rows.begin(), rows.end(), row);
                build.random.draws(key_durations, {rows.data(), n}, sim::Month(0), 0, {draws.data(), n});
            }
            __builtin_prefetch(&world.employers.post[post_of(row + 2 * ahead)]);
            __builtin_prefetch(&world.employer_of(post_of(row + ahead)));
            Person& p = persons.record[row];
            const int birth = persons.birth[row];
            const int age_months = std::max(0, now.number() - birth);
            const int age = age_months / 12;
            world.refresh(row);  // status and job are known, and nothing below changes who is at risk
            if (p.status == LabourStatus::child && p.track == Track::none) continue;
            const auto a = static_cast<std::size_t>(age_class_of(age));
            const sim::Draw& draw = draws[place];
            const int adult = std::max(1, age_months - 16 * 12);  // nobody has worked or looked for work before
            const bool employed = p.occupation != models::no_occupation && p.status != LabourStatus::self_employed;
            const Spell spell = employed ? (p.contract == Contract::side_job ? side_job : tenure) : spell_of(p.status);
            int months = spell != none ? laws[spell][a].months(draw.uniform(0), adult) : 0;
            if (employed) {
                const models::Employer& employer = world.employer_of(persons.post[row]);
                if (p.contract == Contract::bbl) {
                    learners[b.number].push_back(row);
                    // A learner's contract began with the course and lasts as long.
                    months = std::clamp(now.number() - sim::Month::of(models::first_school_year(p), 9).number(), 0, adult);
                } else if (spell == tenure) {
                    if (high_half(draw.words[1]) < contracts.temporary(age, months, employer.sector == models::Sector::agency_work)) {
                        p.contract = Contract::temporary;
                        p.ends = models::stored(now + contracts.remaining(low_half(draw.words[1])));
                    }
                }
                p.wage = p.contract == Contract::bbl
                             ? static_cast<std::uint16_t>(
                                   std::clamp(100 * models::minimum_wage(build.tables.wages, age) * world.parameters->schooling.bbl_wage, 1.0, 60000.0))
                             : wages.offer(p.occupation, employer, p.education, age, rank_of_holder(high_half(draw.words[2]), world.parameters->wages.ladder));
            } else if (spell == search) {
                p.distance = months >= 24 ? 2 : months >= 12 ? 1 : 0;
            } else if (spell == idleness) {
                // Of the inactive about one in ten says that a job would be welcome or was sought lately (CBS: semi-unemployed). By age such that the shares
                // of the three distances are those that the model keeps itself.
                constexpr std::array<std::array<double, 2>, age_classes> welcome{{{0.105, 0.41}, {0.105, 0.41}, {0.072, 0.33}, {0.081, 0.36}}};
                p.distance = high_half(draw.words[1]) < welcome[a][0] ? 0 : high_half(draw.words[1]) < welcome[a][1] ? 1 : 2;
            } else if (p.status == LabourStatus::retired) {
                months = std::max(0, now.number() - (birth + 65 * 12 + static_cast<int>((draw.uniform(0) - 0.7) * 48)));
            } else if (spell == none) {
                months = std::min(age_months, 12);
            }
            p.since = months_ago(now, months);
            if (spell == side_job || p.status == LabourStatus::student || p.status == LabourStatus::child) continue;
            // Pasts: the occupation before the present one, or the last one of those without work.
            const double had = high_half(draw.words[3]), which = low_half(draw.words[3]), more = low_half(draw.words[2]);
            const int since_school = age_months - 20 * 12;
            const bool at_work = p.occupation != models::no_occupation;
            const bool own = p.field != models::Field::other && more < 0.5;
            // Without branches: who has had which has no pattern.
            const double share = at_work ? (since_school > 12 ? std::min(0.75, since_school * (1 / 240.0)) : 0.0) : (since_school > 0 ? 0.66 : 0.0);
            const std::size_t law = at_work ? p.occupation : own ? any + 1 + models::index_of(p.field) : any;
            const auto before = static_cast<Occupation>(past.of(law, which));
            const auto earlier = static_cast<Occupation>(past.of(before, std::min(more / 0.4, 0x1.fffffep-1)));
            const bool has_before = had < share;
            p.previous = has_before ? before : models::no_occupation;
            p.earlier = has_before && at_work && more < 0.4 ? earlier : models::no_occupation;
            const Occupation last = at_work ? p.occupation : p.previous;
            if (last != models::no_occupation && models::is_technical_or_ict(last))
                p.experience = static_cast<std::uint16_t>(std::max(0, since_school - (at_work ? now.number() - p.since : 0)) * 0.7 * low_half(draw.words[0]));
        }
    });
    world.rebuild_diary();
    for (const auto& part : learners) build.learners.insert(build.learners.end(), part.begin(), part.end());
}

Elapsed age_of_vacancies(double exit, const models::DemandParameters& p) {
    return Elapsed(longest_vacancy, [&](int t) { return std::min(1.0, exit + models::lapse_probability(t, p)); });
}

void place_vacancies(Build& build) {
    auto& world = build.world;
    const auto submarkets = static_cast<std::size_t>(world.work_regions()) * models::occupations;
    world.market.tightness.assign(submarkets, 1.0);
    world.market.contract_wage.fill(1.0);
    models::make_slot_tables(world, build.options.spin_up ? models::slots_before_spin_up(world) : models::slots_without_spin_up(world),
                             models::slots_beside(world));
    // Openings on staff: each post is struck with the rate of its occupation, by draws at the employer.
    const auto& rate = build.tables.demand.vacancy_rate;
    const auto& direct = build.tables.demand.direct_share;
    // Nobody has left a job before the first month of spin-up, so what that month would open stands open already.
    const double more = build.options.spin_up ? 1 + 1 / 2.7 : 1, more_direct = build.options.spin_up ? 2 : 1;
    const Elapsed posted_age = age_of_vacancies(1 / 2.7, world.parameters->demand);  // 81 days in the first quarter of 2021
    const Elapsed direct_age(3, [](int) { return 0.6; });
    const auto& employers = world.employers.employer;
    std::vector<std::vector<models::Vacancy>> found(sim::blocks_of(employers.size()));
    sim::for_each_block(employers.size(), [&](sim::Block b) {
        for (sim::Row i = b.begin; i < b.end; ++i)
            for (std::uint32_t post = employers[i].first_post; post < employers[i].first_post + employers[i].posts; ++post) {
                const auto& p = world.employers.post[post];
                for (std::uint32_t kind = 0; kind < 2; ++kind) {
                    // Openings without a vacancy last about a third as long.
                    const double per_job = kind == 0
                                               ? rate[p.occupation] * more
                                               : rate[p.occupation] * direct[p.occupation] / std::max(0.05, 1 - direct[p.occupation]) * 0.35 * more_direct;
                    const auto draw = build.random.draw({key_vacancies, sim::employer(i), sim::Month(0), p.occupation * 2U + kind});
                    const auto n = static_cast<int>(p.staff * per_job + draw.uniform(0));
                    for (int k = 0; k < n; ++k) {
                        models::Vacancy v;
                        v.post = post;
                        v.posted = kind == 0;
                        v.replacement = 1;
                        // One age a draw; of several openings of a post each the next third of a year older or younger.
                        double u = draw.uniform(1) + k * 0.6180339887498949;
                        u -= std::floor(u);
                        v.opened = months_ago(build.now, (kind == 0 ? posted_age : direct_age).months(u, longest_vacancy));
                        v.index = static_cast<std::uint16_t>(kind * 16384 + static_cast<std::uint32_t>(k));
                        found[b.number].push_back(v);
                    }
                }
            }
    });
    std::vector<models::Vacancy> openings;
    for (const auto& part : found) openings.insert(openings.end(), part.begin(), part.end());
    models::place_openings(world, std::move(openings));
    // Employers want the staff that they have and the openings that they try to fill.
    for (auto& post : world.employers.post) post.desired = static_cast<float>(post.staff + post.posted + post.direct);
    // These openings are the stock of the start, not flows of a month.
    std::fill(world.vacancies.flows.opened.begin(), world.vacancies.flows.opened.end(), 0);
    world.vacancies.flows.without_slot = 0;
    world.vacancies.without_slot_so_far = 0;
}

}  // namespace regions::synthesis
