#pragma once
/// A chart of lines with bands, as SVG: nothing but text, so that the same numbers give the same bytes.

#include <string>
#include <vector>

namespace experiments {

struct ChartLine {
    std::string name;
    std::vector<double> x, y;
    std::vector<double> low, high;  ///< of a band around it; empty: none
    bool dots = false;              ///< marks at its points
};

struct LineChart {
    std::string title, x_name, y_name;
    bool log_x = false;
    std::vector<ChartLine> lines;
    double level = 0;  ///< of a dashed line across
    bool with_level = false;
};

/// A drawing with a view box, ready to stand in a page or in a file of its own. Values that are not finite are left out.
[[nodiscard]] std::string svg_of(const LineChart& chart);

}  // namespace experiments
