#pragma once
/// What it is worth to know more before a decision: perfect information, in all and of some unknowns, and the sample of a pilot.
///
/// Method: benefits are expected ones, fitted by regression on the unknowns (Strong, Oakley and Brennan 2014), at a sample of these; what is expected given
/// some of them, or given a pilot's summary, is a second regression (quadratic in normal scores; linear in many), whose fit cuts the sample into cells that lie
/// together in what they decide, and in each the benefits' own mean counts. Means of cells keep the whole's mean and Jensen's inequality holds for them in the
/// sample itself: 0 <= value of the pilot <= value of what it measures <= value of everything, exactly.

#include <cstddef>

#include <Eigen/Dense>

namespace experiments {

/// Cells that a sample is cut into, about. Fewer lose some of what could be known; more let chance in the cells' means pass for knowledge.
inline constexpr std::size_t usual_cells = 16;

/// Expected net benefit of deciding with knowledge of the row less that of the best decision without: the mean of each row's highest less the highest mean.
/// `benefits`: one row a sample, one column a decision. Not below 0.
[[nodiscard]] double value_of_deciding(const Eigen::MatrixXd& benefits);

/// Expected benefits given what is known, row by row: means of cells. `known`: one row a sample; without columns nothing is known.
[[nodiscard]] Eigen::MatrixXd expected_given(const Eigen::MatrixXd& benefits, const Eigen::MatrixXd& known, std::size_t cells = usual_cells);

/// The same where the fit is known already: `fit` is the expectation given what is known, row by row, but for what its cells' means put right.
[[nodiscard]] Eigen::MatrixXd means_of_cells(const Eigen::MatrixXd& benefits, const Eigen::MatrixXd& fit, std::size_t cells = usual_cells);

/// The decision with the highest mean.
[[nodiscard]] Eigen::Index best_decision(const Eigen::MatrixXd& benefits);

}  // namespace experiments
