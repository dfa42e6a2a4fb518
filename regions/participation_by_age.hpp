#pragma once
/// How participation in work runs over age at the start. Not for other rooms.

#include <array>
#include <cstddef>

#include "models/separations.hpp"
#include "models/tables.hpp"
#include "regions/start_tables.hpp"

namespace regions::synthesis {

inline constexpr int state_pension_months = 66 * 12 + 4;  ///< law for 2020 and 2021

/// Single years of age at 15 to 74, each in two parts by school cohort: born from January to September, or from October on. In the year of age in which the
/// state pension begins the later part are those who have not reached it.
inline constexpr int slots = 2 * (last_working_age - first_working_age + 1);
[[nodiscard]] constexpr int age_of(std::size_t slot) { return first_working_age + static_cast<int>(slot / 2); }
/// Months of birth, December first, of the later part.
[[nodiscard]] constexpr std::size_t late_months(int age) { return age == state_pension_months / 12 ? state_pension_months % 12 : 3; }
/// Of who has an age in months at the end of the year.
[[nodiscard]] constexpr std::size_t slot_of(int age_in_months) {
    const int age = age_in_months / 12;
    const bool late = static_cast<std::size_t>(age_in_months % 12) < late_months(age);
    return static_cast<std::size_t>(2 * (age - first_working_age) + (late ? 1 : 0));
}

/// Last age whose participation is assumed; later ones are what retirement leaves of it.
inline constexpr int last_assumed = 57;
inline constexpr std::size_t last_before_retirement = 2 * (last_assumed - first_working_age) + 1;
[[nodiscard]] constexpr bool past_pension(std::size_t slot) {
    constexpr int year = state_pension_months / 12;
    return age_of(slot) > year || (age_of(slot) == year && slot % 2 == 0);
}

/// Participation of those who do not study, by slot.
struct Participation {
    std::array<double, slots> at_work{};        ///< only its shape matters, levels are fitted to the published groups
    std::array<double, slots> employees{};      ///< of those at work at `last_assumed` as employees, the share that retirement leaves; 1 before
    std::array<double, slots> self_employed{};  ///< the same of the self-employed, who retire later
    /// Share of the self-employed among those at work, from the share at this age or at `last_assumed`, whichever is lower.
    [[nodiscard]] double self_employed_share(std::size_t slot, double share_before) const {
        const double left = share_before * self_employed[slot];
        return left / (left + (1 - share_before) * employees[slot]);
    }
};

/// Up to `last_assumed` assumed from the general pattern: entry to 25, a plateau, exits from 55. After it, the rates at which employees and the self-employed
/// retire leave as many at work as are left: an older shape would have to fade out of the run, and every retirement with it. `self_employed`: their share among
/// those at work at `last_assumed`.
[[nodiscard]] Participation participation_by_age(const models::Tables& tables, const models::SeparationParameters& p, double self_employed);

}  // namespace regions::synthesis
