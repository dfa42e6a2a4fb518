#pragma once
/// A pilot: some places get the campaign first, by lot, and what becomes of them is compared with the others. Its power before it is run.
///
/// Units are smaller than the model's seven regions (three of seven treated can never give p below 1/35). The model has no people by such a unit, so the
/// outcome of a unit is said by a stated law around the simulated effect: the log of its starters (people who begin technical or ICT education or a side-entry
/// course) in the months of the pilot over those of the year before is a common trend, chance, and the effect times the unit's exposure. The spread of chance
/// is that of the regions between placebo runs (no campaign anywhere), brought from a region's starters to a unit's, and what real places differ by besides.
///
/// Spill-over: of a unit's people a share works elsewhere, where the campaign may run or not, and meets it there or not. Exposure is the share of the unit's
/// people and work places that are treated; so the difference between treated and control places is smaller than the effect: attenuation.
///
/// Method: randomisation inference with the difference in means (Fisher 1935; Imbens and Rubin 2015, chapter 5), its size from placebo draws.

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "experiments/scenarios/quantity.hpp"

namespace experiments {

/// Kind of places.
struct PilotUnits {
    std::string name;
    std::size_t count = 0;  ///< in the nation
    double commuting = 0;   ///< share of residents who work in another unit
    std::string source;
};
/// COROP regions and municipalities.
[[nodiscard]] const std::vector<PilotUnits>& pilot_units();

struct PilotOptions {
    std::vector<double> treated{0.25, 0.5};  ///< shares of places that get the campaign first
    double measuring = 250000;               ///< euro, whatever the size; assumed
    int analysis = 6;                        ///< months from the end of the pilot to the decision
    /// Standard deviation between places of the yearly change in log starters that comes of the places, not of sampling people. Derived: that of the change in
    /// the technical share of vmbo third-years around the mean of six regions, 2018/19 to 2022/23 (gaps.csv, vmbo_year3_tech_share; 0.103, of which sampling is
    /// little).
    double place_spread = 0.1;
    double level = 0.05;            ///< of the test, two-sided
    std::size_t assignments = 199;  ///< by lot, of the randomisation test
    std::size_t simulated = 400;    ///< outcomes, for size and power
};

/// One way to do it.
struct PilotDesign {
    PilotUnits units;
    std::size_t treated = 0;  ///< places
    int months = 12;
    [[nodiscard]] std::string text() const;
};

/// Smallest p that a test of all assignments can give: one over their number (and no less than 0 where that is beyond all counting).
[[nodiscard]] double least_p(std::size_t units, std::size_t treated);

/// Share of the places' people and work places that a lot treats, by place; neighbours stand in a ring, and commuters go to the nearest four alike.
[[nodiscard]] std::vector<double> exposures_of(const std::vector<char>& treated, double commuting);

/// What the difference between treated and control places is of the effect, on average over lots.
[[nodiscard]] double attenuation_of(const PilotDesign& design, std::uint64_t seed);

/// Lots: the treated places of each.
using Lots = std::vector<std::vector<std::size_t>>;
[[nodiscard]] Lots lots_of(std::size_t units, std::size_t treated, std::size_t lots, std::uint64_t seed);

/// Two-sided p of the difference in means under lots with as many treated places. The lot itself counts, so that p is at least 1 / (lots + 1).
[[nodiscard]] double randomisation_p(const std::vector<double>& outcomes, const std::vector<char>& treated, const Lots& lots);

/// How good a design is.
struct PilotPower {
    double spread = 0;  ///< standard deviation of a place's log starters by chance
    double error = 0;   ///< standard error of the estimated effect (before attenuation is undone)
    double attenuation = 1;
    double least_p = 0;
    double size = 0;        ///< share of placebo outcomes that the test rejects
    double power = 0;       ///< at the expected effect
    double detectable = 0;  ///< effect (log starters) that is found with a chance of 80 %
};

/// `effect`: expected, in log starters. `placebo`: chance of places, standardised, drawn with replacement.
[[nodiscard]] PilotPower power_of(const PilotDesign& design, const PilotOptions& options, double spread, double effect, const std::vector<double>& placebo,
                                  std::uint64_t seed);

/// From placebo runs: log changes of starters by run and region, and starters behind them (agents). What is left when runs' and regions' own means are taken
/// off, standardised by the sampling that so many starters make. Of one region alone there is no mean of a run to take off: what the draws of the parameters do
/// to it counts as chance.
struct Placebo {
    double dispersion = 1;             ///< variance of a log change is dispersion x (1/starters before + 1/starters in the pilot)
    std::vector<double> standardised;  ///< residuals with mean 0 and variance 1
};
[[nodiscard]] Placebo placebo_of(const std::vector<std::vector<double>>& before, const std::vector<std::vector<double>>& during);

}  // namespace experiments
