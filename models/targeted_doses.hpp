#pragma once
/// Doses on the members of a group alone: a process that asks for the value of a lever for one person reads it here.

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "models/levers.hpp"
#include "models/person.hpp"
#include "models/person_group.hpp"

namespace models {

struct World;

/// Levers whose value a process reads for one person at a time, so that a dose can be for a group.
enum class PersonalLever : std::uint8_t { retention_effect, adult_bbl_interest, side_entry_propensity, side_entry_subsidy, side_entry_length };
inline constexpr std::array<std::string_view, 5> personal_levers{"separations.retention_effect", "adult_bbl.interest", "side_entry.propensity",
                                                                 "side_entry.subsidy", "side_entry.length_factor"};

/// The place of a parameter among them; none: its doses act on whole regions.
[[nodiscard]] std::optional<PersonalLever> personal_lever(std::string_view parameter);

/// The doses of a month for groups; part of Policy.
struct TargetedDoses {
    struct Dose {
        double value = 0;
        std::int32_t group = -1;  ///< place in `groups`; below 0: everybody
    };
    struct OfLever {
        double usual = 0;  ///< value of the lever without any dose
        /// By region: all doses in force, those for everybody too, in the order of /policy; empty where none is for a group.
        std::vector<std::vector<Dose>> by_region;
    };
    std::vector<PersonGroup> groups;
    std::array<OfLever, personal_levers.size()> levers;
};

/// One lever for the persons of a month. Where no dose is for a group it is the parameter of the region, at the cost of one test.
class LeverOfPersons {
public:
    /// Rests on the world's policy and parameters, which outlive it.
    LeverOfPersons(const World& world, PersonalLever lever);
    /// Whether anybody's value may be another than that of the region's parameters.
    [[nodiscard]] bool differs() const { return doses_ != nullptr; }
    /// The value for a resident: the doses for everybody and for the groups that the person belongs to now, combined by the lever's rule. Only where `differs`.
    [[nodiscard]] double of(Row row) const;
    /// That of the region's parameters, and the highest that anybody there can have; the same where no dose is for a group. Only where `differs`.
    [[nodiscard]] double of_everybody(std::size_t region) const { return of_everybody_[region]; }
    [[nodiscard]] double highest(std::size_t region) const;

private:
    const World& world_;
    PersonalLever lever_;
    Combination rule_ = Combination::sum;
    const TargetedDoses* doses_ = nullptr;
    std::vector<double> of_everybody_;  ///< by region
};

}  // namespace models
