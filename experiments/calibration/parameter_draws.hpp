#pragma once
/// Values of the parameters, and of the figures of measures, for runs that hold what is not known of them.

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "experiments/calibration/drivers.hpp"
#include "experiments/scenarios/measure.hpp"
#include "models/parameters.hpp"
#include "sim/month.hpp"

namespace experiments {

/// Draws of the parameters: calibrated ones jointly from their posterior, every other one that has a prior and is no lever from that.
struct ParameterDraws {
    std::vector<const models::Parameter*> parameters;
    std::vector<std::vector<double>> values;  ///< one list a draw
    /// Sets the parameters to a draw, but for those that differ from their defaults: a scenario that sets a parameter keeps it.
    void set(std::size_t draw, models::Parameters& parameters) const;
};

/// Those of driver_design, without its runs at the centre.
[[nodiscard]] ParameterDraws parameter_draws(const PosteriorDraws& posterior, std::size_t draws, std::uint64_t seed, sim::Month until);

/// The end of a figure that has none.
inline constexpr double no_end = std::numeric_limits<double>::max();

/// One draw of what is known of figures: of a Latin hypercube over `draws`.
struct FigureDraw {
    std::size_t draw, draws;
    std::uint64_t seed;
    /// Gives a figure of which a prior is known the value of the draw. `name` tells it from all others; its prior is cut off at the ends that it names itself,
    /// or else at those of its range.
    void operator()(double& value, const Evidence& known, const std::string& name, double minimum, double maximum) const;
    void operator()(Quantity& quantity, const std::string& name, double maximum) const { (*this)(quantity.value, quantity.evidence, name, 0, maximum); }
};

/// Gives every figure of the measures of which a prior is known (doses, places, overlap, coordination, cost) the value of a draw; the others keep theirs. A
/// figure of one measure has the same stratum in all scenarios, whatever else these hold: draw by draw they differ in what was written alone. A Latin hypercube
/// over `draws` draws.
void draw_measures(std::vector<Measure>& measures, std::size_t draw, std::size_t draws, std::uint64_t seed);

}  // namespace experiments
