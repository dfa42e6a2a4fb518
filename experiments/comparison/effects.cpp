#include "experiments/comparison/effects.hpp"

#include <cmath>
#include <cstddef>
#include <limits>

#include "sim/error.hpp"

namespace experiments {
namespace {

std::vector<double> less(const std::vector<double>& a, const std::vector<double>& b) {
    std::vector<double> differences;
    for (std::size_t i = 0; i < a.size(); ++i) differences.push_back(a[i] - b[i]);
    return differences;
}

/// The middle 95 % of the values, drawn together around their mean by a factor.
Interval middle(const std::vector<double>& values, double mean, double factor) {
    return {mean + factor * (quantile_of(values, 0.025) - mean), mean + factor * (quantile_of(values, 0.975) - mean)};
}

}  // namespace

Effect effect_of(const std::vector<double>& base, const std::vector<double>& arm, const std::vector<double>& sham) {
    if (base.size() < 2 || arm.size() != base.size() || sham.size() != base.size())
        throw sim::Bug("an effect of fewer than two replicates, or of unlike numbers");
    const auto pairs = static_cast<double>(base.size());
    const auto differences = less(arm, base);
    const double variance = variance_of(differences);
    const double t = student_t(base.size());
    Effect effect;
    effect.base = mean_of(base);
    effect.difference = mean_of(differences);
    const auto around = [&](double error) { return Interval{effect.difference - t * error, effect.difference + t * error}; };
    effect.mean = effect.expected = around(std::sqrt(variance / pairs));
    effect.outcome = around(std::sqrt(variance * (1 + 1 / pairs)));
    effect.chance = std::sqrt(variance);
    effect.noise = std::sqrt(variance_of(less(sham, base)) / pairs);
    effect.distinguishable = std::abs(effect.difference) > 2 * effect.noise && (effect.mean.low > 0 || effect.mean.high < 0);
    effect.variance_factor = variance == 0 ? std::numeric_limits<double>::infinity() : (variance_of(base) + variance_of(arm)) / variance;
    return effect;
}

Effect effect_of_draws(const std::vector<double>& base, const std::vector<double>& arm, const std::vector<double>& sham,
                       const std::vector<std::vector<double>>& again) {
    Effect effect = effect_of(base, arm, sham);
    double within = 0;
    for (const auto& replicates : again) {
        if (replicates.size() < 2) throw sim::Bug("the noise of a draw from fewer than two replicates");
        within += variance_of(replicates) / static_cast<double>(again.size());
    }
    const auto differences = less(arm, base);
    const double variance = variance_of(differences);
    const double left = variance > within ? (variance - within) / variance : 0;
    effect.chance = std::sqrt(within);
    effect.ignorance = std::sqrt(left * variance);
    effect.expected = middle(differences, effect.difference, std::sqrt(left));
    effect.outcome = middle(differences, effect.difference, 1);
    return effect;
}

}  // namespace experiments
