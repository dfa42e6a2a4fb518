#include <cstdio>

#include <fmt/format.h>

#include "sim/stored_trajectory.hpp"
#include "tools/key_figures.hpp"
#include "tools/program.hpp"

namespace tools {
namespace {

/// The first and last labels of a dimension.
std::string label_text(const sim::StoredTrajectory::Dimension& dimension) {
    if (dimension.labels.empty()) return "";
    if (dimension.name == "time") return month_of_days(dimension.labels.front()) + " to " + month_of_days(dimension.labels.back());
    std::string text;
    for (const auto& label : dimension.labels) {
        if (text.size() + label.size() > 110) return text + ", ...";
        text += (text.empty() ? "" : ", ") + label;
    }
    return text;
}

}  // namespace

int inspect_command(const InspectCommand& command) {
    require_named_file(command.file, "a file of a run");
    const sim::StoredTrajectory file(command.file);
    for (const auto* name : {"title", "source", "scenario", "seed", "population_seed", "scale", "schema_version", "created", "command_line", "wall_seconds"})
        if (const auto value = file.attribute(name); !value.empty()) fmt::print("{:<16} {}\n", name, value);
    fmt::print("\nDimensions\n");
    for (const auto& dimension : file.dimensions()) fmt::print("  {:<16}{:>6}  {}\n", dimension.name, dimension.labels.size(), label_text(dimension));
    fmt::print("\nSeries\n");
    for (const auto& series : file.series()) {
        std::string dimensions;
        for (const auto& name : series.dimensions) dimensions += (dimensions.empty() ? "" : ", ") + name;
        fmt::print("  {:<24}{:<8}{:<14}({})\n", series.name, series.kind, series.units, dimensions);
    }
    fmt::print("\nKey figures\n{}", key_figures(file));
    return 0;
}

}  // namespace tools
