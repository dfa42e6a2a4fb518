#include "experiments/exploration/sensitivity.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <utility>

#include <fmt/format.h>
#include <boost/random/mersenne_twister.hpp>
#include <boost/random/uniform_int_distribution.hpp>

#include "sim/error.hpp"
#include "sim/parallel.hpp"

namespace experiments {
namespace {

/// An outcome whose standard deviation is less than this share of its size does not vary: the rest is rounding.
constexpr double no_variation = 1e-12;

/// Figures of resampled units (trajectories, blocks): `figures(units)` gives them all for a list of units; returns intervals in their order.
std::vector<Interval> bootstrap(std::size_t units, std::size_t resamples, std::uint64_t seed,
                                const std::function<std::vector<double>(const std::vector<std::size_t>&)>& figures) {
    std::vector<std::vector<double>> found(resamples);
    sim::for_each_task(resamples, [&](std::size_t r) {
        // A stream of its own for each, so that threads do not matter.
        boost::random::mt19937_64 engine(seed * 0x9E3779B97F4A7C15ULL + r + 1);
        boost::random::uniform_int_distribution<std::size_t> any(0, units - 1);
        std::vector<std::size_t> drawn(units);
        for (auto& unit : drawn) unit = any(engine);
        found[r] = figures(drawn);
    });
    std::vector<Interval> intervals;
    for (std::size_t f = 0; !found.empty() && f < found.front().size(); ++f) {
        std::vector<double> values;
        for (const auto& one : found) values.push_back(one[f]);
        intervals.push_back({quantile_of(values, 0.025), quantile_of(values, 0.975)});
    }
    return intervals;
}

/// First-order indices, then total ones, of some blocks of a Saltelli design.
std::vector<double> indices(const std::vector<double>& values, std::size_t inputs, const std::vector<std::size_t>& blocks) {
    const std::size_t width = inputs + 2;
    double sum = 0, squares = 0;
    for (const auto b : blocks)
        for (const double y : {values[b * width], values[b * width + width - 1]}) {
            sum += y;
            squares += y * y;
        }
    const double count = 2 * static_cast<double>(blocks.size()), mean = sum / count, variance = squares / count - mean * mean;
    std::vector<double> found(2 * inputs);
    for (std::size_t i = 0; i < inputs; ++i) {
        double first = 0, total = 0;
        for (const auto b : blocks) {
            const double *block = &values[b * width], y_a = block[0], y_ab = block[1 + i], y_b = block[width - 1];
            first += (y_b - mean) * (y_ab - y_a);
            total += (y_a - y_ab) * (y_a - y_ab);
        }
        found[i] = first / static_cast<double>(blocks.size()) / variance;
        found[inputs + i] = total / 2 / static_cast<double>(blocks.size()) / variance;
    }
    return found;
}

std::vector<std::size_t> all_of(std::size_t count) {
    std::vector<std::size_t> numbers;
    for (std::size_t i = 0; i < count; ++i) numbers.push_back(i);
    return numbers;
}

/// Without what all values share, so that variances lose no digits.
std::vector<double> centred(std::vector<double> values) {
    const double mean = mean_of(values);
    for (double& value : values) value -= mean;
    return values;
}

}  // namespace

std::vector<InputSensitivity> morris_effects(const std::vector<MorrisStep>& steps, const std::vector<double>& values, std::size_t inputs, std::size_t resamples,
                                             std::uint64_t seed) {
    const std::size_t trajectories = steps.size() / inputs;
    if (trajectories < 2 || steps.size() != trajectories * inputs || values.size() != trajectories * (inputs + 1))
        throw sim::Bug("values of another Morris design");
    std::vector<std::vector<double>> effects(inputs, std::vector<double>(trajectories));  // by input and trajectory
    for (std::size_t s = 0; s < steps.size(); ++s) effects[steps[s].input][s / inputs] = (values[steps[s].from + 1] - values[steps[s].from]) / steps[s].delta;
    const auto mean_absolute = [&](const std::vector<std::size_t>& some) {
        std::vector<double> means(inputs, 0.0);
        for (std::size_t i = 0; i < inputs; ++i)
            for (const auto t : some) means[i] += std::abs(effects[i][t]) / static_cast<double>(some.size());
        return means;
    };
    const auto of_all = mean_absolute(all_of(trajectories));
    const auto intervals = bootstrap(trajectories, resamples, seed, mean_absolute);
    std::vector<InputSensitivity> found(inputs);
    for (std::size_t i = 0; i < inputs; ++i) {
        found[i].mean_absolute = of_all[i];
        found[i].mean = mean_of(effects[i]);
        found[i].spread = std::sqrt(variance_of(effects[i]));
        found[i].mean_absolute_interval = intervals[i];
    }
    return found;
}

std::vector<InputSensitivity> sobol_indices(const std::vector<double>& given, std::size_t inputs, std::size_t resamples, std::uint64_t seed) {
    const std::size_t blocks = given.size() / (inputs + 2);
    if (blocks < 2 || given.size() != blocks * (inputs + 2)) throw sim::Bug("values of another Saltelli design");
    const auto values = centred(given);
    const auto of_all = indices(values, inputs, all_of(blocks));
    const auto intervals = bootstrap(blocks, resamples, seed, [&](const std::vector<std::size_t>& some) { return indices(values, inputs, some); });
    std::vector<InputSensitivity> found(inputs);
    for (std::size_t i = 0; i < inputs; ++i) {
        found[i].first = of_all[i];
        found[i].total = of_all[inputs + i];
        found[i].first_interval = intervals[i];
        found[i].total_interval = intervals[inputs + i];
    }
    return found;
}

std::vector<OutcomeSensitivity> sensitivity_of(const SweepPlan& plan, const SweepResults& results, std::size_t resamples, std::uint64_t seed) {
    const auto& sweep = plan.sweep;
    const bool morris = sweep.design.kind == DesignKind::morris;
    if (!morris && sweep.design.kind != DesignKind::saltelli)
        throw sim::InputError(fmt::format("sensitivity takes a morris or a saltelli design, but the sweep is a {} design",
                                          design_words()[static_cast<std::size_t>(sweep.design.kind)]));
    const auto inputs = inputs_of(sweep.factors);
    const auto steps = morris ? morris_steps(sweep.design, sweep.factors) : std::vector<MorrisStep>();
    std::vector<OutcomeSensitivity> all;
    for (std::size_t o = 0; o < sweep.outcomes.size(); ++o) {
        const auto& values = results.mean[o];
        if (const auto bad = std::find_if(values.begin(), values.end(), [](double v) { return !std::isfinite(v); }); bad != values.end())
            throw sim::InputError(
                fmt::format("outcome {} has no value at point {}, and a design is taken whole or not at all", sweep.outcomes[o].name, bad - values.begin()));
        OutcomeSensitivity made;
        made.outcome = sweep.outcomes[o].name;
        made.unit = sweep.outcomes[o].unit;
        std::vector<double> sample;
        const std::size_t width = inputs.size() + 2;
        for (std::size_t p = 0; p < values.size(); ++p)
            if (morris || p % width == 0 || p % width == width - 1) sample.push_back(values[p]);
        made.mean = mean_of(sample);
        made.deviation = std::sqrt(variance_of(sample));
        const auto [least, most] = std::minmax_element(values.begin(), values.end());
        made.varies = *most - *least > no_variation * std::max(std::abs(*least), std::abs(*most));
        if (made.varies)
            made.inputs = morris ? morris_effects(steps, values, inputs.size(), resamples, seed) : sobol_indices(values, inputs.size(), resamples, seed);
        for (std::size_t i = 0; i < made.inputs.size(); ++i) made.inputs[i].input = name_of(inputs[i], sweep.factors);
        all.push_back(std::move(made));
    }
    return all;
}

}  // namespace experiments
