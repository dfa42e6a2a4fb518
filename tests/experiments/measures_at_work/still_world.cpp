/// With every hazard, inflow and growth at zero nothing moves but age.

#include <set>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "models/labels.hpp"
#include "tests/support/accounts.hpp"
#include "tests/support/shared_start.hpp"

namespace {

using models::Parameters;

/// Every monthly probability there is at 0, and the factors and shares that stand before the yearly ones of the tables.
Parameters nothing_happens() {
    Parameters p;
    for (const auto& parameter : models::all_parameters())
        if ((parameter.unit == "month-1" || parameter.unit == "1/month") && parameter.minimum <= 0) parameter.set(p, 0);
    p.demography.mortality = p.demography.births = p.demography.immigration = p.demography.departures = 0;
    p.schooling.diploma_factor = p.schooling.dropout_factor = p.schooling.return_factor = p.schooling.recognition_factor = 0;
    p.demand.births = p.demand.closures = p.demand.fossil_phase_out = 0;
    p.demand.direct_lapse_after = 1200;
    p.separations.quit = p.separations.layoff = p.separations.give_up = p.separations.start_looking = 0;
    p.separations.quit_share = 1 - p.separations.layoff_share;  // the rest is disability
    p.separations.contract_renewal = 1;
    p.separations.early_retirement = 0;
    p.separations.retention_effect = 1;
    p.separations.work_on = p.separations.work_on_self_employed = 1;
    p.search.search_intensity = 0;
    p.side_entry.propensity = 0;
    p.adult_bbl.volume = 0;
    p.work_learning.apply = 0;
    p.teaching.start_rate = p.teaching.outflow_factor = 0;
    p.teaching.want_to_continue = p.teaching.employer_continues = 1;
    p.innovation.first_time = 0;
    return p;
}

long long total_at(const sim::Trajectory& t, const std::string& name, std::size_t time) { return tests::total(t, name, time, time); }

/// The same sum at every point of time from the first one that has values; a flow that is 0.
bool stays(const sim::Trajectory& t, sim::SeriesId id) {
    const auto& info = t.info(id);
    const std::size_t first = info.kind == sim::Kind::flow ? 1 : 0;
    const long long expected = info.kind == sim::Kind::flow ? 0 : total_at(t, info.name, 0);
    for (std::size_t time = first; time < t.points(); ++time)
        if (total_at(t, info.name, time) != expected) return false;
    return true;
}

sim::Trajectory year_of(const Parameters& parameters, bool tables_at_rest) {
    tests::SharedStart start({"IJmond", "Zeeuws-Vlaanderen"}, 0.2);
    if (tables_at_rest) {
        auto& tables = start.tables();
        for (auto& month : tables.demand.growth) month.fill(1.0);
        for (auto& moves : tables.demography.moves_in) moves = 0;
        for (auto& rate : tables.demography.move_rate) rate = 0;
        tables.schooling.recognition_lapse = 0;
        tables.teaching.outflow = 0;
    }
    return start.run(parameters, sim::Month::of(2021, 12));
}

/// What age moves, and what is no person, job or vacancy that moves; each is looked at below or needs no look.
// clang-format off
const std::set<std::string> aside{
    "status_flow",  // children become students; workers and the inactive reach the pension age or 75
    "status_3m",    // the first three months are missing
    // who retires leaves work
    "employed", "employed_by_kind", "employed_by_education", "commuting", "in_commuters", "jobs", "jobs_by_occupation", "separations", "technical_flow", "digitally_skilled",
    "vacancies", "vacancies_opened",                              // jobs left in December 2020, or into retirement, are opened again
    "students", "intake", "pupils_under_15",                      // entry at twelve
    "teacher_vacancies",                                          // posts follow the pupils of October
    "bbl_places",                                                 // reckoned anew from staff each July
    "side_entry_places",                                          // on offer, taken by nobody
    "campaign_needed", "campaign_reachable", "campaign_reached",  // missing but in January
};
// clang-format on

}  // namespace

TEST_CASE("nothing moves but by age where every hazard, inflow and growth is zero", "[experiments][property]") {
    using models::Cause;
    using models::LabourStatus;
    const auto t = year_of(nothing_happens(), true);
    tests::check_accounts(t);
    std::size_t held = 0;
    for (std::size_t s = 0; s < t.size(); ++s) {
        const auto id = static_cast<sim::SeriesId>(s);
        if (t.info(id).type != sim::SeriesType::count || aside.count(t.info(id).name) > 0) continue;
        CAPTURE(t.info(id).name);
        CHECK(stays(t, id));
        ++held;
    }
    CHECK(held >= 15);

    for (std::size_t time = 1; time < t.points(); ++time) {
        CAPTURE(time);
        constexpr std::size_t states = models::resident_statuses + 1;
        const auto flow = t.counts(t.find("status_flow"), 0, time);
        for (std::size_t i = 0; i < flow.size(); ++i) {
            const auto from = static_cast<LabourStatus>(i / states % states), to = static_cast<LabourStatus>(i % states);
            if (from == LabourStatus::child || to == LabourStatus::retired) continue;
            CAPTURE(i / states % states, i % states);
            CHECK(flow[i] == 0);
        }
        const auto left = t.counts(t.find("separations"), 0, time);
        long long retired = 0;
        for (std::size_t i = 0; i < left.size(); ++i)
            // Who worked on past the pension age quits at 75.
            if (const auto cause = static_cast<Cause>(i % models::causes); cause == Cause::retirement || cause == Cause::quit)
                retired += left[i];
            else
                CHECK(left[i] == 0);
        CHECK(total_at(t, "jobs", time) == total_at(t, "jobs", time - 1) - retired);
        // A job that somebody left in a month is opened again in the next, if at all.
        if (time > 1) CHECK(total_at(t, "vacancies_opened", time) <= tests::total(t, "separations", time - 1, time - 1));
        const auto ways = t.counts(t.find("technical_flow"), 0, time);
        for (std::size_t i = 0; i < ways.size(); ++i)
            if (static_cast<models::Pathway>(i % models::pathway_labels.size()) != models::Pathway::out_retired) CHECK(ways[i] == 0);
        // Pupils enter school at twelve in August and choose nothing else.
        CHECK((total_at(t, "intake", time) == 0 || time == 8 || time == 9));
    }
}

TEST_CASE("with the usual hazards all of it moves", "[experiments][unit]") {
    Parameters usual;
    usual.teaching.start_rate *= 10;  // hybrid teachers are few: two small regions at this scale have none in some years
    const auto t = year_of(usual, false);
    std::vector<std::string> still;
    for (std::size_t s = 0; s < t.size(); ++s) {
        const auto id = static_cast<sim::SeriesId>(s);
        if (t.info(id).type == sim::SeriesType::count && aside.count(t.info(id).name) == 0 && stays(t, id)) still.push_back(t.info(id).name);
    }
    CHECK(still == std::vector<std::string>{});
}
