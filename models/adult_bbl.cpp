#include "models/adult_bbl.hpp"

#include <algorithm>

#include "models/awareness.hpp"
#include "models/bbl.hpp"
#include "models/flows.hpp"
#include "models/offered_learning_places.hpp"
#include "models/parameters.hpp"
#include "models/policy_accounts.hpp"
#include "models/progress.hpp"
#include "models/sorted_list.hpp"
#include "models/study_choice.hpp"
#include "models/tables.hpp"
#include "models/targeted_doses.hpp"
#include "models/wages.hpp"
#include "models/world.hpp"
#include "sim/math.hpp"
#include "sim/thinning.hpp"

namespace models {
namespace {

constexpr std::size_t fields = 3;
/// Above any monthly probability of the shipped tables; levers may lift it further (second layer).
constexpr double adult_bbl_bound = 0.02;
/// Tightness of a submarket counts up to so many times the normal one: an answer beyond what was ever seen would be a guess.
constexpr double most_tightness = 4;

class AdultBbl {
public:
    AdultBbl(World& world, sim::Month month)
        : world_(world), month_(month), p_(world.parameters->adult_bbl), tables_(world.tables->adult_bbl), regions_(static_cast<std::size_t>(world.regions)) {}

    void run() {
        begin_run();
        go_on();
        const double season = adult_season(month_.month_of_year(), tables_);
        if (season > 0 && p_.volume > 0) take_places(applications(season), season);
        auto& programmes = world_.programmes;
        for (const auto& learner : state().learners) {
            count_for_measure(world_, learner.lot, world_.persons.region[learner.row], PolicyFlow::in_programme);
            ++programmes.inside[world_.persons.region[learner.row] * std::size_t{programme_kinds} + index_of(ProgrammeKind::adult_bbl)];
        }
    }

private:
    AdultBblState& state() { return world_.programmes.adult_bbl; }
    [[nodiscard]] const Person& record(Row row) const { return world_.persons.record[row]; }

    /// Education, sex in each field and status: what unchanging figures say of a person.
    [[nodiscard]] double weight_of(const Person& p, int age, const AdultBblParameters& parameters) const {
        return adult_age_weight(age, tables_) * adult_education_weight(p.education, parameters) * adult_status_weight(p.status, parameters);
    }

    [[nodiscard]] bool may_begin(Row row) const {
        const Person& p = record(row);
        return world_.resident(row) && p.track == Track::none && p.contract != Contract::bbl;
    }

    /// At the first month of a run: probabilities that give the tables' intake by jobs, and the learners of the start. Levers have no say in them.
    void begin_run() {
        auto& yearly = state().yearly;
        if (!yearly.empty()) return;
        std::vector<double> jobs(regions_ * fields, 0.0);
        for (const auto& post : world_.employers.post) {
            const auto region = world_.employers.employer[post.employer].region;
            if (region >= world_.regions) continue;
            for (std::size_t f = 0; f < fields; ++f)
                if (learned_in_bbl(post.occupation, static_cast<Field>(f))) jobs[region * fields + f] += static_cast<double>(post.desired);
        }
        const AdultBblParameters usual;
        const std::size_t blocks = sim::blocks_of(world_.persons.size());
        std::vector<std::vector<double>> weights(blocks, std::vector<double>(regions_ * fields, 0.0));
        std::vector<std::vector<AdultLearner>> learners(blocks);
        sim::for_each_block(world_.persons.size(), [&](sim::Block block) {
            for (Row row = block.begin; row < block.end; ++row) {
                const int age = world_.age(row);
                if (age < first_adult_age || !world_.resident(row)) continue;
                const Person& p = record(row);
                if (p.track == Track::mbo_bbl) {
                    const sim::Month begun = sim::Month::of(first_school_year(p), 9);
                    if (begun.number() - world_.persons.birth[row] >= first_adult_age * 12) learners[block.number].push_back({row, stored(begun)});
                }
                const double weight = may_begin(row) ? weight_of(p, age, usual) : 0;
                if (weight > 0)
                    for (std::size_t f = 0; f < fields; ++f)
                        weights[block.number][world_.persons.region[row] * fields + f] += weight * adult_sex_weight(p.sex, static_cast<Field>(f), tables_);
            }
        });
        yearly.assign(regions_ * fields, 0.0);
        std::vector<double> all(regions_ * fields, 0.0);
        for (std::size_t b = 0; b < blocks; ++b) {
            for (std::size_t c = 0; c < all.size(); ++c) all[c] += weights[b][c];
            state().learners.insert(state().learners.end(), learners[b].begin(), learners[b].end());
        }
        for (std::size_t c = 0; c < all.size(); ++c)
            if (all[c] > 0) yearly[c] = std::min(1.0, tables_.intake_per_job[c % fields] * jobs[c] / all[c]);
    }

