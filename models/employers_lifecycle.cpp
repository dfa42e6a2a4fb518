#include "models/employers_lifecycle.hpp"

#include <algorithm>

#include "models/parameters.hpp"
#include "models/tables.hpp"
#include "models/world.hpp"
#include "sim/math.hpp"
#include "sim/parallel.hpp"
#include "sim/probability.hpp"
#include "sim/thinning.hpp"

namespace models {
namespace {

// Bound on the monthly probability of closure: the highest yearly rate of the tables is 0.08 and the factor `closures` is at most 3;
// 0.03 a month is 0.31 a year.
constexpr double closure_bound = 0.03;
// Employers of this size or more do not close as a whole: their decline is a path of demand (announced job cuts).
constexpr int never_closes_from = 1000;

std::size_t cell(std::size_t region, Sector sector) { return region * sectors + index_of(sector); }

/// Employers of the start population: they come first and stay.
std::size_t start_employers(const World& world) {
    const auto& all = world.employers.employer;
    return static_cast<std::size_t>(std::find_if(all.rbegin(), all.rend(), [](const Employer& e) { return e.born == 0; }).base() - all.begin());
}

}  // namespace

double closure_probability(Sector sector, SizeClass size, sim::Month month, const LifecycleTables& tables, const DemandParameters& p) {
    const double yearly = std::min(1.0, tables.closure_rate[index_of(sector)][index_of(size)] * p.closures);
    const double support = month <= support_end ? p.support : 0;
    return std::min(closure_bound, sim::monthly(sim::YearlyProbability(yearly)).value() * (1 - support));
}

double fossil_factor(std::size_t region, sim::Month month, const LifecycleTables& tables, const DemandParameters& p) {
    if (region >= tables.fossil_loss.size()) return 1;
    const double span = tables.fossil_end - tables.fossil_start;
    const double share = span <= 0 ? 0 : std::clamp((month - tables.fossil_start) / span, 0.0, 1.0);
    return 1 - std::min(1.0, tables.fossil_loss[region] * p.fossil_phase_out) * share;
}

int poisson(double mean, double u) {
    double probability = sim::exponential(-mean);
    double cumulated = probability;
    int n = 0;
    while (u > cumulated && n < 100000) {
        probability *= mean / ++n;
        cumulated += probability;
        if (probability < 1e-300 && n > mean) break;
    }
    return n;
}

void bear_employers(World& world, sim::Month month) {
    const auto& tables = world.tables->demand;
    const auto& p = world.parameters->demand;
    const auto regions = static_cast<std::size_t>(world.regions);
    auto& employers = world.employers;
    const std::size_t start = start_employers(world);

    // Models for the newborn are the small employers of the start, so that no policy can change them.
    std::vector<std::vector<std::uint32_t>> micro(regions * sectors);
    std::vector<int> count(regions * sectors, 0);
    for (std::size_t e = 0; e < start; ++e) {
        const auto& employer = employers.employer[e];
        if (employer.region >= regions) continue;
        const std::size_t c = cell(employer.region, employer.sector);
        ++count[c];
        if (size_class_of(employer.start_staff) == SizeClass::micro) micro[c].push_back(static_cast<std::uint32_t>(e));
    }
    const auto share = survivors_factor(world);
    for (std::size_t r = 0; r < regions; ++r)
        for (std::size_t s = 0; s < sectors; ++s) {
            const auto sector = static_cast<Sector>(s);
            const std::size_t c = cell(r, sector);
            if (micro[c].empty()) continue;
            const double mean = count[c] * tables.lifecycle.birth_rate[s] * p.births / 12;
            if (mean <= 0) continue;
            const int born = poisson(mean, world.random.uniform({births_info.key, sim::region(r), month, static_cast<std::uint32_t>(s)}));
            const double path = growth(tables, sector, month) * share[c];
            for (int n = 0; n < born; ++n) {
                const auto index = static_cast<std::uint32_t>(64 * n) + static_cast<std::uint32_t>(s);
                const double u = world.random.uniform({birth_traits_info.key, sim::region(r), month, index});
                const auto like = micro[c][static_cast<std::size_t>(u * static_cast<double>(micro[c].size()))];
                Employer newborn = employers.employer[like];
                const std::uint32_t first = newborn.first_post;
                newborn.first_post = static_cast<std::uint32_t>(employers.post.size());
                newborn.born = stored(month);
                newborn.closed = 0;
                newborn.learning_company = 0;
                newborn.fossil = 0;
                newborn.innovation = 0;
                newborn.bbl_places = 0;
                newborn.bbl_taken = 0;
                newborn.output_per_worker = 1.0F;
                newborn.start_staff = 0;
                for (std::uint32_t k = 0; k < newborn.posts; ++k) {
                    Post post;
                    post.employer = static_cast<std::uint32_t>(employers.employer.size());
                    post.occupation = employers.post[first + k].occupation;
                    // D(t) = D(0) g: as many workers at birth as its model wanted at the start.
                    post.desired = static_cast<float>(static_cast<double>(employers.post[first + k].desired) / path);
                    newborn.start_staff += static_cast<std::int32_t>(employers.post[first + k].desired + 0.5F);
                    employers.post.push_back(post);
                }
                employers.employer.push_back(newborn);
            }
        }
}

void close_employers(World& world, sim::Month month) {
    const auto& tables = world.tables->demand.lifecycle;
    const auto& p = world.parameters->demand;
    const auto regions = static_cast<std::size_t>(world.regions);
    std::array<std::array<double, 4>, sectors> hazard{};
    for (std::size_t s = 0; s < sectors; ++s)
        for (std::size_t z = 0; z < 4; ++z) hazard[s][z] = closure_probability(static_cast<Sector>(s), static_cast<SizeClass>(z), month, tables, p);
    sim::for_each_block(world.employers.size(), [&](sim::Block block) {
        sim::detail::walk_candidates(world.random, closures_info.key, month, block, closure_bound, [&](sim::Row e) {
            auto& employer = world.employers.employer[e];
            if (e >= block.end || !employer.open() || employer.region >= regions || employer.born == stored(month)) return;
            if (employer.start_staff >= never_closes_from) return;
            const double probability = hazard[index_of(employer.sector)][index_of(size_class_of(employer.start_staff))];
            if (world.random.uniform({closures_info.key, sim::employer(e), month, 0}) * closure_bound < probability) employer.closed = stored(month);
        });
    });
}

std::vector<double> survivors_factor(const World& world) {
    const auto regions = static_cast<std::size_t>(world.regions);
    std::vector<std::int64_t> start(regions * sectors, 0), now(regions * sectors, 0);
    for (const auto& employer : world.employers.employer) {
        if (employer.region >= regions) continue;
        const std::size_t c = cell(employer.region, employer.sector);
        if (employer.born == 0) start[c] += employer.start_staff;
        if (employer.open()) now[c] += employer.start_staff;
    }
    std::vector<double> factor(regions * sectors, 1.0);
    for (std::size_t c = 0; c < factor.size(); ++c)
        if (now[c] > 0) factor[c] = static_cast<double>(start[c]) / static_cast<double>(now[c]);
    return factor;
}

}  // namespace models
