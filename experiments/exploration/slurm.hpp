#pragma once
/// A sweep on a Slurm cluster: a job array whose tasks run the sweep's, and a job that merges their results.

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "experiments/exploration/sweep_run.hpp"

namespace experiments {

/// Writes tasks.sbatch and merge.sbatch into the folder: processors, memory and time of a task from the plan's measured run.
void write_batch_scripts(const std::filesystem::path& folder, const SweepPlan& plan);

struct SubmittedJobs {
    std::string array, merge;  ///< numbers of the jobs
    std::size_t tasks = 0;     ///< of the array
};

/// Hands what is missing to sbatch: an array of as many tasks as the cluster takes (MaxArraySize of `scontrol show config`), each of which runs every so
/// many-th task of the plan, and a merge that waits for them all. `further`: options for the array's sbatch, such as --partition. Nothing where all points are
/// done. Throws InputError where sbatch or scontrol is not there or refuses, with its words.
[[nodiscard]] std::optional<SubmittedJobs> submit_sweep(const std::filesystem::path& folder, const SweepPlan& plan, const SweepState& state,
                                                        const std::vector<std::string>& further);

/// MaxArraySize in what `scontrol show config` says; Slurm's own usual 1001 where it does not say.
[[nodiscard]] std::size_t most_array_tasks(const std::string& configuration);

}  // namespace experiments
