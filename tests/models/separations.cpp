#include "models/separations.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <random>

#include "models/demand.hpp"
#include "models/demography.hpp"
#include "sim/error.hpp"
#include "tests/support/statistics.hpp"
#include "tests/support/toy_world.hpp"

namespace {

using namespace models;

/// Parameters under which nobody moves.
SeparationParameters quiet() {
    SeparationParameters p;
    p.quit = p.layoff = p.excess_speed = p.to_self_employment = p.to_study = p.early_retirement = 0;
    p.business_end = p.business_start = p.business_start_inactive = p.side_job_end = p.give_up = p.start_looking = 0;
    p.leave_technical_at_once = 0;
    p.quit_share = 0.5;  // with lay-offs the whole of what permanent employees leave for, so that no disability is left
    p.layoff_share = 0.5;
    return p;
}

}  // namespace

TEST_CASE("the monthly root has the matrix of three months as its third power", "[models][unit]") {
    const Transitions survey{{{0.9669, 0.0118, 0.0213}, {0.3886, 0.3668, 0.2446}, {0.0558, 0.0385, 0.9057}}};
    const Transitions m = monthly_root(survey);
    Transitions cube{};
    for (std::size_t i = 0; i < 3; ++i)
        for (std::size_t j = 0; j < 3; ++j)
            for (std::size_t k = 0; k < 3; ++k)
                for (std::size_t l = 0; l < 3; ++l) cube[i][j] += m[i][k] * m[k][l] * m[l][j];
    for (std::size_t i = 0; i < 3; ++i) {
        CHECK(m[i][0] + m[i][1] + m[i][2] == Approx(1).margin(1e-12));
        for (std::size_t j = 0; j < 3; ++j) CHECK(cube[i][j] == Approx(survey[i][j]).margin(1e-12));
    }
    // A third of the quarter's figure is too little, for who came back within the quarter is not seen: 0.0053 against 0.0039.
    CHECK(m[0][1] == Approx(0.00525).epsilon(0.01));
    CHECK(m[0][1] > 1.3 * survey[0][1] / 3);
    CHECK_THROWS_AS(monthly_root({{{0.5, 0.4, 0.2}, {0, 1, 0}, {0, 0, 1}}}), sim::InputError);
}

TEST_CASE("the stationary law of a matrix is the one that it leaves as it is", "[models][unit]") {
    const Transitions m{{{0.98, 0.02, 0}, {0.18, 0.82, 0}, {0, 0, 1}}};
    const Transitions joined{{{0.98, 0.01, 0.01}, {0.2, 0.7, 0.1}, {0.02, 0.02, 0.96}}};
    const auto pi = stationary(joined);
    for (std::size_t j = 0; j < 3; ++j) CHECK(pi[0] * joined[0][j] + pi[1] * joined[1][j] + pi[2] * joined[2][j] == Approx(pi[j]).margin(1e-12));
    CHECK(pi[0] + pi[1] + pi[2] == Approx(1));
    CHECK(m[0][0] + m[0][1] == 1.0);
}

TEST_CASE("quits fall with tenure and age and rise with flexible contracts", "[models][unit]") {
    SeparationTables t;
    t.leave_permanent = 0.004;
    t.leave_flexible = 0.03;
    const SeparationParameters p;
    EmployeeState s;  // 40 years, five years of tenure, permanent
    const double usual = quit_probability(t, p, s).value();
    CHECK(usual == Approx(0.004 * 0.45 * (1 - 0.25 * 1.7) / 0.75));
    s.tenure = 12;
    CHECK(quit_probability(t, p, s).value() == Approx(0.004 * 0.45 * 1.7));
    s.age = 60;
    CHECK(quit_probability(t, p, s).value() == Approx(0.6 * 0.004 * 0.45 * 1.7));
    s.age = 20;
    s.flexible = true;
    CHECK(quit_probability(t, p, s).value() == Approx(0.03 * 0.18 * 1.5));
}

