#pragma once
/// Strata of a Latin hypercube.

#include <cstddef>
#include <numeric>
#include <utility>
#include <vector>

#include <boost/random/mersenne_twister.hpp>
#include <boost/random/uniform_int_distribution.hpp>

namespace experiments {

/// Numbers 0 to count - 1 in an order by chance; the same with every standard library.
[[nodiscard]] inline std::vector<std::size_t> shuffled(std::size_t count, boost::random::mt19937_64& engine) {
    std::vector<std::size_t> order(count);
    std::iota(order.begin(), order.end(), 0);
    for (std::size_t i = count; i > 1; --i) std::swap(order[i - 1], order[boost::random::uniform_int_distribution<std::size_t>(0, i - 1)(engine)]);
    return order;
}

}  // namespace experiments
