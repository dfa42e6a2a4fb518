#include "tools/options.hpp"

namespace tools {

CLI::App* declare_sweep(CLI::App& app, SweepCommand& sweep) {
    CLI::App* sweep_app = app.add_subcommand("sweep", "Run a design of many points, on this machine or on a Slurm cluster, into one file");
    sweep_app
        ->add_option(
            "ACTION", sweep.action,
            "plan (makes the points and measures a run), run (all that is missing, on all processors), submit (to Slurm, as a job array and a merge), status, "
            "resume (what is missing, and what failed once more) or merge (into one netCDF-4 file)")
        ->required();
    sweep_app->add_option("SWEEP", sweep.target, "plan: the sweep file (TOML); the others: the folder that plan made")->required();
    sweep_app
        ->add_option("-o,--output", sweep.output,
                     "plan: folder to make (default: the name of the sweep file); merge: file to write (default: merged.h5 in the folder)")
        ->type_name("PATH");
    option(
        sweep_app, "--points-per-task", [&sweep](auto& o, auto& t) { sweep.points_a_task = read_whole(o, t, 1, 1 << 20); },
        "plan: points of a task, which share a file of results (default: about an hour's work)", "N");
    option(
        sweep_app, "--cpus-per-task", [&sweep](auto& o, auto& t) { sweep.processors = read_whole(o, t, 1, most_threads); },
        "plan: processors of a task on a cluster (default 1)", "N");
    sweep_app->add_flag("--unmeasured", sweep.unmeasured, "plan: without the run that says what a point costs");
    option(
        sweep_app, "--task", [&sweep](auto& o, auto& t) { sweep.task = read_whole(o, t, 0, 1 << 20); }, "run, resume: this task alone (default: all)", "N");
    option(
        sweep_app, "--of", [&sweep](auto& o, auto& t) { sweep.of = read_whole(o, t, 1, 1 << 20); }, "run, resume: and every so many-th task after it", "N");
    sweep_app->add_option("--sbatch", sweep.sbatch, "submit: an option for sbatch, such as --sbatch=--partition=rome; may be given again")->type_name("OPTION");
    sweep_app->add_flag("--with-gaps", sweep.with_gaps, "merge: points that are missing or failed stay in the file, without values");
    threads_option(sweep_app, sweep.threads);
    data_option(sweep_app, sweep.data);
    sweep_app->add_flag("--force", sweep.force, "merge: replace an existing file");
    sweep_app->add_flag("--quiet", sweep.quiet, "No progress and no summary");
    sweep_app->footer(
        "How to write a sweep file: experiments/README.md, Sweeps.\n"
        "A killed run loses no finished point. Failed points keep their place and are tried again with the same seeds.\n"
        "Examples:\n"
        "  instroom sweep plan places.toml                 makes the folder places/\n"
        "  instroom sweep run places                       on all processors of this machine\n"
        "  instroom sweep status places\n"
        "  instroom sweep merge places -o places.h5\n"
        "  instroom sweep plan places.toml --cpus-per-task 16 -o places; instroom sweep submit places --sbatch=--partition=rome");
    return sweep_app;
}

CLI::App* declare_sensitivity(CLI::App& app, SensitivityCommand& sensitivity) {
    CLI::App* sensitivity_app = app.add_subcommand("sensitivity", "Which factors of a sweep matter: Morris effects, or Sobol' indices of a Saltelli design");
    sensitivity_app->add_option("SWEEP", sensitivity.folder, "Folder of a sweep of which every point is done")->required();
    sensitivity_app->add_option("-o,--output", sensitivity.output, "File to write, one row an outcome and factor")->type_name("FILE.csv");
    sensitivity_app->add_option("--picture", sensitivity.picture, "Picture to write: bars with intervals")->type_name("FILE.svg");
    option(
        sensitivity_app, "--resamples", [&sensitivity](auto& o, auto& t) { sensitivity.resamples = read_whole(o, t, 100, 100000); },
        "Resamples of the bootstrap behind 95 % intervals (default 1000)", "N");
    seed_option(sensitivity_app, "--seed", sensitivity.seed, "Seed of the bootstrap (default 1)");
    option(
        sensitivity_app, "--most", [&sensitivity](auto& o, auto& t) { sensitivity.most = read_whole(o, t, 1, 10000); },
        "Factors of each outcome to show, the strongest first (default 12)", "N");
    threads_option(sensitivity_app, sensitivity.threads);
    sensitivity_app->add_flag("--force", sensitivity.force, "Replace existing files");
    sensitivity_app->footer(
        "Effects of a Morris design are those of a factor's whole range, in the outcome's unit: mu* says how much, mu which way, sigma how far it depends on "
        "the others.\n"
        "Indices of a Saltelli design are shares of the outcome's variance: first alone, total with all interactions.\n"
        "Examples:\n"
        "  instroom sensitivity places\n"
        "  instroom sensitivity places -o places.csv --picture places.svg");
    return sensitivity_app;
}

CLI::App* declare_emulate(CLI::App& app, EmulateCommand& emulate) {
    CLI::App* emulate_app = app.add_subcommand("emulate", "What the model would give between the points of a sweep, with the error of saying so");
    emulate_app->add_option("SWEEP", emulate.folder, "Folder of a sweep of which every point is done")->required();
    emulate_app->add_option("--outcome", emulate.outcomes, "Outcomes, with commas between them (default: all)")->delimiter(',')->type_name("A,B");
    emulate_app->add_option("--at", emulate.at, "Value of a factor, where it is not to stand in its middle; may be given again")->type_name("FACTOR=VALUE");
    emulate_app->add_option("--points", emulate.points, "Many points, one column a factor")->type_name("FILE.csv");
    emulate_app->add_option("-o,--output", emulate.output, "File to write, the points with every outcome and its 95 % interval")->type_name("FILE.csv");
    emulate_app->add_flag("--force", emulate.force, "Replace an existing file");
    emulate_app->footer(
        "A Gaussian process goes through the points. Its intervals are those of the expected outcome; look at `explained` first.\n"
        "Examples:\n"
        "  instroom emulate places\n"
        "  instroom emulate places --at measure.M4.start=2027-01 --at measure.M4.offer.places=400 --outcome technicians_at_work\n"
        "  instroom emulate places --points where.csv -o there.csv");
    return emulate_app;
}

}  // namespace tools
