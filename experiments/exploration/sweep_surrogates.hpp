#pragma once
/// Surrogates of a sweep's outcomes, and what they say of points that were not run.

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "experiments/exploration/sweep_folder.hpp"
#include "experiments/exploration/sweep_results.hpp"
#include "experiments/statistics/surrogate.hpp"

namespace experiments {

struct OutcomeSurrogate {
    std::string outcome, unit;
    double value = 0;                    ///< of an outcome that does not vary
    std::optional<Surrogate> surrogate;  ///< none where it does not
};

/// Of the outcomes asked for (none: all). Points of one block of a Saltelli design, and of one trajectory of a Morris design, share most values, so that whole
/// blocks are left out for the error. Throws InputError for an unknown outcome, one without a value somewhere, and more than `most_surrogate_points` points.
/// `fitted` is called after each.
[[nodiscard]] std::vector<OutcomeSurrogate> surrogates_of(const SweepPlan& plan, const SweepResults& results, const std::vector<std::string>& outcomes,
                                                          const std::function<void()>& fitted = {});
/// A surrogate of n points takes n^3 steps and n^2 numbers.
inline constexpr std::size_t most_surrogate_points = 3000;

/// Where a value stands between the ends of its factor: 0 to 1, below how much of its law.
[[nodiscard]] double place_of(const Factor& factor, double value);

/// A point from words "FACTOR=VALUE"; factors that are not named stand in the middle of their laws. Throws InputError with the nearest name, or the range.
[[nodiscard]] std::vector<double> point_from_words(const std::vector<std::string>& words, const std::vector<Factor>& factors);

/// What a surrogate says of a point: the expected outcome and its standard error.
[[nodiscard]] Surrogate::Prediction predicted(const OutcomeSurrogate& surrogate, const std::vector<Factor>& factors, const std::vector<double>& point);

/// Points with every outcome and its 95 % interval, as CSV.
[[nodiscard]] std::string predictions_csv(const std::vector<OutcomeSurrogate>& surrogates, const std::vector<Factor>& factors,
                                          const std::vector<std::vector<double>>& points);

}  // namespace experiments
