#include "experiments/parameter_draws.hpp"

namespace experiments {

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

}  // namespace experiments
