#include "models/side_entry.hpp"

#include <algorithm>
#include <cmath>
#include <span>
#include <utility>

#include "models/awareness.hpp"
#include "models/flows.hpp"
#include "models/gates.hpp"
#include "models/parameters.hpp"
#include "models/tables.hpp"
#include "models/targeted_doses.hpp"
#include "models/wages.hpp"
#include "models/world.hpp"
#include "sim/math.hpp"
#include "sim/thinning.hpp"

namespace models {
namespace {

constexpr int targets = first_other_occupation;

/// Weeks that count as early, in months.
constexpr double early_months = 1.5;

/// The wage of somebody who has never worked is compared with that of services, where most begin.
constexpr Occupation occupation_without_past = 18;

/// Mean number of places of a month by region and target, without those of measures.
double mean_places(const World& world, std::size_t region, Occupation target) {
    return world.programmes.side_entry.jobs_at_start[region * targets + target] * world.tables->side_entry.places[target] *
           world.parameters_in(region).side_entry.places_factor / 12;
}

class CourseMonth {
public:
    CourseMonth(World& world, sim::Month month)
        : world_(world),
          month_(month),
          p_(world.parameters->side_entry),
          tables_(world.tables->side_entry),
          propensity_(world, PersonalLever::side_entry_propensity),
          subsidy_(world, PersonalLever::side_entry_subsidy),
          length_(world, PersonalLever::side_entry_length) {
        for (std::size_t r = 0; r < static_cast<std::size_t>(world.regions); ++r) losses_.push_back(course_losses(tables_, in_region(r)));
    }

    void run() {
        remember_jobs();
        go_on();
        weigh_places();
        const auto applicants = applications();
        Gates gates(world_, OfferedProgramme::course, places_of_this_month(), spread_);
        begin(applicants, gates);
        auto& state = world_.programmes;
        const auto left = gates.left();
        for (std::size_t cell = 0; cell < left.size(); ++cell) state.places[cell] += left[cell];
        for (const auto& taker : state.side_entry.takers) lock(taker);
    }

    void consider_alone() {
        remember_jobs();
        weigh_places();
        (void)applications();
    }

private:
    SideEntryState& state() { return world_.programmes.side_entry; }
    [[nodiscard]] const SideEntryParameters& in_region(std::size_t region) const { return world_.parameters_in(region).side_entry; }
    [[nodiscard]] const Person& record(Row row) const { return world_.persons.record[row]; }

    void remember_jobs() {
        auto& jobs = state().jobs_at_start;
        if (!jobs.empty()) return;
        jobs.assign(static_cast<std::size_t>(world_.regions) * targets, 0);
        for (const auto& post : world_.employers.post) {
            const auto region = world_.employers.employer[post.employer].region;
            if (region < world_.regions && post.occupation < targets) jobs[static_cast<std::size_t>(region) * targets + post.occupation] += post.desired;
        }
    }

    /// Those in courses drop out, end or stay; those after one leave the list when they have begun in its occupation or a year is over.
    void go_on() {
        std::erase_if(state().takers, [&](const CourseTaker& taker) {
            const Person& person = record(taker.row);
            if (!world_.resident(taker.row) || person.programme == Programme::none) return true;
            const Occupation target = target_of(person.programme);
            const bool in_target = at_work(person) && person.occupation == target;
            if (taker.end + 1 < stored(month_)) return in_target || months_since(taker.end, month_) > months_from_school;
            const auto kind = kind_of(person.programme);
            if (leaves(taker, person, kind)) {
                leave_programme(world_, taker.row);
                if (kind == ProgrammeKind::course && record(taker.row).status == LabourStatus::inactive) to_search(taker.row);
                return true;
            }
            if (taker.end >= stored(month_)) return false;
            ++world_.programmes.flow_of(world_.persons.region[taker.row], kind, ProgrammeFlow::completions);
            count_for_measure(world_, taker.lot, world_.persons.region[taker.row], PolicyFlow::completions);
            if (kind == ProgrammeKind::course) to_search(taker.row);
            if (in_target) count_for_measure(world_, taker.lot, world_.persons.region[taker.row], PolicyFlow::placements);
            if (in_target) ++world_.programmes.placed[ProgrammeState::cell(world_.persons.region[taker.row], target)];
            return in_target;
        });
    }

