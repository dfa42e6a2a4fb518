#include <filesystem>
#include <string>

#include <fmt/format.h>

#include "experiments/exploration/sweep_results.hpp"
#include "experiments/exploration/sweep_surrogates.hpp"
#include "sim/error.hpp"
#include "sim/progress.hpp"
#include "sim/whole_file.hpp"
#include "tools/program.hpp"

namespace tools {

int emulate_command(const EmulateCommand& command) {
    constexpr double interval_width = 1.959964;
    if (command.points.empty() != command.output.empty())
        throw sim::InputError("--points and -o belong together: a CSV of points, and one to write with what is expected there");
    if (!command.output.empty()) sim::check_output(command.output, command.force);
    const std::filesystem::path folder = command.folder;
    const auto plan = experiments::read_manifest(folder);
    const auto& factors = plan.sweep.factors;
    std::vector<std::vector<double>> points;
    if (!command.points.empty()) {
        require_named_file(command.points, "a list of points in CSV");
        points = experiments::points_from_csv(sim::text_of_file(command.points), command.points, factors);
    }
    const auto point = experiments::point_from_words(command.at, factors);
    sim::Progress progress(command.outcomes.empty() ? plan.sweep.outcomes.size() : command.outcomes.size(), false, "outcomes");
    const auto surrogates = experiments::surrogates_of(plan, experiments::read_results(folder, plan), command.outcomes, [&] { progress.step(); });
    fmt::print("{:<32}{:>14}{:>30}{:>14}{:>11}{:>11}\n", "outcome", "expected", "95 %", "left out +-", "explained", "chance +-");
    for (const auto& one : surrogates) {
        if (!one.surrogate) {
            fmt::print("{:<32}{:>14.6g}  it does not vary over the design\n", one.outcome, one.value);
            continue;
        }
        const auto [mean, error] = experiments::predicted(one, factors, point);
        const auto& s = *one.surrogate;
        fmt::print("{:<32}{:>14.6g}{:>30}{:>14.4g}{:>9.0f} %{:>11.4g}\n", one.outcome, mean,
                   fmt::format("{:.6g} to {:.6g}", mean - interval_width * error, mean + interval_width * error), s.error_left_out(), 100 * s.explained(),
                   s.chance());
    }
    fmt::print("At {}. Left out: root mean square error where a point (a block of its design) is left out; explained: of the variance over {} points.\n",
               command.at.empty() ? "the middle of every factor" : "these values, other factors in their middle", plan.points.size());
    if (!command.output.empty()) {
        sim::write_whole(command.output, experiments::predictions_csv(surrogates, factors, points));
        fmt::print("Written: {}\n", command.output);
    }
    return 0;
}

}  // namespace tools
