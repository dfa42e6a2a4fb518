#pragma once
/// Openings in their slots. A submarket is (work region, occupation); its table of slots has a size that no outcome of a run changes.

#include <cstdint>
#include <vector>

#include "models/labels.hpp"
#include "models/person.hpp"

namespace models {

/// One opening. Identity: sim::vacancy_identity(employer, occupation, opened, index).
struct Vacancy {
    PostNumber post = no_post;  ///< no_post = the slot is empty
    StoredMonth opened = 0;
    std::uint16_t index = 0;  ///< among the openings of this employer, occupation and month; below 2^15
    std::uint8_t posted = 1;  ///< 1 = a posted vacancy; 0 = filled through own network, agency or recall (in no series of vacancies)
    std::uint8_t replacement = 0;
    Sector sector{};  ///< of the employer; seekers weigh offers without a look at it
    std::uint8_t spare = 0;
    float wage_factor = 1.0F;  ///< on the market wage: what tightness adds for new hires, in a slot times the employer's level
    [[nodiscard]] bool empty() const { return post == no_post; }
};
static_assert(sizeof(Vacancy) == 16);

/// What happened to posted vacancies this month, by submarket; read and set to zero by the indicators.
struct VacancyFlows {
    std::vector<std::int32_t> opened, filled, lapsed;
    std::vector<std::int32_t> filled_half_months;  ///< sum over filled vacancies of 2 x months open + 1
    std::int32_t without_slot = 0;                 ///< openings that found their table full
    template <class Archive>
    void archive(Archive& a) {
        a("opened", opened);
        a("filled", filled);
        a("lapsed", lapsed);
        a("filled_half_months", filled_half_months);
        a("without_slot", without_slot);
    }
};

struct Vacancies {
    std::vector<std::uint32_t> first_slot;  ///< of each submarket; one more at the end
    std::vector<std::uint32_t> first_gate;  ///< outside submarkets are cut by gate: first slot of (outside submarket, gate), row-major; one more at the end
    std::vector<Vacancy> slot;
    std::vector<double> beside;             ///< by occupation: the slots beside which one of them weighs where seekers look (slot_sizes.hpp)
    std::vector<std::int32_t> most_filled;  ///< of each table (slot_table): the most filled slots that a month's search has found
    std::vector<std::int32_t> open;         ///< posted vacancies by submarket
    VacancyFlows flows;
    std::int64_t without_slot_so_far = 0;  ///< openings of the whole run that found their table full
    template <class Archive>
    void archive(Archive& a) {
        a("first_slot", first_slot);
        a("first_gate", first_gate);
        a("slot", slot);
        a("beside", beside);
        a("most_filled", most_filled);
        a("open", open);
        a("flows", flows);
        a("without_slot_so_far", without_slot_so_far);
    }
};

/// Number of the submarket of a work region and an occupation.
inline constexpr std::size_t submarket(std::size_t work_region, Occupation o) { return work_region * occupations + o; }

}  // namespace models
