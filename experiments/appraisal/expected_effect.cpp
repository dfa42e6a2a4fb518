#include "experiments/appraisal/expected_effect.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>

#include <boost/random/mersenne_twister.hpp>
#include <boost/random/uniform_int_distribution.hpp>

#include "sim/error.hpp"

namespace experiments {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

/// Penalties that are tried, as shares of the number of rows; infinity leaves all out.
constexpr std::array<double, 7> penalties{1e-9, 1e-3, 1e-2, 0.1, 1, 10, std::numeric_limits<double>::infinity()};

/// Sums of squares and products of one group.
struct Sums {
    MatrixXd xx, xy;
};

std::vector<Sums> sums_by_group(const MatrixXd& x, const MatrixXd& y, const std::vector<std::size_t>& group, std::size_t groups) {
    std::vector<Sums> sums(groups, {MatrixXd::Zero(x.cols(), x.cols()), MatrixXd::Zero(x.cols(), y.cols())});
    for (Index i = 0; i < x.rows(); ++i) {
        auto& of = sums[group[static_cast<std::size_t>(i)]];
        of.xx += x.row(i).transpose() * x.row(i);
        of.xy += x.row(i).transpose() * y.row(i);
    }
    return sums;
}

/// Coefficients where the first `free` columns are not penalised and the others are.
MatrixXd solved(const MatrixXd& xx, const MatrixXd& xy, Index free, double penalty) {
    const Index all = xx.rows(), used = std::isfinite(penalty) ? all : free;
    MatrixXd found = MatrixXd::Zero(all, xy.cols());
    if (used == 0) return found;
    MatrixXd regular = xx.topLeftCorner(used, used);
    if (used > free) regular.diagonal().tail(used - free).array() += penalty;
    // Where directions say the same, or nothing, the smallest coefficients will do.
    regular.diagonal().array() += 1e-10 * std::max(regular.trace(), 1e-300) / static_cast<double>(used);
    found.topRows(used) = regular.ldlt().solve(xy.topRows(used));
    return found;
}

Sums total_of(const std::vector<Sums>& sums, const std::vector<std::size_t>& taken) {
    Sums total{MatrixXd::Zero(sums[0].xx.rows(), sums[0].xx.cols()), MatrixXd::Zero(sums[0].xy.rows(), sums[0].xy.cols())};
    for (const std::size_t g : taken) {
        total.xx += sums[g].xx;
        total.xy += sums[g].xy;
    }
    return total;
}

/// Root mean square by column, 1 where it is 0.
VectorXd units_of(const MatrixXd& x) {
    VectorXd units = (x.array().square().colwise().mean()).sqrt();
    for (Index k = 0; k < units.size(); ++k)
        if (!(units[k] > 0)) units[k] = 1;
    return units;
}

struct Chosen {
    double penalty = 0, squares = std::numeric_limits<double>::infinity();
};

/// The penalty whose sum of squared errors of the first outcome is least where each group in turn is left out.
Chosen choose(const MatrixXd& x, Index free, const MatrixXd& y, const std::vector<std::size_t>& group, const std::vector<Sums>& sums,
              const std::vector<std::size_t>& everybody) {
    const Sums total = total_of(sums, everybody);
    Chosen best;
    for (const double share : penalties) {
        const double penalty = share * static_cast<double>(x.rows());
        std::vector<VectorXd> without;
        for (const auto& of : sums) without.push_back(solved(total.xx - of.xx, (total.xy - of.xy).col(0), free, penalty));
        double squares = 0;
        for (Index i = 0; i < x.rows(); ++i) {
            const double missed = y(i, 0) - x.row(i).dot(without[group[static_cast<std::size_t>(i)]]);
            squares += missed * missed;
        }
        if (squares < best.squares) best = {penalty, squares};
    }
    return best;
}

}  // namespace

MatrixXd ExpectedEffect::alike(const MatrixXd& features) { return units_of(features).cwiseInverse(); }

