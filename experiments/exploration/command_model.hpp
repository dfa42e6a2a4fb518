#pragma once
/// A model of one's own in a sweep: a shell command that maps a CSV file of points to a CSV file of results.

#include <memory>

#include "experiments/exploration/sweep_model.hpp"

namespace experiments {

/// The command is called as `COMMAND POINTS.csv RESULTS.csv`, for many points at once. POINTS.csv has the names of the factors as its head, and one line a
/// point (with replicates: one line a point and replicate, and a first column "replicate"). RESULTS.csv is to have a head that names the outcomes among its
/// columns and one line for each, in the same order. A command that fails, or whose results do not fit, fails all its points, with its own words on standard
/// error.
[[nodiscard]] std::unique_ptr<SweepModel> command_model(const SweepPlan& plan);

}  // namespace experiments
