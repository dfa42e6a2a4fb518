#include "models/hybrid_teachers.hpp"

#include <algorithm>
#include <set>

#include <catch2/catch.hpp>

#include "tests/support/school_world.hpp"

using namespace models;

namespace {

constexpr std::size_t workers = 20000;

/// A region with schools that have open posts, and technicians and ICT workers at forty employers.
struct Lending {
    tests::SchoolWorld w;
    explicit Lending(double before = 0) : w(workers, 3) {
        w.add_schools({.technical_posts = 100, .ict_posts = 60, .open_share = 0.1, .knowledge = 0.5, .hybrid_before = before, .hybrid_stay = 0.8});
        auto& persons = w.world.persons;
        for (Row row = 0; row < workers; ++row) {
            Person& p = persons.record[row];
            if (p.track != Track::none || w.world.age(row) < 18) continue;
            const std::uint32_t employer = row % 40;
            persons.post[row] = employer * 3 + (row / 40) % 3;
            p.status = LabourStatus::employed;
            p.contract = Contract::permanent;
            p.occupation = w.world.employers.post[persons.post[row]].occupation;
            p.education = row % 3 == 0 ? Education::hbo : Education::mbo2_4;
            p.experience = 100;
            w.world.refresh(row);
        }
        begin_teaching(w.world);
        w.parameters.teaching.start_rate = 0.01;
    }
    void month() { w.teach(); }
    [[nodiscard]] const TeachingState& state() const { return w.world.teaching; }
};

}  // namespace

TEST_CASE("who can teach has hbo or university, or mbo and five years of the work", "[models][unit]") {
    const sim::Month now = sim::Month::of(2021, 6);
    Person p;
    p.since = stored(now - 12);
    p.education = Education::hbo;
    CHECK(can_teach(p, now));
    p.education = Education::mbo2_4;
    CHECK_FALSE(can_teach(p, now));
    p.experience = 48;
    CHECK(can_teach(p, now));
    p.education = Education::low;
    CHECK_FALSE(can_teach(p, now));
}

TEST_CASE("the start of a hybrid teacher answers to demand, cost, compensation, partners and colleagues who teach", "[models][unit]") {
    const TeachingParameters p;
    CHECK(cost_factor(p) == 1.0);
    const double usual = start_hazard(1.0, false, p);
    CHECK(usual == p.start_rate);
    CHECK(start_hazard(0.5, false, p) < usual);
    CHECK(start_hazard(0.0, true, p) == 0.0);
    CHECK(start_hazard(1.0, true, p) > usual);
    auto q = p;
    q.compensation = 10;
    CHECK(start_hazard(1.0, false, q) > usual);
    q.cost = 35;
    CHECK(start_hazard(1.0, false, q) == usual);
    q.cost = 60;
    CHECK(start_hazard(1.0, false, q) < usual);
    q = p;
    q.partnership = 0.5;
    CHECK(start_hazard(1.0, false, q) > usual);
    q = p;
    q.matching_project = 1;
    CHECK(start_hazard(1.0, false, q) == Approx((1 + p.matching_gain) * usual));
    CHECK(start_ceiling(q) <= hybrid_start_bound);
    q = p;
    q.school_demand = 2;
    CHECK(start_hazard(1.0, false, q) == Approx(2 * usual));
    CHECK(start_ceiling(p) <= hybrid_start_bound);
    CHECK(start_ceiling(p) == start_hazard(demand_most, true, p));
    // Strong doses together reach the limit, and nobody is above the ceiling of the thinned stream then.
    q = p;
    q.matching_project = 1;
    q.school_demand = 10;
    q.compensation = 200;
    q.partnership = 1;
    CHECK(start_hazard(demand_most, true, q) == start_most);
    CHECK(start_ceiling(q) == start_most);
}

TEST_CASE("demand of schools follows open posts up to a limit, and is nil without any", "[models][unit]") {
    const TeachingParameters p;
    CHECK(demand_of_schools(10, 10, p) == 1.0);
    CHECK(demand_of_schools(5, 10, p) < 1.0);
    CHECK(demand_of_schools(12, 10, p) > 1.0);
    CHECK(demand_of_schools(1000, 10, p) == demand_most);
    CHECK(demand_of_schools(0, 10, p) == 0.0);
    CHECK(demand_of_schools(3, 0, p) == 1.0);
}

TEST_CASE("knowledge spreads from those who lend, is forgotten above the start and reached by information", "[models][unit]") {
    TeachingParameters p;
    CHECK(knowledge_after(0.3, 0.0, 0.3, p) == 0.3);
    CHECK(knowledge_after(0.3, 0.2, 0.3, p) > 0.3);
    CHECK(knowledge_after(0.3, 0.4, 0.3, p) > knowledge_after(0.3, 0.2, 0.3, p));
    CHECK(knowledge_after(0.5, 0.0, 0.3, p) < 0.5);
    CHECK(knowledge_after(1.0, 1.0, 1.0, p) == 1.0);
    CHECK(known_share(0.3, p) == Approx(0.3));
    p.information = 0.5;
    CHECK(known_share(0.3, p) == Approx(0.65));
    p.information = 1;
    CHECK(known_share(0.3, p) == 1.0);
}

TEST_CASE("an employer without enough technicians lends nobody, a large one a share", "[models][unit]") {
    const TeachingParameters p;
    CHECK(lent_at_most(9, p) == 0);
    CHECK(lent_at_most(10, p) == 1);
    CHECK(lent_at_most(200, p) == 10);
}

