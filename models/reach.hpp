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
/// `learned`: an occupation that a course taught, which then counts as the last.
[[nodiscard]] std::size_t profile_of(const Person& person, Occupation learned = no_occupation);

/// Shares of a profile's applications over occupations (sum 1): `own_occupation` to the own one, `field_reach` to those of the field of
/// education, the rest where workers who change occupation go. Pure in the tables.
[[nodiscard]] std::vector<double> occupation_shares(const World& world, std::size_t profile);

/// Factor on the weight of a field's occupations in the search of somebody with a diploma in it and no past in work: hybrid teachers (`taught`, a shift of the
/// log) and, of technical and ICT diplomas, measures. Pure.
[[nodiscard]] double first_job_weight(Field field, Education education, double taught, const SearchParameters& p);

/// Weight of a journey beside one within the region: 1 within, beyond boundary_weight^(1 / mobility) exp(-decay (minutes - minutes within) / mobility). Pure.
[[nodiscard]] double travel_weight(double minutes, double within, const SearchParameters& parameters);

/// A slot that a word chose, and the submarket that it belongs to. Where nothing is in reach the slot is the number of all slots: one that is always empty.
struct Place {
    std::uint32_t slot;
    std::uint32_t submarket;
};

/// Tables by which two random words choose a slot: the first an occupation (alias method, Walker 1977; a table for each home and profile), the second the
/// place (a cumulated one for each home and occupation). All are small enough to stay in the cache. Weight of a slot: share of its occupation, as
/// `occupation_shares` has it, times the weight of the journey, relative to the slots beside which those of the occupation weigh (`Vacancies::beside`).
class Reach {
public:
    /// Homes: the regions of the run, then the in-commuters of each gate.
    void build(const World& world);
    /// Whether the tables rest on other weights than the world has now.
    [[nodiscard]] bool stale(const World& world) const;
    [[nodiscard]] static std::size_t home_of(std::size_t regions, std::uint8_t region, const Person& person) {
        return region < regions ? region : regions + person.municipality;
    }
    /// Occupation for a word; `occupations`, which has no place, where the home reaches none of the profile.
    [[nodiscard]] std::uint32_t occupation(std::size_t home, std::size_t profile, std::uint32_t word) const {
        const std::uint64_t product = static_cast<std::uint64_t>(word) * occupations;
        const auto drawn = static_cast<std::uint32_t>(product >> 32);
        const Cell& cell = cells_[(home * profiles + profile) * occupations + drawn];
        // Without a branch: which of the two it is has no pattern.
        const auto own = std::uint32_t{0} - static_cast<std::uint32_t>(static_cast<std::uint32_t>(product) < cell.threshold);
        return cell.other ^ ((cell.other ^ drawn) & own);
    }
    /// Slot of that occupation for a word.
    [[nodiscard]] Place place(std::size_t home, std::size_t occupation, std::uint32_t word) const {
        const Part* part = &parts_[(home * (occupations + 1) + occupation) * work_regions_];
        const Part* last = part + work_regions_ - 1;
        while (part != last && word >= part[1].from) ++part;
        return {part->begin + static_cast<std::uint32_t>(static_cast<double>(word - part->from) * part->slots_a_word), part->submarket};
    }
    /// Probability of a submarket; for tests.
    [[nodiscard]] double probability(std::size_t home, std::size_t profile, std::size_t submarket) const;
    [[nodiscard]] std::size_t submarkets() const { return work_regions_ * occupations; }

private:
    struct Cell {
        std::uint32_t threshold = 0;
        std::uint32_t other = occupations;
    };
    /// The words from `from` up to the next part choose the slots of one submarket evenly. Parts go by falling weight; those without any repeat the last
    /// one that has some.
    struct Part {
        std::uint32_t from = 0;
        std::uint32_t begin = 0;
        double slots_a_word = 0;
        std::uint32_t submarket = 0;
    };
    std::size_t work_regions_ = 0;
    std::vector<Cell> cells_;  ///< by home, profile and drawn occupation
    std::vector<Part> parts_;  ///< by home, occupation and order of weight
    std::vector<double> key_;
    [[nodiscard]] static std::vector<double> key_of(const World& world);
};

}  // namespace models
