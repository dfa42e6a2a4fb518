#pragma once
/// What a sweep runs: a model as a function from the values of the factors to a result of fixed size.

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "experiments/exploration/point_records.hpp"
#include "experiments/exploration/sweep_folder.hpp"
#include "sim/trajectory.hpp"

namespace experiments {

/// How the bytes of a point's result are laid out: outcomes as doubles, by replicate and outcome; then each series, by replicate, time, region and further
/// dimensions, row-major, doubles or 32-bit integers.
struct ResultLayout {
    struct Series {
        sim::SeriesInfo info;
        std::size_t values = 0;  ///< of one replicate
        [[nodiscard]] std::size_t bytes() const { return values * (info.type == sim::SeriesType::count ? sizeof(std::int32_t) : sizeof(double)); }
    };
    std::size_t replicates = 1, outcomes = 0;
    std::vector<Series> series;
    [[nodiscard]] std::size_t bytes() const;
};

/// Takes finished points; by any thread.
using KeepPoints = std::function<void(const std::vector<PointRecord>&)>;

class SweepModel {
public:
    virtual ~SweepModel() = default;
    [[nodiscard]] virtual const ResultLayout& layout() const = 0;
    /// What the model reads beside the scenario, in words whose digest stands for it.
    [[nodiscard]] virtual std::string inputs() const = 0;
    /// Coordinates of the series, and attributes of the file.
    [[nodiscard]] virtual std::vector<sim::Coordinate> coordinates() const { return {}; }
    /// Runs points, given by their places, and hands each to `keep`; one that fails is kept with the error's text. Ends early where `stop` says so. In the
    /// calling arena.
    virtual void run(const std::vector<std::size_t>& points, const KeepPoints& keep, const std::function<bool()>& stop) = 0;
    /// What one point costs, from one run of it, with one thread.
    [[nodiscard]] virtual PointCost measure(const std::function<bool()>& stop) = 0;
};

/// The model of a plan: Instroom, or its command. `threads`: of the arena that runs are made in. Throws InputError for series and outcomes that a run does not
/// have.
[[nodiscard]] std::unique_ptr<SweepModel> model_of(const SweepPlan& plan, int threads);

/// Doubles as bytes, and back.
[[nodiscard]] std::string bytes_of(const std::vector<double>& values);
[[nodiscard]] std::vector<double> doubles_of(const std::string& bytes, std::size_t first, std::size_t count);

}  // namespace experiments
