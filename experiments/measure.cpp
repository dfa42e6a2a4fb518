#include "experiments/measure.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "sim/error.hpp"

namespace experiments {

double Measure::strength(sim::Month month) const {
    if (month < start || month > end) return 0;
    return ramp <= 1 ? 1.0 : std::min(1.0, (month - start + 1) / static_cast<double>(ramp));
}

std::string text_of(const Measure& measure) {
    std::string text = "Measure " + measure.name + " from " + measure.start.text();
    if (measure.end != Measure::last_month) text += " to " + measure.end.text();
    if (measure.ramp > 1) text += fmt::format(", at full strength after {} months", measure.ramp);
    for (std::size_t i = 0; i < measure.doses.size(); ++i) text += fmt::format("{}{} {}", i == 0 ? ": " : ", ", measure.doses[i].lever, measure.doses[i].value);
    return text;
}

Plan::Plan(const models::Parameters& base, std::vector<Measure> measures) : base_(base), measures_(std::move(measures)) {
    // Sums and products are rounded in the order in which they are made.
    std::sort(measures_.begin(), measures_.end(), [](const Measure& a, const Measure& b) { return a.name < b.name; });
    for (const auto& lever : models::all_levers()) {
        const auto doses_it = [&](const Dose& d) { return d.lever == lever.parameter; };
        if (std::none_of(measures_.begin(), measures_.end(), [&](const Measure& m) { return std::any_of(m.doses.begin(), m.doses.end(), doses_it); })) continue;
        const auto* parameter = models::find_parameter(lever.parameter);
        if (parameter == nullptr) throw sim::Bug("a lever without a parameter: " + std::string(lever.parameter));
        dosed_.push_back({&lever, parameter, parameter->get(base_)});
    }
}

std::vector<Plan::Setting> Plan::settings(sim::Month month) const {
    std::vector<Setting> settings;
    std::vector<double> doses;
    for (const auto& [lever, parameter, usual] : dosed_) {
        doses.clear();
        for (const auto& measure : measures_)
            for (const auto& dose : measure.doses)
                if (const double strength = measure.strength(month); dose.lever == lever->parameter && strength > 0)
                    doses.push_back(models::partial_dose(lever->rule, usual, dose.value, strength));
        if (!doses.empty()) settings.push_back({lever, parameter, models::combine(lever->rule, usual, doses)});
    }
    return settings;
}

models::Parameters Plan::parameters_at(sim::Month month) const {
    models::Parameters parameters = base_;
    for (const auto& setting : settings(month)) setting.parameter->set(parameters, setting.value);
    return parameters;
}

}  // namespace experiments
