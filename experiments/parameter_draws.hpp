#pragma once
/// Values of the parameters for runs that hold what is not known of them.

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "experiments/drivers.hpp"
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

}  // namespace experiments
