#include "models/separations.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "models/demand.hpp"
#include "models/flows.hpp"
#include "models/hiring.hpp"
#include "models/parameters.hpp"
#include "models/post_fates.hpp"
#include "models/recovery.hpp"
#include "models/rings.hpp"
#include "models/tables.hpp"
#include "models/targeted_doses.hpp"
#include "models/world.hpp"
#include "sim/error.hpp"
#include "sim/math.hpp"
#include "sim/rows_with.hpp"
#include "sim/thinning.hpp"

namespace models {
namespace {

/// One month of separations.
class Separations {
public:
    explicit Separations(World& world)
        : world_(world),
          t_(world.tables->separations),
          p_(separations_in(*world.parameters, world.month)),
          rings_(world.persons.size()),
          pension_(pension_age_months(world.tables->demography, world.month)),
          reaching_(births_that_reach_pension(world.tables->demography, world.month)),
          support_(world.month <= support_end),
          retention_(world, PersonalLever::retention_effect) {}

    void run() {
        weigh_posts();
        weigh_the_idle();
        const std::vector<Row> ending = world_.contract_ends.take(world_.month);
        world_.births.update(world_.persons);
        const auto& births = world_.births;
        sim::for_each_block(world_.persons.size(), [&](sim::Block block) {
            std::vector<Renewal> renewals;
            end_contracts(block, ending, renewals);
            const int oldest = births.oldest(block.number, world_.month), youngest = births.youngest(block.number, world_.month);
            if (oldest >= first_age_at_work * 12 && youngest <= last_age_at_work * 12) {
                thinned_causes(block, oldest / 12, youngest / 12);
                walked_causes(block);
                reach_pension_age(block, oldest, youngest);
            }
            rings_.first_in_block(block.number, [&](const Rings::Ring& ring) { act(ring); });
            // A contract goes on only for who is still there at the end of its last month.
            for (const Renewal& renewal : renewals)
                if (!world_.moved(renewal.row)) world_.renew_contract(renewal.row, renewal.contract, renewal.ends);
        });
        world_.settle();
    }

private:
    struct Renewal {
        Row row;
        Contract contract;
        StoredMonth ends;
    };

    /// The hazards of one age by what else they depend on.
    template <std::size_t values>
    struct HazardsOf {
        explicit HazardsOf(const std::array<double, values>& by) : hazard(by), highest(*std::max_element(by.begin(), by.end())) {}
        std::array<double, values> hazard;
        double highest;
    };

    [[nodiscard]] EmployeeState employee(Row row) const {
        const Person& p = world_.persons.record[row];
        EmployeeState s;
        s.age = world_.age(row);
        s.tenure = months_since(p.since, world_.month);
        s.flexible = p.contract == Contract::temporary;
        s.learner = p.contract == Contract::bbl;
        s.sex = p.sex;
        s.hours = p.hours;
        s.support = support_;
        return s;
    }

