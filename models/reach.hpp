#pragma once
/// Where seekers look: the probability of each submarket, by home and by what a person has done and learned. Fixed weights, never the present number of
/// vacancies.

#include <cstdint>
#include <vector>

#include "models/labels.hpp"
#include "models/person.hpp"
#include "sim/slots.hpp"

namespace models {

struct World;
struct SearchParameters;

/// What a person brings to the choice of occupation: the last occupation, or without a past in work the field and level of education.
inline constexpr std::size_t profiles = static_cast<std::size_t>(occupations) * 3 + 3 * 5 + 1;
inline constexpr std::size_t student_profile = profiles - 1;  ///< who looks for a side job
[[nodiscard]] std::size_t profile_of(const Person& person);

/// Shares of a profile's applications over occupations (sum 1): `own_occupation` to the own one, `field_reach` to those of the field of
/// education, the rest where workers who change occupation go. Pure in the tables.
[[nodiscard]] std::vector<double> occupation_shares(const World& world, std::size_t profile);

/// Weight of a journey beside one within the region: 1 within, beyond boundary_weight^(1 / mobility) exp(-decay (minutes - minutes within) / mobility). Pure.
[[nodiscard]] double travel_weight(double minutes, double within, const SearchParameters& parameters);

/// Tables by which one random word chooses a submarket (alias method, Walker 1977), one a home and profile.
class Reach {
public:
    /// Homes: the regions of the run, then the in-commuters of each gate.
    void build(const World& world);
    /// Whether the tables rest on other weights than the world has now.
    [[nodiscard]] bool stale(const World& world) const;
    [[nodiscard]] static std::size_t home_of(const World& world, std::uint8_t region, const Person& person) {
        return region < homes_inside(world) ? region : homes_inside(world) + person.municipality;
    }
    /// Submarket for a word.
    [[nodiscard]] std::uint32_t submarket(std::size_t home, std::size_t profile, std::uint32_t word) const {
        const std::uint64_t product = static_cast<std::uint64_t>(word) * submarkets_;
        const Cell& cell = cells_[(home * profiles + profile) * submarkets_ + (product >> 32)];
        return static_cast<std::uint32_t>(product) < cell.threshold ? static_cast<std::uint32_t>(product >> 32) : cell.other;
    }
    /// Probability of a submarket; for tests.
    [[nodiscard]] double probability(std::size_t home, std::size_t profile, std::size_t submarket) const;
    /// The slots of a submarket that a home reaches.
    [[nodiscard]] sim::SlotTable slots(std::size_t home, std::size_t submarket) const { return slots_[home * submarkets_ + submarket]; }
    [[nodiscard]] std::size_t submarkets() const { return submarkets_; }

private:
    static std::size_t homes_inside(const World& world);
    struct Cell {
        std::uint32_t threshold = 0;
        std::uint32_t other = 0;
    };
    std::size_t submarkets_ = 0;
    std::vector<Cell> cells_;
    std::vector<sim::SlotTable> slots_;
    std::vector<double> key_;
    [[nodiscard]] static std::vector<double> key_of(const World& world);
};

}  // namespace models
