#pragma once
/// Memory that search uses from month to month; no state.

#include <cstdint>
#include <vector>

#include "models/applications.hpp"
#include "models/reach.hpp"
#include "models/seekers.hpp"
#include "sim/matching.hpp"

namespace models {

/// What the last month's search did: for benchmarks and tests of cost.
struct SearchCounts {
    std::int64_t seekers = 0;
    std::int64_t tries = 0;       ///< slots looked at
    std::int64_t sent = 0;        ///< applications to filled slots
    std::int64_t acceptable = 0;  ///< to both sides
    std::int64_t hires = 0;
    int rounds = 0;
};

struct SearchScratch {
    Reach reach;
    UsualWages usual;
    SearchConditions conditions;
    std::vector<BlockApplications> blocks;
    std::vector<sim::Application> applications;
    sim::MatchingScratch matching;
    SearchCounts counts;
};

}  // namespace models
