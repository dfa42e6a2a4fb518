#include "models/travel_graph.hpp"

#include <algorithm>
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/dijkstra_shortest_paths.hpp>
#include <cstddef>
#include <limits>
#include <utility>

#include "sim/error.hpp"

namespace models {

int TravelGraph::add_town(std::string name, int work_region) {
    name_.push_back(std::move(name));
    region_.push_back(work_region);
    return towns() - 1;
}

void TravelGraph::add_road(int from, int to, double minutes) {
    if (!(minutes > 0))
        throw sim::InputError("the road from " + name_[static_cast<std::size_t>(from)] + " to " + name_[static_cast<std::size_t>(to)] + " takes " +
                              std::to_string(minutes) + " minutes (a positive number is expected)");
    roads_.push_back({from, to, minutes});
}

int TravelGraph::find(const std::string& name) const {
    const auto it = std::find(name_.begin(), name_.end(), name);
    return it == name_.end() ? -1 : static_cast<int>(it - name_.begin());
}

std::vector<double> TravelGraph::minutes_from(int town) const {
    using Graph = boost::adjacency_list<boost::vecS, boost::vecS, boost::undirectedS, boost::no_property, boost::property<boost::edge_weight_t, double>>;
    Graph graph(region_.size());
    for (const auto& road : roads_) boost::add_edge(static_cast<std::size_t>(road.from), static_cast<std::size_t>(road.to), road.minutes, graph);
    std::vector<double> minutes(region_.size());
    boost::dijkstra_shortest_paths(graph, static_cast<std::size_t>(town),
                                   boost::distance_map(minutes.data()).distance_inf(std::numeric_limits<double>::infinity()));
    return minutes;
}

std::vector<double> region_minutes(const TravelGraph& graph, int regions, const std::vector<double>& within) {
    const auto work_regions = within.size();
    std::vector<std::vector<int>> towns(work_regions);
    std::vector<std::vector<double>> path;
    for (int town = 0; town < graph.towns(); ++town) {
        towns[static_cast<std::size_t>(graph.region_of(town))].push_back(town);
        path.push_back(graph.minutes_from(town));
    }
    std::vector<double> minutes(work_regions * work_regions);
    for (std::size_t a = 0; a < work_regions; ++a) {
        if (towns[a].empty()) throw sim::InputError("work region " + std::to_string(a) + " has no town in the travel graph");
        minutes[a * work_regions + a] = within[a];
        for (std::size_t b = a + 1; b < work_regions; ++b) {
            const bool outside = static_cast<int>(b) >= regions;
            double sum = 0;
            for (const int from : towns[a]) {
                double here = outside ? std::numeric_limits<double>::infinity() : 0;
                for (const int to : towns[b]) {
                    const double one = path[static_cast<std::size_t>(from)][static_cast<std::size_t>(to)];
                    here = outside ? std::min(here, one) : here + one / static_cast<double>(towns[b].size());
                }
                sum += here;
            }
            const double mean = sum / static_cast<double>(towns[a].size());
            if (!(mean < std::numeric_limits<double>::infinity()))
                throw sim::InputError("work regions " + std::to_string(a) + " and " + std::to_string(b) + " are not joined in the travel graph");
            minutes[a * work_regions + b] = minutes[b * work_regions + a] = mean;
        }
    }
    return minutes;
}

}  // namespace models
