#include <algorithm>
#include <cstdio>
#include <map>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "sim/error.hpp"
#include "sim/stored_file.hpp"
#include "sim/stored_trajectory.hpp"
#include "tools/key_figures.hpp"
#include "tools/program.hpp"

namespace tools {
namespace {

/// Some labels, as far as they fit on a line.
std::string label_text(const std::vector<std::string>& labels) {
    constexpr std::size_t line = 110;
    std::string text;
    for (const auto& label : labels) {
        if (text.size() + label.size() > line) return text + ", ...";
        text += (text.empty() ? "" : ", ") + label;
    }
    return text;
}

/// The first and last labels of a dimension.
std::string label_text(const sim::StoredTrajectory::Dimension& dimension) {
    if (dimension.labels.empty()) return "";
    if (dimension.name == "time") return month_of_days(dimension.labels.front()) + " to " + month_of_days(dimension.labels.back());
    return label_text(dimension.labels);
}

std::string joined(const std::vector<std::string>& names) {
    std::string text;
    for (const auto& name : names) text += (text.empty() ? "" : ", ") + name;
    return text;
}

/// Datasets of the groups: parameters by status, input tables, measures.
void print_groups(const sim::StoredFile& file) {
    std::map<std::string, std::vector<const sim::StoredFile::Dataset*>> groups;
    for (const auto& dataset : file.datasets())
        if (const auto slash = dataset.name.find('/'); slash != std::string::npos) groups[dataset.name.substr(0, slash)].push_back(&dataset);
    if (!groups.empty()) fmt::print("\nGroups\n");
    for (const auto& [group, datasets] : groups) {
        std::vector<std::string> names;
        for (const auto* dataset : datasets) names.push_back(dataset->name.substr(group.size() + 1));
        fmt::print("  {:<16}{:>6}  {}\n", group, names.size(), label_text(names));
        for (const auto* dataset : datasets) {
            if (dataset->name == "parameters/status") {
                std::map<std::string, int> by_status;
                for (const auto& status : file.texts(*dataset)) ++by_status[status];
                std::string text;
                for (const auto& [status, number] : by_status)
                    text += (text.empty() ? "" : ", ") + fmt::format("{} {}", number, status.empty() ? "without status" : status);
                fmt::print("  {:<24}{}\n", "", text);
            }
            if (dataset->name == "policy/measure" || dataset->name == "provenance/file") {
                std::vector<std::string> labels;
                for (const auto& text : file.texts(*dataset)) labels.push_back(text.substr(text.rfind('/') + 1));
                fmt::print("  {:<24}{}\n", "", label_text(labels));
            }
        }
    }
}

/// A comparison, an assessment, a sweep or whatever else Instroom writes: dimensions and datasets with what they mean.
void print_file(const sim::StoredFile& file) {
    if (file.attribute("source").rfind("Instroom ", 0) != 0)
        throw sim::InputError(file.path().string() + " was not written by Instroom (its attribute source does not say so)");
    for (const auto* name : {"title", "source", "base", "design", "uncertainty", "seed", "population_seed", "scale", "draws", "runs", "end", "command_line"})
        if (const auto value = file.attribute(name); !value.empty()) fmt::print("{:<16} {}\n", name, value);
    fmt::print("\nDimensions\n");
    for (const auto& dataset : file.datasets())
        if (dataset.is_scale && dataset.name.find('/') == std::string::npos) {
            auto labels = file.texts(dataset);
            if (dataset.name == "time")
                for (auto& label : labels) label = month_of_days(label);
            fmt::print("  {:<16}{:>6}  {}\n", dataset.name, labels.size(), label_text(labels));
        }
    fmt::print("\nDatasets\n");
    for (const auto& dataset : file.datasets())
        if (!dataset.is_scale && dataset.name.find('/') == std::string::npos)
            fmt::print("  {:<34}({}){}{}\n", dataset.name, joined(dataset.dimensions), dataset.units.empty() ? "" : " " + dataset.units,
                       dataset.long_name.empty() ? "" : ": " + dataset.long_name);
    print_groups(file);
}

}  // namespace

int inspect_command(const InspectCommand& command) {
    require_named_file(command.file, "a file that Instroom wrote");
    const sim::StoredFile whole(command.file);
    if (whole.attribute("schema_version").empty()) {
        print_file(whole);
        return 0;
    }
    const sim::StoredTrajectory file(command.file);
    for (const auto* name : {"title", "source", "scenario", "seed", "population_seed", "scale", "schema_version", "created", "command_line", "wall_seconds"})
        if (const auto value = file.attribute(name); !value.empty()) fmt::print("{:<16} {}\n", name, value);
    fmt::print("\nDimensions\n");
    for (const auto& dimension : file.dimensions()) fmt::print("  {:<16}{:>6}  {}\n", dimension.name, dimension.labels.size(), label_text(dimension));
    fmt::print("\nSeries\n");
    for (const auto& series : file.series()) fmt::print("  {:<26}{:<8}{:<14}({})\n", series.name, series.kind, series.units, joined(series.dimensions));
    print_groups(whole);
    fmt::print("\nKey figures\n{}", key_figures(file));
    return 0;
}

}  // namespace tools
