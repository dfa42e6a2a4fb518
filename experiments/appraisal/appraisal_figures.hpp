#pragma once
/// What is counted of each run of an appraisal: work by year, and the chain from a wish to a start.

#include <array>
#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "experiments/figures/targets.hpp"
#include "sim/month.hpp"

namespace experiments {

/// Figures by name. "national" counts the work done in the regions, whoever does it (outcomes.hpp).
class AppraisalFigures {
public:
    /// `entry`: first month with money of any campaign; `months`: of the longest campaign.
    AppraisalFigures(const std::vector<std::string>& regions, sim::Month entry, std::size_t months, sim::Month end);
    [[nodiscard]] const std::vector<Target>& figures() const { return figures_; }
    [[nodiscard]] std::size_t place(const std::string& name) const { return places_.at(name); }
    /// Whole years from the entry to the end.
    [[nodiscard]] std::size_t years() const { return years_; }
    /// Mean of technicians, ICT workers, or both, in the year that begins so many years after the entry.
    [[nodiscard]] static std::string at_work(const std::string& group, std::size_t year);
    /// People who began technical or ICT education (mbo and up) or a side-entry course in the first months, in a region.
    [[nodiscard]] static std::string starters(int months, const std::string& region);
    [[nodiscard]] std::size_t chain_months() const { return chain_months_; }

private:
    void add(const std::string& name, std::vector<std::string> top, sim::Month from, sim::Month until, double times, const std::string& region = "");

    std::vector<Target> figures_;
    std::map<std::string, std::size_t> places_;
    std::size_t years_ = 0, chain_months_ = 0;
};

/// Months of pilots that starters are counted in.
inline constexpr std::array<int, 2> pilot_months{12, 24};

/// Links of the chain behind awareness, in persons over the months of the chain, or as means of these months.
inline constexpr std::array<std::string_view, 9> chain_figures{"technical intake",   "bbl intake",        "course starts",
                                                               "course places",      "bbl places taken",  "bbl places",
                                                               "learning companies", "teacher vacancies", "technical diplomas"};

}  // namespace experiments
