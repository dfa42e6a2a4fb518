#include "experiments/calibration/drivers.hpp"

#include <algorithm>
#include <limits>

#include <fmt/format.h>
#include <boost/random/mersenne_twister.hpp>

#include "experiments/scenarios/scenario.hpp"
#include "experiments/scenarios/scenario_field.hpp"
#include "experiments/scenarios/toml.hpp"
#include "experiments/scenarios/toml_values.hpp"
#include "experiments/statistics/strata.hpp"
#include "models/demand_shock.hpp"
#include "models/labels.hpp"
#include "models/levers.hpp"
#include "models/parameters.hpp"
#include "sim/error.hpp"
#include "sim/nearest_word.hpp"
#include "sim/random.hpp"

namespace experiments {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

const std::string draws_table = "calibration.draws.";

/// Only the name and the prior count in a run.
FreeParameter free_parameter(const models::Parameter& p) {
    const PriorLaw prior = p.prior.distribution.empty() ? PriorLaw("uniform(0, 1)", 0, 1) : PriorLaw(p.prior.distribution, p.minimum, p.maximum);
    return {p.name, prior, p.get(models::Parameters{}), {}};
}

double median(std::vector<double> values) {
    std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2), values.end());
    return values[values.size() / 2];
}

bool all_finite(const std::vector<double>& values) {
    return std::all_of(values.begin(), values.end(), [](double v) { return std::isfinite(v); });
}

std::size_t place_of(const DriverDesign& design, const char* name) {
    const auto& free = design.targets.free;
    return static_cast<std::size_t>(std::find_if(free.begin(), free.end(), [&](const auto& p) { return p.name == name; }) - free.begin());
}

}  // namespace

PosteriorDraws read_posterior_draws(const std::filesystem::path& file) {
    PosteriorDraws posterior;
    std::vector<std::vector<double>> columns;
    for (const auto& entry : read_toml(file)) {
        if (entry.key.rfind(draws_table, 0) != 0) continue;
        const auto refuse = [&](const std::string& problem) -> void {
            throw sim::InputError(fmt::format("{}:{}: {}: {}", file.string(), entry.line, entry.key, problem));
        };
        const std::string name = entry.key.substr(draws_table.size());
        const auto* p = models::find_parameter(name);
        if (p == nullptr) {
            std::vector<std::string> names;
            for (const auto& q : models::all_parameters()) names.push_back(q.name);
            refuse("no parameter has this name; did you mean " + sim::nearest_word(name, names) + "?");
        }
        if (models::find_lever(name) != nullptr) refuse("is a lever, which has no posterior");
        if (entry.reals.empty()) refuse("is " + found_text(entry) + ", but a list of numbers is expected");
        if (!columns.empty() && entry.reals.size() != columns[0].size())
            refuse(fmt::format("holds {} draws, but {} are expected, as of {}", entry.reals.size(), columns[0].size(), posterior.names[0]));
        for (const double value : entry.reals)
            if (!(value >= p->minimum && value <= p->maximum))
                refuse(fmt::format("holds {}, but numbers from {} to {} are expected", number_text(value), number_text(p->minimum), number_text(p->maximum)));
        posterior.names.push_back(name);
        columns.push_back(entry.reals);
    }
    if (columns.empty()) throw sim::InputError(file.string() + ": holds no draws of a posterior; a file that `instroom calibrate` wrote is expected");
    if (columns[0].size() < least_driver_draws)
        throw sim::InputError(
            fmt::format("{}: holds {} draws of a posterior, but at least {} are expected", file.string(), columns[0].size(), least_driver_draws));
    for (std::size_t d = 0; d < columns[0].size(); ++d) {
        std::vector<double> draw;
        for (const auto& column : columns) draw.push_back(column[d]);
        posterior.values.push_back(std::move(draw));
    }
    return posterior;
}

