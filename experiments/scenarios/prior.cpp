#include "experiments/scenarios/prior.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <regex>

#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/lognormal.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/uniform.hpp>

#include "experiments/scenarios/toml_values.hpp"
#include "sim/error.hpp"
#include "sim/math.hpp"
#include "sim/nearest_word.hpp"

namespace experiments {
namespace {

constexpr double furthest_score = 6;

/// Boost 1.74 finds no root at the median of some symmetric laws, such as beta(5, 5), where a hair beside it it does.
double beta_quantile(double a, double b, double share) {
    const boost::math::beta_distribution<> law(a, b);
    try {
        return boost::math::quantile(law, share);
    } catch (const boost::math::evaluation_error&) {
        return boost::math::quantile(law, share + 1e-9);
    }
}

const std::array<std::string, 5> law_names{"uniform", "beta", "normal", "lognormal", "half_normal"};

}  // namespace

double normal_share(double score) { return boost::math::cdf(boost::math::normal(), score); }
double normal_score(double share) {
    if (share <= normal_share(-furthest_score)) return -furthest_score;
    if (share >= normal_share(furthest_score)) return furthest_score;
    return sim::normal_quantile(share);
}

PriorLaw::PriorLaw(const std::string& words, double minimum, double maximum) : words_(words), minimum_(minimum), maximum_(maximum) {
    static const std::regex form(R"(^\s*([a-z_]+)\s*\(\s*([-+.0-9eE]+)\s*(?:,\s*([-+.0-9eE]+)\s*)?\)\s*$)");
    const std::string expected = "uniform(low, high), beta(a, b), normal(mean, sd), lognormal(median, sigma) or half_normal(sd) is expected";
    std::smatch found;
    if (!std::regex_match(words, found, form)) throw sim::InputError("the prior is '" + words + "', but " + expected);
    const auto name = std::find(law_names.begin(), law_names.end(), found[1].str());
    if (name == law_names.end())
        throw sim::InputError("the prior is '" + words + "', but " + expected + "; did you mean " + sim::nearest_word(found[1].str(), law_names) + "?");
    law_ = static_cast<Law>(name - law_names.begin());
    const std::size_t numbers = found[3].matched ? 2 : 1;
    if (numbers != (law_ == Law::half_normal ? 1u : 2u))
        throw sim::InputError("the prior '" + words + "' has " + (numbers == 1 ? "one number" : "two numbers") + ", but " + expected);
    try {
        a_ = std::stod(found[2].str());
        b_ = numbers == 2 ? std::stod(found[3].str()) : 0;
    } catch (const std::exception&) {
        throw sim::InputError("the prior '" + words + "' holds something that is no number");
    }
    if (law_ == Law::uniform && !(a_ < b_)) throw sim::InputError("the prior '" + words + "' has its low end above its high end");
    if (law_ == Law::beta && !(a_ > 0 && b_ > 0)) throw sim::InputError("the prior '" + words + "' needs two numbers above 0");
    if ((law_ == Law::normal || law_ == Law::lognormal) && !(b_ > 0)) throw sim::InputError("the prior '" + words + "' needs a spread above 0");
    if (law_ == Law::lognormal && !(a_ > 0)) throw sim::InputError("the prior '" + words + "' needs a median above 0");
    if (law_ == Law::half_normal && !(a_ > 0)) throw sim::InputError("the prior '" + words + "' needs a spread above 0");
    if (!(minimum < maximum))
        throw sim::InputError("the prior's range has its low end " + number_text(minimum) + " above its high end " + number_text(maximum));
    share_low_ = whole_share(minimum);
    share_high_ = whole_share(maximum);
    if (!(share_high_ - share_low_ > 1e-6))
        throw sim::InputError("the prior '" + words + "' has nothing between " + number_text(minimum) + " and " + number_text(maximum));
}

double PriorLaw::whole_quantile(double share) const {
    const double p = std::clamp(share, 1e-12, 1 - 1e-12);
    switch (law_) {
        case Law::uniform: return a_ + share * (b_ - a_);
        case Law::beta: return beta_quantile(a_, b_, p);
        case Law::normal: return a_ + b_ * normal_score(p);
        case Law::lognormal: return a_ * std::exp(b_ * normal_score(p));
        case Law::half_normal: return a_ * normal_score(0.5 * (1 + p));
    }
    return a_;
}

double PriorLaw::whole_share(double value) const {
    switch (law_) {
        case Law::uniform: return std::clamp((value - a_) / (b_ - a_), 0.0, 1.0);
        case Law::beta: return value <= 0 ? 0 : value >= 1 ? 1 : boost::math::cdf(boost::math::beta_distribution<>(a_, b_), value);
        case Law::normal: return normal_share((value - a_) / b_);
        case Law::lognormal: return value <= 0 ? 0 : normal_share(std::log(value / a_) / b_);
        case Law::half_normal: return value <= 0 ? 0 : 2 * normal_share(value / a_) - 1;
    }
    return 0;
}

double PriorLaw::quantile(double share) const { return std::clamp(whole_quantile(share_low_ + share * (share_high_ - share_low_)), minimum_, maximum_); }

double PriorLaw::share_below(double value) const { return std::clamp((whole_share(value) - share_low_) / (share_high_ - share_low_), 0.0, 1.0); }

double PriorLaw::value_at(double score) const { return quantile(normal_share(std::clamp(score, -furthest_score, furthest_score))); }
double PriorLaw::score_of(double value) const { return normal_score(share_below(value)); }

}  // namespace experiments
