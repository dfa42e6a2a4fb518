#include "models/processes.hpp"

#include "models/awareness.hpp"
#include "models/demand.hpp"
#include "models/demand_shock.hpp"
#include "models/demography.hpp"
#include "models/employers_lifecycle.hpp"
#include "models/hybrid_teachers.hpp"
#include "models/indicators.hpp"
#include "models/innovation.hpp"
#include "models/outsiders.hpp"
#include "models/programmes.hpp"
#include "models/schooling.hpp"
#include "models/search.hpp"
#include "models/separations.hpp"
#include "models/teaching.hpp"
#include "models/ties.hpp"
#include "models/vacancy_slots.hpp"
#include "models/wages.hpp"

namespace models {
namespace {

/// The decisions of schooling, which share what `schooling_info` says of the whole step.
sim::ProcessInfo decision(std::string_view name, sim::ProcessKey key) {
    return {.name = name, .key = key, .reads = schooling_info.reads, .writes = schooling_info.writes};
}

}  // namespace

const std::vector<ProcessGroup>& all_processes() {
    static const std::vector<ProcessGroup> all{
        {"demography", {death_info, move_info, emigration_info, arrival_info, succession_info}},
        {"schooling",
         {schooling_info, decision("track at twelve", key_entry), decision("profile", key_profile), decision("diploma", key_diploma),
          decision("next stage", key_next), decision("drop-out", key_dropout), decision("leaving school", key_leave),
          decision("return to education", key_return), decision("search for a learning place", key_bbl),
          decision("slot of a learning place", key_learning_slot), decision("staying with the firm", key_stay),
          decision("recognition of learning companies", key_recognition), decision("track of newcomers", key_newcomer)}},
        {"programmes",
         {programmes_info, lot_info, course_employed_info, course_unemployed_info, course_inactive_info, course_info, work_learning_info, job_guarantee_info,
          adult_bbl_info, adult_place_info}},
        {"employers",
         {employers_info, reopening_info, lapse_info, rounding_info, reposting_info, births_info, birth_traits_info, closures_info, placement_info,
          demand_shock_info}},
        {"separations",
         {quit_info, layoff_info, excess_layoff_info, contract_end_info, to_self_employment_info, to_study_info, disability_info, retirement_info, closure_info,
          leave_technical_info, business_end_info, side_job_end_info, give_up_info, start_looking_info, business_start_info}},
        {"search",
         {search_info, search_employed_info, search_inactive_info, search_self_employed_info, search_student_info, search_outsider_info, hire_info,
          applications_info, aim_info}},
        {"wages", {wages_info}},
        {"teaching", {teaching_info, hybrid_start_info, hybrid_renewal_info, hybrid_willing_info, hybrid_known_info, hybrid_before_info}},
        {"innovation", {innovation_info, innovation_start_info, innovation_reach_info}},
        {"awareness", {awareness_info}},
        {"indicators", {indicators_info}},
        {"ties between employers", {ties_info}},  // no step: made once, when a run starts
    };
    return all;
}

}  // namespace models
