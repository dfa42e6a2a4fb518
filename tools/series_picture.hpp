#pragma once
/// A series of a run as a picture (SVG) for print.

#include <string>

#include "experiments/monitor/plotted_series.hpp"

namespace tools {

/// 17 cm wide, a text column of two; letters of 8 points there. Lines are named at their ends, bands hold 95 % of the replicates, figures are dots (rings where
/// their definition differs). `source` stands beneath. The same data give the same bytes.
[[nodiscard]] std::string series_picture(const experiments::PlottedSeries& series, const std::string& source, bool dutch);

}  // namespace tools
