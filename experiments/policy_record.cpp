#include "experiments/policy_record.hpp"

#include "models/policy.hpp"
#include "models/tables.hpp"

namespace experiments {

void PolicyRecord::add(const models::World& world, const std::vector<std::string>& names) {
    if (world.policy == nullptr || names.size() != world.policy->measures) return;
    const auto standing = models::standing_counts(world);
    const auto regions = static_cast<std::size_t>(world.regions);
    const auto counts = models::policy_counts(world);
    for (std::size_t m = 0; m < names.size(); ++m) {
        auto& by_month = stands_[names[m]];
        MeasureStand stand;
        if (!by_month.empty()) stand = by_month.rbegin()->second;
        auto& people = stand.people;
        people[models::index_of(models::PolicyFlow::in_programme)] = 0;
        stand.spending_in.resize(regions, 0.0);
        for (std::size_t r = 0; r < regions; ++r) {
            for (int what = 0; what < models::policy_flows; ++what) {
                const auto n = counts[(m * regions + r) * models::policy_flows + static_cast<std::size_t>(what)];
                people[static_cast<std::size_t>(what)] += n;
                if (static_cast<models::PolicyFlow>(what) != models::PolicyFlow::participants) continue;
                const double euro = models::spent(world, m, r, n);
                stand.spending += euro;
                stand.spending_in[r] += euro;
            }
        }
        stand.standing = standing[m];
        by_month[world.month.number()] = stand;
    }
}

MeasureStand PolicyRecord::at(const std::string& measure, sim::Month month) const {
    const auto found = stands_.find(measure);
    if (found == stands_.end()) return {};
    const auto of_month = found->second.find(month.number());
    return of_month == found->second.end() ? MeasureStand{} : of_month->second;
}

std::vector<std::string> PolicyRecord::measures() const {
    std::vector<std::string> names;
    for (const auto& [name, stands] : stands_) names.push_back(name);
    return names;
}

Reckoning reckon(const models::FollowedCounts& standing, double deadweight, double net) {
    Reckoning r;
    r.participants = standing.participants;
    r.gross = standing.participants_in_target;
    r.deadweight = deadweight;
    r.direct = r.gross - r.deadweight;
    r.net = net;
    r.displacement = r.direct - r.net;
    return r;
}

}  // namespace experiments
