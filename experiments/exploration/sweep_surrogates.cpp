#include "experiments/exploration/sweep_surrogates.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "experiments/scenarios/toml_values.hpp"
#include "sim/csv_field.hpp"
#include "sim/error.hpp"
#include "sim/nearest_word.hpp"

namespace experiments {
namespace {

constexpr double no_variation = 1e-12;
constexpr double interval_width = 1.959964;

Eigen::VectorXd places_of(const std::vector<Factor>& factors, const std::vector<double>& point) {
    Eigen::VectorXd place(static_cast<Eigen::Index>(factors.size()));
    for (std::size_t f = 0; f < factors.size(); ++f) place[static_cast<Eigen::Index>(f)] = place_of(factors[f], point[f]);
    return place;
}

}  // namespace

double place_of(const Factor& factor, double value) { return factor.law ? factor.law->share_below(value) : (value - factor.low) / (factor.high - factor.low); }

std::vector<OutcomeSurrogate> surrogates_of(const SweepPlan& plan, const SweepResults& results, const std::vector<std::string>& outcomes,
                                            const std::function<void()>& fitted) {
    const auto& sweep = plan.sweep;
    if (plan.points.size() > most_surrogate_points)
        throw sim::InputError(fmt::format("the sweep has {} points, but a surrogate takes at most {}", plan.points.size(), most_surrogate_points));
    std::vector<std::string> names;
    for (const auto& outcome : sweep.outcomes) names.push_back(outcome.name);
    std::vector<std::size_t> wanted;
    for (const auto& name : outcomes.empty() ? names : outcomes) {
        const auto found = std::find(names.begin(), names.end(), name);
        if (found == names.end()) throw sim::InputError(fmt::format("the sweep keeps no outcome '{}'; did you mean {}?", name, sim::nearest_word(name, names)));
        wanted.push_back(static_cast<std::size_t>(found - names.begin()));
    }
    Eigen::MatrixXd places(static_cast<Eigen::Index>(plan.points.size()), static_cast<Eigen::Index>(sweep.factors.size()));
    for (std::size_t p = 0; p < plan.points.size(); ++p) places.row(static_cast<Eigen::Index>(p)) = places_of(sweep.factors, plan.points[p]).transpose();
    const auto inputs = static_cast<Eigen::Index>(inputs_of(sweep.factors).size());
    const Eigen::Index block = sweep.design.kind == DesignKind::saltelli ? inputs + 2 : sweep.design.kind == DesignKind::morris ? inputs + 1 : 1;
    std::vector<OutcomeSurrogate> made;
    for (const auto o : wanted) {
        const auto& values = results.mean[o];
        if (const auto bad = std::find_if(values.begin(), values.end(), [](double v) { return !std::isfinite(v); }); bad != values.end())
            throw sim::InputError(fmt::format("outcome {} has no value at point {}", names[o], bad - values.begin()));
        const auto [least, most] = std::minmax_element(values.begin(), values.end());
        OutcomeSurrogate one{names[o], sweep.outcomes[o].unit, values.front(), std::nullopt};
        if (*most - *least > no_variation * std::max(std::abs(*least), std::abs(*most)))
            one.surrogate.emplace(places, Eigen::Map<const Eigen::VectorXd>(values.data(), static_cast<Eigen::Index>(values.size())), block);
        made.push_back(std::move(one));
        if (fitted) fitted();
    }
    return made;
}

std::vector<double> point_from_words(const std::vector<std::string>& words, const std::vector<Factor>& factors) {
    std::vector<std::string> names;
    std::vector<double> point;
    for (const auto& factor : factors) {
        names.push_back(factor.name);
        point.push_back(factor.at(0.5));
    }
    for (const auto& word : words) {
        const auto equals = word.rfind('=');
        const std::string name = word.substr(0, equals);
        const auto found = std::find(names.begin(), names.end(), name);
        if (equals == std::string::npos) throw sim::InputError("'" + word + "' is no point, but a factor and its value, as FACTOR=VALUE, are expected");
        if (found == names.end()) throw sim::InputError("no factor is named '" + name + "'; did you mean " + sim::nearest_word(name, names) + "?");
        const auto f = static_cast<std::size_t>(found - names.begin());
        point[f] = points_from_csv(word.substr(equals + 1) + "\n", "--at", {factors[f]}).front().front();
    }
    return point;
}

Surrogate::Prediction predicted(const OutcomeSurrogate& surrogate, const std::vector<Factor>& factors, const std::vector<double>& point) {
    return surrogate.surrogate ? surrogate.surrogate->at(places_of(factors, point)) : Surrogate::Prediction{surrogate.value, 0};
}

std::string predictions_csv(const std::vector<OutcomeSurrogate>& surrogates, const std::vector<Factor>& factors,
                            const std::vector<std::vector<double>>& points) {
    std::string text;
    for (const auto& factor : factors) text += (text.empty() ? "" : ",") + sim::csv_field(factor.name);
    for (const auto& one : surrogates) text += "," + one.outcome + "," + one.outcome + "_low," + one.outcome + "_high";
    text += "\n";
    for (const auto& point : points) {
        std::string line;
        for (std::size_t f = 0; f < factors.size(); ++f) line += (line.empty() ? "" : ",") + value_text(factors[f], point[f]);
        for (const auto& one : surrogates) {
            const auto [mean, error] = predicted(one, factors, point);
            for (const double value : {mean, mean - interval_width * error, mean + interval_width * error}) line += "," + number_text(value);
        }
        text += line + "\n";
    }
    return text;
}

}  // namespace experiments
