#include "experiments/calibration/calibration_file.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "experiments/scenarios/toml_values.hpp"
#include "experiments/statistics/sample.hpp"
#include "sim/error.hpp"
#include "sim/version.hpp"

namespace experiments {
namespace {

std::string list_text(const std::vector<double>& numbers) {
    std::string text = "[";
    for (std::size_t i = 0; i < numbers.size(); ++i) text += (i == 0 ? "" : ", ") + fmt::format("{:.7g}", numbers[i]);
    return text + "]";
}

/// A number as TOML wants a real: never like an integer, NaN by its own word.
std::string real_text(double value) {
    std::string text = fmt::format("{:.7g}", value);
    return text.find_first_of(".en") == std::string::npos ? text + ".0" : text;
}

std::vector<double> column(const Calibration& c, std::size_t k) {
    std::vector<double> values;
    for (const auto& draw : c.draws) values.push_back(draw[k]);
    return values;
}

/// The parameters that make up most of a direction, with their weights.
std::string direction_text(const Calibration& c, const Targets& targets, Eigen::Index number) {
    std::vector<std::pair<double, std::string>> parts;
    for (std::size_t k = 0; k < targets.free.size(); ++k) parts.emplace_back(c.directions(static_cast<Eigen::Index>(k), number), targets.free[k].name);
    std::stable_sort(parts.begin(), parts.end(), [](const auto& a, const auto& b) { return std::abs(a.first) > std::abs(b.first); });
    std::string text;
    for (std::size_t i = 0; i < std::min<std::size_t>(3, parts.size()); ++i)
        text += fmt::format("{}{:+.2f} {}", i == 0 ? "" : " ", parts[i].first, parts[i].second);
    return text;
}

std::string parameter_block(const Calibration& c, const Targets& targets, std::size_t k) {
    const auto& p = targets.free[k];
    const auto values = column(c, k);
    std::string text = fmt::format("\n[calibration.parameter.{}]\n", p.name);
    text += fmt::format("prior = {}\nprior_interval = {}\n", toml_quoted(p.prior.words()),
                        list_text({p.prior.quantile(0.05), p.prior.quantile(0.5), p.prior.quantile(0.95)}));
    if (!p.prior_source.empty()) text += fmt::format("prior_source = {}\n", toml_quoted(p.prior_source));
    text += fmt::format("shipped = {}\nbest = {}\n", real_text(p.usual), real_text(c.best_values[k]));
    text += fmt::format("posterior_interval = {}\n", list_text({quantile_of(values, 0.05), quantile_of(values, 0.5), quantile_of(values, 0.95)}));
    text += fmt::format("shift_in_prior_deviations = {}\n", real_text(c.posterior.shift[static_cast<Eigen::Index>(k)]));
    text += fmt::format("posterior_over_prior = {}\nidentified = {}\nidentified_by = {}\n", real_text(c.posterior.spread[static_cast<Eigen::Index>(k)]),
                        c.posterior.identified[k] ? "true" : "false", toml_quoted(p.identified_by));
    return text;
}

std::string moment_block(const Calibration& c, const Targets& targets, std::size_t j) {
    const auto& t = targets.targets[j];
    std::string text = fmt::format("\n[calibration.moment.{}]\n", t.name);
    text += fmt::format("observed = {}\nshipped = {}\ncalibrated = {}\n", real_text(t.observed), real_text(c.usual_moments[j]), real_text(c.best_moments[j]));
    text += fmt::format("sampling_error = {}\ndiscrepancy = {}\nchance = {}\nemulator_error = {}\nemulator_explains = {}\n", real_text(t.sampling_error),
                        real_text(t.discrepancy), real_text(c.chance[j]), real_text(c.emulator_error[j]),
                        real_text(c.waves.back().explained[static_cast<Eigen::Index>(j)]));
    text += fmt::format("deviations = {}\nstatus = {}\nsource = {}\nerrors = {}\n", real_text((c.best_moments[j] - t.observed) / c.total_error[j]),
                        toml_quoted(t.status), toml_quoted(t.source), toml_quoted(t.error_basis));
    if (!t.known_from.empty()) text += fmt::format("known_from = {}\n", toml_quoted(t.known_from));
    return text;
}

}  // namespace

std::string calibration_text(const Calibration& c, const Targets& targets, const CalibrationOrigin& origin) {
    std::string text = fmt::format("# {}\n", origin.command_line);
    text +=
        "# A scenario with the calibrated values of identified parameters. A run of it begins with the start population of the shipped values; the calibration "
        "made\n"
        "# each start population with the values of its run.\n";
    text +=
        fmt::format("name = {}\ndescription = {}\n", toml_quoted("calibrated: " + targets.name),
                    toml_quoted(fmt::format("Calibrated to {} moments with {} runs at scale {}.", targets.targets.size(), c.runs, number_text(origin.scale))));
    std::string process;
    // A table may be opened once: parameters of one process stand together, whatever the order of the targets' file.
    std::vector<std::size_t> order;
    for (std::size_t k = 0; k < targets.free.size(); ++k)
        if (c.posterior.identified[k]) order.push_back(k);
    const auto process_of = [&](std::size_t k) { return targets.free[k].name.substr(0, targets.free[k].name.find('.')); };
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return process_of(a) < process_of(b); });
    for (const std::size_t k : order) {
        if (process_of(k) != process) {
            process = process_of(k);
            text += "\n[parameters." + process + "]\n";
        }
        text += targets.free[k].name.substr(process.size() + 1) + " = " + real_text(c.best_values[k]) + "\n";
    }
    text += fmt::format("\n[calibration]\ncommand_line = {}\nversion = {}\ntargets = {}\nscale = {}\nseed = {}\nbudget = {}\nruns = {}\nfailed = {}\n",
                        toml_quoted(origin.command_line), toml_quoted(sim::version() + " (git " + sim::commit() + ")"), toml_quoted(origin.targets),
                        real_text(origin.scale), origin.seed, origin.budget, c.runs, c.failed);
    text += fmt::format("cut = {}\ncut_rank = {}\nidentified_below = {}\nscale_reduction = {}\n", real_text(targets.cut), targets.cut_rank,
                        real_text(identified_below), real_text(c.posterior.convergence));
    std::vector<double> kept, fitted;
    for (const auto& wave : c.waves) {
        kept.push_back(wave.kept);
        fitted.push_back(wave.fitted);
    }
    text += fmt::format("wave_fitted_runs = {}\nwave_kept_of_prior = {}\n", list_text(fitted), list_text(kept));
    text += fmt::format("singular_values = {}  # of the Jacobian at the best point: standard deviations of the moments per prior standard deviation\n",
                        list_text({c.singular_values.data(), c.singular_values.data() + c.singular_values.size()}));
    text += "directions = [";
    for (Eigen::Index v = 0; v < c.singular_values.size(); ++v)
        text += fmt::format("{}\n    {}", v == 0 ? "" : ",", toml_quoted(direction_text(c, targets, v)));
    text += "\n]\n";
    if (!c.regions.empty()) {
        text += fmt::format("\n[calibration.region_effect]  # value and posterior standard deviation, relative; prior standard deviation {}\n",
                            number_text(targets.region_spread));
        for (const auto& r : c.regions) text += fmt::format("{} = {}\n", toml_quoted(r.region), list_text({r.value, r.spread}));
    }
    text += "\n[calibration.tables]  # SHA-256 of every table read\n";
    for (const auto& row : origin.tables) text += fmt::format("{} = {}\n", toml_quoted(row.file), toml_quoted(row.sha256));
    for (std::size_t k = 0; k < targets.free.size(); ++k) text += parameter_block(c, targets, k);
    for (std::size_t j = 0; j < targets.targets.size(); ++j) text += moment_block(c, targets, j);
    text += fmt::format("\n[calibration.draws]  # {} draws of the posterior, the same place in every list belongs together\n", c.draws.size());
    for (std::size_t k = 0; k < targets.free.size(); ++k) text += fmt::format("{} = {}\n", toml_quoted(targets.free[k].name), list_text(column(c, k)));
    return text;
}

