#pragma once
/// What the months of spin-up have changed, for putting it back. Not for other rooms.

#include <cstdint>
#include <vector>

#include "models/world.hpp"
#include "regions/synthesis_parts.hpp"

namespace regions::synthesis {

/// A person as it was built: the copy from before its first change in these months. Who has none has not changed.
using Built = models::BeforeImage;

/// Somebody who changed state.
struct Change {
    const Built* built;
    std::uint32_t cell;
    std::uint16_t from, to;
};

/// Somebody who went from a job to another, within a state.
struct Mover {
    std::uint32_t lot;  ///< of the order in which movers are asked to go back
    const Built* built;
};

/// Somebody who has another post than was built, or has none any more.
struct Shifted {
    models::Row row;
    models::PostNumber was;  ///< no_post without work
};

/// All who have changed, by block and in order of rows.
struct Changed {
    std::vector<std::vector<Shifted>> shifted;
    std::vector<std::vector<Change>> state;
    std::vector<std::vector<Mover>> job;
};

/// Puts people back into the state in which they were built; staff and the diary of contracts follow.
void put_back(models::World& world, const std::vector<const Built*>& people);
/// The jobs of residents by pool (commuting), and of pools by sector and occupation, as built. `staff` is that of each post, as built.
void restore_jobs(Build& build, const std::vector<std::int32_t>& staff, const Changed& changed);

}  // namespace regions::synthesis
