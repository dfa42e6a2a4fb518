#pragma once
/// The regions of a run: names, municipalities and the travel times between them.

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace models {

struct Municipality {
    std::string name;
    int region;         ///< region of the run
    double population;  ///< persons on 1 January 2021
};

struct RegionTables {
    std::vector<std::string> names;            ///< of the regions of the run, in the order of the output
    std::vector<std::string> codes;            ///< CBS / NUTS code
    std::vector<Municipality> municipalities;  ///< grouped by region
    std::vector<int> first_municipality;       ///< of each region; one more at the end
    /// Minutes by car between work regions (regions, rest_nl, abroad), row-major; shortest paths over the travel graph.
    /// To rest_nl and abroad: to the nearest town over the boundary. Within a region: the mean journey.
    std::vector<double> minutes;
    [[nodiscard]] int count() const { return static_cast<int>(names.size()); }
    [[nodiscard]] double travel_minutes(int from, int to) const {
        return minutes[static_cast<std::size_t>(from) * (names.size() + 2) + static_cast<std::size_t>(to)];
    }
};

/// Where a number of the tables comes from; goes to /provenance.
struct ProvenanceRow {
    std::string file, sha256, source, period;
};

}  // namespace models
