#pragma once
/// The core of the real model alone: residents who work, look for work or might, the employers of the regions, and the real steps of employers, separations
/// and search, on a start population of the real regions.
///
/// Left out: everybody else (students, learners, the self-employed, the retired, people of 64 and over, whoever lives or works beyond the boundary of the
/// regions), demography, schooling, programmes, growth of demand, births and closures of employers, support schemes, and the separations that lead out of the
/// core (retirement, study, self-employment, leaving technical work). The jobs of those left out go from desired staff too.

#include <cstdint>

#include "models/world.hpp"
#include "tests/naive/observed.hpp"
#include "tests/support/start_world.hpp"

namespace naive {

class CoreWorld {
public:
    explicit CoreWorld(double scale);
    CoreWorld(const CoreWorld&) = delete;
    CoreWorld& operator=(const CoreWorld&) = delete;

    /// The world at the start: the same for each run. Tables and parameters of it are those of this object, which must outlive it.
    [[nodiscard]] const models::World& start() const { return world_; }
    [[nodiscard]] const models::Tables& tables() const { return origin_.tables; }
    [[nodiscard]] const models::Parameters& parameters() const { return origin_.parameters; }
    /// So many months with the steps of the model and a seed, on one thread.
    [[nodiscard]] History run(std::uint64_t seed, int months) const;
    /// The same without looking at it.
    void step(models::World& world, int months) const;

private:
    tests::StartWorld origin_;
    models::World world_;
};

}  // namespace naive
