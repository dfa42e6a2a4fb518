#include "experiments/figures/outcomes.hpp"

#include <limits>
#include <utility>

#include <fmt/format.h>

#include "experiments/figures/core_indicators.hpp"
#include "models/labels.hpp"

namespace experiments {
namespace {

/// People of one kind of occupations.
struct Group {
    std::string name;         ///< in names of outcomes
    std::string meaning;      ///< in words
    std::string inside;       ///< selection: residents at work
    std::string occupations;  ///< selection of labels
};

std::vector<Group> groups() {
    const auto occupations = [](const std::string& employed) { return employed.substr(employed.find(';') + 2); };
    std::vector<Group> all{{"technicians", "technicians", technicians_at_work(), {}},
                           {"ict_workers", "ICT workers", ict_workers_at_work(), {}},
                           {"both", "technicians and ICT workers", technicians_and_ict_workers_at_work(), {}}};
    for (auto& group : all) group.occupations = occupations(group.inside);
    return all;
}

Outcome counted(Subject subject, const std::string& name, const std::string& meaning, const std::string& unit, std::vector<std::string> top,
                const std::string& region = "") {
    Outcome made;
    made.meaning = meaning;
    made.unit = unit;
    made.region = region;
    made.subject = subject;
    made.figure.name = name;
    made.figure.kind = MomentKind::count;
    made.figure.top = std::move(top);
    made.figure.scaling = MomentScaling::persons;
    if (!region.empty()) made.figure.regions = {region};
    return made;
}

/// Filled main employee jobs in the regions less those of working students, who are not counted as employed, and the self-employed.
std::vector<std::string> national_work(const Group& group) {
    return {"jobs_by_occupation; " + group.occupations, "-working_students; " + group.occupations,
            "employed_by_kind; employment_kind = self_employed; " + group.occupations};
}

void add_national(std::vector<Outcome>& outcomes, std::size_t inside, const Group& group) {
    Outcome national = outcomes[inside];
    outcomes[inside].national = outcomes.size();
    national.is_national = true;
    national.subject = national.region.empty() ? Subject::work : Subject::region;
    national.figure.name += "_national";
    national.meaning += ", national";
    national.figure.top = national_work(group);
    outcomes.push_back(std::move(national));
}

void add_work(std::vector<Outcome>& outcomes, const Group& group) {
    const auto add = [&](Outcome made) {
        outcomes.push_back(std::move(made));
        add_national(outcomes, outcomes.size() - 1, group);
    };
    const std::string at_work = group.name + "_at_work";
    bool core = false;
    for (std::size_t o = 0; o < outcomes.size(); ++o)
        if (outcomes[o].figure.name == at_work) {
            core = true;
            add_national(outcomes, o, group);
            break;
        }
    if (!core) add(counted(Subject::work, at_work, group.meaning + " at work", "persons", {group.inside}));
    for (const int months : {6, 12, 24, 36, 60}) {
        auto made = counted(Subject::work, fmt::format("{}_after_{}", at_work, months), fmt::format("{} after {} months", group.meaning, months), "persons",
                            {group.inside});
        made.window = Window::after;
        made.months_after = months;
        add(std::move(made));
    }
    auto years = counted(Subject::work, group.name + "_years", group.meaning + ", years of work since then", "person-years", {group.inside});
    years.window = Window::since;
    years.figure.times = 1.0 / 12;
    add(std::move(years));
}

}  // namespace

std::string text(Subject subject) {
    switch (subject) {
        case Subject::indicator: return "indicator";
        case Subject::work: return "work";
        case Subject::region: return "region";
        case Subject::education: return "education";
        case Subject::pathway: return "pathway";
    }
    return {};
}

std::vector<Outcome> outcomes_of(const std::vector<std::string>& regions) {
    std::vector<Outcome> outcomes;
    for (const auto& indicator : core_indicators(sim::Month())) {
        Outcome made;
        made.meaning = indicator.meaning;
        made.unit = indicator.unit;
        made.figure = indicator.target;
        outcomes.push_back(std::move(made));
    }
    const auto all = groups();
    for (const auto& group : all) add_work(outcomes, group);
    for (const auto& region : regions)
        for (std::size_t g = 0; g < 2; ++g) {
            outcomes.push_back(counted(Subject::region, all[g].name + "_at_work", all[g].meaning + " at work", "persons", {all[g].inside}, region));
            add_national(outcomes, outcomes.size() - 1, all[g]);
        }
    const std::vector<std::string> words{"technical", "ict"};
    for (std::size_t g = 0; g < 2; ++g)
        for (std::size_t level = 0; level < models::education_labels.size(); ++level) {
            const auto education = models::education_labels[level];
            outcomes.push_back(counted(Subject::education, fmt::format("{}_{}", all[g].name, education), fmt::format("{}, {}", all[g].meaning, education),
                                       "persons", {fmt::format("employed_by_education; group3 = {}; education = {}", words[g], education)}));
            outcomes.back().education = level;
        }
    for (std::size_t g = 0; g < 2; ++g)
        for (const auto pathway : models::pathway_labels) {
            auto made = counted(Subject::pathway, fmt::format("{}_{}", all[g].name, pathway), fmt::format("{}, {}", all[g].meaning, pathway), "persons",
                                {fmt::format("technical_flow; group = {}; pathway = {}", words[g], pathway)});
            made.window = Window::since;
            outcomes.push_back(std::move(made));
        }
    return outcomes;
}

std::optional<Target> dated(const Outcome& outcome, sim::Month entry, sim::Month end) {
    Target figure = outcome.figure;
    figure.until = end;
    switch (outcome.window) {
        case Window::last_year: figure.from = end - 11; break;
        case Window::after: figure.from = figure.until = entry + (outcome.months_after - 1); break;
        case Window::since:
            figure.from = entry;
            figure.times *= end - entry + 1;
            break;
    }
    if (figure.from > end) return std::nullopt;
    return figure;
}

Figures::Figures(const std::vector<Outcome>& outcomes, sim::Month entry, sim::Month end, const sim::Trajectory& like, double scale)
    : outcomes_(outcomes.size()) {
    std::vector<Target> figures;
    const auto add = [&](std::size_t place, Target figure) {
        place_.push_back(place);
        figures.push_back(std::move(figure));
    };
    for (std::size_t o = 0; o < outcomes.size(); ++o) {
        const auto figure = dated(outcomes[o], entry, end);
        if (!figure) continue;
        add(o, *figure);
        Target agents = *figure;
        if (figure->kind != MomentKind::count) {
            agents.kind = MomentKind::count;
            agents.top = figure->kind == MomentKind::mean ? figure->bottom : figure->top;
            agents.times = 1;
        }
        agents.scaling = MomentScaling::none;
        add(outcomes.size() + o, std::move(agents));
    }
    moments_.emplace(figures, like, Scales{1 / scale, 1}, "outcomes");
}

std::vector<double> Figures::of(const sim::Trajectory& series) const {
    std::vector<double> values(2 * outcomes_, std::numeric_limits<double>::quiet_NaN());
    const auto found = moments_->of(series);
    for (std::size_t i = 0; i < found.size(); ++i) values[place_[i]] = found[i];
    return values;
}

}  // namespace experiments
