#pragma once
/// How many slots the tables of openings have, and how much a slot weighs where seekers look.
///
/// Seekers try slots until they meet a filled one, so tables much larger than what stands in them cost time, and openings that find theirs full are lost.
/// All follows from the start population, figures and defaults of parameters, so every scenario has the same tables in every month.

#include <cstdint>
#include <vector>

#include "models/labels.hpp"

namespace models {

struct World;

/// Room beyond the observed peak: where supply is bound, vacancies go on rising, most for technicians and ICT workers.
[[nodiscard]] constexpr double slot_headroom(Occupation o) { return is_technical_or_ict(o) ? 1.8 : 1.4; }

/// Slots of a table in which so many openings fill `share` of the slots, and three standard deviations of their number more. Pure.
[[nodiscard]] std::uint32_t slots_for(double openings, double share);

/// Openings of each submarket (work regions x occupations) at the start: vacancies, and what openings without a vacancy add, whose share is that of the tables
/// times `direct_factor`. From desired staff of the posts.
[[nodiscard]] std::vector<double> expected_openings(const World& world, double direct_factor);

/// Slots by submarket for a run without months of spin-up: 80 % full at the highest quarter times `slot_headroom`. None where there are no jobs.
[[nodiscard]] std::vector<std::uint32_t> slots_without_spin_up(const World& world);
/// Slots by submarket at the beginning of spin-up.
[[nodiscard]] std::vector<std::uint32_t> slots_before_spin_up(const World& world);

/// By occupation, the slots beside which one of them weighs where seekers look (reach.hpp): what its tables in the regions would hold if they were 80 % full at
/// the highest quarter times `slot_headroom`, by the tables' own shares of openings without a vacancy. So how many applications an occupation's openings draw
/// does not depend on the sizes that its tables have.
[[nodiscard]] std::vector<double> slots_beside(const World& world);

/// Widens the tables for another month of spin-up, by what the months before have filled.
void widen_for_spin_up(World& world);
/// Widens the tables for the run: about two thirds full in the years after 2021, when openings are twice those of 2020, and half as many again in the
/// months in which an occupation has its season.
void widen_for_run(World& world);

}  // namespace models
