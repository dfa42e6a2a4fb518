#include "tools/command_line.hpp"

#include <algorithm>
#include <charconv>
#include <functional>
#include <memory>

#include <CLI/CLI.hpp>

#include "experiments/comparison.hpp"
#include "experiments/drivers.hpp"
#include "experiments/scenario.hpp"
#include "models/parameter.hpp"
#include "sim/address.hpp"
#include "sim/error.hpp"
#include "sim/nearest_word.hpp"

namespace tools {
namespace {

[[noreturn]] void refuse(const std::string& option, const std::string& text, const std::string& expected) {
    throw sim::InputError(option + " is '" + text + "', but " + expected + " is expected");
}

double read_scale(const std::string& option, const std::string& text) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || !(value > 0 && value <= 1))
        refuse(option, text, "a number of agents per person above 0 and at most 1");
    return value;
}

template <class Whole>
Whole read_whole(const std::string& option, const std::string& text, Whole lowest, Whole highest) {
    Whole value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || value < lowest || value > highest)
        refuse(option, text, "a whole number from " + std::to_string(lowest) + " to " + std::to_string(highest));
    return value;
}

sim::Month read_month(const std::string& option, const std::string& text) {
    const std::string expected = "a month from " + experiments::first_month.text() + " to " + experiments::latest_month.text() + ", written YYYY-MM,";
    try {
        const sim::Month month = sim::Month::parse(text);
        if (month < experiments::first_month || month > experiments::latest_month) refuse(option, text, expected);
        return month;
    } catch (const sim::InputError&) {
        refuse(option, text, expected);
    }
}

/// An outcome and a half-width, with a sign of equality between.
std::pair<std::string, double> read_precision(const std::string& option, const std::string& text) {
    const auto equals = text.find('=');
    double width = 0;
    const char* const end = text.data() + text.size();
    if (equals == std::string::npos || equals == 0) refuse(option, text, "an outcome and half the width of its interval, as technicians_at_work=200,");
    const auto [last, error] = std::from_chars(text.data() + equals + 1, end, width);
    if (error != std::errc{} || last != end || !(width > 0)) refuse(option, text, "a number above 0 after the sign of equality");
    return {text.substr(0, equals), width};
}

/// Throws InputError with the nearest word.
void check_action(const std::string& command, const std::string& action, const std::vector<std::string>& actions) {
    if (std::find(actions.begin(), actions.end(), action) != actions.end()) return;
    std::string list;
    for (std::size_t i = 0; i < actions.size(); ++i) list += (i == 0 ? "" : i + 1 == actions.size() ? " or " : ", ") + actions[i];
    throw sim::InputError("'" + action + "' is no action of instroom " + command + " (" + list + " is expected); did you mean '" +
                          sim::nearest_word(action, actions) + "'?");
}

void check_scenario(const ScenarioCommand& c) {
    check_action("scenario", c.action, scenario_actions());
    const bool alone = c.action == "list" || c.action == "schema";
    if (alone && !c.files.empty()) throw sim::InputError("scenario " + c.action + " takes no scenario, but '" + c.files.front() + "' is given");
    if (!alone && c.files.empty())
        throw sim::InputError("scenario " + c.action +
                              (c.action == "new" ? " needs the name of the new scenario" : " needs a scenario file; see instroom scenario --help"));
    if (c.json && c.action != "schema") throw sim::InputError("--json belongs to `instroom scenario schema`");
}

void check_data(const DataCommand& c) {
    check_action("data", c.action, {"list", "check"});
    const auto& statuses = models::status_words;
    if (!c.status.empty() && std::find(statuses.begin(), statuses.end(), c.status) == statuses.end())
        throw sim::InputError("--status is '" + c.status + "', but observed, derived, recalled or assumed is expected; did you mean '" +
                              sim::nearest_word(c.status, statuses) + "'?");
    if (c.action == "check" && !(c.table.empty() && c.status.empty() && c.feeds.empty()))
        throw sim::InputError("--table, --status and --feeds choose what `instroom data list` shows; check reads everything");
}

constexpr int most_replicates = 1 << 16;
constexpr int most_threads = 1024;

