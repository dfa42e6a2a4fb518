#pragma once
/// Regions by travel time: a graph of town centres whose edges are roads, and shortest paths over it.

#include <cstddef>
#include <string>
#include <vector>

namespace models {

/// Towns and the roads between them, with minutes by car. Roads run both ways.
class TravelGraph {
public:
    /// Adds a town of a work region and returns its number.
    int add_town(std::string name, int work_region);
    /// Adds a road. Throws InputError where the minutes are not positive.
    void add_road(int from, int to, double minutes);
    /// Number of a town, or -1.
    [[nodiscard]] int find(const std::string& name) const;
    [[nodiscard]] int towns() const { return static_cast<int>(region_.size()); }
    [[nodiscard]] int region_of(int town) const { return region_[static_cast<std::size_t>(town)]; }
    /// Minutes of the shortest path from one town to each (Dijkstra); infinite where there is none.
    [[nodiscard]] std::vector<double> minutes_from(int town) const;

private:
    struct Road {
        int from, to;
        double minutes;
    };
    std::vector<std::string> name_;
    std::vector<int> region_;
    std::vector<Road> roads_;
};

/// Minutes between work regions, row-major (work_regions x work_regions), symmetric. Between two regions: the mean over the pairs of their towns of the
/// shortest path. To an outside region (numbers from `regions` on): the mean over a region's towns of the path to the nearest town there.
/// Within a region: `within` (one a work region). Throws InputError where a region has no town or two regions are not joined.
[[nodiscard]] std::vector<double> region_minutes(const TravelGraph& graph, int regions, const std::vector<double>& within);

}  // namespace models
