/// The twelve months of 2020 without demography and schooling, and the margins restored within cells.
///
/// The months let durations, contracts, vacancies and the ties between them settle under the model's own rules; what they do to the margins is undone:
/// within each cell as many of those who changed are put back into the state in which they were built as it takes to restore its numbers.

#include <algorithm>
#include <array>
#include <functional>
#include <numeric>

#include "models/month.hpp"
#include "models/progress.hpp"
#include "models/vacancy_slots.hpp"
#include "regions/ipf.hpp"
#include "regions/synthesis_parts.hpp"
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

/// A person as it was built: the copy from before its first change in these months. Who has none has not changed.
using Built = models::BeforeImage;

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

/// Puts people back into the state in which they were built; staff follows.
void put_back(World& world, const std::vector<const Built*>& people) {
    constexpr std::size_t a_task = 1024;
    std::vector<PostNumber> held(people.size());
    sim::for_each_task((people.size() + a_task - 1) / a_task, [&](std::size_t task) {
        for (std::size_t i = task * a_task; i < std::min(people.size(), (task + 1) * a_task); ++i) {
            const Built& built = *people[i];
            Person& p = world.persons.record[built.row];
            held[i] = world.persons.post[built.row];
            world.persons.post[built.row] = built.post;
            p = built.record;
            // The spell that the law gave to the December before is taken for one of this December: the law is the same, and nobody ages by being put back.
            p.since = static_cast<models::StoredMonth>(p.since + 12);
            if (p.ends != 0) p.ends = static_cast<models::StoredMonth>(p.ends + 12);
            world.refresh(built.row);
        }
    });
    auto& posts = world.employers.post;
    for (std::size_t i = 0; i < people.size(); ++i) {
        if (const auto ends = people[i]->record.ends; ends != 0) world.contract_ends.note(static_cast<models::StoredMonth>(ends + 12), people[i]->row);
        if (held[i] != models::no_post) --posts[held[i]].staff;
        if (people[i]->post != models::no_post) ++posts[people[i]->post].staff;
    }
}

/// Somebody who changed state.
struct Change {
    const Built* built;
    std::uint32_t cell;
    std::uint16_t from, to;
};

/// Somebody who went from a job to another, within a state.
struct Mover {
    std::uint32_t lot;  ///< of the order in which movers are asked to go back
    const Built* built;
};

/// All who have changed, by block and in order of rows.
struct Changed {
    std::vector<std::vector<const Built*>> all;
    std::vector<std::vector<Change>> state;
    std::vector<std::vector<Mover>> job;
};

