#pragma once
/// What a researcher's own tables change: the figures that differ between two folders.

#include <optional>
#include <string>
#include <vector>

#include "regions/data_folder.hpp"

namespace regions {

/// One figure that is new, gone, or of another value, range or status. Figures are the same where table, region, variable, breakdown and period are.
struct FigureChange {
    std::string table;
    std::optional<Figure> before, after;  ///< empty = not there
    std::vector<std::string> feeds;       ///< readers that ask for it, in either folder; empty = nobody does
};

/// The changes of all tables that both folders have read, in the order of tables, then of the names of figures.
[[nodiscard]] std::vector<FigureChange> figure_changes(const DataFolder& before, const DataFolder& after);

}  // namespace regions
