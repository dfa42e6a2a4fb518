#include <algorithm>
#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "experiments/appraisal/appraisal_file.hpp"
#include "experiments/appraisal/appraisal_parts.hpp"
#include "experiments/appraisal/appraisal_report.hpp"
#include "experiments/appraisal/appraise.hpp"
#include "experiments/appraisal/read_campaign.hpp"
#include "regions/data_folder.hpp"
#include "regions/readers.hpp"
#include "sim/error.hpp"
#include "sim/interrupt.hpp"
#include "sim/parallel.hpp"
#include "sim/progress.hpp"
#include "sim/whole_file.hpp"
#include "tools/program.hpp"
#include "tools/shown_runs.hpp"

namespace tools {
namespace {

namespace fs = std::filesystem;

/// Euro a technician-year along which results are given.
const std::vector<double> thresholds{0, 5000, 10000, 15000, 20000, 25000, 30000, 40000, 50000, 60000, 80000, 100000};

experiments::AppraisalOptions options_of(const AppraiseCommand& command) {
    experiments::AppraisalOptions options;
    options.base = named_scenario(command.base);
    experiments::end_in(options.base, command.until.value_or(experiments::usual_horizon));
    std::set<std::string> names;
    for (const auto& word : command.campaigns) {
        options.campaigns.push_back(experiments::read_campaign(experiments::campaign_file(word), regions::all_regions()));
        if (!names.insert(options.campaigns.back().name).second)
            throw sim::InputError("two campaigns are called " + options.campaigns.back().name + "; a name of its own (name = \"...\") is expected");
    }
    options.budgets = command.budgets;
    options.threshold = command.threshold;
    options.thresholds = thresholds;
    if (std::find(thresholds.begin(), thresholds.end(), command.threshold) == thresholds.end()) {
        options.thresholds.push_back(command.threshold);
        std::sort(options.thresholds.begin(), options.thresholds.end());
    }
    options.draws = command.draws;
    options.alternative_draws = command.alternatives;
    options.samples = static_cast<std::size_t>(command.samples);
    options.scale = command.scale;
    options.seed = command.seed;
    options.threads = sim::threads_of(command.threads);
    options.data = command.data;
    options.posterior = experiments::read_posterior_draws(regions::shipped_data() / "calibrated.toml");
    if (!command.points.empty() && command.runs.empty()) throw sim::InputError("--points needs --runs, beside which each part keeps its runs");
    if (!command.points.empty()) options.only = experiments::drawn_points(command.points.front(), static_cast<std::size_t>(command.draws));
    if (command.finished && command.runs.empty()) throw sim::InputError("--finished needs --runs, the file that holds the finished draws");
    options.finished_only = command.finished;
    options.log = options.only.empty() ? fs::path(command.runs) : experiments::part_of(command.runs, options.only);
    if (options.only.empty() && !command.runs.empty() && !command.force) experiments::gather_parts(command.runs);
    options.afresh = command.force;
    return options;
}

/// The report's files; made before any run, so that a folder that cannot be written is found early.
void check_report(const std::string& folder, bool force) {
    std::error_code error;
    if (fs::exists(folder, error) && !fs::is_directory(folder, error)) throw sim::InputError("--report " + folder + " is a file; a folder is expected");
    if (!fs::exists(folder, error)) return;
    for (const auto* name : {"appraisal.md", "appraisal.html"}) sim::check_output(fs::path(folder) / name, force);
}

std::vector<fs::path> write_report(const fs::path& folder, const experiments::Page& page) {
    std::error_code error;
    fs::create_directories(folder, error);
    if (error) throw sim::FileError("cannot make the folder " + folder.string() + ": " + error.message());
    for (const auto& [name, svg] : page.pictures()) sim::write_whole(folder / name, svg);
    sim::write_whole(folder / "appraisal.html", page.html());
    sim::write_whole(folder / "appraisal.md", page.markdown());
    return {folder / "appraisal.md", folder / "appraisal.html"};
}

}  // namespace

int appraise_command(const AppraiseCommand& command, const std::vector<std::string>& arguments) {
    require_tables(command.data);
    const auto options = options_of(command);
    if (!command.output.empty()) sim::check_output(command.output, command.force);
    if (!command.report.empty()) check_report(command.report, command.force);
    const std::size_t runs = experiments::runs_of(options);
    const sim::Interrupt interrupt;
    sim::Progress progress(runs, command.quiet, "runs");
    progress.say(fmt::format("{} campaigns at {} decisions, {} draws until {}: {} runs", options.campaigns.size(), experiments::options_of(options).size(),
                             options.draws, options.base.end.text(), runs));
    const experiments::RunsWatch watch = shown_runs(progress);
    std::optional<experiments::Appraisal> appraisal;
    sim::Threads arena(options.threads);
    arena.run([&] { appraisal = experiments::appraise(options, watch); });
    if (!appraisal && !options.only.empty() && sim::Interrupt::signal() == 0) {
        experiments::write_results(command.points.back(), options.only.size(), runs / options.only.size());
        return 0;
    }
    if (!appraisal) {
        progress.say(command.runs.empty() ? "Stopped; nothing was kept" : "Stopped; the same command goes on from the finished runs in " + command.runs);
        return 128 + sim::Interrupt::signal();
    }
    const std::string line = command_text(arguments);
    std::vector<fs::path> written;
    if (!command.output.empty()) {
        experiments::write_appraisal(*appraisal, options, command.output, line, command.force);
        written.emplace_back(command.output);
    }
    if (!command.report.empty())
        for (const auto& file : write_report(command.report, experiments::appraisal_page(*appraisal, options, line))) written.push_back(file);
    if (command.quiet) return 0;
    progress.say("");
    fmt::print("{}", experiments::appraisal_summary(*appraisal));
    for (const auto& file : written) fmt::print("Written: {}\n", file.string());
    return 0;
}

}  // namespace tools
