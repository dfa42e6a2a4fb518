#pragma once
/// Measures as data: doses on levers and offers of places that begin, grow and end in their own months.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "experiments/scenarios/quantity.hpp"
#include "models/labels.hpp"
#include "models/person_group.hpp"
#include "models/policy.hpp"
#include "sim/month.hpp"

namespace experiments {

/// What a measure does to one lever.
struct Dose {
    std::string lever;  ///< name of its parameter, as in `instroom describe levers`
    double value = 0;   ///< at full strength, by the lever's rule: a share, a factor, a shift, a setting
    Evidence evidence = {};
};

/// Places of a programme that a measure offers.
struct MeasureOffer {
    models::OfferedProgramme programme = models::OfferedProgramme::course;
    Quantity places;                                   ///< persons a year in all regions of the measure together, shared out by its `shares`
    std::map<std::string, Quantity> by_region;         ///< persons a year; where not empty, in the place of `places`
    std::uint32_t targets = models::PersonGroup::all;  ///< occupations that a course leads to, one bit each
    models::PersonGroup who;                           ///< may apply

    /// Persons a year in one region of the measure, whose share of it is given.
    [[nodiscard]] double places_in(const std::string& region, double share) const;
};

/// What a measure costs, in euro. What levers and programmes of the model cost by themselves is not in it.
struct MeasureCost {
    Quantity fixed;            ///< once, at the start
    Quantity per_participant;  ///< of its offer
    Quantity per_month;        ///< for each month at full strength, in all its regions together; while it grows its part of that
    bool operator==(const MeasureCost&) const = default;
};

struct Measure {
    std::string name;
    std::uint32_t number = 0;  ///< of the library; 0: none, the lot then takes a digest of the name
    std::string title;
    std::string description;
    std::string source;                       ///< of its figures; empty: assumed
    std::optional<sim::Month> in_place_from;  ///< held by the baseline from this month on
    std::vector<std::string> regions;         ///< in which it is in force; empty: in all
    std::map<std::string, double> shares;     ///< of each of these regions in its places and cost, together 1; empty: equal ones
    sim::Month start;                         ///< first month with a dose
    int ramp = 1;                             ///< months until full strength, in equal steps; 1: at once
    sim::Month end = last_month;              ///< last month with a dose; whoever was trained stays trained
    std::string overlap;                      ///< group of measures that reach for the same people; empty: none
    /// Part of its strength that it loses where ever so many measures of its group are in force.
    Quantity overlap_share = usual_overlap();
    Quantity coordination;    ///< part of the loss by overlap that it takes away from all measures in its regions
    std::vector<Dose> doses;  ///< at most one a lever
    /// Members of which alone its doses act on; everybody of its regions otherwise. With an offer the target group is that of the offer, and doses act on
    /// everybody.
    models::PersonGroup dosed;
    std::optional<MeasureOffer> offer;
    MeasureCost cost;
    int line = 0;            ///< in the file of a scenario
    std::string file;        ///< of that line
    int start_line = 0;      ///< where its start was said, or the measure was added from the library
    std::string start_file;  ///< of that line
    /// Part of full strength in a month: 0 before the start and after the end.
    [[nodiscard]] double strength(sim::Month month) const;
    [[nodiscard]] bool in_force_in(const std::string& region) const;

    static constexpr sim::Month last_month = sim::Month::of(9999, 12);  ///< no end
    [[nodiscard]] static Quantity usual_overlap();
};

/// The number of a measure at the lot: that of the library, or 20 bits of a digest of its name, never 0.
[[nodiscard]] std::uint32_t lot_number(const Measure& measure);

/// One line for people: months, regions, doses and places.
[[nodiscard]] std::string text_of(const Measure& measure);

/// What it does, without its name and months.
[[nodiscard]] std::string effects_text(const Measure& measure);

/// Every key of a measure that does not have its default, and its value as TOML writes them, in the order of the keys of a measure.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> toml_lines(const Measure& measure);

/// Measures as a scenario file writes them.
[[nodiscard]] std::string measures_text(const std::vector<Measure>& measures);

}  // namespace experiments