    [[nodiscard]] bool leaves(const CourseTaker& taker, const Person& person, ProgrammeKind kind) const {
        const bool fits = kind == ProgrammeKind::course ? person.status == LabourStatus::inactive
                                                        : person.status != LabourStatus::student && person.status != LabourStatus::retired;
        const double u = world_.random.draw({course_info.key, sim::person(taker.row), month_, 0}).uniform();
        return !fits || u < dropout_probability(months_since(taker.begun, month_), taker.end - taker.begun + 1, losses_[world_.persons.region[taker.row]]);
    }

    void to_search(Row row) {
        if (!world_.moved(row)) world_.change_status(row, LabourStatus::unemployed);
    }

    /// What there is to consider and to apply for, by region and target.
    void weigh_places() {
        const auto lead = static_cast<std::size_t>(world_.regions);
        spread_.assign(lead * occupations, 0);
        share_.assign(lead * targets, 0);
        supply_.assign(lead * targets, 0);
        for (std::size_t region = 0; region < lead; ++region) {
            // People aim at the jobs there are, whatever courses are on offer: so that the same people do with and without a measure.
            double jobs = 0;
            for (Occupation target = 0; target < targets; ++target)
                if (tables_.months[target] > 0) jobs += spread_[region * occupations + target] = state().jobs_at_start[region * targets + target];
            if (!(jobs > 0)) continue;
            // Places of measures stand where jobs are, as those of the tables.
            std::array<double, targets> offered{};
            if (world_.policy != nullptr)
                for (const Offer& offer : world_.policy->offers) {
                    if (offer.programme != OfferedProgramme::course) continue;
                    const auto mean = offered_by_target(offer, region, std::span(spread_).subspan(region * occupations, occupations), world_.tables->scale);
                    for (Occupation target = 0; target < targets; ++target) offered[target] += mean[target];
                }
            for (Occupation target = 0; target < targets; ++target) {
                const std::size_t cell = region * targets + target;
                share_[cell] = spread_[region * occupations + target] / jobs;
                const double own = mean_places(world_, region, target);
                if (own + offered[target] > 0) supply_[cell] = supply_factor(own + offered[target], own, in_region(region));
            }
        }
    }

    /// Who considers a course this month, and the applications among them, in the order in which places are handed out.
    [[nodiscard]] std::vector<CourseApplicant> applications() {
        std::vector<std::vector<Considered>> found(sim::blocks_of(world_.persons.size()));
        const auto stream = [&](const sim::ProcessInfo& info, std::uint8_t mask, double bound, double consider) {
            sim::thin(world_.random, info.key, month_, world_.persons.size(), world_.persons.risk.data(), mask, bound, ceiling_of(consider),
                      [&](const sim::Candidate& c) { consider_courses(c, consider, found[sim::block_of(c.row())]); });
        };
        stream(course_employed_info, risk::employee, course_employed_bound, p_.consider_employed);
        stream(course_unemployed_info, risk::unemployed, course_unemployed_bound, p_.consider_unemployed);
        stream(course_inactive_info, risk::inactive, course_inactive_bound, p_.consider_inactive);
        std::vector<Aim> aims;
        std::vector<CourseApplicant> applicants;
        for (const auto& c : in_order_of_lots(found)) {
            aims.push_back({c.row, stored(month_ + static_cast<int>(in_region(c.home).aim_months)), c.target});
            if (c.applies) applicants.push_back(c);
        }
        std::ranges::sort(aims, {}, &Aim::row);
        renew_aims(world_, month_, aims);
        return applicants;
    }

