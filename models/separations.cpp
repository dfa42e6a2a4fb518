#include "models/separations.hpp"

#include <algorithm>
#include <cmath>

#include "models/demand.hpp"
#include "models/parameters.hpp"
#include "models/rings.hpp"
#include "models/tables.hpp"
#include "models/world.hpp"
#include "sim/error.hpp"
#include "sim/math.hpp"
#include "sim/thinning.hpp"

namespace models {
namespace {

/// Ages at which hazards change, and the factors between them.
double quit_age_factor(int age) { return age < 25 ? 1.5 : age < 55 ? 1.0 : 0.6; }
double disability_age_factor(int age) { return age < 35 ? 0.3 : age < 50 ? 0.8 : age < 60 ? 1.6 : 2.2; }
double business_age_factor(int age) { return age < 25 ? 0.6 : age < 45 ? 1.3 : age < 60 ? 0.8 : 0.4; }
constexpr double highest_age_quit = 1.5, highest_age_disability = 2.2, highest_age_business = 1.3;
/// Of the permanently employed a quarter has under two years of tenure; the factors of short and long tenure have mean 1 over both.
constexpr double short_tenure_share = 0.25;
constexpr int short_tenure_months = 24;
double tenure_factor(double of_short, int tenure) {
    return tenure < short_tenure_months ? of_short : std::max(0.0, (1 - short_tenure_share * of_short) / (1 - short_tenure_share));
}
/// Parts of what flexible employees leave for that are no contract end.
constexpr double flexible_quit_part = 0.18, flexible_layoff_part = 0.12;
constexpr std::array<double, 3> distance_factor{3.6, 1.6, 0.25};
constexpr double highest_tightness_factor = 1.5;
constexpr double old_give_up = 1.4;
constexpr int first_age_given_up = 60;  ///< years; from then on the unemployed give up sooner
constexpr int months_of_hope = 3;       ///< months of unemployment before giving up is usual
constexpr int first_old_age = 55;       ///< years; from then on the inactive look less for work
/// Leaving technical work is faster in the first two years of a job; the response to pay is kept within a factor of three.
constexpr double highest_tenure_technical = 1.6, highest_wage_technical = 3.0;
constexpr int first_retirement_age = 50;  ///< years
constexpr int first_working_age = 13;     ///< years; blocks of younger people have nobody at work
constexpr int last_age_to_study = 35;     ///< years
constexpr int last_student_age = 45;      ///< years; nobody older has a side job as a student
constexpr int last_working_age = 75;      ///< years; nobody works at 75

double capped(double p) { return std::clamp(p, 0.0, 0.95); }

using Matrix = Transitions;
Matrix product(const Matrix& a, const Matrix& b) {
    Matrix c{};
    for (std::size_t i = 0; i < 3; ++i)
        for (std::size_t j = 0; j < 3; ++j)
            for (std::size_t k = 0; k < 3; ++k) c[i][j] += a[i][k] * b[k][j];
    return c;
}
Matrix inverse(const Matrix& m) {
    Matrix r{};
    double determinant = 0;
    for (std::size_t i = 0; i < 3; ++i) {
        determinant += m[0][i] * (m[1][(i + 1) % 3] * m[2][(i + 2) % 3] - m[1][(i + 2) % 3] * m[2][(i + 1) % 3]);
        for (std::size_t j = 0; j < 3; ++j)
            r[i][j] = m[(j + 1) % 3][(i + 1) % 3] * m[(j + 2) % 3][(i + 2) % 3] - m[(j + 1) % 3][(i + 2) % 3] * m[(j + 2) % 3][(i + 1) % 3];
    }
    for (auto& row : r)
        for (auto& x : row) x /= determinant;
    return r;
}

/// One month of separations.
class Separations {
public:
    explicit Separations(World& world)
        : world_(world),
          t_(world.tables->separations),
          p_(world.parameters->separations),
          rings_(world.persons.size()),
          pension_(pension_age_months(world.tables->demography, world.month)),
          support_(world.month <= support_end) {}

