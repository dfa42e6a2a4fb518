/// Schools, and who goes where.

#include <algorithm>
#include <array>
#include <vector>

#include "regions/synthesis_parts.hpp"
#include "sim/parallel.hpp"

namespace regions::synthesis {
namespace {

using models::index_of;
using models::Track;

/// Least inhabitants of a municipality with a school of a track; the largest of a region has each in any case.
constexpr std::array<double, models::tracks> least_inhabitants{15000, 15000, 60000, 60000, 100000, 115000};
constexpr std::uint16_t no_school = 0xFFFF;

}  // namespace

void place_schools(Build& build) {
    const auto& regions = build.tables.regions;
    auto& world = build.world;
    auto& schools = world.schools.school;
    const auto towns = regions.municipalities.size();
    // School of each track near each municipality: in it, or in the largest one of the region.
    std::vector<std::array<std::uint16_t, models::tracks>> near(towns);
    for (std::size_t r = 0; r < regions.names.size(); ++r) {
        const auto first = static_cast<std::size_t>(regions.first_municipality[r]);
        const auto last = static_cast<std::size_t>(regions.first_municipality[r + 1]);
        auto largest = first;
        for (auto m = first; m < last; ++m)
            if (regions.municipalities[m].population > regions.municipalities[largest].population) largest = m;
        for (std::size_t k = 0; k < models::tracks; ++k) {
            const auto track = static_cast<Track>(k);
            if (track == Track::mbo_bbl) continue;  // the same schools as mbo_bol
            std::uint16_t main = no_school;
            for (auto m = first; m < last; ++m) {
                const bool here = regions.municipalities[m].population >= least_inhabitants[k] || (m == largest && track != Track::wo);
                near[m][k] = no_school;
                if (!here) continue;
                models::School school;
                school.municipality = static_cast<std::uint16_t>(m);
                school.region = static_cast<std::uint8_t>(r);
                school.track = track;
                near[m][k] = static_cast<std::uint16_t>(schools.size());
                if (m == largest) main = near[m][k];
                schools.push_back(school);
            }
            for (auto m = first; m < last; ++m)
                if (near[m][k] == no_school) near[m][k] = main;
        }
        for (auto m = first; m < last; ++m) near[m][index_of(Track::mbo_bbl)] = near[m][index_of(Track::mbo_bol)];
    }
    auto& persons = world.persons;
    constexpr std::array<double, models::tracks> years{4, 5.5, 2.8, 2.3, 3.6, 4.2};  // in the track, on average
    std::vector<std::array<std::int32_t, 3>> enrolled(schools.size());
    std::vector<std::vector<std::array<std::int32_t, 3>>> parts(sim::blocks_of(build.residents));
    sim::for_each_block(build.residents, [&](sim::Block b) {
        auto& part = parts[b.number];
        part.resize(schools.size());
        for (sim::Row row = b.begin; row < b.end; ++row) {
            models::Person& p = persons.record[row];
            if (p.track == Track::none) continue;
            const auto k = index_of(p.track);
            p.school = near[p.municipality][k];
            if (p.school != no_school) ++part[p.school][index_of(p.study_field)];
        }
    });
    for (const auto& part : parts)
        for (std::size_t s = 0; s < part.size(); ++s)
            for (std::size_t f = 0; f < 3; ++f) enrolled[s][f] += part[s][f];
    for (std::size_t s = 0; s < schools.size(); ++s) {
        const auto k = index_of(schools[s].track);
        // For persons, whatever the scale: places for an intake a tenth above what keeps the present number, and posts of teachers for the pupils present. Who
        // holds them follows when everybody has a job (models::begin_teaching).
        for (std::size_t f = 0; f < 3; ++f) schools[s].capacity[f] = static_cast<float>(1.1 * enrolled[s][f] / years[k] / build.options.scale);
        const double ratio = build.tables.teaching.pupils_per_teacher[k];
        for (std::size_t f = 0; f < models::taught_fields; ++f)
            schools[s].posts[f] = ratio > 0 ? static_cast<float>(enrolled[s][f] / ratio / build.options.scale) : 0.0F;
    }
}

}  // namespace regions::synthesis
