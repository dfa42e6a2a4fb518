#pragma once
/// Simulated moments: the figures of a trajectory in memory that targets are compared with.

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "experiments/figures/targets.hpp"
#include "sim/trajectory.hpp"

namespace experiments {

/// What turns agents of a run into persons and into the nation.
struct Scales {
    double persons_per_agent = 1;
    double nation_per_region_person = 1;  ///< inhabitants of the nation over those of the regions
};

/// All targets as places in a trajectory's series; made once, used for every run of the same layout.
class Moments {
public:
    /// Throws InputError, one line a finding ("file:line: target.NAME: ..."), for a series, dimension or label that the trajectory does not have, with the
    /// nearest word, and for a period outside of its months. `trajectory` needs no values.
    Moments(const std::vector<Target>& targets, const sim::Trajectory& trajectory, const Scales& scales, const std::string& file);

    /// Every moment in the order of the targets, of one replicate by its place; NaN where a ratio has nothing below it.
    [[nodiscard]] std::vector<double> of(const sim::Trajectory& trajectory, std::size_t replicate = 0) const;
    /// One moment, by its place among the targets, from one point of time to another instead of over the target's months.
    [[nodiscard]] double at(std::size_t moment, const sim::Trajectory& trajectory, std::size_t replicate, std::size_t first, std::size_t last) const;

private:
    /// Cells of one series that are added up, or taken off.
    struct Cells {
        sim::SeriesId series{};
        double sign = 1;
        std::vector<std::size_t> place;  ///< region x further dimensions
    };
    /// One weighted mean: cells of a series and for each the cells of the weights.
    struct Pair {
        std::size_t value;
        std::vector<std::size_t> weights;
    };
    struct Moment {
        MomentKind kind;
        std::vector<Cells> top, bottom;
        std::vector<Pair> pairs;          ///< of a mean
        std::size_t first = 0, last = 0;  ///< points of time
        double times = 1;
    };

    std::vector<Moment> moments_;
};

}  // namespace experiments
