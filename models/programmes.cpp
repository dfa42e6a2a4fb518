#include "models/programmes.hpp"

#include <algorithm>
#include <utility>

#include "models/flows.hpp"
#include "models/parameters.hpp"
#include "models/series.hpp"
#include "models/tables.hpp"
#include "models/world.hpp"
#include "sim/error.hpp"
#include "sim/trajectory.hpp"

namespace models {
namespace {

/// Where the entry of a person and gate is, or belongs, in the list of those whom the lot refused.
template <class List>
auto place_of(List& barred, Row row, std::uint32_t gate) {
    return std::lower_bound(barred.begin(), barred.end(), std::pair(row, gate),
                            [](const Barred& b, const auto& wanted) { return std::pair(b.row, b.gate) < wanted; });
}

}  // namespace

const ParameterTable<ProgrammeParameters>& programmes_table() {
    static const ParameterTable<ProgrammeParameters> table{
        {"lot_share",
         &ProgrammeParameters::lot_share,
         "1",
         0,
         0.5,
         {},
         Status::assumed,
         "",
         "share of admitted applicants that a lot refuses, so that what would have happened without the programme can be counted"},
        {"lot_months",
         &ProgrammeParameters::lot_months,
         "month",
         1,
         120,
         {},
         Status::assumed,
         "",
         "months after which somebody whom the lot refused may apply again"},
    };
    return table;
}

void ProgrammeState::begin_month(int regions) {
    const auto lead = static_cast<std::size_t>(regions);
    for (auto* counts : {&begun, &placed, &places}) counts->assign(lead * occupations, 0);
    flow.assign(lead * programme_kinds * programme_flows, 0);
    inside.assign(lead * programme_kinds, 0);
}

bool lot_refuses(const World& world, Row row, std::uint32_t gate) {
    return world.random.draw({lot_info.key, sim::person(row), world.month, gate}).uniform() < world.parameters->programmes.lot_share;
}

void bar(World& world, Row row, std::uint32_t gate) {
    auto& barred = world.programmes.barred;
    const Barred entry{row, gate, stored(world.month + world.parameters->programmes.lot_months), 0};
    const auto place = place_of(barred, row, gate);
    if (place != barred.end() && place->row == row && place->gate == gate)
        *place = entry;
    else
        barred.insert(place, entry);
}

bool is_barred(const World& world, Row row, std::uint32_t gate) {
    const auto& barred = world.programmes.barred;
    const auto place = place_of(barred, row, gate);
    return place != barred.end() && place->row == row && place->gate == gate && place->until > stored(world.month);
}

void begin_programme(World& world, Row row, ProgrammeKind kind, Occupation target, sim::Month last) {
    if (last < world.month) throw sim::Bug("a programme ends before it begins");
    Person& person = world.touch(row);
    person.programme = programme_of(kind, target);
    person.programme_end = stored(last);
    auto& state = world.programmes;
    ++state.flow_of(world.persons.region[row], kind, ProgrammeFlow::participants);
    insert(state.people, row);
}

void leave_programme(World& world, Row row) {
    Person& person = world.touch(row);
    if (world.resident(row)) ++world.programmes.flow_of(world.persons.region[row], kind_of(person.programme), ProgrammeFlow::dropouts);
    person.programme = Programme::none;
    person.programme_end = 0;
}

void step_programmes(World& world, sim::Month month) {
    auto& state = world.programmes;
    state.begin_month(world.regions);
    state.policy.begin_month(world);
    std::erase_if(state.barred, [&](const Barred& b) { return b.until <= stored(month); });
    step_work_learning(world, month);
    step_adult_bbl(world, month);
    step_side_entry(world, month);
    const auto inside_for_measure = [&](const auto& list) {
        for (const auto& entry : list)
            if (entry.lot != 0 && world.resident(entry.row) && in_programme(world.persons.record[entry.row], month))
                count_for_measure(world, entry.lot, world.persons.region[entry.row], PolicyFlow::in_programme);
    };
    inside_for_measure(state.side_entry.takers);
    inside_for_measure(state.work_learning.learners);
    std::erase_if(state.people, [&](Row row) {
        const Person& person = world.persons.record[row];
        if (!world.resident(row) || person.programme == Programme::none || months_since(person.programme_end, month) > months_from_school) return true;
        if (in_programme(person, month)) ++state.inside[world.persons.region[row] * std::size_t{programme_kinds} + index_of(kind_of(person.programme))];
        return false;
    });
}

void write_programmes(const World& world, sim::Trajectory& trajectory, const SeriesIds& series, std::size_t replicate, std::size_t time, bool with_flows) {
    const auto& state = world.programmes;
    const std::vector<std::int32_t> none(static_cast<std::size_t>(world.regions) * occupations, 0);
    const auto write = [&](sim::SeriesId id, const std::vector<std::int32_t>& counts) {
        const auto to = trajectory.counts(id, replicate, time);
        std::copy_n(counts.empty() ? none.begin() : counts.begin(), to.size(), to.begin());
    };
    write(series.side_entry_places, state.places);
    if (!with_flows) return;
    write(series.side_entries, state.begun);
    auto placed = state.placed.empty() ? none : state.placed;
    count_course_placements(world, placed);
    write(series.side_entry_placements, placed);
}

}  // namespace models
