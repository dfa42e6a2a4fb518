#pragma once
/// Occupations by retraining distance: edges are steps that a course or work-based training bridges, and routes are shortest paths in months.

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "models/labels.hpp"

namespace models {

/// What retraining takes.
struct Retraining {
    double months = 0;  ///< length of training, full-time
    double euro = 0;    ///< course and guidance; wage not included
};

/// The shortest route between each two occupations; infinite months where there is none.
class OccupationRoutes {
public:
    OccupationRoutes();
    [[nodiscard]] const Retraining& between(Occupation from, Occupation to) const { return route_[place(from, to)]; }
    [[nodiscard]] double months(Occupation from, Occupation to) const { return between(from, to).months; }
    [[nodiscard]] double euro(Occupation from, Occupation to) const { return between(from, to).euro; }
    void set(Occupation from, Occupation to, Retraining route) { route_[place(from, to)] = route; }

private:
    static std::size_t place(Occupation from, Occupation to) { return static_cast<std::size_t>(from) * occupations + to; }
    std::array<Retraining, static_cast<std::size_t>(occupations) * occupations> route_;
};

/// Steps between occupations, one way each.
class OccupationGraph {
public:
    /// Adds a step. Throws InputError for a negative length or cost.
    void add_step(Occupation from, Occupation to, Retraining step);
    /// Shortest routes in months (Dijkstra) and what the steps on each cost together.
    [[nodiscard]] OccupationRoutes routes() const;

private:
    struct Step {
        Occupation from, to;
        Retraining training;
    };
    std::vector<Step> steps_;
};

}  // namespace models
