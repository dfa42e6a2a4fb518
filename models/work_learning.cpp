#include "models/work_learning.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <span>

#include "models/demand.hpp"
#include "models/gates.hpp"
#include "models/parameters.hpp"
#include "models/sorted_list.hpp"
#include "models/tables.hpp"
#include "models/wages.hpp"
#include "models/world.hpp"
#include "sim/math.hpp"
#include "sim/thinning.hpp"

namespace models {
namespace {

constexpr int first_age = 18;
constexpr int last_age = 60;
constexpr double per_persons = 100'000;  ///< inhabitants for which `added_places` are given
constexpr double application_bound = 0.0005;
constexpr std::uint8_t contract_hours = 36;

class WorkLearning {
public:
    WorkLearning(World& world, sim::Month month)
        : world_(world), month_(month), p_(world.parameters->work_learning), regions_(static_cast<std::size_t>(world.regions)) {}

    void run() {
        count_residents();
        go_on();
        place_completed();
        begin();
        for (const auto& learner : state().learners)
            if (learner.completed == 0) world_.keep_from_search(learner.row);
    }

private:
    WorkLearningState& state() { return world_.programmes.work_learning; }
    [[nodiscard]] const Person& record(Row row) const { return world_.persons.record[row]; }
    [[nodiscard]] const WorkLearningParameters& in_region(std::size_t region) const { return world_.parameters_in(region).work_learning; }
    [[nodiscard]] double uniform(sim::Entity entity, sim::Month when, std::uint32_t index) const {
        return world_.random.uniform({job_guarantee_info.key, entity, when, index});
    }

    void count_residents() {
        auto& residents = state().residents;
        if (!residents.empty()) return;
        std::vector<std::vector<std::int32_t>> parts(sim::blocks_of(world_.persons.size()), std::vector<std::int32_t>(regions_, 0));
        sim::for_each_block(world_.persons.size(), [&](sim::Block block) {
            for (Row row = block.begin; row < block.end; ++row) {
                const int age = world_.age(row);
                if (world_.resident(row) && age >= 15 && age < 75) ++parts[block.number][world_.persons.region[row]];
            }
        });
        residents.assign(regions_, 0);
        for (const auto& part : parts)
            for (std::size_t r = 0; r < regions_; ++r) residents[r] += part[r];
    }

    /// Drop-outs and ends.
    void go_on() {
        const double dropout = work_learning_dropout(p_);
        std::erase_if(state().learners, [&](WorkLearner& learner) {
            const Row row = learner.row;
            if (!world_.resident(row)) return true;
            const bool idle = record(row).status == LabourStatus::inactive && record(row).track == Track::none;
            if (learner.completed != 0) return !idle && record(row).status != LabourStatus::unemployed;  // found work, or gave up, without the guarantee
            if (!idle || uniform(sim::person(row), month_, 0) < dropout) {
                leave_programme(world_, row);
                return true;
            }
            if (learner.end < stored(month_)) {
                ++world_.programmes.flow_of(world_.persons.region[row], ProgrammeKind::work_learning, ProgrammeFlow::completions);
                count_for_measure(world_, learner.lot, world_.persons.region[row], PolicyFlow::completions);
                learner.completed = 1;
            }
            return false;
        });
    }

    // ---- the guaranteed job

    /// Posts of the trade at employers that gave the guarantee, by region, with staff so far as weight.
    struct Guaranteed {
        std::vector<PostNumber> post;
        std::vector<double> below;  ///< cumulative staff
    };

    [[nodiscard]] std::vector<Guaranteed> guaranteed() const {
        std::vector<Guaranteed> by_region(regions_);
        for (PostNumber number = 0; number < world_.employers.post.size(); ++number) {
            const Post& post = world_.employers.post[number];
            if (post.occupation != work_learning_trade || post.staff <= 0) continue;
            const Employer& employer = world_.employers.employer[post.employer];
            if (employer.region >= world_.regions || !employer.open()) continue;
            if (uniform(sim::employer(post.employer), sim::Month(0), 0) >= p_.guarantee_share) continue;
            auto& here = by_region[employer.region];
            here.below.push_back((here.below.empty() ? 0.0 : here.below.back()) + post.staff);
            here.post.push_back(number);
        }
        return by_region;
    }