    struct Considered : CourseApplicant {
        bool applies = false;
    };

    void consider_courses(const sim::Candidate& c, double consider, std::vector<Considered>& found) const {
        const Row row = c.row();
        if (!world_.resident(row) || !c.accepts(home_ceiling(consider, world_.persons.region[row])) || world_.moved(row)) return;
        const Person& person = record(row);
        const int age = world_.age(row);
        const bool employee = (world_.persons.risk[row] & risk::employee) != 0;
        const bool busy = person.track != Track::none || person.contract == Contract::bbl || (world_.persons.risk[row] & risk::technical) != 0;
        const bool after_one = person.programme != Programme::none && person.programme_end + months_from_school >= stored(month_);
        if (busy || after_one || age < first_course_age || age > last_course_age) return;

        const auto home = static_cast<std::size_t>(world_.persons.region[row]);
        SideEntryParameters own;
        if (for_groups()) own = own_parameters(row);
        const SideEntryParameters& p = for_groups() ? own : in_region(home);
        const Occupation last = last_occupation(person);
        const Occupation from = last == no_occupation ? occupation_without_past : last;
        const double here = sim::logarithm(std::max(1.0, usual_wage(world_, person, age, from)));
        std::array<double, targets> below{};
        double all = 0;
        for (Occupation target = 0; target < targets; ++target) {
            const double share = share_[home * targets + target];
            const auto& route = world_.tables->programmes.routes.between(from, target);
            if (share > 0 && target != last && std::isfinite(route.months))
                all += share *
                       course_appeal({.wage_gap = sim::logarithm(std::max(1.0, usual_wage(world_, person, age, target))) - here,
                                      .months = route.months,
                                      .euro = route.euro,
                                      .short_of_education = std::max(0.0, world_.tables->search.required_education[target] - education_rank(person.education)),
                                      .group = group_of(target),
                                      .sex = person.sex},
                                     p);
            below[target] = all;
        }
        const double ready = course_readiness(age, employee, person.ends != 0 ? std::max(0, -months_since(person.ends, month_)) : -1, p);
        const double known = course_knowledge(campaign_awareness(world_, row, month_), p);
        if (!(all > 0) || !c.accepts(consideration_probability(consider, all * ready, p))) return;
        Occupation target = 0;
        while (target + 1 < targets && below[target] <= c.draw().uniform(1) * all) ++target;
        const auto months =
            static_cast<std::uint16_t>(course_length(tables_.months[target], world_.tables->programmes.routes.months(from, target), employee, p));
        const double supply = supply_[home * targets + target];
        found.push_back(
            {CourseApplicant{
                 .row = row, .order = c.draw().words[2], .home = world_.persons.region[row], .target = target, .kind = kind_for(employee), .months = months},
             c.draw().uniform(3) < application_share(known, supply)});
    }

    /// The most that anybody considers with: in any region, and at home.
    [[nodiscard]] double ceiling_of(double consider) const {
        double most = 0;
        for (std::size_t r = 0; r < static_cast<std::size_t>(world_.regions); ++r) most = std::max(most, home_ceiling(consider, r));
        return most;
    }
    [[nodiscard]] double home_ceiling(double consider, std::size_t home) const {
        if (!propensity_.differs()) return consideration_ceiling(consider, in_region(home));
        SideEntryParameters most = in_region(home);
        most.propensity = propensity_.highest(home);
        return consideration_ceiling(consider, most);
    }

    /// Whether doses are for groups, and a person's parameters under them.
    [[nodiscard]] bool for_groups() const { return propensity_.differs() || subsidy_.differs() || length_.differs(); }
    [[nodiscard]] SideEntryParameters own_parameters(Row row) const {
        SideEntryParameters own = in_region(world_.persons.region[row]);
        if (propensity_.differs()) own.propensity = propensity_.of(row);
        if (subsidy_.differs()) own.subsidy = subsidy_.of(row);
        if (length_.differs()) own.length_factor = length_.of(row);
        return own;
    }

