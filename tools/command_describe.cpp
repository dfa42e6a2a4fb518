#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "experiments/scenarios/scenario.hpp"
#include "models/levers.hpp"
#include "models/parameters.hpp"
#include "models/processes.hpp"
#include "models/series.hpp"
#include "models/tables.hpp"
#include "models/targeted_doses.hpp"
#include "regions/readers.hpp"
#include "sim/error.hpp"
#include "sim/nearest_word.hpp"
#include "tools/program.hpp"

namespace tools {
namespace {

using experiments::number_text;

std::string process_of(const models::Parameter& p) { return p.name.substr(0, p.name.find('.')); }

void print_line(const models::Parameter& p, const models::Parameters& defaults) {
    fmt::print("  {:<40}{:>12}  {:<16}{:<9} {}\n", p.name, number_text(p.get(defaults)), p.unit, models::text(p.status), p.meaning);
}

void print_parameter(const models::Parameter& p, const models::Parameters& defaults) {
    fmt::print("{}\n  {}\n  default  {}\n  unit     {}\n  range    {} to {}\n", p.name, p.meaning, number_text(p.get(defaults)), p.unit, number_text(p.minimum),
               number_text(p.maximum));
    if (!p.prior.distribution.empty())
        fmt::print("  prior    {} (5 to 95 %: {} to {})\n", p.prior.distribution, number_text(p.prior.low), number_text(p.prior.high));
    fmt::print("  status   {}\n", models::text(p.status));
    if (!p.source.empty()) fmt::print("  source   {}\n", p.source);
}

std::vector<sim::SeriesInfo> all_series() {
    models::Tables tables;  // only the names of the regions are needed
    tables.regions.names = regions::all_regions();
    tables.regions.codes = tables.regions.names;
    sim::Trajectory trajectory({0}, experiments::first_month, 1);
    models::add_series(trajectory, tables);
    std::vector<sim::SeriesInfo> list;
    for (std::size_t s = 0; s < trajectory.size(); ++s) list.push_back(trajectory.info(static_cast<sim::SeriesId>(s)));
    return list;
}

void print_series(const sim::SeriesInfo& series) {
    std::string dimensions = "replicate, time, region";
    for (const auto& name : series.dimensions) dimensions += ", " + name;
    fmt::print("{}\n  {}\n  kind        {}\n  units       {}\n  pillar      {}\n  dimensions  {}\n", series.name, series.long_name, sim::text(series.kind),
               series.units, series.pillar, dimensions);
    if (!series.quality.empty()) fmt::print("  quality     {}\n", series.quality);
}

std::string joined(const std::vector<std::string_view>& words) {
    std::string text;
    for (const auto word : words) text += (text.empty() ? "" : ", ") + std::string(word);
    return text.empty() ? "nothing" : text;
}

void print_process(const sim::ProcessInfo& process, std::string_view step) {
    fmt::print("{}\n  step     {}\n  key      {}\n  reads    {}\n  writes   {}\n", process.name, step, process.key, joined(process.reads),
               joined(process.writes));
}

void print_levers(const std::vector<models::Parameter>& parameters, const models::Parameters& defaults) {
    fmt::print("levers: parameters that measures change, by process; doses of several measures on one lever combine by its rule\n");
    fmt::print("  {:<32}{:>10}  {:<14}{:<18}{:<18}{:<26}{}\n", "lever", "default", "unit", "range", "rule", "measures", "meaning");
    for (const auto& lever : models::all_levers())
        for (const auto& p : parameters)
            if (p.name == lever.parameter)
                fmt::print("  {:<32}{:>10}  {:<14}{:<18}{:<18}{:<26}{}\n", p.name, number_text(p.get(defaults)), p.unit,
                           number_text(p.minimum) + " to " + number_text(p.maximum), models::text(lever.rule), lever.measures,
                           p.meaning.substr(p.meaning.find(':') + 2) + (lever.by_region ? "" : " (in all regions alike)") +
                               (models::personal_lever(lever.parameter) ? " (can be for a target group)" : ""));
}

}  // namespace

int describe_command(const DescribeCommand& command) {
    const models::Parameters defaults;
    const auto& parameters = models::all_parameters();
    if (command.name.empty()) {
        std::string process;
        for (const auto& p : parameters) {
            if (process_of(p) != process) fmt::print("{}{}\n", process.empty() ? "" : "\n", process = process_of(p));
            print_line(p, defaults);
        }
        fmt::print("\nprocesses by step of the month\n");
        for (const auto& group : models::all_processes()) {
            std::string names;
            for (const auto& info : group.processes) names += (names.empty() ? "" : ", ") + std::string(info.name);
            fmt::print("  {:<24}{}\n", group.step, names);
        }
        fmt::print("\nseries of a file\n");
        for (const auto& series : all_series()) fmt::print("  {:<26}{:<7} {:<14} {}\n", series.name, sim::text(series.kind), series.units, series.long_name);
        return 0;
    }
    if (command.name == "levers") {
        print_levers(parameters, defaults);
        return 0;
    }
    std::vector<std::string> words{"levers"};
    bool found = false;
    for (const auto& p : parameters) {
        words.push_back(p.name);
        if (std::find(words.begin(), words.end(), process_of(p)) == words.end()) words.push_back(process_of(p));
        if (p.name == command.name) {
            print_parameter(p, defaults);
            found = true;
        } else if (process_of(p) == command.name) {
            print_line(p, defaults);
            found = true;
        }
    }
    for (const auto& group : models::all_processes())
        for (const auto& info : group.processes) {
            words.emplace_back(info.name);
            if (info.name != command.name && group.step != command.name) continue;
            print_process(info, group.step);
            found = true;
        }
    for (const auto& series : all_series()) {
        words.push_back(series.name);
        if (series.name != command.name) continue;
        print_series(series);
        found = true;
    }
    if (!found)
        throw sim::InputError("'" + command.name + "' is no process, parameter or series; did you mean '" + sim::nearest_word(command.name, words) + "'?");
    return 0;
}

}  // namespace tools
