#include "models/search.hpp"

#include <algorithm>
#include <bit>
#include <span>

#include "models/applications.hpp"
#include "models/hiring.hpp"
#include "models/parameters.hpp"
#include "models/reach.hpp"
#include "models/search_scratch.hpp"
#include "models/seekers.hpp"
#include "models/world.hpp"
#include "sim/matching.hpp"

namespace models {

const ParameterTable<SearchParameters>& search_table() {
    using P = SearchParameters;
    static const ParameterTable<P> table{
        {"employed_search",
         &P::employed_search,
         "1/month",
         0,
         0.3,
         {"lognormal(0.026, 0.3)", 0.0159, 0.0426},
         Status::derived,
         "calibrated (regions/data/calibrated.toml)",
         "monthly probability that an employee of 35-44 with two years of tenure or more, at the usual wage, looks for another job"},
        {"short_tenure_factor",
         &P::short_tenure_factor,
         "1",
         1,
         10,
         {"uniform(2, 4)", 2.1, 3.9},
         Status::derived,
         "ratio of job-to-job moves under and over two years of tenure, 8.5 % and 2.8 % a quarter (CBS, model description section 6)",
         "factor on that under two years of tenure"},
        {"contract_end_factor",
         &P::contract_end_factor,
         "1",
         1,
         10,
         {"uniform(1.5, 3.5)", 1.6, 3.4},
         Status::assumed,
         "",
         "factor on that in the last three months of a temporary contract"},
        {"wage_gap_slope",
         &P::wage_gap_slope,
         "1",
         0,
         5,
         {"uniform(0.3, 1.3)", 0.35, 1.25},
         Status::assumed,
         "",
         "rise of log search intensity with the log of usual over own wage"},
        {"inactive_search",
         &P::inactive_search,
         "1/month",
         0,
         0.5,
         {"lognormal(0.12, 0.3)", 0.0733, 0.197},
         Status::assumed,
         "",
         "monthly probability that an inactive person of 35-44 near the labour market looks for a job"},
        {"self_employed_search",
         &P::self_employed_search,
         "1/month",
         0,
         0.2,
         {"lognormal(0.004, 0.5)", 0.00176, 0.0091},
         Status::assumed,
         "",
         "monthly probability that a self-employed person looks for a job as employee"},
        {"student_search",
         &P::student_search,
         "1/month",
         0,
         0.5,
         {"lognormal(0.2, 0.3)", 0.122, 0.328},
         Status::derived,
         "calibrated (regions/data/calibrated.toml)",
         "monthly probability that a student without a job looks for a side job"},
        {"outsider_search",
         &P::outsider_search,
         "1/month",
         0,
         0.5,
         {"lognormal(0.02, 0.5)", 0.0088, 0.0455},
         Status::assumed,
         "",
         "monthly probability at normal tightness that a person outside looks for a job here"},
        {"outsider_elasticity",
         &P::outsider_elasticity,
         "1",
         0,
         2,
         {"uniform(0.3, 1)", 0.335, 0.965},
         Status::assumed,
         "",
         "elasticity of that to tightness here over tightness in the nation, both relative to 2020"},
        {"applications_unemployed",
         &P::applications_unemployed,
         "1/month",
         0,
         20,
         {"lognormal(0.8, 0.3)", 0.488, 1.31},
         Status::derived,
         "calibrated (regions/data/calibrated.toml)",
         "serious applications a month of the unemployed"},
        {"applications_graduate",
         &P::applications_graduate,
         "1/month",
         0,
         20,
         {"lognormal(1.0, 0.3)", 0.61, 1.64},
         Status::assumed,
         "",
         "serious applications a month of those who graduate soon"},
        {"applications_employed",
         &P::applications_employed,
         "1/month",
         0,
         20,
         {"lognormal(1.6, 0.3)", 0.977, 2.62},
         Status::assumed,
         "",
         "serious applications of an employee in a month of search"},
        {"applications_inactive",
         &P::applications_inactive,
         "1/month",
         0,
         20,
         {"lognormal(1.7, 0.3)", 1.04, 2.78},
         Status::assumed,
         "",
         "serious applications of an inactive person in a month of search"},
        {"applications_self_employed",
         &P::applications_self_employed,
         "1/month",
         0,
         20,
         {"lognormal(1.0, 0.3)", 0.61, 1.64},
         Status::assumed,
         "",
         "serious applications of a self-employed person in a month of search"},
        {"applications_student",
         &P::applications_student,
         "1/month",
         0,
         20,
         {"lognormal(1.0, 0.3)", 0.61, 1.64},
         Status::assumed,
         "",
         "applications of a student in a month of search for a side job"},
        {"applications_outsider",
         &P::applications_outsider,
         "1/month",
         0,
         20,
         {"lognormal(1.1, 0.3)", 0.672, 1.8},
         Status::assumed,
         "",
         "serious applications of a person outside in a month of search here"},
        {"search_intensity", &P::search_intensity, "1", 0, 10, {}, Status::assumed, "", "lever: factor on the applications of all"},
        {"travel_decay",
         &P::travel_decay,
         "1/minute",
         0,
         1,
         {"normal(0.06, 0.015)", 0.035, 0.085},
         Status::derived,
         "fit to CBS jobs by region of residence and work 2014 over car travel times (commute_jobs_matrix, travel.csv)",
         "fall of the log weight of a submarket a minute of travel beyond a journey within the region"},
        {"boundary_weight",
         &P::boundary_weight,
         "1",
         0,
         1,
         {"lognormal(0.09, 0.3)", 0.055, 0.147},
         Status::derived,
         "fit to CBS jobs by region of residence and work 2014 over car travel times (commute_jobs_matrix, travel.csv)",
         "weight of a job just beyond the region's boundary beside one within: most journeys are short"},
        {"mobility", &P::mobility, "1", 0.1, 10, {}, Status::assumed, "", "lever: divides travel_decay and the log of boundary_weight"},
        {"outside_reach",
         &P::outside_reach,
         "1",
         0,
         10,
         {"lognormal(1, 0.2)", 0.72, 1.39},
         Status::assumed,
         "",
         "weight of outside jobs of the own boundary beside jobs within the region"},
        {"own_occupation", &P::own_occupation, "1", 0, 1, {"beta(12, 7)", 0.44, 0.8}, Status::assumed, "", "share of applications in the own occupation"},
        {"field_reach",
         &P::field_reach,
         "1",
         0,
         1,
         {"beta(3, 27)", 0.03, 0.2},
         Status::assumed,
         "",
         "share of applications in occupations of the field of education"},
        {"first_job_field", &P::first_job_field, "1", 0, 1, {"beta(14, 6)", 0.52, 0.85}, Status::assumed, "", "the same for those without a past in work"},
        {"first_job_mbo",
         &P::first_job_mbo,
         "1",
         -3,
         3,
         {},
         Status::assumed,
         "",
         "lever: added to the log weight of occupations of their field in the search for a first job, of people with a technical or ICT mbo diploma"},
        {"first_job_hbo", &P::first_job_hbo, "1", -3, 3, {}, Status::assumed, "", "lever: the same of hbo"},
        {"under_education",
         &P::under_education,
         "1",
         0,
         10,
         {"uniform(0.5, 1.5)", 0.55, 1.45},
         Status::assumed,
         "",
         "suitability lost for a level of education below the usual one"},
        {"over_education",
         &P::over_education,
         "1",
         0,
         10,
         {"uniform(0, 0.3)", 0.015, 0.285},
         Status::assumed,
         "",
         "suitability lost for a level above the usual one"},
        {"field_fit",
         &P::field_fit,
         "1",
         0,
         10,
         {"uniform(0.3, 1.1)", 0.34, 1.06},
         Status::assumed,
         "",
         "suitability gained in technical and ICT occupations by that field of education, lost without it"},
        {"experience_fit",
         &P::experience_fit,
         "1",
         0,
         10,
         {"uniform(0.5, 1.5)", 0.55, 1.45},
         Status::assumed,
         "",
         "suitability gained by experience in the occupation"},
        {"proximity",
         &P::proximity,
         "1/minute",
         0,
         1,
         {"uniform(0, 0.02)", 0.001, 0.019},
         Status::assumed,
         "",
         "suitability lost for a minute of travel beyond a journey within the region"},
        {"taste",
         &P::taste,
         "1",
         0.01,
         10,
         {"uniform(0.7, 1.3)", 0.73, 1.27},
         Status::assumed,
         "",
         "scale of the taste of an employer for an application (logistic)"},
        {"standard_posted",
         &P::standard_posted,
         "1",
         -10,
         10,
         {"normal(0.8, 0.4)", 0.142, 1.46},
         Status::derived,
         "calibrated (regions/data/calibrated.toml)",
         "lowest suitability for a posted vacancy at normal tightness"},
        {"standard_direct",
         &P::standard_direct,
         "1",
         -10,
         10,
         {"normal(-3.0, 0.4)", -3.66, -2.34},
         Status::assumed,
         "",
         "lowest suitability for an opening that is filled without a vacancy"},
        {"standard_tightness",
         &P::standard_tightness,
         "1",
         0,
         5,
         {"uniform(0.2, 0.8)", 0.23, 0.77},
         Status::assumed,
         "",
         "fall of the standards with the log of relative tightness"},
        {"standards", &P::standards, "1", -5, 5, {}, Status::assumed, "", "lever: added to both standards"},
        {"reservation_start",
         &P::reservation_start,
         "1",
         0,
         2,
         {"uniform(0.85, 1.05)", 0.86, 1.04},
         Status::assumed,
         "",
         "lowest wage accepted at the start of a spell without work, relative to the usual one"},
        {"reservation_monthly", &P::reservation_monthly, "1/month", 0, 0.2, {"uniform(0.005, 0.015)", 0.0055, 0.0145}, Status::assumed, "", "its fall a month"},
        {"reservation_floor", &P::reservation_floor, "1", 0, 2, {"uniform(0.65, 0.85)", 0.66, 0.84}, Status::assumed, "", "its floor"},
        {"move_margin",
         &P::move_margin,
         "1",
         0,
         1,
         {"uniform(0, 0.05)", 0.0025, 0.0475},
         Status::assumed,
         "",
         "log wage gain, net of travel, for which an employee changes jobs"},
        {"travel_cost",
         &P::travel_cost,
         "1/minute",
         0,
         0.1,
         {"uniform(0.001, 0.005)", 0.0012, 0.0048},
         Status::assumed,
         "",
         "log wage that weighs as much as a minute of travel"},
    };
    return table;
}

namespace {

/// Closes the slots of all matches. A post, a table and a counter belong to one submarket, so submarkets are treated side by side.
void close_filled(World& world, const std::vector<sim::Match>& matches) {
    const auto& first_slot = world.vacancies.first_slot;
    std::vector<std::uint64_t> taken(world.vacancies.slot.size() / 64 + 1, 0);  // one bit a slot
    for (const auto& m : matches) taken[m.slot / 64] |= std::uint64_t{1} << (m.slot % 64);
    sim::for_each_task(first_slot.size() - 1, [&](std::size_t s) {
        std::vector<std::uint32_t> slots;
        for (std::size_t w = first_slot[s] / 64; w * 64 < first_slot[s + 1]; ++w)
            for (std::uint64_t bits = taken[w]; bits != 0; bits &= bits - 1) {
                const auto slot = static_cast<std::uint32_t>(w * 64) + static_cast<std::uint32_t>(std::countr_zero(bits));
                if (slot >= first_slot[s] && slot < first_slot[s + 1]) slots.push_back(slot);
            }
        for (const auto slot : slots) __builtin_prefetch(&world.employers.post[world.vacancies.slot[slot].post], 1);
        for (const auto slot : slots) close_slot(world, slot, SlotEnd::filled);
    });
}

/// Hires the matched seekers of one block; `matches` are theirs, whose numbers count from `first_seeker`. In stages, so that memory is fetched while
/// others are being treated.
void hire_matched(World& world, sim::Month month, const BlockApplications& block, std::span<const sim::Match> matches, std::uint32_t first_seeker) {
    const auto& persons = world.persons;
    const auto& employers = world.employers;
    const auto applicant_of = [&](const sim::Match& m) -> const Applicant& { return block.applicant[m.seeker - first_seeker]; };
    const auto post_of = [&](const sim::Match& m) { return world.vacancies.slot[m.slot].post; };
    std::vector<Row> rows(matches.size());
    for (std::size_t n = 0; n < matches.size(); ++n) {
        const Row row = rows[n] = applicant_of(matches[n]).row;
        __builtin_prefetch(&world.vacancies.slot[matches[n].slot]);
        __builtin_prefetch(&persons.post[row], 1);
        __builtin_prefetch(&persons.record[row], 1);
        __builtin_prefetch(&persons.birth[row]);
        __builtin_prefetch(&persons.mark[row], 1);
        __builtin_prefetch(&persons.risk[row], 1);
        __builtin_prefetch(&persons.region[row]);
    }
    std::vector<sim::Draw> draws(matches.size());
    world.random.draws(hire_info.key, rows, month, 0, draws);
    for (const auto& m : matches) __builtin_prefetch(&employers.post[post_of(m)]);
    for (const Row row : rows)
        if (persons.post[row] != no_post) __builtin_prefetch(&employers.post[persons.post[row]]);
    for (const auto& m : matches) __builtin_prefetch(&employers.employer[employers.post[post_of(m)].employer]);
    for (std::size_t n = 0; n < matches.size(); ++n) {
        const auto& applicant = applicant_of(matches[n]);
        std::uint32_t i = applicant.first;
        while (block.application[i].slot != matches[n].slot) ++i;
        hire(world, rows[n], applicant.kind, post_of(matches[n]), cents_of(static_cast<double>(block.log_wage[i])), month, draws[n]);
    }
}

}  // namespace

void step_search(World& world, sim::Month month) {
    auto& scratch = world.search_scratch.get();
    if (scratch.reach.stale(world)) scratch.reach.build(world);
    scratch.usual.build(world);
    world.births.update(world.persons);
    scratch.conditions.update(world);
    note_filled(world, scratch.conditions.filled);

    // Seekers and their applications by block of rows, one after the other while their records are at hand; then all side by side: seekers are numbered in
    // the order of rows.
    const SeekerSearch search(world, month, scratch.usual);
    auto& blocks = scratch.blocks;
    blocks.resize(sim::blocks_of(world.persons.size()));
    sim::for_each_block(world.persons.size(), [&](sim::Block block) {
        auto& mine = blocks[block.number];
        search.in_block(block, mine.seekers);
        write_applications(world, month, scratch.reach, scratch.usual, scratch.conditions, mine.seekers, mine);
    });
    std::vector<std::uint32_t> first_seeker(blocks.size()), first_application(blocks.size());
    for (std::size_t b = 0; b < blocks.size(); ++b) {
        first_seeker[b] = static_cast<std::uint32_t>(blocks[b].applicant.size());
        first_application[b] = static_cast<std::uint32_t>(blocks[b].application.size());
    }
    const auto seekers = sim::exclusive_scan(first_seeker);
    const auto count = sim::exclusive_scan(first_application);
    auto& applications = scratch.applications;
    applications.resize(count);
    sim::for_each_task(blocks.size(), [&](std::size_t b) {
        auto* to = applications.data() + first_application[b];
        for (auto a : blocks[b].application) {
            a.seeker += first_seeker[b];
            *to++ = a;
        }
    });

    const auto matching = sim::match(applications, seekers, static_cast<std::uint32_t>(world.vacancies.slot.size()), scratch.matching);
    const auto& matches = matching.matches;

    // Hire, each block its own rows; the matches are in the order of seekers, so those of a block stand together.
    sim::for_each_task(blocks.size(), [&](std::size_t b) {
        const auto before = [](const sim::Match& m, std::uint32_t seeker) { return m.seeker < seeker; };
        const auto begin = std::lower_bound(matches.begin(), matches.end(), first_seeker[b], before);
        const auto end = std::lower_bound(begin, matches.end(), first_seeker[b] + static_cast<std::uint32_t>(blocks[b].applicant.size()), before);
        hire_matched(world, month, blocks[b], {begin, end}, first_seeker[b]);
    });
    world.settle();
    close_filled(world, matches);

    scratch.counts = {};
    for (const auto& block : blocks) {
        scratch.counts.seekers += static_cast<std::int64_t>(block.seekers.size());
        scratch.counts.sent += block.sent;
        scratch.counts.tries += block.tries;
    }
    scratch.counts.acceptable = count;
    scratch.counts.hires = static_cast<std::int64_t>(matches.size());
    scratch.counts.rounds = matching.rounds;
}

}  // namespace models