TEST_CASE("support schemes lower lay-offs", "[models][unit]") {
    SeparationTables t;
    EmployeeState s;
    const double usual = layoff_probability(t, {}, s).value();
    s.support = true;
    CHECK(layoff_probability(t, {}, s).value() == Approx(usual * (1 - SeparationParameters{}.support)));
}

TEST_CASE("excess staff is laid off beyond the tolerance", "[models][unit]") {
    const SeparationParameters p;
    CHECK(excess_layoff_probability(p, 100, 100, false).value() == 0);
    CHECK(excess_layoff_probability(p, 100, 95, false).value() == 0);  // within five percent
    CHECK(excess_layoff_probability(p, 100, 75, false).value() == Approx(0.08 * 20 / 100));
    CHECK(excess_layoff_probability(p, 100, 75, true).value() == Approx(0.08 * 20 / 100 * (1 - p.support)));
    CHECK(excess_layoff_probability(p, 3, 2.2, false).value() == 0);  // less than one worker too many
    CHECK(excess_layoff_probability(p, 0, 0, false).value() == 0);
}

TEST_CASE("retirement follows age, the pension age and working on", "[models][unit]") {
    SeparationTables t;
    t.retirement[62] = 0.12;
    SeparationParameters p;
    p.early_retirement = 1;
    CHECK(retirement_probability(t, p, 62 * 12 + 5, 67 * 12, false).value() == Approx(1 - std::exp(-0.01)));
    CHECK(retirement_probability(t, p, 62 * 12 + 5, 67 * 12, true).value() == Approx(1 - std::exp(-0.005)));
    CHECK(retirement_probability(t, p, 50 * 12, 67 * 12, false).value() == 0);
    CHECK(retirement_probability(t, p, 67 * 12, 67 * 12, false).value() == p.work_on_end);
}

TEST_CASE("leaving technical work falls with pay and with the retention lever", "[models][unit]") {
    SeparationTables t;
    SeparationParameters p;
    EmployeeState s;
    const double usual = leave_technical_probability(t, p, s).value();
    CHECK(usual == Approx(0.005 * 0.7 * 0.25));
    s.wage_gap = std::log(1.1);
    CHECK(leave_technical_probability(t, p, s).value() == Approx(usual / 1.1));
    s.wage_gap = 0;
    p.retention_effect = 0.2;
    CHECK(leave_technical_probability(t, p, s).value() == Approx(0.8 * usual));
    s.sex = Sex::women;
    CHECK(leave_technical_probability(t, p, s).value() == Approx(0.8 * 1.3 * usual));
    s.age = 50;
    CHECK(leave_technical_probability(t, p, s).value() == Approx(0.8 * 1.3 * usual * 0.0023 / 0.005));
}

TEST_CASE("a contract that ends is prolonged, made permanent or over", "[models][unit]") {
    const SeparationParameters p;
    CHECK(contract_end(p, std::nextafter(0.36, 0.0)) == ContractEnd::renewed);
    CHECK(contract_end(p, 0.36) == ContractEnd::permanent);
    CHECK(contract_end(p, 0.77) == ContractEnd::permanent);
    CHECK(contract_end(p, 0.79) == ContractEnd::ends);
}

