#include "experiments/calibration/posterior.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <utility>

#include <boost/random/mersenne_twister.hpp>
#include <boost/random/normal_distribution.hpp>
#include <boost/random/sobol.hpp>
#include <boost/random/uniform_01.hpp>
#include <nlopt.hpp>

#include "experiments/scenarios/prior.hpp"
#include "sim/error.hpp"
#include "sim/parallel.hpp"

namespace experiments {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr std::size_t chains = 8;
constexpr std::size_t burn_in = 4000;
constexpr std::size_t kept_steps = 6000;   ///< of each chain
constexpr std::size_t steps_a_draw = 400;  ///< of the short chain that ends in one draw
constexpr double furthest = 3.5;           ///< score beyond which no best point is looked for

/// Numbers of one chain. Chains have seeds of their own, so that threads do not matter.
class Draws {
public:
    Draws(std::uint64_t seed, std::uint64_t stream) : engine_(seed * 0x9E3779B97F4A7C15ULL + stream * 0xBF58476D1CE4E5B9ULL + 1) {}
    double uniform() { return boost::random::uniform_01<double>()(engine_); }
    VectorXd normal(Index count) {
        VectorXd z(count);
        for (Index i = 0; i < count; ++i) z[i] = normal_(engine_);
        return z;
    }

private:
    boost::random::mt19937_64 engine_;
    boost::random::normal_distribution<double> normal_;
};

/// Metropolis' random walk with normal steps of a given factor of the covariance.
class Walk {
public:
    using LogDensity = std::function<double(const VectorXd&)>;
    Walk(LogDensity log_density, VectorXd start, Draws& draws)
        : log_density_(std::move(log_density)), at_(std::move(start)), here_(log_density_(at_)), draws_(draws) {}
    bool step(const MatrixXd& factor, double size) {
        const VectorXd next = at_ + size * (factor * draws_.normal(factor.cols()));
        const double there = log_density_(next);
        if (!(std::log(draws_.uniform()) < there - here_)) return false;
        at_ = next;
        here_ = there;
        return true;
    }
    [[nodiscard]] const VectorXd& at() const { return at_; }

private:
    LogDensity log_density_;
    VectorXd at_;
    double here_;
    Draws& draws_;
};

MatrixXd covariance_of(const MatrixXd& sample) {
    const MatrixXd centred = sample.rowwise() - sample.colwise().mean();
    return centred.transpose() * centred / static_cast<double>(std::max<Index>(sample.rows() - 1, 1));
}

MatrixXd factor_of(const MatrixXd& covariance) {
    const Index d = covariance.rows();
    return Eigen::LLT<MatrixXd>(covariance + 1e-9 * MatrixXd::Identity(d, d)).matrixL();
}

/// The usual size of steps of a random walk in so many dimensions (Roberts, Gelman and Gilks 1997).
double step_size(Index parameters) { return 2.38 / std::sqrt(static_cast<double>(std::max<Index>(parameters, 1))); }

/// One chain: burn-in that learns the shape, then the kept points.
MatrixXd chain_of(const Fit& fit, std::uint64_t seed, std::uint64_t number) {
    const Index d = fit.emulators().parameters();
    Draws draws(seed, number);
    Walk walk([&](const VectorXd& z) { return fit.log_posterior(z); }, draws.normal(d), draws);
    MatrixXd factor = MatrixXd::Identity(d, d);
    double size = 0.3 * step_size(d);
    MatrixXd seen(burn_in, d);
    constexpr std::size_t learn_every = 500;
    std::size_t moved = 0;
    for (std::size_t s = 0; s < burn_in; ++s) {
        moved += walk.step(factor, size);
        seen.row(static_cast<Index>(s)) = walk.at().transpose();
        if ((s + 1) % learn_every != 0) continue;
        size *= std::clamp(static_cast<double>(moved) / static_cast<double>(learn_every) / 0.25, 0.3, 3.0);
        moved = 0;
        if (s + 1 >= 2 * learn_every) factor = factor_of(covariance_of(seen.middleRows(static_cast<Index>((s + 1) / 2), static_cast<Index>((s + 1) / 2))));
    }
    MatrixXd kept(kept_steps, d);
    for (std::size_t s = 0; s < kept_steps; ++s) {
        walk.step(factor, size);
        kept.row(static_cast<Index>(s)) = walk.at().transpose();
    }
    return kept;
}

/// Potential scale reduction of one parameter.
double scale_reduction(const std::vector<MatrixXd>& all, Index parameter) {
    const auto n = static_cast<double>(kept_steps);
    VectorXd means(static_cast<Index>(all.size()));
    double within = 0;
    for (std::size_t c = 0; c < all.size(); ++c) {
        const VectorXd column = all[c].col(parameter);
        means[static_cast<Index>(c)] = column.mean();
        within += (column.array() - column.mean()).square().sum() / (n - 1) / static_cast<double>(all.size());
    }
    const double between = (means.array() - means.mean()).square().sum() / static_cast<double>(all.size() - 1);
    return std::sqrt(((n - 1) / n * within + between) / within);
}

bool inside(const std::vector<Fit>& cuts, const VectorXd& z, double cut, int rank) {
    return std::all_of(cuts.begin(), cuts.end(), [&](const Fit& fit) { return fit.implausibility(z, rank) <= cut; });
}

}  // namespace

