#pragma once
/// One run: tables, start population, every month of every replicate, one file.

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "experiments/scenarios/scenario.hpp"
#include "models/tables.hpp"
#include "regions/start_tables.hpp"
#include "sim/month.hpp"

namespace experiments {

struct RunOptions {
    Scenario scenario;             ///< with the months and regions of the run
    std::filesystem::path data;    ///< folder of tables that take the place of the shipped ones of the same names; empty = none
    std::filesystem::path output;  ///< file to write; empty = none (the caller wants the report alone)
    double scale = 1.0;            ///< agents per person
    std::uint64_t seed = 1;
    std::uint64_t population_seed = 1;
    int replicates = 1;
    int replicate_from = 0;                  ///< number of the first replicate
    int threads = 0;                         ///< 0 = all processors
    int checkpoint_every = 0;                ///< months; 0 = none
    std::filesystem::path population_cache;  ///< folder that keeps start populations; empty = none
    int panel = 0;                           ///< persons to follow
    bool force = false;                      ///< replace an existing output
    std::string command_line;                ///< goes to the file
};

/// Who hears of a run while it goes on, and may stop it.
struct RunWatch {
    std::function<void(const std::string& line)> say;  ///< may be empty
    /// After each month: months done over all replicates and those of the whole run; `persons` are rows. May be empty.
    std::function<void(sim::Month month, std::size_t done, std::size_t total, std::size_t persons)> month_done;
    /// The number of the signal that asked to stop, 0 to go on; asked after each month. May be empty.
    std::function<int()> stop;
};

struct ProcessTime {
    int number;  ///< place in the month
    std::string name;
    double seconds = 0;        ///< wall time of all months and replicates
    std::vector<double> each;  ///< wall time of each month
};

struct RunReport {
    std::filesystem::path output;      ///< as written; empty when stopped
    std::filesystem::path checkpoint;  ///< where there is one
    int stopped_by = 0;                ///< the number of the signal; 0 = ran to the end
    sim::Month last_month;
    std::size_t persons = 0;    ///< rows of the start population, in-commuters and outsiders included
    std::size_t employers = 0;  ///< of the start population
    double start_seconds = 0;   ///< wall time: tables and start population
    double step_seconds = 0;    ///< all months
    double write_seconds = 0;
    double seconds = 0;                 ///< all of it
    double cpu_seconds = 0;             ///< of the process so far
    std::uint64_t peak_memory = 0;      ///< bytes of the process so far
    std::uint64_t memory_estimate = 0;  ///< what was said before the start
    std::int64_t without_slot = 0;      ///< openings that found the table of their submarket full, in the replicates that this call finished
    std::vector<ProcessTime> processes;
};

/// The figures of the real world: those of the run and those of its start population, with the digest of every file read.
struct Inputs {
    models::Tables tables;
    regions::StartTables start;
};

/// Reads the tables of the named regions (none: all). Throws InputError for bad content and for a file of one's own that is no table, FileError for what
/// cannot be read.
[[nodiscard]] Inputs read_inputs(regions::DataFolder& data, const std::vector<std::string>& regions, double scale);
/// The same; tables that are not in the folder `data` (empty: all) are the shipped ones.
[[nodiscard]] Inputs read_inputs(const std::filesystem::path& data, const std::vector<std::string>& regions, double scale);

/// Inhabitants of the regions at the start.
[[nodiscard]] double inhabitants_of(const models::Tables& tables);
/// Inhabitants of the nation for each of them.
[[nodiscard]] double nation_per_inhabitant(regions::DataFolder& data, const models::Tables& tables);

/// Simulates and writes. The same options give the same datasets for any number of threads. Nothing is written on an error.
/// Throws InputError for options that make no sense, an output that exists without `force`, or a run that does not fit into memory;
/// FileError for what the system refuses.
RunReport run(const RunOptions& options, const RunWatch& watch = {});

/// What may differ when a run goes on from a checkpoint.
struct ResumeOptions {
    std::filesystem::path data;    ///< as in RunOptions
    std::filesystem::path output;  ///< empty = as in the checkpoint
    int threads = 0;
    int checkpoint_every = -1;  ///< negative = as in the checkpoint
    bool force = false;
    std::string command_line;
};

/// Goes on from a checkpoint and writes what the whole run would have written.
/// Throws InputError for a damaged checkpoint, or one that belongs to other tables or another version.
RunReport resume(const std::filesystem::path& checkpoint, const ResumeOptions& options, const RunWatch& watch = {});

/// Where the checkpoint of an output stands: its name with .checkpoint.
[[nodiscard]] std::filesystem::path checkpoint_of(const std::filesystem::path& output);

}  // namespace experiments
