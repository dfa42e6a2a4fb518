#include "experiments/calibration/calibration.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <mutex>
#include <optional>

#include <fmt/format.h>

#include "experiments/scenarios/toml_values.hpp"
#include "sim/error.hpp"
#include "sim/parallel.hpp"

namespace experiments {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

/// Points of the prior that are tried for what remains of it.
constexpr std::size_t most_tried = 1 << 17;

VectorXd vector_of(const std::vector<double>& values) { return Eigen::Map<const VectorXd>(values.data(), static_cast<Index>(values.size())); }
std::vector<double> list_of(const VectorXd& values) { return {values.data(), values.data() + values.size()}; }

bool all_finite(const std::vector<double>& values) {
    return std::all_of(values.begin(), values.end(), [](double v) { return std::isfinite(v); });
}

int runs_a_wave(const CalibrationOptions& options) { return (options.budget - centre_replicates - best_replicates) / std::max(options.waves, 1); }

/// One calibration while it goes on.
class Calibrator {
public:
    Calibrator(const Targets& targets, const Simulate& simulate, const CalibrationOptions& options, RunLog& log, const RunsWatch& watch)
        : targets_(targets), simulate_(simulate), options_(options), log_(log), watch_(watch) {
        check_calibration(targets, options);
        runs_a_wave_ = runs_a_wave(options);
        for (const auto& t : targets.targets) observed_.push_back(t.observed);
    }

    Calibration run() {
        if (!centre()) return stopped();
        for (int w = 0; w < options_.waves; ++w)
            if (!wave(w)) return stopped();
        say("Posterior");
        const Fit& fit = cuts_.back();
        result_.posterior = posterior_of(fit, options_.draws, options_.seed);
        if (!best(fit)) return stopped();
        describe(fit);
        return std::move(result_);
    }

private:
    void say(const std::string& line) const {
        if (watch_.say) watch_.say(line);
    }
    [[nodiscard]] Index parameters() const { return static_cast<Index>(targets_.free.size()); }

    Calibration stopped() {
        Calibration nothing;
        nothing.stopped_by = stopped_by_;
        return nothing;
    }

    [[nodiscard]] std::vector<double> values_of(const VectorXd& scores) const {
        std::vector<double> values;
        for (std::size_t k = 0; k < targets_.free.size(); ++k) values.push_back(targets_.free[k].prior.value_at(scores[static_cast<Index>(k)]));
        return values;
    }

    struct Asked {
        std::vector<double> values;
        std::uint32_t replicate = 0;
    };

    /// Runs what has not been run; false when stopped before all were done. Moments come in the order of `asked`; failed runs hold none.
    bool simulate(const std::vector<Asked>& asked, std::vector<std::vector<double>>& moments) {
        std::vector<std::size_t> open;
        for (std::size_t i = 0; i < asked.size(); ++i)
            if (log_.find(asked[i].values, asked[i].replicate) == nullptr) open.push_back(i);
        if (watch_.runs_found) watch_.runs_found(asked.size() - open.size());
        const auto one = [&](std::size_t o) {
            if (should_stop()) return;
            const auto& a = asked[open[o]];
            std::vector<double> found;
            try {
                found = simulate_(a.values, a.replicate);
            } catch (const sim::FileError&) {
                throw;
            } catch (const sim::Error& error) {
                const std::lock_guard lock(mutex_);
                result_.first_failure = error.what();
            }
            if (!all_finite(found) || found.size() != targets_.targets.size()) found.assign(targets_.targets.size(), std::numeric_limits<double>::quiet_NaN());
            log_.add(a.values, a.replicate, found);
            const std::lock_guard lock(mutex_);
            if (watch_.run_done) watch_.run_done();
        };
        sim::for_each_run(open.size(), options_.side_by_side, one);
        moments.clear();
        for (const auto& a : asked) {
            const auto* found = log_.find(a.values, a.replicate);
            if (found == nullptr) return false;
            moments.push_back(all_finite(*found) ? *found : std::vector<double>{});
            ++result_.runs;
            result_.failed += moments.back().empty();
        }
        return true;
    }

    bool should_stop() {
        const std::lock_guard lock(mutex_);
        if (stopped_by_ == 0 && watch_.stop) stopped_by_ = watch_.stop();
        return stopped_by_ != 0;
    }

    /// Mean and standard deviation over replicates of one point.
    bool replicates(const std::vector<double>& values, int count, const char* where, std::vector<double>& mean, VectorXd* deviation) {
        std::vector<Asked> asked;
        for (int r = 0; r < count; ++r) asked.push_back({values, static_cast<std::uint32_t>(r)});
        std::vector<std::vector<double>> moments;
        if (!simulate(asked, moments)) return false;
        std::erase_if(moments, [](const auto& m) { return m.empty(); });
        if (static_cast<int>(moments.size()) < std::max(2, count - 1)) throw sim::InputError(fmt::format("runs at {} fail: {}", where, failure()));
        const auto n = static_cast<double>(moments.size());
        VectorXd sum = VectorXd::Zero(static_cast<Index>(observed_.size())), squares = sum;
        for (const auto& m : moments) sum += vector_of(m);
        mean = list_of(sum / n);
        for (const auto& m : moments) squares += (vector_of(m) - sum / n).cwiseAbs2();
        if (deviation != nullptr) *deviation = (squares / (n - 1)).cwiseSqrt();
        return true;
    }

