#pragma once
/// The shock to labour demand after the driven months: an autoregressive process of order one in the log of desired staff, the same for all regions, sectors
/// and employers (model description, section 8). Its draws stand at addresses of the nation and the month, so all arms of a comparison share them; another
/// replicate has another shock.

#include "sim/month.hpp"
#include "sim/process.hpp"
#include "sim/random.hpp"

namespace models {

/// The news of a month: at (demand shock, region 0, month).
inline const sim::ProcessInfo demand_shock_info{.name = "demand shock", .key = 59, .reads = {}, .writes = {}};

/// Log of the shock in a month: 0 up to `last_observed`; from then on it keeps `persistence` of itself a year and gets normal news, of a size that makes its
/// standard deviation `size` in the long run. Exactly 0 at size 0.
[[nodiscard]] double demand_shock(const sim::Random& random, sim::Month month, sim::Month last_observed, double size, double persistence);

}  // namespace models
