/// The twelve months of 2020 without demography and schooling, and the margins restored within cells.
///
/// The months let durations, contracts, vacancies and the ties between them settle under the model's own rules; what they do to the margins is undone:
/// within each cell as many of those who changed are put back into the state in which they were built as it takes to restore its numbers.

#include <algorithm>
#include <array>
#include <span>

#include "models/month.hpp"
#include "models/progress.hpp"
#include "models/slot_sizes.hpp"
#include "models/vacancy_slots.hpp"
#include "regions/durations.hpp"
#include "regions/ipf.hpp"
#include "regions/synthesis_parts.hpp"
#include "regions/synthesis_restored.hpp"
#include "sim/parallel.hpp"

namespace regions::synthesis {
namespace {

using models::Contract;
using models::LabourStatus;
using models::Person;
using models::PostNumber;
using models::Row;
using models::World;

/// What a person counts as in the margins of labour status.
enum Category : std::uint8_t { idle_student, working_student, learner, at_work, own_business, seeking, out, pensioner, elsewhere };
constexpr std::size_t categories = 9;

Category category_of(const Person& p, PostNumber post) {
    if (p.contract == Contract::bbl) return learner;
    switch (p.status) {
        case LabourStatus::student: return p.contract == Contract::side_job ? working_student : idle_student;
        case LabourStatus::employed: return at_work;
        case LabourStatus::self_employed: return own_business;
        case LabourStatus::unemployed: return seeking;
        case LabourStatus::inactive: return out;
        case LabourStatus::retired: return pensioner;
        default: return post == models::no_post ? elsewhere : at_work;  // outsiders
    }
}

/// The copies of a block in the order of rows; they were kept in the order of first changes.
std::vector<const Built*> in_order_of_rows(const std::vector<Built>& copies, Row first) {
    std::vector<const Built*> of_row(sim::block_rows, nullptr);
    for (const Built& copy : copies) of_row[copy.row - first] = &copy;
    std::vector<const Built*> sorted;
    sorted.reserve(copies.size());
    for (const Built* copy : of_row)
        if (copy != nullptr) sorted.push_back(copy);
    return sorted;
}

/// Rows to put back so that no cell has more or fewer people in any state than it had: greedily from states with too many to states with too few, else to any
/// state on the way. Always ends, for putting back everybody restores the cell. `flow` is memory.
void undo(std::span<const Change> changes, std::size_t states, std::vector<std::vector<const Built*>>& flow, std::vector<const Built*>& back) {
    std::array<std::int32_t, categories> surplus{};
    for (auto& rows : flow) rows.clear();
    for (const auto& c : changes) {
        --surplus[c.from];
        ++surplus[c.to];
        flow[c.from * states + c.to].push_back(c.built);
    }
    auto take = [&](std::size_t from, std::size_t to) {
        back.push_back(flow[from * states + to].back());
        flow[from * states + to].pop_back();
        --surplus[to];
        ++surplus[from];
    };
    for (std::size_t to = 0; to < states; ++to)
        for (std::size_t from = 0; from < states; ++from)
            while (surplus[to] > 0 && surplus[from] < 0 && !flow[from * states + to].empty()) take(from, to);
    for (bool more = true; more;) {
        more = false;
        for (std::size_t to = 0; to < states; ++to)
            for (std::size_t from = 0; from < states; ++from)
                while (surplus[to] > 0 && !flow[from * states + to].empty()) take(from, to), more = true;
    }
}

/// By the copies that were kept. Education does not change without schooling, homes do not without demography.
Changed changes_of(const Build& build) {
    const auto& world = build.world;
    const auto& persons = world.persons;
    const std::size_t blocks = sim::blocks_of(persons.size());
    Changed changed{std::vector<std::vector<Shifted>>(blocks), std::vector<std::vector<Change>>(blocks), std::vector<std::vector<Mover>>(blocks)};
    sim::for_each_block(persons.size(), [&](sim::Block b) {
        for (const Built* built : in_order_of_rows(world.log[b.number].before, b.begin)) {
            const Row row = built->row;
            if (built->post != persons.post[row]) changed.shifted[b.number].push_back({row, built->post});
            const Person& was = built->record;
            const Person& is = persons.record[row];
            const auto from = category_of(was, built->post);
            const auto to = category_of(is, persons.post[row]);
            if (from == to) {
                if (built->post != persons.post[row] && built->post != models::no_post && persons.post[row] != models::no_post)
                    changed.job[b.number].push_back({build.random.draw({key_restore, sim::person(row), sim::Month(0), 0}).words[0], built});
                continue;
            }
            // Age at the start of the run, the way the margins see it; education does not change without schooling.
            const int age = std::clamp((1451 - persons.birth[row]) / 12, 0, 79);
            const std::uint32_t home = persons.region[row] < world.regions ? persons.region[row] : persons.region[row] * 64U + is.municipality % 64U;
            const auto cell = ((home * 2 + models::index_of(is.sex)) * 80 + static_cast<std::uint32_t>(age)) * 5 +
                              static_cast<std::uint32_t>(models::index_of(was.education));
            changed.state[b.number].push_back({built, static_cast<std::uint32_t>(cell), from, to});
        }
    });
    return changed;
}

constexpr std::uint32_t cells_a_home = 2 * 80 * 5;  ///< sex, age and education

/// In every cell of region (outsiders: home and gate), sex, age and education.
void restore_states(World& world, const std::vector<std::vector<Change>>& found) {
    // Each region and sex by itself, and the outsiders: rows go by home, outsiders come last.
    const auto homes = static_cast<std::uint32_t>(world.regions) + 1;
    const auto home_of = [&](const Change& c) { return std::min(c.cell / cells_a_home, homes - 1); };
    std::vector<std::vector<const Built*>> back(std::size_t{2} * homes);
    sim::for_each_task(back.size(), [&](std::size_t g) {
        const auto home = static_cast<std::uint32_t>(g / 2), sex = static_cast<std::uint32_t>(g % 2);
        std::vector<Change> group;
        for (const auto& part : found) {
            if (part.empty() || home < home_of(part.front()) || home > home_of(part.back())) continue;
            for (const auto& c : part)
                if (home_of(c) == home && c.cell / (cells_a_home / 2) % 2 == sex) group.push_back(c);
        }
        // By cell, within a cell in order of rows.
        std::uint32_t lowest = 0xFFFFFFFFU, highest = 0;
        for (const auto& c : group) lowest = std::min(lowest, c.cell), highest = std::max(highest, c.cell);
        if (group.empty()) return;
        std::vector<std::uint32_t> next(highest - lowest + 1);
        for (const auto& c : group) ++next[c.cell - lowest];
        sim::exclusive_scan(next);
        std::vector<Change> changes(group.size());
        for (const auto& c : group) changes[next[c.cell - lowest]++] = c;
        std::vector<std::vector<const Built*>> flow(categories * categories);
        for (std::size_t begin = 0, end = 0; begin < changes.size(); begin = end) {
            while (end < changes.size() && changes[end].cell == changes[begin].cell) ++end;
            undo({changes.data() + begin, end - begin}, categories, flow, back[g]);
        }
    });
    std::vector<const Built*> all;
    for (const auto& part : back) all.insert(all.end(), part.begin(), part.end());
    put_back(world, all);
}

/// Ages (months) of the posted vacancies that are missing, by submarket: where those that are open fall short of the law of ages at `wanted` vacancies there. A
/// stock that stays and into which as many are opened as in a month of spin-up loses opened / (opened + wanted) of those that were open or opened in the
/// month; so old vacancies are where vacancies are hard to fill.
std::vector<Ladder> missing_ages(const World& world, const std::vector<double>& wanted, double openings_in_run) {
    const auto& vacancies = world.vacancies;
    constexpr std::size_t ages = longest_vacancy + 1;
    std::vector<std::array<double, ages>> open(wanted.size());
    for (const auto& v : vacancies.slot)
        if (!v.empty() && v.posted != 0)
            open[models::submarket_of(world, v.post)][static_cast<std::size_t>(std::clamp(world.month.number() - v.opened, 0, longest_vacancy))] += 1;
    std::vector<Ladder> found;
    for (std::size_t m = 0; m < wanted.size(); ++m) {
        // Nobody had left a job before the first month of spin-up, so eleven months have openings; a run has more of them.
        const double opened = openings_in_run * vacancies.flows.opened[m] / 11.0;
        const Elapsed law = age_of_vacancies(opened / std::max(1.0, opened + wanted[m]), world.parameters->demand);
        std::vector<double> cumulative;
        double sum = 0;
        for (std::size_t age = 0; age < ages; ++age) cumulative.push_back(sum += std::max(1e-9, wanted[m] * law.share(static_cast<int>(age)) - open[m][age]));
        found.emplace_back(std::move(cumulative));
    }
    return found;
}

/// Posted vacancies by submarket to the level of January 2021.
void restore_vacancies(Build& build) {
    auto& world = build.world;
    auto& vacancies = world.vacancies;
    const auto submarkets = static_cast<std::size_t>(world.work_regions()) * models::occupations;
    std::vector<double> jobs(submarkets);
    for (PostNumber post = 0; post < world.employers.post.size(); ++post)
        jobs[models::submarket_of(world, post)] += static_cast<double>(world.employers.post[post].staff);
    std::vector<models::Vacancy> openings;
    std::vector<std::int64_t> missing(submarkets);
    std::vector<double> expected(submarkets);
    double carry = 0;
    for (std::size_t m = 0; m < submarkets; ++m) {
        expected[m] = jobs[m] * build.tables.demand.vacancy_rate[m % models::occupations];
        const double exact = expected[m] + carry;
        const auto wanted = static_cast<std::int64_t>(std::floor(exact + 0.5));
        carry = exact - static_cast<double>(wanted);
        missing[m] = wanted - vacancies.open[m];
        if (missing[m] >= 0) continue;
        // Too many: the lowest lots close.
        std::vector<std::pair<std::uint32_t, std::uint32_t>> lots;
        for (std::uint32_t slot = vacancies.first_slot[m]; slot < vacancies.first_slot[m + 1]; ++slot)
            if (!vacancies.slot[slot].empty() && vacancies.slot[slot].posted != 0)
                lots.push_back({build.random.draw({key_restore, {sim::EntityKind::cell, slot}, sim::Month(0), 0}).words[0], slot});
        std::sort(lots.begin(), lots.end());
        for (std::int64_t k = 0; k < -missing[m]; ++k) models::close_slot(world, lots[static_cast<std::size_t>(k)].second, models::SlotEnd::withdrawn);
    }
    // Too few: more of them, such that all together are as old as vacancies are, at posts struck in proportion to staff.
    const std::vector<Ladder> ages = missing_ages(world, expected, build.start.openings_in_run);
    std::vector<double> passed(submarkets);
    for (PostNumber post = 0; post < world.employers.post.size(); ++post) {
        const std::size_t m = models::submarket_of(world, post);
        const auto& p = world.employers.post[post];
        if (missing[m] <= 0 || p.staff <= 0 || !world.employer_of(post).open()) continue;
        const double step = static_cast<double>(missing[m]) / jobs[m];
        const double before = passed[m];
        passed[m] += step * static_cast<double>(p.staff);
        const auto n = static_cast<int>(std::floor(passed[m] + 0.5) - std::floor(before + 0.5));
        for (int k = 0; k < n; ++k) {
            models::Vacancy v;
            v.post = post;
            v.replacement = 1;
            v.index = static_cast<std::uint16_t>(8192 + k);  // apart from what December opened
            const double u = build.random.uniform({key_restore, sim::employer(p.employer), sim::Month(0), p.occupation * 64U + static_cast<std::uint32_t>(k)});
            const Ladder& age = ages[m];
            v.opened = static_cast<models::StoredMonth>(build.now.number() - static_cast<int>(age.place(u * age.top(), longest_vacancy)));
            openings.push_back(v);
        }
    }
    models::place_openings(world, std::move(openings));
}

/// More openings without a vacancy, each like one that is there: the months of spin-up leave fewer than a run does.
void add_openings_without_vacancy(Build& build) {
    auto& world = build.world;
    const double more = std::max(0.0, build.start.openings_without_vacancy - 1);
    std::vector<models::Vacancy> openings;
    for (std::uint32_t slot = 0; slot < world.vacancies.slot.size(); ++slot) {
        models::Vacancy v = world.vacancies.slot[slot];
        if (v.empty() || v.posted != 0) continue;
        if (build.random.uniform({key_restore, {sim::EntityKind::cell, slot}, sim::Month(0), 1}) >= more) continue;
        v.wage_factor /= world.employer_of(v.post).wage_level;   // a slot holds their product
        v.index = static_cast<std::uint16_t>(v.index | 16384U);  // apart from what December opened and from restored vacancies
        openings.push_back(v);
    }
    models::place_openings(world, std::move(openings));
}

}  // namespace

void put_back(World& world, const std::vector<const Built*>& people) {
    constexpr std::size_t a_task = 1024;
    constexpr std::size_t ahead = 12;  // people stand far apart, as do posts: the next ones are on their way from memory
    std::vector<PostNumber> held(people.size());
    sim::for_each_task((people.size() + a_task - 1) / a_task, [&](std::size_t task) {
        for (std::size_t i = task * a_task; i < std::min(people.size(), (task + 1) * a_task); ++i) {
            if (i + 2 * ahead < people.size()) __builtin_prefetch(people[i + 2 * ahead]);
            if (i + ahead < people.size()) {
                __builtin_prefetch(&world.persons.record[people[i + ahead]->row], 1);
                __builtin_prefetch(&world.persons.post[people[i + ahead]->row], 1);
            }
            const Built& built = *people[i];
            Person& p = world.persons.record[built.row];
            held[i] = world.persons.post[built.row];
            world.persons.post[built.row] = built.post;
            const models::StoredMonth moved = p.since;
            p = built.record;
            // Whoever is put back into a job stands for somebody hired in these months, and has the job since the last move: else too few would have had theirs
            // for less than a year. Other spells that the law gave to the December before are taken for those of this December: the law is the same.
            const bool hired = built.post != models::no_post && p.contract != Contract::side_job && p.contract != Contract::bbl;
            p.since = hired ? moved : static_cast<models::StoredMonth>(p.since + 12);
            if (p.ends != 0) p.ends = static_cast<models::StoredMonth>(p.ends + 12);
            world.refresh(built.row);
        }
    });
    auto& posts = world.employers.post;
    for (std::size_t i = 0; i < people.size(); ++i) {
        if (i + ahead < people.size()) {
            if (held[i + ahead] != models::no_post) __builtin_prefetch(&posts[held[i + ahead]], 1);
            if (people[i + ahead]->post != models::no_post) __builtin_prefetch(&posts[people[i + ahead]->post], 1);
        }
        if (i + 2 * ahead < people.size()) __builtin_prefetch(people[i + 2 * ahead]);
        if (held[i] != models::no_post) --posts[held[i]].staff;
        if (people[i]->post != models::no_post) ++posts[people[i]->post].staff;
    }
}

void spin_up(Build& build) {
    auto& world = build.world;
    auto& posts = world.employers.post;
    std::vector<std::int32_t> staff;
    staff.reserve(posts.size());
    for (const auto& post : posts) staff.push_back(post.staff);
    world.keeps_copies = true;
    auto schedule = models::month_schedule(nullptr, /*spin_up=*/true);
    const std::size_t employers = world.employers.size();
    for (int k = 0; k < 12; ++k) {
        ++build.now;
        schedule.run(world, build.now);
        if (k + 1 < 12) models::widen_for_spin_up(world);
    }
    // Who closed in those months goes on: the employers of January 2021 are those of the tables.
    for (std::size_t e = 0; e < employers; ++e) world.employers.employer[e].closed = 0;
    models::widen_for_run(world);
    world.programmes.side_entry.jobs_at_start.clear();  // the run remembers those of its own start
    const Changed changed = changes_of(build);
    restore_states(world, changed.state);
    restore_jobs(build, staff, changed);
    restore_vacancies(build);
    add_openings_without_vacancy(build);
    // Learners' contracts began with their course, which schooling would have begun in these months.
    for (const Row row : build.learners) {
        Person& p = world.persons.record[row];
        if (p.contract == Contract::bbl)
            p.since = std::max(p.since, std::min(models::stored(build.now), models::stored(sim::Month::of(models::first_school_year(p), 9))));
    }
    // Jobs that were left in December wait for January to be opened again: as many as in any month, whoever else has been put back.
    // The copies have served; their memory goes.
    world.keeps_copies = false;
    world.close_month();
    for (auto& block : world.log) block.before.shrink_to_fit();
    std::fill(world.vacancies.flows.opened.begin(), world.vacancies.flows.opened.end(), 0);
    std::fill(world.vacancies.flows.filled.begin(), world.vacancies.flows.filled.end(), 0);
    std::fill(world.vacancies.flows.lapsed.begin(), world.vacancies.flows.lapsed.end(), 0);
    std::fill(world.vacancies.flows.filled_half_months.begin(), world.vacancies.flows.filled_half_months.end(), 0);
    world.vacancies.flows.without_slot = 0;
    world.vacancies.without_slot_so_far = 0;
}

}  // namespace regions::synthesis