TEST_CASE("no hazard exceeds its ceiling under 10,000 draws from the priors", "[models][property]") {
    std::mt19937 luck(7);
    const auto uniform = [&](double a, double b) { return std::uniform_real_distribution<>(a, b)(luck); };
    SeparationTables t;
    t.leave_technical_young = 0.009;
    for (std::size_t age = 50; age < t.retirement.size(); ++age) t.retirement[age] = 0.01 * static_cast<double>(age - 49);
    std::size_t above = 0, bound_misses = 0;
    for (int draw = 0; draw < 10'000; ++draw) {
        SeparationParameters p;
        for (const auto& row : separations_table())
            if (!row.prior.distribution.empty()) row.set(p, uniform(row.prior.low, row.prior.high));
        EmployeeState s;
        s.age = static_cast<int>(uniform(15, 75));
        s.tenure = static_cast<int>(uniform(0, 300));
        s.flexible = uniform(0, 1) < 0.3;
        s.sex = uniform(0, 1) < 0.5 ? Sex::men : Sex::women;
        s.hours = static_cast<int>(uniform(4, 40));
        s.wage_gap = uniform(-1, 1);
        const int age_in_months = s.age * 12 + static_cast<int>(uniform(0, 12));
        const double staff = uniform(1, 200), desired = uniform(0, 200), tightness = uniform(0.1, 10);
        const int distance = static_cast<int>(uniform(0, 3));
        const int youngest = s.age - static_cast<int>(uniform(0, 4)), oldest = s.age + static_cast<int>(uniform(0, 4)), pension_age = 66 * 12 + 9;
        const auto all = [&](const SeparationParameters& q, const SeparationBounds& b) {
            return std::size_t{quit_probability(t, q, s).value() > b.quit} + std::size_t{layoff_probability(t, q, s).value() > b.layoff} +
                   std::size_t{excess_layoff_probability(q, staff, desired, false).value() > q.excess_speed} +
                   std::size_t{disability_probability(t, q, s).value() > b.disability} +
                   std::size_t{to_self_employment_probability(q, s.age).value() > b.to_self_employment} +
                   std::size_t{to_study_probability(q, s.age).value() > b.to_study} +
                   std::size_t{retirement_probability(t, q, age_in_months, pension_age, s.flexible).value() > b.retirement * (1 + 1e-9)} +
                   std::size_t{leave_technical_probability(t, q, s).value() > b.leave_technical} +
                   std::size_t{business_start_probability(q, s.age, s.flexible).value() > b.business_start * (1 + 1e-9)} +
                   std::size_t{give_up_probability(t, q, s.age, s.tenure).value() > 0.95} +
                   std::size_t{start_looking_probability(t, q, s.age, distance, looking_pull(q, tightness)).value() > 0.95};
        };
        above += all(p, separation_bounds(t, p, youngest, oldest, pension_age));
        bound_misses += all({}, separation_bounds(t, {}, youngest, oldest, pension_age));
    }
    CHECK(above == 0);
    CHECK(bound_misses == 0);
}