ExpectedEffect::ExpectedEffect(const MatrixXd& features, const MatrixXd& directions, const MatrixXd& others, const MatrixXd& effects,
                               const std::vector<std::size_t>& group, std::size_t resamples, std::uint64_t seed,
                               const std::vector<MatrixXd>& resampled_directions) {
    const Index n = features.rows(), free = directions.cols();
    std::size_t groups = 0;
    for (const std::size_t g : group) groups = std::max(groups, g + 1);
    if (n != effects.rows() || n != others.rows() || directions.rows() != features.cols() || static_cast<std::size_t>(n) != group.size() || groups < 2)
        throw sim::Bug("expected effects of rows that do not fit");
    if (!resampled_directions.empty() && resampled_directions.size() != resamples) throw sim::Bug("directions of other resamples");
    // Columns of the regression by features: the directions, then each feature in its unit.
    const auto columns_along = [&](const MatrixXd& along) {
        MatrixXd columns(features.cols(), free + features.cols());
        columns << along * units_of(features * along).cwiseInverse().asDiagonal(), MatrixXd(units_of(features).cwiseInverse().asDiagonal());
        return columns;
    };
    const MatrixXd columns = columns_along(directions);
    const MatrixXd x = features * columns;
    const auto sums_of_features = sums_by_group(features, effects, group, groups);
    const auto along_columns = [](const Sums& of, const MatrixXd& along) { return Sums{along.transpose() * of.xx * along, along.transpose() * of.xy}; };
    std::vector<Sums> sums;
    for (const auto& of : sums_of_features) sums.push_back(along_columns(of, columns));
    std::vector<std::size_t> everybody(groups);
    for (std::size_t g = 0; g < groups; ++g) everybody[g] = g;
    const Chosen of_features = choose(x, free, effects, group, sums, everybody);
    const auto b_of = [&](const std::vector<std::size_t>& taken, const MatrixXd& along) {
        const Sums total = along_columns(total_of(sums_of_features, taken), along);
        return MatrixXd(along * solved(total.xx, total.xy, free, of_features.penalty));
    };
    fit_.b = b_of(everybody, columns);

    // What is left of the first outcome, on the expected effect times each other unknown.
    const auto products = [&](const MatrixXd& b) {
        const VectorXd expected = features * b.col(0);
        return std::pair<MatrixXd, MatrixXd>(MatrixXd(others.array().colwise() * expected.array()), MatrixXd(effects.col(0) - expected));
    };
    fit_.c = VectorXd::Zero(others.cols());
    double penalty = std::numeric_limits<double>::infinity();
    double squares = of_features.squares;
    VectorXd product_units = VectorXd::Ones(others.cols());
    if (others.cols() > 0) {
        const auto [w, left] = products(fit_.b);
        // One unit for all, which keeps their scale of standard deviations: each moves the effect by c of itself.
        const double unit = std::max(w.norm() / std::sqrt(static_cast<double>(w.size())), 1e-300);
        product_units.setConstant(unit);
        const auto of_products = sums_by_group(w / unit, left, group, groups);
        const Chosen chosen = choose(w / unit, 0, left, group, of_products, everybody);
        penalty = chosen.penalty;
        squares = std::min(squares, chosen.squares);
        const Sums total = total_of(of_products, everybody);
        fit_.c = solved(total.xx, total.xy, 0, penalty) / unit;
    }
    const double whole = effects.col(0).squaredNorm();
    explained_ = whole > 0 ? 1 - squares / whole : 0;
    chance_ = ((effects - at(features, others)).array().square().colwise().mean()).sqrt();

    boost::random::mt19937_64 engine(seed);
    boost::random::uniform_int_distribution<std::size_t> any(0, groups - 1);
    for (std::size_t r = 0; r < resamples; ++r) {
        std::vector<std::size_t> taken(groups);
        for (auto& g : taken) g = any(engine);
        Fit fit{b_of(taken, resampled_directions.empty() ? columns : columns_along(resampled_directions[r])), VectorXd::Zero(others.cols())};
        if (others.cols() > 0 && std::isfinite(penalty)) {
            const auto [w, left] = products(fit.b);
            const auto of_products = sums_by_group(w / product_units[0], left, group, groups);
            const Sums total = total_of(of_products, taken);
            fit.c = solved(total.xx, total.xy, 0, penalty) / product_units[0];
        }
        resampled_.push_back(std::move(fit));
    }
}

MatrixXd ExpectedEffect::at(const MatrixXd& features, const MatrixXd& others, int resample) const {
    const Fit& fit = resample == none ? fit_ : resampled_.at(static_cast<std::size_t>(resample));
    MatrixXd expected = features * fit.b;
    if (fit.c.size() > 0) expected.array().colwise() *= 1 + (others * fit.c).array();
    return expected;
}

MatrixXd ExpectedEffect::errors() const {
    MatrixXd sum = MatrixXd::Zero(fit_.b.rows(), fit_.b.cols()), squares = sum;
    for (const auto& fit : resampled_) {
        sum += fit.b;
        squares += fit.b.cwiseAbs2();
    }
    const auto n = static_cast<double>(resampled_.size());
    return ((squares - sum.cwiseAbs2() / n) / std::max(n - 1, 1.0)).cwiseMax(0).cwiseSqrt();
}

}  // namespace experiments
