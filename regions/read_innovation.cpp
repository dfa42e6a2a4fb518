#include <algorithm>

#include "regions/readers.hpp"
#include "sim/error.hpp"

namespace regions {
namespace {

const std::string table = "innovation";
// Of the highest class in the most innovative sector: nobody is certain to have innovated, or first adoptions would have no hazard.
constexpr double highest_share = 0.9;
constexpr std::array<std::string_view, models::barriers> barrier_labels{"priority", "organising capacity", "knowledge", "acceptance"};

const Figure& share_of(DataFolder& data, std::string_view variable, const std::string& breakdown) {
    const Figure& f = data.figure(table, "NL", variable, breakdown, "2018-2020");
    if (!(f.value > 0 && f.value <= 1))
        throw sim::InputError(data.file_of("innovation").string() + ":" + std::to_string(f.line) + ": value of " + f.variable +
                              " is not above 0 and at most 1 (a share is expected)");
    return f;
}

}  // namespace

void read_innovation(DataFolder& data, const std::vector<std::string>& regions, models::Tables& tables) {
    models::InnovationTables t;
    for (std::size_t z = 0; z < models::size_classes; ++z) {
        const std::string size = "size=" + std::string(models::size_class_labels[z]);
        const double share = share_of(data, "process_innovators_share", size).value;
        for (std::size_t s = 0; s < models::sectors; ++s) {
            const double factor = data.value(table, "NL", "process_innovation_sector_factor", models::sector_codes[s], "2018-2020");
            t.share[s][z] = std::clamp(share * factor, 0.0, highest_share);
        }
        for (std::size_t b = 0; b < models::barriers; ++b)
            t.passable[b][z] = share_of(data, "barrier_passable", std::string(barrier_labels[b]) + "; " + size).value;
    }
    t.tracks_reach.assign(regions.size(), 0.0);
    for (std::size_t r = 0; r < regions.size(); ++r)
        for (const Figure* f : data.rows(table, "tracks_reach", regions[r])) t.tracks_reach[r] = f->value;
    tables.innovation = std::move(t);
}

}  // namespace regions