/// The parser and what it fills.
struct Parser {
    CLI::App app{"Instroom simulates regional Dutch labour markets, one agent a person."};
    RunCommand run;
    RegionsCommand regions;
    DescribeCommand describe;
    InspectCommand inspect;
    DataCommand data;
    CalibrateCommand calibrate;
    BacktestCommand backtest;
    DriversCommand drivers;
    CompareCommand compare;
    AssessCommand assess;
    DivergeCommand diverge;
    ScenarioCommand scenario;
    CompletionCommand completion;
    bool version = false;
    CLI::App *run_app, *regions_app, *describe_app, *inspect_app, *data_app, *calibrate_app, *backtest_app, *drivers_app, *scenario_app, *compare_app,
        *assess_app, *diverge_app, *completion_app;

    /// An option whose text is read by one of our own functions, so that the message names range and unit.
    template <class Read>
    static CLI::Option* option(CLI::App* command, const std::string& name, Read read, const std::string& meaning, const std::string& type) {
        return command
            ->add_option_function<std::string>(
                name, [read, name](const std::string& text) { read(name, text); }, meaning)
            ->type_name(type);
    }

    static void data_option(CLI::App* command, std::string& folder) {
        command->add_option("--data", folder, "Folder with tables that take the place of the shipped ones of the same names")->type_name("FOLDER");
    }

