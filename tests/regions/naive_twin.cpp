/// The real program against its naive twin (tests/naive): the same distributions of unemployment, vacancies and durations at scale 0.01.
///
/// A run gives one number for each figure below, so runs are independent and numbers within a run need not be. Each figure is compared by three two-sample
/// tests over runs: of means (Welch), of spreads (Welch on distances from the median, Brown-Forsythe) and of laws (Kolmogorov-Smirnov, exact). All together
/// they reject programs that are alike once in 10 000 sets of seeds (Bonferroni). The seeds are fixed, so the outcome is too.
/// The test stands with the regions, since it begins with their start population.

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include <boost/math/distributions/students_t.hpp>
#include <catch2/catch.hpp>

#include "tests/naive/core_world.hpp"
#include "tests/naive/twin.hpp"

namespace {

constexpr double scale = 0.01;
constexpr int months = 24;
constexpr double familywise_error = 1e-4;

double mean(const std::vector<double>& x) {
    double sum = 0;
    for (const double v : x) sum += v;
    return sum / static_cast<double>(x.size());
}

/// The figures of a run by name.
std::map<std::string, double> figures_of(const naive::History& history) {
    std::map<std::string, double> figures;
    std::vector<double> filled, hires, moves, ended, spells, fills;
    for (std::size_t m = 0; m < history.size(); ++m) {
        const auto& seen = history[m];
        filled.push_back(static_cast<double>(seen.vacancies_filled_after.size()));
        hires.push_back(seen.hires);
        moves.push_back(seen.moves);
        ended.push_back(seen.jobs_ended);
        spells.insert(spells.end(), seen.spells_ended_after.begin(), seen.spells_ended_after.end());
        fills.insert(fills.end(), seen.vacancies_filled_after.begin(), seen.vacancies_filled_after.end());
        if ((m + 1) % 6 != 0) continue;
        const std::string when = " after " + std::to_string(m + 1) + " months";
        const auto unemployed = static_cast<double>(seen.unemployed_for.size());
        figures["unemployment" + when] = unemployed / (unemployed + seen.employed);
        figures["open vacancies" + when] = static_cast<double>(seen.vacancies_open_for.size());
    }
    const auto share_from = [](const std::vector<double>& durations, double least) {
        return static_cast<double>(std::count_if(durations.begin(), durations.end(), [&](double d) { return d >= least; })) /
               static_cast<double>(durations.size());
    };
    const auto& last = history.back();
    figures["vacancies filled a month"] = mean(filled);
    figures["hires a month"] = mean(hires);
    figures["moves from job to job a month"] = mean(moves);
    figures["mean log wage"] = last.log_wages / last.employed;
    figures["jobs ended a month"] = mean(ended);
    figures["mean ended unemployment"] = mean(spells);
    figures["ended unemployment of three months and more"] = share_from(spells, 3);
    figures["ended unemployment of a year and more"] = share_from(spells, 12);
    figures["mean unemployment in progress"] = mean({last.unemployed_for.begin(), last.unemployed_for.end()});
    figures["mean duration of filled vacancies"] = mean(fills);
    figures["vacancies filled in the month of opening"] = 1 - share_from(fills, 1);
    figures["vacancies filled after three months and more"] = share_from(fills, 3);
    figures["mean age of open vacancies"] = mean({last.vacancies_open_for.begin(), last.vacancies_open_for.end()});
    return figures;
}

using Sample = std::map<std::string, std::vector<double>>;  ///< by figure, one number a run

template <class Run>
Sample runs_of(int runs, std::uint64_t first_seed, Run&& run) {
    Sample sample;
    for (int r = 0; r < runs; ++r)
        for (const auto& [name, value] : figures_of(run(first_seed + static_cast<std::uint64_t>(r)))) sample[name].push_back(value);
    return sample;
}

/// Chance of means as far apart as these (Welch's test).
double p_of_means(const std::vector<double>& a, const std::vector<double>& b) {
    const auto squared_error = [](const std::vector<double>& x) {
        double sum = 0;
        for (const double v : x) sum += (v - mean(x)) * (v - mean(x));
        return sum / static_cast<double>((x.size() - 1) * x.size());
    };
    const double ea = squared_error(a), eb = squared_error(b);
    const double freedom = (ea + eb) * (ea + eb) / (ea * ea / static_cast<double>(a.size() - 1) + eb * eb / static_cast<double>(b.size() - 1));
    return 2 * boost::math::cdf(boost::math::complement(boost::math::students_t(freedom), std::abs(mean(a) - mean(b)) / std::sqrt(ea + eb)));
}

/// Chance of spreads as unlike as these.
double p_of_spreads(const std::vector<double>& a, const std::vector<double>& b) {
    const auto distances = [](std::vector<double> x) {
        std::sort(x.begin(), x.end());
        const double median = (x[(x.size() - 1) / 2] + x[x.size() / 2]) / 2;
        for (double& v : x) v = std::abs(v - median);
        return x;
    };
    return p_of_means(distances(a), distances(b));
}

/// Chance of empirical laws as far apart as these: the share of lattice paths that leave the band, counted exactly (with ties: at most this).
double p_of_laws(std::vector<double> a, std::vector<double> b) {
    std::sort(a.begin(), a.end());
    std::sort(b.begin(), b.end());
    const auto na = static_cast<double>(a.size()), nb = static_cast<double>(b.size());
    const auto below = [](const std::vector<double>& x, double v) { return static_cast<double>(std::upper_bound(x.begin(), x.end(), v) - x.begin()); };
    double distance = 0;
    for (const auto* x : {&a, &b})
        for (const double v : *x) distance = std::max(distance, std::abs(below(a, v) / na - below(b, v) / nb));
    // Share of the paths to (i, j) that have been as far apart anywhere.
    std::vector<double> outside(b.size() + 1, 0.0);
    for (std::size_t i = 0; i <= a.size(); ++i)
        for (std::size_t j = 0; j <= b.size(); ++j) {
            const double x = static_cast<double>(i), y = static_cast<double>(j);
            if (std::abs(x / na - y / nb) > distance - 1e-9)
                outside[j] = 1;
            else if (i + j > 0)
                outside[j] = (x * outside[j] + (j > 0 ? y * outside[j - 1] : 0.0)) / (x + y);
        }
    return outside.back();
}

/// The least chance over all tests of two samples times their number, and the figure that it belongs to.
struct Verdict {
    double p = 1;
    std::string figure;
};
Verdict compare(const Sample& real, const Sample& twin) {
    Verdict verdict;
    const double tests = 3.0 * static_cast<double>(real.size());
    for (const auto& [name, a] : real) {
        const auto& b = twin.at(name);
        const double chances[] = {p_of_means(a, b), p_of_spreads(a, b), p_of_laws(a, b)};
        const double p = *std::min_element(std::begin(chances), std::end(chances)) * tests;
        UNSCOPED_INFO(name << ": " << mean(a) << " and " << mean(b) << ", chances " << chances[0] << " " << chances[1] << " " << chances[2]);
        if (p < verdict.p) verdict = {p, name};
    }
    return verdict;
}

}  // namespace

