#include "models/aims.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "models/flows.hpp"
#include "models/parameters.hpp"
#include "models/world.hpp"

namespace models {

bool follows_aim(const World& world, Row row, sim::Month month) {
    const auto& p = world.parameters_in(world.persons.region[row]).side_entry;
    return world.random.draw({aim_info.key, sim::person(row), month, 0}).uniform() < p.aim_share;
}

void renew_aims(World& world, sim::Month month, const std::vector<Aim>& found) {
    auto& aims = world.programmes.side_entry.aims;
    std::erase_if(aims, [&](const Aim& aim) {
        const Person& person = world.persons.record[aim.row];
        return aim.last < stored(month) || !world.resident(aim.row) || (at_work(person) && person.occupation == aim.target);
    });
    std::vector<Aim> all;
    all.reserve(aims.size() + found.size());
    std::merge(aims.begin(), aims.end(), found.begin(), found.end(), std::back_inserter(all), [](const Aim& a, const Aim& b) { return a.row < b.row; });
    // Equal rows keep the old aim first: the new one takes its place.
    std::size_t kept = 0;
    for (std::size_t i = 0; i < all.size(); ++i)
        if (i + 1 == all.size() || all[i + 1].row != all[i].row) all[kept++] = all[i];
    all.resize(kept);
    aims = std::move(all);
}

AimsOfBlock::AimsOfBlock(const World& world, sim::Month month, Row begin)
    : world_(world), month_(month), next_(place_of(world.programmes.side_entry.aims, begin)) {}

Occupation AimsOfBlock::followed_by(Row row) {
    const auto end = world_.programmes.side_entry.aims.end();
    while (next_ != end && next_->row < row) ++next_;
    return next_ != end && next_->row == row && follows_aim(world_, row, month_) ? next_->target : no_occupation;
}

void visit_aims(const World& world, sim::Block block, sim::Month month, const std::function<void(Row)>& visit) {
    const auto& aims = world.programmes.side_entry.aims;
    for (auto aim = place_of(aims, block.begin); aim != aims.end() && aim->row < block.end; ++aim)
        if (follows_aim(world, aim->row, month)) visit(aim->row);
}

}  // namespace models