    void place_completed() {
        auto& learners = state().learners;
        if (std::none_of(learners.begin(), learners.end(), [](const WorkLearner& l) { return l.completed != 0; })) return;
        const auto posts = guaranteed();
        const DesiredStaff desired(world_, month_);
        std::map<PostNumber, std::int64_t> taken;
        // In the order of rows: two who ask for the last place of one post are few, and neither is preferred by anything that they did.
        std::erase_if(learners, [&](const WorkLearner& learner) {
            if (learner.completed == 0 || world_.moved(learner.row)) return false;
            const auto& here = posts[world_.persons.region[learner.row]];
            for (std::uint32_t attempt = 1; attempt <= guarantee_attempts && !here.post.empty(); ++attempt) {
                const double u = uniform(sim::person(learner.row), month_, attempt) * here.below.back();
                const auto at = static_cast<std::size_t>(std::upper_bound(here.below.begin(), here.below.end(), u) - here.below.begin());
                const PostNumber number = here.post[std::min(at, here.post.size() - 1)];
                const Post& post = world_.employers.post[number];
                if (guarantee_room(desired.of(world_.employers.employer[post.employer], post), post.staff + taken[number], p_) <= 0) continue;
                ++taken[number];
                count_for_measure(world_, learner.lot, world_.persons.region[learner.row], PolicyFlow::placements);
                hire(learner.row, number);
                return true;
            }
            if (months_since(learner.end, month_) < p_.guarantee_months) return false;
            // No employer has kept its promise: on to the usual search.
            if (record(learner.row).status == LabourStatus::inactive) world_.change_status(learner.row, LabourStatus::unemployed);
            return true;
        });
        world_.settle();
    }

    void hire(Row row, PostNumber post) {
        const auto wage = wage_offer(world_, post, record(row), world_.age(row), 1.0, uniform(sim::person(row), month_, guarantee_attempts + 1));
        world_.take_job(row, post, Contract::temporary, LabourStatus::employed, wage, contract_hours, stored(month_ + (p_.contract_months - 1)));
        world_.touch(row).distance = 0;
    }

    // ---- applications

    /// Places of the month by region: the mean rounded at random.
    [[nodiscard]] std::vector<std::int64_t> places_of_this_month(std::vector<double>& mean) const {
        std::vector<std::int64_t> places(regions_, 0);
        mean.assign(regions_, 0.0);
        for (std::size_t r = 0; r < regions_; ++r) {
            const double scale = world_.tables->scale;
            mean[r] = scale * work_learning_places(world_.programmes.work_learning.residents[r] / scale, month_, in_region(r));
            places[r] = static_cast<std::int64_t>(std::floor(mean[r] + uniform({sim::EntityKind::cell, r}, month_, 0)));
        }
        return places;
    }

    void begin() {
        std::vector<double> mean;
        const auto places = places_of_this_month(mean);
        std::vector<std::int32_t> own(regions_ * occupations, 0);
        std::vector<double> share(regions_ * occupations, 0.0);
        for (std::size_t r = 0; r < regions_; ++r) {
            own[r * occupations + work_learning_trade] = static_cast<std::int32_t>(places[r]);
            share[r * occupations + work_learning_trade] = 1;
            mean[r] += offered_places(world_, OfferedProgramme::work_learning, r);
        }
        if (std::all_of(mean.begin(), mean.end(), [](double m) { return m <= 0; })) return;
        std::vector<std::vector<WorkLearningApplicant>> found(sim::blocks_of(world_.persons.size()));
        sim::thin(
            world_.random, work_learning_info.key, month_, world_.persons.size(), world_.persons.risk.data(),
            static_cast<std::uint8_t>(risk::unemployed | risk::inactive), application_bound, p_.apply, [&](const sim::Candidate& c) {
                const Row row = c.row();
                if (!c.accepts(p_.apply) || !world_.resident(row) || mean[world_.persons.region[row]] <= 0 || world_.moved(row)) return;
                const Person& p = record(row);
                if (!may_apply({p.status, p.distance, months_since(p.since, month_), world_.age(row), p.education}, in_region(world_.persons.region[row])))
                    return;
                // Whose course ended last month is counted out of it later in this month.
                if (p.track != Track::none || in_programme(p, month_ - 1) || holds_row(world_.programmes.work_learning.learners, row)) return;
                found[sim::block_of(row)].push_back({row, c.draw().words[1], world_.persons.region[row]});
            });
        Gates gates(world_, OfferedProgramme::work_learning, own, share);
        for (const auto& applicant : in_order_of_lots(found)) {
            const auto verdict = gates.admit({applicant.row, applicant.home, work_learning_trade, ProgrammeKind::work_learning}, std::span(&applicant.home, 1));
            if (verdict.admission == Admission::admitted) admit(applicant.row, verdict.lot);
        }
    }

