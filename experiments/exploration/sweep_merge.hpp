#pragma once
/// One file of all points of a sweep.

#include <cstddef>
#include <filesystem>
#include <functional>

#include "experiments/exploration/sweep_folder.hpp"
#include "experiments/exploration/sweep_run.hpp"

namespace experiments {

/// Writes a netCDF-4 file: dimension `point` with the factors as coordinates along it, every outcome by (point, replicate), every series kept by (point,
/// replicate, time, region, ...), and `status` (0 done, 1 failed, 2 not run). Memory does not grow with the points. The same results give the same bytes,
/// whichever tasks made them in whichever order. Throws InputError where points are missing or failed, unless `with_gaps`, which leaves their values missing;
/// for results of another program, data, scenario, C library or kind of processor, and for damaged ones; FileError. `written` is called after each point.
void merge_sweep(const std::filesystem::path& folder, const SweepPlan& plan, const SweepState& state, const std::filesystem::path& output, bool with_gaps,
                 bool replace, const std::function<void()>& written);

}  // namespace experiments
