#include "experiments/statistics/variance_shares.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "sim/error.hpp"

namespace experiments {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr Index folds = 10;
/// A column with less variance than this is no input at all.
constexpr double no_variance = 1e-20;

/// Mean 0 and standard deviation 1; a column that does not vary is 0.
void standardise(MatrixXd& columns) {
    for (Index j = 0; j < columns.cols(); ++j) {
        columns.col(j).array() -= columns.col(j).mean();
        const double size = columns.col(j).squaredNorm() / static_cast<double>(columns.rows());
        if (size > no_variance)
            columns.col(j) /= std::sqrt(size);
        else
            columns.col(j).setZero();
    }
}

/// Every column, then what its square has beside it.
MatrixXd features_of(const MatrixXd& values, const std::vector<bool>& curved) {
    MatrixXd slopes = values;
    standardise(slopes);
    MatrixXd curvatures = MatrixXd::Zero(values.rows(), values.cols());
    for (Index j = 0; j < values.cols(); ++j) {
        if (!curved[static_cast<std::size_t>(j)]) continue;
        VectorXd square = slopes.col(j).array().square();
        square.array() -= square.mean();
        curvatures.col(j) = square - slopes.col(j) * (slopes.col(j).dot(square) / static_cast<double>(values.rows()));
    }
    standardise(curvatures);
    MatrixXd features(values.rows(), 2 * values.cols());
    features << slopes, curvatures;
    return features;
}

/// A linear surface on some of the features.
struct Surface {
    std::vector<Index> features;
    VectorXd middle, slope;  ///< of these features
};

Surface selected_surface(const MatrixXd& features, const VectorXd& output) {
    const Index n = features.rows(), slopes = features.cols() / 2;
    const double enter = 2 * std::log(static_cast<double>(std::max<Index>(slopes, 2)));
    const VectorXd middle = features.colwise().mean();
    // What is left of candidates and output beside the features that are in.
    MatrixXd left = features.rowwise() - middle.transpose();
    VectorXd residual = output.array() - output.mean();
    std::vector<bool> in(static_cast<std::size_t>(features.cols()), false);
    Surface surface;
    const Index most = n / 3;
    while (static_cast<Index>(surface.features.size()) < most) {
        Index best = -1;
        double gain = 0;
        for (Index j = 0; j < features.cols(); ++j) {
            if (in[static_cast<std::size_t>(j)] || (j >= slopes && !in[static_cast<std::size_t>(j - slopes)])) continue;
            const double size = left.col(j).squaredNorm();
            if (size < 1e-6 * static_cast<double>(n)) continue;  // nothing of its own, or no variance
            const double inner = left.col(j).dot(residual);
            if (inner * inner / size > gain) {
                gain = inner * inner / size;
                best = j;
            }
        }
        const double remaining = residual.squaredNorm() - gain;
        const auto freedom = static_cast<double>(n - static_cast<Index>(surface.features.size()) - 2);
        if (best < 0 || gain * freedom < enter * remaining) break;
        in[static_cast<std::size_t>(best)] = true;
        surface.features.push_back(best);
        const VectorXd direction = left.col(best).normalized();
        left -= direction * (direction.transpose() * left);
        residual -= direction * direction.dot(residual);
    }
    const auto few = static_cast<Index>(surface.features.size());
    MatrixXd chosen(n, few);
    surface.middle.resize(few);
    for (Index k = 0; k < few; ++k) {
        surface.middle[k] = middle[surface.features[static_cast<std::size_t>(k)]];
        chosen.col(k) = features.col(surface.features[static_cast<std::size_t>(k)]).array() - surface.middle[k];
    }
    const MatrixXd square = chosen.transpose() * chosen;
    surface.slope = square.ldlt().solve(chosen.transpose() * VectorXd(output.array() - output.mean()));
    return surface;
}

std::vector<Index> rows_where(Index n, Index fold, bool inside) {
    std::vector<Index> rows;
    for (Index i = 0; i < n; ++i)
        if ((i % folds == fold) == inside) rows.push_back(i);
    return rows;
}

}  // namespace

VarianceShares variance_shares(const MatrixXd& values, const std::vector<std::size_t>& input_of, const std::vector<bool>& curved, const VectorXd& output,
                               double chance) {
    const Index n = values.rows(), columns = values.cols();
    if (n != output.size() || static_cast<std::size_t>(columns) != input_of.size() || input_of.size() != curved.size() || n < 20)
        throw sim::Bug("shares of variance need as many rows as outputs, an input for each column, and at least 20 runs");
    VarianceShares result;
    result.mean = output.mean();
    const VectorXd centred = output.array() - output.mean();
    const double variance = centred.squaredNorm() / static_cast<double>(n);
    result.deviation = std::sqrt(variance);
    if (!(variance > 0)) {
        result.rest = 1;
        return result;
    }
    const MatrixXd features = features_of(values, curved);

    // Which inputs count, and which way, is read off all runs.
    std::map<std::size_t, VarianceShare> found;
    const auto input_at = [&](Index feature) { return input_of[static_cast<std::size_t>(feature % columns)]; };
    const Surface whole = selected_surface(features, output);
    for (std::size_t k = 0; k < whole.features.size(); ++k) {
        auto [place, fresh] = found.try_emplace(input_at(whole.features[k]));
        place->second.input = place->first;
        if (fresh) place->second.slope = whole.slope[static_cast<Index>(k)];
    }

    // How much, off runs that took no part in the fit.
    struct Part {
        VectorXd of_run;
        Index seen = 0;  ///< folds that select it
        double slope = 0;
    };
    std::map<std::size_t, Part> parts;
    for (Index fold = 0; fold < folds; ++fold) {
        const auto kept = rows_where(n, fold, false), held = rows_where(n, fold, true);
        const Surface surface = selected_surface(features(kept, Eigen::all), output(kept));
        std::set<std::size_t> here;
        for (std::size_t k = 0; k < surface.features.size(); ++k) {
            const std::size_t input = input_at(surface.features[k]);
            const auto number = static_cast<Index>(k);
            auto& part = parts.try_emplace(input, Part{VectorXd::Zero(n)}).first->second;
            if (here.insert(input).second) {
                ++part.seen;
                part.slope += surface.slope[number];
            }
            for (const Index i : held) part.of_run[i] += surface.slope[number] * (features(i, surface.features[k]) - surface.middle[number]);
        }
    }
    // Of two inputs that go together, folds may take the one that all runs did not.
    for (const auto& [input, part] : parts)
        if (part.seen * 3 >= folds) found.try_emplace(input, VarianceShare{input, 0, 0, part.slope / static_cast<double>(part.seen)});
    double explained = 0;
    for (auto& [input, share] : found) {
        const auto part = parts.find(input);
        if (part == parts.end()) continue;
        const VectorXd product = part->second.of_run.cwiseProduct(centred);
        share.share = product.mean() / variance;
        // Standard error of a ratio of two means.
        const VectorXd spread = product - share.share * centred.cwiseAbs2();
        share.error = std::sqrt(spread.squaredNorm()) / (static_cast<double>(n) * variance);
        if (!(share.share > 0)) continue;
        result.inputs.push_back(share);
        explained += share.share;
    }
    std::stable_sort(result.inputs.begin(), result.inputs.end(), [](const auto& a, const auto& b) { return a.share > b.share; });
    if (explained > 1) {
        for (auto& share : result.inputs) share.share /= explained;
        explained = 1;
    }
    result.chance = std::clamp(chance / variance, 0.0, 1 - explained);
    result.rest = 1 - explained - result.chance;
    return result;
}

}  // namespace experiments
