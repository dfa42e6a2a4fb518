/// Jobs after the months of spin-up: as many of each kind, and as many commuters, as were built.

#include <algorithm>
#include <functional>

#include "regions/synthesis_restored.hpp"
#include "sim/parallel.hpp"

namespace regions::synthesis {
namespace {

using models::Contract;
using models::PostNumber;
using models::Row;
using models::World;

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
        const auto& post = world_.persons.post;
        cell_.resize(posts.size());
        pool_.resize(posts.size());
        sim::for_each_block(posts.size(), [&](sim::Block b) {
            for (PostNumber p = b.begin; p < b.end; ++p) {
                cell_[p] = static_cast<std::uint32_t>(job_cell(world_, p));
                pool_[p] = static_cast<std::uint8_t>(pool_of_cell(cell_[p]));
            }
        });
        for (PostNumber p = 0; p < posts.size(); ++p) surplus_[cell_[p]] += posts[p].staff - staff_[p];
        journey_ = sim::reduce(
            changed_.shifted.size(), std::move(journey_),
            [&](std::size_t block) {
                std::vector<std::int64_t> part((static_cast<std::size_t>(world_.regions) + 2) * pools_);
                for (const Shifted& s : changed_.shifted[block]) {
                    if (const PostNumber is = post[s.row]; is != models::no_post) ++part[journey(s.row, is)];
                    if (s.was != models::no_post) --part[journey(s.row, s.was)];
                }
                return part;
            },
            [](auto& total, const auto& part) { std::transform(total.begin(), total.end(), part.begin(), total.begin(), std::plus<>()); });
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

    /// Of those who went from a job to another the ones for whom `wanted` holds go back, in the order of a draw of each, so that no region or age goes first,
    /// as long as it holds when it is their turn. A place with too many never gets more and one with too few never loses, so all are looked at in parallel
    /// first, and only those who could go then are asked again. Who went back before is where it was.
    template <class Wanted>
    void return_movers(Wanted&& wanted) {
        const auto& post = world_.persons.post;
        std::vector<std::vector<Mover>> could(changed_.job.size());
        sim::for_each_task(could.size(), [&](std::size_t block) {
            for (const Mover& m : changed_.job[block])
                if (wanted(m.built->row, post[m.built->row], m.built->post)) could[block].push_back(m);
        });
        std::vector<Mover> movers;
        for (const auto& part : could) movers.insert(movers.end(), part.begin(), part.end());
        std::sort(movers.begin(), movers.end(), [](const Mover& a, const Mover& b) { return a.lot != b.lot ? a.lot < b.lot : a.built->row < b.built->row; });
        std::vector<const Built*> back;
        for (const Mover& m : movers) {
            const Built& built = *m.built;
            const PostNumber is = post[built.row];
            if (!wanted(built.row, is, built.post)) continue;
            count(built.row, is, -1);
            count(built.row, built.post, 1);
            back.push_back(&built);
        }
        put_back(world_, back);
    }

    /// Seats that were there and are empty now, by pool, sector and occupation.
    void list_open() {
        const auto& posts = world_.employers.post;
        open_.assign(surplus_.size(), {});
        none_.assign(pools_ * (models::occupations + 1), 0);
        for (PostNumber post = 0; post < posts.size(); ++post)
            for (auto k = staff_[post] - posts[post].staff; k > 0; --k) open_[cell_[post]].push_back(post);
    }
    /// A seat of a pool in this occupation, or in any; no_post where there is none.
    PostNumber seat(std::size_t pool, models::Occupation occupation, bool any, bool only_missing) {
        // Seats are taken and none is added while workers are reseated, so where there was none there is none.
        auto& none = none_[pool * (models::occupations + 1) + (any ? static_cast<std::size_t>(models::occupations) : occupation)];
        if (none != 0) return models::no_post;
        for (std::size_t o = any ? 0 : occupation; o < (any ? static_cast<std::size_t>(models::occupations) : occupation + 1U); ++o)
            for (std::size_t s = 0; s < models::sectors; ++s) {
                const std::size_t cell = (pool * models::sectors + s) * models::occupations + o;
                if (open_[cell].empty() || (only_missing && surplus_[cell] >= 0)) continue;
                const PostNumber found = open_[cell].back();
                open_[cell].pop_back();
                return found;
            }
        none = 1;
        return models::no_post;
    }

