#include "models/indicators.hpp"

#include <array>
#include <cmath>
#include <cstring>
#include <filesystem>
#include <map>
#include <vector>

#include <unistd.h>
#include <catch2/catch.hpp>

#include "models/world.hpp"
#include "sim/checkpoint.hpp"
#include "sim/error.hpp"
#include "tests/support/accounts.hpp"
#include "tests/support/random_world.hpp"

using namespace models;

namespace {

constexpr int months = 30;

/// A random world that was recorded for `months` months.
struct Recorded {
    explicit Recorded(unsigned seed, int simulated = months) : random_world(seed), trajectory({0}, sim::Month::of(2021, 1), simulated + 1) {
        series = add_series(trajectory, *random_world.world().tables);
        indicators.emplace_back(trajectory, series, 0);
        indicators[0].start(random_world.world());
    }
    void month() {
        random_world.live_a_month();
        indicators[0].record(random_world.world());
        random_world.world().close_month();
    }
    tests::RandomWorld random_world;
    sim::Trajectory trajectory;
    SeriesIds series{};
    std::vector<Indicators> indicators;
};

PersonState state(const Person& p, std::uint8_t region, PostNumber post = no_post) { return {&p, post, {}, 1000, region}; }

}  // namespace

TEST_CASE("every account closes in every month of a random world", "[models][property][sanitize]") {
    Recorded run(1);
    for (int month = 0; month < months; ++month) run.month();
    tests::check_accounts(run.trajectory);
}

TEST_CASE("running counts equal a full recount", "[models][property][sanitize]") {
    Recorded run(2);
    CHECK(run.indicators[0].followed() == run.indicators[0].recount_followed(run.random_world.world()));
    for (int month = 0; month < months; ++month) {
        run.month();
        REQUIRE(run.indicators[0].stocks() == run.indicators[0].recount(run.random_world.world()));
        REQUIRE(run.indicators[0].followed() == run.indicators[0].recount_followed(run.random_world.world()));
    }
}

TEST_CASE("an account that does not close is noticed", "[models][unit]") {
    Recorded run(3, 2);
    run.month();
    run.month();
    CHECK(tests::Accounts(run.trajectory, 3).open().empty());
    ++run.trajectory.counts(run.series.employed, 0, 1)[0];
    const auto open = tests::Accounts(run.trajectory, 3).open();
    CHECK(open.size() == 4);  // 3, 7 by kind, 7 by education, 10
    ++run.trajectory.counts(run.series.hires, 0, 2)[0];
    CHECK(tests::Accounts(run.trajectory, 3).open().size() > open.size());
}

TEST_CASE("persons by age follow from months of birth", "[models][property]") {
    Recorded run(4, 14);
    for (int month = 0; month < 14; ++month) {
        run.month();
        const World& world = run.random_world.world();
        std::map<std::array<int, 4>, int> counted;
        for (Row row = 0; row < world.persons.size(); ++row) {
            if (!world.resident(row)) continue;
            const Person& p = world.persons.record[row];
            ++counted[{world.persons.region[row], static_cast<int>(p.status), static_cast<int>(p.sex), age_group_of(world.age(row))}];
        }
        const auto persons = run.trajectory.counts(run.series.persons, 0, static_cast<std::size_t>(month) + 1);
        int wrong = 0;
        std::size_t cell = 0;
        for (int region = 0; region < 2; ++region)
            for (int status = 0; status < resident_statuses; ++status)
                for (int sex = 0; sex < 2; ++sex)
                    for (int group = 0; group < 10; ++group) wrong += persons[cell++] != counted[{region, status, sex, group}];
        CHECK(wrong == 0);
    }
}

TEST_CASE("the survey's flows compare states three months apart", "[models][property]") {
    Recorded run(5, 8);
    const auto states = [&] {
        const World& world = run.random_world.world();
        std::vector<std::pair<int, int>> all;
        for (Row row = 0; row < world.persons.size(); ++row)
            all.emplace_back(world.resident(row) ? world.persons.region[row] : -1, static_cast<int>(world.persons.record[row].status));
        return all;
    };
    std::vector<std::vector<std::pair<int, int>>> history{states()};
    for (int month = 1; month <= 8; ++month) {
        run.month();
        history.push_back(states());
        const auto flow = run.trajectory.counts(run.series.status_3m, 0, static_cast<std::size_t>(month));
        if (month < 3) {
            CHECK(flow[0] == sim::missing_count);
            continue;
        }
        std::vector<std::int32_t> expected(2 * 64, 0);
        auto then = history[static_cast<std::size_t>(month) - 3];
        then.resize(history.back().size(), {-1, 0});
        for (std::size_t row = 0; row < then.size(); ++row) {
            const auto [region_then, status_then] = then[row];
            const auto [region_now, status_now] = history.back()[row];
            if (region_then == region_now && region_now >= 0) {
                ++expected[static_cast<std::size_t>(region_now * 64 + status_then * 8 + status_now)];
            } else {
                if (region_then >= 0) ++expected[static_cast<std::size_t>(region_then * 64 + status_then * 8 + 7)];
                if (region_now >= 0) ++expected[static_cast<std::size_t>(region_now * 64 + 7 * 8 + status_now)];
            }
        }
        CHECK(std::vector<std::int32_t>(flow.begin(), flow.end()) == expected);
    }
}