    [[nodiscard]] static ProgrammeKind kind_for(bool employee) { return employee ? ProgrammeKind::part_time_course : ProgrammeKind::course; }

    [[nodiscard]] std::vector<std::int32_t> places_of_this_month() const {
        std::vector<std::int32_t> places(static_cast<std::size_t>(world_.regions) * occupations, 0);
        for (std::size_t region = 0; region < static_cast<std::size_t>(world_.regions); ++region)
            for (Occupation target = 0; target < targets; ++target) {
                const std::size_t cell = ProgrammeState::cell(region, target);
                const double u = world_.random.draw({course_info.key, {sim::EntityKind::cell, cell}, month_, 0}).uniform();
                places[cell] = places_of_month(mean_places(world_, region, target), u);
            }
        return places;
    }

    /// Regions whose courses are in reach of each home, the own one first.
    [[nodiscard]] std::vector<std::vector<std::uint8_t>> nearest() const {
        std::vector<std::vector<std::uint8_t>> lists;
        for (int home = 0; home < world_.regions; ++home) {
            const auto minutes = [&](int to) { return to == home ? 0.0 : world_.tables->regions.travel_minutes(home, to); };
            std::vector<std::uint8_t> list;
            for (int to = 0; to < world_.regions; ++to)
                if (to == home || course_in_reach(minutes(to), in_region(static_cast<std::size_t>(home)))) list.push_back(static_cast<std::uint8_t>(to));
            std::stable_sort(list.begin(), list.end(), [&](int a, int b) { return minutes(a) < minutes(b); });
            lists.push_back(std::move(list));
        }
        return lists;
    }

    void begin(const std::vector<CourseApplicant>& applicants, Gates& gates) {
        const auto in_reach = nearest();
        for (const auto& a : applicants) {
            const auto verdict = gates.admit({a.row, a.home, a.target, a.kind}, in_reach[a.home]);
            if (verdict.admission != Admission::admitted) continue;
            begin_programme(world_, a.row, a.kind, a.target, month_ + (a.months - 1));
            ++world_.programmes.begun[ProgrammeState::cell(a.home, a.target)];
            if (a.kind == ProgrammeKind::course && record(a.row).status == LabourStatus::unemployed) world_.change_status(a.row, LabourStatus::inactive);
            put(state().takers, CourseTaker{a.row, stored(month_), stored(month_ + (a.months - 1)), verdict.lot});
        }
    }

    /// Keeps those in a course from looking for work, and counts their places.
    void lock(const CourseTaker& taker) {
        if (taker.end < stored(month_)) return;
        const Person& person = record(taker.row);
        ++world_.programmes.places[ProgrammeState::cell(world_.persons.region[taker.row], target_of(person.programme))];
        const bool whole = kind_of(person.programme) == ProgrammeKind::course || taker.end == stored(month_);
        if (whole || world_.random.draw({course_info.key, sim::person(taker.row), month_, 1}).uniform() < p_.lock) world_.keep_from_search(taker.row);
    }

