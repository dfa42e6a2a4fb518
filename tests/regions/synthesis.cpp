#include "regions/synthesis.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <map>
#include <numeric>

#include "regions/fit.hpp"
#include "regions/synthesis_parts.hpp"
#include "sim/error.hpp"
#include "tests/support/start_world.hpp"
#include "tests/support/statistics.hpp"

using models::Contract;
using models::LabourStatus;
using models::Track;

namespace {

/// Promises that every start population keeps: each is a count that must be zero.
struct Broken {
    std::int64_t staff = 0;        ///< posts whose staff is not the number of workers who point to them
    std::int64_t start_staff = 0;  ///< employers whose start staff is not the sum of their posts
    std::int64_t job = 0;          ///< persons whose post, contract, status and occupation do not agree
    std::int64_t learner = 0;      ///< BBL learners who are not at a recognised company with a place, or in no BBL track
    std::int64_t order = 0;        ///< residents who are out of the order of region and birth month
    std::int64_t age = 0;          ///< statuses that an age does not allow
    std::int64_t future = 0;       ///< spells that begin after the start, or contracts that ended before it
    std::int64_t risk = 0;         ///< at-risk bytes that are out of date
};

Broken broken_promises(const models::World& w) {
    Broken b;
    const auto& persons = w.persons;
    std::vector<std::int32_t> staff(w.employers.post.size());
    std::vector<std::int32_t> learners(w.employers.size());
    bool outside = false;
    for (models::Row row = 0; row < persons.size(); ++row) {
        const auto& p = persons.record[row];
        const auto post = persons.post[row];
        const bool resident = w.resident(row);
        if (post != models::no_post) ++staff[post];
        const bool employee =
            p.contract == Contract::permanent || p.contract == Contract::temporary || p.contract == Contract::bbl || p.contract == Contract::side_job;
        b.job += employee != (post != models::no_post);
        if (post != models::no_post) {
            b.job += p.occupation != w.employers.post[post].occupation || p.hours == 0 || p.wage == 0;
            if (resident) b.job += p.status != (p.contract == Contract::side_job ? LabourStatus::student : LabourStatus::employed);
        } else if (resident) {
            b.job += p.status == LabourStatus::employed;
            b.job += (p.status == LabourStatus::self_employed) != (p.occupation != models::no_occupation);
        }
        if (p.contract == Contract::bbl) {
            b.learner += p.track != Track::mbo_bbl || w.employer_of(post).learning_company == 0;
            ++learners[w.employers.post[post].employer];
        }
        if (row > 0 && resident && persons.region[row] == persons.region[row - 1]) b.order += persons.birth[row] < persons.birth[row - 1];
        if (!resident) outside = true;
        b.order += resident && outside;
        if (resident) {
            const int age = w.age(row);
            b.age += (age < 15) != (p.status == LabourStatus::child);
            b.age += age > 74 && p.status != LabourStatus::retired;
            b.age += age < 15 && p.education != models::Education::low;
            b.age += (p.status == LabourStatus::student) && p.track == Track::none;
            b.age += p.track != Track::none && p.study_start == 0;
        }
        b.future += p.since > w.month.number();
        b.future += p.ends != 0 && p.ends < w.month.number();
        b.risk += persons.risk[row] != models::risk_of(p, persons.region[row], post, w.regions);
    }
    for (std::size_t i = 0; i < staff.size(); ++i) b.staff += staff[i] != w.employers.post[i].staff;
    for (std::size_t e = 0; e < w.employers.size(); ++e) {
        const auto& employer = w.employers.employer[e];
        std::int32_t sum = 0;
        for (std::uint32_t p = employer.first_post; p < employer.first_post + employer.posts; ++p) sum += w.employers.post[p].staff;
        b.start_staff += sum != employer.start_staff;
        b.learner += learners[e] != employer.bbl_taken || employer.bbl_taken > employer.bbl_places;
    }
    return b;
}

void check_promises(const models::World& w) {
    const Broken b = broken_promises(w);
    CHECK(b.staff == 0);
    CHECK(b.start_staff == 0);
    CHECK(b.job == 0);
    CHECK(b.learner == 0);
    CHECK(b.order == 0);
    CHECK(b.age == 0);
    CHECK(b.future == 0);
    CHECK(b.risk == 0);
    CHECK(w.month == sim::Month::of(2020, 12));
}

/// Largest error of a margin, in the unit of its table.
std::map<std::string, double> largest_errors(const models::World& w, const tests::StartWorld& s) {
    std::map<std::string, double> errors;
    for (const auto& row : regions::summarise(regions::fit_of(w, s.start, s.options.scale))) errors[row.name] = row.largest;
    return errors;
}

}  // namespace