TEST_CASE("retention is the share of technicians of a year ago who still are technicians", "[models][property]") {
    Recorded run(6, 14);
    std::vector<std::vector<std::pair<int, int>>> history;  // region, technical occupation or -1
    const auto note = [&] {
        const World& world = run.random_world.world();
        history.emplace_back();
        for (Row row = 0; row < world.persons.size(); ++row) {
            const Person& p = world.persons.record[row];
            const bool technician = world.resident(row) && at_work(p) && p.occupation < first_other_occupation;
            history.back().emplace_back(world.resident(row) ? world.persons.region[row] : -1, technician ? p.occupation : -1);
        }
    };
    note();
    for (int month = 1; month <= 14; ++month) {
        run.month();
        note();
        const auto retention = run.trajectory.reals(run.series.retention_12m, 0, static_cast<std::size_t>(month));
        if (month < 12) {
            CHECK(std::isnan(retention[0]));
            continue;
        }
        const auto& then = history[static_cast<std::size_t>(month) - 12];
        for (int region = 0; region < 2; ++region)
            for (int o = 0; o < first_other_occupation; ++o) {
                int all = 0;
                int stayed = 0;
                for (std::size_t row = 0; row < then.size(); ++row) {
                    if (then[row] != std::pair{region, o} || history.back()[row].first < 0) continue;
                    ++all;
                    stayed += history.back()[row].second >= 0;
                }
                REQUIRE(all > 0);
                CHECK(retention[static_cast<std::size_t>(region * occupations + o)] == static_cast<double>(stayed) / all);
            }
        CHECK(std::isnan(retention[first_other_occupation]));
    }
}

TEST_CASE("the start has stocks and no flows", "[models][unit]") {
    Recorded run(7, 1);
    CHECK(run.trajectory.counts(run.series.persons, 0, 0)[0] >= 0);
    CHECK(run.trajectory.counts(run.series.status_flow, 0, 0)[1] == sim::missing_count);
    CHECK(run.trajectory.counts(run.series.hires, 0, 0)[0] == sim::missing_count);
    CHECK(std::isnan(run.trajectory.reals(run.series.time_to_fill, 0, 0)[0]));
    CHECK(run.trajectory.counts(run.series.persons, 0, 1)[0] == sim::missing_count);
}

TEST_CASE("a trajectory that begins later holds the same values from then on", "[models][property]") {
    tests::RandomWorld early(8, 5000);
    tests::RandomWorld late(8, 5000);
    sim::Trajectory all({0}, sim::Month::of(2021, 1), 7);
    sim::Trajectory rest({0}, sim::Month::of(2021, 4), 4);
    const SeriesIds series = add_series(all, *early.world().tables);
    add_series(rest, *late.world().tables);
    Indicators of_all(all, series, 0);
    Indicators of_rest(rest, series, 0);
    of_all.start(early.world());
    of_rest.start(late.world());
    for (int month = 0; month < 6; ++month) {
        early.live_a_month();
        late.live_a_month();
        of_all.record(early.world());
        of_rest.record(late.world());
        early.world().close_month();
        late.world().close_month();
    }
    const auto same = [&](sim::SeriesId id, std::size_t time) {
        const auto a = all.counts(id, 0, time + 3);
        const auto b = rest.counts(id, 0, time);
        return std::equal(a.begin(), a.end(), b.begin(), b.end());
    };
    for (std::size_t time = 0; time < 4; ++time) CHECK(same(series.persons, time));
    for (std::size_t time = 1; time < 4; ++time) {
        CHECK(same(series.hires, time));
        CHECK(same(series.status_3m, time));
    }
    CHECK(rest.counts(series.hires, 0, 0)[0] == sim::missing_count);
}

