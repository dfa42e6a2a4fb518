#pragma once
/// The start population: persons, employers and schools of January 2021, built from tables with a seed of its own.
///
/// Method: iterative proportional fitting to the margins, rounding that carries its error along (so that margins come out within
/// rounding), shuffles at drawn addresses for who is who, durations from residual-life laws, then twelve months of spin-up.
/// The scenario never enters. The same bytes for every number of threads.

#include <cstdint>

#include "models/parameters.hpp"
#include "models/tables.hpp"
#include "models/world.hpp"
#include "regions/start_tables.hpp"

namespace regions {

struct StartOptions {
    std::uint64_t population_seed = 1;
    double scale = 1.0;   ///< agents per person, in (0, 1]
    bool spin_up = true;  ///< run the twelve months of 2020 and restore the margins afterwards
};

/// The world at January 2021: `month` is 2020-12, so that the first month that is simulated is 2021-01. `parameters` are those of the
/// start (defaults, whatever the scenario says); world.tables and world.parameters point to the arguments, which must outlive it.
/// Rows: residents by region and birth month, then outsiders (rest_nl, abroad) by birth month; every employee points to one post.
/// Throws InputError for a scale out of range.
[[nodiscard]] models::World synthesise(const models::Tables& tables, const StartTables& start, const models::Parameters& parameters,
                                       const StartOptions& options);

}  // namespace regions
