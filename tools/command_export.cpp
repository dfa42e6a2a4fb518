#include <filesystem>
#include <string>

#include <fmt/format.h>

#include "experiments/figures/tidy.hpp"
#include "sim/error.hpp"
#include "sim/progress.hpp"
#include "sim/stored_trajectory.hpp"
#include "sim/whole_file.hpp"
#include "tools/program.hpp"

namespace tools {

int export_command(const ExportCommand& command) {
    require_named_file(command.file, "a file of a run");
    if (!command.tidy) throw sim::InputError("--tidy is expected: a long table in CSV is what there is to export to");
    const std::filesystem::path output = command.output.empty() ? std::filesystem::path(command.file).stem().string() + ".csv" : command.output;
    sim::check_output(output, command.force);
    const sim::StoredTrajectory file(command.file);
    sim::Progress progress(experiments::tidy_series(file, command.series).size(), command.quiet, "series");
    experiments::write_tidy(file, command.series, output, command.force, [&] { progress.step(); });
    if (!command.quiet) fmt::print("Written: {}\n", output.string());
    return 0;
}

}  // namespace tools
