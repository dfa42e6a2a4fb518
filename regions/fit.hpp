#pragma once
/// How well a start population reproduces the margins of the tables.

#include <string>
#include <vector>

#include "models/world.hpp"
#include "regions/start_tables.hpp"

namespace regions {

/// One cell of a margin: the table beside the simulated start.
struct MarginFit {
    Margin margin;
    double simulated = 0;  ///< in the unit of the table: persons (agents over scale) or a share
    [[nodiscard]] double error() const { return simulated - margin.value; }
};

/// All cells of one margin.
struct FitSummary {
    std::string name;
    std::size_t cells = 0;
    double largest = 0;                                ///< largest absolute error, in the unit of the table
    double mean_relative = 0;                          ///< sum of absolute errors over sum of table values
    std::string worst;                                 ///< region and cell with the largest error
    models::Status status = models::Status::observed;  ///< the weakest of its cells
    std::string source;                                ///< of the first cell
};

/// Compares every cell that the tables of the start know with the world as it is, in the order of the tables. `scale`: agents per person.
[[nodiscard]] std::vector<MarginFit> fit_of(const models::World& world, const StartTables& start, double scale);
/// One row a margin, in the order in which they first appear.
[[nodiscard]] std::vector<FitSummary> summarise(const std::vector<MarginFit>& cells);

}  // namespace regions
