#pragma once
/// What files of several experiments hold alike.

#include <string>

#include "experiments/calibration/parameter_draws.hpp"
#include "experiments/runs/runs_options.hpp"
#include "models/tables.hpp"
#include "sim/trajectory.hpp"

namespace experiments {

/// The group /parameters: `drawn`, by replicate (the number of the draw) and drawn parameter. Nothing without draws.
void add_drawn(sim::Trajectory& file, const ParameterDraws& draws);

/// The group /provenance: file, digest and source of each input table.
void add_provenance(sim::Trajectory& file, const models::Tables& tables);

/// Attributes that say of which seeds and size the runs behind the file are.
void add_runs(sim::Trajectory& file, const RunsOptions& options);

/// Attributes that say which program wrote the file, where, and by which command.
void add_origin(sim::Trajectory& file, const std::string& command);

}  // namespace experiments
