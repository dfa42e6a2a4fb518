#include <algorithm>
#include <cmath>

#include "models/separations.hpp"
#include "sim/error.hpp"
#include "sim/math.hpp"

namespace models {
namespace {

/// Ages at which hazards change, and the factors between them.
double quit_age_factor(int age) { return age < 25 ? 1.5 : age < 55 ? 1.0 : 0.6; }
double disability_age_factor(int age) { return age < 35 ? 0.3 : age < 50 ? 0.8 : age < 60 ? 1.6 : 2.2; }
double business_age_factor(int age) { return age < 25 ? 0.6 : age < 45 ? 1.3 : age < 60 ? 0.8 : 0.4; }
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
/// Leaving technical work is faster in the first two years of a job; the response to pay is kept within a factor of three.
constexpr double highest_tenure_technical = 1.6, highest_wage_technical = 3.0;

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

}  // namespace

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
    const auto age = static_cast<std::size_t>(std::clamp(age_in_months / 12, 0, last_age_at_work));
    return sim::MonthlyProbability(
        capped(1 - sim::exponential(-t.retirement[age] / 12 * p.early_retirement * (self_employed ? p.early_retirement_self_employed : 1.0))));
}

sim::MonthlyProbability leave_technical_probability(const SeparationTables& t, const SeparationParameters& p, const EmployeeState& s) {
    const double base = s.age < 45 ? t.leave_technical_young : t.leave_technical_old;
    const double women = s.sex == Sex::women ? t.women_leave_technical * (1 - p.retention_women) : 1.0;
    const double tenure = s.tenure < short_tenure_months ? highest_tenure_technical : 0.7;
    const double hours = s.hours < 24 ? p.leave_technical_part_time : 1.0;
    const double wage = std::clamp(sim::exponential(p.leave_technical_wage * s.wage_gap), 1 / highest_wage_technical, highest_wage_technical);
    return sim::MonthlyProbability(capped(base * women * tenure * hours * wage * p.leave_technical_at_once * (1 - p.retention_effect)));
}

sim::MonthlyProbability business_start_probability(const SeparationParameters& p, int age, bool unemployed) {
    return sim::MonthlyProbability(age < 18 ? 0.0 : capped((unemployed ? p.business_start : p.business_start_inactive) * business_age_factor(age)));
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
    return sim::MonthlyProbability(capped(t.start_looking * near * t.looking_age[search_age_of(age)] * pull * p.start_looking));
}

ContractEnd contract_end(const SeparationParameters& p, double u) {
    return u < p.contract_renewal ? ContractEnd::renewed : u < p.contract_renewal + p.contract_permanent ? ContractEnd::permanent : ContractEnd::ends;
}

SeparationBounds separation_bounds(const SeparationTables& t, const SeparationParameters& p, int youngest, int oldest, int pension_age) {
    double quit = 0, disability = 0, business = 0, technical = 0, retirement = 0;
    for (int age = std::clamp(youngest, first_age_at_work, last_age_at_work); age <= std::clamp(oldest, first_age_at_work, last_age_at_work); ++age) {
        quit = std::max(quit, quit_age_factor(age));
        disability = std::max(disability, disability_age_factor(age));
        business = std::max(business, business_age_factor(age));
        technical = std::max(technical, age < 45 ? t.leave_technical_young : t.leave_technical_old);
        if (age * 12 < pension_age) retirement = std::max(retirement, t.retirement[static_cast<std::size_t>(age)]);
    }
    SeparationBounds b{};
    const double tenure = std::max(tenure_factor(p.short_tenure, 0), tenure_factor(p.short_tenure, short_tenure_months));
    b.quit = capped(std::max(t.leave_flexible * flexible_quit_part, t.leave_permanent * p.quit_share * tenure) * quit * p.quit);
    b.layoff = capped(std::max(t.leave_flexible * flexible_layoff_part, t.leave_permanent * p.layoff_share) * p.layoff);
    b.disability = capped(t.leave_permanent * std::max(0.0, 1 - p.quit_share - p.layoff_share) * disability);
    b.to_self_employment = capped(p.to_self_employment * business);
    b.to_study = youngest < last_age_to_study ? capped(p.to_study) : 0;
    b.retirement = capped(1 - sim::exponential(-retirement / 12 * p.early_retirement * std::max(1.0, p.early_retirement_self_employed)));
    if ((oldest + 1) * 12 > pension_age) b.retirement = std::max(b.retirement, capped(p.work_on_end));
    b.leave_technical = capped(technical * std::max(1.0, t.women_leave_technical) * highest_tenure_technical * std::max(1.0, p.leave_technical_part_time) *
                               highest_wage_technical * p.leave_technical_at_once);
    b.business_end = p.business_end;
    b.business_start = capped(std::max(p.business_start, p.business_start_inactive) * business);
    b.side_job_end = youngest < last_student_age ? p.side_job_end : 0;
    return b;
}

}  // namespace models