    /// Causes with small hazards skip over rows. A cause that does not apply has hazard 0.
    void thinned_causes(sim::Block block, int oldest, int youngest) {
        const SeparationBounds bound = separation_bounds(t_, {}, youngest, oldest, pension_), top = separation_bounds(t_, p_, youngest, oldest, pension_);
        auto& persons = world_.persons;
        const auto age = [&](Row row) { return world_.age(row); };
        std::uint8_t anybody = 0;  // a stream that would find nobody at risk is not read
        for (Row row = block.begin; row < block.end; ++row) anybody |= persons.risk[row];
        const auto stream = [&](const sim::ProcessInfo& info, int mask, double usual, double highest, auto&& hazard) {
            if ((anybody & mask) == 0) return;
            constexpr double room = 1.000001;  // for rounding between a bound and a hazard that are the same in exact arithmetic
            sim::thin_block(
                world_.random, info.key, world_.month, block, persons.risk.data(), static_cast<std::uint8_t>(mask), std::min(1.0, usual * room),
                std::min(1.0, std::max(usual, highest) * room),
                [&](const sim::Candidate& c) {
                    if (world_.moved(c.row())) return;
                    const double p = hazard(c.row());
                    if (p > 0 && c.accepts(p)) rings_.add(c.row(), info.key, p, c.draw());
                },
                [&](Row row) {
                    __builtin_prefetch(&persons.record[row]);
                    __builtin_prefetch(&persons.birth[row]);
                });
        };
        stream(quit_info, risk::employee, bound.quit, top.quit, [&](Row row) { return quit_probability(t_, p_, employee(row)).value(); });
        stream(layoff_info, risk::employee, bound.layoff, top.layoff, [&](Row row) { return layoff_probability(t_, p_, employee(row)).value(); });
        stream(disability_info, risk::employee, bound.disability, top.disability,
               [&](Row row) { return disability_probability(t_, p_, employee(row)).value(); });
        stream(to_self_employment_info, risk::employee, bound.to_self_employment, top.to_self_employment, [&](Row row) {
            if (!world_.resident(row) || persons.record[row].contract == Contract::bbl) return 0.0;
            return to_self_employment_probability(p_, age(row)).value();
        });
        if (youngest < last_age_to_study)
            stream(to_study_info, risk::employee, bound.to_study, top.to_study, [&](Row row) {
                const Person& p = persons.record[row];
                if (!world_.resident(row) || p.contract == Contract::bbl || p.education == Education::wo) return 0.0;
                return to_study_probability(p_, age(row)).value();
            });
        stream(leave_technical_info, risk::technical, bound.leave_technical, top.leave_technical, [&](Row row) {
            const Person& p = persons.record[row];
            if (p.status != LabourStatus::employed || p.contract == Contract::bbl || persons.post[row] == no_post) return 0.0;
            EmployeeState s = employee(row);
            s.wage_gap = sim::logarithm(std::max(0.1, static_cast<double>(world_.employer_of(persons.post[row]).wage_level)));
            const auto& here = world_.parameters_in(persons.region[row]).separations;
            if (!retention_.differs() || !world_.resident(row)) return leave_technical_probability(t_, here, s).value();
            SeparationParameters own = here;
            own.retention_effect = retention_.of(row);
            return leave_technical_probability(t_, own, s).value();
        });
        if (oldest >= first_retirement_age)
            stream(retirement_info, risk::employee | risk::self_employed, bound.retirement, top.retirement, [&](Row row) {
                return retirement_probability(t_, p_, world_.age_in_months(row), pension_, (persons.risk[row] & risk::self_employed) != 0).value();
            });
        stream(business_end_info, risk::self_employed, bound.business_end, top.business_end, [&](Row) { return p_.business_end; });
        // Students are young: blocks without young people are skipped.
        if (youngest < last_student_age)
            stream(side_job_end_info, risk::student, bound.side_job_end, top.side_job_end,
                   [&](Row row) { return persons.post[row] == no_post || age(row) >= last_student_age ? 0.0 : p_.side_job_end; });
        stream(business_start_info, risk::unemployed | risk::inactive, bound.business_start, top.business_start, [&](Row row) {
            const Person& p = persons.record[row];
            if (in_programme(p, world_.month) || world_.age_in_months(row) >= pension_) return 0.0;
            return business_start_probability(p_, age(row), p.status == LabourStatus::unemployed).value();
        });
    }

    /// Causes with large hazards in small groups: everybody in them draws at an address of its own, so the order of the walk means nothing.
    /// Rows are gathered without branches, and draws made many at once.
    void walked_causes(sim::Block block) {
        staff_of_troubled_posts(block);
        idle(block);
    }

    /// Calls visit(row, draw) for the rows, each with its draw at (process, person, month).
    template <class Visit>
    void with_draws(const sim::ProcessInfo& info, std::span<const Row> rows, Visit&& visit) const {
        std::array<sim::Draw, 128> draws;
        for (std::size_t at = 0; at < rows.size(); at += draws.size()) {
            const auto some = rows.subspan(at, std::min(draws.size(), rows.size() - at));
            world_.random.draws(info.key, some, world_.month, 0, std::span(draws).first(some.size()));
            for (std::size_t i = 0; i < some.size(); ++i) visit(some[i], draws[i]);
        }
    }

