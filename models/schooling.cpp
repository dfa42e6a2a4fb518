#include "models/schooling.hpp"

#include <algorithm>
#include <cmath>
#include <span>
#include <utility>

#include "models/awareness.hpp"
#include "models/bbl.hpp"
#include "models/flows.hpp"
#include "models/parameters.hpp"
#include "models/study_choice.hpp"
#include "models/study_stock.hpp"
#include "models/tables.hpp"
#include "models/wages.hpp"
#include "sim/thinning.hpp"

namespace models {
namespace {

constexpr int school_leaving_age = 16;  ///< nobody leaves education before
constexpr int return_age_end = 25;      ///< from this age on, a return is side entry (process 3)
constexpr int dropout_age_end = 40;     ///< above, learners are side entrants: they end with a diploma

/// Learning places that became free without a departure (a contract turned into an ordinary one), by block of rows.
using Freed = std::vector<std::vector<std::uint32_t>>;

/// One student's next step in August.
struct Plan {
    Row row;
    Next next;
    Field field;
    Field before;
    Passage passage;
    bool wants_bbl;
    bool returns;
    double lot;
};

class Schooling {
public:
    Schooling(World& world, sim::Month month)
        : world_(world),
          month_(month),
          tables_(world.tables->schooling),
          parameters_(world.parameters->schooling),
          blocks_(sim::blocks_of(world.persons.size())),
          freed_(blocks_),
          dropout_(static_cast<std::size_t>(world.regions)) {
        for (std::size_t r = 0; r < dropout_.size(); ++r)
            for (std::size_t track = 0; track < tracks; ++track)
                for (const int years : {0, 1})
                    for (std::size_t f = 0; f < 3; ++f)
                        for (const Sex sex : {Sex::men, Sex::women})
                            dropout_[r][track][static_cast<std::size_t>(years)][f][index_of(sex)] =
                                dropout_probability(static_cast<Track>(track), years, static_cast<Field>(f), sex, tables_, in_region(r)).value();
    }

    void step() {
        world_.births.update(world_.persons);
        recognise_companies();
        birthdays();
        drop_out();
        switch (month_.month_of_year()) {
            case 7: diplomas(); break;
            case 8: august(); break;
            case 9: enter_secondary(); break;
            default: break;
        }
        search_places();
        free_places();
        world_.settle();
    }

private:
    World& world_;
    sim::Month month_;
    const SchoolingTables& tables_;
    const SchoolingParameters& parameters_;
    std::size_t blocks_;
    Freed freed_;
    using DropOut = std::array<std::array<std::array<std::array<double, 2>, 3>, 2>, tracks>;
    std::vector<DropOut> dropout_;  ///< a month, by region, track, first or later year, field and sex
    std::vector<LearningSeeker> seekers_;
    std::vector<Plan> waiting_;  ///< who would return to education on the work-based path

    [[nodiscard]] Person& record(Row row) { return world_.persons.record[row]; }
    [[nodiscard]] const SchoolingParameters& in_region(std::size_t region) const { return world_.parameters_in(region).schooling; }
    /// The parameters where a person lives.
    [[nodiscard]] const SchoolingParameters& at_home(Row row) const { return in_region(world_.persons.region[row]); }
    [[nodiscard]] sim::Draw draw(sim::ProcessKey key, Row row, sim::Month when) const { return world_.random.draw({key, sim::person(row), when, 0}); }

    /// Log odds of wanting the work-based path that awareness by campaigns adds.
    [[nodiscard]] double bbl_shift(double awareness) const { return world_.parameters->awareness.bbl_effect * awareness; }

    // ---- learning companies

    [[nodiscard]] std::int64_t staff_of(const Employer& employer) const {
        std::int64_t staff = 0;
        for (std::uint32_t k = employer.first_post; k < employer.first_post + employer.posts; ++k) staff += world_.employers.post[k].staff;
        return staff;
    }

