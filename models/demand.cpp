#include "models/demand.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>
#include <utility>

#include "models/demand_shock.hpp"
#include "models/parameters.hpp"
#include "models/tables.hpp"
#include "models/vacancy_slots.hpp"
#include "models/wages.hpp"
#include "models/world.hpp"
#include "sim/math.hpp"
#include "sim/parallel.hpp"
#include "sim/rows_with.hpp"

namespace models {
namespace {

constexpr std::size_t slots_a_task = 16384;
constexpr std::size_t posts_a_range = 4096;
constexpr int remembered_months = 30;  // of tightness, for lags
constexpr int reference_length = 12;   // months that make the reference of tightness
constexpr std::size_t groups = 3;
constexpr double january_over_year = 1.07;  // tightness of January over the mean of a year in which demand stands still: the model's own (tests/steady_program)
// Thin submarkets borrow from their region: as if so many unemployed persons more stood there, at the region's ratio.
constexpr double borrowed_unemployed = 20;

std::size_t place(sim::Month month, sim::Month first, std::size_t months) {
    return static_cast<std::size_t>(std::clamp(month - first, 0, static_cast<int>(months) - 1));
}

/// The fixed uniform of a post, drawn when it is first seen and kept in 16 bits.
double rounding_of(const World& world, Post& post) {
    if (post.rounding_drawn == 0) {
        const auto word = world.random.draw({rounding_info.key, sim::employer(post.employer), sim::Month(0), post.occupation}).words[0];
        post.rounding = static_cast<std::uint16_t>(word >> 16);
        post.rounding_drawn = 1;
    }
    return (post.rounding + 0.5) / 65536;
}

/// Openings of a month before they have a place, and what happens to those there are.
class Decisions {
public:
    Decisions(World& world, sim::Month month) : world_(world), p_(world.parameters->demand), month_(month), desired_(world, month) {
        const auto submarkets = static_cast<std::size_t>(world.work_regions()) * occupations;
        for (std::size_t s = 0; s < submarkets; ++s) {
            hire_factor_.push_back(static_cast<float>(new_hire_factor(world, s)));
            repost_.push_back(repost_probability(s < world.market.tightness.size() ? world.market.tightness[s] : 1.0, p_));
        }
        for (std::size_t o = 0; o < occupations; ++o) direct_[o] = direct_probability(world, static_cast<Occupation>(o), false);
        surplus_.assign(world.employers.post.size(), 0);
    }

    /// Decides on each job that somebody left since the last month, and then compares every post with its desired staff: openings for what is missing, a note
    /// of what is too much. Departures of one post are decided one after the other, in their order: each that isn't opened again lowers the staff that the
    /// next one leaves behind. Posts are independent, so ranges of posts run side by side, and openings come in the order of posts.
    void open() {
        const std::size_t posts = world_.employers.post.size();
        const std::size_t ranges = (posts + posts_a_range - 1) / posts_a_range;
        std::vector<std::uint32_t> first(ranges + 1, 0);
        // A learner's place is no vacancy: a lasting shortfall opens as an expansion.
        const auto counts = [](const Departure& d) { return d.contract != Contract::bbl; };
        for (const auto& d : world_.departures)
            if (counts(d)) ++first[d.post / posts_a_range + 1];
        for (std::size_t r = 0; r < ranges; ++r) first[r + 1] += first[r];
        std::vector<Departure> sorted(first.back());
        std::vector<std::uint32_t> next(first.begin(), first.end() - 1);
        for (const auto& d : world_.departures)
            if (counts(d)) sorted[next[d.post / posts_a_range]++] = d;
        found_ = sim::reduce(
            ranges, std::vector<Vacancy>{},
            [&](std::size_t range) {
                const auto begin = static_cast<PostNumber>(range * posts_a_range);
                const auto end = static_cast<PostNumber>(std::min(posts, (range + 1) * posts_a_range));
                return open_range(begin, end, {sorted.data() + first[range], sorted.data() + first[range + 1]});
            },
            join<Vacancy>);
        world_.departures.clear();
    }