    void staff_of_troubled_posts(sim::Block block) {
        if (fates_.empty()) return;
        const auto& persons = world_.persons;
        sim::BlockRows rows;
        std::size_t count = 0;
        for (Row row = block.begin; row < block.end; ++row) {
            rows[count] = row;
            count += fates_.may_have(persons.post[row]);
        }
        std::size_t excess = 0;
        for (std::size_t i = 0; i < count; ++i) {
            const Row row = rows[i];
            const std::uint8_t bits = persons.risk[row];
            if (fates_.has(persons.post[row]) == 0 || (bits & (risk::employee | risk::student)) == 0) continue;
            __builtin_prefetch(&persons.record[row]);
            if (fates_.of(persons.post[row]) == closing)
                rings_.add_at(row, closure_info.key, 1.0, world_.random.draw({closure_info.key, sim::person(row), world_.month}));
            else if ((bits & risk::employee) != 0 && !world_.moved(row))
                rows[excess++] = row;
        }
        with_draws(excess_layoff_info, std::span(rows).first(excess), [&](Row row, const sim::Draw& draw) {
            const double fate = fates_.of(persons.post[row]);
            if (draw.uniform() < fate) rings_.add(row, excess_layoff_info.key, fate, draw);
        });
    }

    void idle(sim::Block block) {
        const auto& persons = world_.persons;
        constexpr std::uint8_t mask = risk::unemployed | risk::inactive | risk::employee | risk::student;
        sim::BlockRows unemployed, inactive;
        const std::size_t count_unemployed = sim::rows_with(persons.risk.data(), block, mask, risk::unemployed, unemployed);
        const std::size_t count_inactive = sim::rows_with(persons.risk.data(), block, mask, risk::inactive, inactive);
        /// Most draws are above every hazard of the age, and then nothing else need be read of the person. The records of the others are asked of the memory
        /// together.
        const auto decide = [&](const sim::ProcessInfo& info, std::span<const Row> rows, auto&& highest_of, auto&& hazard_of) {
            constexpr std::size_t together = 256;
            std::array<sim::Draw, together> draws;
            std::array<std::uint8_t, together> chosen;
            for (std::size_t at = 0; at < rows.size(); at += together) {
                const auto some = rows.subspan(at, std::min(together, rows.size() - at));
                world_.random.draws(info.key, some, world_.month, 0, std::span(draws).first(some.size()));
                std::size_t count = 0;
                for (std::size_t i = 0; i < some.size(); ++i) {
                    chosen[count] = static_cast<std::uint8_t>(i);
                    count += draws[i].uniform() < highest_of(some[i]);
                }
                for (std::size_t k = 0; k < count; ++k) __builtin_prefetch(&persons.record[some[chosen[k]]]);
                for (std::size_t k = 0; k < count; ++k) {
                    const Row row = some[chosen[k]];
                    const sim::Draw& draw = draws[chosen[k]];
                    if (world_.moved(row)) continue;
                    const Person& p = persons.record[row];
                    const double hazard = hazard_of(row, p);
                    if (draw.uniform() < hazard && !in_programme(p, world_.month)) rings_.add(row, info.key, hazard, draw);
                }
            }
        };
        const auto given_up = [&](Row row) -> const auto& { return give_up_[world_.age(row) >= first_age_given_up]; };
        decide(
            give_up_info, std::span(unemployed).first(count_unemployed), [&](Row row) { return given_up(row).highest; },
            [&](Row row, const Person& p) { return given_up(row).hazard[months_since(p.since, world_.month) >= months_of_hope]; });
        const auto looking = [&](Row row) -> const auto& { return start_looking_[persons.region[row] * search_ages + search_age_of(world_.age(row))]; };
        decide(
            start_looking_info, std::span(inactive).first(count_inactive), [&](Row row) { return looking(row).highest; },
            [&](Row row, const Person& p) { return world_.age_in_months(row) >= pension_ ? 0.0 : looking(row).hazard[std::min<std::size_t>(p.distance, 2)]; });
    }