    /// Who is no longer on the work-based path has completed it or dropped out.
    void go_on() {
        std::erase_if(state().learners, [&](const AdultLearner& learner) {
            if (!world_.resident(learner.row)) return true;
            const Person& p = record(learner.row);
            if (p.track == Track::mbo_bbl) return false;
            const bool completed = p.diploma > learner.begun;
            ++world_.programmes.flow_of(world_.persons.region[learner.row], ProgrammeKind::adult_bbl,
                                        completed ? ProgrammeFlow::completions : ProgrammeFlow::dropouts);
            if (completed) {
                // Who learns works already: placed are those whom the diploma finds in the work that they learned.
                const auto count = [&](PolicyFlow what) { count_for_measure(world_, learner.lot, world_.persons.region[learner.row], what); };
                count(PolicyFlow::completions);
                if (at_work(p) && p.occupation != no_occupation && group_of(p.occupation) == group_of(learner.target)) count(PolicyFlow::placements);
            }
            return true;
        });
    }

    /// Relative tightness of the work that a field leads to, as people of a region meet it.
    [[nodiscard]] double tightness(std::size_t region, Field field) const {
        return mean_tightness(
            world_.market, region, [field](Occupation o) { return learned_in_bbl(o, field); }, most_tightness);
    }

    [[nodiscard]] std::vector<LearningSeeker> applications(double season) {
        // Probabilities of the month by region, field and sex for an employee of mbo level at 25-34 whom no campaign has reached.
        std::vector<double> month(regions_ * fields * 2);
        double highest = 0;
        const double most_personal = std::max({1.0, p_.low_education, p_.general_education, p_.higher_education}) *
                                     std::max({1.0, p_.unemployed, p_.inactive}) * sim::exponential(p_.awareness_effect) *
                                     std::max({tables_.propensity[0], tables_.propensity[1], tables_.propensity[2]});
        // Who the lot will refuse makes way for others.
        const double admitted = 1 - world_.parameters->programmes.lot_share;
        for (std::size_t r = 0; r < regions_; ++r)
            for (const Sex sex : {Sex::men, Sex::women}) {
                double all = 0;
                for (std::size_t f = 0; f < fields; ++f) {
                    const auto field = static_cast<Field>(f);
                    all += month[(r * fields + f) * 2 + index_of(sex)] = state().yearly[r * fields + f] * season / admitted *
                                                                         adult_sex_weight(sex, field, tables_) *
                                                                         adult_response(tightness(r, field), 0, world_.parameters_in(r).adult_bbl);
                }
                highest = std::max(highest, all);
            }
        const LeverOfPersons interest(world_, PersonalLever::adult_bbl_interest);
        double most_interest = 1;  // of a member of a target group beside others
        for (std::size_t r = 0; r < regions_ && interest.differs(); ++r)
            most_interest = std::max(most_interest, sim::exponential(interest.highest(r) - interest.of_everybody(r)));
        const double ceiling = std::min(1.0, highest * most_personal * most_interest);
        std::vector<std::vector<LearningSeeker>> found(sim::blocks_of(world_.persons.size()));
        sim::thin(world_.random, adult_bbl_info.key, month_, world_.persons.size(), world_.persons.risk.data(),
                  static_cast<std::uint8_t>(risk::employee | risk::unemployed | risk::inactive), adult_bbl_bound, ceiling, [&](const sim::Candidate& c) {
                      const Row row = c.row();
                      if (!may_begin(row) || world_.moved(row)) return;
                      const Person& p = record(row);
                      const double weight = weight_of(p, world_.age(row), p_);
                      if (weight <= 0 || in_programme(p, month_)) return;
                      const double* of_field = month.data() + world_.persons.region[row] * fields * 2 + index_of(p.sex);
                      double all = 0;
                      for (std::size_t f = 0; f < fields; ++f) all += of_field[f * 2];
                      const double aware = sim::exponential(p_.awareness_effect * campaign_awareness(world_, row, month_));
                      const double own = interest.differs() ? sim::exponential(interest.of(row) - interest.of_everybody(world_.persons.region[row])) : 1.0;
                      if (!c.accepts(std::min(ceiling, all * weight * aware * own)) || is_barred(world_, row, gate_number(ProgrammeKind::adult_bbl))) return;
                      double u = c.draw().uniform(1) * all;
                      std::size_t f = 0;
                      while (f + 1 < fields && u >= of_field[f * 2]) u -= of_field[f++ * 2];
                      found[sim::block_of(row)].push_back({row, static_cast<Field>(f)});
                  });
        return each_once(found, [](const LearningSeeker&, const LearningSeeker&) { return false; });
    }

