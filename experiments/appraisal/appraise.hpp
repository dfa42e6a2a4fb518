#pragma once
/// What an appraisal finds. Effects are national: work done in the regions, whoever does it, and for campaigns of the whole nation as if the rest of it
/// answered as the regions do.

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include <Eigen/Dense>

#include "experiments/appraisal/appraisal.hpp"
#include "experiments/appraisal/appraisal_samples.hpp"
#include "experiments/appraisal/best_split.hpp"
#include "experiments/appraisal/campaign_mechanisms.hpp"
#include "experiments/appraisal/expected_effect.hpp"
#include "experiments/appraisal/pilot.hpp"
#include "experiments/appraisal/same_money.hpp"
#include "experiments/statistics/sample.hpp"
#include "models/tables.hpp"

namespace experiments {

/// Years after the entry at which workers are counted: means of the year that begins then.
inline constexpr std::array<int, 3> counted_after{1, 3, 7};

/// An expected figure: its mean over what is not known, 95 % of what is not known (parameters, and how exactly runs say the response), and the standard error
/// of the mean by the runs.
struct Expected {
    double mean = 0;
    Interval interval;
    double error = 0;
};
/// The raw mean of pairs of runs beside it, and its standard error.
struct OfPairs {
    double mean = 0, error = 0;
};

/// The chain from euro to worker of one option: national, in its months with money, at the default figures.
struct Chain {
    std::array<double, models::target_groups> contacts{}, reach{}, frequency{}, fresh{},
        awareness{};              ///< means of months with money; awareness: of its best month
    std::vector<OfPairs> change;  ///< of each chain figure, arm less base
    std::vector<double> base;     ///< the same without the campaign
};

struct OptionResult {
    std::string name;
    double euro_a_year = 0;
    double cost = 0;                                                            ///< discounted, euro
    bool national = true;                                                       ///< whether it runs in the whole nation
    double scale_up = 1;                                                        ///< of the effect in the regions
    std::array<Expected, counted_after.size()> technicians, ict_workers, both;  ///< extra, after years; NaN beyond the horizon
    std::array<OfPairs, counted_after.size()> both_of_pairs;
    Expected years;  ///< discounted extra technician-years (technicians and ICT workers) until the horizon
    OfPairs years_of_pairs;
    Expected benefit;                 ///< net, at the threshold, euro
    std::vector<double> probability;  ///< of a net benefit above 0, by threshold of the grid
    std::vector<double> best;         ///< of being the best decision, by threshold of the grid
    Chain chain;
};

/// The campaign of a file at other budgets, by the fitted response.
struct ResponseCurve {
    std::string campaign;  ///< files that differ in their money alone together
    std::vector<double> euro_a_year, cost;
    std::vector<Expected> years;                                      ///< discounted technician-years
    std::array<std::vector<Expected>, counted_after.size()> workers;  ///< extra, after years
    std::vector<double> marginal_cost;  ///< euro for one more technician-year, from the budget before; NaN for the first, infinite where nothing is added
    double turns_at = 0;                ///< euro a year from which on one more costs more than the threshold; 0: from the first on
};

/// What it is worth to know one link, or all.
struct LinkValue {
    std::string name;
    std::vector<std::string> unknowns;
    double value = 0, error = 0;  ///< euro
    double share = 0;             ///< of the variance of the best campaign's net benefit, which the link explains
    double relief = 0;            ///< relative gain of the effect where the link is half as strong again
};

struct PilotResult {
    PilotDesign design;
    PilotPower power;
    double cost = 0;                      ///< euro
    double sample = 0, sample_error = 0;  ///< value of its sample (EVSI), with decisions as if they could be taken now
    double net = 0, net_error = 0;        ///< expected net benefit of sampling: with later decisions, less its cost and the loss by waiting
    double waiting = 0;                   ///< loss by waiting: the best decision now less the same later
};

/// The capacity behind the campaign: pairs with half as many course and work-based places again.
struct Relaxed {
    std::string option;
    OfPairs as_is, relaxed, gain;  ///< discounted technician-years in the regions; gain: difference of the two, draw by draw
    std::size_t draws = 0;
};

/// The conclusion: which decision has the highest expected net benefit, and how sure.
struct Conclusion {
    std::string decision;  ///< "nothing", the name of an option, or of a pilot
    bool pilot = false;
    double benefit = 0, error = 0;  ///< expected net benefit beside nothing
    double probability = 0;         ///< that it is the best of those that could be decided now (of nothing and options)
    bool clear = false;             ///< ahead of nothing (nothing: of every other) by more than twice its standard error
    std::string words;              ///< one plain paragraph
};

struct Appraisal {
    std::vector<double> thresholds;
    double threshold = 0;
    sim::Month entry, end;
    std::vector<OptionResult> options;
    std::vector<ResponseCurve> curves;
    double explained = 0;                              ///< share of the pairs' sum of squares that the response explains where a draw is left out
    Eigen::MatrixXd coefficients, coefficient_errors;  ///< of the response, by mechanism: of technician-years
    std::vector<double> perfect, perfect_error;        ///< value of perfect information by threshold of the grid
    double perfect_at = 0, perfect_at_error = 0;       ///< at the threshold
    std::vector<LinkValue> links;
    double assumed_share = 0;  ///< of the variance of the best campaign's net benefit: that of figures of the campaign's links whose prior is only assumed
    double campaign_value = 0, campaign_value_error = 0;  ///< of knowing all links of the campaign (those that a pilot measures)
    std::string piloted;
    double starters_effect = 0, starters_error = 0;  ///< expected, relative, in the first year
    Placebo placebo;
    std::vector<PilotResult> pilots;
    std::vector<SameMoneyResult> same_money;
    std::optional<Relaxed> relaxed;
    std::optional<SplitResult> split;
    Conclusion conclusion;
    std::vector<Unknown> unknowns;
    std::vector<std::int32_t> draws;                 ///< whose runs it rests on
    std::vector<std::vector<double>> years_by_draw;  ///< raw: by option and draw, discounted technician-years in the regions
    ParameterDraws drawn;
    models::Tables tables;
    std::vector<std::string> regions;
    double nation_per_region = 1;
    std::size_t runs = 0;
};

/// Runs of the first stage: options, relaxed links and other measures; and at most those of the check of the best split.
[[nodiscard]] std::size_t runs_of(const AppraisalOptions& options);

/// Nothing when stopped, or where single draws were asked for; what is in the log is not lost. Throws InputError where numbers make no sense or
/// memory holds no run.
[[nodiscard]] std::optional<Appraisal> appraise(const AppraisalOptions& options, const RunsWatch& watch);

}  // namespace experiments