    void recognise_companies() {
        std::vector<double> tightness(static_cast<std::size_t>(world_.regions));
        std::vector<double> aware(tightness.size());
        for (int r = 0; r < world_.regions; ++r) {
            tightness[static_cast<std::size_t>(r)] = mean_tightness(world_.market, static_cast<std::size_t>(r));
            aware[static_cast<std::size_t>(r)] =
                sim::exponential(world_.parameters->awareness.recognition_effect * mean_adult_awareness(world_, r, month_).campaign);
        }
        const double lapse = lapse_probability(tables_).value();
        // Probabilities of recognition by region, sector and size, so that powers are taken once a month; and the highest over sizes.
        constexpr std::size_t sizes = 4;
        std::vector<std::array<double, sizes>> chance(tightness.size() * sectors);
        for (std::size_t c = 0; c < chance.size(); ++c) {
            // Employers ask for recognition the more, the more aware the adults of their region are by campaigns beyond the background.
            SchoolingParameters here = in_region(c / sectors);
            here.recognition_factor *= aware[c / sectors];
            for (std::size_t size = 0; size < sizes; ++size)
                chance[c][size] =
                    recognition_probability(tables_, here, static_cast<Sector>(c % sectors), static_cast<SizeClass>(size), tightness[c / sectors]).value();
        }
        std::vector<double> most(chance.size());
        for (std::size_t c = 0; c < chance.size(); ++c) most[c] = *std::max_element(chance[c].begin(), chance[c].end());
        const bool renew = month_.month_of_year() == 7;  // places follow staff once a year, before the intake
        constexpr std::size_t part = 512;                // employers whose draws are made together
        auto& employers = world_.employers.employer;
        sim::for_each_task((employers.size() + part - 1) / part, [&](std::size_t task) {
            std::vector<sim::Address> addresses;
            addresses.reserve(part);
            for (std::size_t e = task * part; e < std::min(employers.size(), (task + 1) * part); ++e) {
                Employer& employer = employers[e];
                if (employer.region >= world_.regions) continue;
                if (!employer.open()) {
                    employer.learning_company = 0;
                    employer.bbl_places = employer.bbl_taken;
                    continue;
                }
                if (employer.learning_company != 0 && employer.bbl_taken > 0 && !renew) continue;  // a company with learners keeps its recognition
                addresses.push_back({key_recognition, sim::employer(e), month_, 0});
            }
            std::array<sim::Draw, part> draws;
            world_.random.draws(addresses, std::span(draws.data(), addresses.size()));
            for (std::size_t i = 0; i < addresses.size(); ++i) {
                const auto e = static_cast<std::size_t>(addresses[i].entity.identity);
                Employer& employer = employers[e];
                const bool recognised = employer.learning_company != 0;
                const double u = draws[i].uniform();
                if (recognised && employer.bbl_taken == 0 && u < lapse) {
                    employer.learning_company = 0;
                    employer.bbl_places = 0;
                } else if (recognised && renew) {
                    set_places(employer, e);
                } else if (!recognised) {
                    const std::size_t cell = employer.region * std::size_t{sectors} + index_of(employer.sector);
                    if (u >= most[cell]) continue;  // of no size: staff need not be counted
                    if (u < chance[cell][index_of(size_class_of(staff_of(employer)))]) {
                        employer.learning_company = 1;
                        set_places(employer, e);
                    }
                }
            }
        });
    }

    void set_places(Employer& employer, std::size_t number) const {
        const double u = world_.random.uniform({key_recognition, sim::employer(number), sim::Month(0), 0});
        employer.bbl_places = static_cast<std::uint16_t>(
            std::max<int>(employer.bbl_taken, bbl_places(tables_, in_region(employer.region), employer.sector, staff_of(employer), u)));
    }

    void free_places() {
        for (const auto& block : freed_)
            for (const std::uint32_t e : block)
                if (world_.employers.employer[e].bbl_taken > 0) --world_.employers.employer[e].bbl_taken;
    }

    // ---- pupils

    void birthdays() {
        for (const Row row : world_.born_in(month_.number() - 15 * 12))
            if (world_.resident(row) && record(row).status == LabourStatus::child && !world_.moved(row)) world_.change_status(row, LabourStatus::student);
    }

    void place(Person& p, Study study) const {
        p.track = study.track;
        p.study_field = study.field;
        p.study_start = stored_school_year(school_year(month_) - study.years);
    }

