#include "models/ties.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <utility>
#include <vector>

#include "models/world.hpp"

namespace models {
namespace {

using Tie = std::pair<std::uint32_t, std::uint32_t>;

/// Partners that an employer draws itself; it is drawn by about as many.
constexpr std::array<std::uint32_t, 4> partners{1, 2, 4, 6};
constexpr std::int32_t works_with_higher_education = 50;

TieGraph graph_of(std::vector<Tie> ties, std::size_t vertices) {
    const std::size_t drawn = ties.size();
    ties.reserve(2 * drawn);
    for (std::size_t i = 0; i < drawn; ++i) ties.emplace_back(ties[i].second, ties[i].first);
    std::sort(ties.begin(), ties.end());
    ties.erase(std::unique(ties.begin(), ties.end()), ties.end());
    return {boost::edges_are_sorted, ties.begin(), ties.end(), static_cast<std::uint32_t>(vertices)};
}

/// Members of groups, in one list.
class Groups {
public:
    template <class GroupOf>
    Groups(std::size_t groups, std::size_t members, GroupOf&& group_of) : first_(groups + 1) {
        for (std::uint32_t m = 0; m < members; ++m)
            if (const std::size_t g = group_of(m); g < groups) ++first_[g + 1];
        for (std::size_t g = 0; g < groups; ++g) first_[g + 1] += first_[g];
        member_.resize(first_.back());
        auto next = first_;
        for (std::uint32_t m = 0; m < members; ++m)
            if (const std::size_t g = group_of(m); g < groups) member_[next[g]++] = m;
    }
    [[nodiscard]] std::size_t size(std::size_t g) const { return first_[g + 1] - first_[g]; }
    [[nodiscard]] std::uint32_t pick(std::size_t g, double u) const { return member_[first_[g] + static_cast<std::size_t>(u * static_cast<double>(size(g)))]; }

private:
    std::vector<std::size_t> first_;
    std::vector<std::uint32_t> member_;
};

}  // namespace

TieGraph employer_ties(const World& world) {
    // Those of the start alone, which come first and stay, so that the ties are the same whenever they are asked for.
    const auto& all = world.employers.employer;
    const auto born = std::find_if(all.begin(), all.end(), [](const Employer& e) { return e.born != 0; });
    const std::span<const Employer> employers(all.data(), static_cast<std::size_t>(born - all.begin()));
    const auto regions = static_cast<std::size_t>(world.regions);
    std::size_t towns = 0;
    for (const auto& e : employers) towns = std::max<std::size_t>(towns, e.municipality + std::size_t{1});
    constexpr std::size_t none = ~std::size_t{0};
    const Groups by_sector(regions * sectors, employers.size(), [&](std::uint32_t e) {
        return employers[e].region < regions ? employers[e].region * sectors + index_of(employers[e].sector) : none;
    });
    const Groups by_town(towns, employers.size(),
                         [&](std::uint32_t e) { return employers[e].region < regions ? std::size_t{employers[e].municipality} : none; });
    std::vector<Tie> ties;
    for (std::uint32_t e = 0; e < employers.size(); ++e) {
        const Employer& employer = employers[e];
        if (employer.region >= regions) continue;
        const std::uint32_t wanted = partners[index_of(size_class_of(employer.start_staff))];
        for (std::uint32_t k = 0; k < wanted; ++k) {
            const auto draw = world.random.draw({ties_info.key, sim::employer(e), sim::Month(0), k});
            const std::uint32_t other = draw.uniform(0) < ties_within_sector
                                            ? by_sector.pick(employer.region * sectors + index_of(employer.sector), draw.uniform(1))
                                            : by_town.pick(employer.municipality, draw.uniform(1));
            if (other != e) ties.emplace_back(e, other);
        }
    }
    return graph_of(std::move(ties), employers.size());
}

TieGraph school_ties(const World& world) {
    const auto& employers = world.employers.employer;
    const auto& schools = world.schools.school;
    const auto regions = static_cast<std::size_t>(world.regions);
    enum Kind : std::size_t { vmbo, mbo, higher, kinds };
    constexpr std::size_t none = ~std::size_t{0};
    const Groups by_kind(regions * kinds, schools.size(), [&](std::uint32_t s) {
        switch (schools[s].track) {
            case Track::vmbo: return schools[s].region * kinds + vmbo;
            case Track::mbo_bol:
            case Track::mbo_bbl: return schools[s].region * kinds + mbo;
            case Track::hbo:
            case Track::wo: return schools[s].region * kinds + higher;
            default: return none;
        }
    });
    const auto first_employer = static_cast<std::uint32_t>(schools.size());
    std::vector<Tie> ties;
    for (std::uint32_t e = 0; e < employers.size(); ++e) {
        const Employer& employer = employers[e];
        if (employer.region >= regions) continue;
        // Index 64 on: apart from the ties among employers.
        const auto draw = world.random.draw({ties_info.key, sim::employer(e), sim::Month(0), 64});
        const auto tie = [&](Kind kind, double u) {
            const std::size_t group = employer.region * kinds + kind;
            if (by_kind.size(group) > 0) ties.emplace_back(by_kind.pick(group, u), first_employer + e);
        };
        if (employer.learning_company != 0) {
            tie(mbo, draw.uniform(0));
            if (draw.uniform(1) < 0.5) tie(mbo, draw.uniform(2));
        }
        if (employer.start_staff >= works_with_higher_education) tie(draw.uniform(1) < 0.7 ? higher : vmbo, draw.uniform(3));
    }
    return graph_of(std::move(ties), schools.size() + employers.size());
}

}  // namespace models
