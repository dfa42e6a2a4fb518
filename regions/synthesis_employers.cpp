/// Employers, their posts, and who sits where.

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <numeric>

#include "models/bbl.hpp"
#include "models/parameters.hpp"
#include "regions/ipf.hpp"
#include "regions/synthesis_parts.hpp"
#include "sim/math.hpp"
#include "sim/memory.hpp"
#include "sim/parallel.hpp"

namespace regions::synthesis {
namespace {

using models::Contract;
using models::Field;
using models::index_of;
using models::LabourStatus;
using models::Person;
using models::PostNumber;
using models::Sector;

// Affinities are start values of the fit between workers and seats: only their ratios matter. Both margins (who works, which seats there are) come from the
// tables. Assumed, from the general pattern of education by occupation class; the women's shares that come out are compared with the table (fit.cpp).
constexpr std::array<std::array<double, 5>, models::occupations> by_education{
    {{.02, .25, .10, 2.2, 3.0}, {.40, 1.5, .50, 1.2, .30}, {1.6, 1.5, .50, .15, .03}, {1.3, 1.7, .40, .15, .03}, {1.7, 1.2, .60, .20, .05},
     {.80, 2.0, .40, .25, .05}, {2.0, 1.1, .60, .10, .03}, {2.4, .70, .90, .08, .03}, {.10, .50, .80, 2.0, 1.9}, {.30, 1.5, 1.0, 1.0, .30},
     {.10, .50, .50, 2.4, 1.6}, {.20, .60, .90, 1.8, 1.6}, {.90, 1.2, 1.5, .90, .40}, {.40, 1.0, 1.1, 1.4, 1.2}, {.30, .70, .70, 1.5, 1.8},
     {.30, .80, .80, 1.2, 2.3}, {1.9, 1.3, .60, .30, .10}, {.50, 1.4, .50, 1.3, 1.0}, {1.9, 1.1, 1.8, .25, .10}, {2.0, 1.1, 1.4, .20, .08},
     {1.5, 1.0, 1.0, .60, .40}}};
/// Women's odds over men's.
constexpr std::array<double, models::occupations> women_odds{.55, .38, .035, .05, .70, .05, .50, .50, .30, .33, 2.4,
                                                             1.1, 1.0, 1.1,  .42, .80, .45, 4.5, 1.8, .20, .80};
/// Odds of a student's side job over an ordinary one.
constexpr std::array<double, models::occupations> side_job_odds{.05, .05, .10, .05, .60, .05, .15, .50, .10, .25, .30,
                                                                .30, 2.6, .25, .01, .10, .80, .40, 3.2, 1.8, 1.0};

enum Work : std::size_t { ordinary, side, learning, works };
constexpr std::size_t types = 5 * 3 * 2 * works;  // fits into a byte

double affinity(std::size_t type, std::size_t occupation) {
    const std::size_t work = type % works;
    const std::size_t sex = type / works % 2;
    const auto field = static_cast<Field>(type / works / 2 % 3);
    const std::size_t education = type / works / 2 / 3;
    const Field group = models::group_of(static_cast<models::Occupation>(occupation));
    double weight = by_education[occupation][education];
    // What learners learn is what schooling places them in later.
    if (work == learning) weight = models::learned_in_bbl(static_cast<models::Occupation>(occupation), field) ? by_education[occupation][1] : 0;
    if (work != learning) {
        // Six in ten of those in technical work have a technical education, which a quarter of all have.
        if (group == Field::technical) weight *= field == Field::technical ? 6 : field == Field::ict ? 1.2 : 1;
        if (group == Field::ict) weight *= field == Field::ict ? 25 : field == Field::technical ? 2.5 : 1;
    }
    if (sex == 1) weight *= women_odds[occupation];
    if (work == side) weight *= side_job_odds[occupation];
    return weight;
}

std::size_t type_of(const Person& p) {
    const std::size_t work = p.contract == Contract::side_job ? side : p.contract == Contract::bbl ? learning : ordinary;
    const Field field = work == learning ? p.study_field : p.field;
    return ((index_of(p.education) * 3 + index_of(field)) * 2 + index_of(p.sex)) * works + work;
}

/// Sizes of the employers of one pool and sector, large ones first; they sum to `jobs`.
struct Sizes {
    std::vector<std::int64_t> staff;
    std::size_t named = 0;  ///< the first ones are named employers, in the order of the tables
};

constexpr std::array<double, 4> smallest{1, 10, 50, 250};
constexpr std::array<double, 4> largest{9, 49, 249, 8000};
/// Tail of firm sizes within a class: counts fall about as size^-2 (Axtell 2001).
constexpr double tail = 1.0;

std::int64_t size_at(std::size_t size_class, double u) {
    const double low = smallest[size_class];
    const double high = largest[size_class] + 1;
    // Inverse of the truncated Pareto law with exponent 1.
    const double x = low / (1 - u * (1 - sim::power(low / high, tail)));
    return static_cast<std::int64_t>(std::min(x, largest[size_class]));
}

double mean_size(std::size_t size_class) {
    double sum = 0;
    for (int k = 0; k < 1000; ++k) sum += static_cast<double>(size_at(size_class, (k + 0.5) / 1000));
    return sum / 1000;
}

/// The employers that the whole sector would have with `jobs` jobs, smallest last.
std::vector<std::int64_t> draw_sizes(std::int64_t jobs, const std::array<double, 4>& per_job, Words& words) {
    static const std::array<double, 4> means{mean_size(0), mean_size(1), mean_size(2), mean_size(3)};
    std::array<std::int64_t, 4> count{};
    double small = 0;
    for (std::size_t z = 0; z < 3; ++z) small += per_job[z] * means[z];
    // Firms of the nation carry at most nine tenths of the jobs below 250 workers, or all where the sector has no large ones.
    const double most = per_job[3] > 0 ? 0.9 : 1.0;
    const double shrink = std::min(1.0, most / small);
    std::int64_t left = jobs;
    std::array<std::vector<std::int64_t>, 4> sizes;
    for (std::size_t z = 0; z < 3; ++z) {
        count[z] = static_cast<std::int64_t>(static_cast<double>(jobs) * per_job[z] * shrink + words.uniform());
        const double start = words.uniform();
        for (std::int64_t k = 0; k < count[z]; ++k) {
            const std::int64_t size = size_at(z, (static_cast<double>(k) + start) / static_cast<double>(count[z]));
            if (size > left) break;
            sizes[z].push_back(size);
            left -= size;
        }
    }
    // Large ones take what is left: as many as the table has, but none below 250; their sizes follow the same law.
    std::int64_t large = std::min(left / 250, static_cast<std::int64_t>(static_cast<double>(jobs) * per_job[3] + words.uniform()));
    if (large == 0 && left >= 400) large = 1;
    const double start = words.uniform();
    if (large > 0) {
        std::vector<double> weight;
        for (std::int64_t k = 0; k < large; ++k)
            weight.push_back(static_cast<double>(size_at(3, (static_cast<double>(k) + start) / static_cast<double>(large))));
        const auto extra = share_out(left - 250 * large, weight);
        for (const auto e : extra) sizes[3].push_back(250 + e);
        left = 0;
    }
    // A rest that makes no large employer becomes a medium or small one, or goes to the largest.
    for (std::size_t z = 3; z-- > 0 && left > 0;)
        while (left >= static_cast<std::int64_t>(smallest[z])) {
            const auto size = std::min<std::int64_t>(left, static_cast<std::int64_t>(means[z]));
            sizes[z].push_back(size);
            left -= size;
        }
    std::vector<std::int64_t> all;
    for (std::size_t z = 4; z-- > 0;) {
        std::sort(sizes[z].begin(), sizes[z].end(), std::greater<>());
        all.insert(all.end(), sizes[z].begin(), sizes[z].end());
    }
    return all;
}

/// Brings sizes to a sum by small changes spread over all, the largest first.
void settle_sum(std::vector<std::int64_t>& staff, std::size_t fixed, std::int64_t jobs) {
    std::int64_t sum = std::accumulate(staff.begin(), staff.end(), std::int64_t{0});
    if (staff.size() == fixed && sum < jobs) staff.push_back(jobs - sum), sum = jobs;
    while (sum != jobs) {
        const std::int64_t gap = jobs - sum;
        std::int64_t change = 0;
        for (std::size_t e = fixed; e < staff.size() && change != gap; ++e) {
            const double share = static_cast<double>(gap - change) / static_cast<double>(std::max<std::int64_t>(1, sum));
            auto step = static_cast<std::int64_t>(std::ceil(std::abs(share) * static_cast<double>(staff[e])));
            step = std::min(step, std::abs(gap - change));
            if (gap < 0) step = -std::min(step, staff[e]);
            staff[e] += step;
            change += step;
        }
        if (change == 0) {  // only fixed ones are left
            for (std::size_t e = 0; e < fixed && change != gap; ++e) {
                const std::int64_t step = gap < 0 ? -std::min(staff[e], change - gap) : gap - change;
                staff[e] += step;
                change += step;
            }
        }
        sum += change;
    }
}

struct Part {  ///< employers and posts of one pool and sector
    std::vector<models::Employer> employer;
    std::vector<models::Post> post;  ///< employer numbers within the part
};

}  // namespace

void place_employers_and_seats(Build& build) {
    const auto& t = build.start;
    const std::size_t regions = t.region.size();
    auto& world = build.world;
    auto& persons = world.persons;
    // Pools of workers who share seats: work regions, then outside jobs next to each region (rest_nl, abroad), then the self-employed by home.
    const std::size_t seat_pools = 3 * regions;
    const std::size_t pools = 4 * regions;
    auto pool_of = [&](std::size_t row) -> std::size_t {
        const std::uint8_t work = build.work_region[row];
        if (work != no_work_region) return work < regions ? work : (work == regions ? regions : 2 * regions) + persons.region[row];
        return persons.record[row].status == LabourStatus::self_employed ? 3 * regions + persons.region[row] : pools;
    };
    const std::size_t rows = persons.size();
    const std::size_t blocks = sim::blocks_of(rows);
    std::vector<std::uint32_t> place(blocks * pools);
    sim::for_each_block(rows, [&](sim::Block b) {
        for (sim::Row row = b.begin; row < b.end; ++row)
            if (const std::size_t pool = pool_of(row); pool < pools) ++place[b.number * pools + pool];
    });
    std::vector<std::size_t> first(pools + 1);
    std::uint32_t filled = 0;
    for (std::size_t pool = 0; pool < pools; ++pool) {
        first[pool] = filled;
        for (std::size_t b = 0; b < blocks; ++b) {
            const std::uint32_t here = place[b * pools + pool];
            place[b * pools + pool] = filled;
            filled += here;
        }
    }
    first[pools] = filled;
    // Filled on all threads, so not before.
    const auto workers = std::make_unique_for_overwrite<sim::Row[]>(filled);
    const auto worker_type = std::make_unique_for_overwrite<std::uint8_t[]>(filled);
    sim::for_each_block(rows, [&](sim::Block b) {
        for (sim::Row row = b.begin; row < b.end; ++row)
            if (const std::size_t pool = pool_of(row); pool < pools) {
                const std::uint32_t at = place[b.number * pools + pool]++;
                workers[at] = row;
                worker_type[at] = static_cast<std::uint8_t>(type_of(persons.record[row]));
            }
    });

    // Seats by pool, sector and occupation.
    std::vector<std::array<std::array<std::int64_t, models::occupations>, models::sectors>> seats(seat_pools);
    std::vector<std::array<std::int64_t, models::sectors>> jobs(seat_pools);
    for (std::size_t pool = 0; pool < seat_pools; ++pool) {
        const auto& shares = pool < regions ? t.region[pool].sector : t.national_sector;
        const auto whole = share_out(static_cast<std::int64_t>(first[pool + 1] - first[pool]), {shares.begin(), shares.end()});
        std::vector<double> carry(models::occupations);
        std::vector<std::int64_t> counts;
        for (std::size_t s = 0; s < models::sectors; ++s) {
            jobs[pool][s] = whole[s];
            std::array<double, models::occupations> exact{};
            for (std::size_t o = 0; o < models::occupations; ++o) exact[o] = static_cast<double>(whole[s]) * t.occupation[s][o];
            if (whole[s] == 0) continue;
            round_with_carry(exact.data(), models::occupations, whole[s], carry, counts);
            std::copy(counts.begin(), counts.end(), seats[pool][s].begin());
        }
    }

    // Employers and posts, a task for each pool and sector.
    const double scale = build.options.scale;
    std::vector<Part> parts(seat_pools * models::sectors);
    sim::for_each_task(parts.size(), [&](std::size_t task) {
        const std::size_t pool = task / models::sectors;
        const std::size_t s = task % models::sectors;
        const std::int64_t here = jobs[pool][s];
        if (here == 0) return;
        Words words(build.random, key_sizes, {sim::EntityKind::cell, task});
        std::vector<std::int64_t> staff;
        std::vector<const NamedEmployer*> names;
        if (pool < regions) {
            double named = 0;
            for (const auto& n : t.named)
                if (n.region == static_cast<int>(pool) && index_of(n.sector) == s) named += n.staff * scale;
            const double fits = named > 0 ? std::min(1.0, 0.9 * static_cast<double>(here) / named) : 1.0;
            for (const auto& n : t.named)
                if (n.region == static_cast<int>(pool) && index_of(n.sector) == s)
                    for (int k = 0; k < n.units; ++k) {
                        const auto size = static_cast<std::int64_t>(n.staff * scale * fits / n.units + 0.5);
                        if (size > 0) staff.push_back(size), names.push_back(&n);
                    }
        }
        const std::size_t fixed = staff.size();
        std::int64_t left = here - std::accumulate(staff.begin(), staff.end(), std::int64_t{0});
        if (left > 0) {
            if (pool >= regions) {
                // Outside jobs: employers of about 150 jobs stand for the many out there; they are in no series.
                const std::int64_t n = std::max<std::int64_t>(1, left / 150);
                const auto even = share_out(left, std::vector<double>(static_cast<std::size_t>(n), 1.0));
                staff.insert(staff.end(), even.begin(), even.end());
            } else if (scale >= 1) {
                const auto drawn = draw_sizes(left, t.employers_per_job[s], words);
                staff.insert(staff.end(), drawn.begin(), drawn.end());
            } else {
                // A scaled run keeps employers one in 1/scale in the order of size, and the few with more than 10/scale workers with staff scaled.
                const auto drawn = draw_sizes(static_cast<std::int64_t>(static_cast<double>(left) / scale + 0.5), t.employers_per_job[s], words);
                double at = build.random.uniform({key_sampling, {sim::EntityKind::cell, task}, sim::Month(0), 0});
                for (const auto size : drawn) {
                    if (static_cast<double>(size) > 10 / scale) {
                        staff.push_back(static_cast<std::int64_t>(static_cast<double>(size) * scale + 0.5));
                        continue;
                    }
                    at += scale;
                    if (at >= 1) at -= 1, staff.push_back(size);
                }
            }
        }
        settle_sum(staff, fixed, here);
        // Which occupations at which employer: a shuffle of the sector's seats, cut at the sizes.
        std::vector<std::uint8_t> mix;
        mix.reserve(static_cast<std::size_t>(here));
        for (std::size_t o = 0; o < models::occupations; ++o) mix.insert(mix.end(), static_cast<std::size_t>(seats[pool][s][o]), static_cast<std::uint8_t>(o));
        Words order(build.random, key_mix, {sim::EntityKind::cell, task});
        shuffle(mix.data(), mix.size(), order);
        Part& part = parts[task];
        const std::uint8_t region = static_cast<std::uint8_t>(pool < regions ? pool : pool < 2 * regions ? regions : regions + 1);
        const auto gate = static_cast<std::uint8_t>(pool % regions);
        const auto first_town = static_cast<std::size_t>(build.tables.regions.first_municipality[gate]);
        const auto last_town = static_cast<std::size_t>(build.tables.regions.first_municipality[gate + 1U]);
        double people = 0;
        for (auto m = first_town; m < last_town; ++m) people += build.tables.regions.municipalities[m].population;
        std::size_t seat = 0;
        for (std::size_t e = 0; e < staff.size(); ++e) {
            if (staff[e] == 0) continue;
            models::Employer employer;
            employer.first_post = static_cast<std::uint32_t>(part.post.size());
            employer.region = region;
            employer.gate = gate;
            employer.sector = static_cast<Sector>(s);
            employer.start_staff = static_cast<std::int32_t>(staff[e]);
            double u = words.uniform() * people;
            auto town = first_town;
            while (town + 1 < last_town && u >= build.tables.regions.municipalities[town].population)
                u -= build.tables.regions.municipalities[town++].population;
            if (e < fixed) {
                employer.fossil = names[e]->fossil;
                for (auto m = first_town; m < last_town; ++m)
                    if (build.tables.regions.municipalities[m].name == names[e]->municipality) town = m;
            }
            employer.municipality = static_cast<std::uint16_t>(town);
            std::array<std::int32_t, models::occupations> count{};
            for (std::int64_t k = 0; k < staff[e]; ++k) ++count[mix[seat++]];
            for (std::size_t o = 0; o < models::occupations; ++o)
                if (count[o] > 0) {
                    models::Post post;
                    post.employer = static_cast<std::uint32_t>(part.employer.size());
                    post.occupation = static_cast<models::Occupation>(o);
                    post.staff = count[o];
                    post.desired = static_cast<float>(count[o]);
                    part.post.push_back(post);
                    ++employer.posts;
                }
            part.employer.push_back(employer);
        }
    });
    std::vector<std::size_t> first_post(seat_pools + 1);
    {
        std::size_t employers = 0;
        std::size_t posts = 0;
        for (const auto& part : parts) employers += part.employer.size(), posts += part.post.size();
        sim::make_room(world.employers.employer, employers);
        sim::make_room(world.employers.post, posts);
        for (std::size_t task = 0; task < parts.size(); ++task) {
            if (task % models::sectors == 0) first_post[task / models::sectors] = world.employers.post.size();
            const auto employer_offset = static_cast<std::uint32_t>(world.employers.employer.size());
            const auto post_offset = static_cast<std::uint32_t>(world.employers.post.size());
            for (auto& e : parts[task].employer) e.first_post += post_offset, world.employers.employer.push_back(e);
            for (auto& p : parts[task].post) p.employer += employer_offset, world.employers.post.push_back(p);
            parts[task] = {};
        }
        first_post[seat_pools] = world.employers.post.size();
    }

    // Recognised learning companies and their places, as schooling keeps them.
    auto& employers = world.employers.employer;
    const auto& schooling = build.tables.schooling;
    sim::for_each_block(employers.size(), [&](sim::Block b) {
        for (sim::Row i = b.begin; i < b.end; ++i) {
            auto& e = employers[i];
            const auto draw = build.random.draw({key_employers, sim::employer(i), sim::Month(0), 0});
            e.learning_company = draw.uniform(0) < models::recognised_share(schooling, e.sector, models::size_class_of(e.start_staff));
            if (e.learning_company != 0)
                e.bbl_places = static_cast<std::uint16_t>(models::bbl_places(schooling, world.parameters->schooling, e.sector, e.start_staff, draw.uniform(1)));
            e.wage_level = static_cast<float>(0.9 + 0.2 * draw.uniform(2));
        }
    });

    // Who works in which occupation, and in which seat.
    sim::for_each_task(pools, [&](std::size_t pool) {
        const std::size_t n = first[pool + 1] - first[pool];
        if (n == 0) return;
        const sim::Row* const row = workers.get() + first[pool];
        const std::uint8_t* const type_at = worker_type.get() + first[pool];
        std::array<std::int64_t, types> of_type{};
        for (std::size_t k = 0; k < n; ++k) ++of_type[type_at[k]];
        std::vector<std::int64_t> by_occupation(models::occupations);
        if (pool < seat_pools) {
            for (const auto& sector : seats[pool])
                for (std::size_t o = 0; o < models::occupations; ++o) by_occupation[o] += sector[o];
        } else
            by_occupation = share_out(static_cast<std::int64_t>(n), {t.self_employed_occupation.begin(), t.self_employed_occupation.end()});
        Matrix seed(types, models::occupations);
        std::vector<double> row_sums(types);
        std::vector<std::int64_t> whole_rows(of_type.begin(), of_type.end());
        for (std::size_t type = 0; type < types; ++type) {
            row_sums[type] = static_cast<double>(of_type[type]);
            if (of_type[type] > 0)
                for (std::size_t o = 0; o < models::occupations; ++o) seed(type, o) = affinity(type, o);
        }
        const Matrix fitted = fit_margins(std::move(seed), row_sums, {by_occupation.begin(), by_occupation.end()}, 1e-5, 60);
        const auto cells = round_to_margins(fitted, whole_rows, by_occupation);
        // Codes of each type, shuffled, then handed out in the order of rows.
        std::array<std::vector<std::uint8_t>, types> occupations_of;
        for (std::size_t type = 0; type < types; ++type) {
            occupations_of[type].reserve(static_cast<std::size_t>(of_type[type]));
            for (std::size_t o = 0; o < models::occupations; ++o)
                occupations_of[type].insert(occupations_of[type].end(), static_cast<std::size_t>(cells[type * models::occupations + o]),
                                            static_cast<std::uint8_t>(o));
            Words order(build.random, key_occupations, {sim::EntityKind::cell, pool * types + type});
            shuffle(occupations_of[type].data(), occupations_of[type].size(), order);
        }
        std::array<std::size_t, types> next{};
        std::vector<std::uint8_t> occupation(n);
        for (std::size_t k = 0; k < n; ++k) persons.record[row[k]].occupation = occupation[k] = occupations_of[type_at[k]][next[type_at[k]]++];
        if (pool >= seat_pools) return;

        // Seats of each occupation, shuffled. Learners take theirs first, at learning companies with a free place.
        std::vector<std::vector<PostNumber>> free(models::occupations);
        for (std::size_t o = 0; o < models::occupations; ++o) free[o].reserve(static_cast<std::size_t>(by_occupation[o]));
        for (std::size_t post = first_post[pool]; post < first_post[pool + 1]; ++post) {
            const auto& p = world.employers.post[post];
            free[p.occupation].insert(free[p.occupation].end(), static_cast<std::size_t>(p.staff), static_cast<PostNumber>(post));
        }
        for (std::size_t o = 0; o < models::occupations; ++o) {
            Words order(build.random, key_seats, {sim::EntityKind::cell, pool * models::occupations + o});
            shuffle(free[o].data(), free[o].size(), order);
        }
        std::vector<std::vector<PostNumber>> later(models::occupations);
        std::vector<std::size_t> at(models::occupations);
        for (std::size_t k = 0; k < n; ++k) {
            if (type_at[k] % works != learning) continue;
            auto& seats_here = free[occupation[k]];
            auto& passed = later[occupation[k]];
            auto& j = at[occupation[k]];
            PostNumber found = models::no_post;
            while (j < seats_here.size() && found == models::no_post) {
                const PostNumber post = seats_here[j++];
                const auto& e = employers[world.employers.post[post].employer];
                if (e.learning_company != 0 && e.bbl_taken < e.bbl_places)
                    found = post;
                else
                    passed.push_back(post);
            }
            if (found == models::no_post) {
                // No place left: an employer of the occupation is recognised, or takes one learner more.
                found = passed.back();
                passed.pop_back();
                auto& e = employers[world.employers.post[found].employer];
                e.learning_company = 1;
                e.bbl_places = static_cast<std::uint16_t>(std::max<int>(e.bbl_places, e.bbl_taken + 1));
            }
            ++employers[world.employers.post[found].employer].bbl_taken;
            persons.post[row[k]] = found;
        }
        for (std::size_t k = 0; k < n; ++k) {
            if (type_at[k] % works == learning) continue;
            auto& passed = later[occupation[k]];
            if (!passed.empty()) {
                persons.post[row[k]] = passed.back();
                passed.pop_back();
            } else
                persons.post[row[k]] = free[occupation[k]][at[occupation[k]]++];
        }
    });
}

}  // namespace regions::synthesis