TEST_CASE("everybody has one place and every figure agrees with another", "[regions][property]") {
    check_promises(tests::StartWorld({"Zeeuws-Vlaanderen"}).world());
    check_promises(tests::StartWorld({"IJmond", "Brainport"}, 0.1).world());
}

TEST_CASE("the margins of the tables come out within rounding", "[regions][property]") {
    const tests::StartWorld s({"Zeeuws-Vlaanderen", "IJmond"});
    const auto w = s.world();
    auto error = largest_errors(w, s);
    CHECK(error["population by age and sex"] < 1.5);  // persons
    CHECK(error["education in three levels, 15-74"] < 0.0003);
    CHECK(error["net participation, 15-74, January 2021"] < 0.0003);
    CHECK(error["unemployment rate, 15-74, January 2021"] < 0.0003);
    CHECK(error["self-employed share of the employed"] < 0.0003);
    CHECK(error["employee jobs by sector, shares"] < 0.0003);
    CHECK(error["residents' jobs by work region, shares"] < 0.0006);
    CHECK(error["staff of named employers"] < 2.5);
    // Margins that hold for the nation, or that several figures pull at.
    CHECK(error["technical and ICT share of work"] < 0.02);
    CHECK(error["hours of the employed, shares by age"] < 0.05);
    CHECK(error["part-time share of the employed by sex"] < 0.02);
    CHECK(error["women's share of the employed in the group"] < 0.03);
    // The largest region of a wrong table would be noticed.
    auto wrong = s;
    for (auto& margin : wrong.start.margins)
        if (margin.name == "net participation, 15-74, January 2021") margin.value += 0.001;
    CHECK(largest_errors(w, wrong)["net participation, 15-74, January 2021"] > 0.0006);
}

TEST_CASE("ages are smooth, so that no cliff moves through the years", "[regions][property]") {
    const tests::StartWorld s({"Zuid-Limburg"});
    for (const auto& sex : s.start.region[0].population) {
        const auto months = regions::synthesis::persons_by_month(sex);
        REQUIRE(months.size() == 105 * 12);
        for (int g = 0; g < regions::age_groups_of_five - 1; ++g) {
            const auto begin = months.begin() + g * 60;
            CHECK(std::abs(static_cast<double>(std::accumulate(begin, begin + 60, std::int64_t{0})) - sex[static_cast<std::size_t>(g)]) <= 1);
        }
        // From one quarter of a year of birth to the next the number changes by at most a sixth, also between groups that differ by half.
        for (std::size_t q = 1; q + 1 < 90 * 4; ++q) {
            const double before = static_cast<double>(months[3 * q - 3] + months[3 * q - 2] + months[3 * q - 1]);
            const double after = static_cast<double>(months[3 * q] + months[3 * q + 1] + months[3 * q + 2]);
            CHECK(std::abs(after - before) <= before / 6 + 3);
        }
    }
}

TEST_CASE("the start population is the same for any number of threads and on repeat", "[regions][property]") {
    for (const bool spin_up : {false, true}) {
        const tests::StartWorld s({"Zeeuws-Vlaanderen"}, spin_up ? 0.2 : 1.0, spin_up);
        const auto one = s.world(1);
        CHECK(tests::same_world(one, s.world(1)));
        for (const int threads : {2, 3, 7}) CHECK(tests::same_world(one, s.world(threads)));
        auto other = s;
        other.options.population_seed = 2;
        CHECK_FALSE(tests::same_world(one, other.world(1)));
    }
}

