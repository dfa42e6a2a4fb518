#pragma once
/// Whom a measure is for: a group of persons by what a gate can see of them.

#include <cstdint>
#include <vector>

#include "models/person.hpp"

namespace models {

struct World;

/// A group of residents. Sets are one bit a label; each starts with everybody.
struct PersonGroup {
    static constexpr std::uint32_t all = 0xFFFFFFFFU;
    int youngest = 0;
    int oldest = 150;                 ///< years, the last one included
    std::uint32_t sexes = all;        ///< by Sex
    std::uint32_t education = all;    ///< by Education
    std::uint32_t fields = all;       ///< by Field of education
    std::uint32_t statuses = all;     ///< by LabourStatus
    std::uint32_t occupations = all;  ///< by present or last occupation; whoever never worked belongs only where all are
    std::uint32_t sectors = all;      ///< by Sector of the employer; whoever has none belongs only where all are
    std::uint32_t sizes = all;        ///< by size class of the employer; the same
    bool operator==(const PersonGroup&) const = default;

    [[nodiscard]] bool everybody() const { return *this == PersonGroup{}; }
    /// Whether a resident belongs to it now.
    [[nodiscard]] bool contains(const World& world, Row row) const;
};

/// Residents of 15 to 74 years who work or look for work.
[[nodiscard]] PersonGroup labour_force();

/// Residents in a group by region and level of education: region * levels + level. Passes over all persons.
[[nodiscard]] std::vector<std::int64_t> residents_by_education(const World& world, const PersonGroup& group);

}  // namespace models
