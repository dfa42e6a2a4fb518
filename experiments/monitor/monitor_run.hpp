#pragma once
/// A file of a run as the page of the monitor shows it.

#include <nlohmann/json_fwd.hpp>

#include "experiments/monitor/monitor_specification.hpp"
#include "sim/stored_trajectory.hpp"

namespace experiments {

/// Of each indicator, by region and of all regions together (last): every month (the point of time that ends it) and the years that end with the run. Of each
/// observed series the simulated counterparts of its figures. Flows by pathway and money by measure, by year. Values are means over replicates, with the 2.5
/// and 97.5 % quantiles over them where there are several, of years also the values of up to 64 replicates; what cannot be known is null. Indicators whose
/// series the file lacks are left out. Throws InputError where the file is damaged. The browser makes the same (tools/monitor/src/read/run.ts).
[[nodiscard]] nlohmann::ordered_json json_of_run(const sim::StoredTrajectory& file, const MonitorSpecification& specification);

}  // namespace experiments
