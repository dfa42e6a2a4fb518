#include "models/schooling.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <set>

#include "tests/support/school_world.hpp"
#include "tests/support/statistics.hpp"

using namespace models;

namespace {

/// What must hold at the end of every month.
void check_promises(const World& world) {
    std::vector<int> taken(world.employers.size(), 0);
    for (Row row = 0; row < world.persons.size(); ++row) {
        const Person& p = world.persons.record[row];
        if (p.contract == Contract::bbl) {
            REQUIRE(p.track == Track::mbo_bbl);
            REQUIRE(p.status == LabourStatus::employed);
            REQUIRE(world.persons.post[row] != no_post);
            ++taken[world.employers.post[world.persons.post[row]].employer];
        } else if (p.track == Track::mbo_bbl) {
            REQUIRE(p.status == LabourStatus::student);
            REQUIRE(months_since(p.since, world.month) <= bbl_months_without_contract);
        }
        if (p.track != Track::none)
            REQUIRE((p.status == LabourStatus::child ? world.age(row) < 15 : p.status == LabourStatus::student || p.status == LabourStatus::employed));
        if (p.status == LabourStatus::student) REQUIRE(p.track != Track::none);
        REQUIRE(world.persons.risk[row] == risk_of(p, world.persons.region[row], world.persons.post[row], world.regions));
    }
    for (std::size_t e = 0; e < world.employers.size(); ++e) {
        REQUIRE(world.employers.employer[e].bbl_taken == taken[e]);
        REQUIRE(world.employers.employer[e].bbl_taken <= world.employers.employer[e].bbl_places);
    }
}

std::vector<std::uint8_t> bytes_of(const World& world) {
    const auto* begin = reinterpret_cast<const std::uint8_t*>(world.persons.record.data());
    return {begin, begin + world.persons.record.size() * sizeof(Person)};
}

}  // namespace

TEST_CASE("three years of school keep their promises in every month", "[models][property][sanitize]") {
    tests::SchoolWorld school(6000);
    auto& world = school.world;
    std::size_t with_contract = 0;
    while (world.month < sim::Month::of(2023, 12)) {
        school.step();
        check_promises(world);
        // A learner loses the contract now and then, by whatever process.
        school.close();
        for (Row row = 0; row < world.persons.size(); ++row)
            if (world.persons.record[row].contract == Contract::bbl) {
                ++with_contract;
                if (world.random.uniform({900, sim::person(row), world.month, 0}) < 0.05)
                    world.leave_work(row, Cause::layoff, status_without_job(world.persons.record[row], LabourStatus::unemployed));
            }
        world.settle();
        school.close();
    }
    CHECK(with_contract > 1000);
}

TEST_CASE("diplomas come in July from the track that the person was in", "[models][property]") {
    tests::SchoolWorld school(6000);
    auto& world = school.world;
    while (world.month < sim::Month::of(2022, 12)) {
        school.step();
        for (const auto& log : world.log)
            for (const auto& before : log.before) {
                const Person& now = world.persons.record[before.row];
                if (now.diploma == before.record.diploma) continue;
                REQUIRE(world.month.month_of_year() == 7);
                REQUIRE(before.record.track != Track::none);
                const Attainment expected = after_diploma({before.record.education, before.record.field}, before.record.track, before.record.study_field);
                REQUIRE(now.education == expected.education);
                REQUIRE(now.field == expected.field);
            }
        school.close();
    }
    CHECK(std::any_of(world.persons.record.begin(), world.persons.record.end(), [](const Person& p) { return p.diploma != 0; }));
}

TEST_CASE("children become students in the month of their fifteenth birthday", "[models][unit]") {
    tests::SchoolWorld school(4000);
    school.step();
    const auto& world = school.world;
    std::size_t turned = 0;
    for (Row row = 0; row < world.persons.size(); ++row) {
        const Person& p = world.persons.record[row];
        if (world.age_in_months(row) == 180) ++turned;
        if (world.age_in_months(row) >= 180) CHECK(p.status != LabourStatus::child);
        if (world.age_in_months(row) < 180) CHECK(p.status == LabourStatus::child);
    }
    CHECK(turned > 5);
}

