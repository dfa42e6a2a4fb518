#include "tools/options.hpp"

#include <algorithm>
#include <cstddef>

namespace tools {
namespace {

/// Euro, as 3000000 or 3e6.
double read_euro(const std::string& option, const std::string& text, double highest) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || !(value >= 0 && value <= highest))
        refuse(option, text, "euro from 0 on, such as 3000000 or 3e6");
    return value;
}

}  // namespace

CLI::App* declare_appraise(CLI::App& app, AppraiseCommand& appraise) {
    CLI::App* appraise_app = app.add_subcommand("appraise", "What campaigns are worth before they are paid for, and what finding out first is worth");
    appraise_app->add_option("CAMPAIGN", appraise.campaigns, "Campaign files (TOML), or shipped ones: small, middle, large, middle-pupils, middle-regions")
        ->required();
    appraise_app->add_option("--base", appraise.base, "Scenario file that campaigns come on top of (default: the baseline)")->type_name("FILE.toml");
    option(
        appraise_app, "--budget-grid",
        [&appraise](auto& o, auto& t) {
            appraise.budgets.clear();
            for (std::size_t begin = 0; begin <= t.size();) {
                const std::size_t end = std::min(t.find(',', begin), t.size());
                appraise.budgets.push_back(read_euro(o, t.substr(begin, end - begin), 1e12));
                begin = end + 1;
            }
        },
        "Euro a year at which every campaign is appraised, with commas between them (default: each at its own)", "EUR,...");
    option(
        appraise_app, "--threshold", [&appraise](auto& o, auto& t) { appraise.threshold = read_euro(o, t, 1e9); },
        "What an extra technician-year is worth, euro (default 20000, assumed; results are given along a grid too)", "EUR");
    option(
        appraise_app, "--draws", [&appraise](auto& o, auto& t) { appraise.draws = read_whole(o, t, 8, 100000); },
        "Draws of the parameters and of the campaigns' figures, a run of the base and of every campaign each (default 100)", "D");
    option(
        appraise_app, "--alternatives", [&appraise](auto& o, auto& t) { appraise.alternatives = read_whole(o, t, 0, 100000); },
        "Of these, so many for other measures of the library with the same money, for more places, and for the check of the best split; 0: none of these "
        "(default 20)",
        "D");
    option(
        appraise_app, "--samples", [&appraise](auto& o, auto& t) { appraise.samples = read_whole(o, t, 200, 100000); },
        "Samples of what is not known, for the value of finding out (default 2000); no runs", "N");
    scale_option(appraise_app, appraise.scale, "Agents per person in every run (default 0.1)");
    until_option(appraise_app, appraise.until, "Last month of all runs, until which work counts (default 2035-12)");
    seed_option(appraise_app, "--seed", appraise.seed, "Seed of runs and samples (default 1)");
    appraise_app->add_option("--runs", appraise.runs, "File that keeps finished runs, from which the same command goes on, with other budgets too")
        ->type_name("FILE");
    appraise_app
        ->add_option(
            "--points", appraise.points,
            "As the command of a sweep over draws, on a cluster: runs the draws in the first file into FILE.draw-N beside --runs, and says so in the second")
        ->expected(2)
        ->type_name("POINTS.csv RESULTS.csv");
    appraise_app->add_flag("--finished", appraise.finished,
                           "Appraise the draws that --runs holds whole, and run no others (but for the check of the best split)");
    appraise_app->add_option("-o,--output", appraise.output, "File to write, with every figure")->type_name("FILE.h5");
    appraise_app
        ->add_option("--report", appraise.report, "Folder to write the report into: appraisal.md with its pictures, and appraisal.html, which needs no other")
        ->type_name("DIR");
    threads_option(appraise_app, appraise.threads);
    data_option(appraise_app, appraise.data);
    appraise_app->add_flag("--force", appraise.force, "Replace an existing output, and begin --runs anew");
    appraise_app->add_flag("--quiet", appraise.quiet, "No progress and no summary");
    appraise_app->footer(
        "How campaign files look and how the figures are made: experiments/README.md, `What a campaign is worth`.\n"
        "Examples:\n"
        "  instroom appraise small middle large --runs appraise.runs -o appraise.h5 --report appraisal\n"
        "  instroom appraise mine.toml --budget-grid 0.3e6,3e6,30e6 --threshold 30000\n"
        "  instroom appraise middle --scale 0.02 --draws 20 --alternatives 0 --until 2028-12");
    return appraise_app;
}

}  // namespace tools