    void take_places(const std::vector<LearningSeeker>& seekers, double season) {
        auto& programmes = world_.programmes;
        const auto count = [&](Row row, ProgrammeFlow what) { ++programmes.flow_of(world_.persons.region[row], ProgrammeKind::adult_bbl, what); };
        for (const auto& seeker : seekers) {
            count(seeker.row, ProgrammeFlow::applicants);
            count(seeker.row, ProgrammeFlow::refused_place);  // taken back from those who find a place
        }
        const auto places = find_learning_places(world_, seekers, world_.tables->schooling, world_.parameters->schooling, adult_place_info.key, month_);
        for (const auto& place : places) {
            --programmes.flow_of(world_.persons.region[place.row], ProgrammeKind::adult_bbl, ProgrammeFlow::refused_place);
            if (lot_refuses(world_, place.row, gate_number(ProgrammeKind::adult_bbl))) {
                bar(world_, place.row, gate_number(ProgrammeKind::adult_bbl));
                count(place.row, ProgrammeFlow::refused_lot);
                continue;
            }
            begin(place, 0);
            count(place.row, ProgrammeFlow::participants);
        }
        if (offers_learning_places(world_)) {
            auto unplaced = seekers;
            std::erase_if(unplaced, [&](const LearningSeeker& seeker) {
                return std::binary_search(places.begin(), places.end(), LearningPlace{seeker.row, 0},
                                          [](const LearningPlace& a, const LearningPlace& b) { return a.row < b.row; });
            });
            for (const auto& [place, lot] : take_offered_learning_places(world_, unplaced, season)) {
                begin(place, lot);
                --programmes.flow_of(world_.persons.region[place.row], ProgrammeKind::adult_bbl, ProgrammeFlow::refused_place);
                count(place.row, ProgrammeFlow::participants);
            }
        }
        world_.settle();
    }

    void begin(const LearningPlace& place, std::uint32_t lot) {
        const auto region = world_.persons.region[place.row];
        const Occupation target = world_.employers.post[place.post].occupation;
        Person& p = world_.touch(place.row);
        // Who works in technology already is trained further; everybody else enters it from the side.
        const bool enters = target < first_other_occupation && (p.occupation == no_occupation || group_of(p.occupation) != group_of(target));
        p.track = Track::mbo_bbl;
        p.study_field = group_of(target);
        p.study_start = stored_school_year(school_year(month_));
        const double wage = 100.0 * minimum_wage(world_.tables->wages, world_.age(place.row)) * p_.wage;
        world_.take_job(place.row, place.post, Contract::bbl, LabourStatus::employed, static_cast<std::uint16_t>(std::clamp(wage, 1.0, 60000.0)),
                        static_cast<std::uint8_t>(std::clamp(p_.hours, 1.0, 60.0)), 0);
        auto& employer = world_.employers.employer[world_.employers.post[place.post].employer];
        ++employer.bbl_taken;
        employer.bbl_places = std::max(employer.bbl_places, employer.bbl_taken);  // a place that a measure offers comes beside those of the company
        if (enters) {
            ++world_.programmes.begun[ProgrammeState::cell(region, target)];
            ++world_.programmes.placed[ProgrammeState::cell(region, target)];
        }
        put(state().learners, AdultLearner{place.row, stored(month_), target, 0, lot});
    }