    /// September: children of twelve enter; who is without a track and should have one (newcomers) gets one.
    void enter_secondary() {
        std::vector<StudyShares> shares;
        for (int r = 0; r < world_.regions; ++r)
            for (const Sex sex : {Sex::men, Sex::women}) shares.emplace_back(tables_, parameters_, r, sex);
        sim::for_each_block(world_.persons.size(), [&](sim::Block block) {
            for (Row row = block.begin; row < block.end; ++row) {
                const int cohort = school_cohort(world_.persons.birth[row], month_);
                if (cohort < 0 || cohort >= study_cohorts || !world_.resident(row)) continue;
                const Person& now = record(row);
                if (now.track != Track::none || (now.status != LabourStatus::child && now.status != LabourStatus::student)) continue;
                const auto& known = shares[static_cast<std::size_t>(world_.persons.region[row]) * 2 + index_of(now.sex)];
                const auto study = known.draw_in_education(cohort, draw(key_entry, row, month_).uniform());
                if (!study) continue;
                Person& p = world_.touch(row);
                place(p, *study);
                if (p.track == Track::mbo_bbl) p.track = Track::mbo_bol;  // without a contract
                world_.refresh(row);
            }
        });
    }

    // ---- leaving

    /// Takes somebody out of education. False (and nothing done) where the person has already made this month's move and would need another.
    bool leave(Row row, std::size_t block, double inactive_share, double keeps, double u_keep, double u_status) {
        const Person& now = record(row);
        const bool learner = now.contract == Contract::bbl;
        const bool student = now.status == LabourStatus::student || now.status == LabourStatus::child;
        if ((student || learner) && world_.moved(row)) return false;
        const LabourStatus without = u_status < inactive_share ? LabourStatus::inactive : LabourStatus::unemployed;
        Person& p = world_.touch(row);
        p.track = Track::none;
        p.study_start = 0;
        if (learner || (student && p.contract == Contract::side_job)) {
            if (u_keep < keeps) {
                stay_with_firm(row, block, learner);
            } else {
                world_.leave_work(row, learner ? Cause::contract_end : Cause::quit, without);
            }
        } else if (student) {
            world_.change_status(row, without);
        }
        world_.refresh(row);
        return true;
    }

    /// A learner's or student's contract becomes an ordinary one: no hire, for the person holds the same job.
    void stay_with_firm(Row row, std::size_t block, bool learner) {
        const double u = draw(key_stay, row, month_).uniform(1);
        const bool permanent = learner && u < parameters_.bbl_stay_permanent;
        if (learner) freed_[block].push_back(world_.employers.post[world_.persons.post[row]].employer);
        world_.renew_contract(row, permanent ? Contract::permanent : Contract::temporary, permanent ? StoredMonth{0} : stored(month_ + 12));
        Person& p = world_.touch(row);
        const int age = world_.age(row);
        const std::uint16_t offer = wage_offer(world_, world_.persons.post[row], p, age, 1.0, draw(key_stay, row, month_).uniform(2));
        p.wage = std::max(p.wage, offer);
        if (learner) p.hours = std::max<std::uint8_t>(p.hours, 36);
        if (p.status != LabourStatus::employed) {
            p.status = LabourStatus::employed;
            p.hours = std::max<std::uint8_t>(p.hours, 24);
            world_.persons.mark[row] |= mark_moved;
        }
        world_.refresh(row);
    }

