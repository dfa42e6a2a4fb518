#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "experiments/runs/run.hpp"
#include "models/parameters.hpp"
#include "regions/fit.hpp"
#include "regions/readers.hpp"
#include "regions/synthesis.hpp"
#include "sim/parallel.hpp"
#include "tools/program.hpp"

namespace tools {
namespace {

/// Shares with three decimals, persons as whole numbers.
std::string value_text(double value, double reference) { return std::abs(reference) <= 1.5 ? fmt::format("{:.4f}", value) : fmt::format("{:.0f}", value); }

std::string shortened(const std::string& text, std::size_t length) { return text.size() <= length ? text : text.substr(0, length - 3) + "..."; }

constexpr auto columns = "  {:<52}{:<22}{:>10}{:>11}{:>9}  {:<9} {}\n";

void print_cell(const regions::MarginFit& cell) {
    fmt::print(fmt::runtime(columns), shortened(cell.margin.name, 51), shortened(cell.margin.cell, 21), value_text(cell.margin.value, cell.margin.value),
               value_text(cell.simulated, cell.margin.value), value_text(cell.error(), cell.margin.value), models::text(cell.margin.status),
               cell.margin.source);
}

/// One region's figures: its inhabitants, then every margin with few cells; one with many is summed up below the regions.
void print_region(const std::string& region, const std::vector<regions::MarginFit>& cells, bool every_margin) {
    fmt::print("\n{}\n", region);
    fmt::print(fmt::runtime(columns), "margin", "cell", "table", "simulated", "error", "status", "source");
    std::map<std::string, std::vector<const regions::MarginFit*>> margins;
    std::vector<std::string> order;
    for (const auto& cell : cells) {
        if (cell.margin.region != region) continue;
        auto& of_margin = margins[cell.margin.name];
        if (of_margin.empty()) order.push_back(cell.margin.name);
        of_margin.push_back(&cell);
    }
    for (const auto& name : order) {
        const auto& of_margin = margins[name];
        if (name == "population by age and sex") {
            regions::MarginFit total = *of_margin.front();
            total.margin.cell = "all";
            total.margin.value = total.simulated = 0;
            for (const auto* cell : of_margin) total.margin.value += cell->margin.value, total.simulated += cell->simulated;
            print_cell(total);
        }
        if (every_margin || of_margin.size() <= 6)
            for (const auto* cell : of_margin) print_cell(*cell);
    }
}

}  // namespace

int regions_command(const RegionsCommand& command) {
    require_tables(command.data);
    const auto names = command.regions.empty() ? regions::all_regions() : experiments::regions_in_order(command.regions, regions::all_regions());
    sim::Threads arena(sim::threads_of(command.threads));
    arena.run([&] {
        const auto inputs = experiments::read_inputs(command.data, names, command.scale);
        const models::Parameters defaults;
        regions::StartOptions options;
        options.population_seed = command.population_seed;
        options.scale = command.scale;
        const models::World world = regions::synthesise(inputs.tables, inputs.start, defaults, options);
        const auto cells = regions::fit_of(world, inputs.start, command.scale);
        const auto fit = regions::summarise(cells);

        fmt::print("Start population of January 2021: {} persons (in-commuters and outsiders included) and {} employers, {:g} agents a person\n",
                   world.persons.size(), world.employers.size(), command.scale);
        for (const auto& region : names) print_region(region, cells, command.margins);
        print_region("all", cells, command.margins);
        fmt::print("\nFit of every margin, over all its cells\n  {:<52}{:>7}{:>14}{:>12}  {:<52} {:<9} {}\n", "margin", "cells", "mean error %", "largest",
                   "where", "status", "source");
        for (const auto& f : fit)
            fmt::print("  {:<52}{:>7}{:>14.3f}{:>12}  {:<52} {:<9} {}\n", shortened(f.name, 51), f.cells, 100 * f.mean_relative,
                       value_text(f.largest, f.largest), shortened(f.worst, 51), models::text(f.status), f.source);
        if (command.scale < 1) fmt::print("A scaled population carries the chance of its sample: errors of a cell of n persons are about sqrt(n / scale).\n");
    });
    return 0;
}

}  // namespace tools
