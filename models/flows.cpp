#include "models/flows.hpp"

namespace models {
namespace {

/// Whether a person in a track has got its diploma: the last one is not older than the track, which began in August of its first school year.
bool completed(const Person& in_track, StoredMonth diploma) {
    return diploma != 0 && in_track.study_start != 0 && diploma >= stored(sim::Month::of(1990 + in_track.study_start, 8));
}

}  // namespace

Pathway way_in(const PersonState& before, const PersonState& after, int regions, sim::Month now) {
    const Person& was = *before.record;
    if (before.region >= regions || before.region != after.region) return Pathway::in_outside;
    if (technical_group(before, regions)) return Pathway::in_group;
    if (completed_course_recently(was, now)) return Pathway::in_side_entry_course;
    if (left_school_recently(*after.record, now)) return Pathway::in_school;
    if (has_technical_past(was)) return Pathway::in_return;
    switch (was.status) {
        case LabourStatus::employed:
        case LabourStatus::self_employed: return Pathway::in_other_work;
        case LabourStatus::unemployed: return Pathway::in_unemployed;
        case LabourStatus::child:
        case LabourStatus::student: return Pathway::in_student;
        default: return Pathway::in_inactive;  // inactive and retired
    }
}

Pathway way_out(const PersonState& before, const PersonState& after, int regions) {
    const Person& is = *after.record;
    if (after.region != before.region) return after.region >= regions && is.event == Event::death ? Pathway::out_death : Pathway::out_outside;
    if (technical_group(after, regions)) return Pathway::out_group;
    switch (is.status) {
        case LabourStatus::employed:
        case LabourStatus::self_employed: return Pathway::out_other_work;
        case LabourStatus::unemployed: return Pathway::out_unemployed;
        case LabourStatus::student: return Pathway::out_student;
        case LabourStatus::retired: return Pathway::out_retired;
        default: return Pathway::out_inactive;
    }
}

Origin origin_of_hire(const PersonState& before, const PersonState& after, bool same_employer, sim::Month now) {
    const Person& was = *before.record;
    if (before.has_job() && same_employer) return Origin::internal;
    if (completed_course_recently(was, now)) return Origin::side_entry;
    if (before.has_job() && was.status != LabourStatus::student) return Origin::job;
    switch (was.status) {
        case LabourStatus::outside: return Origin::outside;
        case LabourStatus::self_employed: return Origin::self_employed;
        default: break;
    }
    if (left_school_recently(*after.record, now)) return Origin::school;
    switch (was.status) {
        case LabourStatus::unemployed: return Origin::unemployed;
        case LabourStatus::child:
        case LabourStatus::student: return Origin::student;
        default: return Origin::inactive;  // inactive and retired
    }
}

Cause cause_of_separation(const PersonState& after, bool same_employer) {
    if (after.has_job()) return same_employer ? Cause::internal : Cause::quit_to_job;
    return after.record->cause;
}

Residence residence_events(const PersonState& before, const PersonState& after, int regions) {
    if (before.region == after.region) return {};
    const bool was = before.region < regions;
    const bool is = after.region < regions;
    if (was && is) return {Event::move_out_region, Event::move_in_region};
    const Event event = after.record->event;
    if (was) return {event == Event::death || event == Event::emigration ? event : Event::move_out_nl, std::nullopt};
    if (is) return {std::nullopt, event == Event::birth || event == Event::immigration ? event : Event::move_in_nl};
    return {};
}

SchoolSteps school_steps(const Person& before, const Person& after, sim::Month now) {
    SchoolSteps steps;
    const bool was = before.track != Track::none;
    const bool is = after.track != Track::none;
    steps.diploma = was && after.diploma == stored(now) && before.diploma != stored(now);
    steps.dropout = was && !is && !steps.diploma && !completed(before, after.diploma);
    steps.intake = is && (!was || before.study_start != after.study_start);
    return steps;
}

}  // namespace models