    /// Hazards of who is out of work have few values: once a month by what they depend on.
    void weigh_the_idle() {
        for (const int age : {0, first_age_given_up})
            give_up_.push_back(HazardsOf<2>({give_up_probability(t_, p_, age, 0).value(), give_up_probability(t_, p_, age, months_of_hope).value()}));
        for (const double tightness : regional_tightness())
            for (const int age : first_search_ages) {
                const auto at = [&](int distance) { return start_looking_probability(t_, p_, age, distance, looking_pull(p_, tightness)).value(); };
                start_looking_.push_back(HazardsOf<3>({at(0), at(1), at(2)}));
            }
    }

    /// What this month does to the staff of each post: nothing, a lay-off with some probability, or the closure of the employer.
    void weigh_posts() {
        const auto& employers = world_.employers;
        const DesiredStaff desired(world_, world_.month);
        constexpr std::size_t chunk = 4096;
        std::vector<std::vector<PostFates::Fate>> fates((employers.size() + chunk - 1) / chunk);
        sim::for_each_task(fates.size(), [&](std::size_t task) {
            for (std::size_t e = task * chunk; e < std::min(employers.size(), (task + 1) * chunk); ++e) {
                const Employer& employer = employers.employer[e];
                if (!employer.open() && employer.closed != stored(world_.month)) continue;
                const double factor = desired.factor(employer);
                for (PostNumber post = employer.first_post; post < employer.first_post + employer.posts; ++post) {
                    const Post& jobs = employers.post[post];
                    if (!employer.open()) {
                        fates[task].push_back({post, closing});
                    } else if (jobs.staff > 1) {
                        const double layoff = excess_layoff_probability(p_, jobs.staff, desired.of(factor, employer, jobs), support_).value();
                        if (layoff > 0) fates[task].push_back({post, static_cast<float>(layoff)});
                    }
                }
            }
        });
        fates_ = PostFates(employers.post.size(), fates);
    }

    [[nodiscard]] std::vector<double> regional_tightness() const {
        std::vector<double> mean;
        for (std::size_t r = 0; r < static_cast<std::size_t>(world_.regions); ++r) mean.push_back(mean_tightness(world_.market, r));
        return mean;
    }

    /// Everybody who reaches the state pension age this month, or 75 at work.
    void reach_pension_age(sim::Block block, int oldest, int youngest) {
        const int month = world_.month.number();
        const auto [first, last] = reaching_;  // months of birth
        const int final_birth = month - last_age_at_work * 12;
        const bool pension = first <= last && oldest >= pension_ && youngest <= month - first;
        const bool final_age = oldest >= last_age_at_work * 12 && youngest <= last_age_at_work * 12;
        if (!pension && !final_age) return;
        for (Row row = block.begin; row < block.end; ++row) {
            const int birth = world_.persons.birth[row];
            if (birth >= first && birth <= last) pension_age_of(row, false);
            if (birth == final_birth) pension_age_of(row, true);
        }
    }

    void pension_age_of(Row row, bool final_age) {
        const std::uint8_t bits = world_.persons.risk[row];
        if (world_.moved(row) || (bits & (risk::employee | risk::self_employed | risk::unemployed | risk::inactive)) == 0) return;
        const sim::Draw draw = world_.random.draw({retirement_info.key, sim::person(row), world_.month, final_age ? 2U : 1U});
        const double stays = final_age ? 0.0 : (bits & risk::employee) != 0 ? p_.work_on : (bits & risk::self_employed) != 0 ? p_.work_on_self_employed : 0.0;
        if (draw.uniform(0) < stays) return;
        rings_.add_at(row, retirement_info.key, draw.uniform(1), draw);
    }

