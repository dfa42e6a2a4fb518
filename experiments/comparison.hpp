#pragma once
/// What scenarios change: paired runs of a base and of each arm on common random numbers, from one start population.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "experiments/run.hpp"
#include "experiments/scenario.hpp"
#include "experiments/targets.hpp"

namespace experiments {

struct ComparisonOptions {
    Scenario base;
    std::vector<Scenario> arms;
    double scale = 0.1;
    std::uint64_t seed = 1;
    std::uint64_t population_seed = 1;
    int replicates = 8;
    int threads = 1;             ///< of the arena in which it runs
    std::filesystem::path data;  ///< as in RunOptions
};

/// A figure that arms are compared in.
struct Outcome {
    std::string meaning;  ///< in words of a table
    std::string unit;
    std::string region;  ///< empty: all
    Target figure;       ///< how it is made of series, and of which months
};
/// The ten core indicators in the twelve months up to `end`; technicians and ICT workers at work there by region; the two together at the end of the 6th, 12th,
/// 24th, 36th and 60th month from `first` on, as far as the run goes.
[[nodiscard]] std::vector<Outcome> outcomes_of(const std::vector<std::string>& regions, sim::Month first, sim::Month end);

/// Effect of an arm on an outcome over the replicates.
struct Effect {
    double base = 0;               ///< mean of the base runs
    double difference = 0;         ///< mean of arm less base, replicate by replicate
    double low = 0, high = 0;      ///< 95 % interval of it by Student's t: chance alone, with the parameters as they are
    double noise = 0;              ///< standard error of the same mean between two runs that differ in one seeker's luck in the first month
    bool distinguishable = false;  ///< further from 0 than twice the noise, and than its interval is wide on either side
    double variance_factor = 0;    ///< variance of a difference of unpaired runs over that of paired ones; infinite where all differences are alike
};
/// Of an arm's, the base's and the sham arm's figures by replicate. At least two replicates.
[[nodiscard]] Effect effect_of(const std::vector<double>& base, const std::vector<double>& arm, const std::vector<double>& sham);

struct Comparison {
    std::vector<Outcome> outcomes;
    std::vector<std::vector<Effect>> effects;  ///< by arm and outcome
    double persons_per_agent = 1;
};

struct ComparisonWatch {
    std::function<void(const std::string&)> say;
    std::function<int()> stop;  ///< the number of the signal that asked to stop, 0 to go on
    std::function<void()> run_done;
};

/// The runs of a comparison: the base, the arms, and the sham arm, each with every replicate.
[[nodiscard]] inline std::size_t runs_of(const ComparisonOptions& options) { return (options.arms.size() + 2) * static_cast<std::size_t>(options.replicates); }

/// Runs side by side as far as memory allows, and gives the same whatever the number of threads. Nothing when stopped. Throws InputError where scenarios differ
/// in regions or end, or memory holds no run.
[[nodiscard]] std::optional<Comparison> compare(const ComparisonOptions& options, const ComparisonWatch& watch);

}  // namespace experiments
