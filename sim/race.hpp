#pragma once
/// Competing outcomes race: each cause that is accepted for a person rings within the month, and the earliest ring counts.
///
/// With constant rates the causes are independent exponential clocks, so P(any) = 1 - exp(-sum of rates) and each cause wins
/// in proportion to its rate. Asking one cause after the other would favour the first.

#include <algorithm>
#include <cstddef>
#include <optional>
#include <span>

#include "sim/address.hpp"
#include "sim/math.hpp"

namespace sim {

/// When, as a share of the month, an event of a monthly rate happens, given that it happens within the month:
/// t = -ln(1 - v (1 - e^-rate)) / rate, v uniform in (0, 1) (the next word of the draw that accepted it). A rate of 0 gives the limit v.
[[nodiscard]] inline double ring_time(double rate, double v) { return rate > 0 ? -log_one_plus(-v * (1.0 - exponential(-rate))) / rate : v; }

/// The same for a monthly probability p = 1 - e^-rate. A probability of 1 rings at once.
[[nodiscard]] inline double ring_time_of(double probability, double v) {
    if (probability >= 1) return 0;
    return probability > 0 ? log_one_plus(-v * probability) / log_one_plus(-probability) : v;
}

/// A cause and when it rings.
struct Ring {
    ProcessKey cause;
    double time;
};

/// Whether one ring comes before another; ties go to the lower process key.
[[nodiscard]] constexpr bool rings_before(const Ring& a, const Ring& b) { return a.time != b.time ? a.time < b.time : a.cause < b.cause; }

/// The earliest of a person's rings, whatever their order; nothing where there is none.
[[nodiscard]] inline std::optional<Ring> first_to_ring(std::span<const Ring> rings) {
    const auto first = std::min_element(rings.begin(), rings.end(), rings_before);
    return first == rings.end() ? std::nullopt : std::optional(*first);
}

}  // namespace sim
