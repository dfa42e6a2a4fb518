#include "experiments/appraisal/best_split.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <stdexcept>

#include <nlopt.hpp>

#include "sim/parallel.hpp"

namespace experiments {
namespace {

using models::target_groups;

/// Shares below are nothing: a plan with a hundred euro somewhere is none.
constexpr double least_share = 0.002;
constexpr int most_evaluations = 300;

class Search {
public:
    explicit Search(const SplitSearch& search) : s_(search) {
        for (std::size_t r = 0; r < s_.regions.size(); ++r)
            for (std::size_t g = 0; g < target_groups; ++g)
                if (runs_in(r) && money_of(g) > 0) places_.emplace_back(r, g);
        double all[target_groups] = {};
        for (const auto& [r, g] : places_) all[g] += s_.sizes.by_region[r][g];
        for (const auto& [r, g] : places_) own_.push_back(money_of(g) * s_.sizes.by_region[r][g] / all[g]);
        const std::size_t used = std::min(s_.used, s_.samples.size());
        for (std::size_t i = 0; i < used; ++i) {
            const std::size_t sample = i * s_.samples.size() / used;
            parameters_.push_back(s_.samples.parameters(sample));
            drawn_.push_back(s_.samples.drawn(s_.campaign, sample));
        }
    }

    [[nodiscard]] Split split_of(std::vector<double> shares) const {
        double sum = 0;
        for (auto& share : shares) sum += share = std::max(share, 0.0);
        Split made;
        made.intensity.assign(s_.regions.size(), {});
        made.share = made.intensity;
        for (std::size_t i = 0; i < places_.size(); ++i) {
            const auto [r, g] = places_[i];
            made.share[r][g] = shares[i] / sum;
            made.intensity[r][g] = made.share[r][g] / own_[i];
        }
        made.expected = expected(made.intensity);
        return made;
    }

    [[nodiscard]] SplitPair best() const {
        SplitPair found{split_of(own_), split_of(own_)};
        std::vector<double> by_response = own_;
        for (std::size_t i = 0; i < by_response.size(); ++i) by_response[i] *= std::max(s_.by_region[places_[i].first], 0.05);
        const std::vector<std::vector<double>> starts{own_, by_response};
        for (const auto& from : starts) {
            nlopt::opt search(nlopt::LN_SBPLX, static_cast<unsigned>(from.size()));
            search.set_max_objective(
                [](const std::vector<double>& x, std::vector<double>&, void* self) { return static_cast<const Search*>(self)->split_of(x).expected; },
                const_cast<Search*>(this));
            search.set_lower_bounds(0);
            search.set_upper_bounds(1);
            search.set_initial_step(0.05);
            search.set_xtol_abs(1e-3);
            search.set_maxeval(most_evaluations);
            std::vector<double> x = from;
            double most = 0;
            try {
                search.optimize(x, most);
            } catch (const std::runtime_error&) {
                // as near as rounding allows
            }
            double sum = 0;
            for (const double share : x) sum += share;
            if (!(sum > 0)) continue;
            for (auto& share : x) share = share / sum < least_share ? 0 : share / sum;
            const Split there = split_of(x);
            if (there.expected > found.best.expected) found.best = there;
        }
        return found;
    }

private:
    [[nodiscard]] bool runs_in(std::size_t r) const {
        const auto& named = s_.campaign.regions;
        return named.empty() || std::find(named.begin(), named.end(), s_.regions[r]) != named.end();
    }
    /// Part of the money that speaks to a group.
    [[nodiscard]] double money_of(std::size_t g) const {
        double of_group = 0, all = 0;
        for (const auto& channel : s_.campaign.channels) {
            all += channel.share.value;
            of_group += static_cast<std::size_t>(channel.group) == g ? channel.share.value : 0;
        }
        return of_group / all;
    }
    [[nodiscard]] double expected(const std::vector<std::array<double, target_groups>>& intensity) const {
        std::vector<double> parts(parameters_.size());
        sim::for_each_task(parts.size(), [&](std::size_t i) {
            Campaign campaign = drawn_[i];
            campaign.intensity = intensity;
            Eigen::MatrixXd pulls = mechanisms_by_region(campaign, parameters_[i], s_.sizes, s_.regions, s_.tables, s_.until);
            for (Eigen::Index r = 0; r < pulls.rows(); ++r) pulls.row(r) *= s_.by_region[static_cast<std::size_t>(r)];
            parts[i] = (pulls.colwise().sum() * s_.response.coefficients().col(0))(0);
        });
        double sum = 0;
        for (const double part : parts) sum += part;
        return sum / static_cast<double>(parts.size());
    }

    const SplitSearch& s_;
    std::vector<std::pair<std::size_t, std::size_t>> places_;
    std::vector<double> own_;  ///< shares of the money by place, as the campaign spends it
    std::vector<models::Parameters> parameters_;
    std::vector<Campaign> drawn_;
};

}  // namespace

SplitPair best_split(const SplitSearch& search) { return Search(search).best(); }

}  // namespace experiments
