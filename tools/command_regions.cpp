#include <algorithm>
#include <cmath>
#include <string>
#include <thread>

#include <fmt/format.h>

#include "experiments/run.hpp"
#include "models/parameters.hpp"
#include "regions/data_folder.hpp"
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

void print_cell(const regions::MarginFit& cell) {
    fmt::print("  {:<32}{:<34}{:>12}{:>12}{:>10}  {:<9} {}\n", shortened(cell.margin.name, 31), shortened(cell.margin.cell, 33),
               value_text(cell.margin.value, cell.margin.value), value_text(cell.simulated, cell.margin.value), value_text(cell.error(), cell.margin.value),
               models::text(cell.margin.status), cell.margin.source);
}

}  // namespace

int regions_command(const RegionsCommand& command) {
    const auto names = command.regions.empty() ? regions::all_regions() : experiments::regions_in_order(command.regions, regions::all_regions());
    sim::Threads arena(command.threads > 0 ? command.threads : std::max(1, static_cast<int>(std::thread::hardware_concurrency())));
    arena.run([&] {
        const auto inputs = experiments::read_inputs(regions::shipped_data(), names, command.scale);
        const models::Parameters defaults;
        regions::StartOptions options;
        options.population_seed = command.population_seed;
        options.scale = command.scale;
        const models::World world = regions::synthesise(inputs.tables, inputs.start, defaults, options);
        const auto cells = regions::fit_of(world, inputs.start, command.scale);
        const auto fit = regions::summarise(cells);

        fmt::print("Start population of January 2021: {} persons (in-commuters and outsiders included) and {} employers, {:g} agents a person\n",
                   world.persons.size(), world.employers.size(), command.scale);
        std::string region;
        for (const auto& cell : cells) {
            // A margin with many cells is summed up below; here stand the figures that a region is known by.
            const auto of_margin = std::count_if(cells.begin(), cells.end(),
                                                 [&](const auto& c) { return c.margin.name == cell.margin.name && c.margin.region == cell.margin.region; });
            if (!command.margins && of_margin > 6) continue;
            if (cell.margin.region != region) {
                region = cell.margin.region;
                fmt::print("\n{}\n  {:<32}{:<34}{:>12}{:>12}{:>10}  {:<9} {}\n", region, "margin", "cell", "table", "simulated", "error", "status", "source");
            }
            print_cell(cell);
        }
        fmt::print("\nFit of every margin, over all its cells\n  {:<32}{:>7}{:>14}{:>12}  {:<52} {:<9} {}\n", "margin", "cells", "mean error %", "largest",
                   "where", "status", "source");
        for (const auto& f : fit)
            fmt::print("  {:<32}{:>7}{:>14.3f}{:>12}  {:<52} {:<9} {}\n", shortened(f.name, 31), f.cells, 100 * f.mean_relative,
                       value_text(f.largest, f.largest), shortened(f.worst, 51), models::text(f.status), f.source);
        if (command.scale < 1) fmt::print("A scaled population carries the chance of its sample: errors of a cell of n persons are about sqrt(n / scale).\n");
    });
    return 0;
}

}  // namespace tools
