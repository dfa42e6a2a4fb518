/// Schools, and who goes where: years of study, school of each pupil and student.

#include <algorithm>
#include <array>
#include <vector>

#include "models/progress.hpp"
#include "regions/durations.hpp"
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
    const int this_year = models::school_year(build.now);
    // Years of the track before this one: of those who begin, most finish in nominal time, some leave, some need longer.
    constexpr std::array<int, models::tracks> nominal{4, 6, 4, 3, 5, 5};
    constexpr std::array<double, models::tracks> yearly_exit{0.02, 0.04, 0.22, 0.25, 0.17, 0.16};
    constexpr std::array<int, models::tracks> earliest{12, 12, 16, 16, 17, 18};
    std::array<Elapsed, models::tracks> years;
    for (std::size_t k = 0; k < models::tracks; ++k) years[k] = Elapsed(nominal[k] - 1, [&](int) { return yearly_exit[k]; });
    std::vector<std::array<std::int32_t, 3>> enrolled(schools.size());
    std::vector<std::vector<std::array<std::int32_t, 3>>> parts(sim::blocks_of(build.residents));
    sim::for_each_block(build.residents, [&](sim::Block b) {
        auto& part = parts[b.number];
        part.resize(schools.size());
        for (sim::Row row = b.begin; row < b.end; ++row) {
            models::Person& p = persons.record[row];
            if (p.track == Track::none) continue;
            const auto k = index_of(p.track);
            const int entry = models::entry_year(persons.birth[row]);
            int start = entry;
            if (p.track == Track::vmbo || p.track == Track::havo_vwo)
                start = std::max(entry, this_year - nominal[k] + 1);  // who is older repeats the last year
            else {
                const int most = std::max(0, this_year - (entry + earliest[k] - 12));
                start = this_year - years[k].months(build.random.uniform({key_schools, sim::person(row), sim::Month(0), 0}), most);
            }
            p.study_start = models::stored_school_year(std::min(start, this_year));
            // Before the choice of a profile nobody has a field.
            const int year = this_year - start;
            if ((p.track == Track::vmbo && year < 2) || (p.track == Track::havo_vwo && year < 3)) p.study_field = models::Field::other;
            p.school = near[p.municipality][k];
            if (p.school != no_school) ++part[p.school][index_of(p.study_field)];
        }
    });
    for (const auto& part : parts)
        for (std::size_t s = 0; s < part.size(); ++s)
            for (std::size_t f = 0; f < 3; ++f) enrolled[s][f] += part[s][f];
    for (std::size_t s = 0; s < schools.size(); ++s) {
        const auto k = index_of(schools[s].track);
        // Places for an intake a tenth above what keeps the present number; technical teachers at one for twenty students (mbo, 2021).
        for (std::size_t f = 0; f < 3; ++f) schools[s].capacity[f] = static_cast<float>(1.1 * enrolled[s][f] * (1.0 / nominal[k] + yearly_exit[k] / 2));
        schools[s].teachers = static_cast<float>((enrolled[s][0] + enrolled[s][1]) / 20.0);
    }
}

}  // namespace regions::synthesis