    Parser() {
        app.name("instroom");
        app.footer(
            "Examples:\n"
            "  instroom run                           the built-in baseline: seven regions, 2021 to 2030, everyone\n"
            "  instroom run --scale 0.1 -o try.h5     a tenth of everyone, in seconds\n"
            "  instroom inspect try.h5                what a file holds\n"
            "  instroom describe separations          the parameters of a process\n"
            "\n"
            "Exit codes: 0 done, 1 a bug (diverge: the runs part), 2 bad input, 3 a file cannot be read or written, 130 and 143 interrupted.");
        app.add_flag("--version", version, "Print version, commit, C library and whether the processor has FMA");
        app.require_subcommand(0, 1);

        run_app = app.add_subcommand("run", "Simulate a scenario and write one HDF5 file");
        run_app->add_option("SCENARIO", run.scenario, "Scenario file (TOML); without one the built-in baseline");
        run_app->add_option("-o,--output", run.output, "File to write (default: the scenario's name with .h5)")->type_name("FILE.h5");
        option(
            run_app, "--scale", [this](auto& o, auto& t) { run.scale = read_scale(o, t); }, "Agents per person (default 1)", "SHARE");
        option(
            run_app, "--seed", [this](auto& o, auto& t) { run.seed = read_whole<std::uint64_t>(o, t, 0, ~0ULL); }, "Seed of the run (default 1)", "N");
        option(
            run_app, "--population-seed", [this](auto& o, auto& t) { run.population_seed = read_whole<std::uint64_t>(o, t, 0, ~0ULL); },
            "Seed of the start population (default 1)", "N");
        option(
            run_app, "--replicates", [this](auto& o, auto& t) { run.replicates = read_whole(o, t, 1, most_replicates); }, "Number of replicates (default 1)",
            "R");
        option(
            run_app, "--replicate-from", [this](auto& o, auto& t) { run.replicate_from = read_whole(o, t, 0, static_cast<int>(sim::replicate_limit) - 1); },
            "Number of the first replicate (default 0)", "N");
        option(
            run_app, "--threads", [this](auto& o, auto& t) { run.threads = read_whole(o, t, 1, most_threads); }, "Threads (default: all processors)", "T");
        option(
            run_app, "--from", [this](auto& o, auto& t) { run.from = read_month(o, t); }, "First month in the file; earlier months are simulated all the same",
            "YYYY-MM");
        option(
            run_app, "--until", [this](auto& o, auto& t) { run.until = read_month(o, t); }, "Last month (default 2030-12)", "YYYY-MM");
        run_app->add_option("--regions", run.regions, "Regions, with commas between them (default: all)")->delimiter(',')->type_name("A,B");
        option(
            run_app, "--checkpoint-every", [this](auto& o, auto& t) { run.checkpoint_every = read_whole(o, t, 1, 12000); },
            "Keep a checkpoint beside the output, renewed every so many months and at an interruption", "MONTHS");
        run_app->add_option("--resume", run.resume, "Go on from a checkpoint; its options hold")->type_name("FILE");
        option(
            run_app, "--panel", [this](auto& o, auto& t) { run.panel = read_whole(o, t, 1, 1000000); }, "Follow so many randomly chosen persons in /panel",
            "N");
        run_app->add_option("--population-cache", run.population_cache, "Folder that keeps start populations for runs of the same tables and options")
            ->type_name("FOLDER");
        data_option(run_app, run.data);
        run_app->add_flag("--force", run.force, "Replace an existing output");
        run_app->add_flag("--quiet", run.quiet, "No progress and no summary");
        run_app->footer(
            "Examples:\n"
            "  instroom run\n"
            "  instroom run --scale 0.1 --until 2023-12 -o short.h5\n"
            "  instroom run scenario.toml --regions Brainport,Zuid-Limburg --replicates 4\n"
            "  instroom run --checkpoint-every 12 -o long.h5\n"
            "  instroom run --resume long.checkpoint");

        regions_app = app.add_subcommand("regions", "Build the start population and show it beside the tables, with sources and fit errors");
        regions_app->add_option("--regions", regions.regions, "Regions, with commas between them (default: all)")->delimiter(',')->type_name("A,B");
        option(
            regions_app, "--scale", [this](auto& o, auto& t) { regions.scale = read_scale(o, t); }, "Agents per person (default 1)", "SHARE");
        option(
            regions_app, "--population-seed", [this](auto& o, auto& t) { regions.population_seed = read_whole<std::uint64_t>(o, t, 0, ~0ULL); },
            "Seed of the start population (default 1)", "N");
        option(
            regions_app, "--threads", [this](auto& o, auto& t) { regions.threads = read_whole(o, t, 1, most_threads); }, "Threads (default: all processors)",
            "T");
        data_option(regions_app, regions.data);
        regions_app->add_flag("--margins", regions.margins, "Show every cell of every margin");
        regions_app->footer(
            "Examples:\n"
            "  instroom regions\n"
            "  instroom regions --regions Brainport --scale 0.1");

        describe_app = app.add_subcommand("describe", "Parameters, processes and series: unit, default, range, source, status");
        describe_app->add_option("NAME", describe.name, "A process, a parameter (process.parameter), a series, or `levers`; without one the list of all");
        describe_app->footer(
            "Examples:\n"
            "  instroom describe\n"
            "  instroom describe search\n"
            "  instroom describe levers               what measures change, with unit, range and rule of combination\n"
            "  instroom describe technical_flow");

        inspect_app = app.add_subcommand("inspect", "Scenario, dimensions and key figures of a file");
        inspect_app->add_option("FILE", inspect.file, "File that `instroom run` wrote")->required();
        inspect_app->footer("Example:\n  instroom inspect baseline.h5");

        data_app = app.add_subcommand("data", "The input tables: every figure with its status and what it feeds, and what tables of your own change");
        data_app->add_option("ACTION", data.action, "list (every figure) or check (read all tables as a run does; with --data, what differs)")->required();
        data_option(data_app, data.data);
        data_app->add_option("--table", data.table, "list: only this table (jobs)")->type_name("NAME");
        data_app->add_option("--status", data.status, "list: only figures of this status (observed, derived, recalled, assumed)")->type_name("STATUS");
        data_app->add_option("--feeds", data.feeds, "list: only figures that this part of the model asks for (demand)")->type_name("NAME");
        data_app->footer(
            "Examples:\n"
            "  instroom data list --status assumed    what rests on assumptions\n"
            "  instroom data list --feeds separations\n"
            "  instroom data check --data mine        reads the tables in mine/ in place of the shipped ones and says what they change\n"
            "  instroom run --data mine");

        calibrate_app = app.add_subcommand("calibrate", "Fit parameters to observed moments, and say which ones the data do not identify");
        calibrate_app->add_option("TARGETS", calibrate.targets, "Observed moments and free parameters (TOML); without one the shipped ones");
        calibrate_app
            ->add_option("-o,--output", calibrate.output, "File to write, a scenario too (default: calibrated.toml); finished runs are kept in FILE.runs.csv")
            ->type_name("FILE.toml");
        option(
            calibrate_app, "--scale", [this](auto& o, auto& t) { calibrate.scale = read_scale(o, t); }, "Agents per person in every run (default 0.1)",
            "SHARE");
        option(
            calibrate_app, "--waves", [this](auto& o, auto& t) { calibrate.waves = read_whole(o, t, 1, 20); }, "Waves of runs (default 2)", "N");
        option(
            calibrate_app, "--budget", [this](auto& o, auto& t) { calibrate.budget = read_whole(o, t, 1, 1000000); }, "Runs of the model in all (default 300)",
            "RUNS");
        option(
            calibrate_app, "--draws", [this](auto& o, auto& t) { calibrate.draws = read_whole(o, t, 200, 100000); }, "Draws of the posterior (default 400)",
            "N");
        option(
            calibrate_app, "--seed", [this](auto& o, auto& t) { calibrate.seed = read_whole<std::uint64_t>(o, t, 0, (1ULL << 62) - 1); },
            "Seed of runs, start populations and draws (default 1)", "N");
        option(
            calibrate_app, "--threads", [this](auto& o, auto& t) { calibrate.threads = read_whole(o, t, 1, most_threads); },
            "Threads (default: all processors)", "T");
        data_option(calibrate_app, calibrate.data);
        calibrate_app->add_flag("--force", calibrate.force, "Replace an existing output, and runs of another calibration");
        calibrate_app->add_flag("--quiet", calibrate.quiet, "No progress and no summary");
        calibrate_app->footer(
            "An interrupted calibration goes on from its finished runs when the same command is given again.\n"
            "Examples:\n"
            "  instroom calibrate --scale 0.02 --budget 250 -o try.toml\n"
            "  instroom calibrate mine.toml --waves 3 --budget 600\n"
            "  instroom run try.toml                  a run with the calibrated parameters");

        backtest_app = app.add_subcommand("backtest", "Forecast from what was known at a cut, and compare with what followed and with three rivals");
        backtest_app->add_option("TARGETS", backtest.targets,
                                 "Moments and free parameters of the calibrations (TOML), of which those known at the cut count; without one the shipped ones");
        option(
            backtest_app, "--cut",
            [this](auto& o, auto& t) {
                backtest.cuts.clear();
                for (std::size_t begin = 0; begin <= t.size();) {
                    const std::size_t end = std::min(t.find(',', begin), t.size());
                    backtest.cuts.push_back(read_month(o, t.substr(begin, end - begin)));
                    begin = end + 1;
                }
            },
            "Last month that is known, the last of a quarter; several with commas between them (default 2022-12)", "YYYY-MM");
        backtest_app->add_flag("--rolling", backtest.rolling, "The cuts 2021-12, 2022-06 and 2022-12");
        backtest_app->add_option("--observed", backtest.observed, "Further observed figures, in the columns of the tables (regions/data/observed.csv)")
            ->type_name("FILE.csv");
        backtest_app
            ->add_option("--parameters", backtest.parameters,
                         "Scenario or calibrated file in place of a calibration at the cut; one for all cuts or one for each. Moments known later are refused")
            ->type_name("FILE.toml");
        backtest_app
            ->add_option("-o,--output", backtest.output,
                         "File to write, with every forecast (default: backtest.csv); finished runs are kept in files beside it that end in .runs.csv")
            ->type_name("FILE.csv");
        option(
            backtest_app, "--scale", [this](auto& o, auto& t) { backtest.scale = read_scale(o, t); }, "Agents per person in every run (default 0.05)", "SHARE");
        option(
            backtest_app, "--waves", [this](auto& o, auto& t) { backtest.waves = read_whole(o, t, 1, 20); }, "Waves of runs of a calibration (default 1)", "N");
        option(
            backtest_app, "--budget", [this](auto& o, auto& t) { backtest.budget = read_whole(o, t, 1, 1000000); },
            "Runs of the model in a calibration (default 120)", "RUNS");
        option(
            backtest_app, "--draws", [this](auto& o, auto& t) { backtest.draws = read_whole(o, t, 2, 10000); },
            "Runs of a forecast, each with values and a seed of its own (default 40)", "N");
        option(
            backtest_app, "--seed", [this](auto& o, auto& t) { backtest.seed = read_whole<std::uint64_t>(o, t, 0, (1ULL << 62) - 1); },
            "Seed of runs, start populations and draws (default 1)", "N");
        option(
            backtest_app, "--threads", [this](auto& o, auto& t) { backtest.threads = read_whole(o, t, 1, most_threads); }, "Threads (default: all processors)",
            "T");
        data_option(backtest_app, backtest.data);
        backtest_app->add_flag("--force", backtest.force, "Replace an existing output, and runs of another backtest");
        backtest_app->add_flag("--quiet", backtest.quiet, "No progress and no tables");
        backtest_app->footer(
            "Horizons are 1, 2 and 4 quarters, and 8 where there are figures. An interrupted backtest goes on from its finished runs when the same command is\n"
            "given again. A figure's row counts as known from its column known_from on; how far to trust the result: experiments/README.md.\n"
            "Examples:\n"
            "  instroom backtest --scale 0.02\n"
            "  instroom backtest --rolling -o rolling.csv\n"
            "  instroom backtest --cut 2022-06 --observed later.csv\n"
            "  instroom backtest --cut 2021-12 --parameters calibrated_on_2021.toml");

        drivers_app = app.add_subcommand("drivers", "Which unknown matters: the variance of ten core indicators, by parameter");
        drivers_app->add_option("CALIBRATED", drivers.calibrated, "File with posterior draws, of `instroom calibrate`; without one the shipped one");
        drivers_app
            ->add_option("-o,--output", drivers.output, "File to write, with every share (default: drivers.csv); finished runs are kept in FILE.runs.csv")
            ->type_name("FILE.csv");
        option(
            drivers_app, "--draws", [this](auto& o, auto& t) { drivers.draws = read_whole(o, t, static_cast<int>(experiments::least_driver_draws), 100000); },
            "Runs, each with values of all parameters (default 200); a twelfth more at the centre, for chance", "N");
        option(
            drivers_app, "--scale", [this](auto& o, auto& t) { drivers.scale = read_scale(o, t); }, "Agents per person in every run (default 0.05)", "SHARE");
        option(
            drivers_app, "--until", [this](auto& o, auto& t) { drivers.until = read_month(o, t); },
            "Last month; indicators are means of the twelve up to it (default 2030-12)", "YYYY-MM");
        option(
            drivers_app, "--seed", [this](auto& o, auto& t) { drivers.seed = read_whole<std::uint64_t>(o, t, 0, (1ULL << 62) - 1); },
            "Seed of runs, start populations and values (default 1)", "N");
        option(
            drivers_app, "--threads", [this](auto& o, auto& t) { drivers.threads = read_whole(o, t, 1, most_threads); }, "Threads (default: all processors)",
            "T");
        data_option(drivers_app, drivers.data);
        drivers_app->add_flag("--force", drivers.force, "Replace an existing output, and other runs");
        drivers_app->add_flag("--quiet", drivers.quiet, "No progress and no table");
        drivers_app->footer(
            "Calibrated parameters come from the posterior, all others that have a prior (but levers) from that. Fewer runs than some hundreds name the "
            "strongest\n"
            "parameters alone. An interrupted command goes on from its finished runs when it is given again. How to read it: experiments/README.md.\n"
            "Examples:\n"
            "  instroom drivers --scale 0.02 --draws 400\n"
            "  instroom drivers mine.toml -o mine.csv\n"
            "  instroom drivers --until 2025-12");

        scenario_app = app.add_subcommand("scenario", "Scenario files and the library of measures: what there is, whether it is right, and where it differs");
        scenario_app
            ->add_option(
                "ACTION", scenario.action,
                "list (measures of the library), show (each file in full, or a measure of the library), check (read each file), new (a commented file to "
                "begin with), diff (one against the baseline, or two) or schema (every key)")
            ->required();
        scenario_app->add_option("SCENARIO", scenario.files, "Scenario files (TOML), the word baseline, or names of measures of the library");
        scenario_app->add_flag("--json", scenario.json, "With schema: as a JSON Schema");
        scenario_app->footer(
            "How to write one: experiments/README.md; names, units and ranges: instroom describe, instroom describe levers.\n"
            "Examples:\n"
            "  instroom scenario list\n"
            "  instroom scenario show M4\n"
            "  instroom scenario new campaign > campaign.toml\n"
            "  instroom scenario check campaign.toml plan.toml\n"
            "  instroom scenario diff plan.toml without.toml\n"
            "  instroom scenario show baseline > mine.toml\n"
            "  instroom scenario schema --json > scenario.schema.json");

        compare_app = app.add_subcommand("compare", "What scenarios change: paired runs with common random numbers");
        compare_app->add_option("BASE", compare.base, "Scenario file (TOML) that the others are compared with, or the word baseline")->required();
        compare_app->add_option("SCENARIO", compare.arms, "Scenario files (TOML) with the same regions and end")->required();
        compare_app->add_option("-o,--output", compare.output, "File to write, with every effect by arm")->type_name("FILE.h5");
        compare_app->add_option("--csv", compare.csv, "Folder to write the same into, as effects.csv")->type_name("DIR");
        option(
            compare_app, "--replicates", [this](auto& o, auto& t) { compare.replicates = read_whole(o, t, 2, most_replicates); },
            "Pairs of runs of each scenario (default 8); with --draws those of each of the 20 draws that show chance (default 4)", "R");
        option(
            compare_app, "--draws", [this](auto& o, auto& t) { compare.draws = read_whole(o, t, experiments::least_draws, 100000); },
            "Draws of the parameters from posterior and priors, the same for every scenario (default: parameters as they are)", "D");
        compare_app->add_option("--calibrated", compare.calibrated, "File with posterior draws, of `instroom calibrate` (default: the shipped one)")
            ->type_name("FILE.toml");
        option(
            compare_app, "--sequential", [this](auto& o, auto& t) { compare.sequential = read_precision(o, t); },
            "Add replicates until half the interval of this outcome's mean effect is so wide in every scenario", "OUTCOME=HALFWIDTH");
        option(
            compare_app, "--most-replicates", [this](auto& o, auto& t) { compare.most_replicates = read_whole(o, t, 2, most_replicates); },
            "With --sequential, no more than so many (default 200)", "R");
        option(
            compare_app, "--scale", [this](auto& o, auto& t) { compare.scale = read_scale(o, t); }, "Agents per person in every run (default 0.1)", "SHARE");
        option(
            compare_app, "--until", [this](auto& o, auto& t) { compare.until = read_month(o, t); }, "Last month of all runs (default: the scenarios')",
            "YYYY-MM");
        option(
            compare_app, "--seed", [this](auto& o, auto& t) { compare.seed = read_whole<std::uint64_t>(o, t, 0, ~0ULL); }, "Seed of the runs (default 1)", "N");
        option(
            compare_app, "--population-seed", [this](auto& o, auto& t) { compare.population_seed = read_whole<std::uint64_t>(o, t, 0, ~0ULL); },
            "Seed of the start population (default 1)", "N");
        option(
            compare_app, "--threads", [this](auto& o, auto& t) { compare.threads = read_whole(o, t, 1, most_threads); }, "Threads (default: all processors)",
            "T");
        data_option(compare_app, compare.data);
        compare_app->add_flag("--force", compare.force, "Replace an existing output");
        compare_app->add_flag("--quiet", compare.quiet, "No progress and no table");
        compare_app->footer(
            "Examples:\n"
            "  instroom compare baseline campaign.toml\n"
            "  instroom compare baseline small.toml large.toml --replicates 20 -o campaign.h5 --csv campaign\n"
            "  instroom compare baseline campaign.toml --draws 100\n"
            "  instroom compare baseline campaign.toml --sequential technicians_at_work=200\n"
            "  instroom compare plan.toml without.toml --scale 0.5 --until 2026-12");

        assess_app = app.add_subcommand("assess", "The reckoning of the action plan: what is needed, what each measure adds, what gap stays");
        assess_app->add_option("WHAT_IF", assess.what_ifs, "Scenario files (TOML) set beside policy in place");
        assess_app->add_option("--plan", assess.plan, "Scenario file with the measures of the plan (default: the baseline)")->type_name("FILE.toml");
        assess_app->add_option("--green-jobs", assess.green_jobs, "Climate demand: none, tno_low, tno_high, ecorys_55 or ecorys_60 (default none)")
            ->type_name("NAME");
        assess_app->add_flag("--budget-neutral", assess.neutral, "Its money, and so the demand, comes from other employers");
        option(
            assess_app, "--draws", [this](auto& o, auto& t) { assess.draws = read_whole(o, t, 2, 100000); },
            "Draws of the parameters and of the measures' figures (default 20)", "D");
        option(
            assess_app, "--scale", [this](auto& o, auto& t) { assess.scale = read_scale(o, t); }, "Agents per person in every run (default 0.1)", "SHARE");
        option(
            assess_app, "--until", [this](auto& o, auto& t) { assess.until = read_month(o, t); }, "Last month of all runs (default: the scenario's)",
            "YYYY-MM");
        option(
            assess_app, "--seed", [this](auto& o, auto& t) { assess.seed = read_whole<std::uint64_t>(o, t, 0, ~0ULL); }, "Seed of runs and orders (default 1)",
            "N");
        assess_app->add_option("--runs", assess.runs, "File that keeps finished runs, from which the same command goes on")->type_name("FILE");
        assess_app->add_option("--csv", assess.csv, "File to write the tables into")->type_name("FILE.csv");
        option(
            assess_app, "--threads", [this](auto& o, auto& t) { assess.threads = read_whole(o, t, 1, most_threads); }, "Threads (default: all processors)",
            "T");
        data_option(assess_app, assess.data);
        assess_app->add_flag("--force", assess.force, "Replace an existing output, and begin --runs anew");
        assess_app->add_flag("--quiet", assess.quiet, "No progress and no table");
        assess_app->footer(
            "Every draw takes the runs of some forty sets of measures: each alone, all but each, and two ways from none to all.\n\n"
            "Examples:\n"
            "  instroom assess\n"
            "  instroom assess --green-jobs tno_high --draws 50 --runs assess.runs --csv assess.csv\n"
            "  instroom assess campaign.toml --green-jobs ecorys_55 --budget-neutral --scale 0.02");

        diverge_app = app.add_subcommand("diverge", "Where two runs part: the first month, series, region and person");
        diverge_app->add_option("A", diverge.first, "File that `instroom run` wrote")->required();
        diverge_app->add_option("B", diverge.second, "Another, of the same regions")->required();
        diverge_app->footer(
            "Months, replicates and series that both files hold are compared, bit for bit; persons where both runs followed them (--panel). The series of a "
            "month\n"
            "stand in the order of the processes that make them: the first is the nearest to the cause.\n"
            "Exit codes as of diff: 0 alike, 1 they part, 2 they cannot be compared, 3 a file cannot be read.\n"
            "Examples:\n"
            "  instroom diverge before.h5 after.h5\n"
            "  instroom run --panel 5000 -o a.h5; instroom run campaign.toml --panel 5000 -o b.h5; instroom diverge a.h5 b.h5");

        completion_app = app.add_subcommand("completion", "Print a script that makes a shell complete commands and options");
        completion_app->add_option("SHELL", completion.shell, "bash or zsh")->required();
        completion_app->footer("Example:\n  source <(instroom completion bash)");
    }

