#include "experiments/comparison/reckonings.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace experiments {
namespace {

bool holds(const Scenario& scenario, const std::string& measure) {
    return std::any_of(scenario.measures.begin(), scenario.measures.end(), [&](const Measure& m) { return m.name == measure; });
}

std::vector<std::string> gates_of_one(const Scenario& scenario, const Scenario& other) {
    std::vector<std::string> names;
    for (const auto& measure : scenario.measures)
        if (measure.offer && !holds(other, measure.name)) names.push_back(measure.name);
    return names;
}

void add(models::FollowedCounts& sum, const models::FollowedCounts& counts) {
    sum.participants += counts.participants;
    sum.participants_in_target += counts.participants_in_target;
    sum.refused += counts.refused;
    sum.refused_in_target += counts.refused_in_target;
}

models::FollowedCounts sum_of(const std::vector<models::FollowedCounts>& pairs) {
    models::FollowedCounts sum;
    for (const auto& pair : pairs) add(sum, pair);
    return sum;
}

/// Deadweight of each pair, in agents: participants times the share at work among those whom the lot refused. The share is that of all pairs together, for one
/// pair's refused are few; what a pair's refused do to it stands in that pair, to first order, so that the spread over pairs holds the share's error and the
/// mean is participants times the share. Empty where nobody was refused.
std::vector<double> deadweight_by_pair(const std::vector<models::FollowedCounts>& pairs) {
    const auto all = sum_of(pairs);
    std::vector<double> by_pair;
    if (all.refused == 0) return by_pair;
    const double refused = all.refused, share = all.refused_in_target / refused, a_refused = all.participants / refused;
    for (const auto& pair : pairs) by_pair.push_back(pair.participants * share + a_refused * (pair.refused_in_target - share * pair.refused));
    return by_pair;
}

MeanOfPairs persons(std::vector<double> agents, double persons_per_agent) {
    for (auto& n : agents) n *= persons_per_agent;
    return mean_of_pairs(agents);
}

}  // namespace

GatesOfArm::GatesOfArm(const Scenario& base, const Scenario& arm, sim::Month entry) : entry_(entry), end_(base.end) {
    for (const auto& measure : arm.measures) paid_.push_back(measure.name);
    for (const auto& measure : base.measures)
        if (!holds(arm, measure.name)) paid_.push_back(measure.name);
    const auto of_arm = gates_of_one(arm, base), of_base = gates_of_one(base, arm);
    if (of_arm.empty() == of_base.empty()) return;
    sign_ = of_base.empty() ? 1 : -1;
    measures_ = of_base.empty() ? of_arm : of_base;
}

PairOfGates GatesOfArm::of(const PolicyRecord& base, const PolicyRecord& arm) const {
    PairOfGates pair;
    const PolicyRecord& holder = sign_ < 0 ? base : arm;
    for (const auto& name : measures_) {
        auto& at_gate = pair.standing_at.emplace_back();
        for (std::size_t h = 0; h < reckoned_after.size(); ++h) {
            at_gate[h] = holder.at(name, entry_ + (reckoned_after[h] - 1)).standing;
            add(pair.standing[h], at_gate[h]);
        }
    }
    for (const auto& name : paid_) {
        const auto with = arm.at(name, end_), without = base.at(name, end_);
        pair.spending_on.push_back(with.spending - without.spending);
        pair.spending += pair.spending_on.back();
        pair.spending_in.resize(std::max({pair.spending_in.size(), with.spending_in.size(), without.spending_in.size()}), 0.0);
        for (std::size_t r = 0; r < with.spending_in.size(); ++r) pair.spending_in[r] += with.spending_in[r];
        for (std::size_t r = 0; r < without.spending_in.size(); ++r) pair.spending_in[r] -= without.spending_in[r];
        for (std::size_t e = 0; e < pair.spending_by_education.size(); ++e)
            pair.spending_by_education[e] += with.spending_by_education[e] - without.spending_by_education[e];
    }
    return pair;
}

MeanOfPairs mean_of_pairs(const std::vector<double>& by_pair) {
    MeanOfPairs made{mean_of(by_pair), {}};
    if (by_pair.size() < 2) return made;
    const double half = student_t(by_pair.size()) * std::sqrt(variance_of(by_pair) / static_cast<double>(by_pair.size()));
    made.interval = {made.mean - half, made.mean + half};
    return made;
}

std::vector<GateReckoning> reckonings_by_gate(const std::vector<PairOfGates>& pairs, const std::vector<std::string>& measures,
                                              const std::array<bool, reckoned_after.size()>& reached, double persons_per_agent) {
    std::vector<GateReckoning> made;
    for (std::size_t g = 0; g < measures.size(); ++g)
        for (std::size_t h = 0; h < reckoned_after.size(); ++h) {
            if (!reached[h]) continue;
            std::vector<models::FollowedCounts> standing;
            std::vector<double> participants, gross;
            for (const auto& pair : pairs) {
                standing.push_back(pair.standing_at.at(g)[h]);
                participants.push_back(standing.back().participants);
                gross.push_back(standing.back().participants_in_target);
            }
            auto deadweight = deadweight_by_pair(standing);
            if (deadweight.empty()) deadweight.assign(pairs.size(), std::numeric_limits<double>::quiet_NaN());
            made.push_back({measures[g], reckoned_after[h], persons(participants, persons_per_agent), persons(gross, persons_per_agent),
                            persons(deadweight, persons_per_agent), static_cast<double>(sum_of(standing).refused)});
        }
    return made;
}

std::vector<ArmReckoning> reckonings_of(const std::vector<PairOfGates>& pairs, const std::array<std::vector<double>, reckoned_after.size()>& net, int sign,
                                        double persons_per_agent) {
    std::vector<ArmReckoning> made;
    for (std::size_t h = 0; h < reckoned_after.size(); ++h) {
        if (sign == 0 || net[h].size() != pairs.size() || std::any_of(net[h].begin(), net[h].end(), [](double v) { return std::isnan(v); })) continue;
        std::vector<models::FollowedCounts> standing;
        for (const auto& pair : pairs) standing.push_back(pair.standing[h]);
        const auto deadweight = deadweight_by_pair(standing);
        if (deadweight.empty()) continue;
        std::array<std::vector<double>, 5> values;
        for (std::size_t p = 0; p < pairs.size(); ++p) {
            const auto r = reckon(standing[p], deadweight[p], sign * net[h][p] / persons_per_agent);
            const std::array<double, 5> of_pair{r.participants, r.gross, r.deadweight, r.displacement, r.net};
            for (std::size_t i = 0; i < of_pair.size(); ++i) values[i].push_back(of_pair[i]);
        }
        const auto mean = [&](std::size_t i) { return persons(values[i], persons_per_agent); };
        made.push_back({reckoned_after[h], mean(0), mean(1), mean(2), mean(3), mean(4), static_cast<double>(sum_of(standing).refused)});
    }
    return made;
}

}  // namespace experiments
