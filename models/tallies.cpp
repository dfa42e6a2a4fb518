#include "models/tallies.hpp"

#include <algorithm>

#include "sim/error.hpp"
#include "sim/math.hpp"

namespace models {
namespace {

/// Lower ends of the wage classes above the first, in cents.
const std::array<std::uint16_t, wage_classes - 1>& class_bounds() {
    static const auto bounds = [] {
        std::array<std::uint16_t, wage_classes - 1> b{};
        for (std::size_t c = 0; c < b.size(); ++c)
            b[c] = static_cast<std::uint16_t>(lowest_wage_class * sim::power(wage_class_ratio, static_cast<double>(c + 1)) + 0.5);
        return b;
    }();
    return bounds;
}

template <int... Inner>
void place(CellTable<Inner...>& table, std::size_t lead, std::size_t& size) {
    table.begin = size;
    table.lead = lead;
    size = table.end();
}

/// A record that no cell fits is an error of the process that wrote it; better an end than a wrong count.
void check(const StockCells& map, const PersonState& person, bool resident) {
    const Person& p = *person.record;
    if (resident && p.status == LabourStatus::outside) throw sim::Bug("a resident has the labour status outside");
    if ((person.has_job() || (resident && at_work(p))) && p.occupation >= occupations) throw sim::Bug("a person at work has no occupation");
    if (resident && person.birth >= map.first_birth + static_cast<int>(map.births)) throw sim::Bug("a resident was born after the last month of the run");
}

}  // namespace

int wage_class_of(std::uint16_t cents) {
    // A byte for every wage below the last class: asked for each job that begins or ends.
    static const std::vector<std::uint8_t> classes = [] {
        const auto& bounds = class_bounds();
        std::vector<std::uint8_t> of(bounds.back());
        for (std::size_t c = 0; c < of.size(); ++c) of[c] = static_cast<std::uint8_t>(std::upper_bound(bounds.begin(), bounds.end(), c) - bounds.begin());
        return of;
    }();
    return cents < classes.size() ? classes[cents] : wage_classes - 1;
}

StockCells::StockCells(int regions_, int first_birth_, int last_birth) : regions(regions_), first_birth(first_birth_) {
    const auto lead = static_cast<std::size_t>(regions);
    births = static_cast<std::size_t>(last_birth - first_birth + 1);
    place(persons, lead * resident_statuses * 2 * births, size);
    place(education, lead, size);
    place(employed, lead, size);
    place(working_students, lead, size);
    place(commuting, (lead + 2) * (lead + 2), size);
    place(jobs, lead, size);
    place(hours, lead, size);
    place(students, lead, size);
    place(pupils_under_15, lead, size);
    place(students_at_work, lead, size);
    place(wages, lead, size);
    wage_sums.lead = lead;
}

namespace {

/// `home_too` false leaves out the cells that depend on home, status, education and track alone.
void count_cells(const StockCells& map, Stocks& stocks, const PersonState& person, int sign, bool home_too) {
    const Person& p = *person.record;
    auto& cells = stocks.cells;
    const bool resident = person.region < map.regions;
    const auto home = static_cast<std::size_t>(person.region);
    check(map, person, resident);
    if (person.has_job()) {
        if (resident || person.region < map.regions + 2) cells[map.journey(home, person.place.region)] += sign;
        if (person.place.region < map.regions) {
            cells[map.jobs.at(person.place.region, person.place.sector, p.occupation)] += sign;
            cells[map.hours.at(person.place.region, person.place.sector, p.occupation)] += sign * std::min<int>(p.hours, full_week_hours);
        }
    }
    if (!resident) return;
    if (home_too) {
        cells[map.person(home, p.status, p.sex, person.birth)] += sign;
        cells[map.education.at(home, p.status, p.education)] += sign;
    }
    if (home_too && p.track != Track::none) {
        cells[map.students.at(home, p.track, p.study_field, p.sex)] += sign;
        if (p.status == LabourStatus::child) cells[map.pupils_under_15.at(home)] += sign;
        if (at_work(p)) cells[map.students_at_work.at(home)] += sign;
    }
    if (at_work(p)) {
        const EmploymentKind kind = kind_of(p);
        cells[map.employed.at(home, p.occupation, p.sex, kind, p.education, p.field)] += sign;
        if (kind == EmploymentKind::employee && person.has_job()) {
            cells[map.wages.at(home, p.occupation, person.place.sector, wage_class_of(p.wage))] += sign;
            stocks.wage_sums[map.wage_sums.at(home, p.occupation, person.place.sector)] += sign * static_cast<std::int64_t>(p.wage);
        }
    } else if (person.has_job()) {
        cells[map.working_students.at(home, p.occupation)] += sign;
    }
}

}  // namespace

void count_person(const StockCells& map, Stocks& stocks, const PersonState& person, int sign) { count_cells(map, stocks, person, sign, true); }

void count_change(const StockCells& map, Stocks& stocks, const PersonState& before, const PersonState& after) {
    const Person& was = *before.record;
    const Person& is = *after.record;
    // Who only changes jobs stays in the same cells of home, status, education and track: these are spread over much memory.
    const bool home_too = before.region != after.region || was.status != is.status || was.sex != is.sex || was.education != is.education ||
                          was.track != is.track || was.study_field != is.study_field;
    count_cells(map, stocks, before, -1, home_too);
    count_cells(map, stocks, after, 1, home_too);
}

FlowCells::FlowCells(int regions) {
    const auto lead = static_cast<std::size_t>(regions);
    place(status, lead, size);
    place(demography, lead, size);
    place(hires, lead, size);
    place(separations, lead, size);
    place(technical, lead, size);
    place(intake, lead, size);
    place(dropouts, lead, size);
    place(diplomas, lead, size);
}

void count_flows(const FlowCells& map, std::vector<std::int32_t>& flows, int regions, const PersonState& before, const PersonState& after, bool same_employer,
                 sim::Month now) {
    const Person& was = *before.record;
    const Person& is = *after.record;
    const bool lived = before.region < regions;
    const bool lives = after.region < regions;

    if (before.region != after.region) {
        const Residence events = residence_events(before, after, regions);
        if (lived) ++flows[map.status.at(before.region, was.status, LabourStatus::outside)];
        if (lives) ++flows[map.status.at(after.region, LabourStatus::outside, is.status)];
        if (events.out) ++flows[map.demography.at(before.region, *events.out)];
        if (events.in) ++flows[map.demography.at(after.region, *events.in)];
    } else if (lives && was.status != is.status) {
        ++flows[map.status.at(after.region, was.status, is.status)];
    }

    const auto group_before = technical_group(before, regions);
    const auto group_after = technical_group(after, regions);
    if (group_before != group_after || (group_before && before.region != after.region)) {
        if (group_before) ++flows[map.technical.at(before.region, *group_before, way_out(before, after, regions))];
        if (group_after) ++flows[map.technical.at(after.region, *group_after, way_in(before, after, regions, now))];
    }

    if (before.post != after.post) {
        if (before.has_job() && before.place.region < regions)
            ++flows[map.separations.at(before.place.region, was.occupation, cause_of_separation(after, same_employer))];
        if (after.has_job() && after.place.region < regions)
            ++flows[map.hires.at(after.place.region, is.occupation, origin_of_hire(before, after, same_employer, now))];
    }

    if (lives && (was.track != Track::none || is.track != Track::none)) {
        const SchoolSteps steps = school_steps(was, is, now);
        if (steps.diploma) ++flows[map.diplomas.at(after.region, was.track, was.study_field, was.sex)];
        if (steps.dropout) ++flows[map.dropouts.at(after.region, was.track, was.study_field, was.sex)];
        if (steps.intake) ++flows[map.intake.at(after.region, is.track, is.study_field, is.sex)];
    }
}

}  // namespace models
