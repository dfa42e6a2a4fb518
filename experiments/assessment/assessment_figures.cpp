#include "experiments/assessment/assessment_figures.hpp"

#include <fmt/format.h>

#include "experiments/figures/core_indicators.hpp"
#include "models/labels.hpp"

namespace experiments {
namespace {

Target figure(const std::string& name, std::vector<std::string> top, sim::Month end) {
    Target made;
    made.name = name;
    made.kind = MomentKind::count;
    made.top = std::move(top);
    made.scaling = MomentScaling::persons;
    made.from = end - 11;
    made.until = end;
    return made;
}

std::string technical_occupations() {
    const std::string employed = technicians_at_work();
    return employed.substr(employed.find(';') + 2);
}

}  // namespace

AssessmentFigures::AssessmentFigures(const std::vector<std::string>& regions, sim::Month end) {
    const std::string technical = technical_occupations();
    add(figure("technicians", {technicians_at_work()}, end));
    add(figure("ict_workers", {ict_workers_at_work()}, end));
    add(figure("both", {technicians_and_ict_workers_at_work()}, end));
    add(figure("digitally_skilled", {"digitally_skilled"}, end));
    add(figure("required", {"required_fte; " + technical}, end));
    add(figure("filled", {"fte; " + technical}, end));
    for (std::size_t o = 0; o < models::first_other_occupation; ++o) {
        if (models::group_of(static_cast<models::Occupation>(o)) != models::Field::technical) continue;
        const std::string selection = "occupation = " + std::string(models::occupation_labels[o]);
        gap("occupation", std::string(models::occupation_labels[o]), selection, "", end);
    }
    for (const auto& region : regions) gap("region", region, technical, region, end);
    for (const auto education : models::education_labels)
        add(figure("education " + std::string(education), {fmt::format("employed_by_education; group3 = technical; education = {}", education)}, end));
}

void AssessmentFigures::add(Target made) {
    places_[made.name] = figures_.size();
    figures_.push_back(std::move(made));
}

void AssessmentFigures::gap(const std::string& of, const std::string& label, const std::string& selection, const std::string& region, sim::Month end) {
    gaps_.emplace_back(of, label);
    for (const std::string series : {"required_fte", "fte"}) {
        Target made = figure(of + " " + label + " " + series, {series + "; " + selection}, end);
        if (!region.empty()) made.regions = {region};
        add(std::move(made));
    }
}

}  // namespace experiments