std::string calibration_report(const Calibration& c, const Targets& targets) {
    std::string text = fmt::format("{:<42} {:>10} {:>10} {:>23} {:>8} {:>8}\n", "parameter", "shipped", "calibrated", "posterior 5 to 95 %", "spread", "shift");
    for (std::size_t k = 0; k < targets.free.size(); ++k) {
        const auto values = column(c, k);
        const auto number = static_cast<Eigen::Index>(k);
        const std::string verdict = c.posterior.identified[k] ? "" : "  not identified by the data: keeps its prior";
        text +=
            fmt::format("{:<42} {:>10.4g} {:>10.4g} {:>11.4g} {:>11.4g} {:>8.2f} {:>+8.1f}{}\n", targets.free[k].name, targets.free[k].usual, c.best_values[k],
                        quantile_of(values, 0.05), quantile_of(values, 0.95), c.posterior.spread[number], c.posterior.shift[number], verdict);
    }
    text +=
        "(spread: posterior over prior; shift: posterior mean in prior standard deviations. Both before anything keeps its prior: a large shift with a spread "
        "near 1\n"
        "says that a target and a prior contradict each other)\n";
    text += fmt::format("\n{:<46} {:>11} {:>11} {:>11} {:>11} {:>11}\n", "moment", "observed", "shipped", "calibrated", "deviations", "emulated");
    for (std::size_t j = 0; j < targets.targets.size(); ++j) {
        const auto& t = targets.targets[j];
        text += fmt::format("{:<46} {:>11.5g} {:>11.5g} {:>11.5g} {:>+11.1f} {:>9.0f} %\n", t.name, t.observed, c.usual_moments[j], c.best_moments[j],
                            (c.best_moments[j] - t.observed) / c.total_error[j], 100 * c.waves.back().explained[static_cast<Eigen::Index>(j)]);
    }
    text +=
        "(deviations: in standard deviations of sampling, discrepancy, chance and emulator; emulated: share of the variance over runs that the emulator "
        "explains)\n";
    text += "\nsingular values of the Jacobian (above 1: the data say more than the prior), with the directions\n";
    for (Eigen::Index v = 0; v < c.singular_values.size(); ++v) text += fmt::format("{:>9.2f}  {}\n", c.singular_values[v], direction_text(c, targets, v));
    for (const auto& r : c.regions) text += fmt::format("effect of {:<24} {:+.1f} % (standard deviation {:.1f} %)\n", r.region, 100 * r.value, 100 * r.spread);
    if (c.posterior.convergence > 1.1)
        text += fmt::format("The chains of the posterior have not converged (scale reduction {:.2f}): read it with care.\n", c.posterior.convergence);
    return text;
}

}  // namespace experiments