    /// Old vacancies lapse, old direct openings are given up, surplus ones withdrawn.
    void let_lapse() {
        struct Ending {
            std::uint32_t slot;
            SlotEnd end;
        };
        const auto& slots = world_.vacancies.slot;
        const std::size_t tasks = (slots.size() + slots_a_task - 1) / slots_a_task;
        const auto endings = sim::reduce(
            tasks, std::vector<Ending>{},
            [&](std::size_t task) {
                std::vector<Ending> found;
                const std::size_t end = std::min(slots.size(), (task + 1) * slots_a_task);
                for (std::size_t i = task * slots_a_task; i < end; ++i) {
                    const Vacancy& v = slots[i];
                    if (v.empty()) continue;
                    const double given_up = withdrawal_probability(v);
                    const double lapsed = v.posted != 0 ? lapse_probability(months_since(v.opened, month_), p_) : 0;
                    if (given_up <= 0 && lapsed <= 0) continue;
                    const auto draw = world_.random.draw({lapse_info.key, {sim::EntityKind::vacancy, identity(v)}, month_, 0});
                    if (draw.uniform() < given_up)
                        found.push_back({static_cast<std::uint32_t>(i), SlotEnd::withdrawn});
                    else if (draw.uniform(1) < lapsed)
                        found.push_back({static_cast<std::uint32_t>(i), SlotEnd::lapsed});
                }
                return found;
            },
            join<Ending>);
        constexpr std::size_t ahead = 12;  // their posts stand far apart
        for (std::size_t i = 0; i < endings.size(); ++i) {
            if (i + ahead < endings.size()) __builtin_prefetch(&world_.employers.post[slots[endings[i + ahead].slot].post], 1);
            close_slot(world_, endings[i].slot, endings[i].end);
        }
    }

    void place() { place_openings(world_, std::move(found_)); }

private:
    template <class Item>
    static void join(std::vector<Item>& total, const std::vector<Item>& part) {
        total.insert(total.end(), part.begin(), part.end());
    }

    /// Openings of the posts [begin, end), in their order; `departures` are those of these posts.
    std::vector<Vacancy> open_range(PostNumber begin, PostNumber end, std::span<const Departure> departures) {
        // Departures by post, those of one post in their order.
        std::array<std::uint32_t, posts_a_range + 1> first{};
        for (const auto& d : departures) ++first[d.post - begin + 1];
        for (std::size_t k = 0; k < posts_a_range; ++k) first[k + 1] += first[k];
        std::vector<Departure> sorted(departures.size());
        auto next = first;
        for (const auto& d : departures) sorted[next[d.post - begin]++] = d;
        std::vector<Row> rows;
        rows.reserve(sorted.size());
        for (const auto& d : sorted) rows.push_back(d.row);
        std::vector<sim::Draw> draws(rows.size());
        world_.random.draws(reopening_info.key, rows, month_, 0, draws);

        std::vector<Vacancy> found;
        found.reserve(departures.size());
        std::uint32_t known = std::numeric_limits<std::uint32_t>::max();  // employer whose factor is `factor`
        double factor = 0;
        for (PostNumber k = begin; k < end; ++k) {
            Post& post = world_.employers.post[k];
            const Employer& employer = world_.employers.employer[post.employer];
            if (!employer.open()) {
                post.latent = 0;
                surplus_[k] = closed_employer;
                continue;
            }
            if (post.employer != known) {
                known = post.employer;
                factor = desired_.factor(employer);
            }
            const std::int64_t desired = target(employer, factor, post);
            std::int64_t again = 0;
            if (const std::uint32_t from = first[k - begin], to = first[k - begin + 1]; from < to)
                again = reopen(post, employer, k, desired, {&sorted[from], &sorted[from] + (to - from)}, {&draws[from], &draws[from] + (to - from)}, found);
            expand(post, employer, k, desired, again, found);
        }
        return found;
    }

