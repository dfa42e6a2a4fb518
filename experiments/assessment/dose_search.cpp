#include "experiments/assessment/dose_search.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <Eigen/Dense>
#include <boost/random/sobol.hpp>
#include <nlopt.hpp>

#include "experiments/statistics/emulator.hpp"
#include "sim/error.hpp"

namespace experiments {
namespace {

/// Strengths below are none: a measure that hardly acts still has to be set up.
constexpr double least_strength = 0.02;
/// Two mixes are one where no strength differs by more.
constexpr double alike = 0.01;

/// Uniform strengths with mean 0 and variance 1, as the emulator's polynomials expect of scores.
Eigen::VectorXd scores_of(const std::vector<double>& strengths) {
    Eigen::VectorXd scores(static_cast<Eigen::Index>(strengths.size()));
    for (std::size_t p = 0; p < strengths.size(); ++p) scores[static_cast<Eigen::Index>(p)] = (strengths[p] - 0.5) * std::sqrt(12.0);
    return scores;
}

/// Gap (0) and cost (1) over the strengths. Each is fitted in units of its spread, so that one step of the search means as much in both.
class Surfaces {
public:
    explicit Surfaces(const std::vector<TriedMix>& tried) {
        const auto n = static_cast<Eigen::Index>(tried.size());
        Eigen::MatrixXd scores(n, static_cast<Eigen::Index>(tried.front().strengths.size())), outcomes(n, 2);
        for (Eigen::Index i = 0; i < n; ++i) {
            const auto& mix = tried[static_cast<std::size_t>(i)];
            scores.row(i) = scores_of(mix.strengths).transpose();
            outcomes.row(i) << mix.outcome.gap, mix.outcome.cost;
        }
        level_ = outcomes.colwise().mean();
        spread_ = ((outcomes.rowwise() - level_).array().square().colwise().mean()).sqrt();
        for (Eigen::Index j = 0; j < 2; ++j)
            if (!(spread_[j] > 0)) spread_[j] = 1;
        surfaces_ = Emulators(scores, (outcomes.rowwise() - level_).array().rowwise() / spread_.array());
    }
    [[nodiscard]] MixOutcome at(const std::vector<double>& strengths) const {
        const Eigen::VectorXd found = surfaces_.at(scores_of(strengths));
        return {level_[0] + spread_[0] * found[0], level_[1] + spread_[1] * found[1]};
    }
    /// Least cost with a gap of at most `most`, from a mix on.
    [[nodiscard]] std::vector<double> cheapest(std::vector<double> from, double most) const {
        struct Aim {
            const Surfaces& surfaces;
            double most;
        } aim{*this, most};
        nlopt::opt search(nlopt::LN_COBYLA, static_cast<unsigned>(from.size()));
        search.set_min_objective(
            [](const std::vector<double>& x, std::vector<double>&, void* data) {
                const auto& a = *static_cast<const Aim*>(data);
                return (a.surfaces.at(x).cost - a.surfaces.level_[1]) / a.surfaces.spread_[1];
            },
            &aim);
        search.add_inequality_constraint(
            [](const std::vector<double>& x, std::vector<double>&, void* data) {
                const auto& a = *static_cast<const Aim*>(data);
                return (a.surfaces.at(x).gap - a.most) / a.surfaces.spread_[0];
            },
            &aim, 1e-9);
        search.set_lower_bounds(0);
        search.set_upper_bounds(1);
        search.set_initial_step(0.2);
        search.set_xtol_abs(1e-4);
        search.set_maxeval(5000);
        double least = 0;
        try {
            search.optimize(from, least);
        } catch (const nlopt::roundoff_limited&) {
            // as near as rounding allows
        }
        for (auto& strength : from) strength = strength < least_strength ? 0 : std::min(strength, 1.0);
        return from;
    }

private:
    Emulators surfaces_;
    Eigen::RowVectorXd level_, spread_;
};

bool same_mix(const std::vector<double>& a, const std::vector<double>& b) {
    for (std::size_t p = 0; p < a.size(); ++p)
        if (std::abs(a[p] - b[p]) > alike) return false;
    return true;
}

}  // namespace

std::vector<std::vector<double>> first_mixes(const DoseSearch& search) {
    std::vector<std::vector<double>> mixes;
    for (std::size_t p = 0; p < search.players; ++p) {
        mixes.emplace_back(search.players, 1.0);
        mixes.back()[p] = 0;
    }
    boost::random::sobol sequence(search.players);
    const double span = static_cast<double>(boost::random::sobol::max()) + 1;
    while (mixes.size() < search.mixes) {
        auto& mix = mixes.emplace_back();
        for (std::size_t p = 0; p < search.players; ++p) mix.push_back((static_cast<double>(sequence()) + 0.5) / span);
    }
    return mixes;
}

std::size_t most_mixes(const DoseSearch& search) { return first_mixes(search).size() + search.checks; }

std::optional<MixSearchResult> search_doses(const DoseSearch& search, const MixOutcome& strongest, const MixOutcome& none, const RunMixes& run) {
    if (strongest.gap > search.goal || none.gap <= search.goal)
        throw sim::Bug("a search for doses where the strongest do not close the gap, or none are needed");
    MixSearchResult result;
    result.tried.push_back({std::vector<double>(search.players, 1.0), strongest});
    result.tried.push_back({std::vector<double>(search.players, 0.0), none});
    result.expected = strongest;
    const auto add = [&](const std::vector<std::vector<double>>& mixes) {
        const auto outcomes = run(mixes);
        if (!outcomes) return false;
        for (std::size_t i = 0; i < mixes.size(); ++i) {
            result.tried.push_back({mixes[i], (*outcomes)[i]});
            const auto& best = result.tried[result.best].outcome;
            const auto& last = result.tried.back().outcome;
            if (last.gap <= search.goal && last.cost < best.cost) {
                result.best = result.tried.size() - 1;
                result.expected = last;
            }
        }
        return true;
    };
    if (!add(first_mixes(search))) return std::nullopt;
    double missed = 0;  // by which the gap's surface was too hopeful
    for (std::size_t check = 0; check < search.checks; ++check) {
        const Surfaces surfaces(result.tried);
        const double most = search.goal - missed;
        std::vector<double> found;
        MixOutcome expected{0, std::numeric_limits<double>::infinity()};
        for (const auto& mix : result.tried) {
            if (mix.outcome.gap > search.goal) continue;
            const auto there = surfaces.cheapest(mix.strengths, most);
            const auto outcome = surfaces.at(there);
            const double slack = 1e-6 * std::max(1.0, std::abs(most)) + 1e-3 * std::abs(strongest.gap - most);
            if (outcome.gap > most + slack || !(outcome.cost < expected.cost)) continue;
            found = there;
            expected = outcome;
        }
        if (found.empty()) break;
        if (std::any_of(result.tried.begin(), result.tried.end(), [&](const TriedMix& mix) { return same_mix(mix.strengths, found); })) break;
        const std::size_t best = result.best;
        if (!add({found})) return std::nullopt;
        if (result.best != best) result.expected = expected;
        missed = std::max(missed, result.tried.back().outcome.gap - expected.gap);
    }
    return result;
}

}  // namespace experiments
