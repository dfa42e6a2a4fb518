#pragma once
/// What a month did to a person, read from its state before and after: demographic event, way into and out of technical work,
/// origin of a hire, cause of a separation, steps through education. Pure; nothing here looks at the world.

#include <cstdint>
#include <optional>

#include "models/labels.hpp"
#include "models/person.hpp"
#include "sim/month.hpp"

namespace models {

/// Whose and where the jobs of a post are.
struct JobPlace {
    std::uint32_t employer = 0;
    std::uint8_t region = 0;  ///< region of the run, rest_nl or abroad
    Sector sector = Sector::agriculture;
};

/// A person at the start or at the end of a month, as the indicators see it.
struct PersonState {
    const Person* record;
    PostNumber post;
    JobPlace place;       ///< of the post, where there is one
    std::uint16_t birth;  ///< months since January 1900
    std::uint8_t region;  ///< home; `gone` for the dead, the departed and those to come
    [[nodiscard]] bool has_job() const { return post != no_post; }
};

/// At work as the series `employed` counts it: employee, BBL learner or self-employed; full-time students with a side job are not.
[[nodiscard]] inline bool at_work(const Person& p) { return p.status == LabourStatus::employed || p.status == LabourStatus::self_employed; }

/// Kind of employment of a person at work.
[[nodiscard]] inline EmploymentKind kind_of(const Person& p) {
    return p.status == LabourStatus::self_employed ? EmploymentKind::self_employed
           : p.contract == Contract::bbl           ? EmploymentKind::bbl
                                                   : EmploymentKind::employee;
}

/// Months for which a diploma makes a hire one from school, and a completed course one of side entry.
inline constexpr int months_from_school = 12;

[[nodiscard]] inline bool left_school_recently(const Person& p, sim::Month now) { return p.diploma != 0 && months_since(p.diploma, now) <= months_from_school; }
[[nodiscard]] inline bool completed_course_recently(const Person& p, sim::Month now) {
    return p.programme != Programme::none && p.programme_end != 0 && p.programme_end < stored(now) && months_since(p.programme_end, now) <= months_from_school;
}
/// Whether a person has ever worked in a technical or ICT occupation, as far as the record remembers.
[[nodiscard]] inline bool has_technical_past(const Person& p) {
    return p.experience > 0 || (p.previous != no_occupation && is_technical_or_ict(p.previous)) ||
           (p.earlier != no_occupation && is_technical_or_ict(p.earlier));
}

/// Group of the present occupation of a resident at work, if it is technical or ICT.
[[nodiscard]] inline std::optional<Field> technical_group(const PersonState& s, int regions) {
    if (s.region >= regions || !at_work(*s.record) || s.record->occupation >= first_other_occupation) return std::nullopt;
    return group_of(s.record->occupation);
}

/// Way into a group of occupations at the region where the person now lives: the first that fits, in the order of the labels.
[[nodiscard]] Pathway way_in(const PersonState& before, const PersonState& after, int regions, sim::Month now);
/// Way out of a group of occupations at the region where the person lived.
[[nodiscard]] Pathway way_out(const PersonState& before, const PersonState& after, int regions);

/// Last state before a hire. `same_employer` says whether the job before was at the new employer. A full-time student is `student` also with a side job.
[[nodiscard]] Origin origin_of_hire(const PersonState& before, const PersonState& after, bool same_employer, sim::Month now);
/// Why a job ended.
[[nodiscard]] Cause cause_of_separation(const PersonState& after, bool same_employer);

/// Demographic event of a month as the old and the new region of residence meet it; empty where the residence did not change.
struct Residence {
    std::optional<Event> out;  ///< at the region of residence before
    std::optional<Event> in;   ///< at the region of residence after
};
[[nodiscard]] Residence residence_events(const PersonState& before, const PersonState& after, int regions);

/// Steps through education of a month. Who has left the regions takes none.
/// A diploma belongs to the track before. A drop-out leaves education without a diploma since its track began; a change to another track is none.
/// Intake is the start of a track: from no track, or with another school year of start than before.
struct SchoolSteps {
    bool diploma = false;
    bool dropout = false;
    bool intake = false;
};
[[nodiscard]] SchoolSteps school_steps(const Person& before, const Person& after, sim::Month now);

}  // namespace models
