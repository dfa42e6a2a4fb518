#include "experiments/assessment/mixes.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

#include <fmt/format.h>

#include "experiments/scenarios/plan.hpp"
#include "models/levers.hpp"
#include "sim/error.hpp"

namespace experiments {
namespace {

/// A figure that grows with the strength: its value, where it does nothing, and its strongest.
struct Graded {
    double& value;
    double nothing;
    double strongest;
    std::function<bool(double)> can_be = {};  ///< none: any value
};

double strongest_of(double value, const Evidence& known, double nothing) {
    if (!known.low || !known.high) return value;
    const double low = std::abs(*known.low - nothing), high = std::abs(*known.high - nothing);
    return high >= low ? *known.high : *known.low;
}

std::vector<Graded> figures_of(Measure& measure, const models::Parameters& base) {
    std::vector<Graded> figures;
    for (auto& dose : measure.doses) {
        const auto* lever = models::find_lever(dose.lever);
        const auto* parameter = models::find_parameter(dose.lever);
        if (lever == nullptr || parameter == nullptr) throw sim::Bug("a dose of no lever: " + dose.lever);
        const double nothing = models::partial_dose(lever->rule, parameter->get(base), dose.value, 0);
        const auto settable = [rule = lever->rule, parameter](double value) {
            if (rule != models::Combination::strongest) return true;
            models::Parameters tried;
            parameter->set(tried, value);
            return parameter->get(tried) == value;
        };
        figures.push_back({dose.value, nothing, strongest_of(dose.value, dose.evidence, nothing), settable});
    }
    const auto add = [&](Quantity& quantity) { figures.push_back({quantity.value, 0, strongest_of(quantity.value, quantity.evidence, 0)}); };
    if (measure.offer) {
        if (measure.offer->by_region.empty()) add(measure.offer->places);
        for (auto& [region, places] : measure.offer->by_region) add(places);
    }
    if (measure.coordination.value != 0 || !measure.coordination.evidence.plain()) add(measure.coordination);
    return figures;
}

double usual_strength_of(const std::vector<Graded>& figures) {
    double sum = 0;
    int count = 0;
    for (const auto& f : figures) {
        if (f.strongest == f.nothing) continue;
        sum += std::clamp((f.value - f.nothing) / (f.strongest - f.nothing), 0.0, 1.0);
        ++count;
    }
    return count == 0 || sum == 0 ? 1 : sum / count;
}

}  // namespace

double usual_strength(const Measure& measure, const models::Parameters& base) {
    Measure copy = measure;
    return usual_strength_of(figures_of(copy, base));
}

Measure at_strength(Measure measure, const Measure& planned, double strength, const models::Parameters& base) {
    Measure chosen = planned;
    const auto figures = figures_of(chosen, base);
    const double of_usual = strength / usual_strength_of(figures);
    for (const auto& f : figures) {
        const double value = f.nothing + strength * (f.strongest - f.nothing);
        f.value = strength >= 1 || (strength > 0 && f.can_be && !f.can_be(value)) ? f.strongest : value;
    }
    measure.doses = chosen.doses;
    measure.offer = chosen.offer;
    measure.coordination = chosen.coordination;
    measure.cost.fixed.value *= of_usual;
    measure.cost.per_month.value *= of_usual;
    return measure;
}

Scenario with_mix(const Scenario& scenario, const Scenario& planned, const std::vector<Player>& players, const std::vector<double>& strengths) {
    if (strengths.size() != players.size()) throw sim::Bug("a mix needs one strength a player");
    Scenario made = scenario;
    made.measures.clear();
    for (const auto& measure : scenario.measures) {
        const auto player = std::ranges::find_if(players, [&](const Player& p) { return std::ranges::find(p.measures, measure.name) != p.measures.end(); });
        if (player == players.end()) {
            made.measures.push_back(measure);
            continue;
        }
        const double strength = strengths[static_cast<std::size_t>(player - players.begin())];
        const auto as_planned = std::ranges::find(planned.measures, measure.name, &Measure::name);
        if (as_planned == planned.measures.end()) throw sim::Bug("a mix of a measure that is not planned: " + measure.name);
        if (strength > 0) made.measures.push_back(at_strength(measure, *as_planned, strength, planned.parameters));
    }
    return made;
}

void check_strongest(const Scenario& scenario, const std::vector<Player>& players, const std::vector<std::string>& regions) {
    const Scenario top = with_mix(scenario, scenario, players, std::vector<double>(players.size(), 1.0));
    const Plan plan(top.parameters, top.measures, regions);
    const auto check = [](const Plan::Setting& setting, sim::Month month) {
        const auto& p = *setting.parameter;
        if (setting.value < p.minimum || setting.value > p.maximum)
            throw sim::InputError(
                fmt::format("all measures at their strongest bring {} to {} in {}, but a number from {} to {} is expected: narrower ranges of "
                            "their doses are expected, or --mixes 0",
                            p.name, setting.value, month.text(), p.minimum, p.maximum));
    };
    for (sim::Month month = first_month; month <= top.end; ++month) {
        for (const auto& setting : plan.settings(month)) check(setting, month);
        for (std::size_t r = 0; r < regions.size(); ++r)
            for (const auto& setting : plan.settings(month, r)) check(setting, month);
    }
}

}  // namespace experiments
