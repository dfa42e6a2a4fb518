#pragma once
/// Process 1, people outside: who lives outside the regions and works here, or may, is succeeded by somebody young at the state pension age, so that their
/// number stays (model description, section 1: a fixed number). Nobody outside dies or moves; who is past that age looks for no work here.

#include "sim/month.hpp"
#include "sim/process.hpp"

namespace models {

struct World;

inline const sim::ProcessInfo succession_info{
    .name = "succession of people outside", .key = 14, .reads = {"birth", "region", "municipality"}, .writes = {"persons"}};

/// Share of men among those who live outside and work here, or may: commuters over a region's border are men somewhat more often (assumed).
inline constexpr double men_outside = 0.57;

/// Appends one person outside for each who reaches the state pension age this month: 18 to 27 years old (assumed), of the same home and boundary, with the
/// education and field of those of that age who move here from the rest of the country. Drawn at the address of the one who is succeeded, so no policy changes
/// it. On one thread.
void succeed_outsiders(World& world, sim::Month month);

}  // namespace models
