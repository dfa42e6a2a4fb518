#include <algorithm>
#include <cmath>
#include <string>

#include <fmt/format.h>

#include "experiments/runs/divergence.hpp"
#include "sim/stored_trajectory.hpp"
#include "tools/program.hpp"

namespace tools {
namespace {

/// Series that are shown; of more the number.
constexpr std::size_t most_shown = 8;

/// As diff has it.
constexpr int files_differ = 1;

std::string number(double value) { return std::isnan(value) ? "missing" : fmt::format("{:.10g}", value); }

std::string month_text(const std::optional<sim::Month>& month) { return month ? month->text() : "the state at the start"; }

/// A state of a person in words, where a dimension of its name has labels.
std::string state_text(const sim::StoredTrajectory& file, const std::string& state, double value) {
    if (std::isnan(value)) return "none";
    for (const auto& dimension : file.dimensions())
        if (const auto place = static_cast<std::size_t>(value); dimension.name == state && place < dimension.labels.size()) return dimension.labels[place];
    return number(value);
}

/// What the runs were asked for, where that differs.
std::string differences_of_runs(const sim::StoredTrajectory& a, const sim::StoredTrajectory& b) {
    std::string text;
    for (const char* name : {"scenario", "seed", "population_seed", "scale", "source"})
        if (a.attribute(name) != b.attribute(name)) text += fmt::format("  {}: {} and {}\n", name, a.attribute(name), b.attribute(name));
    if (text.empty() && a.attribute("scenario_text") != b.attribute("scenario_text"))
        text = "  their scenarios have one name and differ (instroom scenario diff)\n";
    return text;
}

}  // namespace

int diverge_command(const DivergeCommand& command) {
    const sim::StoredTrajectory a(command.first), b(command.second);
    const auto found = experiments::first_divergence(a, b);
    if (!found) {
        fmt::print("{} and {} are alike in all that both hold\n", command.first, command.second);
        return 0;
    }
    if (!found->series.empty()) {
        fmt::print("{} and {} part in {}{}\n", command.first, command.second, month_text(found->month),
                   found->month ? fmt::format("; the start and {} months before are alike", found->same_points - 1) : "");
        for (std::size_t i = 0; i < std::min(most_shown, found->series.size()); ++i) {
            const auto& s = found->series[i];
            fmt::print("  {}{}: {}: {} and {}{}\n", s.series, s.process.empty() ? "" : " (" + s.process + ")", s.cell, number(s.a), number(s.b),
                       s.cells > 1 ? fmt::format(", and {} more", s.cells - 1) : "");
        }
        if (found->series.size() > most_shown) fmt::print("  {} series more differ in that month\n", found->series.size() - most_shown);
    } else {
        fmt::print("{} and {} have the same series; persons of their panels differ\n", command.first, command.second);
    }
    if (!found->persons.empty()) {
        fmt::print("The first of the panel: {}, in {}\n", found->persons.front().cell, month_text(found->person_month));
        for (const auto& p : found->persons) fmt::print("  {}: {} and {}\n", p.series, state_text(a, p.series, p.a), state_text(b, p.series, p.b));
    }
    const std::string runs = differences_of_runs(a, b);
    if (!runs.empty()) fmt::print("The runs differ in\n{}", runs);
    return files_differ;
}

}  // namespace tools
