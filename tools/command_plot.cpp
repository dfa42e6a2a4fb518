#include <filesystem>
#include <string>

#include <fmt/format.h>

#include "experiments/monitor/plotted_series.hpp"
#include "sim/error.hpp"
#include "sim/nearest_word.hpp"
#include "sim/stored_trajectory.hpp"
#include "sim/whole_file.hpp"
#include "tools/program.hpp"
#include "tools/series_picture.hpp"

namespace tools {

namespace fs = std::filesystem;

int plot_command(const PlotCommand& command) {
    require_named_file(command.file, "a file of a run");
    require_tables(command.data);
    const std::vector<std::string> languages{"en", "nl"};
    if (command.language != "en" && command.language != "nl")
        throw sim::InputError("--language is '" + command.language + "', but en or nl is expected; did you mean '" +
                              sim::nearest_word(command.language, languages) + "'?");
    const bool dutch = command.language == "nl";
    const sim::StoredTrajectory file(command.file);
    const auto series = experiments::plotted_series(file, experiments::monitor_specification(command.data), {command.what, command.by, command.regions, dutch});
    const fs::path output = command.output.empty() ? fs::path(series.name + ".svg") : fs::path(command.output);
    sim::check_output(output, command.force);
    const std::string source = fmt::format("{}: {} (scale {}, seed {}). {}", file.attribute("source"), file.attribute("scenario"), file.attribute("scale"),
                                           file.attribute("seed"), dutch ? "Een simulatie, geen voorspelling." : "A simulation, not a forecast.");
    sim::write_whole(output, series_picture(series, source, dutch));
    if (!command.quiet) fmt::print("Written: {}\n", output.string());
    return 0;
}

}  // namespace tools