    std::vector<CLI::App*> commands() {
        return {run_app,     regions_app,  describe_app, inspect_app, data_app,    calibrate_app, backtest_app,
                drivers_app, scenario_app, compare_app,  assess_app,  diverge_app, completion_app};
    }

    CLI::App* chosen() {
        const auto chosen_ones = app.get_subcommands();
        return chosen_ones.empty() ? &app : chosen_ones.front();
    }

    std::vector<std::string> option_names(const CLI::App* command) const {
        std::vector<std::string> names;
        for (const auto* o : command->get_options()) {
            for (const auto& name : o->get_lnames()) names.push_back("--" + name);
            for (const auto& name : o->get_snames()) names.push_back("-" + name);
        }
        return names;
    }

    /// What is wrong with arguments that the parser refuses, with the nearest valid word.
    std::string problem(const std::vector<std::string>& arguments, const CLI::ParseError& error) {
        CLI::App* command = &app;
        std::size_t first = 0;
        for (; first < arguments.size(); ++first)
            if (auto* named = command_named(arguments[first])) {
                command = named;
                ++first;
                break;
            } else if (arguments[first].rfind('-', 0) != 0) {
                std::vector<std::string> names;
                for (const auto* c : commands()) names.push_back(c->get_name());
                return "'" + arguments[first] + "' is no command; did you mean '" + sim::nearest_word(arguments[first], names) + "'?";
            }
        const auto known = option_names(command);
        const std::string of = command == &app ? std::string("instroom") : "instroom " + command->get_name();
        for (std::size_t i = command == &app ? 0 : first; i < arguments.size(); ++i) {
            if (arguments[i] == "--") break;
            if (arguments[i].size() < 2 || arguments[i][0] != '-') continue;
            const std::string word = arguments[i].substr(0, arguments[i].find('='));
            if (std::find(known.begin(), known.end(), word) == known.end() && !(word.size() > 2 && word[1] != '-'))
                return "'" + word + "' is no option of " + of + "; did you mean '" + sim::nearest_word(word, known) + "'?";
        }
        std::string text = error.what();
        std::replace(text.begin(), text.end(), '\n', ' ');
        return of + ": " + text + " (" + of + " --help shows what is expected)";
    }

