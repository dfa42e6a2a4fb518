#pragma once
/// What the twin's agents and its market both reckon with.

#include <cstddef>
#include <random>

#include "tests/naive/twin.hpp"

namespace naive {

inline double uniform(Engine& engine) { return std::uniform_real_distribution<double>()(engine); }
inline bool chance(double p, Engine& engine) { return uniform(engine) < p; }
/// A mean number as a whole one, rounded at random.
inline int rounded(double mean, Engine& engine) { return static_cast<int>(mean + uniform(engine)); }

/// Field of education that leads to an occupation.
inline models::Field group(std::size_t occupation) {
    return occupation < 8 ? models::Field::technical : occupation < 10 ? models::Field::ict : models::Field::other;
}
/// Rank of an education in what jobs ask for.
inline int rank(models::Education e) { return e == models::Education::low ? 0 : e == models::Education::hbo ? 2 : e == models::Education::wo ? 3 : 1; }

}  // namespace naive
