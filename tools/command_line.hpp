#pragma once
/// The command line as plain data: keeps the parsing library in one translation unit.

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "sim/month.hpp"

namespace tools {

/// `instroom run`
struct RunCommand {
    std::string scenario;  ///< file; empty = the built-in baseline
    std::string output;    ///< empty = the scenario's name with .h5 in the present folder
    std::optional<double> scale;
    std::optional<std::uint64_t> seed, population_seed;
    std::optional<int> replicates, replicate_from, checkpoint_every, panel;
    int threads = 0;  ///< 0 = as many as the machine has
    std::optional<sim::Month> from, until;
    std::vector<std::string> regions;
    std::string resume;  ///< a checkpoint file; empty = start afresh
    std::string population_cache;
    std::string data;  ///< folder of tables that take the place of the shipped ones; empty = none
    bool force = false;
    bool quiet = false;
};

/// `instroom regions`
struct RegionsCommand {
    std::vector<std::string> regions;
    double scale = 1.0;
    std::uint64_t population_seed = 1;
    int threads = 0;
    std::string data;  ///< as in RunCommand
    bool margins = false;
};

/// `instroom describe`
struct DescribeCommand {
    std::string name;
};

/// `instroom inspect`
struct InspectCommand {
    std::string file;
};

/// `instroom data`
struct DataCommand {
    std::string action;  ///< list or check
    std::string data;    ///< folder of tables that take the place of the shipped ones; empty = none
    std::string table, status, feeds;
};

/// `instroom calibrate`
struct CalibrateCommand {
    std::string targets;  ///< file; empty = the shipped one
    std::string output;   ///< empty = calibrated.toml in the present folder
    double scale = 0.1;
    std::uint64_t seed = 1;
    int waves = 2, budget = 300, draws = 400;
    int threads = 0;   ///< 0 = as many as the machine has
    std::string data;  ///< as in RunCommand
    bool force = false;
    bool quiet = false;
};

/// `instroom backtest`
struct BacktestCommand {
    std::string targets;                  ///< file; empty = the shipped one
    std::vector<sim::Month> cuts;         ///< empty = December 2022
    bool rolling = false;                 ///< the three usual cuts instead
    std::string observed;                 ///< file with further figures; empty = none
    std::vector<std::string> parameters;  ///< files: one for all cuts, or one for each; empty = a calibration at each cut
    std::string output;                   ///< empty = backtest.csv in the present folder
    double scale = 0.05;
    std::uint64_t seed = 1;
    int waves = 1, budget = 120, draws = 40;
    int threads = 0;   ///< 0 = as many as the machine has
    std::string data;  ///< as in RunCommand
    bool force = false;
    bool quiet = false;
};

/// `instroom drivers`
struct DriversCommand {
    std::string calibrated;  ///< file with posterior draws; empty = the shipped one
    std::string output;      ///< empty = drivers.csv in the present folder
    double scale = 0.05;
    std::uint64_t seed = 1;
    int draws = 200;
    std::optional<sim::Month> until;
    int threads = 0;   ///< 0 = as many as the machine has
    std::string data;  ///< as in RunCommand
    bool force = false;
    bool quiet = false;
};

/// `instroom scenario`
struct ScenarioCommand {
    std::string action;              ///< list, show, check, new, diff or schema
    std::vector<std::string> files;  ///< or names
    bool json = false;
};

/// `instroom compare`
struct CompareCommand {
    std::string base;               ///< scenario file, or "baseline"
    std::vector<std::string> arms;  ///< scenario files
    std::string output;             ///< HDF5; empty = none
    std::string csv;                ///< folder; empty = none
    double scale = 0.1;
    std::uint64_t seed = 1;
    std::uint64_t population_seed = 1;
    std::optional<int> replicates;
    int draws = 0;                                             ///< 0 = parameters as they are
    std::string calibrated;                                    ///< file with posterior draws; empty = the shipped one
    std::optional<std::pair<std::string, double>> sequential;  ///< outcome and half-width
    int most_replicates = 200;
    std::optional<sim::Month> until;
    int threads = 0;   ///< 0 = as many as the machine has
    std::string data;  ///< as in RunCommand
    bool force = false;
    bool quiet = false;
};

/// `instroom assess`
struct AssessCommand {
    std::string plan = "baseline";                ///< scenario file with the measures of the plan
    std::vector<std::string> what_ifs;            ///< scenario files
    std::vector<std::string> green_jobs{"none"};  ///< scenarios of climate demand, or "all"
    bool neutral = false;                         ///< their money comes from other demand
    int mixes = 30;                               ///< of doses that the search begins with; 0: no search
    int gap = 0;                                  ///< full-time equivalents that count as closed
    int draws = 20;
    double scale = 0.1;
    std::uint64_t seed = 1;
    std::optional<sim::Month> until;
    std::string runs;    ///< file that keeps finished runs; empty = none
    std::string output;  ///< file; empty = none
    std::string csv;     ///< file; empty = none
    int threads = 0;     ///< 0 = as many as the machine has
    std::string data;    ///< as in RunCommand
    bool force = false;
    bool quiet = false;
};

/// `instroom appraise`
struct AppraiseCommand {
    std::vector<std::string> campaigns;  ///< campaign files, or names of shipped ones
    std::string base = "baseline";       ///< scenario file that they come on top of
    std::vector<double> budgets;         ///< euro a year; empty = each campaign's own
    double threshold = 20000;            ///< euro a technician-year
    int draws = 100;
    int alternatives = 20;  ///< draws of other measures, relaxed links and the split
    int samples = 2000;
    std::vector<std::string> points;  ///< of a sweep: file of draws, file of results; empty = none
    bool finished = false;            ///< no further draws than those in `runs`
    double scale = 0.1;
    std::uint64_t seed = 1;
    std::optional<sim::Month> until;  ///< none = the usual horizon
    std::string runs;                 ///< file that keeps finished runs; empty = none
    std::string output;               ///< file; empty = none
    std::string report;               ///< folder; empty = none
    int threads = 0;                  ///< 0 = as many as the machine has
    std::string data;                 ///< as in RunCommand
    bool force = false;
    bool quiet = false;
};

/// `instroom sweep`
struct SweepCommand {
    std::string action;     ///< plan, run, submit, status, resume or merge
    std::string target;     ///< sweep file of plan, folder of the others
    std::string output;     ///< of plan the folder, of merge the file; empty = the sweep file's name without its ending; merged.h5 in the folder
    int points_a_task = 0;  ///< of plan; 0 = about an hour's work
    int processors = 1;     ///< of a task; of plan
    bool unmeasured = false;
    int task = -1;                    ///< of run; negative = all
    int of = 0;                       ///< of run
    std::vector<std::string> sbatch;  ///< options of submit for sbatch
    bool with_gaps = false;           ///< of merge
    int threads = 0;                  ///< 0 = as many as the machine has
    std::string data;                 ///< as in RunCommand; of plan
    bool force = false;
    bool quiet = false;
};

/// `instroom sensitivity`
struct SensitivityCommand {
    std::string folder;   ///< of a sweep
    std::string output;   ///< CSV; empty = none
    std::string picture;  ///< SVG; empty = none
    int resamples = 1000;
    std::uint64_t seed = 1;
    int most = 12;    ///< factors of each outcome in tables and picture
    int threads = 0;  ///< 0 = as many as the machine has
    bool force = false;
};

/// `instroom emulate`
struct EmulateCommand {
    std::string folder;                 ///< of a sweep
    std::vector<std::string> outcomes;  ///< empty = all
    std::vector<std::string> at;        ///< FACTOR=VALUE
    std::string points;                 ///< CSV; empty = none
    std::string output;                 ///< CSV; empty = none
    bool force = false;
};

/// `instroom export`
struct ExportCommand {
    std::string file;                 ///< of a run
    bool tidy = false;                ///< as a long table
    std::vector<std::string> series;  ///< empty = all
    std::string output;               ///< CSV; empty = the file's name with .csv in the present folder
    bool force = false;
    bool quiet = false;
};

/// `instroom report`
struct ReportCommand {
    std::vector<std::string> files;
    std::string output;          ///< HTML; empty = the first file's name with .html in the present folder
    std::string data;            ///< as in RunCommand; of the observed figures
    bool specification = false;  ///< print what a page needs to read files itself
    bool force = false;
    bool quiet = false;
};

/// `instroom plot`
struct PlotCommand {
    std::string file;                  ///< of a run
    std::string what;                  ///< a series, a selection, an indicator or an observed series
    std::string by;                    ///< a dimension; empty = all together
    std::vector<std::string> regions;  ///< empty = all
    std::string output;                ///< SVG; empty = the name of what is drawn, with .svg
    std::string language = "en";
    std::string data;  ///< as in RunCommand; of the observed figures
    bool force = false;
    bool quiet = false;
};

/// `instroom diverge`
struct DivergeCommand {
    std::string first, second;  ///< files of runs
};

/// `instroom completion`
struct CompletionCommand {
    std::string shell;
};

/// `--version`
struct VersionCommand {};

/// `--help`, for the program or one command
struct HelpCommand {
    std::string text;
};

using Command = std::variant<RunCommand, RegionsCommand, DescribeCommand, InspectCommand, DataCommand, CalibrateCommand, BacktestCommand, DriversCommand,
                             CompareCommand, AssessCommand, AppraiseCommand, SweepCommand, SensitivityCommand, EmulateCommand, ExportCommand, ReportCommand,
                             PlotCommand, DivergeCommand, ScenarioCommand, CompletionCommand, VersionCommand, HelpCommand>;

/// Actions of `instroom scenario`; completion offers them too.
[[nodiscard]] const std::vector<std::string>& scenario_actions();
/// Actions of `instroom sweep`.
[[nodiscard]] const std::vector<std::string>& sweep_actions();

/// Reads the arguments (without the program's name). Throws InputError with the nearest word, or with the range and unit of a wrong value.
[[nodiscard]] Command parse_command_line(std::vector<std::string> arguments);

/// One option as a shell completes it.
struct OptionSyntax {
    std::vector<std::string> names;  ///< with their dashes
    bool takes_value = false;
    std::string meaning;
};

/// One command of the program.
struct CommandSyntax {
    std::string name;  ///< empty = the program itself
    std::string meaning;
    std::vector<OptionSyntax> options;
};

/// Every command with its options, taken from the parser itself.
[[nodiscard]] std::vector<CommandSyntax> command_syntax();

/// What a person types to make a shell complete; `shell` is bash or zsh. Throws InputError for another.
[[nodiscard]] std::string completion_script(const std::string& shell, const std::vector<CommandSyntax>& commands);

}  // namespace tools