Fit::Fit(Emulators emulators, VectorXd observed, const MatrixXd& covariance)
    : emulators_(std::move(emulators)), observed_(std::move(observed)), deviation_(covariance.diagonal().cwiseSqrt()), factor_(covariance) {
    if (factor_.info() != Eigen::Success) throw sim::Bug("the covariance of the moments is not positive definite");
}

double Fit::log_posterior(const VectorXd& scores) const {
    const VectorXd standard = factor_.matrixL().solve(residual(scores));
    return -0.5 * (scores.squaredNorm() + standard.squaredNorm());
}

VectorXd Fit::implausibility(const VectorXd& scores) const { return residual(scores).cwiseAbs().cwiseQuotient(deviation_); }

double Fit::implausibility(const VectorXd& scores, int rank) const {
    VectorXd all = implausibility(scores);
    const auto nth = all.data() + std::min<Index>(rank, all.size()) - 1;
    std::nth_element(all.data(), nth, all.data() + all.size(), std::greater<>());
    return *nth;
}

MatrixXd Fit::standard_jacobian(const VectorXd& scores) const { return factor_.matrixL().solve(emulators_.jacobian(scores)); }

Posterior posterior_of(const Fit& fit, std::size_t draws, std::uint64_t seed) {
    const Index d = fit.emulators().parameters();
    std::vector<MatrixXd> all(chains);
    sim::for_each_task(chains, [&](std::size_t c) { all[c] = chain_of(fit, seed, c + 1); });
    MatrixXd pooled(static_cast<Index>(chains * kept_steps), d);
    for (std::size_t c = 0; c < chains; ++c) pooled.middleRows(static_cast<Index>(c * kept_steps), static_cast<Index>(kept_steps)) = all[c];

    Posterior result;
    const MatrixXd covariance = covariance_of(pooled);
    const VectorXd middle = pooled.colwise().mean();
    result.spread = covariance.diagonal().cwiseSqrt();
    result.shift = middle;
    std::vector<Index> kept;  // identified
    for (Index k = 0; k < d; ++k) {
        result.convergence = std::max(result.convergence, scale_reduction(all, k));
        result.identified.push_back(result.spread[k] <= identified_below);
        if (result.identified.back()) kept.push_back(k);
    }
    const auto few = static_cast<Index>(kept.size());
    MatrixXd part(few, few);
    for (Index i = 0; i < few; ++i)
        for (Index j = 0; j < few; ++j) part(i, j) = covariance(kept[static_cast<std::size_t>(i)], kept[static_cast<std::size_t>(j)]);
    const MatrixXd factor = factor_of(part);
    result.draws.resize(static_cast<Index>(draws), d);
    sim::for_each_task(draws, [&](std::size_t i) {
        Draws numbers(seed, chains + 1 + i);
        VectorXd z = numbers.normal(d);  // of parameters that keep their priors
        const auto filled = [&](const VectorXd& some) {
            VectorXd whole = z;
            for (Index k = 0; k < few; ++k) whole[kept[static_cast<std::size_t>(k)]] = some[k];
            return whole;
        };
        if (few > 0) {
            VectorXd start(few);
            for (Index k = 0; k < few; ++k) start[k] = middle[kept[static_cast<std::size_t>(k)]];
            Walk walk([&](const VectorXd& some) { return fit.log_posterior(filled(some)); }, start, numbers);
            for (std::size_t s = 0; s < steps_a_draw; ++s) walk.step(factor, (s % 4 == 0 ? 0.3 : 1) * step_size(few));  // small steps too, for narrow corners
            z = filled(walk.at());
        }
        result.draws.row(static_cast<Index>(i)) = z.transpose();
    });
    return result;
}

