#include <string>

#include "regions/readers.hpp"
#include "sim/error.hpp"

namespace regions {
namespace {

using models::index_of;
using models::Track;

/// The row of a region, else the nation's.
const Figure& of_region(DataFolder& data, const std::string& region, std::string_view variable) {
    const auto own = data.rows("teaching", variable, region);
    const auto rows = own.empty() ? data.rows("teaching", variable, "NL") : own;
    if (rows.empty()) throw sim::InputError("teaching.csv has no row " + std::string(variable) + " for " + region + " or NL");
    return *rows.front();
}

}  // namespace

void read_teaching(DataFolder& data, const std::vector<std::string>& regions, models::Tables& tables) {
    models::TeachingTables t;
    const auto both_mbo = [](auto& by_track) { by_track[index_of(Track::mbo_bbl)] = by_track[index_of(Track::mbo_bol)]; };
    t.pupils_per_teacher[index_of(Track::vmbo)] = data.value("teaching", "NL", "pupils_per_teacher", "vmbo, technical profiles", "2017");
    t.pupils_per_teacher[index_of(Track::mbo_bol)] = data.value("teaching", "NL", "pupils_per_teacher", "mbo", "2021");
    t.pupils_per_teacher[index_of(Track::hbo)] = data.value("teaching", "NL", "pupils_per_teacher", "hbo", "2020");
    t.pupils_per_teacher[index_of(Track::wo)] = data.value("teaching", "NL", "pupils_per_teacher", "wo", "2020");
    both_mbo(t.pupils_per_teacher);

    models::TeachingTables::OpenShares national{};
    for (const auto& [track, name] : {std::pair{Track::vmbo, "vmbo"}, {Track::mbo_bol, "mbo"}, {Track::hbo, "hbo"}, {Track::wo, "wo"}})
        national[index_of(track)].fill(data.value("teaching", "NL", "teacher_open_share", name, "2021"));
    both_mbo(national);
    t.outflow = data.value("teaching", "NL", "teacher_outflow", "technical vmbo and mbo teachers leaving, with retirement", "2022");

    for (const auto& region : regions) {
        auto open = national;
        for (const Figure* f : data.rows("teaching", "teacher_open_share", region)) {
            bool known = false;
            for (std::size_t field = 0; field < models::taught_fields; ++field)
                if (f->breakdown == "hbo, " + std::string(models::field_labels[field])) {
                    open[index_of(Track::hbo)][field] = f->value;
                    known = true;
                }
            if (!known)
                throw sim::InputError("teaching.csv, line " + std::to_string(f->line) + ": breakdown is '" + f->breakdown +
                                      "' (hbo, technical or hbo, ict is expected for a region)");
        }
        t.open_share.push_back(open);
        t.knowledge.push_back(of_region(data, region, "hybrid_knowledge").value);
        t.knowledge_without.push_back(of_region(data, "NL", "hybrid_knowledge").value);
        t.hybrid_before.push_back(of_region(data, region, "hybrid_teachers_before").value);
        t.hybrid_stay.push_back(of_region(data, region, "hybrid_teachers_stay").value);
    }
    tables.teaching = t;
}

}  // namespace regions