    void drop_out() {
        const TeachingState& teaching = world_.teaching;
        double top = 0;
        for (const auto& region : dropout_)
            for (const auto& track : region)
                for (const auto& years : track)
                    for (const auto& field : years)
                        for (const double probability : field) top = std::max(top, probability);
        top = std::min(0.99, top * teaching.highest_dropout_factor());
        const auto decide = [&](const sim::Candidate& candidate) {
            const Row row = candidate.row();
            const int age = world_.age(row);
            if (age < school_leaving_age || age >= dropout_age_end) return;
            const Person& p = record(row);
            if (p.track == Track::none || !world_.resident(row) || p.diploma == stored(month_ - 1)) return;
            const std::size_t later = years_in_track(p, month_) == 0 ? 0 : 1;
            const double usual = dropout_[world_.persons.region[row]][index_of(p.track)][later][index_of(p.study_field)][index_of(p.sex)];
            if (!candidate.accepts(std::min(top, usual * teaching.dropout_factor(world_.persons.region[row], p.track, p.study_field)))) return;
            leave(row, sim::block_of(row), parameters_.dropouts_inactive, parameters_.side_job_kept, candidate.draw().uniform(1), candidate.draw().uniform(2));
        };
        sim::for_each_block(world_.persons.size(), [&](sim::Block block) {
            // Blocks where nobody is of an age to drop out are passed over: birth months do not change.
            if (world_.births.oldest(block.number, month_) < school_leaving_age * 12 || world_.births.youngest(block.number, month_) >= dropout_age_end * 12)
                return;
            sim::thin_block(world_.random, key_dropout, month_, block, world_.persons.risk.data(), static_cast<std::uint8_t>(risk::student | risk::employee),
                            dropout_bound, std::max(top, dropout_bound), decide, [&](Row row) { __builtin_prefetch(&world_.persons.record[row]); });
        });
    }

    // ---- July

    void diplomas() {
        sim::for_each_block(world_.persons.size(), [&](sim::Block block) {
            for (Row row = block.begin; row < block.end; ++row)
                if (record(row).track != Track::none && world_.resident(row)) diploma(row, block.number);
        });
    }

    void diploma(Row row, std::size_t block) {
        const Person& now = record(row);
        const Track track = now.track;
        const int completed = years_in_track(now, month_) + 1;
        const double probability = diploma_probability(track, completed, tables_, at_home(row));
        if (probability <= 0) return;
        const sim::Draw d = draw(key_diploma, row, month_);
        if (d.uniform(0) >= probability) return;
        Person& p = world_.touch(row);
        p.diploma = stored(month_);
        const Attainment reached = after_diploma({p.education, p.field}, track, p.study_field);
        p.education = reached.education;
        p.field = reached.field;
        const Stage stage = stage_of(track, completed);
        const bool learner = p.contract == Contract::bbl;
        bool leaves = leaves_after_diploma(stage, d.uniform(1), tables_, at_home(row));
        if (learner) {
            // A learner goes on to a further mbo diploma with the same firm, or leaves.
            leaves = d.uniform(1) >= next_probabilities(stage, tables_, at_home(row))[index_of(Next::mbo)];
        } else if (at_work(p)) {
            leaves = true;  // hired before the diploma
        }
        if (!leaves || world_.age(row) < school_leaving_age) return;
        leave(row, block, parameters_.graduates_inactive, learner ? parameters_.bbl_stay : parameters_.side_job_kept, draw(key_leave, row, month_).uniform(0),
              draw(key_leave, row, month_).uniform(1));
    }

    // ---- August

    [[nodiscard]] std::vector<ChoiceSignals> signals() {
        const auto regions = static_cast<std::size_t>(world_.regions);
        std::vector<ChoiceSignals> all(regions);
        renew_expected_wage();
        const auto peers = technical_share_of_fourth_years();
        for (std::size_t r = 0; r < regions; ++r) {
            all[r].wage = world_.market.expected_wage;
            all[r].peers = peers[r];
            if (world_.market.tightness.size() >= regions * occupations) {
                std::array<double, 3> sum{};
                std::array<int, 3> number{};
                double whole = 0;
                for (int o = 0; o < occupations; ++o) {
                    const double here = world_.market.tightness[r * occupations + static_cast<std::size_t>(o)];
                    sum[index_of(group_of(static_cast<Occupation>(o)))] += here;
                    ++number[index_of(group_of(static_cast<Occupation>(o)))];
                    whole += here;
                }
                if (whole > 0)
                    for (std::size_t f = 0; f < 3; ++f)
                        if (sum[f] > 0) all[r].chance[f] = sim::logarithm((sum[f] / number[f]) / (whole / occupations));
            }
            all[r].travel = hours_to_places(static_cast<int>(r));
            all[r].teaching = choice_by_teaching(world_, r, Track::vmbo);
        }
        return all;
    }