    /// Opens jobs again that were left, each with its draw; returns how many.
    std::int64_t reopen(const Post& post, const Employer& employer, PostNumber number, std::int64_t desired, std::span<const Departure> left,
                        std::span<const sim::Draw> draws, std::vector<Vacancy>& found) {
        std::int64_t opened = 0;
        for (std::size_t i = 0; i < left.size(); ++i) {
            const auto waiting = static_cast<std::int64_t>(left.size() - i);  // departures that are not decided yet, this one included
            const std::int64_t before = std::int64_t{post.staff} + post.posted + post.direct + opened + waiting;
            const sim::Draw& draw = draws[i];
            if (draw.uniform() >= reopening_probability(desired, before)) continue;
            const double direct = left[i].contract == Contract::side_job ? p_.student_direct_share : direct_[post.occupation];
            open(found, number, post, employer, opened++, true, draw.uniform(1) >= direct);
        }
        return opened;
    }

    [[nodiscard]] std::int64_t target(const Employer& employer, double factor, Post& post) {
        return whole_staff(desired_.of(factor, employer, post), rounding_of(world_, post));
    }

    /// `index`: openings of the post in this month before this one.
    void open(std::vector<Vacancy>& found, PostNumber number, const Post& post, const Employer& employer, std::int64_t index, bool replacement, bool posted) {
        Vacancy v;
        v.post = number;
        v.opened = stored(month_);
        v.index = static_cast<std::uint16_t>(index);
        v.posted = posted ? 1 : 0;
        v.replacement = replacement ? 1 : 0;
        v.wage_factor = hire_factor_[submarket(employer.region, post.occupation)];
        found.push_back(v);
    }

    /// `opened`: openings of the post in this month so far.
    void expand(Post& post, const Employer& employer, PostNumber number, std::int64_t desired, std::int64_t opened, std::vector<Vacancy>& found) {
        const std::int64_t shortfall = desired - post.staff - post.posted - post.direct - opened;
        if (shortfall < 0) surplus_[number] = static_cast<std::uint8_t>(std::min<std::int64_t>(-shortfall, closed_employer - 1));
        post.latent = static_cast<std::int32_t>(std::clamp<std::int64_t>(post.latent, 0, std::max<std::int64_t>(shortfall, 0)));
        if (shortfall <= 0) return;
        const std::int64_t again = repost(post, employer, number, opened, found);
        const std::int64_t gap = shortfall - again - post.latent;
        if (gap <= 0) return;
        const auto draw = world_.random.draw({employers_info.key, sim::employer(post.employer), month_, post.occupation});
        const std::int64_t more = openings(gap, p_.adjustment, draw.uniform());
        // Of several openings of one post the share without a vacancy is rounded at random as a whole.
        const std::int64_t posted = openings(more, 1 - direct_[post.occupation], draw.uniform(1));
        for (std::int64_t n = 0; n < more; ++n) open(found, number, post, employer, opened + again + n, false, n < posted);
    }

    /// Lapsed vacancies that are posted again now that applicants are more; returns how many.
    std::int64_t repost(Post& post, const Employer& employer, PostNumber number, std::int64_t opened, std::vector<Vacancy>& found) {
        if (post.latent <= 0) return 0;
        const double u = world_.random.uniform({reposting_info.key, sim::employer(post.employer), month_, post.occupation});
        const auto again = std::min<std::int64_t>(openings(post.latent, repost_[submarket(employer.region, post.occupation)], u), post.latent);
        for (std::int64_t n = 0; n < again; ++n) open(found, number, post, employer, opened + n, false, true);
        post.latent -= static_cast<std::int32_t>(again);
        return again;
    }

    [[nodiscard]] double withdrawal_probability(const Vacancy& v) const {
        const std::uint8_t surplus = surplus_[v.post];
        if (surplus == closed_employer) return 1;
        const bool old = v.posted == 0 && months_since(v.opened, month_) >= p_.direct_lapse_after;
        if (old) return 1;
        if (surplus == 0) return 0;
        const Post& post = world_.employers.post[v.post];
        return p_.withdrawal * std::min(1.0, surplus / static_cast<double>(std::max(1, post.posted + post.direct)));
    }

    [[nodiscard]] std::uint64_t identity(const Vacancy& v) const {
        const Post& post = world_.employers.post[v.post];
        return sim::vacancy_identity(post.employer, post.occupation, sim::Month(v.opened), v.index);
    }

    static constexpr std::uint8_t closed_employer = 255;