TEST_CASE("each cause ends jobs at its own hazard", "[models][statistical]") {
    tests::ToyWorld toy(60'000);
    auto& p = toy.parameters.separations = quiet();
    auto& t = toy.tables.separations;
    for (Row row = 0; row < 60'000; ++row) toy.employ(row);
    t.leave_permanent = 0.04;
    p.layoff = 1;
    p.layoff_to_unemployment = 0.75;
    step_separations(toy.world, toy.world.month);
    const std::size_t out = 60'000 - toy.count(LabourStatus::employed);
    CHECK(tests::share_fits(out, 60'000, 0.02));
    CHECK_FALSE(tests::share_fits(out, 60'000, 0.025));
    CHECK(tests::share_fits(toy.count(LabourStatus::unemployed), out, 0.75));
    CHECK(toy.world.employers.post[0].staff == static_cast<std::int32_t>(60'000 - out));
    CHECK(toy.world.departures.size() == out);
}

TEST_CASE("a policy on quits leaves lay-offs alone", "[models][property]") {
    const auto laid_off = [](double quits) {
        tests::ToyWorld toy(30'000);
        auto& p = toy.parameters.separations = quiet();
        for (Row row = 0; row < 30'000; ++row) toy.employ(row);
        toy.tables.separations.leave_permanent = 0.04;
        p.layoff = 1;
        p.quit = quits;
        step_separations(toy.world, toy.world.month);
        std::vector<Row> rows;
        for (Row row = 0; row < 30'000; ++row)
            if (toy.world.moved(row) && toy.world.persons.record[row].cause == Cause::layoff) rows.push_back(row);
        return rows;
    };
    const auto without = laid_off(0), with = laid_off(1);
    CHECK(std::includes(without.begin(), without.end(), with.begin(), with.end()));
    CHECK(without.size() - with.size() < 30);  // those who would have been laid off but quit earlier in the month: 0.02 x 0.02 / 2 of 30,000 is 6
    CHECK(with.size() > 400);
}

TEST_CASE("everybody without work retires at the state pension age, employees but for those who work on", "[models][statistical]") {
    tests::ToyWorld toy(24'000, 67);
    toy.parameters.separations = quiet();
    toy.parameters.separations.work_on_end = 0;
    toy.tables.demography.first_year = 2023;
    toy.tables.demography.years = 1;
    toy.tables.demography.pension_age = {67 * 12 + 3};
    for (Row row = 0; row < 12'000; ++row) toy.employ(row);
    for (Row row = 12'000; row < 18'000; ++row) {
        toy.world.persons.record[row].status = LabourStatus::unemployed;
        toy.world.refresh(row);
    }
    step_separations(toy.world, toy.world.month);
    std::size_t retired = 0, wrong = 0;
    for (Row row = 0; row < 24'000; ++row) {
        const bool now = toy.world.age_in_months(row) == 67 * 12 + 3;
        const bool is_retired = toy.world.persons.record[row].status == LabourStatus::retired;
        if (row < 12'000) {
            retired += now && is_retired;
            wrong += !now && is_retired;
        } else {
            wrong += now != is_retired;
        }
    }
    CHECK(wrong == 0);
    CHECK(tests::share_fits(retired, 1'000, 1 - toy.parameters.separations.work_on));
    // Nobody works at 75.
    toy.world.month = toy.world.month + 8 * 12;
    toy.world.close_month();
    step_separations(toy.world, toy.world.month);
    std::size_t at_work = 0;
    for (Row row = 0; row < 24'000; ++row) at_work += toy.world.age_in_months(row) == 75 * 12 && toy.world.persons.post[row] != no_post;
    CHECK(at_work == 0);
}

TEST_CASE("when the state pension age rises, nobody reaches it for some months", "[models][unit]") {
    tests::ToyWorld toy(12'000, 66);
    toy.parameters.separations = quiet();
    toy.tables.demography.first_year = 2022;
    toy.tables.demography.years = 2;
    toy.tables.demography.pension_age = {66 * 12 + 3, 66 * 12 + 6};  // from 2022 to 2023
    // Those above 66y3m have retired in 2022.
    for (Row row = 0; row < 12'000; ++row)
        if (toy.world.age_in_months(row) > 66 * 12 + 3) {
            toy.world.persons.record[row].status = LabourStatus::retired;
            toy.world.refresh(row);
        }
    std::vector<std::size_t> retired;
    for (int month = 0; month < 5; ++month) {
        const auto before = toy.count(LabourStatus::retired);
        step_separations(toy.world, toy.world.month);
        toy.world.close_month();
        retired.push_back(toy.count(LabourStatus::retired) - before);
        ++toy.world.month;
    }
    // Those who are 66y3m in January reach the new age in April.
    CHECK(retired == std::vector<std::size_t>{0, 0, 0, 1'000, 1'000});
}

TEST_CASE("the staff of an employer that closes leaves with cause closure", "[models][unit]") {
    tests::ToyWorld toy(500);
    toy.parameters.separations = quiet();
    for (Row row = 0; row < 300; ++row) toy.employ(row);
    toy.world.employers.employer[0].closed = stored(toy.world.month);
    step_separations(toy.world, toy.world.month);
    CHECK(toy.count(LabourStatus::employed) == 0);
    CHECK(toy.world.employers.post[0].staff == 0);
    for (Row row = 0; row < 300; ++row) CHECK(toy.world.persons.record[row].cause == Cause::closure);
}

TEST_CASE("contracts end, go on or become permanent in their last month", "[models][statistical]") {
    tests::ToyWorld toy(20'000);
    const auto& p = toy.parameters.separations = quiet();
    for (Row row = 0; row < 20'000; ++row) toy.employ(row, Contract::temporary, stored(toy.world.month + (row % 2 ? 0 : 1)));
    toy.tables.separations.leave_flexible = 0;
    step_separations(toy.world, toy.world.month);
    std::size_t renewed = 0, permanent = 0, ended = 0;
    for (Row row = 1; row < 20'000; row += 2) {
        const Person& person = toy.world.persons.record[row];
        ended += person.status != LabourStatus::employed;
        permanent += person.contract == Contract::permanent && person.ends == 0;
        renewed += person.contract == Contract::temporary && person.ends > stored(toy.world.month);
    }
    CHECK(renewed + permanent + ended == 10'000);
    CHECK(tests::share_fits(renewed, 10'000, p.contract_renewal));
    CHECK(tests::share_fits(permanent, 10'000, p.contract_permanent));
    for (Row row = 0; row < 20'000; row += 2) REQUIRE(toy.world.persons.record[row].status == LabourStatus::employed);
}

TEST_CASE("a learner who loses the contract stays in the path, a student who loses a side job stays a student", "[models][unit]") {
    tests::ToyWorld toy(2'000, 19);
    toy.parameters.separations = quiet();
    for (Row row = 0; row < 2'000; ++row) {
        toy.employ(row, row < 1'000 ? Contract::bbl : Contract::side_job);
        Person& person = toy.world.persons.record[row];
        person.track = row < 1'000 ? Track::mbo_bbl : Track::hbo;
        if (row >= 1'000) person.status = LabourStatus::student;
        toy.world.refresh(row);
    }
    toy.tables.separations.leave_permanent = 0.5;
    toy.parameters.separations.layoff = 1;
    toy.parameters.separations.side_job_end = 0.2;
    step_separations(toy.world, toy.world.month);
    std::size_t without = 0;
    for (Row row = 0; row < 2'000; ++row) {
        const Person& person = toy.world.persons.record[row];
        if (toy.world.persons.post[row] != no_post) continue;
        ++without;
        CHECK(person.status == LabourStatus::student);
        CHECK(person.track == (row < 1'000 ? Track::mbo_bbl : Track::hbo));
    }
    CHECK(without > 300);
}

TEST_CASE("an in-commuter who loses the job stands outside", "[models][unit]") {
    tests::ToyWorld toy(1'000);
    toy.parameters.separations = quiet();
    for (Row row = 0; row < 1'000; ++row) {
        toy.world.persons.region[row] = toy.world.rest_nl();
        toy.employ(row);
    }
    toy.tables.separations.leave_permanent = 0.5;
    toy.parameters.separations.layoff = 1;
    step_separations(toy.world, toy.world.month);
    std::size_t out = 0;
    for (Row row = 0; row < 1'000; ++row)
        if (toy.world.persons.post[row] == no_post) {
            ++out;
            CHECK(toy.world.persons.record[row].status == LabourStatus::outside);
        }
    CHECK(out > 150);
}

TEST_CASE("a world of two states settles at s / (s + f)", "[models][law][statistical]") {
    constexpr std::size_t people = 20'000;
    constexpr double s = 0.03, f = 0.20;
    tests::ToyWorld toy(people);
    auto& p = toy.parameters.separations = quiet();
    p.layoff = 1;
    p.layoff_to_unemployment = 1;
    toy.tables.separations.leave_permanent = 2 * s;  // half of it lay-offs
    for (Row row = 0; row < people; ++row) toy.employ(row);
    double unemployed = 0;
    int months = 0;
    for (int month = 0; month < 120; ++month) {
        step_separations(toy.world, toy.world.month);
        for (Row row = 0; row < people; ++row)
            if (toy.world.persons.record[row].status == LabourStatus::unemployed && !toy.world.moved(row) &&
                toy.world.random.uniform({900, sim::person(row), toy.world.month}) < f)
                toy.world.take_job(row, 0, Contract::permanent, LabourStatus::employed, 2000, 36, 0);
        toy.world.settle();
        toy.world.close_month();
        if (month >= 40) {
            unemployed += static_cast<double>(toy.count(LabourStatus::unemployed)) / people;
            ++months;
        }
        ++toy.world.month;
    }
    // Months are correlated by 1 - s - f = 0.77, so 80 months are worth about 10: five standard errors of the mean are 0.0038.
    const double law = s / (s + f), error = std::sqrt(law * (1 - law) / people / 10);
    CHECK(std::abs(unemployed / months - law) < 5 * error);
    CHECK(std::abs(unemployed / months - law * 1.1) > 5 * error);  // a tenth more would be noticed
}

TEST_CASE("a world of three states settles at the stationary law of its matrix", "[models][law][statistical]") {
    constexpr std::size_t people = 20'000;
    constexpr double quit = 0.01, layoff = 0.02, f = 0.18, g = 0.03, give_up = 0.08, look = 0.05;
    tests::ToyWorld toy(people);
    auto& p = toy.parameters.separations = quiet();
    auto& t = toy.tables.separations;
    p.layoff = p.quit = p.give_up = p.start_looking = 1;
    p.layoff_to_unemployment = 1;
    p.quit_to_unemployment = 0;
    p.looking_tightness = 0;
    p.short_tenure = 1;
    p.give_up_early = 1.1;
    t.leave_permanent = quit + layoff;
    p.quit_share = quit / (quit + layoff);
    p.layoff_share = layoff / (quit + layoff);
    t.give_up = give_up / 1.1;
    t.start_looking = look / 1.6 / 1.2;  // at distance 1, at middle age
    for (Row row = 0; row < people; ++row) toy.employ(row);
    // Two causes in one month: the earlier ring counts, so each loses half of the overlap (to the first order; both are small).
    const Transitions matrix{
        {{(1 - quit) * (1 - layoff), layoff * (1 - quit / 2), quit * (1 - layoff / 2)}, {f * (1 - give_up), 0, give_up}, {g * (1 - look), look, 0}}};
    Transitions full = matrix;
    full[0][0] = 1 - full[0][1] - full[0][2];
    full[1][1] = 1 - full[1][0] - full[1][2];
    full[2][2] = 1 - full[2][0] - full[2][1];
    std::array<double, 3> mean{};
    int months = 0;
    for (int month = 0; month < 160; ++month) {
        step_separations(toy.world, toy.world.month);
        for (Row row = 0; row < people; ++row) {
            Person& person = toy.world.persons.record[row];
            if (person.status == LabourStatus::inactive) person.distance = 1;
            if (toy.world.moved(row)) continue;
            const double hire = person.status == LabourStatus::unemployed ? f : person.status == LabourStatus::inactive ? g : 0;
            if (hire > 0 && toy.world.random.uniform({900, sim::person(row), toy.world.month}) < hire)
                toy.world.take_job(row, 0, Contract::permanent, LabourStatus::employed, 2000, 36, 0);
        }
        toy.world.settle();
        toy.world.close_month();
        if (month >= 60) {
            mean[0] += static_cast<double>(toy.count(LabourStatus::employed)) / people;
            mean[1] += static_cast<double>(toy.count(LabourStatus::unemployed)) / people;
            mean[2] += static_cast<double>(toy.count(LabourStatus::inactive)) / people;
            ++months;
        }
        ++toy.world.month;
    }
    const auto law = stationary(full);
    for (std::size_t state = 0; state < 3; ++state) {
        // Slowest correlation about 0.9 a month: 100 months are worth about 5.
        const double error = std::sqrt(law[state] * (1 - law[state]) / people / 5);
        CHECK(std::abs(mean[state] / months - law[state]) < 5 * error);
        CHECK(std::abs(mean[state] / months - 1.15 * law[state]) > 5 * error);
    }
}
