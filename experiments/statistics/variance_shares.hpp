#pragma once
/// Which inputs the variance of an output comes from, where there are nearly as many inputs as runs.
///
/// Method: forward selection of slopes, and of curvatures of what has a slope, with the entry threshold of the risk inflation criterion (Foster and George
/// 1994), so that among pure noise hardly anything enters. Shares are covariances of an input's part of the surface with the output, over the output's variance
/// (Li and others 2010): first-order Sobol' indices where inputs are independent, and for inputs that go together (posterior draws) they still add up. Each run
/// counts with a surface that was selected and fitted without it (ten folds), so that a share is not flattered by the search.

#include <cstddef>
#include <vector>

#include <Eigen/Dense>

namespace experiments {

/// What one input does to one output.
struct VarianceShare {
    std::size_t input = 0;
    double share = 0;  ///< of the output's variance, from 0 to 1
    double error = 0;  ///< standard error of it
    double slope = 0;  ///< change of the output for a standard deviation of the input (of its first column)
};

struct VarianceShares {
    double mean = 0, deviation = 0;     ///< of the output over runs
    std::vector<VarianceShare> inputs;  ///< those that have a share, the largest first
    double rest = 0;                    ///< neither explained by single inputs nor chance: interactions, other curvature, inputs too weak to be told from noise
    double chance = 0;                  ///< of runs with the same inputs; all shares, the rest and chance add up to 1
};

/// Shares of one output. `values`: one row a run, one column a value of an input; `input_of`: the input of each column, so that several columns can stand for
/// one input. `curved`: whether a column may have a curvature. `chance`: variance of the output over runs with the same inputs. Where estimates add up to more
/// than 1, chance and then the inputs give way. Throws Bug where sizes differ or there are fewer than 20 runs.
[[nodiscard]] VarianceShares variance_shares(const Eigen::MatrixXd& values, const std::vector<std::size_t>& input_of, const std::vector<bool>& curved,
                                             const Eigen::VectorXd& output, double chance);

}  // namespace experiments