    void admit(Row row, std::uint32_t lot) {
        const sim::Month last = month_ + (p_.length - 1);
        begin_programme(world_, row, ProgrammeKind::work_learning, work_learning_trade, last);
        if (record(row).status == LabourStatus::unemployed) world_.change_status(row, LabourStatus::inactive);
        put(state().learners, WorkLearner{row, stored(last), 0, lot});
    }

    World& world_;
    sim::Month month_;
    const WorkLearningParameters& p_;
    std::size_t regions_;
};

}  // namespace

double work_learning_places(double residents, sim::Month month, const WorkLearningParameters& p) {
    return month < sim::Month::of(p.added_from, 1) ? 0 : p.added_places * residents / per_persons / 12;
}

bool may_apply(const WorkLearningCase& person, const WorkLearningParameters& p) {
    if (person.age < first_age || person.age > last_age || person.education == Education::hbo || person.education == Education::wo) return false;
    if (person.status == LabourStatus::unemployed) return person.months >= p.unemployed_months;
    return person.status == LabourStatus::inactive && person.distance >= 1 && person.distance <= p.distance_reach;
}

double work_learning_dropout(const WorkLearningParameters& p) { return 1 - sim::power(p.completion, 1.0 / p.length); }

std::int64_t guarantee_room(double desired, std::int64_t staff, const WorkLearningParameters& p) {
    return std::max<std::int64_t>(0, static_cast<std::int64_t>(std::floor(desired + std::max(1.0, p.overstaffing * desired))) - staff);
}

void step_work_learning(World& world, sim::Month month) { WorkLearning(world, month).run(); }

const ParameterTable<WorkLearningParameters>& work_learning_table() {
    using P = WorkLearningParameters;
    static const ParameterTable<P> table{
        {"added_places",
         &P::added_places,
         "year-1",
         0,
         1000,
         {},
         Status::assumed,
         "",
         "lever: places a year in every region for 100 000 inhabitants of 15 to 74, beside those that measures offer"},
        {"added_from", &P::added_from, "year", 2021, 2100, {}, Status::assumed, "", "lever: year from which there are these places"},
        {"length", &P::length, "month", 1, 36, {"uniform(4, 9)", 4.25, 8.75}, Status::assumed, "", "months of the programme; no published length found"},
        {"completion",
         &P::completion,
         "1",
         0.01,
         1,
         {"beta(7, 3)", 0.45, 0.9},
         Status::assumed,
         "",
         "share of participants who stay to the end; no evaluation found: a guaranteed job raises it, distance to the labour market lowers it"},
        {"apply",
         &P::apply,
         "month-1",
         0,
         0.05,
         {"lognormal(0.0003, 0.7)", 0.000095, 0.00095},
         Status::assumed,
         "",
         "probability that somebody who may take part applies where there are places; set so that places bind"},
        {"distance_reach",
         &P::distance_reach,
         "1",
         1,
         2,
         {},
         Status::assumed,
         "",
         "lever: greatest distance to the labour market of inactive people that the programme reaches (1 some, 2 far)"},
        {"unemployed_months",
         &P::unemployed_months,
         "month",
         0,
         60,
         {},
         Status::recalled,
         "usual definition of long-term unemployment",
         "months after which an unemployed person may apply"},
        {"guarantee_share",
         &P::guarantee_share,
         "1",
         0,
         1,
         {"uniform(0.1, 0.5)", 0.12, 0.48},
         Status::assumed,
         "",
         "share of employers with posts in the trade that give the guarantee"},
        {"overstaffing",
         &P::overstaffing,
         "1",
         0,
         0.5,
         {"uniform(0, 0.1)", 0.005, 0.095},
         Status::assumed,
         "",
         "staff above the desired one that an employer takes to keep the guarantee, as a share of it; one worker at least"},
        {"guarantee_months",
         &P::guarantee_months,
         "month",
         1,
         24,
         {},
         Status::assumed,
         "",
         "months after the end in which the guaranteed job must be found; then the usual search"},
        {"contract_months", &P::contract_months, "month", 1, 36, {}, Status::assumed, "", "length of the first contract"},
    };
    return table;
}

}  // namespace models