    /// Wages by field, weighted by the jobs of each sector; the memory is an exponential mean whose mean age is that of the last five years.
    void renew_expected_wage() {
        std::array<std::array<double, sectors>, 3> jobs{};
        for (const auto& employer : world_.employers.employer)
            for (std::uint32_t k = employer.first_post; k < employer.first_post + employer.posts; ++k)
                jobs[index_of(group_of(world_.employers.post[k].occupation))][index_of(employer.sector)] += std::max(0, world_.employers.post[k].staff);
        std::array<double, 3> index{};
        double all = 0, weight = 0;
        for (std::size_t f = 0; f < 3; ++f) {
            double wages = 0, here = 0;
            for (std::size_t s = 0; s < sectors; ++s) {
                wages += jobs[f][s] * world_.market.contract_wage[s];
                here += jobs[f][s];
            }
            all += wages;
            weight += here;
            index[f] = here > 0 ? wages / here : 0;
        }
        if (all <= 0) return;
        const double fresh = 1.0 - sim::exponential(-12.0 / parameters_.wage_memory_months);
        for (std::size_t f = 0; f < 3; ++f)
            if (index[f] > 0) world_.market.expected_wage[f] += fresh * (sim::logarithm(index[f] / (all / weight)) - world_.market.expected_wage[f]);
    }

    /// By region: share of the cohort before (now in the fourth year) with a technical profile, less the share of the tables.
    [[nodiscard]] std::vector<double> technical_share_of_fourth_years() {
        using Counts = std::vector<std::array<std::int64_t, 2>>;
        const auto regions = static_cast<std::size_t>(world_.regions);
        const auto start = stored_school_year(school_year(month_) - 3);
        const Counts counts = sim::reduce(
            blocks_, Counts(regions),
            [&](std::size_t b) {
                Counts part(regions);
                const auto begin = static_cast<Row>(b * sim::block_rows);
                const auto end = static_cast<Row>(std::min<std::size_t>(world_.persons.size(), (b + 1) * sim::block_rows));
                for (Row row = begin; row < end; ++row) {
                    const Person& p = record(row);
                    if (p.track != Track::vmbo || p.study_start != start || !world_.resident(row)) continue;
                    ++part[world_.persons.region[row]][0];
                    part[world_.persons.region[row]][1] += p.study_field != Field::other;
                }
                return part;
            },
            [](Counts& total, const Counts& part) {
                for (std::size_t r = 0; r < part.size(); ++r)
                    for (std::size_t k = 0; k < 2; ++k) total[r][k] += part[r][k];
            });
        std::vector<double> difference(regions, 0.0);
        for (std::size_t r = 0; r < regions; ++r) {
            // A share of few pupils says nothing.
            if (counts[r][0] < 100) continue;
            double expected = 0;
            for (const Sex sex : {Sex::men, Sex::women}) expected += 0.5 * observed_vmbo_technical(tables_, static_cast<int>(r), sex, school_year(month_) - 1);
            difference[r] = static_cast<double>(counts[r][1]) / static_cast<double>(counts[r][0]) - expected;
        }
        return difference;
    }

    /// Places of mbo schools for a field in a region; 0 where no school states any.
    [[nodiscard]] double places_of(int region, Field field) const {
        double sum = 0;
        for (const auto& school : world_.schools.school)
            if (school.region == region && (school.track == Track::mbo_bol || school.track == Track::mbo_bbl))
                sum += static_cast<double>(school.capacity[index_of(field)]);
        return sum;
    }

    /// Hours further than within the region to the nearest region with places in the field; 0 where no school states places.
    [[nodiscard]] std::array<double, 3> hours_to_places(int home) const {
        std::array<double, 3> hours{};
        for (std::size_t f = 0; f < 3; ++f) {
            double best = -1;
            for (int r = 0; r < world_.regions; ++r) {
                if (places_of(r, static_cast<Field>(f)) <= 0) continue;
                const double further =
                    r == home ? 0.0 : std::max(0.0, world_.tables->regions.travel_minutes(home, r) - world_.tables->regions.travel_minutes(home, home));
                best = best < 0 ? further : std::min(best, further);
            }
            hours[f] = best < 0 ? 0.0 : best / 60.0;
        }
        return hours;
    }