VectorXd best_scores(const Fit& fit, const VectorXd& start, const std::vector<bool>& free) {
    std::vector<Index> kept;
    for (std::size_t k = 0; k < free.size(); ++k)
        if (free[k]) kept.push_back(static_cast<Index>(k));
    if (kept.empty()) return start;
    const auto filled = [&](const std::vector<double>& some) {
        VectorXd z = start;
        for (std::size_t k = 0; k < kept.size(); ++k) z[kept[k]] = some[k];
        return z;
    };
    using Aim = std::function<double(const std::vector<double>&)>;
    Aim aim = [&](const std::vector<double>& some) { return fit.log_posterior(filled(some)); };
    // BOBYQA needs two parameters or more; one alone goes by a simplex.
    nlopt::opt search(kept.size() > 1 ? nlopt::LN_BOBYQA : nlopt::LN_NELDERMEAD, static_cast<unsigned>(kept.size()));
    search.set_max_objective([](const std::vector<double>& x, std::vector<double>&, void* data) { return (*static_cast<Aim*>(data))(x); }, &aim);
    search.set_lower_bounds(-furthest);
    search.set_upper_bounds(furthest);
    search.set_xtol_abs(1e-6);
    search.set_maxeval(20'000);
    std::vector<double> at;
    for (const Index k : kept) at.push_back(std::clamp(start[k], -furthest, furthest));
    double highest = aim(at);
    std::vector<double> best = at;
    try {
        search.optimize(at, highest);
        best = at;
    } catch (const nlopt::roundoff_limited&) {
        best = at;  // as near as rounding allows
    }
    return filled(best);
}

Design sobol_design(Index parameters, std::size_t count, const std::vector<Fit>& cuts, double cut, int rank, std::size_t most_tried) {
    boost::random::sobol sequence(static_cast<std::size_t>(parameters));
    const double span = static_cast<double>(boost::random::sobol::max()) + 1;
    const std::size_t batch = 4096;  // tried together, by all threads
    Design design;
    while (design.tried < most_tried && (design.points.size() < count || !cuts.empty())) {
        std::vector<VectorXd> points(std::min({batch, most_tried - design.tried, cuts.empty() ? count - design.points.size() : batch}), VectorXd(parameters));
        for (auto& point : points)
            for (Index k = 0; k < parameters; ++k) point[k] = normal_score((static_cast<double>(sequence()) + 0.5) / span);
        std::vector<char> in(points.size());
        sim::for_each_task(points.size(), [&](std::size_t i) { in[i] = points[i].cwiseAbs().maxCoeff() < furthest && inside(cuts, points[i], cut, rank); });
        for (std::size_t i = 0; i < points.size(); ++i) {
            if (!in[i]) continue;
            ++design.taken;
            if (design.points.size() < count) design.points.push_back(points[i]);
        }
        design.tried += points.size();
    }
    return design;
}

std::vector<VectorXd> walked_design(Index parameters, std::size_t count, const std::vector<Fit>& cuts, double cut, int rank, std::uint64_t seed) {
    constexpr std::size_t walks = 16, to_find = 6000, between = 60;
    const std::size_t each = (count + walks - 1) / walks;
    std::vector<std::vector<VectorXd>> found(walks);
    sim::for_each_task(walks, [&](std::size_t w) {
        Draws draws(seed, 1'000'000 + w);
        // Outside the region the density falls with the implausibility above the cut, which leads the walk in.
        const auto excess = [&](const VectorXd& z) {
            double most = 0;
            for (const auto& fit : cuts) most = std::max(most, fit.implausibility(z, rank) - cut);
            return most;
        };
        Walk walk([&](const VectorXd& z) { return -0.5 * z.squaredNorm() - 20 * std::max(0.0, excess(z)); }, VectorXd::Zero(parameters), draws);
        const MatrixXd factor = MatrixXd::Identity(parameters, parameters);
        double size = step_size(parameters) * 0.5;
        std::size_t moved = 0;
        for (std::size_t s = 1; s <= to_find; ++s) {
            moved += walk.step(factor, size);
            if (s % 200 != 0) continue;
            size *= std::clamp(static_cast<double>(moved) / 200 / 0.25, 0.5, 1.5);
            moved = 0;
        }
        for (std::size_t s = 1; s <= each * between * 4 && found[w].size() < each; ++s) {
            walk.step(factor, size);
            if (s % between == 0 && excess(walk.at()) <= 0 && walk.at().cwiseAbs().maxCoeff() < furthest) found[w].push_back(walk.at());
        }
    });
    std::vector<VectorXd> points;
    for (const auto& some : found)
        for (const auto& point : some)
            if (points.size() < count) points.push_back(point);
    return points;
}

}  // namespace experiments
