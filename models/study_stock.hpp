#pragma once
/// The stock of pupils and students that the flows of schooling keep: expected shares of a birth cohort by track, field and year of study.
/// Used for the start population and for newcomers, so that the number of students does not drift at the start of a run.

#include <array>
#include <optional>
#include <vector>

#include "models/progress.hpp"

namespace models {

/// Where somebody is in education.
struct Study {
    Track track = Track::none;
    Field field = Field::other;
    int years = 0;  ///< school years of the track before this one: study_start = stored_school_year(school_year(now) - years)
};

/// School years since entry that are followed: ages 12 to about 34. Later nobody is in initial education.
inline constexpr int study_cohorts = 23;

/// Shares of one region and sex. All shares are of the residents of the cohort, so that what is missing to 1 is out of education.
class StudyShares {
public:
    /// Walks a cohort through entry, profile choice, drop-out, diplomas, next stages and returns with the expected rates, in the middle of the school year.
    StudyShares(const SchoolingTables& tables, const SchoolingParameters& parameters, int region, Sex sex);
    /// Share in a track and field after `years` in it, of the cohort `school_cohort(birth, now)`; 0 outside 0 to study_cohorts - 1.
    [[nodiscard]] double share(int cohort, Track track, Field field, int years) const;
    [[nodiscard]] double in_track(int cohort, Track track) const;
    [[nodiscard]] double in_education(int cohort) const;
    /// Of those who have left education: shares by highest level and field (what initial education gives; no ageing or migration).
    [[nodiscard]] double left_with(int cohort, Education education, Field field) const;
    /// The place of somebody whose draw is u in (0, 1): in education with its probability, else out (empty).
    [[nodiscard]] std::optional<Study> draw(int cohort, double u) const;
    /// The same for somebody known to be in education (u falls among those in education). Empty where the cohort has nobody in education.
    [[nodiscard]] std::optional<Study> draw_in_education(int cohort, double u) const;

private:
    using Cell = std::array<std::array<std::array<double, study_years>, 3>, tracks>;
    std::vector<Cell> stock_;                                 ///< by cohort
    std::vector<std::array<std::array<double, 3>, 5>> left_;  ///< by cohort: education, field
};

}  // namespace models