/// Rows to put back so that no cell has more or fewer people in any state than it had: greedily from states with too many to states with too few, else to any
/// state on the way. Always ends, for putting back everybody restores the cell. `flow` is memory.
void undo(const std::vector<Change>& changes, std::size_t states, std::vector<std::vector<const Built*>>& flow, std::vector<const Built*>& back) {
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

Changed changes_of(const Build& build) {
    const auto& world = build.world;
    const auto& persons = world.persons;
    const std::size_t blocks = sim::blocks_of(persons.size());
    Changed changed{std::vector<std::vector<const Built*>>(blocks), std::vector<std::vector<Change>>(blocks), std::vector<std::vector<Mover>>(blocks)};
    sim::for_each_block(persons.size(), [&](sim::Block b) {
        changed.all[b.number] = in_order_of_rows(world.log[b.number].before, b.begin);
        for (const Built* built : changed.all[b.number]) {
            const Row row = built->row;
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

/// In every cell of region (outsiders: home and gate), sex, age and education.
void restore_states(World& world, const std::vector<std::vector<Change>>& found) {
    // By cell, within a cell in order of rows.
    std::uint32_t cells = 0;
    for (const auto& part : found)
        for (const auto& c : part) cells = std::max(cells, c.cell + 1);
    std::vector<std::uint32_t> next(cells + 1);
    for (const auto& part : found)
        for (const auto& c : part) ++next[c.cell];
    std::vector<Change> changes(sim::exclusive_scan(next));
    for (const auto& part : found)
        for (const auto& c : part) changes[next[c.cell]++] = c;
    // Cells are small and many: a task for each thousand changes, cut between cells.
    std::vector<std::size_t> cuts{0};
    for (std::size_t i = 1; i < changes.size(); ++i)
        if (changes[i].cell != changes[i - 1].cell && i - cuts.back() >= 1000) cuts.push_back(i);
    cuts.push_back(changes.size());
    std::vector<std::vector<const Built*>> back(cuts.size() - 1);
    sim::for_each_task(back.size(), [&](std::size_t task) {
        std::vector<Change> cell;
        std::vector<std::vector<const Built*>> flow(categories * categories);
        for (std::size_t i = cuts[task]; i < cuts[task + 1];) {
            cell.clear();
            const auto number = changes[i].cell;
            for (; i < cuts[task + 1] && changes[i].cell == number; ++i) cell.push_back(changes[i]);
            undo(cell, categories, flow, back[task]);
        }
    });
    std::vector<const Built*> all;
    for (const auto& part : back) all.insert(all.end(), part.begin(), part.end());
    put_back(world, all);
}

/// Number of a pool of jobs: work region, or outside next to a gate; with sector and occupation.
std::size_t job_cell(const World& world, PostNumber post) {
    const auto& p = world.employers.post[post];
    const auto& e = world.employers.employer[p.employer];
    const auto regions = static_cast<std::size_t>(world.regions);
    const std::size_t pool = e.region < regions ? e.region : (e.region == regions ? regions : 2 * regions) + e.gate;
    return (pool * models::sectors + models::index_of(e.sector)) * models::occupations + p.occupation;
}

std::size_t pool_of_cell(std::size_t cell) { return cell / models::occupations / models::sectors; }

/// Jobs: first residents of each region by pool (commuting), then pools by sector and occupation. Of those who went from a job to another, as many go back as
/// it takes; what is left is evened out by workers who change seats.
class JobsRestored {
public:
    JobsRestored(Build& build, const std::vector<std::int32_t>& staff, const Changed& changed)
        : build_(build),
          staff_(staff),
          changed_(changed),
          world_(build.world),
          pools_(3 * static_cast<std::size_t>(world_.regions)),
          journey_((static_cast<std::size_t>(world_.regions) + 2) * pools_),
          surplus_(pools_ * models::sectors * models::occupations) {}

    void run() {
        const auto& posts = world_.employers.post;
        const auto& persons = world_.persons;
        cell_.resize(posts.size());
        pool_.resize(posts.size());
        sim::for_each_block(posts.size(), [&](sim::Block b) {
            for (PostNumber post = b.begin; post < b.end; ++post) {
                cell_[post] = static_cast<std::uint32_t>(job_cell(world_, post));
                pool_[post] = static_cast<std::uint8_t>(pool_of_cell(cell_[post]));
            }
        });
        for (PostNumber post = 0; post < posts.size(); ++post) surplus_[cell_[post]] += posts[post].staff - staff_[post];
        journey_ = sim::reduce(
            changed_.all.size(), std::move(journey_),
            [&](std::size_t block) {
                std::vector<std::int64_t> part((static_cast<std::size_t>(world_.regions) + 2) * pools_);
                for (const Built* built : changed_.all[block]) {
                    if (persons.post[built->row] != models::no_post) ++part[journey(built->row, persons.post[built->row])];
                    if (built->post != models::no_post) --part[journey(built->row, built->post)];
                }
                return part;
            },
            [](auto& total, const auto& part) { std::transform(total.begin(), total.end(), part.begin(), total.begin(), std::plus<>()); });
        order_movers();
        return_movers([&](Row row, PostNumber is, PostNumber was) { return journey_[journey(row, is)] > 0 && journey_[journey(row, was)] < 0; });
        list_open();
        reseat(/*within_pool=*/false);
        return_movers([&](Row, PostNumber is, PostNumber was) {
            const auto to = cell_[is];
            const auto from = cell_[was];
            return pool_of_cell(to) == pool_of_cell(from) && surplus_[to] > 0 && surplus_[from] < 0;
        });
        list_open();
        reseat(/*within_pool=*/true);
    }

private:
    [[nodiscard]] std::size_t journey(Row row, PostNumber post) const { return world_.persons.region[row] * pools_ + pool_[post]; }

    void count(Row row, PostNumber post, std::int64_t sign) {
        surplus_[cell_[post]] += sign;
        journey_[journey(row, post)] += sign;
    }
    void sit(Row row, PostNumber target) {
        auto& posts = world_.employers.post;
        const PostNumber post = world_.persons.post[row];
        count(row, post, -1);
        --posts[post].staff;
        ++posts[target].staff;
        world_.persons.post[row] = target;
        world_.persons.record[row].occupation = posts[target].occupation;
        world_.refresh(row);
        count(row, target, 1);
    }

    /// In the order of a draw of each, so that no region or age goes first.
    void order_movers() {
        constexpr std::size_t drawers = 256;
        std::vector<std::vector<Mover>> drawer(drawers);
        for (const auto& part : changed_.job)
            for (const auto& m : part) drawer[m.lot >> 24].push_back(m);
        sim::for_each_task(drawers, [&](std::size_t d) {
            std::sort(drawer[d].begin(), drawer[d].end(),
                      [](const Mover& a, const Mover& b) { return a.lot != b.lot ? a.lot < b.lot : a.built->row < b.built->row; });
        });
        for (const auto& part : drawer)
            for (const auto& m : part) movers_.push_back(m.built);
    }
    /// Of the movers in their order, those for whom `wanted` holds when it is their turn go back.
    template <class Wanted>
    void return_movers(Wanted&& wanted) {
        std::vector<const Built*> back;
        std::vector<const Built*> stay;
        for (const Built* built : movers_) {
            const PostNumber is = world_.persons.post[built->row];
            if (!wanted(built->row, is, built->post)) {
                stay.push_back(built);
                continue;
            }
            count(built->row, is, -1);
            count(built->row, built->post, 1);
            back.push_back(built);
        }
        movers_ = std::move(stay);
        put_back(world_, back);
    }

    /// Seats that were there and are empty now, by pool, sector and occupation.
    void list_open() {
        const auto& posts = world_.employers.post;
        open_.assign(surplus_.size(), {});
        for (PostNumber post = 0; post < posts.size(); ++post)
            for (auto k = staff_[post] - posts[post].staff; k > 0; --k) open_[cell_[post]].push_back(post);
    }
    /// A seat of a pool in this occupation, or in any; no_post where there is none.
    PostNumber seat(std::size_t pool, models::Occupation occupation, bool any, bool only_missing) {
        for (std::size_t o = any ? 0 : occupation; o < (any ? static_cast<std::size_t>(models::occupations) : occupation + 1U); ++o)
            for (std::size_t s = 0; s < models::sectors; ++s) {
                const std::size_t cell = (pool * models::sectors + s) * models::occupations + o;
                if (open_[cell].empty() || (only_missing && surplus_[cell] >= 0)) continue;
                const PostNumber found = open_[cell].back();
                open_[cell].pop_back();
                return found;
            }
        return models::no_post;
    }

    void reseat(bool within_pool) {
        const auto& persons = world_.persons;
        const auto& posts = world_.employers.post;
        // The same occupation as far as it goes, then any; spread over the rows, one in four of those who could go, then all.
        const auto& table = within_pool ? surplus_ : journey_;
        std::int64_t left = 0;
        for (const auto n : table) left += std::max<std::int64_t>(n, 0);
        // Rows are looked through in parallel, some blocks at a time, and then asked in their order on one thread: a place that has too many never gets more,
        // so whoever need not go when looked at need not later.
        constexpr std::size_t blocks_at_once = 64;
        const std::size_t blocks = sim::blocks_of(persons.size());
        std::vector<std::uint8_t> too_many(posts.size());  // within the pool, of each post
        if (within_pool)
            for (PostNumber post = 0; post < posts.size(); ++post) too_many[post] = surplus_[cell_[post]] > 0;
        auto may_go = [&](Row row) {
            const PostNumber post = persons.post[row];
            return within_pool ? too_many[post] != 0 && surplus_[cell_[post]] > 0 : journey_[journey(row, post)] > 0;
        };
        struct Asked {
            Row row;
            bool first;  ///< one of the fourth that is asked first
        };
        std::vector<std::vector<Asked>> asked(blocks);
        for (int round = 0; round < 4; ++round)
            for (std::size_t wave = 0; wave < blocks && left > 0; wave += blocks_at_once) {
                const std::size_t end = std::min(blocks, wave + blocks_at_once);
                sim::for_each_task(end - wave, [&](std::size_t task) {
                    auto& here = asked[wave + task];
                    if (round > 0) {
                        std::erase_if(here, [&](const Asked& a) { return !may_go(a.row); });
                        return;
                    }
                    const auto last = static_cast<Row>(std::min<std::size_t>(persons.size(), (wave + task + 1) * sim::block_rows));
                    for (auto row = static_cast<Row>((wave + task) * sim::block_rows); row < last; ++row)
                        if (persons.post[row] != models::no_post && may_go(row) && persons.record[row].contract != Contract::bbl)
                            here.push_back({row, (build_.random.draw({key_restore, sim::person(row), sim::Month(0), 1}).words[0] & 3U) == 0});
                });
                for (std::size_t b = wave; b < end; ++b)
                    for (const Asked& a : asked[b])
                        if ((a.first || round % 2 != 0) && left > 0 && may_go(a.row) && move_seat(a.row, within_pool, /*any=*/round >= 2)) --left;
            }
    }

    /// Seats a worker where somebody is missing; false where there is no such seat.
    bool move_seat(Row row, bool within_pool, bool any) {
        const auto& persons = world_.persons;
        PostNumber target = models::no_post;
        if (within_pool)
            target = seat(pool_of_cell(cell_[persons.post[row]]), persons.record[row].occupation, any, true);
        else
            for (std::size_t pool = 0; pool < pools_ && target == models::no_post; ++pool)
                if (journey_[persons.region[row] * pools_ + pool] < 0) target = seat(pool, persons.record[row].occupation, any, false);
        if (target == models::no_post) return false;
        sit(row, target);
        return true;
    }

    Build& build_;
    const std::vector<std::int32_t>& staff_;  ///< of each post, as built
    const Changed& changed_;
    World& world_;
    std::size_t pools_;
    std::vector<std::uint32_t> cell_;    ///< of each post: pool, sector and occupation
    std::vector<std::uint8_t> pool_;     ///< of each post
    std::vector<std::int64_t> journey_;  ///< by home and pool: workers now less workers before
    std::vector<std::int64_t> surplus_;  ///< by pool, sector and occupation
    std::vector<const Built*> movers_;
    std::vector<std::vector<PostNumber>> open_;
};

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
    double carry = 0;
    for (std::size_t m = 0; m < submarkets; ++m) {
        const double exact = jobs[m] * build.tables.demand.vacancy_rate[m % models::occupations] + carry;
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
    // Too few: new ones of the last months, at posts struck in proportion to staff.
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
            v.opened = static_cast<models::StoredMonth>(build.now.number() - static_cast<int>(u * 3));
            openings.push_back(v);
        }
    }
    models::place_openings(world, std::move(openings));
}

}  // namespace

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
    }
    // Who closed in those months goes on: the employers of January 2021 are those of the tables.
    for (std::size_t e = 0; e < employers; ++e) world.employers.employer[e].closed = 0;
    const Changed changed = changes_of(build);
    restore_states(world, changed.state);
    JobsRestored(build, staff, changed).run();
    restore_vacancies(build);
    // Learners' contracts began with their course, which schooling would have begun in these months.
    for (const Row row : build.learners) {
        Person& p = world.persons.record[row];
        if (p.contract == Contract::bbl)
            p.since = std::max(p.since, std::min(models::stored(build.now), models::stored(sim::Month::of(models::first_school_year(p), 9))));
    }
    // Jobs that were left in December wait for January to be opened again, but for those whose worker is back.
    auto& left = world.departures;
    left.erase(std::remove_if(left.begin(), left.end(), [&](const models::Departure& d) { return world.persons.post[d.row] == d.post; }), left.end());
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
