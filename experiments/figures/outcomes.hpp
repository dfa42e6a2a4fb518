#pragma once
/// The figures that arms of a comparison are compared in.

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "experiments/figures/moments.hpp"
#include "experiments/figures/targets.hpp"
#include "sim/month.hpp"
#include "sim/trajectory.hpp"

namespace experiments {

/// What an outcome is about: the parts of a report.
enum class Subject {
    indicator,  ///< a core indicator
    work,       ///< technicians and ICT workers of all regions
    region,     ///< the same by region
    education,  ///< the same by level of education
    pathway     ///< who they were before, and what became of those who left
};
[[nodiscard]] std::string text(Subject subject);

/// Over which months an outcome is taken; those of an arm count from the first month in which it can differ from the base.
enum class Window {
    last_year,  ///< mean of the last twelve months
    after,      ///< the end of the n-th month
    since       ///< all months, cumulated
};

struct Outcome {
    std::string meaning;  ///< in words of a table
    std::string unit;
    std::string region;                         ///< empty: all
    std::optional<std::size_t> education = {};  ///< level of those who are counted, as place of models::education_labels; none: all
    Subject subject = Subject::indicator;
    Window window = Window::last_year;
    int months_after = 0;  ///< of Window::after
    Target figure;         ///< how it is made of series; its months are those of `dated`
    /// The same work counted for the nation: less jobs that residents hold outside of all regions, and plus those in the regions that people from outside
    /// hold. So it is the work done in the regions, whoever does it, and an effect on it is what is left when those who make room outside, and those who are
    /// displaced here, are counted. Of a region it is the work done there; regions add up to the nation. None: has no such counterpart.
    std::optional<std::size_t> national;
    bool is_national = false;
    /// Whether one more of it has a cost: technicians and ICT workers and both, inside, in the last year; together, by region and by education.
    [[nodiscard]] bool has_cost() const { return window == Window::last_year && !is_national && (national || education); }
};

/// The ten core indicators in the last twelve months; technicians, ICT workers and both, inside and national, in the last twelve months, after 6, 12, 24, 36
/// and 60 months, and in years of work; technicians and ICT workers by region, inside and national, and by education; and who they were before.
[[nodiscard]] std::vector<Outcome> outcomes_of(const std::vector<std::string>& regions);

/// The figure with its months, for an arm that can differ from `entry` on in runs until `end`; nothing where the runs end before.
[[nodiscard]] std::optional<Target> dated(const Outcome& outcome, sim::Month entry, sim::Month end);

/// Outcomes as they stand in the series of a run.
class Figures {
public:
    /// `like` holds the series of a run; `scale` is agents per person.
    Figures(const std::vector<Outcome>& outcomes, sim::Month entry, sim::Month end, const sim::Trajectory& like, double scale);
    /// By outcome; then, by outcome again, how many agents stand behind it. NaN where runs end before.
    [[nodiscard]] std::vector<double> of(const sim::Trajectory& series) const;

private:
    std::size_t outcomes_;
    std::vector<std::size_t> place_;  ///< of each moment in the result
    std::optional<Moments> moments_;
};

}  // namespace experiments
