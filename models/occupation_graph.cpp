#include "models/occupation_graph.hpp"

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/dijkstra_shortest_paths.hpp>
#include <cstddef>
#include <limits>
#include <string>

#include "sim/error.hpp"

namespace models {

OccupationRoutes::OccupationRoutes() {
    const double never = std::numeric_limits<double>::infinity();
    route_.fill({never, never});
    for (Occupation o = 0; o < occupations; ++o) set(o, o, {0, 0});
}

void OccupationGraph::add_step(Occupation from, Occupation to, Retraining step) {
    if (!(step.months >= 0) || !(step.euro >= 0))
        throw sim::InputError("the step from occupation " + std::string(occupation_codes[from]) + " to " + std::string(occupation_codes[to]) +
                              " has a negative length or cost");
    steps_.push_back({from, to, step});
}

OccupationRoutes OccupationGraph::routes() const {
    using Graph = boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS, boost::no_property, boost::property<boost::edge_weight_t, double>>;
    Graph graph(occupations);
    for (const auto& step : steps_) boost::add_edge(step.from, step.to, step.training.months, graph);
    OccupationRoutes routes;
    for (Occupation from = 0; from < occupations; ++from) {
        std::vector<double> months(occupations);
        std::vector<std::size_t> before(occupations);
        boost::dijkstra_shortest_paths(graph, from,
                                       boost::distance_map(months.data()).predecessor_map(before.data()).distance_inf(std::numeric_limits<double>::infinity()));
        for (Occupation to = 0; to < occupations; ++to) {
            if (!(months[to] < std::numeric_limits<double>::infinity())) continue;
            double euro = 0;
            for (std::size_t at = to; at != from; at = before[at]) {
                const Step* best = nullptr;  // of parallel steps the one that the path takes
                for (const auto& step : steps_)
                    if (step.from == before[at] && step.to == at && (best == nullptr || step.training.months < best->training.months)) best = &step;
                euro += best->training.euro;
            }
            routes.set(from, to, {months[to], euro});
        }
    }
    return routes;
}

}  // namespace models