    void run() {
        weigh_posts();
        weigh_the_idle();
        const std::vector<Row> ending = world_.contract_ends.take(world_.month);
        const SeparationBounds bound = separation_bounds(t_, {}), top = separation_bounds(t_, p_);
        world_.births.update(world_.persons);
        const auto& births = world_.births;
        sim::for_each_block(world_.persons.size(), [&](sim::Block block) {
            std::vector<Renewal> renewals;
            end_contracts(block, ending, renewals);
            const int oldest = births.oldest(block.number, world_.month), youngest = births.youngest(block.number, world_.month);
            if (oldest >= first_working_age * 12 && youngest <= last_working_age * 12) {
                thinned_causes(block, bound, top, oldest, youngest);
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
    void thinned_causes(sim::Block block, const SeparationBounds& bound, const SeparationBounds& top, int oldest, int youngest) {
        auto& persons = world_.persons;
        const auto age = [&](Row row) { return world_.age(row); };
        const auto stream = [&](const sim::ProcessInfo& info, int mask, double usual, double highest, auto&& hazard) {
            constexpr double room = 1.000001;  // for rounding between a bound and a hazard that are the same in exact arithmetic
            sim::thin_block(
                world_.random, info.key, world_.month, block, persons.risk.data(), static_cast<std::uint8_t>(mask), std::min(1.0, usual * room),
                std::min(1.0, std::max(usual, highest) * room),
                [&](const sim::Candidate& c) {
                    if (world_.moved(c.row())) return;
                    const double p = hazard(c.row());
                    if (p > 0 && c.accepts(p)) rings_.add(c.row(), info.key, p, c.draw());
                },
                [&](Row row) { __builtin_prefetch(&persons.record[row]); });
        };
        stream(quit_info, risk::employee, bound.quit, top.quit, [&](Row row) { return quit_probability(t_, p_, employee(row)).value(); });
        stream(layoff_info, risk::employee, bound.layoff, top.layoff, [&](Row row) { return layoff_probability(t_, p_, employee(row)).value(); });
        stream(disability_info, risk::employee, bound.disability, top.disability,
               [&](Row row) { return disability_probability(t_, p_, employee(row)).value(); });
        stream(to_self_employment_info, risk::employee, bound.to_self_employment, top.to_self_employment, [&](Row row) {
            if (!world_.resident(row) || persons.record[row].contract == Contract::bbl) return 0.0;
            return to_self_employment_probability(p_, age(row)).value();
        });
        if (youngest < last_age_to_study * 12)
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
            return leave_technical_probability(t_, p_, s).value();
        });
        if (oldest >= first_retirement_age * 12)
            stream(retirement_info, risk::employee | risk::self_employed, bound.retirement, top.retirement, [&](Row row) {
                return retirement_probability(t_, p_, world_.age_in_months(row), pension_, (persons.risk[row] & risk::self_employed) != 0).value();
            });
        stream(business_end_info, risk::self_employed, bound.business_end, top.business_end, [&](Row) { return p_.business_end; });
        // Students are young: blocks without young people are skipped.
        if (youngest < last_student_age * 12)
            stream(side_job_end_info, risk::student, bound.side_job_end, top.side_job_end,
                   [&](Row row) { return persons.post[row] == no_post || age(row) >= last_student_age ? 0.0 : p_.side_job_end; });
        stream(business_start_info, risk::unemployed | risk::inactive, bound.business_start, top.business_start, [&](Row row) {
            const Person& p = persons.record[row];
            if (in_programme(p) || world_.age_in_months(row) >= pension_ || age(row) < 18) return 0.0;
            return business_age_factor(age(row)) * (p.status == LabourStatus::unemployed ? p_.business_start : p_.business_start_inactive);
        });
    }

    /// Causes with large hazards in small groups: everybody in them draws at an address of its own, so the order of the walk means nothing.
    void walked_causes(sim::Block block) {
        const auto& persons = world_.persons;
        const auto chance = [&](Row row, const sim::ProcessInfo& info, double p) {
            if (p <= 0) return;
            const sim::Draw draw = world_.random.draw({info.key, sim::person(row), world_.month});
            if (draw.uniform() < p) rings_.add(row, info.key, p, draw);
        };
        const auto posts = static_cast<PostNumber>(fate_.size());  // its bit is never set: nobody's post
        for (Row row = block.begin; row < block.end; ++row) {
            const PostNumber post = std::min(persons.post[row], posts);
            if ((troubled_[post / 64] >> (post % 64) & 1) == 0) continue;
            const std::uint8_t bits = persons.risk[row];
            if ((bits & (risk::employee | risk::student)) == 0) continue;
            const float fate = fate_[post];
            if (fate == closing)
                rings_.add_at(row, closure_info.key, 1.0, world_.random.draw({closure_info.key, sim::person(row), world_.month}));
            else if ((bits & risk::employee) != 0 && !world_.moved(row))
                chance(row, excess_layoff_info, fate);
        }
        // Who is out of work draws first: most draws are above every hazard of the group, and then the record need not be read.
        struct Chosen {
            Row row;
            sim::Draw draw;
        };
        std::vector<Chosen> unemployed, inactive;
        const auto choose = [&](std::vector<Chosen>& chosen, Row row, const sim::ProcessInfo& info, double highest) {
            const sim::Draw draw = world_.random.draw({info.key, sim::person(row), world_.month});
            if (draw.uniform() >= highest) return;
            __builtin_prefetch(&persons.record[row]);
            chosen.push_back({row, draw});
        };
        const auto give_up = [&](Row row) -> const auto& { return give_up_[world_.age(row) >= first_age_given_up]; };
        const auto start_looking = [&](Row row) -> const auto& {
            return start_looking_[persons.region[row] * std::size_t{2} + (world_.age(row) >= first_old_age)];
        };
        for (Row row = block.begin; row < block.end; ++row) {
            const std::uint8_t bits = persons.risk[row];
            if ((bits & (risk::unemployed | risk::inactive)) == 0 || (bits & (risk::employee | risk::student)) != 0 || world_.moved(row)) continue;
            if ((bits & risk::unemployed) != 0)
                choose(unemployed, row, give_up_info, std::max(give_up(row)[0], give_up(row)[1]));
            else if (world_.age_in_months(row) < pension_)
                choose(inactive, row, start_looking_info, start_looking(row)[0]);  // the highest: who is near looks most
        }
        for (const Chosen& c : unemployed) {
            const Person& p = persons.record[c.row];
            const double hazard = give_up(c.row)[months_since(p.since, world_.month) >= months_of_hope];
            if (c.draw.uniform() < hazard && !in_programme(p)) rings_.add(c.row, give_up_info.key, hazard, c.draw);
        }
        for (const Chosen& c : inactive) {
            const Person& p = persons.record[c.row];
            const double hazard = start_looking(c.row)[std::min<std::size_t>(p.distance, 2)];
            if (c.draw.uniform() < hazard && !in_programme(p)) rings_.add(c.row, start_looking_info.key, hazard, c.draw);
        }
    }

    /// Hazards of who is out of work have few values: once a month by what they depend on.
    void weigh_the_idle() {
        for (std::size_t old = 0; old < 2; ++old)
            for (std::size_t late = 0; late < 2; ++late)
                give_up_[old][late] = give_up_probability(t_, p_, old ? first_age_given_up : 0, late ? months_of_hope : 0).value();
        const std::vector<double> tightness = regional_tightness();
        for (const double tight : tightness)
            for (const int age : {0, first_old_age}) {
                auto& hazards = start_looking_.emplace_back();
                for (std::size_t distance = 0; distance < hazards.size(); ++distance)
                    hazards[distance] = start_looking_probability(t_, p_, age, static_cast<int>(distance), looking_pull(p_, tight)).value();
            }
    }

    /// What this month does to the staff of each post: nothing (0), a lay-off with some probability, or the closure of the employer.
    void weigh_posts() {
        const auto& employers = world_.employers;
        const DesiredStaff desired(world_, world_.month);
        fate_.assign(employers.post.size(), 0.0F);
        constexpr std::size_t chunk = 4096;
        sim::for_each_task((employers.size() + chunk - 1) / chunk, [&](std::size_t task) {
            for (std::size_t e = task * chunk; e < std::min(employers.size(), (task + 1) * chunk); ++e) {
                const Employer& employer = employers.employer[e];
                if (!employer.open() && employer.closed != stored(world_.month)) continue;
                const double factor = desired.factor(employer);
                for (PostNumber post = employer.first_post; post < employer.first_post + employer.posts; ++post) {
                    const Post& jobs = employers.post[post];
                    if (!employer.open())
                        fate_[post] = closing;
                    else if (jobs.staff > 1)
                        fate_[post] = static_cast<float>(excess_layoff_probability(p_, jobs.staff, desired.of(factor, employer, jobs), support_).value());
                }
            }
        });
        // One bit a post says whether anything happens to it: few enough to stay near the processor while all persons are asked.
        troubled_.assign(fate_.size() / 64 + 1, 0);
        for (std::size_t post = 0; post < fate_.size(); ++post) troubled_[post / 64] |= static_cast<std::uint64_t>(fate_[post] != 0) << (post % 64);
    }

    [[nodiscard]] bool in_programme(const Person& p) const { return p.programme_end >= stored(world_.month); }

    [[nodiscard]] std::vector<double> regional_tightness() const {
        std::vector<double> mean(static_cast<std::size_t>(world_.regions), 1.0);
        for (std::size_t r = 0; r < mean.size(); ++r) {
            if (world_.market.tightness.size() < (r + 1) * occupations) continue;
            double sum = 0;
            for (std::size_t o = 0; o < occupations; ++o) sum += world_.market.tightness[r * occupations + o];
            mean[r] = sum / occupations;
        }
        return mean;
    }

    /// Everybody who reaches the state pension age this month, or 75 at work. When the age rises, for some months nobody does.
    void reach_pension_age(sim::Block block, int oldest, int youngest) {
        const int month = world_.month.number();
        const int before = pension_age_months(world_.tables->demography, world_.month - 1);
        const int first = month - before, last = month - pension_;  // months of birth
        const int final_birth = month - last_working_age * 12;
        const bool pension = first <= last && oldest >= pension_ && youngest <= month - first;
        const bool final_age = oldest >= last_working_age * 12 && youngest <= last_working_age * 12;
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
        for (auto at = first; at != last; ++at) {
            if (last - at > fetched_ahead) __builtin_prefetch(&world_.persons.record[*(at + fetched_ahead)]);
            const Row row = *at;
            const Person& p = world_.persons.record[row];
            if (p.ends != stored(world_.month) || world_.persons.post[row] == no_post || world_.moved(row)) continue;
            const sim::Draw draw = world_.random.draw({contract_end_info.key, sim::person(row), world_.month});
            if (p.contract == Contract::bbl) {
                // A learner's contract lasts as long as the path; schooling ends it with the diploma.
                if (p.track == Track::mbo_bbl) {
                    renewals.push_back({row, Contract::bbl, stored(world_.month + 12)});
                    continue;
                }
            } else {
                const auto months = 6 + static_cast<int>(draw.uniform(2) * 7);
                const ContractEnd next = contract_end(p_, draw.uniform(0));
                if (next == ContractEnd::permanent && p.contract == Contract::temporary) {
                    renewals.push_back({row, Contract::permanent, 0});
                    continue;
                }
                if (next != ContractEnd::ends) {
                    renewals.push_back({row, p.contract, stored(world_.month + months)});
                    continue;
                }
            }
            rings_.add_at(row, contract_end_info.key, 1.0, draw);
        }
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
            if (outsider) return world_.leave_work(row, Cause::retirement, LabourStatus::outside);
            const bool works = persons.record[row].status == LabourStatus::employed || persons.record[row].status == LabourStatus::self_employed;
            if (works) return world_.leave_work(row, Cause::retirement, LabourStatus::retired);
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
    const SeparationParameters& p_;
    Rings rings_;
    int pension_;
    bool support_;
    static constexpr float closing = 2.0F;
    std::vector<float> fate_;                           ///< of each post, see weigh_posts
    std::vector<std::uint64_t> troubled_;               ///< bit of a post: its fate is not 0
    std::array<std::array<double, 2>, 2> give_up_{};    ///< by age from 60 on, duration from three months on
    std::vector<std::array<double, 3>> start_looking_;  ///< by region and age from 55 on; distance
    static constexpr std::ptrdiff_t fetched_ahead = 16;
};

}  // namespace

const ParameterTable<SeparationParameters>& separations_table() {
    using P = SeparationParameters;
    const auto factor = [](double sd) { return Prior{"lognormal(1, " + std::to_string(sd).substr(0, 4) + ")", std::exp(-1.645 * sd), std::exp(1.645 * sd)}; };
    static const ParameterTable<P> table{
        {"quit", &P::quit, "1", 0, 10, factor(0.15), Status::assumed, "", "factor on quits to unemployment or inactivity"},
        {"layoff", &P::layoff, "1", 0, 10, factor(0.15), Status::assumed, "", "factor on lay-offs that do not follow from excess staff"},
        {"quit_share", &P::quit_share, "1", 0, 1, {"beta(18, 22)", 0.324, 0.580}, Status::assumed, "", "share of quits in what permanent employees leave for"},
        {"layoff_share",
         &P::layoff_share,
         "1",
         0,
         1,
         {"beta(17, 23)", 0.300, 0.555},
         Status::assumed,
         "",
         "share of lay-offs in what permanent employees leave for; what quits and lay-offs leave is disability"},
        {"excess_speed",
         &P::excess_speed,
         "month-1",
         0,
         1,
         {"uniform(0.03, 0.15)", 0.036, 0.144},
         Status::assumed,
         "",
         "part of the staff above what is desired, less the tolerance, that is laid off in a month"},
        {"excess_tolerance",
         &P::excess_tolerance,
         "1",
         0,
         1,
         {"uniform(0, 0.1)", 0.005, 0.095},
         Status::assumed,
         "",
         "staff above what is desired that is kept, as a share of staff (at least one worker)"},
        {"support", &P::support, "1", 0, 1, {"beta(7, 13)", 0.188, 0.532}, Status::assumed, "", "cut of lay-offs while support schemes run (until March 2022)"},
        {"contract_renewal",
         &P::contract_renewal,
         "1",
         0,
         1,
         {"beta(18, 32)", 0.254, 0.473},
         Status::assumed,
         "",
         "share of ending temporary contracts that are prolonged"},
        {"contract_permanent",
         &P::contract_permanent,
         "1",
         0,
         1,
         {"beta(18, 32)", 0.254, 0.473},
         Status::assumed,
         "",
         "share of ending temporary contracts that become permanent"},
        {"short_tenure",
         &P::short_tenure,
         "1",
         0,
         4,
         {"uniform(1.2, 2.4)", 1.26, 2.34},
         Status::assumed,
         "",
         "factor on quits of permanent employees with under two years of tenure (after job-to-job moves, 8.5 against 2.8 percent a quarter)"},
        {"quit_to_unemployment",
         &P::quit_to_unemployment,
         "1",
         0,
         1,
         {"beta(7, 13)", 0.188, 0.532},
         Status::assumed,
         "",
         "share of quits that go to unemployment, the others to inactivity"},
        {"layoff_to_unemployment",
         &P::layoff_to_unemployment,
         "1",
         0,
         1,
         {"beta(17, 3)", 0.704, 0.953},
         Status::assumed,
         "",
         "share of lay-offs and closures that go to unemployment"},
        {"contract_end_to_unemployment",
         &P::contract_end_to_unemployment,
         "1",
         0,
         1,
         {"beta(14, 6)", 0.520, 0.848},
         Status::assumed,
         "",
         "share of ended contracts that go to unemployment"},
        {"to_self_employment",
         &P::to_self_employment,
         "month-1",
         0,
         0.2,
         {"lognormal(0.0015, 0.3)", 0.00092, 0.00246},
         Status::assumed,
         "",
         "monthly probability that an employee goes into business (mean over ages)"},
        {"to_study",
         &P::to_study,
         "month-1",
         0,
         0.2,
         {"lognormal(0.0003, 0.5)", 0.00013, 0.00068},
         Status::assumed,
         "",
         "monthly probability that an employee of 20 to 34 years goes back to full-time education"},
        {"early_retirement", &P::early_retirement, "1", 0, 5, factor(0.15), Status::assumed, "",
         "factor on the rates of retirement before the state pension age"},
        {"early_retirement_self_employed",
         &P::early_retirement_self_employed,
         "1",
         0,
         3,
         {"uniform(0.3, 0.7)", 0.32, 0.68},
         Status::assumed,
         "",
         "factor on these rates for the self-employed, who stop later"},
        {"work_on", &P::work_on, "1", 0, 1, {"beta(6, 34)", 0.068, 0.252}, Status::assumed, "", "share of employees who work on at the state pension age"},
        {"work_on_self_employed",
         &P::work_on_self_employed,
         "1",
         0,
         1,
         {"beta(10, 10)", 0.320, 0.680},
         Status::assumed,
         "",
         "share of the self-employed who work on at the state pension age"},
        {"work_on_end",
         &P::work_on_end,
         "month-1",
         0,
         0.5,
         {"uniform(0.02, 0.05)", 0.0215, 0.0485},
         Status::assumed,
         "",
         "monthly probability that who works on retires"},
        {"leave_technical_at_once",
         &P::leave_technical_at_once,
         "1",
         0,
         1,
         {"beta(5, 15)", 0.110, 0.420},
         Status::assumed,
         "",
         "part of the leaving of technical work that goes by quitting without a job elsewhere; the rest goes from job to job and is decided by search"},
        {"leave_technical_wage",
         &P::leave_technical_wage,
         "1",
         -5,
         0,
         {"normal(-1, 0.5)", -1.82, -0.18},
         Status::assumed,
         "",
         "elasticity of leaving technical work to the employer's relative wage"},
        {"leave_technical_part_time",
         &P::leave_technical_part_time,
         "1",
         0,
         4,
         {"uniform(1, 1.4)", 1.02, 1.38},
         Status::assumed,
         "",
         "factor on leaving technical work under 24 hours a week"},
        {"retention_effect", &P::retention_effect, "1", 0, 1, {"", 0, 0}, Status::assumed, "", "lever: relative fall of leaving technical work"},
        {"business_end",
         &P::business_end,
         "month-1",
         0,
         0.5,
         {"lognormal(0.006, 0.3)", 0.0037, 0.0098},
         Status::assumed,
         "",
         "monthly probability that a self-employed person stops without a job elsewhere"},
        {"business_end_to_unemployment",
         &P::business_end_to_unemployment,
         "1",
         0,
         1,
         {"beta(8, 12)", 0.230, 0.580},
         Status::assumed,
         "",
         "share of them that looks for work"},
        {"business_start",
         &P::business_start,
         "month-1",
         0,
         0.5,
         {"lognormal(0.006, 0.3)", 0.0037, 0.0098},
         Status::assumed,
         "",
         "monthly probability that an unemployed person goes into business (at 45 to 59 years; ages differ)"},
        {"business_start_inactive",
         &P::business_start_inactive,
         "month-1",
         0,
         0.5,
         {"lognormal(0.0015, 0.3)", 0.00092, 0.00246},
         Status::assumed,
         "",
         "the same for inactive persons"},
        {"side_job_end",
         &P::side_job_end,
         "month-1",
         0,
         0.5,
         {"uniform(0.025, 0.045)", 0.026, 0.044},
         Status::assumed,
         "",
         "monthly probability that a student's side job ends without another"},
        {"give_up", &P::give_up, "1", 0, 5, factor(0.15), Status::assumed, "", "factor on transitions from unemployment to inactivity"},
        {"give_up_early",
         &P::give_up_early,
         "1",
         0,
         3,
         {"uniform(0.6, 1)", 0.62, 0.98},
         Status::assumed,
         "",
         "factor on them in the first three months of unemployment (1.1 later)"},
        {"start_looking", &P::start_looking, "1", 0, 5, factor(0.15), Status::assumed, "", "factor on transitions from inactivity to unemployment"},
        {"looking_tightness",
         &P::looking_tightness,
         "1",
         0,
         1,
         {"uniform(0, 0.3)", 0.015, 0.285},
         Status::assumed,
         "",
         "elasticity of starting to look for work to the tightness of the region's market"},
    };
    return table;
}

Transitions monthly_root(const Transitions& three_months) {
    for (const auto& row : three_months)
        if (std::abs(row[0] + row[1] + row[2] - 1) > 1e-9) throw sim::InputError("a row of the transitions over three months does not sum to 1");
    // Newton's method for the cube root, from the identity: X <- (2 X + P X^-2) / 3. It commutes with P, so rows keep their sum.
    Matrix x{{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}};
    for (int step = 0; step < 60; ++step) {
        const Matrix back = inverse(product(x, x));
        const Matrix next = product(three_months, back);
        for (std::size_t i = 0; i < 3; ++i)
            for (std::size_t j = 0; j < 3; ++j) x[i][j] = (2 * x[i][j] + next[i][j]) / 3;
    }
    for (const auto& row : x)
        for (const double entry : row)
            if (!(entry >= 0)) throw sim::InputError("the transitions over three months have no monthly root without negative entries");
    return x;
}

std::array<double, 3> stationary(const Transitions& monthly) {
    std::array<double, 3> pi{1.0 / 3, 1.0 / 3, 1.0 / 3};
    Matrix power = monthly;
    for (int doubling = 0; doubling < 30; ++doubling) power = product(power, power);
    std::array<double, 3> result{};
    for (std::size_t j = 0; j < 3; ++j)
        for (std::size_t i = 0; i < 3; ++i) result[j] += pi[i] * power[i][j];
    return result;
}

sim::MonthlyProbability quit_probability(const SeparationTables& t, const SeparationParameters& p, const EmployeeState& s) {
    if (s.flexible) return sim::MonthlyProbability(capped(t.leave_flexible * flexible_quit_part * quit_age_factor(s.age) * p.quit));
    return sim::MonthlyProbability(capped(t.leave_permanent * p.quit_share * tenure_factor(p.short_tenure, s.tenure) * quit_age_factor(s.age) * p.quit));
}

sim::MonthlyProbability layoff_probability(const SeparationTables& t, const SeparationParameters& p, const EmployeeState& s) {
    const double base = s.flexible ? t.leave_flexible * flexible_layoff_part : t.leave_permanent * p.layoff_share;
    return sim::MonthlyProbability(capped(base * (s.support ? 1 - p.support : 1.0) * p.layoff));
}

sim::MonthlyProbability excess_layoff_probability(const SeparationParameters& p, double staff, double desired, bool support) {
    if (staff <= 0) return sim::MonthlyProbability(0);
    const double excess = staff - desired - std::max(1.0, p.excess_tolerance * staff);
    if (excess <= 0) return sim::MonthlyProbability(0);
    return sim::MonthlyProbability(capped(p.excess_speed * excess / staff * (support ? 1 - p.support : 1.0)));
}

sim::MonthlyProbability disability_probability(const SeparationTables& t, const SeparationParameters& p, const EmployeeState& s) {
    return sim::MonthlyProbability(capped(t.leave_permanent * std::max(0.0, 1 - p.quit_share - p.layoff_share) * disability_age_factor(s.age)));
}

sim::MonthlyProbability to_self_employment_probability(const SeparationParameters& p, int age) {
    return sim::MonthlyProbability(age < 18 ? 0.0 : capped(p.to_self_employment * business_age_factor(age)));
}

sim::MonthlyProbability to_study_probability(const SeparationParameters& p, int age) {
    return sim::MonthlyProbability(age < 20 || age >= last_age_to_study ? 0.0 : capped(p.to_study));
}

sim::MonthlyProbability retirement_probability(const SeparationTables& t, const SeparationParameters& p, int age_in_months, int pension_age,
                                               bool self_employed) {
    if (age_in_months >= pension_age) return sim::MonthlyProbability(capped(p.work_on_end));
    const auto age = static_cast<std::size_t>(std::clamp(age_in_months / 12, 0, last_working_age));
    return sim::MonthlyProbability(
        capped(1 - sim::exponential(-t.retirement[age] / 12 * p.early_retirement * (self_employed ? p.early_retirement_self_employed : 1.0))));
}

sim::MonthlyProbability leave_technical_probability(const SeparationTables& t, const SeparationParameters& p, const EmployeeState& s) {
    const double base = s.age < 45 ? t.leave_technical_young : t.leave_technical_old;
    const double women = s.sex == Sex::women ? t.women_leave_technical : 1.0;
    const double tenure = s.tenure < short_tenure_months ? highest_tenure_technical : 0.7;
    const double hours = s.hours < 24 ? p.leave_technical_part_time : 1.0;
    const double wage = std::clamp(sim::exponential(p.leave_technical_wage * s.wage_gap), 1 / highest_wage_technical, highest_wage_technical);
    return sim::MonthlyProbability(capped(base * women * tenure * hours * wage * p.leave_technical_at_once * (1 - p.retention_effect)));
}

sim::MonthlyProbability give_up_probability(const SeparationTables& t, const SeparationParameters& p, int age, int months_unemployed) {
    const double duration = months_unemployed < months_of_hope ? p.give_up_early : 1.1;
    return sim::MonthlyProbability(capped(t.give_up * duration * (age >= first_age_given_up ? old_give_up : 1.0) * p.give_up));
}

double looking_pull(const SeparationParameters& p, double tightness) {
    return std::min(highest_tightness_factor, sim::power(std::max(tightness, 0.01), p.looking_tightness));
}

sim::MonthlyProbability start_looking_probability(const SeparationTables& t, const SeparationParameters& p, int age, int distance, double pull) {
    const double near = distance_factor[static_cast<std::size_t>(std::clamp(distance, 0, 2))];
    return sim::MonthlyProbability(capped(t.start_looking * near * (age >= first_old_age ? 0.45 : 1.35) * pull * p.start_looking));
}

ContractEnd contract_end(const SeparationParameters& p, double u) {
    return u < p.contract_renewal ? ContractEnd::renewed : u < p.contract_renewal + p.contract_permanent ? ContractEnd::permanent : ContractEnd::ends;
}

SeparationBounds separation_bounds(const SeparationTables& t, const SeparationParameters& p) {
    SeparationBounds b{};
    const double tenure = std::max(tenure_factor(p.short_tenure, 0), tenure_factor(p.short_tenure, short_tenure_months));
    b.quit = capped(std::max(t.leave_flexible * flexible_quit_part, t.leave_permanent * p.quit_share * tenure) * highest_age_quit * p.quit);
    b.layoff = capped(std::max(t.leave_flexible * flexible_layoff_part, t.leave_permanent * p.layoff_share) * p.layoff);
    b.disability = capped(t.leave_permanent * std::max(0.0, 1 - p.quit_share - p.layoff_share) * highest_age_disability);
    b.to_self_employment = capped(p.to_self_employment * highest_age_business);
    b.to_study = capped(p.to_study);
    const double fastest = *std::max_element(t.retirement.begin(), t.retirement.end());
    b.retirement = capped(std::max(p.work_on_end, 1 - sim::exponential(-fastest / 12 * p.early_retirement * std::max(1.0, p.early_retirement_self_employed))));
    b.leave_technical = capped(std::max(t.leave_technical_young, t.leave_technical_old) * std::max(1.0, t.women_leave_technical) * highest_tenure_technical *
                               std::max(1.0, p.leave_technical_part_time) * highest_wage_technical * p.leave_technical_at_once);
    b.business_end = p.business_end;
    b.business_start = capped(std::max(p.business_start, p.business_start_inactive) * highest_age_business);
    b.side_job_end = p.side_job_end;
    return b;
}

void step_separations(World& world, sim::Month) { Separations(world).run(); }

}  // namespace models
