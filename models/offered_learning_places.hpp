#pragma once
/// Learning places for adults that measures offer (part of process 3): for those who found none at a company.

#include <cstdint>
#include <vector>

#include "models/bbl.hpp"

namespace models {

struct World;

/// A learning place through the gate of a measure.
struct OfferedLearningPlace {
    LearningPlace place;
    std::uint32_t lot = 0;  ///< number of the measure
};

/// Places of `OfferedProgramme::adult_bbl` in a month that has a share of a year's (`season`). Who found no free place applies at the gates of measures of home
/// that are for such a person and for the work of a company in reach: the first recognised one that comes along, which takes a learner more than it has places
/// for. Applicants come in an order by chance (word 0 of the draw at (learning place of an adult, person, month, 2^21)); where several gates have places, the
/// one with most of them, and of equals the measure that comes first in /policy. The lot refuses some, who are noted and barred at that gate. Counts
/// applicants, refusals and participants of each measure, and follows them. Without such offers nothing is drawn. Changes nothing else in the world. On one
/// thread.
[[nodiscard]] std::vector<OfferedLearningPlace> take_offered_learning_places(World& world, const std::vector<LearningSeeker>& unplaced, double season);

/// Whether any measure offers such places in a month.
[[nodiscard]] bool offers_learning_places(const World& world);

}  // namespace models
