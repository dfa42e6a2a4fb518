#pragma once
/// What a page of the monitor must know to read and explain any file: indicators, observed figures with their sources, inhabitants.

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "experiments/calibration/backtest_series.hpp"
#include "experiments/monitor/monitor_indicators.hpp"

namespace experiments {

/// An observed figure with the words of its row.
struct SourcedFigure : ObservedFigure {
    std::string source, url;
};

struct MonitorSpecification {
    std::vector<std::string> regions;  ///< all that the tables hold
    std::vector<MonitorIndicator> indicators;
    std::vector<BacktestSeries> series;               ///< that are observed
    std::vector<std::vector<SourcedFigure>> figures;  ///< by series, in the order of time
    std::map<std::string, double> inhabitants;        ///< by region, January 2021; "NL" is the nation
    /// Inhabitants of the nation over those of the named regions.
    [[nodiscard]] double nation_over(const std::vector<std::string>& names) const;
};

/// From the shipped tables, under those of `data` where it names a folder. Throws InputError, FileError; InputError too where an indicator names an observed
/// series that is not there, with the nearest.
[[nodiscard]] MonitorSpecification monitor_specification(const std::filesystem::path& data);

/// The specification as the page reads it (tools/monitor/src/model/page.ts).
[[nodiscard]] nlohmann::ordered_json json_of(const MonitorSpecification& specification);

}  // namespace experiments