    /// Contracts of the block whose last month this is: prolonged, made permanent, or at an end. `ending`: candidates of all blocks, sorted.
    void end_contracts(sim::Block block, const std::vector<Row>& ending, std::vector<Renewal>& renewals) {
        const auto first = std::lower_bound(ending.begin(), ending.end(), block.begin);
        const auto last = std::lower_bound(first, ending.end(), block.end);
        if (first == last) return;
        renewals.reserve(static_cast<std::size_t>(last - first));
        const std::span<const Row> rows(&*first, static_cast<std::size_t>(last - first));
        for (const Row row : rows) {
            __builtin_prefetch(&world_.persons.record[row]);
            __builtin_prefetch(&world_.persons.post[row]);
            __builtin_prefetch(&world_.persons.mark[row]);
        }
        with_draws(contract_end_info, rows, [&](Row row, const sim::Draw& draw) {
            const Person& p = world_.persons.record[row];
            if (p.ends != stored(world_.month) || world_.persons.post[row] == no_post || world_.moved(row)) return;
            if (p.contract == Contract::bbl) {
                // A learner's contract lasts as long as the path; schooling ends it with the diploma.
                if (p.track == Track::mbo_bbl) {
                    renewals.push_back({row, Contract::bbl, stored(world_.month + 12)});
                    return;
                }
            } else {
                const auto months = shortest_renewal + static_cast<int>(draw.uniform(2) * (longest_renewal - shortest_renewal + 1));
                const ContractEnd next = contract_end(p_, draw.uniform(0));
                if (next == ContractEnd::permanent && p.contract == Contract::temporary) {
                    renewals.push_back({row, Contract::permanent, 0});
                    return;
                }
                if (next != ContractEnd::ends) {
                    renewals.push_back({row, p.contract, stored(world_.month + months)});
                    return;
                }
            }
            rings_.add_at(row, contract_end_info.key, 1.0, draw);
        });
    }

    /// Carries out the first ring of a person.
    void act(const Rings::Ring& ring) {
        const Row row = ring.row;
        auto& persons = world_.persons;
        const bool outsider = !world_.resident(row);
        const bool learns = persons.record[row].track != Track::none;
        const bool student = persons.record[row].status == LabourStatus::student;
        const bool old = world_.age_in_months(row) >= pension_;
        /// Leaves work with a chance of unemployment; word 2 decides that, word 3 how far from the labour market the others are.
        const auto leave = [&](Cause cause, double to_unemployment) {
            if (outsider) return world_.leave_work(row, cause, LabourStatus::outside);
            if (student) return world_.leave_work(row, cause, LabourStatus::student);
            // Who still learns goes on learning: a BBL learner looks for another place; who was hired ahead of the diploma has yet to get it.
            if (learns) return world_.leave_work(row, cause, LabourStatus::student);
            if (old) return world_.leave_work(row, cause, LabourStatus::retired);
            const bool unemployed = ring.draw.uniform(2) < to_unemployment;
            world_.leave_work(row, cause, unemployed ? LabourStatus::unemployed : LabourStatus::inactive);
            if (!unemployed) set_distance(row, ring.draw.uniform(3), cause == Cause::disability);
        };
        const sim::ProcessKey key = ring.key;
        if (key == quit_info.key) return leave(Cause::quit, p_.quit_to_unemployment);
        if (key == layoff_info.key || key == excess_layoff_info.key) return leave(Cause::layoff, p_.layoff_to_unemployment);
        if (key == closure_info.key) return leave(Cause::closure, p_.layoff_to_unemployment);
        if (key == contract_end_info.key) return leave(Cause::contract_end, p_.contract_end_to_unemployment);
        if (key == disability_info.key) return leave(Cause::disability, 0.0);
        if (key == leave_technical_info.key) return leave(Cause::quit, 1.0);
        if (key == side_job_end_info.key) return leave(Cause::quit, 0.0);
        if (key == to_self_employment_info.key) return start_business(row, persons.record[row].occupation);
        if (key == to_study_info.key) return study(row, ring.draw.uniform(2));
        if (key == business_start_info.key) return start_business(row, persons.record[row].previous);
        if (key == business_end_info.key) return leave(Cause::quit, p_.business_end_to_unemployment);
        if (key == give_up_info.key) {
            world_.change_status(row, LabourStatus::inactive);
            return set_distance(row, ring.draw.uniform(3), false);
        }
        if (key == start_looking_info.key) return world_.change_status(row, LabourStatus::unemployed);
        if (key == retirement_info.key) {
            // Who worked on draws a pension already, and is not counted again: retirements are those of published figures, from wages to a pension.
            const Cause cause = world_.age_in_months(row) > pension_ ? Cause::quit : Cause::retirement;
            if (outsider) return world_.leave_work(row, cause, LabourStatus::outside);
            if (learns) {  // an adult on the work-based path gives it up
                Person& p = world_.touch(row);
                p.track = Track::none;
                p.study_start = 0;
            }
            if (at_work(persons.record[row])) return world_.leave_work(row, cause, LabourStatus::retired);
            return world_.change_status(row, LabourStatus::retired);
        }
        throw sim::Bug("a separation without a cause");
    }