TEST_CASE("the exact law of Kolmogorov and Smirnov on two and two numbers", "[regions][law]") {
    // Of the six orders of two and two numbers two keep them apart.
    CHECK(p_of_laws({1, 2}, {3, 4}) == Approx(1.0 / 3));
    CHECK(p_of_laws({1, 3}, {2, 4}) == Approx(1.0));
}

TEST_CASE("the core begins with people and jobs that belong together", "[regions][property]") {
    const naive::CoreWorld core(scale);
    const auto& world = core.start();
    std::vector<std::int32_t> staff(world.employers.post.size(), 0);
    for (models::Row row = 0; row < world.persons.size(); ++row) {
        const auto& person = world.persons.record[row];
        CHECK(world.resident(row));
        CHECK(world.age(row) + months / 12 < 67);
        CHECK((person.status == models::LabourStatus::employed) == (world.persons.post[row] != models::no_post));
        if (person.status != models::LabourStatus::employed) continue;
        CHECK(person.wage > 0);
        CHECK((person.ends == 0 || person.ends > world.month.number()));
        CHECK(world.employer_of(world.persons.post[row]).open());
        ++staff[world.persons.post[row]];
    }
    for (std::size_t p = 0; p < staff.size(); ++p) CHECK(world.employers.post[p].staff == staff[p]);
    CHECK(world.market.reference_months == 12);  // from then on what counts as normal tightness stays
}

TEST_CASE("the real program and its naive twin give the same unemployment, vacancies and durations, and planted differences are found",
          "[regions][statistical]") {
    constexpr int runs = 60;
    const naive::CoreWorld core(scale);
    const auto twin_with = [&](const models::Parameters& parameters, std::uint64_t first_seed) {
        return runs_of(runs, first_seed, [&](std::uint64_t seed) { return naive::Market(core.start(), core.tables(), parameters).run(seed, months); });
    };
    const Sample real = runs_of(runs, 1, [&](std::uint64_t seed) { return core.run(seed, months); });

    Sample wider = real;  // three times the distances from the mean
    for (auto& [name, runs_in] : wider)
        for (double& v : runs_in) v += 2 * (v - mean(real.at(name)));
    CHECK(compare(real, wider).p < familywise_error);

    const Verdict same = compare(real, twin_with(core.parameters(), 1001));
    CAPTURE(same.figure);
    CHECK(same.p > familywise_error);

    auto slow = core.parameters();
    slow.search.applications_unemployed *= 0.9;
    const Verdict fewer_applications = compare(real, twin_with(slow, 2001));
    CHECK(fewer_applications.p < familywise_error);

    auto restless = core.parameters();
    restless.separations.quit *= 1.05;
    restless.separations.layoff *= 1.05;
    const Verdict more_separations = compare(real, twin_with(restless, 3001));
    CHECK(more_separations.p < familywise_error);
}
