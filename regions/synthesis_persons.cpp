/// Residents: birth months, sex, what they do, education, field, hours, municipality.

#include <algorithm>
#include <cmath>
#include <numeric>

#include "models/parameters.hpp"
#include "models/progress.hpp"
#include "models/separations.hpp"
#include "models/study_stock.hpp"
#include "regions/durations.hpp"
#include "regions/ipf.hpp"
#include "regions/synthesis_parts.hpp"
#include "sim/math.hpp"
#include "sim/parallel.hpp"

namespace regions::synthesis {
namespace {

using models::Contract;
using models::Education;
using models::Field;
using models::index_of;
using models::LabourStatus;
using models::Person;
using models::Sex;
using models::Track;

/// School years since entry at twelve, in the school year 2020/21.
constexpr int school_cohort_of(std::size_t slot) { return age_of(slot) - 12 - static_cast<int>(slot % 2); }

double log_odds(double p) { return sim::logarithm(p / (1 - p)); }

/// Value at an age between values at the middle of the ten-year groups.
double between(const std::array<double, working_age_groups>& at, double age) {
    const double place = std::clamp((age + 0.5 - 20) / 10, 0.0, 5.0);
    const auto left = std::min<std::size_t>(static_cast<std::size_t>(place), 4);
    return at[left] + (place - static_cast<double>(left)) * (at[left + 1] - at[left]);
}

using Studies = std::vector<models::StudyShares>;  // of men and women
using Cohort = std::array<std::array<double, 2>, slots>;

/// Persons by slot and sex at 15-74.
Cohort cohorts(const std::array<std::array<double, age_groups_of_five>, 2>& groups) {
    Cohort cohort{};
    for (std::size_t s = 0; s < 2; ++s) {
        const auto months = persons_by_month(groups[s]);
        for (std::size_t a = 0; a < slots; ++a)
            for (std::size_t m = a % 2 == 0 ? late_months(age_of(a)) : 0; m < (a % 2 == 0 ? 12 : late_months(age_of(a))); ++m)
                cohort[a][s] += static_cast<double>(months[static_cast<std::size_t>(age_of(a)) * 12 + m]);
    }
    return cohort;
}

/// Shares of an age and sex in education and at work, at given shifts of log odds.
struct Rates {
    std::array<double, 5> track{};  ///< of student_tracks
    double bbl = 0;
    double side_job = 0;
    double worker = 0;  ///< employed of those who do not study (BBL included)
    [[nodiscard]] double students() const { return std::accumulate(track.begin(), track.end(), 0.0); }
    [[nodiscard]] double employed() const { return students() * side_job + (1 - students()) * worker; }
};

Rates rates_of(const StartTables& t, const Participation& participation, const Studies& studies, std::size_t a, std::size_t s, double shift) {
    const int age = age_of(a);
    Rates r;
    for (std::size_t k = 0; k < 5; ++k) r.track[k] = studies[s].in_track(school_cohort_of(a), student_tracks[k]);
    r.bbl = studies[s].in_track(school_cohort_of(a), Track::mbo_bbl) + t.adult_bbl.share(age, s);
    const double all = r.students() + r.bbl;
    if (all > 0.995) {
        for (auto& share : r.track) share *= 0.995 / all;
        r.bbl *= 0.995 / all;
    }
    const double odds = t.participation_sex_odds[age < 25 ? 0 : age < 45 ? 1 : 2] * (s == 0 ? 0.5 : -0.5);
    // Whoever may retire is left of those a little younger: of every level the same share, which a shift of log odds would make steeper.
    const std::size_t of_level = past_pension(a) ? a : std::min(a, last_before_retirement);
    r.worker = sim::logistic(log_odds(participation.at_work[of_level]) + odds + shift) * participation.at_work[a] / participation.at_work[of_level];
    r.worker = std::max(r.worker, std::min(0.95, r.bbl / (1 - r.students())));
    r.side_job = sim::logistic(log_odds(t.side_job[static_cast<std::size_t>(age)]) + shift);
    return r;
}

/// Shift of log odds of a slot, from those at the middle of the age groups. Up to the state pension age that of the group before it goes on, and from then on
/// there is that of the last group alone: whoever is about to reach it is at work as the rates of retirement leave them.
double shift_of(const std::array<double, working_age_groups>& shift, std::size_t slot) {
    if (past_pension(slot)) return shift.back();
    auto before = shift;
    before.back() = before[working_age_groups - 2];
    return between(before, age_of(slot));
}

/// Shifts of log odds at the middle of the age groups that give the national participation of each group.
std::array<double, working_age_groups> national_shifts(const StartTables& t, const Participation& participation, const Studies& studies) {
    const Cohort nation = cohorts(t.population);
    std::array<double, working_age_groups> shift{};
    for (int round = 0; round < 60; ++round) {
        std::array<double, working_age_groups> employed{};
        std::array<double, working_age_groups> all{};
        for (std::size_t a = 0; a < slots; ++a)
            for (std::size_t s = 0; s < 2; ++s) {
                const int age = age_of(a);
                const auto g = static_cast<std::size_t>(working_age_group_of(age));
                employed[g] += nation[a][s] * rates_of(t, participation, studies, a, s, shift_of(shift, a)).employed();
                all[g] += nation[a][s];
            }
        for (std::size_t g = 0; g < working_age_groups; ++g) shift[g] += 0.8 * (log_odds(t.participation[g]) - log_odds(employed[g] / all[g]));
    }
    return shift;
}

/// Odds of doing something by education, relative to the middle level: from participation and unemployment by education in 2022Q1
/// (0.54, 0.74 and about 0.80; 6.0, 3.4 and 2.5 %). Start values of the fit, in which the regional education shares decide.
constexpr std::array<std::array<double, 5>, 6> education_odds{{{1.0, 1.0, 0.5, 0.1, 0.04},      // BBL learners
                                                               {0.62, 1.0, 0.85, 1.12, 1.10},   // employees
                                                               {0.60, 1.0, 0.85, 1.15, 1.30},   // self-employed
                                                               {1.30, 1.0, 1.0, 0.80, 0.75},    // unemployed
                                                               {1.60, 0.9, 1.1, 0.60, 0.55},    // inactive
                                                               {1.15, 1.0, 1.0, 0.95, 0.85}}};  // retired
/// Highest level completed by those in each track: what the track asks for (low = vmbo or none yet).
constexpr std::array<std::array<double, 5>, 5> education_of_students{
    {{1, 0, 0, 0, 0}, {1, 0, 0, 0, 0}, {0.72, 0.22, 0.06, 0, 0}, {0, 0.32, 0.64, 0.04, 0}, {0, 0, 0.62, 0.34, 0.04}}};

/// Who is at work, for the table of hours.
struct AtWork {
    std::array<std::array<double, 2>, working_age_groups> others{};  ///< by age group and sex, without students under 25
    std::array<double, 2> students{};                                ///< with a job, under 25, by sex
    /// Persons of one age, sex and kind.
    void add(int age, std::size_t sex, int kind, std::int64_t persons) {
        if (kind < student_at_work || kind > self_employed) return;
        const bool small = kind < bbl && age < 25;
        (small ? students[sex] : others[static_cast<std::size_t>(working_age_group_of(age))][sex]) += static_cast<double>(persons);
    }
    void add(const AtWork& part) {
        for (std::size_t sex = 0; sex < 2; ++sex) {
            students[sex] += part.students[sex];
            for (std::size_t g = 0; g < working_age_groups; ++g) others[g][sex] += part.others[g][sex];
        }
    }
};

/// Hours classes by age group and sex such that both margins hold: those of all ages, and full-time work by sex through one log odds ratio.
struct HoursTable {
    double long_side_jobs = 0;                                                     ///< share of working students under 25 with 20 hours or more
    std::array<std::array<std::array<double, 4>, 2>, working_age_groups> share{};  ///< cumulative
};

HoursTable hours_table(const StartTables& t, const AtWork& at_work) {
    HoursTable table;
    std::array<double, working_age_groups> full_time{};
    std::array<std::array<double, 4>, working_age_groups> classes = t.hours;
    // Working students have the small jobs: as many of them as fit into the class under 20 hours, which leaves one in fifty of the class to others.
    const double students = at_work.students[0] + at_work.students[1];
    const double share = students / std::max(1.0, students + at_work.others[0][0] + at_work.others[0][1]);
    const double small = std::min(share, 0.98 * classes[0][0]);
    table.long_side_jobs = share > 0 ? (share - small) / share : 0;
    classes[0][0] -= small;
    classes[0][1] = std::max(0.01, classes[0][1] - (share - small));
    for (std::size_t g = 0; g < working_age_groups; ++g) {
        const double sum = std::accumulate(classes[g].begin(), classes[g].end(), 0.0);
        for (auto& c : classes[g]) c /= sum;
        full_time[g] = classes[g][3];
    }
    // Full-time share of a sex at a log odds ratio between the sexes, the share of both being that of the age.
    auto of_sex = [&](std::size_t g, std::size_t s, double gap) {
        const double men = at_work.others[g][0] / std::max(1.0, at_work.others[g][0] + at_work.others[g][1]);
        double low = -8;
        double high = 8;
        for (int k = 0; k < 50; ++k) {
            const double middle = (low + high) / 2;
            (men * sim::logistic(middle + gap / 2) + (1 - men) * sim::logistic(middle - gap / 2) < full_time[g] ? low : high) = middle;
        }
        return sim::logistic(low + (s == 0 ? gap / 2 : -gap / 2));
    };
    double all_men = at_work.students[0];
    for (const auto& g : at_work.others) all_men += g[0];
    double low = 0;
    double high = 5;
    for (int k = 0; k < 40; ++k) {
        const double gap = (low + high) / 2;
        double part_time = at_work.students[0];
        for (std::size_t g = 0; g < working_age_groups; ++g) part_time += at_work.others[g][0] * (1 - of_sex(g, 0, gap));
        (part_time > t.part_time[0] * all_men ? low : high) = gap;
    }
    for (std::size_t g = 0; g < working_age_groups; ++g)
        for (std::size_t s = 0; s < 2; ++s) {
            const double full = of_sex(g, s, low);
            double sum = 0;
            for (std::size_t c = 0; c < 3; ++c) table.share[g][s][c] = sum += (1 - full) * classes[g][c] / (1 - classes[g][3]);
            table.share[g][s][3] = 1;
        }
    return table;
}

/// Field and year of study of somebody in a track, from the expected stock.
class Courses {
public:
    Courses() = default;
    explicit Courses(const models::StudyShares& shares) : cumulative_(models::study_cohorts * models::tracks * cells) {
        for (int cohort = 0; cohort < models::study_cohorts; ++cohort)
            for (std::size_t k = 0; k < models::tracks; ++k) {
                double sum = 0;
                for (std::size_t c = 0; c < cells; ++c)
                    at(cohort, k)[c] = sum +=
                        shares.share(cohort, static_cast<Track>(k), static_cast<Field>(c / models::study_years), static_cast<int>(c % models::study_years));
            }
    }
    [[nodiscard]] models::Study pick(int cohort, Track track, double u) const {
        cohort = std::clamp(cohort, 0, models::study_cohorts - 1);
        const double* here = cumulative_.data() + index(cohort, index_of(track));
        const double wanted = u * here[cells - 1];
        const auto c = std::min<std::size_t>(static_cast<std::size_t>(std::upper_bound(here, here + cells, wanted) - here), cells - 1);
        return here[cells - 1] > 0 ? models::Study{track, static_cast<Field>(c / models::study_years), static_cast<int>(c % models::study_years)}
                                   : models::Study{track, Field::other, 0};
    }

private:
    static constexpr std::size_t cells = 3 * models::study_years;
    [[nodiscard]] static std::size_t index(int cohort, std::size_t track) { return (static_cast<std::size_t>(cohort) * models::tracks + track) * cells; }
    double* at(int cohort, std::size_t track) { return cumulative_.data() + index(cohort, track); }
    std::vector<double> cumulative_;
};

/// A task: the persons of one region and age, both sexes.
struct Cell {
    std::size_t region;
    int age;
    std::array<std::array<std::int64_t, 12>, 2> months;              ///< by sex, oldest month of birth first
    std::array<std::array<std::vector<std::uint8_t>, 2>, 2> traits;  ///< codes of 15-74 by sex and part of the year of birth
    AtWork at_work;
    std::uint64_t first_identity;  ///< of the whole population, whatever the scale
    std::uint32_t kept = 0;
    std::size_t first_row = 0;
    [[nodiscard]] std::int64_t count() const {
        std::int64_t n = 0;
        for (const auto& sex : months) n += std::accumulate(sex.begin(), sex.end(), std::int64_t{0});
        return n;
    }
};

/// Class of a point among four, without a branch: where it falls cannot be foreseen.
std::size_t pick(const std::array<double, 4>& cumulative, double u) {
    return static_cast<std::size_t>(u >= cumulative[0]) + static_cast<std::size_t>(u >= cumulative[1]) + static_cast<std::size_t>(u >= cumulative[2]);
}

/// What the code of somebody at 15 to 74 says of the record.
Person person_of(std::size_t code, std::uint8_t bbl_hours) {
    const std::size_t kind = code / 5;
    Person p;
    p.education = static_cast<Education>(code % 5);
    if (kind < bbl) {
        p.status = LabourStatus::student;
        p.track = student_tracks[kind % 5];
        if (kind >= student_at_work) p.contract = Contract::side_job;
    } else if (kind == bbl) {
        p.status = LabourStatus::employed;
        p.track = Track::mbo_bbl;
        p.contract = Contract::bbl;
        p.hours = bbl_hours;
    } else if (kind == employee) {
        p.status = LabourStatus::employed;
        p.contract = Contract::permanent;
    } else if (kind == self_employed) {
        p.status = LabourStatus::self_employed;
        p.contract = Contract::self_employed;
    } else
        p.status = kind == unemployed ? LabourStatus::unemployed : kind == inactive ? LabourStatus::inactive : LabourStatus::retired;
    return p;
}

}  // namespace

std::vector<std::int64_t> persons_by_month(const std::array<double, age_groups_of_five>& groups) {
    // Monotone cubic interpolation (Fritsch and Carlson 1980) of the cumulative population: its slope, the density by age, is continuous, so no cliff stands
    // between two groups, and each group keeps its total. The open group 95+ ends at 105 with density 0.
    constexpr std::size_t knots = age_groups_of_five + 1;
    std::array<double, knots> x{};
    std::array<double, knots> f{};
    for (std::size_t k = 1; k < knots; ++k) {
        x[k] = k == knots - 1 ? 105.0 : 5.0 * static_cast<double>(k);
        f[k] = f[k - 1] + groups[k - 1];
    }
    std::array<double, knots> slope{};
    auto mean = [&](std::size_t k) { return (f[k + 1] - f[k]) / (x[k + 1] - x[k]); };
    for (std::size_t k = 1; k + 1 < knots; ++k) {
        const double left = mean(k - 1);
        const double right = mean(k);
        if (left * right > 0) {
            const double wl = 2 * (x[k + 1] - x[k]) + (x[k] - x[k - 1]);
            const double wr = (x[k + 1] - x[k]) + 2 * (x[k] - x[k - 1]);
            slope[k] = (wl + wr) / (wl / left + wr / right);
        }
    }
    slope[0] = std::clamp(1.5 * mean(0) - 0.5 * slope[1], 0.0, 3 * mean(0));
    slope[knots - 1] = 0;
    std::vector<std::int64_t> months;
    months.reserve(105 * 12);
    std::size_t k = 0;
    std::int64_t before = 0;
    for (int m = 1; m <= 105 * 12; ++m) {
        const double at = m / 12.0;
        while (k + 2 < knots && at > x[k + 1]) ++k;
        const double h = x[k + 1] - x[k];
        const double u = (at - x[k]) / h;
        const double value =
            f[k] * (1 + 2 * u) * (1 - u) * (1 - u) + slope[k] * h * u * (1 - u) * (1 - u) + f[k + 1] * u * u * (3 - 2 * u) + slope[k + 1] * h * u * u * (u - 1);
        const std::int64_t whole = std::max(before, static_cast<std::int64_t>(std::floor(value + 0.5)));
        months.push_back(whole - before);
        before = whole;
    }
    return months;
}

namespace {

/// Exact expected numbers of persons at 15-74 by age, part of the year of birth, sex and code.
std::vector<double> expected_traits(const StartTables& t, const Participation& participation, const Studies& studies, std::size_t region) {
    const auto& here = t.region[region];
    const Cohort cohort = cohorts(here.population);
    const auto shift = national_shifts(t, participation, studies);
    double people = 0;
    for (const auto& age : cohort) people += age[0] + age[1];

    // One shift of log odds carries the national pattern to the participation of the region.
    auto employed_at = [&](double delta) {
        double sum = 0;
        for (std::size_t a = 0; a < slots; ++a)
            for (std::size_t s = 0; s < 2; ++s) sum += cohort[a][s] * rates_of(t, participation, studies, a, s, shift_of(shift, a) + delta).employed();
        return sum;
    };
    double low = -4;
    double high = 4;
    const double employed = here.participation * people;
    for (int k = 0; k < 60; ++k) {
        const double middle = (low + high) / 2;
        (employed_at(middle) < employed ? low : high) = middle;
    }

    std::vector<std::array<double, kinds>> exact(static_cast<std::size_t>(slots) * 2);
    std::vector<Rates> rates(exact.size());
    auto cell = [](std::size_t a, std::size_t s) { return a * 2 + s; };
    for (std::size_t a = 0; a < slots; ++a)
        for (std::size_t s = 0; s < 2; ++s) rates[cell(a, s)] = rates_of(t, participation, studies, a, s, shift_of(shift, a) + low);
    // Self-employment: a level that gives the region's share of all employed.
    auto self_employed_share = [&](std::size_t a, std::size_t s, double level) {
        const double before = std::min(0.85, level * between(t.self_employed_age, std::min(age_of(a), last_assumed)) * t.self_employed_sex[s]);
        return participation.self_employed_share(a, before);
    };
    auto workers = [&](std::size_t a, std::size_t s) {  // of an age and sex, without students and BBL
        const auto& r = rates[cell(a, s)];
        return std::max(0.0, cohort[a][s] * ((1 - r.students()) * r.worker - r.bbl));
    };
    double level_low = 0;
    double level_high = 3;
    for (int k = 0; k < 50; ++k) {
        const double level = (level_low + level_high) / 2;
        double sum = 0;
        for (std::size_t a = 0; a < slots; ++a)
            for (std::size_t s = 0; s < 2; ++s) sum += workers(a, s) * self_employed_share(a, s, level);
        (sum < here.self_employed * employed ? level_low : level_high) = level;
    }
    // Unemployment: a level that gives the region's rate. All unemployed of the table are placed among those who do not study; under 25 the published rate
    // counts students who seek a job, about half, so it is halved there and the rest of the total lies with the other ages.
    auto unemployed_at = [&](std::size_t a, std::size_t s, double level) {
        const int age = age_of(a);
        if (past_pension(a)) return 0.0;  // from the state pension age on nobody is unemployed
        const auto& r = rates[cell(a, s)];
        const double rate = between(t.unemployment, age) * (age < 25 ? 0.5 : 1.0);
        const double out = cohort[a][s] * (1 - r.students()) * (1 - r.worker);
        return std::min(0.8 * out, level * cohort[a][s] * (1 - r.students()) * r.worker * rate / (1 - rate));
    };
    const double unemployed_total = employed * here.unemployment / (1 - here.unemployment);
    double unemployed_low = 0;
    double unemployed_high = 10;
    for (int k = 0; k < 50; ++k) {
        const double level = (unemployed_low + unemployed_high) / 2;
        double sum = 0;
        for (std::size_t a = 0; a < slots; ++a)
            for (std::size_t s = 0; s < 2; ++s) sum += unemployed_at(a, s, level);
        (sum < unemployed_total ? unemployed_low : unemployed_high) = level;
    }
    for (std::size_t a = 0; a < slots; ++a)
        for (std::size_t s = 0; s < 2; ++s) {
            const int age = age_of(a);
            const auto& r = rates[cell(a, s)];
            auto& e = exact[cell(a, s)];
            for (std::size_t k = 0; k < 5; ++k) {
                e[student + k] = cohort[a][s] * r.track[k] * (1 - r.side_job);
                e[student_at_work + k] = cohort[a][s] * r.track[k] * r.side_job;
            }
            e[bbl] = cohort[a][s] * r.bbl;
            e[self_employed] = workers(a, s) * self_employed_share(a, s, level_low);
            e[employee] = workers(a, s) - e[self_employed];
            e[unemployed] = unemployed_at(a, s, unemployed_low);
            double rest = cohort[a][s];
            for (int k = 0; k < inactive; ++k) rest -= e[static_cast<std::size_t>(k)];
            rest = std::max(rest, 0.0);
            double out = 0;
            if (age >= 67)
                out = 1;
            else if (age >= 55) {
                const double place = std::clamp((age + 0.5 - 57.5) / 5, 0.0, 2.0);
                const auto left = std::min<std::size_t>(static_cast<std::size_t>(place), 1);
                out = t.retired[left] + (place - static_cast<double>(left)) * (t.retired[left + 1] - t.retired[left]);
            }
            e[retired] = rest * out;
            e[inactive] = rest - e[retired];
        }

    // Education: rows are age, sex and kind, columns the five levels with the region's totals.
    Matrix seed(exact.size() * kinds, 5);
    std::vector<double> rows(seed.rows);
    double total = 0;
    for (std::size_t c = 0; c < exact.size(); ++c)
        for (std::size_t k = 0; k < kinds; ++k) {
            const std::size_t row = c * kinds + k;
            rows[row] = exact[c][k];
            total += exact[c][k];
            const int age = age_of(c / 2);
            for (std::size_t e = 0; e < 5; ++e) {
                if (k < bbl) {
                    seed(row, e) = education_of_students[k % 5][e];
                    continue;
                }
                // Nobody has a level before the age at which it is reached.
                constexpr std::array<int, 5> earliest{0, 18, 17, 21, 22};
                if (age < earliest[e]) continue;
                std::array<double, working_age_groups> pattern{};
                for (std::size_t g = 0; g < working_age_groups; ++g) pattern[g] = t.education[g][e];
                seed(row, e) = between(pattern, age) * education_odds[k - bbl][e];
            }
        }
    std::vector<double> columns(5);
    for (std::size_t e = 0; e < 5; ++e) columns[e] = here.education[e] * total;
    return fit_margins(std::move(seed), rows, columns, 1e-7).cell;
}

}  // namespace

Participation participation_of(const Build& build) {
    const auto& start = build.start;
    double self_employed = 0;
    for (const auto& region : start.region) self_employed += region.self_employed / static_cast<double>(start.region.size());
    return participation_by_age(build.tables, build.world.parameters->separations, self_employed * between(start.self_employed_age, last_assumed));
}

void place_residents(Build& build) {
    const auto& t = build.start;
    const std::size_t regions = t.region.size();
    std::vector<Cell> cells(regions * (last_age + 1));
    // Who is in education, where and for how long: the stock that the flows of schooling keep (models/study_stock.hpp).
    std::vector<Studies> studies(regions);
    std::vector<Courses> courses(regions * 2);
    sim::for_each_task(regions, [&](std::size_t r) {
        for (const Sex sex : {Sex::men, Sex::women}) {
            studies[r].emplace_back(build.tables.schooling, build.world.parameters->schooling, static_cast<int>(r), sex);
            courses[r * 2 + index_of(sex)] = Courses(studies[r].back());
        }
    });
    const Participation participation = participation_of(build);
    sim::for_each_task(regions, [&](std::size_t region) {
        const auto exact = expected_traits(t, participation, studies[region], region);
        std::array<std::vector<std::int64_t>, 2> months{persons_by_month(t.region[region].population[0]), persons_by_month(t.region[region].population[1])};
        std::array<std::vector<double>, 2> carry{std::vector<double>(codes), std::vector<double>(codes)};
        std::vector<std::int64_t> whole;
        for (int age = last_age; age >= 0; --age) {
            Cell& cell = cells[region * (last_age + 1) + static_cast<std::size_t>(last_age - age)];
            cell.region = region;
            cell.age = age;
            for (std::size_t s = 0; s < 2; ++s) {
                for (std::size_t m = 0; m < 12; ++m) cell.months[s][m] = months[s][static_cast<std::size_t>(age) * 12 + 11 - m];
                if (age < first_working_age || age > last_working_age) continue;
                for (std::size_t part = 0; part < 2; ++part) {
                    // Months stand January first here: the later part are the last ones.
                    const auto border = cell.months[s].end() - static_cast<int>(late_months(age));
                    const auto begin = part == 0 ? cell.months[s].begin() : border;
                    const auto end = part == 0 ? border : cell.months[s].end();
                    const std::int64_t n = std::accumulate(begin, end, std::int64_t{0});
                    const std::size_t slot = static_cast<std::size_t>(age - first_working_age) * 2 + part;
                    round_with_carry(exact.data() + (slot * 2 + s) * codes, codes, n, carry[s], whole);
                    auto& traits = cell.traits[s][part];
                    traits.reserve(static_cast<std::size_t>(n));
                    for (std::size_t c = 0; c < codes; ++c) cell.at_work.add(age, s, static_cast<int>(c) / 5, whole[c]);
                    for (std::size_t c = 0; c < codes; ++c) traits.insert(traits.end(), static_cast<std::size_t>(whole[c]), static_cast<std::uint8_t>(c));
                }
            }
        }
    });
    std::uint64_t identity = 0;
    for (auto& cell : cells) {
        cell.first_identity = identity;
        identity += static_cast<std::uint64_t>(cell.count());
    }
    const double scale = build.options.scale;
    auto keeps = [&](std::uint64_t person) { return scale >= 1 || build.random.uniform({key_sampling, sim::person(person), sim::Month(0), 0}) < scale; };
    sim::for_each_task(cells.size(), [&](std::size_t c) {
        Cell& cell = cells[c];
        const auto n = static_cast<std::uint64_t>(cell.count());
        if (scale >= 1)
            cell.kept = static_cast<std::uint32_t>(n);
        else
            for (std::uint64_t k = 0; k < n; ++k) cell.kept += keeps(cell.first_identity + k);
    });
    std::size_t rows = 0;
    for (auto& cell : cells) {
        cell.first_row = rows;
        rows += cell.kept;
    }
    build.residents = rows;
    for (std::size_t r = 0; r <= regions; ++r) build.first_row.push_back(r < regions ? cells[r * (last_age + 1)].first_row : rows);
    add_rows(build, rows);

    // Municipalities of a region by cumulative population.
    std::vector<Ladder> municipality;
    for (std::size_t r = 0; r < regions; ++r) {
        const auto first = static_cast<std::size_t>(build.tables.regions.first_municipality[r]);
        const auto last = static_cast<std::size_t>(build.tables.regions.first_municipality[r + 1]);
        double sum = 0;
        std::vector<double> shares;
        for (auto m = first; m < last; ++m) shares.push_back(sum += build.tables.regions.municipalities[m].population);
        for (auto& share : shares) share /= sum;
        municipality.emplace_back(std::move(shares));
    }
    AtWork at_work;
    for (const auto& cell : cells) at_work.add(cell.at_work);
    const HoursTable hours = hours_table(t, at_work);
    constexpr std::array<std::uint8_t, 4> week{12, 24, 32, 38};
    auto& persons = build.world.persons;
    std::array<Person, codes> of_code;
    for (std::size_t code = 0; code < codes; ++code) of_code[code] = person_of(code, static_cast<std::uint8_t>(build.world.parameters->schooling.bbl_hours));

    sim::for_each_task(cells.size(), [&](std::size_t c) {
        Cell& cell = cells[c];
        const int age = cell.age;
        std::array<std::vector<Even>, 2> even;
        for (std::size_t s = 0; s < 2; ++s) {
            Words words(build.random, key_traits, {sim::EntityKind::cell, c * 2 + s});
            for (auto& traits : cell.traits[s]) shuffle(traits.data(), traits.size(), words);
            for (int k = 0; k < 3; ++k) even[s].emplace_back(words.uniform(), even_steps[k]);
        }
        const std::array<double, 5> old_education{t.education[5][0] * 1.3, t.education[5][1], t.education[5][2], t.education[5][3] * 0.8,
                                                  t.education[5][4] * 0.7};
        const double old_sum = std::accumulate(old_education.begin(), old_education.end(), 0.0);
        const auto& towns = municipality[cell.region];
        const auto first_town = static_cast<std::uint16_t>(build.tables.regions.first_municipality[cell.region]);
        const auto hours_group = static_cast<std::size_t>(working_age_group_of(age));
        std::size_t row = cell.first_row;
        std::uint64_t person = cell.first_identity;
        std::array<std::array<std::size_t, 2>, 2> place{};
        for (std::size_t m = 0; m < 12; ++m)
            for (std::size_t s = 0; s < 2; ++s)
                for (std::int64_t k = 0; k < cell.months[s][m]; ++k) {
                    const double u_field = even[s][0].next();
                    const double u_hours = even[s][1].next();
                    const double u_town = even[s][2].next();
                    const std::size_t part = m >= 12 - late_months(age);
                    const std::size_t at = place[s][part]++;
                    if (!keeps(person++)) continue;
                    Person& p = persons.record[row];
                    const int birth = 1440 - 12 * age + static_cast<int>(m);
                    persons.birth[row] = static_cast<std::uint16_t>(birth);
                    persons.region[row] = static_cast<std::uint8_t>(cell.region);
                    if (age < first_working_age) {
                        p.status = LabourStatus::child;
                        const int cohort = age - 12 - static_cast<int>(part);
                        if (cohort >= 0) {
                            const double vmbo = studies[cell.region][s].in_track(cohort, Track::vmbo);
                            p.track = u_hours * (vmbo + studies[cell.region][s].in_track(cohort, Track::havo_vwo)) < vmbo ? Track::vmbo : Track::havo_vwo;
                        }
                    } else if (age > last_working_age) {
                        p.status = LabourStatus::retired;
                        double u = u_hours * old_sum;
                        std::size_t e = 0;
                        while (e < 4 && u >= old_education[e]) u -= old_education[e++];
                        p.education = static_cast<Education>(e);
                    } else {
                        const std::uint8_t code = cell.traits[s][part][at];
                        const int kind = code / 5;
                        p = of_code[code];
                        if (1451 - birth >= state_pension_months && kind >= unemployed) p.status = LabourStatus::retired;
                        const std::uint8_t usual = week[pick(hours.share[hours_group][s], u_hours)];
                        if (kind == employee || kind == self_employed)
                            p.hours = usual;
                        else if (kind < bbl && kind >= student_at_work)
                            p.hours = age >= 25 ? usual : u_hours < hours.long_side_jobs ? 20 : u_hours < 0.6 ? 8 : 14;
                    }
                    p.sex = static_cast<Sex>(s);
                    p.municipality = static_cast<std::uint16_t>(first_town + towns.place(u_town, towns.size() - 1));
                    if (p.track != Track::none) {
                        // The same point places the field of study and that of the level completed, so that technicians of vmbo go on in technology.
                        const int since_entry = age - 12 - static_cast<int>(part);
                        auto course = courses[cell.region * 2 + s].pick(since_entry, p.track, u_field);
                        // Adults on the work-based path learn another trade than before, so a second point places their course.
                        const double adults = p.track == Track::mbo_bbl ? t.adult_bbl.share(age, s) : 0;
                        const double of_adults = adults > 0 ? u_hours * (adults + studies[cell.region][s].in_track(since_entry, Track::mbo_bbl)) / adults : 1;
                        if (of_adults < 1) course = t.adult_bbl.pick(age, s, of_adults);
                        p.study_field = course.field;
                        p.study_start = models::stored_school_year(2020 - course.years);
                    }
                    if (age >= first_working_age) {
                        const auto e = index_of(p.education);
                        const double technical = t.field_technical[e][s];
                        p.field = static_cast<Field>(static_cast<int>(u_field >= technical) + static_cast<int>(u_field >= technical + t.field_ict[e][s]));
                    }
                    ++row;
                }
    });
}

}  // namespace regions::synthesis
