#include "experiments/calibration/drivers.hpp"
#include "experiments/comparison/comparison.hpp"
#include "tools/options.hpp"

namespace tools {

CLI::App* declare_calibrate(CLI::App& app, CalibrateCommand& calibrate) {
    CLI::App* calibrate_app = app.add_subcommand("calibrate", "Fit parameters to observed moments, and say which ones the data do not identify");
    calibrate_app->add_option("TARGETS", calibrate.targets, "Observed moments and free parameters (TOML); without one the shipped ones");
    calibrate_app
        ->add_option("-o,--output", calibrate.output, "File to write, a scenario too (default: calibrated.toml); finished runs are kept in FILE.runs.csv")
        ->type_name("FILE.toml");
    scale_option(calibrate_app, calibrate.scale, "Agents per person in every run (default 0.1)");
    option(
        calibrate_app, "--waves", [&calibrate](auto& o, auto& t) { calibrate.waves = read_whole(o, t, 1, 20); }, "Waves of runs (default 2)", "N");
    option(
        calibrate_app, "--budget", [&calibrate](auto& o, auto& t) { calibrate.budget = read_whole(o, t, 1, 1000000); },
        "Runs of the model in all (default 300)", "RUNS");
    option(
        calibrate_app, "--draws", [&calibrate](auto& o, auto& t) { calibrate.draws = read_whole(o, t, 200, 100000); }, "Draws of the posterior (default 400)",
        "N");
    seed_option(calibrate_app, "--seed", calibrate.seed, "Seed of runs, start populations and draws (default 1)", (1ULL << 62) - 1);
    threads_option(calibrate_app, calibrate.threads);
    data_option(calibrate_app, calibrate.data);
    calibrate_app->add_flag("--force", calibrate.force, "Replace an existing output, and runs of another calibration");
    calibrate_app->add_flag("--quiet", calibrate.quiet, "No progress and no summary");
    calibrate_app->footer(
        "An interrupted calibration goes on from its finished runs when the same command is given again.\n"
        "Examples:\n"
        "  instroom calibrate --scale 0.02 --budget 250 -o try.toml\n"
        "  instroom calibrate mine.toml --waves 3 --budget 600\n"
        "  instroom run try.toml                  a run with the calibrated parameters");
    return calibrate_app;
}

CLI::App* declare_backtest(CLI::App& app, BacktestCommand& backtest) {
    CLI::App* backtest_app = app.add_subcommand("backtest", "Forecast from what was known at a cut, and compare with what followed and with three rivals");
    backtest_app->add_option("TARGETS", backtest.targets,
                             "Moments and free parameters of the calibrations (TOML), of which those known at the cut count; without one the shipped ones");
    option(
        backtest_app, "--cut",
        [&backtest](auto& o, auto& t) {
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
    scale_option(backtest_app, backtest.scale, "Agents per person in every run (default 0.05)");
    option(
        backtest_app, "--waves", [&backtest](auto& o, auto& t) { backtest.waves = read_whole(o, t, 1, 20); }, "Waves of runs of a calibration (default 1)",
        "N");
    option(
        backtest_app, "--budget", [&backtest](auto& o, auto& t) { backtest.budget = read_whole(o, t, 1, 1000000); },
        "Runs of the model in a calibration (default 120)", "RUNS");
    option(
        backtest_app, "--draws", [&backtest](auto& o, auto& t) { backtest.draws = read_whole(o, t, 2, 10000); },
        "Runs of a forecast, each with values and a seed of its own (default 40)", "N");
    seed_option(backtest_app, "--seed", backtest.seed, "Seed of runs, start populations and draws (default 1)", (1ULL << 62) - 1);
    threads_option(backtest_app, backtest.threads);
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
    return backtest_app;
}

CLI::App* declare_drivers(CLI::App& app, DriversCommand& drivers) {
    CLI::App* drivers_app = app.add_subcommand("drivers", "Which unknown matters: the variance of ten core indicators, by parameter");
    drivers_app->add_option("CALIBRATED", drivers.calibrated, "File with posterior draws, of `instroom calibrate`; without one the shipped one");
    drivers_app->add_option("-o,--output", drivers.output, "File to write, with every share (default: drivers.csv); finished runs are kept in FILE.runs.csv")
        ->type_name("FILE.csv");
    option(
        drivers_app, "--draws", [&drivers](auto& o, auto& t) { drivers.draws = read_whole(o, t, static_cast<int>(experiments::least_driver_draws), 100000); },
        "Runs, each with values of all parameters (default 200); a twelfth more at the centre, for chance", "N");
    scale_option(drivers_app, drivers.scale, "Agents per person in every run (default 0.05)");
    until_option(drivers_app, drivers.until, "Last month; indicators are means of the twelve up to it (default 2030-12)");
    seed_option(drivers_app, "--seed", drivers.seed, "Seed of runs, start populations and values (default 1)", (1ULL << 62) - 1);
    threads_option(drivers_app, drivers.threads);
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
    return drivers_app;
}

CLI::App* declare_scenario(CLI::App& app, ScenarioCommand& scenario) {
    CLI::App* scenario_app =
        app.add_subcommand("scenario", "Scenario files and the library of measures: what there is, whether it is right, and where it differs");
    scenario_app
        ->add_option("ACTION", scenario.action,
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
    return scenario_app;
}

CLI::App* declare_compare(CLI::App& app, CompareCommand& compare) {
    CLI::App* compare_app = app.add_subcommand("compare", "What scenarios change: paired runs with common random numbers");
    compare_app->add_option("BASE", compare.base, "Scenario file (TOML) that the others are compared with, or the word baseline")->required();
    compare_app->add_option("SCENARIO", compare.arms, "Scenario files (TOML) with the same regions and end")->required();
    compare_app->add_option("-o,--output", compare.output, "File to write, with every effect, reckoning and cost by arm")->type_name("FILE.h5");
    compare_app->add_option("--csv", compare.csv, "Folder to write the same into, as effects.csv and reckoning.csv")->type_name("DIR");
    option(
        compare_app, "--replicates", [&compare](auto& o, auto& t) { compare.replicates = read_whole(o, t, 2, most_replicates); },
        "Pairs of runs of each scenario (default 8); with --draws those of each of the 20 draws that show chance (default 4)", "R");
    option(
        compare_app, "--draws", [&compare](auto& o, auto& t) { compare.draws = read_whole(o, t, experiments::least_draws, 100000); },
        "Draws of the parameters from posterior and priors, the same for every scenario (default: parameters as they are)", "D");
    compare_app->add_option("--calibrated", compare.calibrated, "File with posterior draws, of `instroom calibrate` (default: the shipped one)")
        ->type_name("FILE.toml");
    option(
        compare_app, "--sequential", [&compare](auto& o, auto& t) { compare.sequential = read_precision(o, t); },
        "Add replicates until half the interval of this outcome's mean effect is so wide in every scenario", "OUTCOME=HALFWIDTH");
    option(
        compare_app, "--most-replicates", [&compare](auto& o, auto& t) { compare.most_replicates = read_whole(o, t, 2, most_replicates); },
        "With --sequential, no more than so many (default 200)", "R");
    scale_option(compare_app, compare.scale, "Agents per person in every run (default 0.1)");
    until_option(compare_app, compare.until, "Last month of all runs (default: the scenarios')");
    seed_option(compare_app, "--seed", compare.seed, "Seed of the runs (default 1)");
    seed_option(compare_app, "--population-seed", compare.population_seed, "Seed of the start population (default 1)");
    threads_option(compare_app, compare.threads);
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
    return compare_app;
}

CLI::App* declare_assess(CLI::App& app, AssessCommand& assess) {
    CLI::App* assess_app = app.add_subcommand("assess", "The reckoning of the action plan: what is needed, what each measure adds, what gap stays");
    assess_app->add_option("WHAT_IF", assess.what_ifs, "Scenario files (TOML) set beside policy in place");
    assess_app->add_option("--plan", assess.plan, "Scenario file with the measures of the plan (default: the baseline)")->type_name("FILE.toml");
    option(
        assess_app, "--green-jobs",
        [&assess](auto&, auto& t) {
            assess.green_jobs.clear();
            for (std::size_t begin = 0; begin <= t.size();) {
                const std::size_t end = std::min(t.find(',', begin), t.size());
                assess.green_jobs.push_back(t.substr(begin, end - begin));
                begin = end + 1;
            }
        },
        "Climate demand: none, tno_low, tno_high, ecorys_55 or ecorys_60, several with commas between them, or all (default none)", "NAME");
    assess_app->add_flag("--budget-neutral", assess.neutral, "Its money, and so the demand, comes from other employers");
    option(
        assess_app, "--draws", [&assess](auto& o, auto& t) { assess.draws = read_whole(o, t, 2, 100000); },
        "Draws of the parameters and of the measures' figures (default 20)", "D");
    option(
        assess_app, "--mixes", [&assess](auto& o, auto& t) { assess.mixes = read_whole(o, t, 0, 10000); },
        "Mixes of doses that the search for the least costly one that closes the gap begins with; 0: no search, nor the strongest doses (default 30)", "M");
    option(
        assess_app, "--gap", [&assess](auto& o, auto& t) { assess.gap = read_whole(o, t, 0, 1000000000); },
        "A gap up to so many full-time equivalents counts as closed (default 0, which leaves no open job at all)", "FTE");
    scale_option(assess_app, assess.scale, "Agents per person in every run (default 0.1)");
    until_option(assess_app, assess.until, "Last month of all runs (default: the scenario's)");
    seed_option(assess_app, "--seed", assess.seed, "Seed of runs and orders (default 1)");
    assess_app->add_option("--runs", assess.runs, "File that keeps finished runs, from which the same command goes on")->type_name("FILE");
    assess_app->add_option("-o,--output", assess.output, "File to write, with every figure and its draws")->type_name("FILE.h5");
    assess_app->add_option("--csv", assess.csv, "File to write the tables into")->type_name("FILE.csv");
    threads_option(assess_app, assess.threads);
    data_option(assess_app, assess.data);
    assess_app->add_flag("--force", assess.force, "Replace an existing output, and begin --runs anew");
    assess_app->add_flag("--quiet", assess.quiet, "No progress and no table");
    assess_app->footer(
        "Every draw takes the runs of some forty sets of measures: each alone, all but each, and two ways from none to all, and one of all measures at their\n"
        "strongest; where that closes the gap, the runs of a search for the least costly doses that do.\n\n"
        "Examples:\n"
        "  instroom assess\n"
        "  instroom assess --green-jobs tno_high --draws 50 --runs assess.runs -o assess.h5 --csv assess.csv\n"
        "  instroom assess --green-jobs all --scale 0.1 --draws 50 --runs assess.runs -o assess.h5\n"
        "  instroom assess campaign.toml --green-jobs ecorys_55 --budget-neutral --scale 0.02");
    return assess_app;
}

}  // namespace tools
