#pragma once
/// A planned sweep at work: planning, running what is missing, and how far it is.

#include <cstddef>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "experiments/exploration/point_records.hpp"
#include "experiments/exploration/sweep_folder.hpp"

namespace experiments {

struct PlanOptions {
    std::filesystem::path folder, data;
    std::optional<std::size_t> points_a_task;  ///< none: about an hour's work
    int processors_a_task = 1;
    bool measured = true;             ///< runs one point first, for what a point costs
    std::function<void()> measuring;  ///< called before that; may be empty
};

/// Makes the points, checks both ends of every factor, measures a run and writes the manifest. Throws InputError, FileError; nothing where
/// `stop` ended it.
[[nodiscard]] std::optional<SweepPlan> plan_sweep(const Sweep& sweep, const PlanOptions& options, const std::function<bool()>& stop);

/// Where a point of a sweep stands.
enum class PointState { left, done, failed };

/// What the files of a sweep hold, by point.
struct SweepState {
    std::vector<PointState> points;
    std::vector<std::size_t> file;     ///< task whose file holds a finished point
    std::vector<StoredRecord> record;  ///< of a finished point
    std::vector<int> failures;         ///< tries that failed
    std::vector<StoredRecord> last_failure;
    std::size_t done = 0, failed = 0;  ///< points
    std::size_t running = 0;           ///< files that a process appends to now
    std::vector<std::string> faults;   ///< torn and damaged records, in words
    double seconds = 0;                ///< of all finished points
    double first = 0, last = 0;        ///< when the first and the last finished, in seconds since 1970
    [[nodiscard]] std::size_t left() const { return points.size() - done - failed; }
};

/// Reads which records the files of a folder hold; contents are checked by who reads them. Throws InputError where one holds results of something else, or two
/// results of one point that differ; FileError.
[[nodiscard]] SweepState state_of(const std::filesystem::path& folder, const SweepPlan& plan);

struct SweepRunOptions {
    std::filesystem::path folder;
    std::optional<std::size_t> task;  ///< this task alone, and every `of`-th after it; none: all
    std::size_t of = 0;               ///< 0: no further ones
    int threads = 1;
    bool again = false;  ///< points that have failed too often get their tries once more
};

struct SweepRunReport {
    std::size_t done = 0, failed = 0;  ///< points that this call finished, and that are failed at its end
    std::size_t in_use = 0;            ///< tasks left to another process
    bool stopped = false;
    std::string failure;  ///< of the first failed point, in words
};

/// Who hears of it.
struct SweepWatch {
    std::function<void(std::size_t points)> found;  ///< finished before
    std::function<void()> point_done;
    std::function<bool()> stop;
};

/// Runs what is missing in the tasks asked for. Several calls on one folder share its tasks out by locks; a call that finds all of its tasks in use throws
/// InputError. Throws InputError for a plan that was made with another program, data, scenario, C library or kind of processor; FileError where results cannot
/// be kept.
[[nodiscard]] SweepRunReport run_sweep(const SweepPlan& plan, const SweepRunOptions& options, const SweepWatch& watch);

}  // namespace experiments
