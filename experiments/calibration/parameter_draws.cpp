#include "experiments/calibration/parameter_draws.hpp"

#include <fmt/format.h>
#include <boost/random/mersenne_twister.hpp>

#include "experiments/scenarios/measure_keys.hpp"
#include "experiments/scenarios/prior.hpp"
#include "experiments/statistics/strata.hpp"
#include "sim/short_digest.hpp"

namespace experiments {

void FigureDraw::operator()(double& value, const Evidence& known, const std::string& name, double minimum, double maximum) const {
    const double low = known.low.value_or(minimum), high = known.high.value_or(maximum);
    if ((known.distribution.empty() && !known.low) || !(low < high)) return;
    const PriorLaw law(known.distribution.empty() ? fmt::format("uniform({}, {})", low, high) : known.distribution, low, high);
    boost::random::mt19937_64 engine(seed ^ sim::short_digest(name));
    value = law.quantile((static_cast<double>(shuffled(draws, engine)[draw]) + 0.5) / static_cast<double>(draws));
}

ParameterDraws parameter_draws(const PosteriorDraws& posterior, std::size_t draws, std::uint64_t seed, sim::Month until) {
    const DriverDesign design = driver_design(posterior, draws, seed, until);
    ParameterDraws drawn;
    for (const auto& free : design.draws.free) drawn.parameters.push_back(models::find_parameter(free.name));
    drawn.values.assign(design.draws.values.begin(), design.draws.values.begin() + static_cast<std::ptrdiff_t>(draws));
    return drawn;
}

void ParameterDraws::set(std::size_t draw, models::Parameters& into) const {
    const models::Parameters defaults;
    for (std::size_t k = 0; k < parameters.size(); ++k)
        if (parameters[k]->get(into) == parameters[k]->get(defaults)) parameters[k]->set(into, values[draw][k]);
}

void draw_measures(std::vector<Measure>& measures, std::size_t draw, std::size_t draws, std::uint64_t seed) {
    const FigureDraw take{draw, draws, seed};
    for (auto& measure : measures) {
        const std::string name = measure.name + ".";
        for (auto& dose : measure.doses) {
            const auto range = dose_range(dose.lever);
            take(dose.value, dose.evidence, name + "dose." + dose.lever, range.minimum, range.maximum);
        }
        if (measure.offer) {
            take(measure.offer->places, name + "offer.places", no_end);
            for (auto& [region, places] : measure.offer->by_region) take(places, name + "offer.by_region." + region, no_end);
        }
        take(measure.overlap_share, name + "overlap_share", 1);
        take(measure.coordination, name + "coordination", 1);
        take(measure.cost.fixed, name + "cost.fixed", no_end);
        take(measure.cost.per_participant, name + "cost.per_participant", no_end);
        take(measure.cost.per_month, name + "cost.per_month", no_end);
    }
}

}  // namespace experiments