    World& world_;
    sim::Month month_;
    const AdultBblParameters& p_;
    const AdultBblTables& tables_;
    std::size_t regions_;
};

}  // namespace

double adult_age_weight(int age, const AdultBblTables& t) {
    return age < first_adult_age || age > last_adult_age ? 0 : t.propensity[static_cast<std::size_t>((age - first_adult_age) / 10)];
}

double adult_education_weight(Education education, const AdultBblParameters& p) {
    switch (education) {
        case Education::low: return p.low_education;
        case Education::mbo2_4: return 1;
        case Education::havo_vwo: return p.general_education;
        default: return p.higher_education;
    }
}

double adult_status_weight(LabourStatus status, const AdultBblParameters& p) {
    switch (status) {
        case LabourStatus::employed: return 1;
        case LabourStatus::unemployed: return p.unemployed;
        case LabourStatus::inactive: return p.inactive;
        default: return 0;
    }
}

double adult_sex_weight(Sex sex, Field field, const AdultBblTables& t) {
    const double women = t.women[index_of(field)];
    return 2 * (sex == Sex::women ? women : 1 - women);
}

double adult_season(int month_of_year, const AdultBblTables& t) { return month_of_year == 9 ? t.september : month_of_year == 2 ? 1 - t.september : 0; }

double adult_response(double tightness, double awareness, const AdultBblParameters& p) {
    return p.volume * sim::power(std::max(tightness, 0.05), p.tightness_elasticity) * sim::exponential(p.interest + p.awareness_effect * awareness);
}

std::array<double, study_years> adult_learners_per_entrant(Field field, Sex sex, const AdultBblTables& t, const SchoolingTables& schooling,
                                                           const SchoolingParameters& parameters) {
    constexpr int years_until_settled = 40;
    std::array<double, study_years> stock{};
    double again = 0;  // a diploma of the path and on to the next one, at the same firm
    for (int year = 0; year < years_until_settled; ++year) {
        std::array<double, study_years> next{};
        next[0] = t.september + again;
        again = 0;
        for (std::size_t y = 0; y < study_years; ++y) {
            const double before_july = stock[y] + (y == 0 ? 1 - t.september : 0);
            const double dropout = dropout_probability(Track::mbo_bbl, static_cast<int>(y), field, sex, schooling, parameters).value();
            const double left = before_july * sim::power(1 - dropout, 12);
            const int completed = static_cast<int>(y) + 1;
            const double graduates = left * diploma_probability(Track::mbo_bbl, completed, schooling, parameters);
            again += graduates * next_probabilities(stage_of(Track::mbo_bbl, completed), schooling, parameters)[index_of(Next::mbo)];
            if (y + 1 < study_years) next[y + 1] = left - graduates;
        }
        stock = next;
    }
    return stock;
}

void step_adult_bbl(World& world, sim::Month month) { AdultBbl(world, month).run(); }

const ParameterTable<AdultBblParameters>& adult_bbl_table() {
    using P = AdultBblParameters;
    static const ParameterTable<P> table{
        {"interest", &P::interest, "1", -3, 3, {}, Status::assumed, "", "lever: shift of the log of applications of adults for the work-based path"},
        {"volume", &P::volume, "1", 0, 10, {"lognormal(1, 0.2)", 0.72, 1.39}, Status::assumed, "", "factor on the applications that follow from the tables"},
        {"tightness_elasticity",
         &P::tightness_elasticity,
         "1",
         0,
         3,
         {"half_normal(0.3)", 0.02, 0.59},
         Status::assumed,
         "",
         "elasticity of applications to the relative tightness of the work that the field leads to"},
        {"awareness_effect",
         &P::awareness_effect,
         "1",
         0,
         2,
         {"half_normal(0.14)", 0.01, 0.27},
         Status::assumed,
         "",
         "rise of the log of applications at full awareness by campaigns"},
        {"unemployed",
         &P::unemployed,
         "1",
         0,
         10,
         {"lognormal(1.5, 0.4)", 0.78, 2.9},
         Status::assumed,
         "",
         "applications of an unemployed person relative to an employee's"},
        {"inactive", &P::inactive, "1", 0, 10, {"lognormal(0.4, 0.5)", 0.18, 0.91}, Status::assumed, "", "the same of an inactive person"},
        {"low_education",
         &P::low_education,
         "1",
         0,
         10,
         {"lognormal(1, 0.3)", 0.61, 1.64},
         Status::assumed,
         "",
         "applications at a low level of education relative to mbo"},
        {"general_education", &P::general_education, "1", 0, 10, {"lognormal(0.6, 0.4)", 0.31, 1.16}, Status::assumed, "", "the same at havo or vwo"},
        {"higher_education",
         &P::higher_education,
         "1",
         0,
         10,
         {"lognormal(0.08, 0.6)", 0.03, 0.21},
         Status::assumed,
         "",
         "the same at hbo or wo: who has a higher degree rarely begins an mbo course"},
        {"wage",
         &P::wage,
         "1",
         1,
         5,
         {"lognormal(1.25, 0.1)", 1.06, 1.47},
         Status::assumed,
         "",
         "wage of an adult learner over the minimum wage; collective agreements pay adults more than young learners"},
        {"hours", &P::hours, "hour week-1", 12, 40, {}, Status::assumed, "", "hours a week of an adult's learning contract"},
    };
    return table;
}

}  // namespace models
