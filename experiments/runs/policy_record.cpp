#include "experiments/runs/policy_record.hpp"

#include "models/policy.hpp"
#include "models/tables.hpp"

namespace experiments {

PolicyRecord::Mix PolicyRecord::mix_of(const models::World& world, const models::PersonGroup& group, const Mix* where_nobody) {
    constexpr std::size_t levels = models::education_labels.size();
    const auto counts = models::residents_by_education(world, group);
    Mix mix{world.month.year(), {}};
    for (std::size_t r = 0; r < static_cast<std::size_t>(world.regions); ++r) {
        double all = 0;
        for (std::size_t e = 0; e < levels; ++e) all += static_cast<double>(counts[r * levels + e]);
        Levels shares{};
        for (std::size_t e = 0; e < levels; ++e)
            shares[e] = all > 0                   ? static_cast<double>(counts[r * levels + e]) / all
                        : where_nobody != nullptr ? where_nobody->shares[r][e]
                                                  : 1.0 / static_cast<double>(levels);
        mix.shares.push_back(shares);
    }
    return mix;
}

const PolicyRecord::Mix& PolicyRecord::mix_for(const models::World& world, const std::string& measure, std::size_t place) {
    const auto& who = world.policy->spending[place].who;
    if (!who.everybody()) {
        auto& mix = target_groups_[measure];
        if (mix.year != world.month.year()) mix = mix_of(world, who, &labour_force_);
        return mix;
    }
    return labour_force_;
}

void PolicyRecord::add(const models::World& world, const std::vector<std::string>& names) {
    // In every run alike, with measures or without: an arm that goes on from a base's record has what a whole run of it has.
    if (labour_force_.year != world.month.year()) labour_force_ = mix_of(world, models::labour_force(), nullptr);
    if (world.policy == nullptr || names.size() != world.policy->measures) return;
    constexpr std::size_t levels = models::education_labels.size();
    const auto standing = models::standing_counts(world);
    const auto regions = static_cast<std::size_t>(world.regions);
    const auto counts = models::policy_counts(world);
    const auto began = models::began_by_education(world);
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
            const double whoever_begins = models::spent(world, m, r, 0);
            if (whoever_begins == 0) continue;
            const auto& shares = mix_for(world, names[m], m).shares[r];
            for (std::size_t e = 0; e < levels; ++e) stand.spending_by_education[e] += whoever_begins * shares[e];
        }
        for (std::size_t e = 0; e < levels; ++e)
            stand.spending_by_education[e] += world.policy->spending[m].per_participant * began[m * levels + e] / world.tables->scale;
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
