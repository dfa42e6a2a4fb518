#pragma once
/// Employers that are born, close, or are exposed to the fossil phase-out (part of process 4).
///
/// Births come from tables, by region, sector and month, and are drawn before anything that a policy can change, so every
/// scenario has the same employers. The path of demand belongs to the sector: the part of an employer that closes passes to
/// those that live or are born.

#include <array>
#include <cstdint>
#include <vector>

#include "models/labels.hpp"
#include "models/parameter.hpp"
#include "sim/month.hpp"
#include "sim/process.hpp"

namespace models {

struct World;
struct DemandParameters;  // models/demand.hpp

/// How many are born: at (births, region, month, sector); what they are like: at (birth traits, region, month, 64 x number + sector).
inline const sim::ProcessInfo births_info{.name = "employers born", .key = 55, .reads = {}, .writes = {"employer", "posts"}};
inline const sim::ProcessInfo birth_traits_info{.name = "traits of employers born", .key = 56, .reads = {}, .writes = {"employer", "posts"}};
/// Closures, by skips over employers; accepted at (closures, employer, month, 0).
inline const sim::ProcessInfo closures_info{.name = "employers closed", .key = 57, .reads = {"employer"}, .writes = {"employer", "vacancies"}};

struct LifecycleTables {
    std::array<double, sectors> birth_rate{};                   ///< employers with staff born in a year per employer of January 2021
    std::array<std::array<double, 4>, sectors> closure_rate{};  ///< yearly probability by sector and size class (at the start or birth)
    sim::Month fossil_start, fossil_end;                        ///< in which the announced job cuts fall
    std::vector<double> fossil_loss;                            ///< by region of the run: share of exposed employers' jobs lost by `fossil_end`
};

inline constexpr sim::Month first_month_of_births = sim::Month::of(2021, 1);
inline constexpr sim::Month support_end = sim::Month::of(2022, 3);  ///< last month of the support schemes (NOW, TVL)

/// Monthly probability that an employer closes. Pure.
[[nodiscard]] double closure_probability(Sector sector, SizeClass size, sim::Month month, const LifecycleTables& tables, const DemandParameters& p);
/// Factor on desired staff of an exposed employer in a region of the run. Pure.
[[nodiscard]] double fossil_factor(std::size_t region, sim::Month month, const LifecycleTables& tables, const DemandParameters& p);
/// Number of events with the Poisson law of this mean, by inversion. Pure.
[[nodiscard]] int poisson(double mean, double u);

/// Appends the employers born this month, with posts like those of a small employer of their sector and region.
void bear_employers(World& world, sim::Month month);
/// Closes employers: marks the month and withdraws their openings; their staff leave in process 5.
void close_employers(World& world, sim::Month month);
/// By (work region, sector): start staff of the employers of January 2021 over that of those open now (at least 1 where none are left).
[[nodiscard]] std::vector<double> survivors_factor(const World& world);

}  // namespace models