    /// Whoever is one too many at a place came there in these months, so only those who have another post than was built are asked.
    void reseat(bool within_pool) {
        const auto& persons = world_.persons;
        // The same occupation as far as it goes, then any; spread over the rows, one in four of those who could go, then all.
        const auto& table = within_pool ? surplus_ : journey_;
        std::int64_t left = 0;
        for (const auto n : table) left += std::max<std::int64_t>(n, 0);
        // Rows are looked through in parallel, some blocks at a time, and then asked in their order on one thread: a place that has too many never gets more,
        // so whoever need not go when looked at need not later.
        constexpr std::size_t blocks_at_once = 64;
        const std::size_t blocks = changed_.shifted.size();
        const auto place_of = [&](Row row, PostNumber post) { return within_pool ? std::size_t{cell_[post]} : journey(row, post); };
        struct Asked {
            Row row;
            std::uint32_t place;  ///< in the table
            models::Occupation occupation;
            bool first;  ///< one of the fourth that is asked first
        };
        std::vector<std::vector<Asked>> asked(blocks);
        for (int round = 0; round < 4; ++round)
            for (std::size_t wave = 0; wave < blocks && left > 0; wave += blocks_at_once) {
                const std::size_t end = std::min(blocks, wave + blocks_at_once);
                sim::for_each_task(end - wave, [&](std::size_t task) {
                    auto& here = asked[wave + task];
                    if (round > 0) {
                        std::erase_if(here, [&](const Asked& a) { return table[a.place] <= 0; });
                        return;
                    }
                    for (const Shifted& s : changed_.shifted[wave + task]) {
                        const PostNumber post = persons.post[s.row];
                        if (post == models::no_post || post == s.was || table[place_of(s.row, post)] <= 0) continue;
                        if (const auto& p = persons.record[s.row]; p.contract != Contract::bbl)
                            here.push_back({s.row, static_cast<std::uint32_t>(place_of(s.row, post)), p.occupation,
                                            (build_.random.draw({key_restore, sim::person(s.row), sim::Month(0), 1}).words[0] & 3U) == 0});
                    }
                });
                for (std::size_t b = wave; b < end; ++b)
                    for (Asked& a : asked[b]) {
                        if (!(a.first || round % 2 != 0) || left <= 0 || table[a.place] <= 0) continue;
                        const PostNumber target = seat_for(a.place, a.occupation, within_pool, /*any=*/round >= 2);
                        if (target == models::no_post) continue;
                        sit(a.row, target);
                        a.place = static_cast<std::uint32_t>(place_of(a.row, target));
                        a.occupation = persons.record[a.row].occupation;
                        --left;
                    }
            }
    }

    /// A seat where somebody is missing for a worker who is one too many at a place: a cell within the pool, a journey else.
    PostNumber seat_for(std::size_t place, models::Occupation occupation, bool within_pool, bool any) {
        if (within_pool) return seat(pool_of_cell(place), occupation, any, true);
        PostNumber target = models::no_post;
        const std::size_t home = place / pools_;
        for (std::size_t pool = 0; pool < pools_ && target == models::no_post; ++pool)
            if (journey_[home * pools_ + pool] < 0) target = seat(pool, occupation, any, false);
        return target;
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
    std::vector<std::vector<PostNumber>> open_;
    std::vector<std::uint8_t> none_;  ///< by pool and occupation (the last: any): no such seat is left
};

}  // namespace

void restore_jobs(Build& build, const std::vector<std::int32_t>& staff, const Changed& changed) { JobsRestored(build, staff, changed).run(); }

}  // namespace regions::synthesis
