#pragma once
/// The folder of a planned sweep: its manifest, and the files that its tasks append to.

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "experiments/exploration/sweep.hpp"

namespace experiments {

/// What results belong to. Results of another one are never taken for those of this.
struct Belonging {
    std::string program;    ///< SHA-256 of the executable
    std::string data;       ///< of the input tables
    std::string scenario;   ///< of the base scenario
    std::string sweep;      ///< of the sweep file and its points
    std::string c_library;  ///< "glibc 2.36"
    std::string fma;        ///< "yes" or "no"
    bool operator==(const Belonging&) const = default;
    /// Lines "what: value", as files of records have them at their head.
    [[nodiscard]] std::string text() const;
};

/// What a measured run says of one point; 0 where nothing was measured.
struct PointCost {
    double seconds = 0;         ///< all replicates, one thread
    std::uint64_t memory = 0;   ///< bytes of a process that runs one point
    std::uint64_t further = 0;  ///< bytes of each further point beside it
    std::uint64_t disk = 0;     ///< bytes of a record
};

/// A planned sweep.
struct SweepPlan {
    Sweep sweep;
    std::vector<std::vector<double>> points;  ///< by factor
    std::size_t points_a_task = 1;
    int processors_a_task = 1;
    std::filesystem::path data;  ///< folder of tables of one's own; empty: none
    Belonging belongs;
    PointCost cost;

    [[nodiscard]] std::size_t tasks() const { return (points.size() + points_a_task - 1) / points_a_task; }
    [[nodiscard]] std::size_t first_of(std::size_t task) const { return task * points_a_task; }
    [[nodiscard]] std::size_t end_of(std::size_t task) const { return std::min(points.size(), (task + 1) * points_a_task); }
};

/// Files of a folder.
[[nodiscard]] std::filesystem::path manifest_of(const std::filesystem::path& folder);
[[nodiscard]] std::filesystem::path records_of(const std::filesystem::path& folder, std::size_t task);
[[nodiscard]] std::filesystem::path merged_of(const std::filesystem::path& folder);

/// Throws InputError where something is there already; an empty folder is not.
void require_free(const std::filesystem::path& folder);
/// Makes the folder and writes its manifest (JSON). Throws InputError where something is there already; FileError.
void write_manifest(const std::filesystem::path& folder, const SweepPlan& plan);
/// Throws InputError for a folder that holds no manifest, or a damaged or changed one; FileError.
[[nodiscard]] SweepPlan read_manifest(const std::filesystem::path& folder);

/// What a sweep's results would belong to on this machine. `tables`: digests of the input tables.
[[nodiscard]] Belonging belonging_of(const Sweep& sweep, const std::vector<std::vector<double>>& points, const std::string& tables);
/// Throws InputError that says what is another program, processor and so on than the plan was made with.
void require_same(const Belonging& planned, const Belonging& here);

}  // namespace experiments
