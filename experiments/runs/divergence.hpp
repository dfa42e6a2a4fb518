#pragma once
/// Where two runs part: the first month in which their files differ, and in what.

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "sim/month.hpp"
#include "sim/stored_trajectory.hpp"

namespace experiments {

/// A series that differs in the month, by the first cell that does.
struct PartedSeries {
    std::string series;
    std::string process;    ///< that makes it; empty where several do, or it is a state that many change
    std::string cell;       ///< replicate, region and labels, in words
    double a = 0, b = 0;    ///< NaN: missing
    std::size_t cells = 0;  ///< of that month that differ
};

struct Divergence {
    std::optional<sim::Month> month;    ///< none: the state at the start
    std::size_t same_points = 0;        ///< points of time before that are alike
    std::vector<PartedSeries> series;   ///< in the order of the processes of a month; those of no one process last
    std::vector<PartedSeries> persons;  ///< states of the first person of both panels that differ in the first month in which one does; empty without panels
    std::optional<sim::Month> person_month;
};

/// Compares what both files hold, every bit: months, replicates, series at the root, and persons of the panels. Nothing where all of it is alike. Throws
/// InputError where a dimension has other labels, or there is no month, replicate or series in common.
[[nodiscard]] std::optional<Divergence> first_divergence(const sim::StoredTrajectory& a, const sim::StoredTrajectory& b);

/// The process of the month that makes a series, or with the labels of a cell makes it; empty where none alone does.
[[nodiscard]] std::string process_of(const std::string& series, const std::string& cell);

}  // namespace experiments
