#include "experiments/scenarios/plan.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "sim/error.hpp"

namespace experiments {

Plan::Plan(const models::Parameters& base, std::vector<Measure> measures, std::vector<std::string> regions)
    : base_(base), measures_(std::move(measures)), regions_(std::move(regions)) {
    // Sums and products are rounded in the order in which they are made.
    std::sort(measures_.begin(), measures_.end(), [](const Measure& a, const Measure& b) {
        return std::make_pair(lot_number(a), std::string_view(a.name)) < std::make_pair(lot_number(b), std::string_view(b.name));
    });
    for (const auto& lever : models::all_levers()) {
        Dosed dosed{&lever, nullptr, 0, {}};
        for (std::size_t m = 0; m < measures_.size(); ++m)
            for (const auto& dose : measures_[m].doses)
                if (dose.lever == lever.parameter) dosed.doses.push_back({m, dose.value, !measures_[m].dosed.everybody()});
        if (dosed.doses.empty()) continue;
        dosed.parameter = models::find_parameter(lever.parameter);
        if (dosed.parameter == nullptr) throw sim::Bug("a lever without a parameter: " + std::string(lever.parameter));
        dosed.usual = dosed.parameter->get(base_);
        dosed_.push_back(std::move(dosed));
    }
    for (const auto& region : regions_) {
        reaches_.emplace_back();
        for (const auto& measure : measures_) reaches_.back().push_back(measure.in_force_in(region));
    }
    reaches_.emplace_back();
    for (const auto& measure : measures_) reaches_.back().push_back(measure.regions.empty());
    std::map<std::string, std::vector<std::size_t>> groups;
    for (std::size_t m = 0; m < measures_.size(); ++m) {
        const Measure& measure = measures_[m];
        const auto reached = std::count_if(regions_.begin(), regions_.end(), [&](const auto& region) { return measure.in_force_in(region); });
        shares_.emplace_back();
        for (const auto& region : regions_) {
            const auto known = measure.shares.find(region);
            const double given = known == measure.shares.end() ? 0 : known->second;
            shares_.back().push_back(!measure.in_force_in(region) ? 0 : measure.shares.empty() ? 1 / static_cast<double>(reached) : given);
        }
        if (!measure.overlap.empty()) groups[measure.overlap].push_back(m);
        if (measure.coordination.value != 0) coordinators_.push_back(m);
    }
    for (auto& [name, members] : groups)
        if (members.size() > 1) overlaps_.push_back(std::move(members));
}

std::vector<double> Plan::strengths(sim::Month month, std::optional<std::size_t> region) const {
    const auto& reaches = reaches_.at(region ? *region : regions_.size());
    std::vector<double> strengths(measures_.size(), 0.0);
    for (std::size_t m = 0; m < measures_.size(); ++m)
        if (reaches[m] != 0) strengths[m] = measures_[m].strength(month);
    double left = 1;
    for (const std::size_t m : coordinators_) left *= 1 - measures_[m].coordination.value * strengths[m];
    for (const auto& group : overlaps_) {
        const auto k = std::count_if(group.begin(), group.end(), [&](std::size_t m) { return strengths[m] > 0; });
        if (k > 1)
            for (const std::size_t m : group) strengths[m] *= 1 - measures_[m].overlap_share.value * left * (1 - 1 / static_cast<double>(k));
    }
    return strengths;
}

std::vector<Plan::Setting> Plan::settings_under(const std::vector<double>& strengths) const {
    std::vector<Setting> settings;
    std::vector<double> values;
    for (const auto& [lever, parameter, usual, doses] : dosed_) {
        values.clear();
        for (const auto& dose : doses)
            if (strengths[dose.measure] > 0 && !dose.for_group) values.push_back(models::partial_dose(lever->rule, usual, dose.value, strengths[dose.measure]));
        if (!values.empty()) settings.push_back({lever, parameter, models::combine(lever->rule, usual, values)});
    }
    return settings;
}

std::vector<Plan::Setting> Plan::settings(sim::Month month, std::optional<std::size_t> region) const {
    return measures_.empty() ? std::vector<Setting>{} : settings_under(strengths(month, region));
}

models::TargetedDoses Plan::targeted_under(const std::vector<std::vector<double>>& strengths_of) const {
    models::TargetedDoses targeted;
    for (const auto& [lever, parameter, usual, doses] : dosed_) {
        if (std::none_of(doses.begin(), doses.end(), [](const DoseOf& dose) { return dose.for_group; })) continue;
        const auto personal = models::personal_lever(lever->parameter);
        if (!personal) throw sim::Bug("a dose for a group on a lever of whole regions: " + std::string(lever->parameter));
        auto& of_lever = targeted.levers[models::index_of(*personal)];
        of_lever.usual = usual;
        for (const auto& strengths : strengths_of) {
            auto& in_force = of_lever.by_region.emplace_back();
            bool any = false;
            for (const auto& dose : doses) {
                if (!(strengths[dose.measure] > 0)) continue;
                const double value = models::partial_dose(lever->rule, usual, dose.value, strengths[dose.measure]);
                in_force.push_back({value, -1});
                if (!dose.for_group) continue;
                any = true;
                in_force.back().group = static_cast<std::int32_t>(targeted.groups.size());
                targeted.groups.push_back(measures_[dose.measure].dosed);
            }
            if (!any) in_force.clear();
        }
    }
    return targeted;
}

models::Parameters Plan::parameters_under(const std::vector<Setting>& settings) const {
    models::Parameters parameters = base_;
    for (const auto& setting : settings) setting.parameter->set(parameters, setting.value);
    return parameters;
}

models::Parameters Plan::parameters_at(sim::Month month) const { return parameters_under(settings(month)); }

models::Policy Plan::policy_at(sim::Month month) const {
    models::Policy policy;
    if (measures_.empty()) return policy;
    policy.measures = static_cast<std::uint16_t>(measures_.size());
    const auto national = settings(month);
    std::vector<std::vector<double>> strengths_of;
    std::vector<std::vector<Setting>> settings_of;
    bool differ = false;
    for (std::size_t r = 0; r < regions_.size(); ++r) {
        strengths_of.push_back(strengths(month, r));
        settings_of.push_back(settings_under(strengths_of.back()));
        differ |= settings_of.back() != national;
    }
    if (differ)
        for (const auto& settings : settings_of) policy.by_region.push_back(parameters_under(settings));
    policy.targeted = targeted_under(strengths_of);
    for (std::size_t m = 0; m < measures_.size(); ++m) {
        const Measure& measure = measures_[m];
        const double spent = (month == measure.start ? measure.cost.fixed.value : 0) + measure.cost.per_month.value * measure.strength(month);
        models::Spending spending{{}, measure.cost.per_participant.value, measure.offer ? measure.offer->who : measure.dosed};
        for (const double share : shares_[m]) spending.euro.push_back(spent * share);
        policy.spending.push_back(std::move(spending));
        if (!measure.offer) continue;
        models::Offer offer{lot_number(measure), static_cast<std::uint16_t>(m), measure.offer->programme, {}, measure.offer->targets, measure.offer->who};
        for (std::size_t r = 0; r < regions_.size(); ++r) offer.places.push_back(measure.offer->places_in(regions_[r], shares_[m][r]) * strengths_of[r][m]);
        policy.offers.push_back(std::move(offer));
    }
    return policy;
}

}  // namespace experiments
