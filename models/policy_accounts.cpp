#include "models/policy_accounts.hpp"

#include <algorithm>
#include <array>

#include "models/flows.hpp"
#include "models/policy.hpp"
#include "models/series.hpp"
#include "models/tables.hpp"
#include "models/world.hpp"
#include "sim/trajectory.hpp"

namespace models {
namespace {

std::size_t place_of(const World& world, std::size_t measure, std::size_t region, PolicyFlow what) {
    return (measure * static_cast<std::size_t>(world.regions) + region) * policy_flows + index_of(what);
}

}  // namespace

void PolicyAccounts::begin_month(const World& world) {
    const std::size_t measures = world.policy == nullptr ? 0 : world.policy->measures;
    count.assign(measures * static_cast<std::size_t>(world.regions) * policy_flows, 0);
}

void follow(World& world, std::uint32_t lot, Row row, Occupation target, bool refused) {
    if (lot == 0) return;
    world.programmes.policy.followed.push_back({row,
                                                lot,
                                                stored(world.month),
                                                target,
                                                static_cast<std::uint8_t>(refused ? 1 : 0),
                                                world.persons.region[row],
                                                world.persons.record[row].education,
                                                {}});
}

namespace {

/// The offer of a measure; null where the scenario does not hold it.
const Offer* offer_of(const World& world, std::uint32_t lot) {
    const auto& offers = world.policy->offers;
    const auto found = std::find_if(offers.begin(), offers.end(), [&](const Offer& o) { return o.lot == lot; });
    return found == offers.end() ? nullptr : &*found;
}

void add_to(FollowedCounts& counts, const World& world, const Followed& f) {
    const Person& person = world.persons.record[f.row];
    const bool in_target = at_work(person) && person.occupation != no_occupation && group_of(person.occupation) == group_of(f.target);
    (f.refused != 0 ? counts.refused : counts.participants) += 1;
    (f.refused != 0 ? counts.refused_in_target : counts.participants_in_target) += in_target ? 1 : 0;
}

}  // namespace

std::vector<FollowedCounts> followed_counts(const World& world) {
    const std::size_t measures = world.policy == nullptr ? 0 : world.policy->measures;
    const auto regions = static_cast<std::size_t>(world.regions);
    std::vector<FollowedCounts> counts(measures * regions * horizons.size());
    if (measures == 0) return counts;
    for (const Followed& f : world.programmes.policy.followed) {
        const auto at = std::find(horizons.begin(), horizons.end(), months_since(f.month, world.month));
        if (at == horizons.end() || !world.resident(f.row)) continue;
        if (const Offer* offer = offer_of(world, f.lot))
            add_to(counts[(offer->measure * regions + f.region) * horizons.size() + static_cast<std::size_t>(at - horizons.begin())], world, f);
    }
    return counts;
}

std::vector<FollowedCounts> standing_counts(const World& world) {
    std::vector<FollowedCounts> counts(world.policy == nullptr ? 0 : world.policy->measures);
    if (counts.empty()) return counts;
    for (const Followed& f : world.programmes.policy.followed)
        if (world.resident(f.row))
            if (const Offer* offer = offer_of(world, f.lot)) add_to(counts[offer->measure], world, f);
    return counts;
}

std::vector<std::int32_t> began_by_education(const World& world) {
    std::vector<std::int32_t> counts(world.policy == nullptr ? 0 : world.policy->measures * education_labels.size(), 0);
    if (counts.empty()) return counts;
    // Those of this month are the last ones.
    const auto& followed = world.programmes.policy.followed;
    for (auto f = followed.rbegin(); f != followed.rend() && f->month == stored(world.month); ++f)
        if (const Offer* offer = f->refused != 0 ? nullptr : offer_of(world, f->lot))
            ++counts[offer->measure * education_labels.size() + index_of(f->education)];
    return counts;
}

std::vector<std::int32_t> policy_counts(const World& world) {
    if (world.policy == nullptr) return {};
    auto count = world.programmes.policy.count;
    count.resize(world.policy->measures * static_cast<std::size_t>(world.regions) * policy_flows, 0);
    // Who begins in the occupation of a completed course is known once the month is over.
    for_each_course_placement(world, [&](const CourseTaker& taker) {
        if (const Offer* offer = taker.lot == 0 ? nullptr : offer_of(world, taker.lot))
            ++count[place_of(world, offer->measure, world.persons.region[taker.row], PolicyFlow::placements)];
    });
    return count;
}

void count_for_measure(World& world, std::uint32_t lot, std::size_t region, PolicyFlow what) {
    if (lot == 0 || world.policy == nullptr || region >= static_cast<std::size_t>(world.regions)) return;
    if (const Offer* offer = offer_of(world, lot)) ++world.programmes.policy.count[place_of(world, offer->measure, region, what)];
}

double spent(const World& world, std::size_t measure, std::size_t region, std::int32_t began) {
    const Spending& spending = world.policy->spending[measure];
    return (region < spending.euro.size() ? spending.euro[region] : 0.0) + spending.per_participant * began / world.tables->scale;
}

void write_policy(const World& world, sim::Trajectory& trajectory, const SeriesIds& series, std::size_t replicate, std::size_t time, bool with_flows) {
    if (!series.has_policy || world.policy == nullptr || world.policy->measures == 0) return;
    const std::size_t measures = world.policy->measures, regions = static_cast<std::size_t>(world.regions);
    const auto count = with_flows ? policy_counts(world) : world.programmes.policy.count;
    const auto of = [&](std::size_t measure, std::size_t region, PolicyFlow what) {
        const std::size_t place = place_of(world, measure, region, what);
        return place < count.size() ? count[place] : 0;
    };
    for (int w = 0; w < policy_flows; ++w) {
        const auto what = static_cast<PolicyFlow>(w);
        if (!with_flows && what != PolicyFlow::in_programme) continue;
        const auto to = trajectory.counts(series.policy[static_cast<std::size_t>(w)], replicate, time);
        for (std::size_t r = 0; r < regions; ++r)
            for (std::size_t m = 0; m < measures; ++m) to[r * measures + m] = of(m, r, what);
    }
    if (!with_flows) return;
    const auto money = trajectory.reals(series.policy_spending, replicate, time);
    for (std::size_t r = 0; r < regions; ++r)
        for (std::size_t m = 0; m < measures; ++m) money[r * measures + m] = spent(world, m, r, of(m, r, PolicyFlow::participants));
    const auto counts = followed_counts(world);
    const auto write = [&](sim::SeriesId id, std::int32_t FollowedCounts::*member) {
        const auto to = trajectory.counts(id, replicate, time);
        for (std::size_t r = 0; r < regions; ++r)
            for (std::size_t m = 0; m < measures; ++m)
                for (std::size_t h = 0; h < horizons.size(); ++h)
                    to[(r * measures + m) * horizons.size() + h] = counts[(m * regions + r) * horizons.size() + h].*member;
    };
    write(series.participants_followed, &FollowedCounts::participants);
    write(series.participants_in_target, &FollowedCounts::participants_in_target);
    write(series.refused_followed, &FollowedCounts::refused);
    write(series.refused_in_target, &FollowedCounts::refused_in_target);
}

}  // namespace models