    World& world_;
    sim::Month month_;
    const SideEntryParameters& p_;
    const SideEntryTables& tables_;
    LeverOfPersons propensity_, subsidy_, length_;
    std::vector<CourseLosses> losses_;  ///< by region
    std::vector<double> share_;         ///< of a region's jobs that courses lead to, by target
    std::vector<double> spread_;        ///< jobs at the start by region * occupations + target: how a measure's places are spread
    std::vector<double> supply_;        ///< by region and target: how many apply beside those without places of measures; 0 without any course
};

}  // namespace

const ParameterTable<SideEntryParameters>& side_entry_table() {
    using P = SideEntryParameters;
    static const ParameterTable<P> table{
        {"consider_employed",
         &P::consider_employed,
         "month-1",
         0,
         0.05,
         {"lognormal(0.0006, 0.5)", 0.000264, 0.001365},
         Status::assumed,
         "",
         "probability that an employee of another occupation who knows of courses applies for one that leads to a technical or ICT occupation, at an appeal of "
         "one; set so that the share of places that is taken lies within published ones (6 to 30 %)"},
        {"consider_unemployed",
         &P::consider_unemployed,
         "month-1",
         0,
         0.2,
         {"lognormal(0.006, 0.5)", 0.00264, 0.01365},
         Status::assumed,
         "",
         "the same of an unemployed person"},
        {"consider_inactive",
         &P::consider_inactive,
         "month-1",
         0,
         0.1,
         {"lognormal(0.0012, 0.5)", 0.000528, 0.00273},
         Status::assumed,
         "",
         "the same of an inactive person"},
        {"propensity", &P::propensity, "1", 0, 20, {}, Status::assumed, "", "lever: factor on the propensity to apply for a course"},
        {"aim_months",
         &P::aim_months,
         "month",
         0,
         120,
         {"uniform(6, 24)", 6.9, 23.1},
         Status::assumed,
         "",
         "months for which who considers a course looks for work in its target"},
        {"aim_share",
         &P::aim_share,
         "1",
         0,
         1,
         {"uniform(0.1, 0.4)", 0.115, 0.385},
         Status::assumed,
         "",
         "share of these months in which the search goes there; set so that rather more than half of those whom the gate of a course refuses work in its group "
         "a year later on, as 40 to 50 % of subsidised training was additional"},
        {"knowledge",
         &P::knowledge,
         "1",
         0,
         1,
         {"beta(8, 12)", 0.230, 0.582},
         Status::assumed,
         "",
         "share of people who know of courses without any campaign; a lever too"},
        {"wage_slope",
         &P::wage_slope,
         "1",
         0,
         6,
         {"uniform(0.5, 2.5)", 0.6, 2.4},
         Status::assumed,
         "",
         "log propensity for each unit of log wage that the target usually pays above the last occupation"},
        {"months_slope",
         &P::months_slope,
         "month-1",
         0,
         1,
         {"uniform(0.01, 0.08)", 0.0135, 0.0765},
         Status::assumed,
         "",
         "fall of log propensity for each month of the retraining route"},
        {"cost_slope",
         &P::cost_slope,
         "1",
         0,
         1,
         {"uniform(0, 0.1)", 0.005, 0.095},
         Status::assumed,
         "",
         "fall of log propensity for each thousand euro that a participant pays"},
        {"own_cost_share",
         &P::own_cost_share,
         "1",
         0,
         1,
         {"uniform(0.1, 0.5)", 0.12, 0.48},
         Status::assumed,
         "",
         "share of the cost of a course that the participant pays; employers and benefit agencies share the rest, in equal parts as far as is known"},
        {"subsidy", &P::subsidy, "euro", 0, 50000, {}, Status::assumed, "", "lever: subsidy a participant; lowers what the participant pays"},
        {"education_slope",
         &P::education_slope,
         "1",
         0,
         5,
         {"uniform(0.3, 1.3)", 0.35, 1.25},
         Status::assumed,
         "",
         "fall of log propensity for each step of education below what the target usually asks; who lacks more than one step is not admitted"},
        {"women_ict",
         &P::women_ict,
         "1",
         -5,
         2,
         {"uniform(-1, -0.5)", -0.975, -0.525},
         Status::derived,
         "log odds of 32 % women among participants of Make IT Work (PTvT, Vrouwen in techniek, 2020), of a pool with as many men as women",
         "log propensity of women against men, for ICT"},
        {"women_technical", &P::women_technical, "1", -5, 2, {"uniform(-2.2, -0.8)", -2.13, -0.87}, Status::assumed, "", "the same for technology"},
        {"age_slope",
         &P::age_slope,
         "year-1",
         0,
         0.5,
         {"uniform(0.01, 0.07)", 0.013, 0.067},
         Status::assumed,
         "",
         "fall of log propensity for each year of age above 35"},
        {"permanent_factor",
         &P::permanent_factor,
         "1",
         0,
         2,
         {"uniform(0.3, 1)", 0.335, 0.965},
         Status::assumed,
         "",
         "factor of a permanent contract on the propensity"},
        {"ending_factor",
         &P::ending_factor,
         "1",
         0,
         5,
         {"uniform(1, 2)", 1.05, 1.95},
         Status::assumed,
         "",
         "factor of a temporary contract that ends within six months on the propensity"},
        {"places_factor", &P::places_factor, "1", 0.01, 20, {}, Status::assumed, "", "lever: factor on the places of courses"},
        {"supply_response",
         &P::supply_response,
         "1",
         0,
         1,
         {"uniform(0, 1)", 0.05, 0.95},
         Status::assumed,
         "",
         "elasticity of applications to the number of places, where measures add to those of the tables: more courses are nearer and better known; 0: nobody "
         "else applies, 1: as many apply for each place as before"},
        {"length_factor", &P::length_factor, "1", 0.1, 5, {}, Status::assumed, "", "lever: factor on the length of courses"},
        {"part_time_length",
         &P::part_time_length,
         "1",
         1,
         4,
         {"uniform(1.5, 2.5)", 1.55, 2.45},
         Status::assumed,
         "",
         "length of a course beside work against one full-time"},
        {"course_reach", &P::course_reach, "minute", 0, 300, {"uniform(30, 90)", 33, 87}, Status::assumed, "", "longest journey to a course in another region"},
        {"e_learning",
         &P::e_learning,
         "1",
         0,
         1,
         {},
         Status::assumed,
         "",
         "lever: share of a course that is learnt at a distance; shortens journeys and, by e_learning_speed, the course"},
        {"e_learning_speed",
         &P::e_learning_speed,
         "1",
         0,
         0.8,
         {"uniform(0, 0.4)", 0.02, 0.38},
         Status::assumed,
         "",
         "part of its length that a course loses when all of it is learnt at a distance"},
        {"e_learning_completion",
         &P::e_learning_completion,
         "1",
         0,
         1,
         {"uniform(0, 0.25)", 0.0125, 0.2375},
         Status::assumed,
         "",
         "part of completion that is lost when all of a course is learnt at a distance"},
        {"dropout_factor",
         &P::dropout_factor,
         "1",
         0,
         11,
         {"lognormal(1, 0.4)", 0.518, 1.931},
         Status::assumed,
         "",
         "factor on the drop-out of courses; a lever too"},
        {"lock",
         &P::lock,
         "1",
         0,
         1,
         {"uniform(0.5, 0.9)", 0.52, 0.88},
         Status::assumed,
         "",
         "part of their search that people give up in a course beside work"},
        {"wage_dip",
         &P::wage_dip,
         "1",
         0,
         0.9,
         {"uniform(0, 0.2)", 0.01, 0.19},
         Status::assumed,
         "",
         "part by which the first wage in the occupation of the course is lower than that of others who are hired"},
    };
    return table;
}

double course_appeal(const CourseChoice& choice, const SideEntryParameters& p) {
    if (!std::isfinite(choice.months) || choice.short_of_education > most_short_of_education) return 0;
    const double paid = std::max(0.0, choice.euro * p.own_cost_share - p.subsidy) / 1000;
    double log_appeal = p.wage_slope * choice.wage_gap - p.months_slope * choice.months - p.cost_slope * paid - p.education_slope * choice.short_of_education;
    if (choice.sex == Sex::women) log_appeal += choice.group == Field::ict ? p.women_ict : p.women_technical;
    return sim::exponential(log_appeal);
}

double course_readiness(int age, bool employee, int months_to_end, const SideEntryParameters& p) {
    const double young = sim::exponential(-p.age_slope * std::max(0, age - 35));
    if (!employee) return young;
    return young * (months_to_end < 0 ? p.permanent_factor : months_to_end < 6 ? p.ending_factor : 1.0);
}

double course_knowledge(double awareness, const SideEntryParameters& p) { return 1 - (1 - p.knowledge) * (1 - std::clamp(awareness, 0.0, 1.0)); }

double supply_factor(double places, double of_tables, const SideEntryParameters& p) {
    return of_tables > 0 && places > of_tables ? sim::power(places / of_tables, p.supply_response) : 1.0;
}

double consideration_ceiling(double consider, const SideEntryParameters& p) { return std::min(1.0, consider * p.propensity * most_appeal); }

double consideration_probability(double consider, double appeal, const SideEntryParameters& p) {
    return std::min(1.0, consider * p.propensity * std::min(appeal, most_appeal));
}

double application_share(double known, double supply) { return std::min(1.0, known * supply); }

int course_length(double table_months, double route_months, bool part_time, const SideEntryParameters& p) {
    const double months =
        std::min(table_months, route_months) * p.length_factor * (part_time ? p.part_time_length : 1.0) * (1 - p.e_learning * p.e_learning_speed);
    return std::max(1, static_cast<int>(std::lround(months)));
}

CourseLosses course_losses(const SideEntryTables& tables, const SideEntryParameters& p) {
    CourseLosses losses;
    losses.all = 1 - (1 - std::min(1.0, (1 - tables.completion) * p.dropout_factor)) * (1 - p.e_learning * p.e_learning_completion);
    losses.early = std::min(losses.all, tables.early_dropout * p.dropout_factor);
    return losses;
}

double dropout_probability(int k, int length, const CourseLosses& losses) {
    if (k < 1 || k > length) return 0;
    if (length == 1 || losses.early >= 1) return k == 1 ? losses.all : 0;
    const double early = sim::power(1 - losses.early, 1 / early_months);
    const double late = sim::power((1 - losses.all) / (1 - losses.early), 1 / (length - early_months));
    if (k == 1) return 1 - early;
    return k == 2 ? 1 - sim::power(early, early_months - 1) * sim::power(late, 2 - early_months) : 1 - late;
}

int places_of_month(double mean, double u) { return static_cast<int>(std::floor(mean + u)); }

bool course_in_reach(double minutes, const SideEntryParameters& p) { return minutes * (1 - p.e_learning) <= p.course_reach; }

Occupation learned_in_course(const Person& person, sim::Month month) {
    return person.programme != Programme::none && completed_course_recently(person, month) ? target_of(person.programme) : no_occupation;
}

double side_entry_wage(const World& world, sim::Month month, const Person& person, Occupation occupation) {
    const bool fresh = learned_in_course(person, month) == occupation && person.occupation != occupation && person.previous != occupation;
    return fresh ? 1 - world.parameters->side_entry.wage_dip : 1;
}

double accepted_dip(const World& world) { return sim::logarithm(1 - world.parameters->side_entry.wage_dip); }

void step_side_entry(World& world, sim::Month month) { CourseMonth(world, month).run(); }

void step_aims(World& world, sim::Month month) { CourseMonth(world, month).consider_alone(); }

void for_each_course_placement(const World& world, const std::function<void(const CourseTaker&)>& visit) {
    for (const auto& taker : world.programmes.side_entry.takers) {
        const Person& person = world.persons.record[taker.row];
        if (!world.resident(taker.row) || !completed_course_recently(person, world.month) || !at_work(person)) continue;
        if (person.occupation == target_of(person.programme)) visit(taker);
    }
}

void count_course_placements(const World& world, std::vector<std::int32_t>& placements) {
    for_each_course_placement(world, [&](const CourseTaker& taker) {
        ++placements[ProgrammeState::cell(world.persons.region[taker.row], world.persons.record[taker.row].occupation)];
    });
}

}  // namespace models
