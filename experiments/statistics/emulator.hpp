#pragma once
/// Emulators: what a run would give at scores of the parameters where nothing was run. One quadratic surface a moment.
///
/// Method: ridge regression on Hermite polynomials up to the second order, which are orthogonal under the prior; the penalty with the least leave-one-out error
/// (Craven and Wahba 1979 for the shortcut). Scores are standard normal under the prior.

#include <Eigen/Dense>

namespace experiments {

class Emulators {
public:
    Emulators() = default;
    /// `scores`: one row a run, one column a parameter. `moments`: one row a run, one column a moment. Throws Bug where the rows differ or there are fewer
    /// than 3.
    Emulators(const Eigen::MatrixXd& scores, const Eigen::MatrixXd& moments);

    [[nodiscard]] Eigen::VectorXd at(const Eigen::VectorXd& scores) const;
    /// Derivatives of the moments (rows) by the scores (columns).
    [[nodiscard]] Eigen::MatrixXd jacobian(const Eigen::VectorXd& scores) const;
    /// Root mean square of the leave-one-out errors of each moment.
    [[nodiscard]] const Eigen::VectorXd& error() const { return error_; }
    /// Share of the variance over the runs that is explained where a run itself is left out, by moment; can be below 0.
    [[nodiscard]] const Eigen::VectorXd& explained() const { return explained_; }
    [[nodiscard]] Eigen::Index parameters() const { return parameters_; }
    [[nodiscard]] Eigen::Index moments() const { return coefficients_.cols(); }

    /// Coefficients of one moment: 1, then the parameters, then their squares and products.
    [[nodiscard]] static Eigen::Index coefficients_of(Eigen::Index parameters) { return (parameters + 1) * (parameters + 2) / 2; }

private:
    Eigen::Index parameters_ = 0;
    Eigen::MatrixXd coefficients_;  ///< one column a moment
    Eigen::VectorXd error_, explained_;
};

}  // namespace experiments
