#include <filesystem>
#include <string>

#include <fmt/format.h>

#include "experiments/exploration/sensitivity.hpp"
#include "experiments/exploration/sensitivity_report.hpp"
#include "experiments/exploration/sweep_results.hpp"
#include "sim/parallel.hpp"
#include "sim/whole_file.hpp"
#include "tools/program.hpp"

namespace tools {

int sensitivity_command(const SensitivityCommand& command, const std::vector<std::string>& arguments) {
    const std::filesystem::path folder = command.folder;
    if (!command.output.empty()) sim::check_output(command.output, command.force);
    if (!command.picture.empty()) sim::check_output(command.picture, command.force);
    const auto plan = experiments::read_manifest(folder);
    const auto results = experiments::read_results(folder, plan);
    std::vector<experiments::OutcomeSensitivity> found;
    sim::Threads arena(sim::threads_of(command.threads));
    arena.run([&] { found = experiments::sensitivity_of(plan, results, static_cast<std::size_t>(command.resamples), command.seed); });
    const auto kind = plan.sweep.design.kind;
    const auto most = static_cast<std::size_t>(command.most);
    if (!command.output.empty()) sim::write_whole(command.output, experiments::sensitivity_csv(found, kind, command_text(arguments)));
    if (!command.picture.empty()) sim::write_whole(command.picture, experiments::sensitivity_picture(found, kind, plan.sweep.name, most));
    fmt::print("{} points, {} design, {} replicate{} each\n\n{}", plan.points.size(), experiments::design_words()[static_cast<std::size_t>(kind)],
               plan.sweep.replicates, plan.sweep.replicates == 1 ? "" : "s", experiments::sensitivity_tables(found, kind, most));
    for (const auto& file : {command.output, command.picture})
        if (!file.empty()) fmt::print("Written: {}\n", file);
    return 0;
}

}  // namespace tools
