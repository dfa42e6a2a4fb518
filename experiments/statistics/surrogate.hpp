#pragma once
/// A surrogate of a sweep's outcome: what the model would give between the points of a design, with its error.
///
/// Method: a Gaussian process with a constant mean and a Matern 5/2 kernel of its own length in each direction, and chance (ordinary kriging; Rasmussen and
/// Williams 2006, Stein 1999). Lengths and the share of chance have the highest likelihood, mean and variance being profiled out, found by NLopt (L-BFGS).
/// Errors where points are left out in closed form (Dubrule 1983; for whole blocks Ginsbourger and Schaerer 2021), lengths staying as they are.

#include <cstddef>

#include <Eigen/Dense>

namespace experiments {

class Surrogate {
public:
    /// `places`: one row a point, one column an input, each in [0, 1]. `values`: one a point, finite, not all the same. `block`: so many points in a row belong
    /// together and are left out together. Throws InputError for fewer than 8 points, Bug where sizes differ.
    Surrogate(const Eigen::MatrixXd& places, const Eigen::VectorXd& values, Eigen::Index block = 1);

    struct Prediction {
        double mean = 0;
        /// Standard error of the expected outcome; chance of a run is not in it. Lengths are taken as known, so that it is a little small.
        double error = 0;
    };
    [[nodiscard]] Prediction at(const Eigen::VectorXd& place) const;

    /// Root mean square of the errors where a block is left out.
    [[nodiscard]] double error_left_out() const { return error_; }
    /// Share of the variance over the points that is explained where a block is left out; can be below 0.
    [[nodiscard]] double explained() const { return explained_; }
    /// Share of left-out values within their 95 % intervals, chance included.
    [[nodiscard]] double covered() const { return covered_; }
    /// Lengths by input, in widths of its range: where one is long the outcome hardly depends on it.
    [[nodiscard]] const Eigen::VectorXd& lengths() const { return lengths_; }
    /// Standard deviation of what is taken for chance.
    [[nodiscard]] double chance() const;

private:
    void leave_out(Eigen::Index block);
    [[nodiscard]] Eigen::VectorXd kernel(const Eigen::VectorXd& place) const;

    Eigen::MatrixXd places_;
    Eigen::VectorXd values_;  ///< standardised
    double centre_ = 0, unit_ = 1;
    Eigen::VectorXd lengths_;
    double chance_ = 0;  ///< variance of chance over that of the process
    double variance_ = 1, mean_ = 0;
    Eigen::MatrixXd inverse_;  ///< of the correlations
    Eigen::VectorXd weights_;  ///< inverse times what is left of the values
    double ones_ = 1;          ///< sum of the inverse
    double error_ = 0, explained_ = 0, covered_ = 0;
};

}  // namespace experiments