    void august() {
        const auto signal = signals();
        std::vector<std::vector<Plan>> plans(blocks_);
        sim::for_each_block(world_.persons.size(), [&](sim::Block block) {
            for (Row row = block.begin; row < block.end; ++row)
                if (world_.resident(row)) plan(row, signal[world_.persons.region[row]], plans[block.number]);
        });
        ration(plans, signal);
        sim::for_each_task(blocks_, [&](std::size_t b) {
            for (const Plan& p : plans[b])
                if (!(p.returns && p.wants_bbl)) begin(p);
        });
        for (const auto& block : plans)
            for (const Plan& p : block) {
                if (p.wants_bbl) seekers_.push_back({p.row, p.field});
                if (p.wants_bbl && p.returns) waiting_.push_back(p);
            }
    }

    void plan(Row row, const ChoiceSignals& signal, std::vector<Plan>& plans) {
        const Person& now = record(row);
        if (now.track == Track::none) {
            const int age = world_.age(row);
            if (age < school_leaving_age || age >= return_age_end || world_.moved(row)) return;
            if (now.status != LabourStatus::unemployed && now.status != LabourStatus::inactive && now.status != LabourStatus::employed) return;
            const sim::Draw d = draw(key_return, row, month_);
            if (d.uniform(0) >= tables_.returns[index_of(now.education)] * parameters_.return_factor) return;
            const Next next = next_on_return(now.education, d.uniform(1));
            if (next != Next::leave) add(plans, row, next, now.education == Education::mbo2_4, now.field, signal, true);
            return;
        }
        if (now.diploma == stored(month_ - 1)) {
            // The draw of July has decided that this person goes on.
            const int completed = years_in_track(now, month_);
            const Stage stage = stage_of(now.track, completed);
            if (now.contract == Contract::bbl) {
                Person& p = world_.touch(row);
                p.study_start = stored_school_year(school_year(month_));
                world_.refresh(row);
                return;
            }
            const Next next = next_stage(stage, draw(key_next, row, month_).uniform(0), tables_, at_home(row));
            if (next == Next::leave) return;
            add(plans, row, next, is_mbo(stage), now.study_field, signal, false);
            return;
        }
        const int years = years_in_track(now, month_);
        if (now.track == Track::vmbo && years == 2) {
            choose_profile(row, observed_vmbo_technical(tables_, world_.persons.region[row], now.sex, school_year(month_)), signal, true);
        } else if (now.track == Track::havo_vwo && years == 3) {
            choose_profile(row, tables_.general_technical[index_of(now.sex)], signal, false);
        }
    }

    void choose_profile(Row row, double observed, ChoiceSignals signal, bool vmbo) {
        signal.awareness = campaign_awareness(world_, row, month_);
        if (!vmbo) {
            signal.peers = 0;
            signal.teaching = {};
        }
        const double technical = technical_profile_probability(observed, signal, record(row).sex, vmbo, at_home(row));
        const Field chosen_field = draw(key_profile, row, month_).uniform() < technical ? Field::technical : Field::other;
        if (record(row).study_field == chosen_field) return;
        world_.touch(row).study_field = chosen_field;
    }

    /// What moves one person's choice of field after vmbo: that of the region and what the person has met; peers are those of the vmbo profile.
    [[nodiscard]] ChoiceSignals personal(ChoiceSignals signal, Row row) {
        signal.peers = 0;
        signal.awareness = campaign_awareness(world_, row, month_);
        signal.teaching = choice_by_teaching(world_, world_.persons.region[row], record(row).track);
        return signal;
    }

    void add(std::vector<Plan>& plans, Row row, Next next, bool from_mbo, Field before, const ChoiceSignals& regional, bool returns) {
        const sim::Draw d = draw(key_next, row, month_);
        const ChoiceSignals signal = personal(regional, row);
        Plan p{row, next, Field::other, before, Passage::to_mbo, false, returns, d.uniform(3)};
        if (next != Next::general) {
            p.passage = passage_of(from_mbo, next);
            p.field = static_cast<Field>(chosen(field_probabilities(p.passage, record(row).sex, before, signal, tables_, at_home(row)), d.uniform(1)));
            p.wants_bbl = next == Next::mbo && d.uniform(2) < bbl_wanted(p.field, tables_, at_home(row), bbl_shift(signal.awareness));
        } else {
            p.field = draw(key_profile, row, month_).uniform() < tables_.general_technical[index_of(record(row).sex)] ? Field::technical : Field::other;
        }
        plans.push_back(p);
    }

