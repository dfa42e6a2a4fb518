#include "experiments/figures/core_indicators.hpp"

#include <cstddef>
#include <utility>

#include "models/labels.hpp"

namespace experiments {
namespace {

std::string occupations_between(int first, int last) {
    std::string words = "occupation = ";
    for (int o = first; o < last; ++o) words += (o == first ? "" : " | ") + std::string(models::occupation_labels[static_cast<std::size_t>(o)]);
    return words;
}

CoreIndicator indicator(const std::string& name, const std::string& meaning, const std::string& pillar, const std::string& unit, MomentKind kind,
                        std::vector<std::string> top, std::vector<std::string> bottom, double times = 1) {
    CoreIndicator made{meaning, pillar, unit, {}};
    made.target.name = name;
    made.target.kind = kind;
    made.target.top = std::move(top);
    made.target.bottom = std::move(bottom);
    made.target.times = times;
    made.target.scaling = kind == MomentKind::count ? MomentScaling::persons : MomentScaling::none;
    return made;
}

}  // namespace

std::string technicians_at_work() { return "employed; " + occupations_between(0, models::first_ict_occupation); }

std::string ict_workers_at_work() { return "employed; " + occupations_between(models::first_ict_occupation, models::first_other_occupation); }

std::string technicians_and_ict_workers_at_work() { return "employed; " + occupations_between(0, models::first_other_occupation); }

std::vector<CoreIndicator> core_indicators(sim::Month until) {
    const std::string both = occupations_between(0, models::first_other_occupation);
    const std::string education = "education", market = "labour_market";
    using enum MomentKind;
    std::vector<CoreIndicator> all{
        indicator("technical_diplomas", "technical and ICT diplomas", education, "persons a year", count,
                  {"diplomas; track = mbo_bol | mbo_bbl | hbo | wo; field = technical | ict"}, {}, 12),
        indicator("technical_bbl_learners", "BBL learners, technical and ICT", education, "persons", count,
                  {"students; track = mbo_bbl; field = technical | ict"}, {}),
        indicator("technicians_at_work", "technicians at work", market, "persons", count, {technicians_at_work()}, {}),
        indicator("ict_workers_at_work", "ICT workers at work", market, "persons", count, {ict_workers_at_work()}, {}),
        indicator("technical_vacancies", "vacancies, technical and ICT", market, "vacancies", count, {"vacancies; " + both}, {}),
        indicator("tightness", "tightness (all occupations)", market, "vacancies per unemployed person", ratio, {"vacancies"},
                  {"persons; labour_status = unemployed"}),
        indicator("unemployment_rate", "unemployment rate", market, "share of the labour force", ratio, {"persons; labour_status = unemployed"},
                  {"persons; labour_status = unemployed | employed | self_employed", "working_students"}),
        indicator("side_entries", "side entries (narrow sense)", market, "persons a year", count, {"side_entries"}, {}, 12),
        indicator("leavers_of_technical_work", "leavers of technical and ICT work", market, "persons a year", count,
                  {"technical_flow; pathway = out_other_work | out_unemployed | out_inactive | out_student | out_retired"}, {}, 12),
        indicator("output_per_worker", "output per worker, by innovation", "innovation", "index, start = 1", mean, {"output_per_worker"}, {"jobs"}),
    };
    for (auto& one : all) {
        one.target.from = until - 11;
        one.target.until = until;
    }
    return all;
}

}  // namespace experiments