    CLI::App* command_named(const std::string& name) {
        for (auto* command : commands())
            if (command->get_name() == name) return command;
        return nullptr;
    }
};

}  // namespace

Command parse_command_line(std::vector<std::string> arguments) {
    Parser parser;
    const auto original = arguments;
    if (arguments.empty()) return HelpCommand{parser.app.help()};
    std::reverse(arguments.begin(), arguments.end());  // the parser takes them last first
    try {
        parser.app.parse(arguments);
    } catch (const CLI::CallForHelp&) {
        // The parser calls a command by its own name only.
        return HelpCommand{parser.chosen()->help(parser.chosen() == &parser.app ? "" : "instroom")};
    } catch (const CLI::ParseError& error) {
        throw sim::InputError(parser.problem(original, error));
    }
    if (parser.version) return VersionCommand{};
    auto* chosen = parser.chosen();
    if (chosen == parser.run_app) return parser.run;
    if (chosen == parser.regions_app) return parser.regions;
    if (chosen == parser.describe_app) return parser.describe;
    if (chosen == parser.inspect_app) return parser.inspect;
    if (chosen == parser.data_app) {
        check_data(parser.data);
        return parser.data;
    }
    if (chosen == parser.calibrate_app) return parser.calibrate;
    if (chosen == parser.backtest_app) {
        if (parser.backtest.rolling && !parser.backtest.cuts.empty()) throw sim::InputError("--rolling has its own cuts; --cut or --rolling is expected");
        return parser.backtest;
    }
    if (chosen == parser.drivers_app) return parser.drivers;
    if (chosen == parser.scenario_app) {
        check_scenario(parser.scenario);
        return parser.scenario;
    }
    if (chosen == parser.compare_app) return parser.compare;
    if (chosen == parser.assess_app) return parser.assess;
    if (chosen == parser.diverge_app) return parser.diverge;
    if (chosen == parser.completion_app) return parser.completion;
    return HelpCommand{parser.app.help()};
}

const std::vector<std::string>& scenario_actions() {
    static const std::vector<std::string> actions{"list", "show", "check", "new", "diff", "schema"};
    return actions;
}

std::vector<CommandSyntax> command_syntax() {
    Parser parser;
    std::vector<CommandSyntax> syntax;
    const auto add = [&](const CLI::App* command, const std::string& name) {
        CommandSyntax c{name, command->get_description(), {}};
        for (const auto* o : command->get_options()) {
            OptionSyntax option;
            for (const auto& n : o->get_lnames()) option.names.push_back("--" + n);
            for (const auto& n : o->get_snames()) option.names.push_back("-" + n);
            if (option.names.empty()) continue;  // a positional argument
            option.takes_value = o->get_items_expected_max() > 0 && o->get_type_size_max() > 0;
            option.meaning = o->get_description();
            c.options.push_back(option);
        }
        syntax.push_back(c);
    };
    add(&parser.app, "");
    for (const auto* command : parser.commands()) add(command, command->get_name());
    return syntax;
}

}  // namespace tools
