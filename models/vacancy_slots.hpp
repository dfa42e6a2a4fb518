#pragma once
/// Openings in their slots: how they get a place, and how they leave it. A submarket (work region, occupation) has a table
/// of slots whose size no outcome of a run changes (slot_sizes.hpp).

#include <cstdint>
#include <vector>

#include "models/vacancies.hpp"
#include "sim/process.hpp"
#include "sim/slots.hpp"

namespace models {

struct World;

inline const sim::ProcessInfo placement_info{.name = "placement", .key = 81, .reads = {"posts"}, .writes = {"vacancies"}};

/// How an opening ends.
enum class SlotEnd : std::uint8_t { filled, lapsed, withdrawn };

/// Makes one empty table a submarket; `sizes` has work regions x occupations numbers (rest_nl and abroad last).
/// A table of rest_nl or abroad is cut by gate (the region next to which an employer stands) in proportion to the desired staff there, for residents reach the
/// outside jobs of their own gate only; so employers and posts come first. `beside` is as in Vacancies; if empty, what the occupation's tables in the regions
/// hold. Throws Bug at a wrong number of sizes.
void make_slot_tables(World& world, const std::vector<std::uint32_t>& sizes, std::vector<double> beside = {});

/// Tables: one a submarket inside, then one for each outside submarket and gate.
[[nodiscard]] std::size_t slot_tables(const World& world);
[[nodiscard]] sim::SlotTable slot_table(const World& world, std::size_t table);

/// Gives each table so many slots, where these are more than it has and it has any; every opening keeps its place in its table. Throws Bug at a wrong number of
/// sizes.
void widen_slot_tables(World& world, const std::vector<std::uint32_t>& sizes);

/// Notes how many slots of each table are filled, if they are more than ever before. `filled` has one bit a slot.
void note_filled(World& world, const std::vector<std::uint64_t>& filled);

/// Gives each opening its slot, in the order of submarket and identity (not of the list): the first free one of a sequence
/// drawn from its identity at (placement, vacancy, month opened, attempt). Counts posted ones in `flows.opened`,
/// `open` and the post's `posted`, the others in `direct`; who finds its table full is counted in `flows.without_slot` and dropped.
void place_openings(World& world, std::vector<Vacancy> openings);

/// Empties a slot. A posted vacancy is counted: filled with its duration, or lapsed (withdrawn counts as lapsed: vacancies
/// end in these two ways only); a lapsed one becomes latent demand of its post, a withdrawn one does not. Throws Bug where the slot is empty.
void close_slot(World& world, std::uint32_t slot, SlotEnd end);

/// The slots of a submarket that seekers of a gate can reach: all of it inside, the part of the gate outside.
[[nodiscard]] sim::SlotTable slots_of(const World& world, std::size_t submarket, std::size_t gate);

/// The region in which the jobs of a post stand and its occupation, as a submarket.
[[nodiscard]] std::size_t submarket_of(const World& world, PostNumber post);

}  // namespace models
