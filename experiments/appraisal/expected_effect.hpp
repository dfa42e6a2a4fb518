#pragma once
/// What noisy pairs of runs say of an expected effect: a regression on what is not known, without a constant, so that nothing gives exactly nothing.
///
/// Method: net benefit is a regression on the unknowns (Strong, Oakley and Brennan 2014), never the raw outcome of a run. The effect is linear in features that
/// are 0 where nothing is spent, and what else is not known scales it: effect = (features b) (1 + others c). b = directions beta + delta: beta, how much there
/// is of an effect at all, is not penalised, so that noise does not shrink it to nothing; delta, by which single features differ from the directions, and c are
/// ridge regressions in units of each feature's root mean square, their penalties those with the least error where a whole group (a draw with all its budgets)
/// is left out; a penalty without end, which leaves them out, is among them. Standard errors by a bootstrap of whole groups at these penalties; where
/// directions were fitted themselves, each resample takes those of its own groups.

#include <cstddef>
#include <cstdint>
#include <vector>

#include <Eigen/Dense>

namespace experiments {

class ExpectedEffect {
public:
    ExpectedEffect() = default;
    /// `features`, `effects`: one row a pair of runs; effects: one column an outcome, of which the penalties are chosen on the first. `directions`: one row a
    /// feature; the identity leaves no feature to penalties. `others`: one row a pair, standardised columns; may have none. `group`: of each row, numbered from
    /// 0 on. `resampled_directions`: those of each resample, of a fit with the same groups and seed; none where they are known. Throws Bug where sizes differ
    /// or there are fewer than two groups.
    ExpectedEffect(const Eigen::MatrixXd& features, const Eigen::MatrixXd& directions, const Eigen::MatrixXd& others, const Eigen::MatrixXd& effects,
                   const std::vector<std::size_t>& group, std::size_t resamples, std::uint64_t seed,
                   const std::vector<Eigen::MatrixXd>& resampled_directions = {});
    /// One direction in which every feature counts alike, in units of its root mean square.
    [[nodiscard]] static Eigen::MatrixXd alike(const Eigen::MatrixXd& features);

    /// Expected effects, one row a row of features. `resample`: none, or the coefficients of one bootstrap sample.
    [[nodiscard]] Eigen::MatrixXd at(const Eigen::MatrixXd& features, const Eigen::MatrixXd& others, int resample = none) const;
    [[nodiscard]] std::size_t resamples() const { return resampled_.size(); }
    /// Coefficients of the features by outcome (of one bootstrap sample), and their bootstrap standard errors.
    [[nodiscard]] const Eigen::MatrixXd& coefficients(int resample = none) const {
        return resample == none ? fit_.b : resampled_.at(static_cast<std::size_t>(resample)).b;
    }
    [[nodiscard]] Eigen::MatrixXd errors() const;
    /// Share of the sum of squares of the first outcome that is explained where a group is left out; can be below 0.
    [[nodiscard]] double explained() const { return explained_; }
    /// Standard deviation of a pair's own chance, by outcome.
    [[nodiscard]] const Eigen::VectorXd& chance() const { return chance_; }

    static constexpr int none = -1;

private:
    struct Fit {
        Eigen::MatrixXd b;  ///< features x outcomes
        Eigen::VectorXd c;  ///< others
    };
    Fit fit_;
    std::vector<Fit> resampled_;
    double explained_ = 0;
    Eigen::VectorXd chance_;
};

}  // namespace experiments