DriverDesign driver_design(const PosteriorDraws& posterior, std::size_t runs, std::uint64_t seed, sim::Month until) {
    DriverDesign design;
    design.runs = runs;
    design.replicates = std::max<std::size_t>(8, runs / 12);
    design.targets.name = "core indicators";
    for (auto& one : core_indicators(until)) design.targets.targets.push_back(std::move(one.target));

    const std::size_t drawn = posterior.values.size();
    boost::random::mt19937_64 engine(seed);
    std::vector<std::vector<double>> columns;  // by parameter
    std::vector<double> centre;
    // Draws of one chain stand together: they are taken evenly from all where there are more than runs, and again where there are fewer.
    const auto order = shuffled(runs, engine);
    for (std::size_t k = 0; k < posterior.names.size(); ++k) {
        design.targets.free.push_back(free_parameter(*models::find_parameter(posterior.names[k])));
        std::vector<double> all, taken;
        for (const auto& draw : posterior.values) all.push_back(draw[k]);
        for (std::size_t i = 0; i < runs; ++i) taken.push_back(all[runs <= drawn ? order[i] * drawn / runs : order[i] % drawn]);
        columns.push_back(std::move(taken));
        centre.push_back(median(all));
    }
    for (const auto& p : models::all_parameters()) {
        const bool calibrated = std::find(posterior.names.begin(), posterior.names.end(), p.name) != posterior.names.end();
        if (p.prior.distribution.empty() || models::find_lever(p.name) != nullptr || calibrated) continue;
        design.targets.free.push_back(free_parameter(p));
        const auto& prior = design.targets.free.back().prior;
        const bool whole = is_whole(p);
        const auto strata = shuffled(runs, engine);
        std::vector<double> values;
        for (const std::size_t stratum : strata) {
            const double value = prior.quantile((static_cast<double>(stratum) + 0.5) / static_cast<double>(runs));
            values.push_back(whole ? std::clamp(std::round(value), p.minimum, p.maximum) : value);
        }
        columns.push_back(std::move(values));
        centre.push_back(p.name == shock_input ? 0 : p.get(models::Parameters{}));
    }
    design.draws.free = design.targets.free;
    for (std::size_t i = 0; i < runs; ++i) {
        std::vector<double> values;
        for (const auto& column : columns) values.push_back(column[i]);
        design.draws.values.push_back(std::move(values));
    }
    design.draws.values.insert(design.draws.values.end(), design.replicates, centre);
    return design;
}

double mean_shock(std::uint64_t seed, std::uint32_t replicate, sim::Month until, sim::Month last_observed, double size, double persistence) {
    const sim::Random random(seed, replicate);
    double sum = 0;
    for (sim::Month m = until - 11; m <= until; ++m) sum += models::demand_shock(random, m, last_observed, size, persistence);
    return sum / 12;
}

Drivers drivers_of(const DriverDesign& design, const std::vector<std::vector<double>>& runs, std::uint64_t seed, sim::Month last_observed) {
    const std::size_t shock = place_of(design, shock_input), memory = place_of(design, shock_memory), parameters = design.targets.free.size();
    const sim::Month until = design.targets.targets.front().until;
    std::vector<std::size_t> good, centre;
    for (std::size_t i = 0; i < runs.size(); ++i)
        if (all_finite(runs[i])) (i < design.runs ? good : centre).push_back(i);
    Drivers drivers;
    drivers.failed = runs.size() - good.size() - centre.size();
    if (drivers.failed * 10 > runs.size() || good.size() < least_driver_draws || centre.size() < 2)
        throw sim::InputError(fmt::format("{} of {} runs failed: no shares can be had", drivers.failed, runs.size()));

    // One column a parameter but for the two of the shock; they make way for its path, as a level and as a change over a year.
    std::vector<std::size_t> input_of;
    std::vector<bool> curved;
    for (std::size_t k = 0; k < parameters; ++k)
        if (k != shock && k != memory) {
            input_of.push_back(k);
            curved.push_back(true);
        }
    const bool shocked = shock < parameters && memory < parameters;
    if (shocked) {
        input_of.insert(input_of.end(), 2, shock);
        curved.insert(curved.end(), 2, false);
    }
    const auto rows = static_cast<Index>(good.size());
    MatrixXd values(rows, static_cast<Index>(input_of.size()));
    for (Index i = 0; i < rows; ++i) {
        const std::size_t run = good[static_cast<std::size_t>(i)];
        const auto& at = design.draws.values[run];
        for (std::size_t c = 0; c < input_of.size(); ++c) values(i, static_cast<Index>(c)) = at[input_of[c]];
        if (!shocked) continue;
        const auto replicate = static_cast<std::uint32_t>(run);
        const double level = mean_shock(seed, replicate, until, last_observed, at[shock], at[memory]),
                     before = mean_shock(seed, replicate, until - 12, last_observed, at[shock], at[memory]);
        values(i, values.cols() - 2) = level;
        values(i, values.cols() - 1) = level - before;
    }
    for (std::size_t m = 0; m < design.targets.targets.size(); ++m) {
        VectorXd output(rows);
        for (Index i = 0; i < rows; ++i) output[i] = runs[good[static_cast<std::size_t>(i)]][m];
        VectorXd chance(static_cast<Index>(centre.size()));
        for (Index i = 0; i < chance.size(); ++i) chance[i] = runs[centre[static_cast<std::size_t>(i)]][m];
        const double variance = (chance.array() - chance.mean()).square().sum() / static_cast<double>(chance.size() - 1);
        drivers.shares.push_back(variance_shares(values, input_of, curved, output, variance));
    }
    return drivers;
}

}  // namespace experiments