    [[nodiscard]] std::string failure() const { return result_.first_failure.empty() ? "a moment has no value" : result_.first_failure; }

    bool centre() {
        say(fmt::format("{} replicates at the shipped values, then {} of {} runs", centre_replicates,
                        options_.waves == 1 ? "one wave" : fmt::format("{} waves", options_.waves), runs_a_wave_));
        std::vector<double> usual;
        for (const auto& p : targets_.free) usual.push_back(p.usual);
        if (!replicates(usual, centre_replicates, "the shipped values", result_.usual_moments, &chance_)) return false;
        result_.chance = list_of(chance_);
        return true;
    }

    bool wave(int number) {
        const auto wanted = static_cast<std::size_t>(runs_a_wave_);
        std::vector<VectorXd> design;
        if (cuts_.empty()) {
            design = sobol_design(parameters(), wanted, {}, targets_.cut, targets_.cut_rank, wanted * 2).points;
        } else {
            design = next_points_;
        }
        std::vector<Asked> asked;
        for (const auto& scores : design) asked.push_back({values_of(scores), 0});
        std::vector<std::vector<double>> moments;
        if (!simulate(asked, moments)) return false;
        std::size_t failed = 0;
        for (std::size_t i = 0; i < design.size(); ++i) {
            failed += moments[i].empty();
            if (!moments[i].empty()) done_runs_.push_back({design[i], vector_of(moments[i])});
        }
        if (failed * 10 > design.size())
            throw sim::InputError(fmt::format("{} of the {} runs of wave {} fail: {}", failed, design.size(), number + 1, failure()));

        // Earlier runs serve too where they lie in what is left.
        std::vector<const Done*> near;
        for (const auto& run : done_runs_)
            if (std::all_of(cuts_.begin(), cuts_.end(), [&](const Fit& f) { return f.implausibility(run.scores, targets_.cut_rank) <= targets_.cut; }))
                near.push_back(&run);
        if (static_cast<int>(near.size()) < least_runs_of_wave(targets_.free.size())) {
            near.clear();
            for (const auto& run : done_runs_) near.push_back(&run);
        }
        MatrixXd scores(static_cast<Index>(near.size()), parameters()), values(static_cast<Index>(near.size()), static_cast<Index>(observed_.size()));
        for (std::size_t i = 0; i < near.size(); ++i) {
            scores.row(static_cast<Index>(i)) = near[i]->scores.transpose();
            values.row(static_cast<Index>(i)) = near[i]->moments.transpose();
        }
        Emulators emulators(scores, values);
        const VectorXd error = emulators.error();
        const VectorXd explained = emulators.explained();
        cuts_.emplace_back(std::move(emulators), vector_of(observed_), covariance_of(targets_.targets, targets_.region_spread, chance_, error));
        result_.emulator_error = list_of(error);

        Wave report{static_cast<int>(design.size()), static_cast<int>(near.size()), 1, explained};
        const bool last = number + 1 == options_.waves;
        const Design left = sobol_design(parameters(), wanted, cuts_, targets_.cut, targets_.cut_rank, most_tried);
        report.kept = static_cast<double>(left.taken) / static_cast<double>(left.tried);
        next_points_ = left.points;
        if (next_points_.size() < wanted) {
            const auto walked =
                walked_design(parameters(), last ? 1 : wanted, cuts_, targets_.cut, targets_.cut_rank, options_.seed + static_cast<std::uint64_t>(number));
            if (left.taken == 0 && walked.empty()) throw sim::InputError(nothing_left(number));
            if (walked.size() > next_points_.size()) next_points_ = walked;
        }
        say(fmt::format("Wave {}: emulators on {} runs explain {:.0f} % of the median moment (the least: {:.0f} %); {:.2g} of the prior is not implausible",
                        number + 1, near.size(), 100 * median(explained), 100 * explained.minCoeff(), report.kept));
        result_.waves.push_back(report);
        return true;
    }

    static double median(VectorXd values) {
        std::sort(values.data(), values.data() + values.size());
        return values[values.size() / 2];
    }

    /// Which moment stands in the way where nothing is left.
    [[nodiscard]] std::string nothing_left(int number) const {
        const Fit& fit = cuts_.back();
        const VectorXd best = best_scores(fit, VectorXd::Zero(parameters()), std::vector<bool>(targets_.free.size(), true));
        Index worst = 0;
        const double most = fit.implausibility(best).maxCoeff(&worst);
        return fmt::format(
            "after wave {} nothing of the prior is left under the cut {} (implausibility number {} of a point): the best point misses {} by {:.1f} standard "
            "deviations; a higher cut, a wider prior or a larger discrepancy lets it pass",
            number + 1, number_text(targets_.cut), targets_.cut_rank, targets_.targets[static_cast<std::size_t>(worst)].name, most);
    }

