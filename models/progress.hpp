#pragma once
/// School years, diplomas and drop-out: pure decisions on one pupil or student.

#include "models/person.hpp"
#include "models/schooling.hpp"
#include "models/world.hpp"

namespace models {

/// The school year of a month: that of the August in which it began.
[[nodiscard]] constexpr int school_year(sim::Month m) { return m.month_of_year() >= 8 ? m.year() : m.year() - 1; }
/// A school year in one byte (less 1990), as in Person::study_start.
[[nodiscard]] constexpr std::uint8_t stored_school_year(int year) { return static_cast<std::uint8_t>(year - 1990); }
[[nodiscard]] constexpr int first_school_year(const Person& p) { return 1990 + p.study_start; }
/// School years begun and completed in the present track before this school year: 0 in the first.
[[nodiscard]] constexpr int years_in_track(const Person& p, sim::Month m) { return school_year(m) - first_school_year(p); }
/// The school year in which somebody born in this month enters secondary education: those who are twelve by the end of September.
[[nodiscard]] constexpr int entry_year(int birth_month) {
    const sim::Month born(birth_month);
    return born.year() + (born.month_of_year() <= 9 ? 12 : 13);
}
/// School years since that entry; negative for younger children.
[[nodiscard]] constexpr int school_cohort(int birth_month, sim::Month m) { return school_year(m) - entry_year(birth_month); }

/// Index in tables of completed years.
[[nodiscard]] constexpr std::size_t year_index(int years) {
    return years < 0 ? 0 : years >= static_cast<int>(study_years) ? study_years - 1 : static_cast<std::size_t>(years);
}

/// What a diploma after so many completed years amounts to.
[[nodiscard]] Stage stage_of(Track track, int years);

/// Probability of the diploma in July for somebody who then has completed `years` years of the track.
[[nodiscard]] double diploma_probability(Track track, int years, const SchoolingTables& t, const SchoolingParameters& p);

/// Probability of dropping out in a month, by track, years before this one, field and sex. Nobody under sixteen drops out.
[[nodiscard]] sim::MonthlyProbability dropout_probability(Track track, int years, Field field, Sex sex, const SchoolingTables& t, const SchoolingParameters& p);
/// Above any drop-out probability of the shipped tables; levers may lift it further (second layer).
inline constexpr double dropout_bound = 0.016;

/// Highest level completed and its field after a diploma of a track: the level never falls, and a vocational diploma replaces the general one beside it.
struct Attainment {
    Education education;
    Field field;
    bool operator==(const Attainment&) const = default;
};
[[nodiscard]] Attainment after_diploma(Attainment before, Track track, Field study_field);

/// Status of somebody whose job ended and who is in education: a learner or working student stays a student; anybody else becomes `otherwise`.
/// Processes that end jobs use it, so that a BBL learner who loses the contract is a student until a new one.
[[nodiscard]] constexpr LabourStatus status_without_job(const Person& p, LabourStatus otherwise) {
    return p.track == Track::none ? otherwise : LabourStatus::student;
}

/// Whether this student gets a diploma this July and leaves education with it, and so searches for a main job in May, June and July before it.
/// True only in May and June. Looks ahead with the draws that will decide in July. BBL learners have a job already and are not meant.
[[nodiscard]] bool graduates_soon(const World& world, Row row);

}  // namespace models
