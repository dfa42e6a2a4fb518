#pragma once
/// What observed moments say of the parameters, by way of emulators: implausibility, posterior draws, the best point, what is not identified.
///
/// Scores of the parameters are standard normal under the prior. Moments are taken as normal around the emulated ones. Implausibility and waves: Craig,
/// Goldstein, Seheult and Smith 1997; Vernon, Goldstein and Bower 2010.

#include <cstddef>
#include <cstdint>
#include <vector>

#include <Eigen/Dense>

#include "experiments/statistics/emulator.hpp"

namespace experiments {

/// Observed moments beside emulated ones.
class Fit {
public:
    /// `covariance` holds everything that sets an observed moment apart from the emulated one: sampling, discrepancy, chance of a run, error of the emulator,
    /// regions' effects. It must be positive definite.
    Fit(Emulators emulators, Eigen::VectorXd observed, const Eigen::MatrixXd& covariance);

    [[nodiscard]] const Emulators& emulators() const { return emulators_; }
    [[nodiscard]] Eigen::VectorXd residual(const Eigen::VectorXd& scores) const { return observed_ - emulators_.at(scores); }
    /// Logarithm of prior times likelihood, less a constant.
    [[nodiscard]] double log_posterior(const Eigen::VectorXd& scores) const;
    /// Distance of each moment in its own standard deviations.
    [[nodiscard]] Eigen::VectorXd implausibility(const Eigen::VectorXd& scores) const;
    /// The `rank`-th highest of them.
    [[nodiscard]] double implausibility(const Eigen::VectorXd& scores, int rank) const;
    /// Jacobian of the moments by the scores, in standard deviations of independent errors: its singular values say how far the data reach beyond the prior.
    [[nodiscard]] Eigen::MatrixXd standard_jacobian(const Eigen::VectorXd& scores) const;
    /// The inverse of the covariance times a vector.
    [[nodiscard]] Eigen::VectorXd weighed(const Eigen::VectorXd& residual) const { return factor_.solve(residual); }

private:
    Emulators emulators_;
    Eigen::VectorXd observed_, deviation_;
    Eigen::LLT<Eigen::MatrixXd> factor_;
};

/// Posterior spread over prior spread above which a parameter counts as not identified and keeps its prior.
inline constexpr double identified_below = 0.7;

struct Posterior {
    Eigen::MatrixXd draws;         ///< scores: one row a draw, one column a parameter
    Eigen::VectorXd spread;        ///< posterior over prior standard deviation, before anything keeps its prior
    Eigen::VectorXd shift;         ///< posterior mean in prior standard deviations, before too
    std::vector<bool> identified;  ///< by parameter
    double convergence = 0;        ///< largest potential scale reduction over chains (Gelman and Rubin 1992); near 1 is good
};

/// Draws from the posterior. Parameters that the data do not identify are drawn from their priors, and the others given those. Every draw is independent of the
/// others and depends on `seed` alone, not on threads.
[[nodiscard]] Posterior posterior_of(const Fit& fit, std::size_t draws, std::uint64_t seed);

/// The scores with the highest posterior density, by NLopt (BOBYQA, Powell 2009), where those not `free` stay at `start`.
[[nodiscard]] Eigen::VectorXd best_scores(const Fit& fit, const Eigen::VectorXd& start, const std::vector<bool>& free);

/// Scores of a design: the first `count` points of a Sobol' sequence under the prior that lie inside all cuts; fewer where `most_tried` points
/// hold no more.
struct Design {
    std::vector<Eigen::VectorXd> points;
    std::size_t tried = 0, taken = 0;  ///< over all tried points
};
[[nodiscard]] Design sobol_design(Eigen::Index parameters, std::size_t count, const std::vector<Fit>& cuts, double cut, int rank, std::size_t most_tried);

/// Points inside all cuts by a random walk, where the region is too small a part of the prior for a design; fewer than `count` where none is found.
[[nodiscard]] std::vector<Eigen::VectorXd> walked_design(Eigen::Index parameters, std::size_t count, const std::vector<Fit>& cuts, double cut, int rank,
                                                         std::uint64_t seed);

}  // namespace experiments
