#pragma once
/// What scenarios change: paired runs of a base and of each arm on common random numbers, from one start population.

#include <array>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "experiments/calibration/parameter_draws.hpp"
#include "experiments/comparison/effects.hpp"
#include "experiments/comparison/reckonings.hpp"
#include "experiments/figures/outcomes.hpp"
#include "experiments/runs/run.hpp"
#include "experiments/runs/runs_options.hpp"
#include "experiments/runs/runs_watch.hpp"
#include "experiments/scenarios/scenario.hpp"

namespace experiments {

/// Further replicates until the interval of an outcome's mean effect is narrow enough in every arm.
struct Precision {
    std::string outcome;  ///< its name, of all regions
    double half_width = 0;
    int most_replicates = 200;
};

struct ComparisonOptions : RunsOptions {
    Scenario base;
    std::vector<Scenario> arms;
    int replicates = 8;                       ///< pairs of runs; with draws: of each of the draws that show how much is chance
    int draws = 0;                            ///< of the parameters, one pair of runs each; 0: parameters as they are
    std::optional<PosteriorDraws> posterior;  ///< of calibrated parameters, with draws; the others come from their priors
    std::optional<Precision> precision;       ///< without draws
    bool shared_months = true;                ///< arms go on from the state of the base where memory holds it; false: whole runs, with the same result
};

/// Draws with replicates, which show how much of a spread is chance; fewer where there are fewer draws.
inline constexpr int noise_draws = 20;
inline constexpr int least_draws = 4;

/// Wage elasticity of labour demand in the runs: as it is, and at the ends of its prior. A low one is the short run, in which jobs are given and an extra
/// worker takes somebody's place; a high one the long run, in which jobs follow the workers there are.
enum class Elasticity { central, low, high };
inline constexpr std::array<Elasticity, 3> elasticities{Elasticity::central, Elasticity::low, Elasticity::high};
[[nodiscard]] std::string text(Elasticity elasticity);
/// The parameter, and its value (of its prior) at the low or high end.
inline constexpr const char* elasticity_parameter = "demand.wage_elasticity";
[[nodiscard]] double value_of(Elasticity elasticity);

/// What an arm changes.
struct ArmEffects {
    std::string name;
    sim::Month entry;                                              ///< first month in which it can differ; the first of all where it never does
    std::array<std::vector<Effect>, elasticities.size()> effects;  ///< by elasticity and outcome
    std::vector<std::vector<double>> differences;                  ///< at the central elasticity, by replicate (or draw) and outcome
    std::vector<std::string> gates;                                ///< measures with a gate that one of the two scenarios holds; the reckoning is of these
    std::vector<ArmReckoning> reckonings;                          ///< at the central elasticity; empty without gates
    std::vector<GateReckoning> by_gate;                            ///< the same of each gate, as far as it is known
    MeanOfPairs spending;                                          ///< of the arm less the base until the end, euro
    std::vector<std::pair<std::string, MeanOfPairs>> spending_on;  ///< the same by measure of the two scenarios
    std::vector<MeanOfPairs> spending_in;                          ///< the same by region; empty where neither scenario holds a measure
    std::vector<MeanOfPairs> spending_by_education;                ///< the same by level of education
};

struct Comparison {
    std::vector<Outcome> outcomes;
    std::vector<ArmEffects> arms;
    double persons_per_agent = 1;
    std::vector<std::int32_t> replicates;  ///< numbers of the pairs at the central elasticity; those of draws are the same as the draws'
    ParameterDraws draws;
    models::Tables tables;  ///< what was read, for a report
    std::size_t runs = 0;
    double cost = 0;                 ///< wall time of a run of an arm over that of a run of the base, on average
    bool elasticity_matters = true;  ///< whether the wage elasticity can change anything: not where contract wages do not answer to tightness. Then the
                                     ///< runs at the central one stand for low and high
    bool precise = true;             ///< whether the precision asked for was reached
};

/// The share of an effect inside the regions that leaks over their boundary: 1 less the national effect over it; NaN where the outcome has no national
/// counterpart, or the effect inside is not distinguishable from noise.
[[nodiscard]] double leak_of(const Comparison& comparison, std::size_t arm, std::size_t outcome);

/// Euro for each extra worker.
struct Cost {
    double mean = std::numeric_limits<double>::quiet_NaN();
    Interval interval;  ///< at the ends of the 95 % interval of the effect's mean
};
/// What an arm spends until the end beside the base, for each extra technician or ICT worker that it has inside in the last twelve months. Of a region: what is
/// spent there for those whom its residents are more. By education: what is spent on that level (MeasureStand) for those who are more of it. NaN for other
/// outcomes, and where the effect cannot be told from noise or has the other sign than the spending.
[[nodiscard]] Cost cost_of_one_more(const Comparison& comparison, std::size_t arm, std::size_t outcome);

/// The runs of a comparison, without those that a precision asks for: base, arms and sham arm with every replicate or draw; base and arms at low and high
/// elasticity, and again with the further replicates of draws.
[[nodiscard]] std::size_t runs_of(const ComparisonOptions& options);

/// Runs side by side as far as memory allows, and gives the same (but for `cost`) whatever the number of threads. Nothing when stopped. Throws InputError where
/// scenarios differ in regions or end, numbers make no sense, or memory holds no run.
[[nodiscard]] std::optional<Comparison> compare(const ComparisonOptions& options, const RunsWatch& watch);

}  // namespace experiments