TEST_CASE("indicators go on from a checkpoint as if they had not stopped", "[models][property]") {
    Recorded run(10, 20);
    for (int month = 0; month < 8; ++month) run.month();
    const auto path = std::filesystem::temp_directory_path() / ("instroom-indicators-" + std::to_string(::getpid()) + ".checkpoint");
    {
        sim::CheckpointWriter writer(path, 1);
        writer("indicators", run.indicators[0]);
        writer.commit();
    }
    sim::Trajectory resumed_trajectory({0}, sim::Month::of(2021, 1), 21);
    add_series(resumed_trajectory, *run.random_world.world().tables);
    Indicators resumed(resumed_trajectory, run.series, 0);
    {
        sim::CheckpointReader reader(path, 1);
        reader("indicators", resumed);
    }
    std::filesystem::remove(path);
    for (std::size_t month = 9; month <= 20; ++month) {
        run.random_world.live_a_month();
        const VacancyFlows flows = run.random_world.world().vacancies.flows;
        resumed.record(run.random_world.world());
        run.random_world.world().vacancies.flows = flows;
        run.indicators[0].record(run.random_world.world());
        run.random_world.world().close_month();
        for (std::size_t id = 0; id < run.trajectory.size(); ++id) {
            const auto series = static_cast<sim::SeriesId>(id);
            INFO(run.trajectory.info(series).name);
            if (run.trajectory.info(series).type == sim::SeriesType::count) {
                const auto a = run.trajectory.counts(series, 0, month);
                const auto b = resumed_trajectory.counts(series, 0, month);
                REQUIRE(std::equal(a.begin(), a.end(), b.begin()));
            } else {
                const auto a = run.trajectory.reals(series, 0, month);
                const auto b = resumed_trajectory.reals(series, 0, month);
                REQUIRE(std::memcmp(a.data(), b.data(), a.size_bytes()) == 0);
            }
        }
    }
}

TEST_CASE("counts do not depend on the number of threads", "[models][property]") {
    const auto run = [](int threads) {
        Recorded recorded(9, 4);
        sim::Threads(threads).run([&] {
            for (int month = 0; month < 4; ++month) recorded.month();
        });
        const auto reals = recorded.trajectory.reals(recorded.series.required_fte, 0, 4);
        const auto counts = recorded.trajectory.counts(recorded.series.employed_by_education, 0, 4);
        return std::pair{std::vector<double>(reals.begin(), reals.end()), std::vector<std::int32_t>(counts.begin(), counts.end())};
    };
    const auto one = run(1);
    CHECK(run(3) == one);
    CHECK(run(7) == one);
}

TEST_CASE("ways into technical work: the first that fits", "[models][unit]") {
    const sim::Month now = sim::Month::of(2022, 5);
    Person before;
    before.status = LabourStatus::unemployed;
    Person after = before;
    after.status = LabourStatus::employed;
    after.occupation = 3;
    const auto way = [&](std::uint8_t from = 0) { return way_in(state(before, from), state(after, 0), 2, now); };
    CHECK(way() == Pathway::in_unemployed);
    CHECK(way(1) == Pathway::in_outside);
    CHECK(way(gone) == Pathway::in_outside);
    before.experience = 1;
    CHECK(way() == Pathway::in_return);
    after.diploma = stored(now - 12);
    CHECK(way() == Pathway::in_school);
    after.diploma = stored(now - 13);
    CHECK(way() == Pathway::in_return);
    before.status = LabourStatus::employed;
    before.occupation = first_ict_occupation;
    CHECK(way() == Pathway::in_group);
    before.occupation = 15;
    before.experience = 0;
    CHECK(way() == Pathway::in_other_work);
    before.previous = 2;
    CHECK(way() == Pathway::in_return);
    before = {};
    before.status = LabourStatus::student;
    CHECK(way() == Pathway::in_student);
    before.status = LabourStatus::retired;
    CHECK(way() == Pathway::in_inactive);
}

TEST_CASE("ways out of technical work", "[models][unit]") {
    Person before;
    before.status = LabourStatus::employed;
    before.occupation = 3;
    Person after = before;
    const auto way = [&](std::uint8_t to = 0) { return way_out(state(before, 0), state(after, to), 2); };
    CHECK(way(1) == Pathway::out_outside);
    after.occupation = first_ict_occupation;
    CHECK(way() == Pathway::out_group);
    after.occupation = 12;
    CHECK(way() == Pathway::out_other_work);
    after.occupation = no_occupation;
    after.status = LabourStatus::retired;
    CHECK(way() == Pathway::out_retired);
    after.status = LabourStatus::inactive;
    CHECK(way() == Pathway::out_inactive);
    after.status = LabourStatus::outside;
    after.event = Event::death;
    CHECK(way(gone) == Pathway::out_death);
    after.event = Event::emigration;
    CHECK(way(gone) == Pathway::out_outside);
}

