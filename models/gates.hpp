#pragma once
/// The gates of a programme: its own places and those that measures offer. Whoever comes in the order of lots is admitted where a place is free, unless the lot
/// of that gate refuses: so that what would have happened without can be counted (model description, section 4).

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "models/labels.hpp"
#include "models/person.hpp"
#include "models/policy.hpp"

namespace models {

struct World;

enum class Admission : std::uint8_t {
    admitted,
    refused_place,
    refused_lot,
    not_allowed  ///< every gate is for others, or has refused this person by lot not long ago: no application
};

struct GateApplicant {
    Row row = 0;
    std::uint8_t home = 0;
    Occupation target = 0;
    ProgrammeKind kind = ProgrammeKind::course;  ///< in whose accounts the person stands
};

/// The gates of one programme in one month. On one thread.
class Gates {
public:
    /// `own`: places of the programme itself; `share`: how an offer's places in a region are spread over targets. Both by region * occupations + target.
    Gates(World& world, OfferedProgramme programme, std::vector<std::int32_t> own, std::span<const double> share);

    struct Verdict {
        Admission admission = Admission::refused_place;
        std::uint32_t lot = 0;  ///< number of the measure whose gate it was; 0: the programme's own
    };
    /// Looks for a place in the given regions, the first with one, and counts the application, the refusals and the participant. Where several gates have free
    /// places for this person, their numbers say which.
    [[nodiscard]] Verdict admit(const GateApplicant& applicant, std::span<const std::uint8_t> regions);

    /// Places that are left, of all gates, by region * occupations + target.
    [[nodiscard]] std::vector<std::int32_t> left() const;

private:
    struct Gate {
        const Offer* offer = nullptr;      ///< null: the programme's own
        std::vector<std::int32_t> places;  ///< left
        std::vector<double> mean;          ///< of the month; for offers alone
    };
    [[nodiscard]] std::uint32_t number(const Gate& gate, ProgrammeKind kind) const;
    [[nodiscard]] bool open_to(const Gate& gate, const GateApplicant& applicant) const;

    World& world_;
    std::vector<Gate> gates_;
};

/// Mean places of a month that one offer has in a region, in agents, by target: spread over those it leads to by `share` (one a target); all 0 where there is
/// nothing to spread them by.
[[nodiscard]] std::array<double, occupations> offered_by_target(const Offer& offer, std::size_t region, std::span<const double> share, double scale);

/// Mean places of a month that measures offer in a region, in agents.
[[nodiscard]] double offered_places(const World& world, OfferedProgramme programme, std::size_t region);

}  // namespace models
