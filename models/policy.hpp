#pragma once
/// What the measures of a scenario make of one month: parameters that differ by region, and places with a gate of their own. Model description, section 4.

#include <cstdint>
#include <vector>

#include "models/labels.hpp"
#include "models/parameters.hpp"
#include "models/person_group.hpp"
#include "models/targeted_doses.hpp"

namespace models {

/// Programmes whose places a measure can add.
enum class OfferedProgramme : std::uint8_t { course, work_learning, adult_bbl };

/// Places that a measure offers, with a gate: who wants one applies, and the lot of the measure refuses a few (model description, section 4).
struct Offer {
    std::uint32_t lot = 0;      ///< the measure's number at the lot, below 2^20; never that of another measure
    std::uint16_t measure = 0;  ///< place of the measure in the order of /policy
    OfferedProgramme programme = OfferedProgramme::course;
    std::vector<double> places = {};      ///< persons a year, by region
    std::uint32_t targets = 0xFFFFFFFFU;  ///< occupations that a course or a learning place leads to, one bit each; only technical and ICT ones count
    PersonGroup who = {};                 ///< may apply
};

/// What a measure spends in a month.
struct Spending {
    std::vector<double> euro;    ///< that do not depend on participants, for all persons, by region
    double per_participant = 0;  ///< euro for each who begins
    PersonGroup who = {};        ///< whom the measure is for
};

/// The measures of a scenario in one month. Whoever was admitted by a measure is counted for it as long as `offers` names it, places or none: so it names every
/// measure with a gate in every month.
struct Policy {
    std::vector<Parameters> by_region;  ///< parameters of each region; empty: those of the world everywhere
    std::vector<Offer> offers;          ///< by `measure`; one without places opens no gate
    std::vector<Spending> spending;     ///< by measure
    std::uint16_t measures = 0;         ///< rows of /policy
    TargetedDoses targeted = {};        ///< doses for groups
};

}  // namespace models
