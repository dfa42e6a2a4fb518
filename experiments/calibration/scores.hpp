#pragma once
/// How good forecasts were: the continuous ranked probability score (CRPS), intervals, and whether two forecasters differ by more than luck.

#include <cstddef>
#include <optional>
#include <vector>

namespace experiments {

/// A forecast as draws; what is observed differs from a draw by a normal error with standard deviation `error` (0 = none).
struct DrawnForecast {
    std::vector<double> draws;
    double error = 0;
};

/// CRPS of a drawn forecast, in the unit of the figure; 0 is perfect. Closed form for a mixture of normals (Grimit, Gneiting, Berrocal and Johnson 2006);
/// without an error it is that of the sample itself. Throws Bug without draws.
[[nodiscard]] double crps(const DrawnForecast& forecast, double observed);
/// CRPS of a normal forecast (Gneiting and Raftery 2007); without deviation the absolute error.
[[nodiscard]] double crps(double mean, double deviation, double observed);

/// The value that a drawn forecast lies below with this probability, in (0, 1). Without an error: straight lines between the ordered draws.
[[nodiscard]] double quantile(const DrawnForecast& forecast, double share);

struct DieboldMariano {
    double statistic = 0;  ///< below 0: the first forecaster loses less
    double p = 1;          ///< two-sided, Student's t with n - 1 degrees of freedom
};
/// Forecasts of one series from which on two forecasters are compared.
inline constexpr std::size_t least_for_diebold_mariano = 20;
/// Diebold and Mariano 1995 with the small-sample correction of Harvey, Leybourne and Newbold 1997. Losses of the two at one horizon, in the order of time, one
/// a step; forecasts of `horizon` steps. Nothing where there are fewer than 20, or where their differences do not vary.
[[nodiscard]] std::optional<DieboldMariano> diebold_mariano(const std::vector<double>& losses, const std::vector<double>& rival_losses, int horizon);

}  // namespace experiments