TEST_CASE("a scaled start keeps persons by their own draw and large employers by scaled staff", "[regions][statistical]") {
    const tests::StartWorld whole({"IJmond"});
    const tests::StartWorld tenth({"IJmond"}, 0.1);
    const auto all = whole.world();
    const auto some = tenth.world();
    auto residents = [](const models::World& w) {
        std::uint64_t n = 0;
        for (models::Row row = 0; row < w.persons.size(); ++row) n += w.resident(row);
        return n;
    };
    CHECK(tests::share_fits(residents(some), residents(all), 0.1));
    CHECK_FALSE(tests::share_fits(residents(some), residents(all), 0.105));
    // Tata Steel has 9,200 workers, so more than 10 / scale: it stays, with a tenth of them.
    std::int32_t largest = 0;
    for (const auto& e : some.employers.employer)
        if (e.region == 0) largest = std::max(largest, e.start_staff);
    CHECK(largest == Approx(920).margin(2));
    // Jobs are those of the sampled workers, so the number of employers is about a tenth of all, within what few large ones allow.
    auto employers = [](const models::World& w) {
        return static_cast<double>(std::count_if(w.employers.employer.begin(), w.employers.employer.end(), [](const auto& e) { return e.region == 0; }));
    };
    CHECK(employers(some) / employers(all) == Approx(0.1).epsilon(0.25));
}

TEST_CASE("a scale out of range is refused", "[regions][unit]") {
    tests::StartWorld s({"Zeeuws-Vlaanderen"});
    for (const double scale : {0.0, -1.0, 2.0}) {
        s.options.scale = scale;
        CHECK_THROWS_AS(s.world(), sim::InputError);
    }
}

TEST_CASE("pupils are in the tracks of their age", "[regions][property]") {
    const auto w = tests::StartWorld({"IJmond"}).world();
    std::int64_t twelve_to_fourteen = 0;
    std::int64_t pupils = 0;
    std::int64_t wrong = 0;
    for (models::Row row = 0; row < w.persons.size(); ++row) {
        if (!w.resident(row)) continue;
        const auto& p = w.persons.record[row];
        const int age = w.age(row);
        if (age == 13 || age == 14) {
            ++twelve_to_fourteen;
            pupils += p.track == Track::vmbo || p.track == Track::havo_vwo;
        }
        wrong += age < 12 && p.track != Track::none;
        wrong += age < 15 && p.track != Track::none && p.track != Track::vmbo && p.track != Track::havo_vwo;
        wrong += p.track == Track::wo && age < 17;
        wrong += p.track == Track::vmbo && age > 18;
    }
    CHECK(pupils == twelve_to_fourteen);
    CHECK(wrong == 0);
}

TEST_CASE("twelve months of spin-up leave the margins as they were built", "[regions][property]") {
    const tests::StartWorld built({"Zeeuws-Vlaanderen", "IJmond"});
    const tests::StartWorld spun({"Zeeuws-Vlaanderen", "IJmond"}, 1.0, true);
    const auto before = built.world();
    const auto after = spun.world();
    check_promises(after);
    REQUIRE(before.persons.size() == after.persons.size());
    std::map<std::array<int, 4>, std::int64_t> cells;
    for (models::Row row = 0; row < before.persons.size(); ++row) {
        if (!before.resident(row)) continue;
        const auto key = [&](const models::World& w) {
            const auto& p = w.persons.record[row];
            return std::array<int, 4>{w.persons.region[row], static_cast<int>(p.sex), w.age(row), static_cast<int>(p.status)};
        };
        ++cells[key(before)];
        --cells[key(after)];
    }
    std::int64_t moved = 0;
    for (const auto& cell : cells) moved += std::abs(cell.second);
    CHECK(moved == 0);
    auto error = largest_errors(after, spun);
    CHECK(error["employee jobs by sector, shares"] < 0.0006);
    CHECK(error["residents' jobs by work region, shares"] < 0.001);
    // Something did happen: spells began in 2020 under the model's rules.
    std::int64_t changed = 0;
    for (models::Row row = 0; row < before.persons.size(); ++row) changed += before.persons.post[row] != after.persons.post[row];
    CHECK(changed > 1000);
}