TEST_CASE("origin of a hire is the last state before it", "[models][unit]") {
    const sim::Month now = sim::Month::of(2022, 5);
    Person before;
    before.status = LabourStatus::employed;
    Person after = before;
    CHECK(origin_of_hire(state(before, 0, 5), state(after, 0, 6), true, now) == Origin::internal);
    CHECK(origin_of_hire(state(before, 0, 5), state(after, 0, 6), false, now) == Origin::job);
    after.diploma = stored(now);
    CHECK(origin_of_hire(state(before, 0, 5), state(after, 0, 6), false, now) == Origin::job);
    before.status = LabourStatus::unemployed;
    CHECK(origin_of_hire(state(before, 0), state(after, 0, 6), false, now) == Origin::school);
    before.status = LabourStatus::student;
    CHECK(origin_of_hire(state(before, 0, 5), state(after, 0, 6), false, now) == Origin::school);
    after.diploma = 0;
    CHECK(origin_of_hire(state(before, 0, 5), state(after, 0, 6), false, now) == Origin::student);
    before.status = LabourStatus::retired;
    CHECK(origin_of_hire(state(before, 0), state(after, 0, 6), false, now) == Origin::inactive);
    before.status = LabourStatus::self_employed;
    CHECK(origin_of_hire(state(before, 0), state(after, 0, 6), false, now) == Origin::self_employed);
    before.status = LabourStatus::outside;
    CHECK(origin_of_hire(state(before, 3), state(after, 3, 6), false, now) == Origin::outside);
}

TEST_CASE("steps through education", "[models][unit]") {
    const sim::Month july = sim::Month::of(2022, 7);
    Person before;
    before.track = Track::mbo_bol;
    before.study_start = 29;  // August 2019
    Person after = before;
    CHECK_FALSE(school_steps(before, after, july).intake);

    SECTION("a diploma, and who goes on in August") {
        after.diploma = stored(july);
        CHECK(school_steps(before, after, july).diploma);
        Person next = after;
        next.track = Track::hbo;
        next.study_start = 32;
        const SchoolSteps august = school_steps(after, next, july + 1);
        CHECK(august.intake);
        CHECK_FALSE(august.diploma);
        CHECK_FALSE(august.dropout);
    }
    SECTION("who leaves with the diploma of the month before has not dropped out") {
        before.diploma = after.diploma = stored(july);
        after.track = Track::none;
        CHECK_FALSE(school_steps(before, after, july + 1).dropout);
    }
    SECTION("who leaves without it has, also with an older diploma") {
        before.diploma = after.diploma = stored(sim::Month::of(2019, 7));
        after.track = Track::none;
        CHECK(school_steps(before, after, july).dropout);
    }
    SECTION("another track is no drop-out, and intake only with a new start") {
        after.track = Track::mbo_bbl;
        CHECK_FALSE(school_steps(before, after, july).dropout);
        CHECK_FALSE(school_steps(before, after, july).intake);
        after.study_start = 32;
        CHECK(school_steps(before, after, july).intake);
    }
}

TEST_CASE("the median wage lies inside its class and follows the sector's index", "[models][unit]") {
    std::vector<std::int32_t> classes(sectors * wage_classes, 0);
    std::array<double, sectors> index;
    index.fill(1.0);
    CHECK(std::isnan(median_wage(classes.data(), index)));
    const std::uint16_t cents = 2000;
    classes[static_cast<std::size_t>(wage_class_of(cents))] = 10;
    CHECK(median_wage(classes.data(), index) == Approx(2000).epsilon(0.05));
    index[0] = 1.2;
    CHECK(median_wage(classes.data(), index) == Approx(2400).epsilon(0.05));
    // Two equal groups: half earn less than the upper end of the lower class.
    classes[static_cast<std::size_t>(wage_class_of(4000))] = 10;
    CHECK(median_wage(classes.data(), index) <= 1.2 * 2000 * wage_class_ratio);
    CHECK(median_wage(classes.data(), index) >= 1.2 * 2000);
}

TEST_CASE("wage classes grow by five percent from three euro on", "[models][unit]") {
    CHECK(wage_class_of(0) == 0);
    CHECK(wage_class_of(314) == 0);
    CHECK(wage_class_of(315) == 1);
    CHECK(wage_class_of(65535) == wage_classes - 1);
    for (int cents = 300; cents < 14000; cents += 7) {
        const int c = wage_class_of(static_cast<std::uint16_t>(cents));
        CHECK(std::abs(c - std::floor(std::log(cents / 300.0) / std::log(1.05))) <= 1);
    }
}

TEST_CASE("a resident without a place in the counts ends the run", "[models][unit]") {
    const StockCells map(2, 500, 1500);
    Stocks stocks;
    stocks.fit(map);
    Person p;
    p.status = LabourStatus::employed;
    CHECK_THROWS_AS(count_person(map, stocks, state(p, 0), 1), sim::Bug);
    p.status = LabourStatus::outside;
    CHECK_THROWS_AS(count_person(map, stocks, state(p, 0), 1), sim::Bug);
    CHECK_NOTHROW(count_person(map, stocks, state(p, 2), 1));
}