    /// Where a lever makes places bind: of those who want an mbo place in a field, the lowest lots get one; the others choose again without that field.
    void ration(std::vector<std::vector<Plan>>& plans, const std::vector<ChoiceSignals>& signal) {
        for (int region = 0; region < world_.regions; ++region) {
            const auto& parameters = in_region(static_cast<std::size_t>(region));
            const std::array<double, 2> levers{parameters.technical_places, parameters.ict_places};
            for (std::size_t f = 0; f < 2; ++f) {
                // Places are those of the staff of the start; they follow the staff.
                const double capacity = places_of(region, static_cast<Field>(f)) * levers[f] *
                                        world_.teaching.places_factor(static_cast<std::size_t>(region), static_cast<Field>(f));
                if (capacity <= 0) continue;
                std::vector<Plan*> wanted;
                for (auto& block : plans)
                    for (auto& p : block)
                        if (p.next == Next::mbo && index_of(p.field) == f && world_.persons.region[p.row] == region) wanted.push_back(&p);
                const auto places = static_cast<std::size_t>(capacity * world_.tables->scale);
                if (wanted.size() <= places) continue;
                std::sort(wanted.begin(), wanted.end(), [](const Plan* a, const Plan* b) { return a->lot != b->lot ? a->lot < b->lot : a->row < b->row; });
                for (std::size_t k = places; k < wanted.size(); ++k) {
                    Plan& p = *wanted[k];
                    const ChoiceSignals here = personal(signal[static_cast<std::size_t>(region)], p.row);
                    auto again = field_probabilities(p.passage, record(p.row).sex, p.before, here, tables_, parameters);
                    again[f] = 0;
                    double rest = 0;
                    for (const double q : again) rest += q;
                    if (rest <= 0) continue;
                    for (double& q : again) q /= rest;
                    p.field = static_cast<Field>(chosen(again, draw(key_profile, p.row, month_).uniform(1)));
                    p.wants_bbl = draw(key_next, p.row, month_).uniform(2) < bbl_wanted(p.field, tables_, parameters, bbl_shift(here.awareness));
                }
            }
        }
    }

    void begin(const Plan& plan) {
        if (plan.returns) {
            if (record(plan.row).status == LabourStatus::employed) {
                world_.leave_work(plan.row, Cause::to_study, LabourStatus::student);
            } else {
                world_.change_status(plan.row, LabourStatus::student);
            }
        }
        Person& p = world_.touch(plan.row);
        const int year = school_year(month_);
        switch (plan.next) {
            case Next::general: p.track = Track::havo_vwo; break;
            case Next::hbo: p.track = Track::hbo; break;
            case Next::wo: p.track = Track::wo; break;
            default: p.track = Track::mbo_bol; break;
        }
        p.study_field = plan.field;
        p.study_start = stored_school_year(plan.next == Next::general ? year - 3 : year);
        world_.refresh(plan.row);
    }

    // ---- learning places

