#pragma once
/// The work-based path (BBL): contracts at recognised learning companies in reach, and the recognition of companies.

#include <cstdint>
#include <vector>

#include "models/progress.hpp"

namespace models {

/// Months without a contract after which a learner leaves the path (September to November of a start, or after a lost contract).
inline constexpr int bbl_months_without_contract = 3;

/// Probability that an employer is a recognised learning company in the reference state.
[[nodiscard]] double recognised_share(const SchoolingTables& t, Sector sector, SizeClass size);
/// BBL places of a learning company: places a worker x staff, rounded up or down by the draw u, so that the mean is exact.
[[nodiscard]] int bbl_places(const SchoolingTables& t, const SchoolingParameters& p, Sector sector, std::int64_t staff, double u);
/// Monthly probabilities that a company becomes recognised, or loses recognition; the stationary share is `recognised_share` at tightness 1 and levers at
/// their defaults.
[[nodiscard]] sim::MonthlyProbability recognition_probability(const SchoolingTables& t, const SchoolingParameters& p, Sector sector, SizeClass size,
                                                              double tightness);
[[nodiscard]] sim::MonthlyProbability lapse_probability(const SchoolingTables& t);

/// Share of those who begin mbo under 25 in a field who want a contract.
/// `shift` is added to the log odds.
[[nodiscard]] double bbl_wanted(Field field, const SchoolingTables& t, const SchoolingParameters& p, double shift = 0);

/// Whether an occupation is learned in mbo for a field: of the field's group, without engineers and researchers and without managers.
[[nodiscard]] constexpr bool learned_in_bbl(Occupation o, Field field) { return group_of(o) == field && o != 0 && o != 14; }

/// Somebody who looks for a learning place.
struct LearningSeeker {
    Row row;
    Field field;
};
/// A learning place that somebody got.
struct LearningPlace {
    Row row;
    PostNumber post;
};

/// Finds learning places: each seeker tries companies in reach of home (rounds of one proposal each, drawn from a table of places whose size depends only on
/// the number of employers); a company with fewer free places than proposals takes the lowest draws (ties: lower row). Changes nothing in the world.
/// Seekers of the same row set give the same result in any order. `key` and `month` are those of the draws. `beyond_places`: learning companies take whoever
/// proposes, also where their places are taken.
[[nodiscard]] std::vector<LearningPlace> find_learning_places(const World& world, std::vector<LearningSeeker> seekers, const SchoolingTables& tables,
                                                              const SchoolingParameters& parameters, sim::ProcessKey key, sim::Month month,
                                                              bool beyond_places = false);

}  // namespace models
