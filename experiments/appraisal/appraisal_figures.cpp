#include "experiments/appraisal/appraisal_figures.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "experiments/figures/core_indicators.hpp"
#include "experiments/figures/outcomes.hpp"
#include "sim/error.hpp"

namespace experiments {
namespace {

const std::vector<std::string> groups{"technicians", "ict_workers", "both"};

std::string occupations() {
    const std::string employed = technicians_and_ict_workers_at_work();
    return employed.substr(employed.find(';') + 2);
}

}  // namespace

AppraisalFigures::AppraisalFigures(const std::vector<std::string>& regions, sim::Month entry, std::size_t months, sim::Month end) {
    years_ = static_cast<std::size_t>(std::max(0, end - entry + 1)) / 12;
    if (years_ < 1) throw sim::Bug("an appraisal of less than a year");
    const auto outcomes = outcomes_of(regions);
    for (const auto& group : groups) {
        const auto national =
            std::find_if(outcomes.begin(), outcomes.end(), [&](const Outcome& o) { return o.figure.name == group + "_at_work_national" && o.region.empty(); });
        if (national == outcomes.end()) throw sim::Bug("no national outcome of " + group);
        for (std::size_t year = 0; year < years_; ++year) {
            const sim::Month from = entry + 12 * static_cast<int>(year);
            add(at_work(group, year), national->figure.top, from, from + 11, 1);
        }
    }
    // The chain is followed for a year longer than the campaign: awareness fades, and courses and schools begin after it.
    chain_months_ = std::min(months + 12, 12 * years_);
    const sim::Month until = entry + (static_cast<int>(chain_months_) - 1);
    const auto sum = static_cast<double>(chain_months_);
    const std::string tracks = "intake; track = mbo_bol | mbo_bbl | hbo | wo; field = technical | ict";
    add("technical intake", {tracks}, entry, until, sum);
    add("bbl intake", {"intake; track = mbo_bbl; field = technical | ict"}, entry, until, sum);
    add("course starts", {"side_entries; " + occupations()}, entry, until, sum);
    add("course places", {"side_entry_places; " + occupations()}, entry, until, 1);
    add("bbl places taken", {"bbl_places_taken"}, entry, until, 1);
    add("bbl places", {"bbl_places"}, entry, until, 1);
    add("learning companies", {"learning_companies"}, entry, until, 1);
    add("teacher vacancies", {"teacher_vacancies"}, entry, until, 1);
    add("technical diplomas", {"diplomas; track = mbo_bol | mbo_bbl | hbo | wo; field = technical | ict"}, entry, until, sum);
    for (const auto& region : regions) {
        for (const int pilot : pilot_months)
            if (static_cast<std::size_t>(pilot) <= 12 * years_)
                add(starters(pilot, region), {tracks, "side_entries; " + occupations()}, entry, entry + (pilot - 1), pilot, region);
        // The year before, which a pilot takes off.
        add(starters(-12, region), {tracks, "side_entries; " + occupations()}, entry - 12, entry - 1, 12, region);
    }
}

std::string AppraisalFigures::at_work(const std::string& group, std::size_t year) { return fmt::format("{} year {}", group, year); }

std::string AppraisalFigures::starters(int months, const std::string& region) { return fmt::format("starters {} {}", months, region); }

void AppraisalFigures::add(const std::string& name, std::vector<std::string> top, sim::Month from, sim::Month until, double times, const std::string& region) {
    Target made;
    made.name = name;
    made.kind = MomentKind::count;
    made.top = std::move(top);
    made.scaling = MomentScaling::persons;
    made.from = from;
    made.until = until;
    made.times = times;
    if (!region.empty()) made.regions = {region};
    places_[name] = figures_.size();
    figures_.push_back(std::move(made));
}

}  // namespace experiments
