#include "experiments/appraisal/same_money.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "experiments/scenarios/library.hpp"
#include "experiments/scenarios/scenario_field.hpp"
#include "models/levers.hpp"
#include "regions/readers.hpp"

namespace experiments {
namespace {

/// Euro at full take-up over the months.
double cost_of(const Measure& measure, const std::vector<std::string>& regions, int months) {
    double places = 0;  // a year
    if (measure.offer)
        for (const auto& region : regions)
            if (measure.in_force_in(region)) places += measure.offer->places_in(region, measure.shares.contains(region) ? measure.shares.at(region) : 0);
    return measure.cost.fixed.value + measure.cost.per_month.value * months + measure.cost.per_participant.value * places * months / 12;
}

/// A dose as many times as strong; false where its rule has no such thing.
bool multiply(Dose& dose, double factor) {
    const auto* lever = models::find_lever(dose.lever);
    if (lever == nullptr) return false;
    const auto times = [&](double& value) {
        switch (lever->rule) {
            case models::Combination::joint: value = 1 - std::pow(1 - value, factor); return true;
            case models::Combination::product: value = std::pow(value, factor); return true;
            case models::Combination::sum: value *= factor; return true;
            case models::Combination::strongest: return false;
        }
        return false;
    };
    bool could = times(dose.value);
    if (dose.evidence.low) could = times(*dose.evidence.low) && could;
    if (dose.evidence.high) could = times(*dose.evidence.high) && could;
    if (dose.evidence.low && dose.evidence.high && *dose.evidence.low > *dose.evidence.high) std::swap(*dose.evidence.low, *dose.evidence.high);
    dose.evidence.distribution.clear();  // of the multiple its ends alone are known
    return could;
}

void multiply(Quantity& quantity, double factor) {
    quantity.value *= factor;
    if (quantity.evidence.low) *quantity.evidence.low *= factor;
    if (quantity.evidence.high) *quantity.evidence.high *= factor;
    quantity.evidence.distribution.clear();
}

bool is_campaign(const Measure& measure) {
    return std::any_of(measure.doses.begin(), measure.doses.end(), [](const Dose& d) { return d.lever.rfind("awareness.", 0) == 0; });
}

}  // namespace

std::vector<SameMoney> same_money(const Scenario& base, double money, sim::Month start, sim::Month end) {
    const auto regions = base.regions.empty() ? regions::all_regions() : base.regions;
    const int months = end - start + 1;
    std::vector<SameMoney> found;
    for (const auto& one : library().measures) {
        if (is_campaign(one.measure)) continue;
        SameMoney made;
        made.name = one.measure.name;
        made.measure = one.measure;
        Measure& m = made.measure;
        const double cost = cost_of(m, regions, months);
        if (!(cost > 0)) {
            made.problem = "the library gives it no cost";
            found.push_back(std::move(made));
            continue;
        }
        made.factor = money / cost;
        m.name = "more-" + m.name;
        m.number = 0;
        m.in_place_from.reset();
        m.start = start;
        m.end = end;
        m.overlap.clear();
        m.overlap_share = Measure::usual_overlap();
        multiply(m.cost.fixed, made.factor);
        multiply(m.cost.per_month, made.factor);
        for (auto& dose : m.doses)
            if (!multiply(dose, made.factor)) made.problem = fmt::format("its dose on {} is a setting, which cannot be more or less", dose.lever);
        if (m.offer) {
            multiply(m.offer->places, made.factor);
            for (auto& [region, places] : m.offer->by_region) multiply(places, made.factor);
        }
        if (made.problem.empty()) {
            Scenario with = base;
            with.measures.push_back(m);
            made.problem = problem_of(with);
        }
        found.push_back(std::move(made));
    }
    return found;
}

}  // namespace experiments
