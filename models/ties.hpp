#pragma once
/// Who knows whom among employers and schools: Boost.Graph's compressed sparse rows, built from draws at the start.
/// Process innovation and word of mouth spread over employers; schools reach companies for lessons, places and hybrid teachers (model description, section 1).

#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <cstdint>

#include "sim/process.hpp"

namespace models {

struct World;

/// Ties of an employer: at (ties, employer, month 0, tie).
inline const sim::ProcessInfo ties_info{.name = "ties", .key = 212, .reads = {"employer", "schools"}, .writes = {}};

/// Every tie is there in both directions, so that neighbours are one list.
using TieGraph = boost::compressed_sparse_row_graph<boost::directedS, boost::no_property, boost::no_property, boost::no_property, std::uint32_t, std::uint32_t>;

/// Share of an employer's ties that stay within its sector. Assumed: trade associations and supply chains outweigh neighbours.
inline constexpr double ties_within_sector = 0.6;

/// Ties among the employers of the start in the regions; vertex = number of the employer (outside employers have none; those born later are no vertex). Each
/// draws a few partners of its region: most in its own sector, the others in its municipality or anywhere. Ties to itself and double ones are left out. Costs a
/// walk over employers.
[[nodiscard]] TieGraph employer_ties(const World& world);

/// Ties between schools and the employers of their region; vertices are schools, then employers (number + schools). Recognised learning companies are tied to
/// an mbo school, every other one to a second; employers of 50 workers and more to a school of hbo or wo, or of vmbo, where the region has one.
[[nodiscard]] TieGraph school_ties(const World& world);

}  // namespace models
