#include <cmath>
#include <filesystem>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "experiments/comparison.hpp"
#include "sim/csv_field.hpp"
#include "sim/error.hpp"
#include "sim/interrupt.hpp"
#include "sim/parallel.hpp"
#include "sim/progress.hpp"
#include "sim/whole_file.hpp"
#include "tools/program.hpp"

namespace tools {
namespace {

namespace fs = std::filesystem;
using experiments::Comparison;
using experiments::Effect;
using experiments::Outcome;

/// Below so many agents a figure says little, whatever its interval.
constexpr double few_agents = 10;

/// Agents behind the base's figure; NaN where it is no count of people.
double agents_of(const Outcome& outcome, const Effect& effect, const Comparison& comparison) {
    if (outcome.figure.kind != experiments::MomentKind::count) return std::nan("");
    return effect.base / comparison.persons_per_agent;
}

std::string number(double value) {
    const double size = std::abs(value);
    return size >= 100 ? fmt::format("{:.0f}", value) : size >= 1 ? fmt::format("{:.2f}", value) : fmt::format("{:.5f}", value);
}

std::string report(const std::vector<std::string>& names, const Comparison& comparison) {
    std::string text;
    for (std::size_t arm = 0; arm < names.size(); ++arm) {
        text += fmt::format("{}{}\n{:52} {:>10} {:>10} {:>22} {:>8} {:>8}\n", arm == 0 ? "" : "\n", names[arm], "", "base", "difference", "95 % of the mean",
                            "noise", "factor");
        for (std::size_t o = 0; o < comparison.outcomes.size(); ++o) {
            const auto& outcome = comparison.outcomes[o];
            const auto& e = comparison.effects[arm][o];
            const std::string what = outcome.meaning + (outcome.region.empty() ? "" : ", " + outcome.region);
            const bool few = agents_of(outcome, e, comparison) < few_agents;
            text +=
                fmt::format("{:52} {:>10} {:>10} {:>22} {:>8} {:>8}{}{}\n", what, number(e.base), number(e.difference), number(e.low) + " to " + number(e.high),
                            number(e.noise), std::isfinite(e.variance_factor) ? fmt::format("{:.1f}", e.variance_factor) : "-",
                            e.distinguishable ? "" : "  not distinguishable from noise", few ? "  fewer than ten agents" : "");
        }
    }
    return text;
}

std::string csv(const std::vector<std::string>& names, const Comparison& comparison, const std::string& command) {
    std::string text = "# " + command + "\narm,outcome,region,unit,from,until,base,difference,low,high,noise,distinguishable,variance_factor,agents\n";
    const auto value = [](double v) { return std::isfinite(v) ? fmt::format("{:.9g}", v) : std::string(); };
    for (std::size_t arm = 0; arm < names.size(); ++arm)
        for (std::size_t o = 0; o < comparison.outcomes.size(); ++o) {
            const auto& outcome = comparison.outcomes[o];
            const auto& e = comparison.effects[arm][o];
            text += fmt::format("{},{},{},{},{},{},{},{},{},{},{},{},{},{}\n", sim::csv_field(names[arm]), outcome.figure.name, sim::csv_field(outcome.region),
                                sim::csv_field(outcome.unit), outcome.figure.from.text(), outcome.figure.until.text(), value(e.base), value(e.difference),
                                value(e.low), value(e.high), value(e.noise), e.distinguishable ? "yes" : "no", value(e.variance_factor),
                                value(agents_of(outcome, e, comparison)));
        }
    return text;
}

}  // namespace

int compare_command(const CompareCommand& command, const std::vector<std::string>& arguments) {
    const std::string line = command_text(arguments);
    require_tables(command.data);
    experiments::ComparisonOptions options;
    options.base = named_scenario(command.base);
    std::vector<std::string> names;
    for (const auto& word : command.arms) {
        options.arms.push_back(named_scenario(word));
        names.push_back(options.arms.back().name);
    }
    if (command.until) {
        options.base.end = *command.until;
        for (auto& arm : options.arms) arm.end = *command.until;
    }
    if (options.base.end < experiments::first_month + 11)
        throw sim::InputError(fmt::format("the comparison ends in {}, but a month from {} on is expected: figures are those of the last twelve months",
                                          options.base.end.text(), (experiments::first_month + 11).text()));
    options.scale = command.scale;
    options.seed = command.seed;
    options.population_seed = command.population_seed;
    options.replicates = command.replicates;
    options.threads = sim::threads_of(command.threads);
    options.data = command.data;
    if (!command.output.empty()) sim::check_output(command.output, command.force);

    const sim::Interrupt interrupt;
    sim::Progress progress(experiments::runs_of(options), command.quiet, "runs");
    experiments::ComparisonWatch watch;
    watch.stop = sim::Interrupt::signal;
    watch.run_done = [&] { progress.step(); };
    progress.say(
        fmt::format("{} arms and a sham arm beside the base, {} replicates each, until {}", names.size(), options.replicates, options.base.end.text()));

    std::optional<Comparison> comparison;
    sim::Threads arena(options.threads);
    arena.run([&] { comparison = experiments::compare(options, watch); });
    if (!comparison) {
        progress.say("Stopped; nothing was written");
        return 128 + sim::Interrupt::signal();
    }
    if (!command.output.empty()) sim::write_whole(command.output, csv(names, *comparison, line));
    if (command.quiet) return 0;
    progress.say("");
    fmt::print("{}", report(names, *comparison));
    fmt::print(
        "Differences are means over {} pairs of runs with common random numbers; intervals hold chance alone, with the parameters as they are. noise: "
        "standard\n"
        "error of the same mean between runs that differ in one seeker's luck in the first month. factor: how many times as many unpaired runs would be "
        "needed.\n",
        options.replicates);
    if (!command.output.empty()) fmt::print("Written: {}\n", command.output);
    return 0;
}

}  // namespace tools
