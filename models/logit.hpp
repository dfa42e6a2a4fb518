#pragma once
/// Multinomial logit over few alternatives, with constants that reproduce observed shares exactly.
///
/// The constant of an alternative is the logarithm of its observed share (the inverse of the logit, closed form); everything that moves the choice enters as
/// a difference from the reference state in which the share was observed. So P_k = s_k exp(v_k) / sum_j s_j exp(v_j), and v = 0 gives back the observed shares.

#include <array>
#include <cstddef>

#include "sim/math.hpp"

namespace models {

template <std::size_t n>
using Shares = std::array<double, n>;

/// Choice probabilities for shifts v of utility from the reference state. `shares` >= 0 with a positive sum; an alternative with share 0 is never chosen.
template <std::size_t n>
[[nodiscard]] Shares<n> logit_shares(const Shares<n>& shares, const Shares<n>& shifts) {
    double highest = shifts[0];
    for (double v : shifts) highest = v > highest ? v : highest;
    Shares<n> result{};
    double total = 0;
    for (std::size_t k = 0; k < n; ++k) {
        result[k] = shares[k] * sim::exponential(shifts[k] - highest);
        total += result[k];
    }
    for (double& p : result) p /= total;
    return result;
}

/// The alternative in which u in (0, 1) falls. The order of alternatives is fixed, so a shift toward one moves few people between the others.
template <std::size_t n>
[[nodiscard]] std::size_t chosen(const Shares<n>& probabilities, double u) {
    double sum = 0;
    std::size_t last = 0;
    for (std::size_t k = 0; k < n; ++k) {
        if (probabilities[k] <= 0) continue;
        last = k;
        sum += probabilities[k];
        if (u < sum) return k;
    }
    return last;
}

/// Shares of a remaining group when those of the whole and of one part with weight `weight` are known; a negative rest counts as 0.
template <std::size_t n>
[[nodiscard]] Shares<n> residual_shares(const Shares<n>& whole, const Shares<n>& part, double weight) {
    Shares<n> rest{};
    double total = 0;
    for (std::size_t k = 0; k < n; ++k) {
        rest[k] = (whole[k] - weight * part[k]) / (1.0 - weight);
        if (rest[k] < 0) rest[k] = 0;
        total += rest[k];
    }
    for (double& s : rest) s /= total;
    return rest;
}

}  // namespace models