    World& world_;
    const DemandParameters& p_;
    sim::Month month_;
    DesiredStaff desired_;
    std::vector<float> hire_factor_;
    std::vector<double> repost_;
    std::array<double, occupations> direct_{};
    std::vector<std::uint8_t> surplus_;  // staff and openings above desired staff by post
    std::vector<Vacancy> found_;
};

/// Unemployed residents by (region, occupation they are likely to take up): the last one, else by field of education.
std::vector<double> fitting_unemployed(const World& world) {
    const auto regions = static_cast<std::size_t>(world.regions);
    constexpr std::size_t kinds = occupations + groups;  // occupations, then fields of those who never worked
    constexpr std::size_t blocks_a_task = 16;
    const auto& persons = world.persons;
    const std::size_t blocks = sim::blocks_of(persons.size());
    using Counts = std::vector<std::int32_t>;
    const auto count = [&](std::size_t task) {
        Counts part(regions * kinds, 0);
        // The unemployed stand some forty rows apart: first who they are, then their records, fetched ahead.
        sim::BlockRows rows;
        for (std::size_t number = task * blocks_a_task; number < std::min(blocks, (task + 1) * blocks_a_task); ++number) {
            const sim::Block block{number, static_cast<Row>(number * sim::block_rows),
                                   static_cast<Row>(std::min<std::size_t>(persons.size(), (number + 1) * sim::block_rows))};
            const std::size_t found = sim::rows_with(persons.risk.data(), block, risk::unemployed, risk::unemployed, rows);
            for (std::size_t i = 0; i < found; ++i) {
                if (i + 16 < found) __builtin_prefetch(&persons.record[rows[i + 16]]);
                const Person& p = persons.record[rows[i]];
                const std::size_t kind = p.previous < occupations ? p.previous : occupations + index_of(p.field);
                ++part[persons.region[rows[i]] * kinds + kind];
            }
        }
        return part;
    };
    const auto add = [](Counts& total, const Counts& part) {
        for (std::size_t c = 0; c < total.size(); ++c) total[c] += part[c];
    };
    const Counts counts = sim::reduce((blocks + blocks_a_task - 1) / blocks_a_task, Counts(regions * kinds, 0), count, add);
    // Those who never worked are spread over the occupations of their field in proportion to workers.
    const auto& workers = world.tables->search.workers;
    std::array<double, groups> field_total{};
    for (std::size_t o = 0; o < occupations; ++o) field_total[index_of(group_of(static_cast<Occupation>(o)))] += workers[o];
    std::vector<double> fitting(regions * occupations, 0);
    for (std::size_t r = 0; r < regions; ++r)
        for (std::size_t o = 0; o < occupations; ++o) {
            const std::size_t field = index_of(group_of(static_cast<Occupation>(o)));
            const double share = field_total[field] > 0 ? workers[o] / field_total[field] : 0;
            fitting[submarket(r, static_cast<Occupation>(o))] = counts[r * kinds + o] + share * counts[r * kinds + occupations + field];
        }
    return fitting;
}

}  // namespace

double desired_staff(const DesiredState& s, const DemandParameters& p) {
    double desired = s.start * s.growth;
    if (s.relative_wage != 1) desired *= sim::power(s.relative_wage, -p.wage_elasticity);
    if (s.output_per_worker != 1) desired *= sim::power(s.output_per_worker, -(1 - p.returned_output));
    return desired + s.start * s.green_share;
}

double green_ramp(sim::Month month) {
    constexpr sim::Month start = sim::Month::of(2020, 12), end = sim::Month::of(2030, 12);
    return std::clamp((month - start) / static_cast<double>(end - start), 0.0, 1.0);
}

std::int64_t whole_staff(double desired, double u) { return static_cast<std::int64_t>(std::max(0.0, desired) + u); }

double reopening_probability(std::int64_t desired, std::int64_t staff_before) {
    if (staff_before <= 0) return desired > 0 ? 1 : 0;
    return std::min(1.0, static_cast<double>(desired) / static_cast<double>(staff_before));
}

std::int64_t openings(std::int64_t gap, double lambda, double u) {
    if (gap <= 0) return 0;
    return static_cast<std::int64_t>(static_cast<double>(gap) * lambda + u);
}

double lapse_probability(int months_open, const DemandParameters& p) { return months_open >= p.lapse_after ? p.lapse : 0; }

double repost_probability(double tightness, const DemandParameters& p) {
    return std::min(1.0, p.repost * sim::power(std::max(tightness, 0.05), -p.repost_elasticity));
}

double growth(const DemandTables& tables, Sector sector, sim::Month month) {
    if (tables.growth.empty()) return 1;
    return tables.growth[place(month, tables.first_month, tables.growth.size())][index_of(sector)];
}

DesiredStaff::DesiredStaff(const World& world, sim::Month month)
    : p_(world.parameters->demand), regions_(static_cast<std::size_t>(world.regions)), survivors_(survivors_factor(world)) {
    const auto& tables = world.tables->demand;
    const double level = p_.demand_level * sim::exponential(demand_shock(world.random, month, tables.last_observed, p_.shock_size, p_.shock_persistence));
    for (std::size_t s = 0; s < sectors; ++s) {
        const double wage = contract_response(world, static_cast<Sector>(s), month - 1);
        sector_[s] = desired_staff({.start = 1, .growth = growth(tables, static_cast<Sector>(s), month), .relative_wage = wage}, p_) * level;
    }
    for (std::size_t r = 0; r < regions_; ++r) fossil_.push_back(fossil_factor(r, month, tables.lifecycle, p_));
    const double jobs = tables.green_jobs[static_cast<std::size_t>(p_.green_jobs)] * (1 - p_.green_overlap) * green_ramp(month);
    if (!(jobs > 0)) return;
    for (std::size_t o = 0; o < occupations; ++o) green_[o] = jobs * tables.green_share[o];
    // The money comes from elsewhere: every employer desires less by what is gained in all.
    for (double& of_sector : sector_) of_sector *= std::max(0.0, 1 - p_.green_neutral * jobs / tables.national_fte);
}

double desired_staff(const World& world, PostNumber number, sim::Month month) {
    const Post& post = world.employers.post[number];
    const Employer& employer = world.employers.employer[post.employer];
    return employer.open() ? DesiredStaff(world, month).of(employer, post) : 0;
}

double direct_probability(const World& world, Occupation occupation, bool student_job) {
    const auto& p = world.parameters->demand;
    if (student_job) return p.student_direct_share;
    return std::min(1.0, world.tables->demand.direct_share[occupation] * p.direct_factor);
}

double past_tightness(const World& world, Field group, sim::Month month) {
    const auto& history = world.market.history;
    if (history.size() != remembered_months * groups || world.month - month >= remembered_months || month > world.month) return 1;
    const double value = history[static_cast<std::size_t>(month.number() % remembered_months) * groups + index_of(group)];
    return value > 0 ? value : 1;
}

namespace {

double posted_in(const World& world, std::size_t submarket) {
    const auto& open = world.vacancies.open;
    return submarket < open.size() ? static_cast<double>(open[submarket]) : 0.0;
}

/// Posted vacancies over the unemployed who fit, by submarket inside the regions.
std::vector<double> vacancies_per_unemployed(const World& world) {
    const auto regions = static_cast<std::size_t>(world.regions);
    const auto fitting = fitting_unemployed(world);
    std::vector<double> ratio(regions * occupations, 0);
    for (std::size_t r = 0; r < regions; ++r) {
        double vacancies = 0, unemployed = 0;
        for (std::size_t o = 0; o < occupations; ++o) {
            vacancies += posted_in(world, submarket(r, static_cast<Occupation>(o)));
            unemployed += fitting[submarket(r, static_cast<Occupation>(o))];
        }
        const double mean = (vacancies + 1) / (unemployed + 1);
        for (std::size_t o = 0; o < occupations; ++o) {
            const std::size_t s = submarket(r, static_cast<Occupation>(o));
            ratio[s] = (posted_in(world, s) + borrowed_unemployed * mean) / (fitting[s] + borrowed_unemployed);
        }
    }
    return ratio;
}

double tightness_of_nation(const DemandTables& tables, sim::Month month) {
    return tables.tightness.empty() ? 1 : tables.tightness[place(month, tables.first_month, tables.tightness.size())];
}

}  // namespace

void begin_tightness(World& world) {
    auto& market = world.market;
    const auto& tables = world.tables->demand;
    const double level = tightness_of_nation(tables, world.month);
    market.reference = vacancies_per_unemployed(world);
    // The vacancies of January are many beside those of an average month, in which the graduates of summer look for work too.
    for (double& normal : market.reference) normal /= level * january_over_year;
    market.reference_months = reference_length;
    market.tightness.assign(static_cast<std::size_t>(world.work_regions()) * occupations, level);
    market.history.assign(remembered_months * groups, 1.0);
    for (int back = 0; back < remembered_months; ++back) {
        const sim::Month month = world.month - back;
        std::fill_n(market.history.begin() + static_cast<std::ptrdiff_t>(month.number() % remembered_months * groups), groups,
                    tightness_of_nation(tables, month));
    }
}

void renew_tightness(World& world) {
    auto& market = world.market;
    const std::size_t inside = static_cast<std::size_t>(world.regions) * occupations;
    const std::size_t submarkets = static_cast<std::size_t>(world.work_regions()) * occupations;
    const auto ratio = vacancies_per_unemployed(world);
    if (market.reference.size() != inside) {
        market.reference = ratio;
        market.reference_months = 1;
        market.tightness.assign(submarkets, 1.0);
    } else {
        if (market.reference_months < reference_length) {
            const double n = market.reference_months++;
            for (std::size_t s = 0; s < inside; ++s) market.reference[s] = (market.reference[s] * n + ratio[s]) / (n + 1);
        }
        const double weight = world.parameters->demand.smoothing;
        for (std::size_t s = 0; s < inside; ++s) market.tightness[s] += weight * (ratio[s] / market.reference[s] - market.tightness[s]);
    }
    const double outside = tightness_of_nation(world.tables->demand, world.month);
    for (std::size_t s = inside; s < submarkets; ++s) market.tightness[s] = outside;

    if (market.history.size() != remembered_months * groups) market.history.assign(remembered_months * groups, 1.0);
    for (std::size_t g = 0; g < groups; ++g) {
        double sum = 0, weights = 0;
        for (std::size_t s = 0; s < inside; ++s) {
            const std::size_t o = s % occupations;
            if (index_of(group_of(static_cast<Occupation>(o))) != g) continue;
            const double weight = 1 + posted_in(world, s);
            sum += weight * market.tightness[s];
            weights += weight;
        }
        market.history[static_cast<std::size_t>(world.month.number() % remembered_months) * groups + g] = weights > 0 ? sum / weights : 1;
    }
}

void step_employers(World& world, sim::Month month) {
    renew_tightness(world);
    // The spin-up keeps the employers of the tables: births and closures begin with the run.
    if (month >= first_month_of_births) {
        bear_employers(world, month);
        close_employers(world, month);
    }
    Decisions openings(world, month);
    openings.open();
    openings.let_lapse();
    openings.place();
}

const ParameterTable<DemandParameters>& demand_table() {
    using P = DemandParameters;
    static const ParameterTable<P> table{
        {"wage_elasticity",
         &P::wage_elasticity,
         "1",
         0,
         2,
         {"uniform(0.3, 0.7)", 0.32, 0.68},
         Status::assumed,
         "",
         "eta: own-wage elasticity of labour demand"},
        {"returned_output",
         &P::returned_output,
         "1",
         0,
         1,
         {"uniform(0, 1)", 0.05, 0.95},
         Status::assumed,
         "",
         "kappa: share of the labour saved by higher output per worker that returns as more output"},
        {"green_jobs",
         &P::green_jobs,
         "1",
         0,
         green_scenarios - 1,
         {},
         Status::assumed,
         "",
         "scenario of demand for the climate (model description, section 9): 0 none, 1 TNO low, 2 TNO high, 3 Ecorys at 55 %, 4 Ecorys at 60 %"},
        {"green_neutral",
         &P::green_neutral,
         "1",
         0,
         1,
         {},
         Status::assumed,
         "",
         "part of the money for climate demand that comes from other demand: 0 additional, 1 neutral to the budget"},
        {"green_overlap",
         &P::green_overlap,
         "1",
         0,
         1,
         {"uniform(0, 0.5)", 0.025, 0.475},
         Status::assumed,
         "",
         "part of green demand that baseline growth already holds"},
        {"adjustment",
         &P::adjustment,
         "1/month",
         0,
         1,
         {"uniform(0.15, 0.5)", 0.17, 0.48},
         Status::derived,
         "calibrated (regions/data/calibrated.toml)",
         "lambda: share of the shortfall of staff that is opened in a month"},
        {"student_direct_share",
         &P::student_direct_share,
         "1",
         0,
         1,
         {"beta(18, 2)", 0.77, 0.98},
         Status::assumed,
         "",
         "share of students' jobs filled without a vacancy"},
        {"direct_factor",
         &P::direct_factor,
         "1",
         0,
         2,
         {"uniform(0.75, 1.25)", 0.775, 1.225},
         Status::derived,
         "calibrated (regions/data/calibrated.toml)",
         "factor on the shares of openings filled without a vacancy"},
        {"lapse_after", &P::lapse_after, "month", 1, 60, {}, Status::assumed, "", "months after which a vacancy may lapse"},
        {"lapse",
         &P::lapse,
         "1/month",
         0,
         1,
         {"uniform(0.05, 0.3)", 0.0625, 0.2875},
         Status::assumed,
         "",
         "monthly probability that an old vacancy lapses into latent demand"},
        {"direct_lapse_after", &P::direct_lapse_after, "month", 1, 60, {}, Status::assumed, "", "months after which an opening without a vacancy is given up"},
        {"repost",
         &P::repost,
         "1/month",
         0,
         1,
         {"uniform(0.1, 0.3)", 0.11, 0.29},
         Status::assumed,
         "",
         "monthly probability that latent demand is posted again, at normal tightness"},
        {"repost_elasticity",
         &P::repost_elasticity,
         "1",
         0,
         5,
         {"uniform(1, 3)", 1.1, 2.9},
         Status::assumed,
         "",
         "fall of that probability with relative tightness"},
        {"withdrawal",
         &P::withdrawal,
         "1/month",
         0,
         1,
         {"uniform(0.05, 0.3)", 0.0625, 0.2875},
         Status::assumed,
         "",
         "monthly probability that an opening above desired staff is withdrawn"},
        {"smoothing", &P::smoothing, "1", 0, 1, {}, Status::assumed, "", "weight of the present month in tightness"},
        {"demand_level", &P::demand_level, "1", 0.1, 3, {}, Status::assumed, "", "lever: factor on desired staff of all employers"},
        {"shock_size",
         &P::shock_size,
         "1",
         0,
         0.5,
         {"half_normal(0.02)", 0.0013, 0.039},
         Status::assumed,
         "",
         "standard deviation, in the long run, of the log shock to all desired staff after the driven months; 0 = the projection itself"},
        {"shock_persistence",
         &P::shock_persistence,
         "1",
         0,
         0.99,
         {"uniform(0.3, 0.8)", 0.325, 0.775},
         Status::assumed,
         "",
         "part of that shock that is left after a year"},
        {"births", &P::births, "1", 0, 3, {"uniform(0.75, 1.25)", 0.775, 1.225}, Status::assumed, "", "factor on the birth rates of employers"},
        {"closures", &P::closures, "1", 0, 3, {"uniform(0.75, 1.25)", 0.775, 1.225}, Status::assumed, "", "factor on the closure rates of employers"},
        {"support",
         &P::support,
         "1",
         0,
         1,
         {"uniform(0.3, 0.7)", 0.32, 0.68},
         Status::assumed,
         "",
         "cut of closures while support schemes run (until March 2022)"},
        {"fossil_phase_out",
         &P::fossil_phase_out,
         "1",
         0,
         3,
         {"uniform(0.5, 2)", 0.575, 1.925},
         Status::assumed,
         "",
         "factor on the job losses of employers exposed to the fossil phase-out"},
    };
    return table;
}

}  // namespace models
