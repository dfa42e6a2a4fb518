#include "experiments/scenarios/scenario_field.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "experiments/scenarios/measure_keys.hpp"
#include "experiments/scenarios/scenario_keys.hpp"
#include "models/levers.hpp"
#include "regions/readers.hpp"
#include "sim/error.hpp"
#include "sim/nearest_word.hpp"

namespace experiments {
namespace {

const std::string parameters_prefix = "parameters.", measure_prefix = "measure.";
constexpr double longest_ramp = 600;

/// The measure of a scenario, or null.
template <class AnyScenario>
auto* measure_in(AnyScenario& scenario, const std::string& name) {
    const auto found = std::find_if(scenario.measures.begin(), scenario.measures.end(), [&](const Measure& m) { return m.name == name; });
    return found == scenario.measures.end() ? nullptr : &*found;
}

ScenarioField field_of(const std::string& measure, FieldKind kind, std::string unit, double minimum, double maximum, const std::function<double(Measure&)>& get,
                       const std::function<void(Measure&, double)>& set) {
    ScenarioField field;
    field.kind = kind;
    field.unit = std::move(unit);
    field.minimum = minimum;
    field.maximum = maximum;
    field.get = [measure, get](const Scenario& scenario) {
        const auto* found = measure_in(scenario, measure);
        if (found == nullptr) throw sim::Bug("a field of a measure that is not there: " + measure);
        Measure copy = *found;
        return get(copy);
    };
    field.set = [measure, set](Scenario& scenario, double value) {
        auto* found = measure_in(scenario, measure);
        if (found == nullptr) throw sim::Bug("a field of a measure that is not there: " + measure);
        set(*found, value);
    };
    return field;
}

ScenarioField figure_of(const std::string& measure, const QuantityRange& range, const std::function<Quantity&(Measure&)>& figure, const Measure& now) {
    auto field = field_of(
        measure, FieldKind::real, range.unit, range.minimum, range.maximum, [figure](Measure& m) { return figure(m).value; },
        [figure, unit = range.unit](Measure& m, double value) {
            // The unit stays, so that a figure of 0 is still one that the measure has.
            figure(m) = {value, {}};
            figure(m).evidence.unit = unit;
        });
    Measure copy = now;
    field.evidence = figure(copy).evidence;
    return field;
}

ScenarioField month_of_measure(const std::string& measure, sim::Month Measure::*member) {
    return field_of(
        measure, FieldKind::month, "month", 0, number_of(latest_month), [member](Measure& m) { return number_of(m.*member); },
        [member](Measure& m, double value) { m.*member = month_of(value); });
}

/// The keys of a measure, below its name, that name a number which it has.
std::vector<std::string> keys_of(const Measure& measure) {
    std::vector<std::string> keys{"start", "ramp"};
    if (measure.end != Measure::last_month) keys.emplace_back("end");
    for (const auto& dose : measure.doses) keys.push_back("dose." + dose.lever);
    if (measure.offer && measure.offer->by_region.empty()) keys.emplace_back("offer.places");
    if (measure.offer)
        for (const auto& [region, places] : measure.offer->by_region) keys.push_back("offer.places." + region);
    if (!measure.overlap.empty()) keys.emplace_back("overlap_share");
    keys.insert(keys.end(), {"coordination.reduction", "cost.fixed", "cost.per_month"});
    if (measure.offer) keys.emplace_back("cost.per_participant");
    return keys;
}

ScenarioField measure_field(const std::string& key, const Measure& measure) {
    const std::string& name = measure.name;
    if (key == "start") return month_of_measure(name, &Measure::start);
    if (key == "end") return month_of_measure(name, &Measure::end);
    if (key == "ramp")
        return field_of(
            name, FieldKind::whole, "month", 1, longest_ramp, [](Measure& m) { return static_cast<double>(m.ramp); },
            [](Measure& m, double value) { m.ramp = static_cast<int>(value); });
    if (key.rfind("dose.", 0) == 0) {
        const std::string lever = key.substr(5);
        const auto dose_of = [lever](Measure& m) -> Dose& {
            return *std::find_if(m.doses.begin(), m.doses.end(), [&](const Dose& d) { return d.lever == lever; });
        };
        const auto range = dose_range(lever);
        auto field = field_of(
            name, FieldKind::real, range.unit, range.minimum, range.maximum, [dose_of](Measure& m) { return dose_of(m).value; },
            [dose_of](Measure& m, double value) {
                dose_of(m).value = value;
                dose_of(m).evidence = {};
            });
        Measure copy = measure;
        field.evidence = dose_of(copy).evidence;
        return field;
    }
    const auto& keys = measure_keys();
    const auto named = [&](const std::string& words) { return std::find_if(keys.begin(), keys.end(), [&](const MeasureKey& k) { return k.key == words; }); };
    if (key.rfind("offer.places.", 0) == 0) {
        const std::string region = key.substr(std::string("offer.places.").size());
        return figure_of(
            name, range_of(*named("offer.places")), [region](Measure& m) -> Quantity& { return m.offer->by_region.at(region); }, measure);
    }
    const auto found = named(key);
    if (found == keys.end() || !found->figure) throw sim::Bug("a key of a measure that names no figure: " + key);
    return figure_of(name, range_of(*found), found->figure, measure);
}

ScenarioField parameter_field(const models::Parameter& parameter) {
    ScenarioField field;
    field.kind = is_whole(parameter) ? FieldKind::whole : FieldKind::real;
    field.unit = parameter.unit;
    field.minimum = parameter.minimum;
    field.maximum = parameter.maximum;
    field.evidence.distribution = parameter.prior.distribution;
    field.get = [&parameter](const Scenario& scenario) { return parameter.get(scenario.parameters); };
    field.set = [&parameter](Scenario& scenario, double value) { parameter.set(scenario.parameters, value); };
    return field;
}

[[noreturn]] void refuse(const std::string& what, const std::string& key, const std::vector<std::string>& words) {
    throw sim::InputError(what + (words.empty() ? "" : "; did you mean " + sim::nearest_word(key, words) + "?"));
}

}  // namespace

bool is_whole(const models::Parameter& parameter) {
    models::Parameters changed;
    const double between = std::floor(parameter.get(changed)) + 0.5;
    parameter.set(changed, between);
    return parameter.get(changed) != between;
}

double number_of(sim::Month month) { return month - first_month; }
sim::Month month_of(double number) { return first_month + static_cast<int>(std::lround(number)); }

std::vector<std::string> scenario_fields(const Scenario& scenario) {
    std::vector<std::string> keys;
    for (const auto& measure : scenario.measures)
        for (const auto& key : keys_of(measure)) keys.push_back(measure_prefix + measure.name + "." + key);
    for (const auto& name : parameter_names()) keys.push_back(parameters_prefix + name);
    return keys;
}

ScenarioField scenario_field(const std::string& key, const Scenario& scenario) {
    if (key.rfind(parameters_prefix, 0) == 0) {
        const auto* parameter = models::find_parameter(key.substr(parameters_prefix.size()));
        if (parameter != nullptr) return parameter_field(*parameter);
        refuse("no parameter has this name", key, scenario_fields(scenario));
    }
    if (key.rfind(measure_prefix, 0) != 0) refuse("names neither a parameter nor a field of a measure", key, scenario_fields(scenario));
    const std::string rest = key.substr(measure_prefix.size()), name = rest.substr(0, rest.find('.'));
    const auto* measure = measure_in(scenario, name);
    if (measure == nullptr) {
        std::vector<std::string> names;
        for (const auto& m : scenario.measures) names.push_back(m.name);
        refuse("the base scenario holds no measure '" + name + "'", name, names);
    }
    const auto keys = keys_of(*measure);
    const std::string below = rest == name ? "" : rest.substr(name.size() + 1);
    if (std::find(keys.begin(), keys.end(), below) != keys.end()) return measure_field(below, *measure);
    std::vector<std::string> words;
    for (const auto& k : keys) words.push_back(measure_prefix + name + "." + k);
    refuse("measure " + name + " of the base scenario has no number of this name", key, words);
}

std::string problem_of(const Scenario& scenario) {
    const std::string place = "point";
    try {
        static_cast<void>(scenario_from_text(scenario_text(scenario), place, regions::all_regions()));
    } catch (const sim::InputError& error) {
        const std::string first = std::string(error.what()).substr(0, std::string(error.what()).find('\n'));
        const auto line = first.find(':'), key = first.find(": ");
        return line == place.size() && key != std::string::npos ? first.substr(key + 2) : first;
    }
    return {};
}

}  // namespace experiments