TEST_CASE("contracts hold together: one a person, at the employer of the job, at a school with posts of the field", "[models][property]") {
    Lending l;
    std::int64_t starts = 0;
    for (int m = 0; m < 24; ++m) {
        l.month();
        starts += l.state().starts[0];
    }
    const auto& world = l.w.world;
    REQUIRE(l.state().contracts.size() > 20);
    CHECK(static_cast<std::size_t>(starts) == l.state().taught.size());
    std::set<Row> rows;
    double hours = 0;
    for (const auto& c : l.state().contracts) {
        CHECK(rows.insert(c.row).second);
        CHECK(world.employers.post[world.persons.post[c.row]].employer == c.employer);
        CHECK(std::binary_search(l.state().taught.begin(), l.state().taught.end(), c.row));
        CHECK(std::binary_search(l.state().lenders.begin(), l.state().lenders.end(), c.employer));
        CHECK(index_of(group_of(world.persons.record[c.row].occupation)) == c.field);
        CHECK(world.schools.school[c.school].posts[c.field] > 0);
        CHECK(c.hours >= 4);
        CHECK(c.hours <= 8);
        CHECK(c.ends >= stored(world.month));
        hours += c.hours;
    }
    // What leaves employers is what reaches schools.
    double lent = 0, taught = 0;
    for (const double h : l.state().lent_hours) lent += h;
    for (const double h : l.state().hours) taught += h;
    CHECK(lent == Approx(hours));
    CHECK(taught == Approx(hours));
    for (const auto& s : world.schools.school)
        for (const float open : s.teacher_vacancies) CHECK(open >= 0);
}

TEST_CASE("a contract ends with the job", "[models][property]") {
    Lending l;
    for (int m = 0; m < 12; ++m) l.month();
    REQUIRE(l.state().contracts.size() > 3);
    const Row row = l.state().contracts[1].row;
    ++l.w.world.month;
    l.w.world.leave_work(row, Cause::quit, LabourStatus::unemployed);
    l.w.world.settle();
    step_teaching(l.w.world, l.w.world.month);
    for (const auto& c : l.state().contracts) CHECK(c.row != row);
    CHECK(std::binary_search(l.state().taught.begin(), l.state().taught.end(), row));
}

TEST_CASE("hybrid hours fill open posts, lower drop-out and raise places", "[models][property]") {
    Lending with, without;
    without.w.parameters.teaching.school_demand = 0;
    for (int m = 0; m < 24; ++m) {
        with.month();
        without.month();
    }
    CHECK(without.state().contracts.empty());
    double open_with = 0, open_without = 0;
    for (std::size_t s = 0; s < 3; ++s)
        for (std::size_t f = 0; f < taught_fields; ++f) {
            open_with += static_cast<double>(with.w.world.schools.school[s].teacher_vacancies[f]);
            open_without += static_cast<double>(without.w.world.schools.school[s].teacher_vacancies[f]);
        }
    CHECK(open_with < open_without);
    CHECK(with.state().dropout_factor(0, Track::mbo_bol, Field::technical) < without.state().dropout_factor(0, Track::mbo_bol, Field::technical));
    CHECK(with.state().places_factor(0, Field::technical) > without.state().places_factor(0, Field::technical));
    CHECK(with.state().match_shift(0, Field::technical) > 0);
    CHECK(without.state().match_shift(0, Field::technical) == 0.0);
}

TEST_CASE("first starts rise with information and with willingness, worker by worker", "[models][property]") {
    const auto first_month = [](double information, double willing) {
        Lending l;
        l.w.parameters.teaching.information = information;
        l.w.parameters.teaching.willing = willing;
        l.month();
        return l.state().taught;
    };
    const auto usual = first_month(0.0, 0.2), informed = first_month(0.6, 0.2), willing = first_month(0.0, 0.5);
    REQUIRE(!usual.empty());
    CHECK(informed.size() > usual.size());
    CHECK(willing.size() > usual.size());
    CHECK(std::includes(informed.begin(), informed.end(), usual.begin(), usual.end()));
    CHECK(std::includes(willing.begin(), willing.end(), usual.begin(), usual.end()));
    CHECK(first_month(0.0, 0.0).empty());
}

TEST_CASE("the start places as many as the tables say, whatever the parameters", "[models][property]") {
    Lending usual(30);
    CHECK(usual.state().taught.size() == 30);
    CHECK(usual.state().contracts.size() < 30);
    CHECK(usual.state().contracts.size() > 15);
    CHECK(starts_before(usual.w.tables.teaching, 0, 0.1) == 3);
    Lending moved(30);
    const TeachingState before = moved.state();
    moved.w.world.teaching = {};
    moved.w.parameters.teaching.willing = 0.01;
    moved.w.parameters.teaching.pupils_per_hour = 20;
    moved.w.parameters.teaching.technicians_least = 100;
    begin_teaching(moved.w.world);
    CHECK(moved.state() == before);
}

TEST_CASE("the month of teaching does not depend on threads", "[models][property]") {
    const auto run = [](int threads) {
        Lending l(20);
        sim::Threads arena(threads);
        arena.run([&] {
            for (int m = 0; m < 12; ++m) l.month();
        });
        return l.state();
    };
    const TeachingState one = run(1);
    CHECK(one == run(3));
    CHECK(one.contracts.size() > 5);
}
