#include "experiments/appraisal/pilot.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <fmt/format.h>
#include <boost/random/mersenne_twister.hpp>
#include <boost/random/uniform_int_distribution.hpp>

#include "experiments/statistics/strata.hpp"
#include "sim/error.hpp"

namespace experiments {
namespace {

constexpr int neighbours = 4;
constexpr double wanted_power = 0.8;

std::vector<char> lot_of(std::size_t units, std::size_t treated, boost::random::mt19937_64& engine) {
    std::vector<char> lot(units, 0);
    const auto order = shuffled(units, engine);
    for (std::size_t i = 0; i < treated; ++i) lot[order[i]] = 1;
    return lot;
}

double difference(const std::vector<double>& outcomes, const std::vector<char>& treated) {
    double sums[2] = {0, 0};
    std::size_t counts[2] = {0, 0};
    for (std::size_t u = 0; u < outcomes.size(); ++u) {
        sums[treated[u] != 0 ? 1 : 0] += outcomes[u];
        ++counts[treated[u] != 0 ? 1 : 0];
    }
    return sums[1] / static_cast<double>(counts[1]) - sums[0] / static_cast<double>(counts[0]);
}

/// Share of simulated pilots in which the test rejects.
double rejected(const PilotDesign& design, const PilotOptions& options, double spread, double effect, const std::vector<double>& placebo, std::uint64_t seed) {
    boost::random::mt19937_64 engine(seed);
    boost::random::uniform_int_distribution<std::size_t> any(0, placebo.size() - 1);
    std::size_t found = 0;
    std::vector<double> outcomes(design.units.count);
    const Lots lots = lots_of(design.units.count, design.treated, options.assignments, seed);
    for (std::size_t s = 0; s < options.simulated; ++s) {
        const auto lot = lot_of(design.units.count, design.treated, engine);
        const auto exposed = exposures_of(lot, design.units.commuting);
        for (std::size_t u = 0; u < outcomes.size(); ++u) outcomes[u] = spread * placebo[any(engine)] + effect * exposed[u];
        found += randomisation_p(outcomes, lot, lots) <= options.level ? 1 : 0;
    }
    return static_cast<double>(found) / static_cast<double>(options.simulated);
}

}  // namespace

const std::vector<PilotUnits>& pilot_units() {
    // Commuting: mean of what the table knows of COROP regions (Oost-Groningen 0.344, Delfzijl 0.438, Overig Groningen 0.216, and Groot-Rijnmond 0.198,
    // Zuid-Limburg 0.075, Zeeuws-Vlaanderen 0.136, IJmond 0.457, of 2014; jobs.csv commute_out_share) is 0.27. Of municipalities it knows Emmen (0.320), which
    // is large; for one of mean size more than half leave it.
    static const std::vector<PilotUnits> units{
        {"COROP regions", 40, 0.27,
         "derived: Statistics Netherlands, jobs by home and work region 2014 (data jobs.csv, commute_out_share), mean of seven COROP regions"},
        {"municipalities", 342, 0.55, "assumed, 0.45 to 0.65: Emmen has 0.32 (jobs.csv, commute_out_share) and is three times the mean size"}};
    return units;
}

std::string PilotDesign::text() const { return fmt::format("{} of {} {}, {} months", treated, units.count, units.name, months); }

double least_p(std::size_t units, std::size_t treated) {
    double log = 0;
    for (std::size_t i = 0; i < treated; ++i) log += std::log(static_cast<double>(units - i)) - std::log(static_cast<double>(i + 1));
    return std::exp(-log);
}

std::vector<double> exposures_of(const std::vector<char>& treated, double commuting) {
    const std::size_t n = treated.size();
    std::vector<double> found(n);
    for (std::size_t u = 0; u < n; ++u) {
        double around = 0;
        for (int step = 1; step <= neighbours / 2; ++step)
            around += treated[(u + static_cast<std::size_t>(step)) % n] + treated[(u + n - static_cast<std::size_t>(step)) % n];
        found[u] = (1 - commuting) * treated[u] + commuting * around / neighbours;
    }
    return found;
}

double attenuation_of(const PilotDesign& design, std::uint64_t seed) {
    boost::random::mt19937_64 engine(seed);
    constexpr int lots = 500;
    double sum = 0;
    for (int i = 0; i < lots; ++i) {
        const auto lot = lot_of(design.units.count, design.treated, engine);
        sum += difference(exposures_of(lot, design.units.commuting), lot);
    }
    return sum / lots;
}

Lots lots_of(std::size_t units, std::size_t treated, std::size_t lots, std::uint64_t seed) {
    boost::random::mt19937_64 engine(seed);
    std::vector<std::size_t> order(units);
    std::iota(order.begin(), order.end(), std::size_t{0});
    Lots found;
    for (std::size_t a = 0; a < lots; ++a) {
        for (std::size_t i = 0; i < treated; ++i) std::swap(order[i], order[boost::random::uniform_int_distribution<std::size_t>(i, units - 1)(engine)]);
        found.emplace_back(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(treated));
    }
    return found;
}

double randomisation_p(const std::vector<double>& outcomes, const std::vector<char>& treated, const Lots& lots) {
    const auto count = static_cast<std::size_t>(std::count(treated.begin(), treated.end(), char{1}));
    if (outcomes.size() != treated.size() || count == 0 || count == treated.size()) throw sim::Bug("a test of places that are all alike");
    const double seen = std::abs(difference(outcomes, treated));
    double whole = 0;
    for (const double y : outcomes) whole += y;
    const auto n1 = static_cast<double>(count), n0 = static_cast<double>(outcomes.size() - count);
    std::size_t as_far = 1;
    for (const auto& lot : lots) {
        double sum = 0;
        for (const std::size_t u : lot) sum += outcomes[u];
        // A little room for rounding: the same lot in another order counts as the same.
        as_far += std::abs(sum / n1 - (whole - sum) / n0) >= seen * (1 - 1e-12) ? 1 : 0;
    }
    return static_cast<double>(as_far) / static_cast<double>(lots.size() + 1);
}

PilotPower power_of(const PilotDesign& design, const PilotOptions& options, double spread, double effect, const std::vector<double>& placebo,
                    std::uint64_t seed) {
    if (design.treated == 0 || design.treated >= design.units.count) throw sim::Bug("a pilot that treats none or all");
    PilotPower found;
    found.spread = spread;
    found.error = spread * std::sqrt(1.0 / static_cast<double>(design.treated) + 1.0 / static_cast<double>(design.units.count - design.treated));
    found.attenuation = attenuation_of(design, seed);
    found.least_p = least_p(design.units.count, design.treated);
    found.size = rejected(design, options, spread, 0, placebo, seed);
    found.power = rejected(design, options, spread, effect, placebo, seed + 1);
    // The same simulated places serve every effect that is tried, so power rises with it.
    double low = 0, high = found.error / std::max(found.attenuation, 0.05);
    while (rejected(design, options, spread, high, placebo, seed + 2) < wanted_power && high < 1e3) high *= 2;
    for (int step = 0; step < 6; ++step) {
        const double middle = (low + high) / 2;
        (rejected(design, options, spread, middle, placebo, seed + 2) < wanted_power ? low : high) = middle;
    }
    found.detectable = high;
    return found;
}

Placebo placebo_of(const std::vector<std::vector<double>>& before, const std::vector<std::vector<double>>& during) {
    const std::size_t runs = before.size(), regions = runs > 0 ? before[0].size() : 0;
    if (runs < 2 || regions == 0 || during.size() != runs) throw sim::Bug("placebo runs that do not fit");
    std::vector<std::vector<double>> change(runs, std::vector<double>(regions)), sampling = change;
    std::vector<double> of_run(runs, 0), of_region(regions, 0);
    double all = 0;
    for (std::size_t i = 0; i < runs; ++i)
        for (std::size_t r = 0; r < regions; ++r) {
            const double a = std::max(before[i][r], 1.0), b = std::max(during[i][r], 1.0);
            change[i][r] = std::log(b / a);
            sampling[i][r] = 1 / a + 1 / b;
            of_run[i] += change[i][r] / static_cast<double>(regions);
            of_region[r] += change[i][r] / static_cast<double>(runs);
            all += change[i][r] / static_cast<double>(runs * regions);
        }
    if (regions == 1) std::fill(of_run.begin(), of_run.end(), all);
    Placebo found;
    double squares = 0;
    // A residual has lost part of its variance to the means that are taken off.
    const double kept = (1 - 1 / static_cast<double>(runs)) * (regions == 1 ? 1 : 1 - 1 / static_cast<double>(regions));
    for (std::size_t i = 0; i < runs; ++i)
        for (std::size_t r = 0; r < regions; ++r) {
            const double left = (change[i][r] - of_run[i] - of_region[r] + all) / std::sqrt(sampling[i][r] * kept);
            found.standardised.push_back(left);
            squares += left * left;
        }
    found.dispersion = squares / static_cast<double>(found.standardised.size());
    double mean = 0;
    for (const double z : found.standardised) mean += z / static_cast<double>(found.standardised.size());
    const double unit = std::sqrt(std::max(found.dispersion - mean * mean, 1e-300));
    for (auto& z : found.standardised) z = (z - mean) / unit;
    return found;
}

}  // namespace experiments