TEST_CASE("everybody of twelve enters secondary education in September", "[models][statistical]") {
    tests::SchoolWorld school(40'000);
    school.run_until(sim::Month::of(2021, 9));
    const auto& world = school.world;
    std::uint64_t entered = 0, vmbo = 0;
    for (Row row = 0; row < world.persons.size(); ++row) {
        if (school_cohort(world.persons.birth[row], world.month) != 0) continue;
        const Person& p = world.persons.record[row];
        REQUIRE(p.track != Track::none);
        CHECK(first_school_year(p) == 2021);
        ++entered;
        vmbo += p.track == Track::vmbo;
    }
    CHECK(tests::share_fits(vmbo, entered, 0.5));
    CHECK_FALSE(tests::share_fits(vmbo, entered, 0.62));
}

TEST_CASE("third-years choose technical profiles at the observed share", "[models][statistical]") {
    tests::SchoolWorld school(120'000);
    // Peers' shares of a small world are mostly chance, and the wage and the tightness are those of the reference.
    school.parameters.schooling.peers_effect = 0;
    school.run_until(sim::Month::of(2021, 9));
    const auto& world = school.world;
    std::array<std::uint64_t, 2> third{}, technical{};
    for (Row row = 0; row < world.persons.size(); ++row) {
        const Person& p = world.persons.record[row];
        if (p.track != Track::vmbo || years_in_track(p, world.month) != 2) continue;
        ++third[index_of(p.sex)];
        technical[index_of(p.sex)] += p.study_field == Field::technical;
    }
    CHECK(tests::share_fits(technical[0], third[0], 0.3));
    CHECK(tests::share_fits(technical[1], third[1], 0.06));
    CHECK_FALSE(tests::share_fits(technical[0], third[0], 0.4));
    CHECK_FALSE(tests::share_fits(technical[1], third[1], 0.12));
}

TEST_CASE("levers at their defaults and levers at null doses give the same bytes", "[models][property]") {
    tests::SchoolWorld base(5000), null(5000);
    null.tables.schooling = base.tables.schooling;
    null.parameters.schooling.technical_places = 0;
    null.parameters.schooling.awareness_effect = 5;  // of no awareness
    null.parameters.schooling.sto_effect = 0.2;      // of no change in exposure
    base.parameters.schooling.sto_exposure = null.parameters.schooling.sto_exposure = 1;
    base.run_until(sim::Month::of(2022, 10));
    null.run_until(sim::Month::of(2022, 10));
    CHECK(bytes_of(base.world) == bytes_of(null.world));
}

TEST_CASE("the same bytes for any number of threads", "[models][property]") {
    std::vector<std::vector<std::uint8_t>> results;
    for (const int threads : {1, 2, 3, 7}) {
        sim::Threads(threads).run([&] {
            tests::SchoolWorld school(30'000);
            school.run_until(sim::Month::of(2021, 11));
            results.push_back(bytes_of(school.world));
        });
    }
    for (const auto& result : results) CHECK(result == results.front());
}

TEST_CASE("interest in technology moves people into technology only", "[models][property]") {
    tests::SchoolWorld base(20'000), more(20'000);
    more.parameters.schooling.technical_interest = 0.3;
    base.parameters.schooling.peers_effect = more.parameters.schooling.peers_effect = 0;
    base.run_until(sim::Month::of(2021, 9));
    more.run_until(sim::Month::of(2021, 9));
    std::size_t gained = 0, lost = 0;
    for (Row row = 0; row < base.world.persons.size(); ++row) {
        const Field a = base.world.persons.record[row].study_field, b = more.world.persons.record[row].study_field;
        gained += a != Field::technical && b == Field::technical;
        lost += a == Field::technical && b != Field::technical;
    }
    CHECK(gained > 20);
    CHECK(lost == 0);
}

TEST_CASE("places bind the technical intake when the lever says so", "[models][unit]") {
    tests::SchoolWorld school(20'000);
    School mbo;
    mbo.track = Track::mbo_bol;
    mbo.capacity[0] = mbo.capacity[1] = mbo.capacity[2] = 100;
    school.world.schools.school.push_back(mbo);
    school.parameters.schooling.technical_places = 0.4;
    school.run_until(sim::Month::of(2021, 8));
    std::size_t technical = 0, all = 0;
    for (const auto& p : school.world.persons.record) {
        if ((p.track != Track::mbo_bol && p.track != Track::mbo_bbl) || first_school_year(p) != 2021) continue;
        ++all;
        technical += p.study_field == Field::technical;
    }
    // Workers under 25 who came back for a contract are planned with the others; those without one did not begin.
    CHECK(technical <= 40);
    CHECK(technical >= 30);
    CHECK(all > 300);
}

TEST_CASE("a learner without a contract for three months leaves the path", "[models][unit]") {
    tests::SchoolWorld school(200, 1, 1, 1, 0);  // no places at all
    auto& world = school.world;
    school.tables.schooling.recognised = {};
    school.tables.schooling.dropout = {};
    const Row row = 150;
    Person& p = world.persons.record[row];
    world.month = sim::Month::of(2021, 1);
    p.status = LabourStatus::student;
    p.track = Track::mbo_bbl;
    p.study_start = stored_school_year(2020);
    p.since = stored(world.month);  // lost in January
    world.refresh(row);
    for (int month = 2; month <= 4; ++month) {
        school.step();
        school.close();
        CHECK(p.track == Track::mbo_bbl);
        CHECK(p.status == LabourStatus::student);
    }
    school.step();
    CHECK(p.track != Track::mbo_bbl);
    CHECK((p.track == Track::none) == (p.status != LabourStatus::student));
}

TEST_CASE("a lost contract is replaced where there are places", "[models][unit]") {
    tests::SchoolWorld school(200, 1, 1, 5, 3);
    auto& world = school.world;
    school.tables.schooling.dropout = {};
    const Row row = 150;
    Person& p = world.persons.record[row];
    world.month = sim::Month::of(2021, 1);
    p.status = LabourStatus::student;
    p.track = Track::mbo_bbl;
    p.study_field = Field::ict;
    p.study_start = stored_school_year(2020);
    p.since = stored(world.month);
    world.refresh(row);
    school.step();
    CHECK(p.contract == Contract::bbl);
    CHECK(p.status == LabourStatus::employed);
    CHECK(group_of(p.occupation) == Field::ict);
    CHECK(world.moved(row));
}

TEST_CASE("graduates of the work-based path stay with the firm at the observed share", "[models][statistical]") {
    tests::SchoolWorld school(150'000, 3, 1, 400, 40);
    school.tables.schooling.bbl_share = {0.9, 0.9, 0.9};
    school.run_until(sim::Month::of(2022, 6));
    school.close();
    auto& world = school.world;
    school.run_until(sim::Month::of(2023, 7));
    std::uint64_t left = 0, stayed = 0, permanent = 0;
    for (const auto& log : world.log)
        for (const auto& before : log.before) {
            const Person& now = world.persons.record[before.row];
            if (before.record.contract != Contract::bbl || now.diploma != stored(world.month) || now.track != Track::none) continue;
            ++left;
            stayed += now.status == LabourStatus::employed && world.persons.post[before.row] == before.post;
            permanent += now.contract == Contract::permanent;
            CHECK(now.contract != Contract::bbl);
        }
    REQUIRE(left > 250);
    CHECK(tests::share_fits(stayed, left, 0.82));
    CHECK(tests::share_fits(permanent, stayed, 0.4));
    CHECK_FALSE(tests::share_fits(stayed, left, 0.65));
}

TEST_CASE("students with a side job go on in it or lose it when they leave", "[models][unit]") {
    tests::SchoolWorld school(8000);
    auto& world = school.world;
    for (Row row = 0; row < world.persons.size(); ++row)
        if (world.persons.record[row].status == LabourStatus::student) world.take_job(row, 2, Contract::side_job, LabourStatus::student, 900, 10, 0);
    world.settle();
    school.close();
    school.run_until(sim::Month::of(2021, 7));
    std::size_t kept = 0, lost = 0;
    for (const auto& log : world.log)
        for (const auto& before : log.before) {
            const Person& now = world.persons.record[before.row];
            if (before.record.contract != Contract::side_job || now.track != Track::none) continue;
            if (now.status == LabourStatus::employed) {
                ++kept;
                CHECK(world.persons.post[before.row] == before.post);
                CHECK(now.contract == Contract::temporary);
            } else {
                ++lost;
                CHECK(world.persons.post[before.row] == no_post);
            }
        }
    CHECK(kept > 20);
    CHECK(lost > 20);
}

TEST_CASE("the stock of students stays where its own flows keep it", "[models][statistical]") {
    // Cohorts of one size in a world without births: ages 15 to 24 are filled from below for two years.
    tests::SchoolWorld school(120'000, 5);
    auto& world = school.world;
    const auto in_education = [&] {
        std::array<double, tracks> n{};
        for (Row row = 0; row < world.persons.size(); ++row)
            if (const int age = world.age(row); age >= 12 && age < 30 && world.persons.record[row].track != Track::none)
                ++n[index_of(world.persons.record[row].track)];
        return n;
    };
    // Learners begin without contracts in this world, so the work-based path is filled first.
    school.run_until(sim::Month::of(2022, 1));
    school.close();
    const auto first = in_education();
    school.run_until(sim::Month::of(2023, 1));
    const auto second = in_education();
    for (const Track track : {Track::havo_vwo, Track::hbo, Track::wo}) CHECK(second[index_of(track)] == Approx(first[index_of(track)]).epsilon(0.04));
}

TEST_CASE("every parameter of schooling has a unit, a meaning and a source unless it is assumed", "[models][unit]") {
    std::set<std::string> names;
    const SchoolingParameters defaults;
    for (const auto& row : schooling_table()) {
        CHECK(names.insert(row.name).second);
        CHECK_FALSE(row.unit.empty());
        CHECK_FALSE(row.meaning.empty());
        CHECK((row.status == Status::assumed || !row.source.empty()));
        CHECK(row.get(defaults) >= row.minimum);
        CHECK(row.get(defaults) <= row.maximum);
    }
}

TEST_CASE("drop-out stays below the bound of its first layer in the tables' range", "[models][unit]") {
    const auto t = tests::school_tables();
    for (int track = 0; track < tracks; ++track)
        for (const int years : {0, 1, 5})
            for (const Sex sex : {Sex::men, Sex::women})
                CHECK(dropout_probability(static_cast<Track>(track), years, Field::ict, sex, t, {}).value() < dropout_bound);
}
