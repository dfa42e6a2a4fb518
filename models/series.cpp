#include "models/series.hpp"

#include <limits>
#include <string>

#include "models/hybrid_teachers.hpp"
#include "models/labels.hpp"
#include "models/parameters.hpp"
#include "models/tables.hpp"

namespace models {
namespace {

using sim::Kind;
using sim::SeriesInfo;
using sim::SeriesType;
using sim::Trajectory;

template <class Labels>
std::vector<std::string> strings(const Labels& labels) {
    return {labels.begin(), labels.end()};
}

void add_coordinates(Trajectory& t, const RegionTables& regions) {
    t.add_coordinate({"region", regions.names, {{"long_name", "region of residence, or of the employer for series of jobs"}}});
    t.add_labels({"region_code", "region", regions.codes, "CBS or NUTS code of the region"});

    auto work_regions = regions.names;
    work_regions.insert(work_regions.end(), {"rest_nl", "abroad"});
    t.add_coordinate({"work_region", work_regions, {{"long_name", "region where the job is"}}});
    t.add_coordinate(
        {"home", std::vector<std::string>{"rest_nl", "abroad"}, {{"long_name", "home of people who work in a region and live outside all of them"}}});

    const auto all_statuses = strings(labour_status_labels);
    const std::vector<std::string> resident(all_statuses.begin(), all_statuses.begin() + resident_statuses);
    t.add_coordinate({"labour_status", resident, {{"long_name", "labour status (Statistics Netherlands, definitions since 2021)"}}});
    t.add_coordinate({"from_status", all_statuses, {{"long_name", "labour status before"}}});
    t.add_coordinate({"to_status", all_statuses, {{"long_name", "labour status after"}}});
    t.add_coordinate({"event", strings(event_labels), {{"long_name", "demographic event"}}});
    t.add_coordinate({"sex", strings(sex_labels), {{"long_name", "sex"}}});
    t.add_coordinate({"age_group", strings(age_group_labels), {{"long_name", "completed age in years"}}});
    t.add_coordinate({"education", strings(education_labels), {{"long_name", "highest level of education completed"}}});
    t.add_coordinate({"field", strings(field_labels), {{"long_name", "field of study"}}});
    t.add_coordinate({"track", strings(track_labels), {{"long_name", "track of education"}}});

    t.add_coordinate({"occupation", strings(occupation_labels), {{"long_name", "occupation (BRC 2014)"}}});
    t.add_labels({"occupation_code", "occupation", strings(occupation_codes), "BRC 2014 code"});
    std::vector<std::string> group_of_occupation;
    for (int o = 0; o < occupations; ++o) group_of_occupation.emplace_back(field_labels[index_of(group_of(static_cast<Occupation>(o)))]);
    t.add_labels({"occupation_group", "occupation", group_of_occupation, "technical (BRC class 07), ict (08) or other"});
    t.add_coordinate({"group", std::vector<std::string>{"technical", "ict"}, {{"long_name", "group of occupations"}}});
    t.add_coordinate({"group3", strings(field_labels), {{"long_name", "group of occupations, all three"}}});
    t.add_coordinate({"employment_kind", strings(employment_kind_labels), {{"long_name", "kind of employment"}}});

    t.add_coordinate({"sector", strings(sector_labels), {{"long_name", "sector (SBI 2008 sections, grouped)"}}});
    t.add_labels({"sector_code", "sector", strings(sector_codes), "SBI 2008 sections"});
    t.add_coordinate({"size_class", strings(size_class_labels), {{"long_name", "size of the employer: up to 9, 49, 249 and more workers"}}});
    t.add_coordinate({"origin", strings(origin_labels), {{"long_name", "last state before the hire"}}});
    t.add_coordinate({"cause", strings(cause_labels), {{"long_name", "why the job ended"}}});
    t.add_coordinate({"pathway", strings(pathway_labels), {{"long_name", "way into or out of the group: the first that fits, in this order"}}});
}

SeriesInfo series(std::string name, std::vector<std::string> dimensions, SeriesType type, Kind kind, std::string units, std::string pillar,
                  std::string long_name, std::string quality = {}, std::string cell_methods = {}) {
    SeriesInfo info;
    info.name = std::move(name);
    info.dimensions = std::move(dimensions);
    info.type = type;
    info.kind = kind;
    info.units = std::move(units);
    info.pillar = std::move(pillar);
    info.long_name = std::move(long_name);
    info.quality = std::move(quality);
    info.cell_methods = std::move(cell_methods);
    return info;
}

}  // namespace

SeriesIds add_series(Trajectory& t, const Tables& tables) {
    add_coordinates(t, tables.regions);

    const std::string population = "population";
    const std::string labour = "labour_market";
    const std::string education = "education";
    const std::string money = "money";
    const std::string innovation = "innovation";
    // Segments within technical and ICT occupations are known for the nation only; their split over regions is a margin that the start population assumes.
    const std::string assumed = "assumed margin";
    const double persons_per_agent = 1.0 / tables.scale;

    const auto add = [&](SeriesInfo info, bool in_agents) {
        if (in_agents) info.attributes.push_back({"persons_per_agent", persons_per_agent});
        return t.add_series(std::move(info));
    };
    const auto stock = [&](const char* name, std::vector<std::string> dimensions, const std::string& pillar, const char* long_name,
                           const std::string& quality = {}) {
        return add(series(name, std::move(dimensions), SeriesType::count, Kind::stock, "1", pillar, long_name, quality), true);
    };
    const auto flow = [&](const char* name, std::vector<std::string> dimensions, const std::string& pillar, const char* long_name,
                          const std::string& quality = {}) {
        return add(series(name, std::move(dimensions), SeriesType::count, Kind::flow, "1", pillar, long_name, quality), true);
    };
    const auto full_time = [&](const char* name, const char* long_name) {
        return add(series(name, {"occupation"}, SeriesType::real, Kind::stock, "1", labour, long_name, assumed), true);
    };
    const auto share = [&](const char* name, std::vector<std::string> dimensions, const std::string& pillar, const char* long_name,
                           const std::string& quality = {}) {
        return add(series(name, std::move(dimensions), SeriesType::real, Kind::share, "1", pillar, long_name, quality), false);
    };
    const auto hourly = [&](const char* name, const char* long_name) {
        return add(series(name, {"occupation"}, SeriesType::real, Kind::mean, "euro hour-1", money, long_name, assumed), false);
    };

    SeriesIds s{};
    s.persons = stock("persons", {"labour_status", "sex", "age_group"}, population, "residents by labour status, sex and age");
    s.persons_by_education =
        stock("persons_by_education", {"labour_status", "education"}, population, "residents by labour status and highest level of education", assumed);
    s.demography = flow("demography", {"event"}, population, "births, deaths and moves of residents");

    s.status_flow = flow("status_flow", {"from_status", "to_status"}, labour,
                         "residents whose labour status at the end of the month differs from that at its start; moves between regions go by outside");
    s.status_3m = flow("status_3m", {"from_status", "to_status"}, labour,
                       "residents by labour status three months before and now, as the labour-force survey compares; moves between regions go by outside");
    s.employed = stock("employed", {"occupation", "sex"}, labour, "residents at work, employees and self-employed, without working students", assumed);
    s.employed_by_kind = stock("employed_by_kind", {"occupation", "employment_kind"}, labour, "residents at work by kind of employment", assumed);
    s.employed_by_education = stock("employed_by_education", {"group3", "education", "field"}, labour,
                                    "residents at work by group of occupations, level and field of education", assumed);
    s.working_students =
        stock("working_students", {"occupation"}, labour, "full-time students with a side job (Statistics Netherlands counts them as employed)", assumed);
    s.commuting = stock("commuting", {"work_region"}, labour, "residents' main employee jobs (employees, BBL learners, working students) by where the job is");
    s.in_commuters = stock("in_commuters", {"home"}, labour, "main employee jobs in the region held by people from outside all regions");
    s.jobs = stock("jobs", {"sector"}, labour, "filled main employee jobs at employers in the region, whoever holds them", assumed);
    s.jobs_by_occupation = stock("jobs_by_occupation", {"occupation"}, labour, "filled main employee jobs at employers in the region by occupation", assumed);
    s.fte = full_time("fte", "full-time equivalents of the filled jobs in the region");
    s.required_fte = full_time("required_fte", "full-time equivalents that employers in the region desire, climate demand included");
    s.green_demand_gap = full_time("green_demand_gap", "required less filled full-time equivalents");
    s.employers = stock("employers", {"sector", "size_class"}, labour, "employers in the region by sector and size", assumed);
    s.vacancies = stock("vacancies", {"occupation"}, labour, "open vacancies at employers in the region", assumed);
    s.vacancies_opened = flow("vacancies_opened", {"occupation"}, labour, "vacancies opened", assumed);
    s.vacancies_filled = flow("vacancies_filled", {"occupation"}, labour, "vacancies filled", assumed);
    s.vacancies_lapsed = flow("vacancies_lapsed", {"occupation"}, labour, "vacancies withdrawn without a hire", assumed);
    s.time_to_fill = add(series("time_to_fill", {"occupation"}, SeriesType::real, Kind::mean, "month", labour,
                                "months that the vacancies filled in the month were open, half a month added", assumed, "time: mean"),
                         false);
    s.hires = flow("hires", {"occupation", "origin"}, labour, "jobs begun at employers in the region by last state before", assumed);
    s.separations = flow("separations", {"occupation", "cause"}, labour, "jobs ended at employers in the region by cause", assumed);
    s.technical_flow = flow("technical_flow", {"group", "pathway"}, labour, "residents into and out of work in technical or ICT occupations by pathway");

    s.students = stock("students", {"track", "field", "sex"}, education, "pupils and students from vmbo and havo/vwo on, by residence", assumed);
    s.intake = flow("intake", {"track", "field", "sex"}, education, "people who began a track, by residence", assumed);
    s.dropouts = flow("dropouts", {"track", "field", "sex"}, education, "people who left education without the diploma of their track, by residence", assumed);
    s.diplomas = flow("diplomas", {"track", "field", "sex"}, education, "diplomas, by residence", assumed);
    s.pupils_under_15 = stock("pupils_under_15", {}, education, "those of `students` who are under 15 (labour status child)");
    s.students_at_work = stock("students_at_work", {}, education, "those of `students` whose labour status is at work (BBL, part-time study)");
    s.vmbo_technical_share = share("vmbo_technical_share", {}, education, "share of vmbo third-years (all tracks) with a technical profile, by residence");
    s.learning_companies = stock("learning_companies", {"sector"}, education, "recognised learning companies (leerbedrijven) in the region", assumed);
    s.bbl_places = stock("bbl_places", {"sector"}, education, "places for BBL learners at learning companies in the region", assumed);
    s.bbl_places_taken = stock("bbl_places_taken", {"sector"}, education, "BBL places taken", assumed);

    s.retention_12m = share("retention_12m", {"occupation"}, labour,
                            "of residents in this technical or ICT occupation twelve months ago who are alive and live in one of the regions: share in a "
                            "technical or ICT occupation now",
                            assumed);
    s.graduate_match_12m = share("graduate_match_12m", {"track", "field"}, education,
                                 "of those who got this diploma twelve months ago, live in one of the regions and are in full-time education no more: share at "
                                 "work in the group of occupations of their field",
                                 assumed);
    s.wage = hourly("wage", "mean hourly wage of resident employees, without students and BBL learners, in euro of the month");
    s.wage_median = hourly("wage_median", "median hourly wage of the same employees, in euro of the month, within classes of 4 percent");
    s.wage_real = hourly("wage_real", "mean hourly wage of the same employees, in prices of January 2021");
    s.side_entries = flow("side_entries", {"occupation"}, labour,
                          "people who began a side-entry course or adult BBL from work, by the occupation that it leads to", assumed);
    s.side_entry_places =
        stock("side_entry_places", {"occupation"}, labour,
              "places in side-entry courses: taken ones, and those of the month's new courses that are free; by the occupation that they lead to", assumed);
    s.side_entry_placements = flow("side_entry_placements", {"occupation"}, labour,
                                   "people who began in the occupation of their course within a year of it, or in adult BBL", assumed);
    s.teacher_vacancies = stock("teacher_vacancies", {}, education, "open posts of teachers in technical and ICT education", assumed);
    // What later starts are added to, so that their sum is everybody who ever taught (in Brainport since the project began).
    std::vector<std::int64_t> starts_before_run;
    for (std::size_t r = 0; r < tables.regions.names.size(); ++r) starts_before_run.push_back(starts_before(tables.teaching, r, tables.scale));
    s.hybrid_teachers = stock("hybrid_teachers", {}, education, "people who teach technical or ICT subjects some hours a week beside their job", assumed);
    s.hybrid_teacher_employers = stock("hybrid_teacher_employers", {}, education, "employers that lend hybrid teachers", assumed);
    s.hybrid_teacher_hours = add(
        series("hybrid_teacher_hours", {}, SeriesType::real, Kind::stock, "hour week-1", education, "hours a week that hybrid teachers teach", assumed), true);
    s.hybrid_teacher_starts = flow("hybrid_teacher_starts", {}, education, "people who became a hybrid teacher for the first time", assumed);
    t.set_series_attribute(s.hybrid_teacher_starts, {"before_start", starts_before_run});
    s.adopters = stock("adopters", {"size_class"}, innovation, "employers that have adopted process innovation", assumed);
    s.output_per_worker = add(
        series("output_per_worker", {"sector"}, SeriesType::real, Kind::index, "1", innovation, "output per worker by process innovation, start = 1", assumed),
        false);
    s.labour_saved = add(series("labour_saved", {"sector"}, SeriesType::real, Kind::stock, "1", innovation,
                                "full-time equivalents that adoptions since January 2021 save: desired without them less desired with them", assumed),
                         true);
    s.awareness = share("awareness", {"age_group"}, education,
                        "mean awareness of technical and ICT work by campaigns, those of sectors included, 0 to 1 (expected value)", assumed);
    const auto campaign = [&](const char* name, const char* long_name) {
        return add(series(name, {}, SeriesType::real, Kind::stock, "1", education, long_name, assumed), true);
    };
    s.campaign_needed =
        campaign("campaign_needed", "desired less present workers of the technical and ICT occupations that are short of workers; each January, missing else");
    s.campaign_reachable = campaign(
        "campaign_reachable", "residents who would qualify for technical or ICT work and whom media can reach (expected number); each January, missing else");
    s.campaign_reached = campaign("campaign_reached",
                                  "of those who would qualify, whom the campaigns of sectors reach in a month (expected number); each January, missing else");
    s.digitally_skilled =
        stock("digitally_skilled", {}, labour, "ICT professionals by the wide definition: employed residents in ICT occupations times a ratio");
    return s;
}

void add_groups(Trajectory& t, SeriesIds& ids, const Parameters& parameters, const Tables& tables, const std::vector<std::string>& measures) {
    t.add_coordinate({"measure", measures, {{"long_name", "measure"}}, "policy", true});
    ids.has_policy = true;
    const auto policy = [&](const char* name, SeriesType type, Kind kind, const char* units, const char* long_name) {
        auto info = series(name, {"measure"}, type, kind, units, "money", long_name);
        info.group = "policy";
        info.attributes.push_back({"persons_per_agent", 1.0 / tables.scale});
        return t.add_series(std::move(info));
    };
    ids.policy_spending = policy("spending", SeriesType::real, Kind::flow, "euro", "spending for all persons");
    ids.policy[index_of(PolicyFlow::applicants)] = policy("applicants", SeriesType::count, Kind::flow, "1", "people who applied");
    ids.policy[index_of(PolicyFlow::refused_place)] = policy("refused_place", SeriesType::count, Kind::flow, "1", "applicants refused for want of a place");
    ids.policy[index_of(PolicyFlow::refused_lot)] = policy("refused_lot", SeriesType::count, Kind::flow, "1", "admitted applicants refused by lot");
    ids.policy[index_of(PolicyFlow::participants)] = policy("participants", SeriesType::count, Kind::flow, "1", "people who began");
    ids.policy[index_of(PolicyFlow::in_programme)] = policy("in_programme", SeriesType::count, Kind::stock, "1", "people in the programme");
    ids.policy[index_of(PolicyFlow::completions)] = policy("completions", SeriesType::count, Kind::flow, "1", "people who completed");
    ids.policy[index_of(PolicyFlow::placements)] = policy("placements", SeriesType::count, Kind::flow, "1", "people placed in the target job");
    t.add_coordinate(
        {"horizon", std::vector<std::int32_t>(horizons.begin(), horizons.end()), {{"long_name", "time since the gate"}, {"units", "month"}}, "policy"});
    const auto followed = [&](const char* name, const char* long_name) {
        auto info = series(name, {"measure", "horizon"}, SeriesType::count, Kind::stock, "1", "money", long_name);
        info.group = "policy";
        info.attributes.push_back({"persons_per_agent", 1.0 / tables.scale});
        return t.add_series(std::move(info));
    };
    ids.participants_followed = followed("participants_followed", "of those who passed the gate a horizon ago: alive and resident");
    ids.participants_in_target = followed("participants_in_target", "of these: at work in the target's group, technology or ICT");
    ids.refused_followed = followed("refused_followed", "of those whom the lot refused at the gate a horizon ago: alive and resident");
    ids.refused_in_target = followed("refused_in_target", "of these: at work in the target's group, technology or ICT");

    std::vector<std::string> names, units, sources, statuses, distributions;
    std::vector<double> values, lows, highs;
    const double none = std::numeric_limits<double>::quiet_NaN();
    for (const auto& p : all_parameters()) {
        names.push_back(p.name);
        values.push_back(p.get(parameters));
        units.push_back(p.unit);
        sources.push_back(p.source);
        statuses.emplace_back(text(p.status));
        distributions.push_back(p.prior.distribution);
        const bool prior = !p.prior.distribution.empty();
        lows.push_back(prior ? p.prior.low : none);
        highs.push_back(prior ? p.prior.high : none);
    }
    t.add_coordinate({"parameter", names, {{"long_name", "parameter, as in scenario files"}}, "parameters"});
    t.add_table({"parameters", "value", {"parameter"}, values, {{"long_name", "value in this run"}}});
    t.add_table({"parameters", "unit", {"parameter"}, units, {{"long_name", "unit (UDUNITS)"}}});
    t.add_table({"parameters", "source", {"parameter"}, sources, {{"long_name", "source; empty where assumed"}}});
    t.add_table({"parameters", "status", {"parameter"}, statuses, {{"long_name", "observed, derived, recalled or assumed"}}});
    t.add_table({"parameters", "low", {"parameter"}, lows, {{"long_name", "5th percentile of the prior"}}, true});
    t.add_table({"parameters", "high", {"parameter"}, highs, {{"long_name", "95th percentile of the prior"}}, true});
    t.add_table({"parameters", "distribution", {"parameter"}, distributions, {{"long_name", "prior"}}});

    std::vector<std::string> numbers, files, digests, origins, periods;
    for (std::size_t i = 0; i < tables.provenance.size(); ++i) {
        const auto& row = tables.provenance[i];
        numbers.push_back(std::to_string(i));
        files.push_back(row.file);
        digests.push_back(row.sha256);
        origins.push_back(row.source);
        periods.push_back(row.period);
    }
    t.add_coordinate({"table", numbers, {{"long_name", "input table"}}, "provenance"});
    t.add_table({"provenance", "file", {"table"}, files, {{"long_name", "file of the input table"}}});
    t.add_table({"provenance", "sha256", {"table"}, digests, {{"long_name", "SHA-256 digest of the file"}}});
    t.add_table({"provenance", "source", {"table"}, origins, {{"long_name", "source"}}});
    t.add_table({"provenance", "period", {"table"}, periods, {{"long_name", "period that the figures speak of"}}});
}

}  // namespace models
