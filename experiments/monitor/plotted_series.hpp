#pragma once
/// What a picture of a run shows: lines over the months with the spread of replicates, and observed figures.

#include <string>
#include <vector>

#include "experiments/monitor/monitor_specification.hpp"
#include "sim/month.hpp"
#include "sim/stored_trajectory.hpp"

namespace experiments {

struct PlottedLine {
    std::string name;                     ///< empty where there is one line
    std::vector<double> mean, low, high;  ///< by point of time; over replicates, NaN where unknown; low and high are empty with one replicate
};

struct PlottedFigure {
    sim::Month from, until;
    double value = 0;
    bool level = true;  ///< the figure and the simulation share one definition
};

struct PlottedSeries {
    std::string name, title, unit;
    bool is_share = false;           ///< to be written in per cent
    std::vector<sim::Month> points;  ///< months that begin at the points of time
    std::vector<PlottedLine> lines;
    std::vector<PlottedFigure> observed;
};

struct PlotWish {
    std::string what;                  ///< an indicator, an observed series, or a selection of a series of the file
    std::string by;                    ///< a dimension; empty = one line
    std::vector<std::string> regions;  ///< empty = all, or those of an observed series
    bool dutch = false;                ///< words of indicators
};

/// Throws InputError, with the nearest word, for what the file does not hold, and for a share or mean that would have to be added up.
[[nodiscard]] PlottedSeries plotted_series(const sim::StoredTrajectory& file, const MonitorSpecification& specification, const PlotWish& wish);

}  // namespace experiments