    bool best(const Fit& fit) {
        const auto& identified = result_.posterior.identified;
        VectorXd start = result_.posterior.draws.colwise().mean();
        for (std::size_t k = 0; k < targets_.free.size(); ++k)
            if (!identified[k]) start[static_cast<Index>(k)] = targets_.free[k].prior.score_of(targets_.free[k].usual);
        best_ = best_scores(fit, start, identified);
        result_.best_values = values_of(best_);
        for (std::size_t k = 0; k < targets_.free.size(); ++k)
            if (!identified[k]) result_.best_values[k] = targets_.free[k].usual;
        say("Replicates at the best point");
        return replicates(result_.best_values, best_replicates, "the best point", result_.best_moments, nullptr);
    }

    void describe(const Fit& fit) {
        for (Index i = 0; i < result_.posterior.draws.rows(); ++i) result_.draws.push_back(values_of(result_.posterior.draws.row(i).transpose()));
        const MatrixXd covariance = covariance_of(targets_.targets, targets_.region_spread, chance_, fit.emulators().error());
        result_.total_error = list_of(covariance.diagonal().cwiseSqrt());
        result_.jacobian = fit.standard_jacobian(best_);
        // Singular values and right singular vectors, largest first, as roots of the square matrix, which is small.
        const Eigen::SelfAdjointEigenSolver<MatrixXd> square(result_.jacobian.transpose() * result_.jacobian);
        result_.singular_values = square.eigenvalues().cwiseMax(0).cwiseSqrt().reverse();
        result_.directions = square.eigenvectors().rowwise().reverse();
        // Best linear prediction of the regions' effects from the residuals of the best point (Henderson 1975).
        std::map<std::string, VectorXd> shift;
        for (std::size_t j = 0; j < targets_.targets.size(); ++j) {
            const auto& t = targets_.targets[j];
            if (!t.region_effect || targets_.region_spread <= 0) continue;
            auto [found, fresh] = shift.try_emplace(t.regions[0], VectorXd::Zero(static_cast<Index>(observed_.size())));
            found->second[static_cast<Index>(j)] = t.observed;
        }
        const double variance = targets_.region_spread * targets_.region_spread;
        const VectorXd residual = vector_of(observed_) - vector_of(result_.best_moments);
        for (const auto& [region, by] : shift)
            result_.regions.push_back(
                {region, variance * by.dot(fit.weighed(residual)), std::sqrt(std::max(0.0, variance - variance * variance * by.dot(fit.weighed(by))))});
    }

    struct Done {
        VectorXd scores, moments;
    };

    const Targets& targets_;
    const Simulate& simulate_;
    const CalibrationOptions& options_;
    RunLog& log_;
    const RunsWatch& watch_;
    int runs_a_wave_ = 0;
    std::vector<double> observed_;
    VectorXd chance_, best_;
    std::vector<Fit> cuts_;  ///< of the waves so far
    std::vector<VectorXd> next_points_;
    std::vector<Done> done_runs_;
    Calibration result_;
    int stopped_by_ = 0;
    std::mutex mutex_;
};

}  // namespace

void check_calibration(const Targets& targets, const CalibrationOptions& options) {
    const int least = least_runs_of_wave(targets.free.size()), fixed = centre_replicates + best_replicates;
    if (options.waves < 1) throw sim::InputError("at least one wave is expected");
    if (runs_a_wave(options) < least) {
        const int possible = (options.budget - fixed) / least;
        throw sim::InputError(fmt::format("the budget of {} runs is too small for {} of {} parameters: a wave needs {} runs, and {} more are for replicates{}",
                                          options.budget, options.waves == 1 ? "one wave" : fmt::format("{} waves", options.waves), targets.free.size(), least,
                                          fixed, possible >= 1 ? fmt::format("; {} {} can be had", possible, possible == 1 ? "wave" : "waves") : ""));
    }
    if (options.draws < 200) throw sim::InputError("at least 200 draws of the posterior are expected");
}

int least_runs_of_wave(std::size_t parameters) { return std::max(10, static_cast<int>(Emulators::coefficients_of(static_cast<Index>(parameters)))); }

MatrixXd covariance_of(const std::vector<Target>& targets, double region_spread, const VectorXd& chance, const VectorXd& emulator_error) {
    const auto n = static_cast<Index>(targets.size());
    MatrixXd covariance = MatrixXd::Zero(n, n);
    for (Index i = 0; i < n; ++i) {
        const auto& a = targets[static_cast<std::size_t>(i)];
        covariance(i, i) = a.sampling_error * a.sampling_error + a.discrepancy * a.discrepancy + chance[i] * chance[i] + emulator_error[i] * emulator_error[i];
        for (Index j = 0; j < n; ++j) {
            const auto& b = targets[static_cast<std::size_t>(j)];
            if (a.region_effect && b.region_effect && a.regions == b.regions) covariance(i, j) += region_spread * region_spread * a.observed * b.observed;
        }
    }
    return covariance;
}

Calibration calibrate(const Targets& targets, const Simulate& simulate, const CalibrationOptions& options, RunLog& log, const RunsWatch& watch) {
    return Calibrator(targets, simulate, options, log, watch).run();
}

}  // namespace experiments