    /// Adds those who look for a contract: starters in the autumn, and learners who lost theirs. Ends the search of those whose time is over.
    void search_places() {
        const int calendar = month_.month_of_year();
        const bool starters = calendar == 9 || calendar == 10;
        const bool starters_give_up = calendar == 11;
        const auto this_year = stored_school_year(school_year(month_));
        std::vector<std::array<double, 3>> wanted(static_cast<std::size_t>(world_.regions));
        for (std::size_t r = 0; r < wanted.size(); ++r)
            for (std::size_t f = 0; f < wanted[r].size(); ++f) wanted[r][f] = bbl_wanted(static_cast<Field>(f), tables_, in_region(r));
        std::vector<std::vector<LearningSeeker>> found(blocks_);
        const auto look = [&](Row row, std::size_t block) {
            if (world_.moved(row)) return;
            const Person& now = record(row);
            if (now.track == Track::mbo_bbl) {
                if (months_since(now.since, month_) <= bbl_months_without_contract) {
                    found[block].push_back({row, now.study_field});
                } else {
                    give_up(row, block);
                }
            } else if (now.track == Track::mbo_bol && now.study_start == this_year && (starters || starters_give_up)) {
                const sim::Month august = sim::Month::of(school_year(month_), 8);
                const double aware = campaign_awareness(world_, row, august);
                const double wants = aware > 0 ? bbl_wanted(now.study_field, tables_, at_home(row), bbl_shift(aware))
                                               : wanted[world_.persons.region[row]][index_of(now.study_field)];
                if (draw(key_next, row, august).uniform(2) >= wants) return;
                if (starters) {
                    found[block].push_back({row, now.study_field});
                } else if (draw(key_leave, row, month_).uniform(2) < parameters_.bbl_wait_leave) {
                    leave(row, block, parameters_.dropouts_inactive, parameters_.side_job_kept, draw(key_leave, row, month_).uniform(0),
                          draw(key_leave, row, month_).uniform(1));
                }
            }
        };
        auto& learners = world_.unplaced_learners;
        if (learners.known() && !starters && !starters_give_up) {
            sim::for_each_task(blocks_, [&](std::size_t block) {
                const std::vector<Row> rows = learners.of(block, world_.persons);  // a copy, for who goes on is noted again
                for (const Row row : rows) look(row, block);
            });
        } else {
            learners.fit(world_.persons.size());
            sim::for_each_block(world_.persons.size(), [&](sim::Block block) {
                // First who is a student, then their records, fetched ahead.
                std::vector<Row> students, without_contract;
                const std::uint8_t* bits = world_.persons.risk.data();
                int any = 0;
                for (Row row = block.begin; row < block.end; ++row) any |= bits[row] & risk::student;
                if (any != 0)
                    for (Row row = block.begin; row < block.end; ++row)
                        if ((bits[row] & risk::student) != 0) students.push_back(row);
                for (std::size_t i = 0; i < students.size(); ++i) {
                    if (i + 16 < students.size()) __builtin_prefetch(&world_.persons.record[students[i + 16]]);
                    const Row row = students[i];
                    if (UnplacedLearners::is_one(record(row))) without_contract.push_back(row);
                    look(row, block.number);
                }
                learners.set(block.number, std::move(without_contract));
            });
            learners.all_set();
        }
        for (const auto& block : found) seekers_.insert(seekers_.end(), block.begin(), block.end());
        for (const auto& place : find_learning_places(world_, seekers_, tables_, parameters_, key_bbl, month_)) take(place);
        // Of those who came back for a contract and found none, who has no work begins at school.
        for (const Plan& plan : waiting_)
            if (!world_.moved(plan.row) && record(plan.row).status != LabourStatus::employed) begin(plan);
    }

    /// Three months without a contract: on to the school-based path, or out.
    void give_up(Row row, std::size_t block) {
        const sim::Draw d = draw(key_leave, row, month_);
        // Adults who came from work do not go on full-time.
        if (world_.age(row) < return_age_end && d.uniform(2) < parameters_.bbl_lost_to_bol) {
            world_.touch(row).track = Track::mbo_bol;
            world_.refresh(row);
        } else {
            leave(row, block, parameters_.dropouts_inactive, parameters_.side_job_kept, d.uniform(0), d.uniform(1));
        }
    }

    void take(const LearningPlace& place) {
        if (world_.moved(place.row)) return;
        Person& p = world_.touch(place.row);
        if (p.track != Track::mbo_bbl && p.track != Track::mbo_bol) p.study_start = stored_school_year(school_year(month_));
        p.track = Track::mbo_bbl;
        p.study_field = group_of(world_.employers.post[place.post].occupation);
        const double wage = 100.0 * minimum_wage(world_.tables->wages, world_.age(place.row)) * parameters_.bbl_wage;
        world_.take_job(place.row, place.post, Contract::bbl, LabourStatus::employed, static_cast<std::uint16_t>(std::clamp(wage, 1.0, 60000.0)),
                        static_cast<std::uint8_t>(std::clamp(parameters_.bbl_hours, 1.0, 60.0)), 0);
        ++world_.employers.employer[world_.employers.post[place.post].employer].bbl_taken;
    }
};

}  // namespace

void step_schooling(World& world, sim::Month month) { Schooling(world, month).step(); }

}  // namespace models