    void set_distance(Row row, double u, bool far) { world_.touch(row).distance = far || u >= 0.7 ? 2 : u >= 0.3 ? 1 : 0; }

    /// In one's occupation, or in one that one's field leads to.
    void start_business(Row row, Occupation occupation) {
        Person& p = world_.touch(row);
        if (occupation == no_occupation)
            occupation = p.field == Field::technical ? Occupation{2} : p.field == Field::ict ? first_ict_occupation : Occupation{18};
        const std::uint16_t wage = p.wage;
        if (p.status == LabourStatus::employed)
            world_.leave_work(row, Cause::to_self_employment, LabourStatus::self_employed);
        else
            world_.change_status(row, LabourStatus::self_employed);
        p.contract = Contract::self_employed;
        p.occupation = occupation;
        p.hours = p.sex == Sex::women ? 26 : 36;
        p.wage = wage;
        world_.refresh(row);
    }

    /// Full-time education at the next level; schooling finds the school.
    void study(Row row, double u) {
        world_.leave_work(row, Cause::to_study, LabourStatus::student);
        Person& p = world_.touch(row);
        p.track = p.education == Education::low                                                      ? Track::mbo_bol
                  : p.education == Education::hbo || (p.education == Education::havo_vwo && u < 0.3) ? Track::wo
                                                                                                     : Track::hbo;
        p.study_field = p.field;
        p.study_start = static_cast<std::uint8_t>(std::max(1, world_.month.year() - (world_.month.month_of_year() < 8 ? 1 : 0) - 1990));
        std::vector<std::uint16_t> near;
        for (std::size_t s = 0; s < world_.schools.school.size(); ++s)
            if (world_.schools.school[s].region == world_.persons.region[row] && world_.schools.school[s].track == p.track)
                near.push_back(static_cast<std::uint16_t>(s));
        p.school = near.empty() ? std::uint16_t{0xFFFF} : near[static_cast<std::size_t>(u * static_cast<double>(near.size()))];
    }

    World& world_;
    const SeparationTables& t_;
    const SeparationParameters p_;  ///< of this month
    Rings rings_;
    int pension_;
    BirthMonths reaching_;  ///< who reach the state pension age this month
    bool support_;
    LeverOfPersons retention_;
    static constexpr float closing = 2.0F;
    PostFates fates_;                          ///< see weigh_posts
    std::vector<HazardsOf<2>> give_up_;        ///< by age from 60 on; duration from three months on
    std::vector<HazardsOf<3>> start_looking_;  ///< by region and class of age; distance
};

}  // namespace

void step_separations(World& world, sim::Month) { Separations(world).run(); }

}  // namespace models
