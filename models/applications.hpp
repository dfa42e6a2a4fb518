#pragma once
/// Which slots seekers apply to, and what both sides think of each other.

#include <array>
#include <cstdint>
#include <vector>

#include "models/labels.hpp"
#include "models/person.hpp"
#include "models/reach.hpp"
#include "models/search.hpp"
#include "models/seekers.hpp"
#include "sim/matching.hpp"

namespace models {

/// Tries of one application to find a filled slot. The draw at index 16 j serves the first (words 0 and 1: occupation and place) and says what employer (word
/// 2) and seeker (word 3) think of application j; each draw after it, at 16 j + 1, 16 j + 2, ..., serves two more tries.
inline constexpr std::uint32_t application_tries = 17;
/// Added to the index of draws of the sham arm's seekers.
inline constexpr std::uint32_t sham_shift = 1U << 21;

/// What an employer sees of an applicant beside taste: education, field, experience, and the journey.
struct Fit {
    int rank = 1;                ///< education_rank of the applicant
    double required = 1;         ///< usual rank in the occupation
    bool field_matters = false;  ///< a technical or ICT occupation
    bool field_fits = false;     ///< the field of education is that of the occupation
    double experience = 0;       ///< 0 none, 0.5 the occupation before the last, 1 the present or last occupation
    double further_minutes = 0;  ///< travel beyond the mean journey within the region
};

/// Suitability of an applicant without taste. Pure.
[[nodiscard]] double suitability(const Fit& fit, const SearchParameters& p);
/// Taste of one application: logistic with the scale of the parameters. Pure.
[[nodiscard]] double taste_of(double u, const SearchParameters& p);
/// Lowest suitability that an employer accepts at a relative tightness. Pure.
[[nodiscard]] double standard_of(bool posted, double tightness, const SearchParameters& p);
/// Lowest log wage, relative to the usual one, that a person without work accepts after `months` without work. Pure.
[[nodiscard]] double reservation_of(int months, const SearchParameters& p);
/// Log wage net of travel, by which seekers rank offers. Pure.
[[nodiscard]] double value_of(double log_wage, double minutes, const SearchParameters& p);

/// A seeker with its part of the block's applications.
struct Applicant {
    Row row;
    SeekerKind kind;
    std::uint32_t first;  ///< in BlockApplications::application
    std::uint32_t count;
};

/// The applications of one block of rows; `seeker` of an application is the place in `applicant`.
struct BlockApplications {
    std::vector<Seeker> seekers;  ///< of the block, whether or not an application of theirs is acceptable
    std::vector<Applicant> applicant;
    std::vector<sim::Application> application;
    std::vector<float> log_wage;  ///< that the slot offers to the seeker: log of cents an hour, level of January 2021
    std::int32_t sent = 0;        ///< serious applications, the refused ones included
    std::int32_t tries = 0;       ///< slots looked at
};

/// What `wage_offer` says, in logs and with everything looked up that does not change from one application to the next.
class WageOffers {
public:
    void build(const World& world);
    /// Log of the cents an hour that an employer offers; `factor` is its wage level times what tightness adds, `luck` a uniform.
    [[nodiscard]] double log_offer(Occupation occupation, Sector sector, Education education, int age, double factor, double luck) const;

private:
    static constexpr int ages = 75;
    std::vector<double> expected_;  ///< log of cents an hour by occupation, education and age
    std::vector<double> minimum_;   ///< the same by age
    std::vector<double> spread_;    ///< by occupation, times the share of luck
    std::array<double, sectors> sector_{};
};

/// The whole cents of a log wage.
[[nodiscard]] std::uint16_t cents_of(double log_wage);

/// What is the same for all applications of a month.
struct SearchConditions {
    std::vector<std::uint64_t> filled;  ///< one bit a slot, and one more that is never set
    std::vector<std::uint64_t> posted;  ///< the same for those filled by a posted vacancy
    WageOffers offers;
    std::vector<double> standard;          ///< by submarket, posted and direct in turn
    std::vector<double> fit;               ///< suitability by occupation, education and field, without experience and journey
    std::array<double, 256> most_taste{};  ///< at least what the tastes of all words with the same first byte are
    /// Brings everything to the present state of the market.
    void update(const World& world);
    [[nodiscard]] bool has_vacancy(std::uint32_t slot) const { return (filled[slot / 64] >> (slot % 64) & 1U) != 0; }
    [[nodiscard]] bool has_posted(std::uint32_t slot) const { return (posted[slot / 64] >> (slot % 64) & 1U) != 0; }
    [[nodiscard]] static std::size_t fit_place(std::size_t occupation, Education education, Field field) {
        return (occupation * 5 + index_of(education)) * 3 + index_of(field);
    }
};

/// Writes the applications of one block's seekers that are acceptable to both sides. Reads the world only.
void write_applications(const World& world, sim::Month month, const Reach& reach, const UsualWages& usual, const SearchConditions& conditions,
                        const std::vector<Seeker>& seekers, BlockApplications& out);

}  // namespace models
