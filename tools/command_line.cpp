#include "tools/command_line.hpp"

#include <algorithm>
#include <functional>
#include <memory>

#include <CLI/CLI.hpp>

#include "experiments/scenarios/scenario.hpp"
#include "models/parameter.hpp"
#include "sim/address.hpp"
#include "sim/error.hpp"
#include "sim/nearest_word.hpp"
#include "tools/options.hpp"

namespace tools {
namespace {

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

void check_sweep(const SweepCommand& c) {
    check_action("sweep", c.action, sweep_actions());
    const auto belongs = [&](bool given, const char* option, const std::vector<std::string>& actions) {
        if (!given || std::find(actions.begin(), actions.end(), c.action) != actions.end()) return;
        throw sim::InputError(std::string(option) + " belongs to `instroom sweep " + actions.front() + "`, but the action is " + c.action);
    };
    belongs(c.points_a_task > 0, "--points-per-task", {"plan"});
    belongs(c.processors > 1, "--cpus-per-task", {"plan"});
    belongs(c.unmeasured, "--unmeasured", {"plan"});
    belongs(!c.data.empty(), "--data", {"plan"});
    belongs(!c.output.empty(), "-o", {"plan", "merge"});
    belongs(c.task >= 0, "--task", {"run", "resume"});
    belongs(c.of > 0, "--of", {"run", "resume"});
    belongs(c.threads > 0, "--threads", {"run", "resume"});
    belongs(!c.sbatch.empty(), "--sbatch", {"submit"});
    belongs(c.with_gaps, "--with-gaps", {"merge"});
    belongs(c.force, "--force", {"merge"});
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
    AppraiseCommand appraise;
    SweepCommand sweep;
    SensitivityCommand sensitivity;
    EmulateCommand emulate;
    ExportCommand exported;
    ReportCommand report;
    PlotCommand plot;
    DivergeCommand diverge;
    ScenarioCommand scenario;
    CompletionCommand completion;
    bool version = false;
    CLI::App *run_app, *regions_app, *describe_app, *inspect_app, *data_app, *calibrate_app, *backtest_app, *drivers_app, *scenario_app, *compare_app,
        *assess_app, *appraise_app, *sweep_app, *sensitivity_app, *emulate_app, *export_app, *report_app, *plot_app, *diverge_app, *completion_app;

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
        scale_option(run_app, run.scale, "Agents per person (default 1)");
        seed_option(run_app, "--seed", run.seed, "Seed of the run (default 1)");
        seed_option(run_app, "--population-seed", run.population_seed, "Seed of the start population (default 1)");
        option(
            run_app, "--replicates", [this](auto& o, auto& t) { run.replicates = read_whole(o, t, 1, most_replicates); }, "Number of replicates (default 1)",
            "R");
        option(
            run_app, "--replicate-from", [this](auto& o, auto& t) { run.replicate_from = read_whole(o, t, 0, static_cast<int>(sim::replicate_limit) - 1); },
            "Number of the first replicate (default 0)", "N");
        threads_option(run_app, run.threads);
        option(
            run_app, "--from", [this](auto& o, auto& t) { run.from = read_month(o, t); }, "First month in the file; earlier months are simulated all the same",
            "YYYY-MM");
        until_option(run_app, run.until, "Last month (default 2030-12)");
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
        scale_option(regions_app, regions.scale, "Agents per person (default 1)");
        seed_option(regions_app, "--population-seed", regions.population_seed, "Seed of the start population (default 1)");
        threads_option(regions_app, regions.threads);
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

        inspect_app = app.add_subcommand("inspect", "What a file holds: attributes, dimensions, datasets; of a run its key figures too");
        inspect_app->add_option("FILE", inspect.file, "File that Instroom wrote: of a run, a comparison, an assessment, a sweep")->required();
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

        calibrate_app = declare_calibrate(app, calibrate);
        backtest_app = declare_backtest(app, backtest);
        drivers_app = declare_drivers(app, drivers);
        scenario_app = declare_scenario(app, scenario);
        compare_app = declare_compare(app, compare);
        assess_app = declare_assess(app, assess);
        appraise_app = declare_appraise(app, appraise);
        sweep_app = declare_sweep(app, sweep);
        sensitivity_app = declare_sensitivity(app, sensitivity);
        emulate_app = declare_emulate(app, emulate);
        export_app = app.add_subcommand("export", "A file of a run as one long table (CSV): month, region, dimensions, series, unit, value, low, high");
        export_app->add_option("FILE", exported.file, "File that `instroom run` wrote")->required();
        export_app->add_flag("--tidy", exported.tidy, "One row a month, region and label; over replicates the mean, and the interval that holds 95 % of them");
        export_app->add_option("--series", exported.series, "Series, with commas between them (default: all)")->delimiter(',')->type_name("A,B");
        export_app->add_option("-o,--output", exported.output, "File to write (default: the file's name with .csv)")->type_name("FILE.csv");
        export_app->add_flag("--force", exported.force, "Replace an existing output");
        export_app->add_flag("--quiet", exported.quiet, "No progress and no summary");
        export_app->footer(
            "A month is the one that ends at the point of time: of a flow what happened in it, of a stock what stood at its end.\n"
            "Examples:\n"
            "  instroom export baseline.h5 --tidy --series vacancies,hires\n"
            "  instroom export baseline.h5 --tidy -o all.csv");
        report_app = declare_report(app, report);
        plot_app = declare_plot(app, plot);
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
        return {run_app,    regions_app,  describe_app, inspect_app,     data_app,    calibrate_app, backtest_app, drivers_app, scenario_app, compare_app,
                assess_app, appraise_app, sweep_app,    sensitivity_app, emulate_app, export_app,    report_app,   plot_app,    diverge_app,  completion_app};
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
    if (chosen == parser.appraise_app) return parser.appraise;
    if (chosen == parser.sweep_app) {
        check_sweep(parser.sweep);
        return parser.sweep;
    }
    if (chosen == parser.sensitivity_app) return parser.sensitivity;
    if (chosen == parser.emulate_app) return parser.emulate;
    if (chosen == parser.export_app) return parser.exported;
    if (chosen == parser.report_app) return parser.report;
    if (chosen == parser.plot_app) return parser.plot;
    if (chosen == parser.diverge_app) return parser.diverge;
    if (chosen == parser.completion_app) return parser.completion;
    return HelpCommand{parser.app.help()};
}

const std::vector<std::string>& scenario_actions() {
    static const std::vector<std::string> actions{"list", "show", "check", "new", "diff", "schema"};
    return actions;
}

const std::vector<std::string>& sweep_actions() {
    static const std::vector<std::string> actions{"plan", "run", "submit", "status", "resume", "merge"};
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
