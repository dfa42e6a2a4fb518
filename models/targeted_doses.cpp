#include "models/targeted_doses.hpp"

#include <algorithm>

#include "models/parameters.hpp"
#include "models/policy.hpp"
#include "models/world.hpp"
#include "sim/error.hpp"

namespace models {

std::optional<PersonalLever> personal_lever(std::string_view parameter) {
    const auto found = std::ranges::find(personal_levers, parameter);
    if (found == personal_levers.end()) return std::nullopt;
    return static_cast<PersonalLever>(found - personal_levers.begin());
}

LeverOfPersons::LeverOfPersons(const World& world, PersonalLever lever) : world_(world), lever_(lever) {
    if (world.policy == nullptr) return;
    const auto& by_region = world.policy->targeted.levers[index_of(lever)].by_region;
    if (std::ranges::all_of(by_region, [](const auto& doses) { return doses.empty(); })) return;
    doses_ = &world.policy->targeted;
    const auto* parameter = find_parameter(personal_levers[index_of(lever)]);
    const auto* rule_of = find_lever(personal_levers[index_of(lever)]);
    if (parameter == nullptr || rule_of == nullptr) throw sim::Bug("a personal lever without a parameter or a rule");
    rule_ = rule_of->rule;
    for (std::size_t r = 0; r < static_cast<std::size_t>(world.regions); ++r) of_everybody_.push_back(parameter->get(world.parameters_in(r)));
}

double LeverOfPersons::of(Row row) const {
    const std::size_t region = world_.persons.region[row];
    const auto& lever = doses_->levers[index_of(lever_)];
    std::vector<double> acting;
    bool personal = false;
    for (const auto& dose : lever.by_region[region]) {
        const bool for_group = dose.group >= 0;
        if (for_group && !doses_->groups[static_cast<std::size_t>(dose.group)].contains(world_, row)) continue;
        personal |= for_group;
        acting.push_back(dose.value);
    }
    return personal ? combine(rule_, lever.usual, acting) : of_everybody_[region];
}

double LeverOfPersons::highest(std::size_t region) const {
    const auto& lever = doses_->levers[index_of(lever_)];
    // Shares, factors and shifts pull one way each, whatever the others are: the highest value has those that raise it.
    std::vector<double> acting;
    bool personal = false;
    for (const auto& dose : lever.by_region[region]) {
        const double alone[]{dose.value};
        if (dose.group >= 0 && combine(rule_, lever.usual, alone) < lever.usual) continue;
        personal |= dose.group >= 0;
        acting.push_back(dose.value);
    }
    return personal ? std::max(of_everybody_[region], combine(rule_, lever.usual, acting)) : of_everybody_[region];
}

}  // namespace models
