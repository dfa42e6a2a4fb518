#include "models/demography.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <utility>

#include "tests/support/statistics.hpp"
#include "tests/support/toy_world.hpp"

namespace {

using namespace models;

/// Figures by hand for some regions and one year, 2023: nothing happens until a test says so.
DemographyTables still_life(int regions) {
    DemographyTables t;
    t.first_year = 2023;
    t.years = 1;
    const auto R = static_cast<std::size_t>(regions);
    for (auto* array : {&t.births, &t.moves_in, &t.immigration, &t.move_rate, &t.emigration_rate, &t.mortality}) array->assign(R, 0.0);
    std::array<double, five_year_groups> ones;
    ones.fill(1.0);
    t.move_profile.assign(R, ones);
    t.emigration_profile.assign(R, ones);
    t.destination.assign(R * R, 0.0);
    t.kind.push_back({0.25, 0.25, 0.25, 0.25});
    for (auto& profile : t.profile) {
        profile.age[6] = 1;  // 30 to 34 years
        profile.education = {0.2, 0.2, 0.2, 0.2, 0.2};
        profile.working = 1;
    }
    t.pension_age.push_back(67 * 12);
    return t;
}

std::size_t events(const World& world, Event event) {
    std::size_t n = 0;
    for (Row row = 0; row < world.persons.size(); ++row) n += world.demographic(row) && world.persons.record[row].event == event;
    return n;
}

}  // namespace

TEST_CASE("a rate a year becomes a probability a month", "[models][unit]") {
    CHECK(monthly_of_rate(0).value() == 0);
    CHECK(monthly_of_rate(12).value() == Approx(1 - std::exp(-1.0)));
    CHECK(1 - std::pow(1 - monthly_of_rate(0.3).value(), 12) == Approx(1 - std::exp(-0.3)));
}

TEST_CASE("ages fall into five-year groups", "[models][unit]") {
    CHECK(five_year_group(0) == 0);
    CHECK(five_year_group(59) == 0);
    CHECK(five_year_group(60) == 1);
    CHECK(five_year_group(95 * 12 - 1) == 18);
    CHECK(five_year_group(95 * 12) == 19);
    CHECK(five_year_group(110 * 12) == 19);
    CHECK(five_year_group(-1) == 0);
}

TEST_CASE("death follows the rate of the table times the factor of the region", "[models][unit]") {
    auto t = still_life(2);
    t.death_rate[0][13] = 0.0125;  // men of 65 to 69
    t.mortality = {1.0, 1.2};
    const auto m = sim::Month::of(2023, 5);
    CHECK(death_probability(t, {}, Sex::men, 67 * 12, 0, m).value() == Approx(1 - std::exp(-0.0125 / 12)));
    CHECK(death_probability(t, {}, Sex::men, 67 * 12, 1, m).value() == Approx(1 - std::exp(-0.0125 * 1.2 / 12)));
    CHECK(death_probability(t, {}, Sex::women, 67 * 12, 1, m).value() == 0);
    CHECK(death_probability(t, {.mortality = 2}, Sex::men, 67 * 12, 0, m).value() == Approx(1 - std::exp(-0.025 / 12)));
}

TEST_CASE("everybody reaches the state pension age once, and nobody does while it rises", "[models][unit]") {
    auto t = still_life(1);
    t.years = 3;
    t.pension_age = {66 * 12, 66 * 12 + 3, 66 * 12 + 7};
    int last = births_that_reach_pension(t, sim::Month::of(2023, 1)).last;
    for (auto m = sim::Month::of(2023, 2); m < sim::Month::of(2026, 1); m = m + 1) {
        const auto births = births_that_reach_pension(t, m);
        CAPTURE(m.year(), m.month_of_year(), births.first, births.last);
        CHECK(births.first == last + 1);
        const bool rises = (m.year() == 2024 && m.month_of_year() <= 3) || (m.year() == 2025 && m.month_of_year() <= 4);
        CHECK(std::max(0, births.last - births.first + 1) == (rises ? 0 : 1));
        if (!rises) CHECK(m.number() - births.last == pension_age_months(t, m));
        last = std::max(last, births.last);
    }
}

TEST_CASE("a move ends where its share lies", "[models][unit]") {
    auto t = still_life(3);
    t.destination = {0, 0.1, 0.2, 0, 0, 0, 0, 0, 0};
    CHECK(move_destination(t, 3, 0, 0.0) == 1);
    CHECK(move_destination(t, 3, 0, std::nextafter(0.1, 0.0)) == 1);
    CHECK(move_destination(t, 3, 0, 0.1) == 2);
    CHECK(move_destination(t, 3, 0, 0.31) == -1);
    CHECK(move_destination(t, 3, 1, 0.0) == -1);
}

TEST_CASE("labour immigration answers to tightness up to the headroom", "[models][unit]") {
    CHECK(labour_admission(1.0, 0.3) == Approx(1 / labour_headroom));
    CHECK(labour_admission(2.0, 0.0) == Approx(1 / labour_headroom));
    CHECK(labour_admission(2.0, 0.5) == Approx(std::sqrt(2.0) / labour_headroom));
    CHECK(labour_admission(100.0, 0.5) == 1.0);
    CHECK(labour_admission(0.5, 0.5) < labour_admission(0.6, 0.5));
}

TEST_CASE("a share is picked by its size and never where it is zero", "[models][unit]") {
    const double shares[] = {0, 2, 0, 6, 0};
    CHECK(pick_share(shares, 5, 0.0) == 1);
    CHECK(pick_share(shares, 5, 0.2499) == 1);
    CHECK(pick_share(shares, 5, 0.25) == 3);
    CHECK(pick_share(shares, 5, std::nextafter(1.0, 0.0)) == 3);
}

TEST_CASE("the state pension age follows the statutory path", "[models][unit]") {
    DemographyTables t;
    t.first_year = 2021;
    t.years = 3;
    t.pension_age = {796, 799, 802};
    CHECK(pension_age_months(t, sim::Month::of(2021, 12)) == 66 * 12 + 4);
    CHECK(pension_age_months(t, sim::Month::of(2022, 1)) == 66 * 12 + 7);
    CHECK(pension_age_months(t, sim::Month::of(2030, 1)) == 802);  // as the last year
}

TEST_CASE("nothing happens where all rates are zero", "[models][unit]") {
    tests::ToyWorld toy(5'000);
    toy.tables.demography = still_life(1);
    step_demography(toy.world, toy.world.month);
    CHECK(toy.world.persons.size() == 5'000);
    CHECK(std::count_if(toy.world.persons.mark.begin(), toy.world.persons.mark.end(), [](auto mark) { return mark != 0; }) == 0);
}

TEST_CASE("deaths reproduce the rates of the table", "[models][statistical]") {
    tests::ToyWorld toy(60'000, 67);
    toy.tables.demography = still_life(1);
    toy.tables.demography.death_rate[0][13] = 0.12;
    toy.tables.demography.death_rate[1][13] = 0.06;
    toy.tables.demography.mortality = {1.1};
    step_demography(toy.world, toy.world.month);
    std::size_t dead[2] = {0, 0};
    for (Row row = 0; row < 60'000; ++row)
        if (toy.world.persons.region[row] == gone) ++dead[index_of(toy.world.persons.record[row].sex)];
    CHECK(tests::share_fits(dead[0], 30'000, 1 - std::exp(-0.132 / 12)));
    CHECK(tests::share_fits(dead[1], 30'000, 1 - std::exp(-0.066 / 12)));
    CHECK_FALSE(tests::share_fits(dead[0], 30'000, 1.5 * (1 - std::exp(-0.132 / 12))));  // half more would be noticed
    CHECK(events(toy.world, Event::death) == dead[0] + dead[1]);
}

TEST_CASE("a lever above one adds deaths to those of the tables and takes none away", "[models][property]") {
    const auto dead = [](double lever) {
        tests::ToyWorld toy(30'000, 67);
        toy.tables.demography = still_life(1);
        toy.tables.demography.death_rate[0][13] = toy.tables.demography.death_rate[1][13] = 0.2;
        toy.tables.demography.mortality = {1.0};
        toy.parameters.demography.mortality = lever;
        step_demography(toy.world, toy.world.month);
        std::vector<Row> rows;
        for (Row row = 0; row < 30'000; ++row)
            if (toy.world.persons.region[row] == gone) rows.push_back(row);
        return rows;
    };
    const auto usual = dead(1.0), more = dead(1.5), fewer = dead(0.5);
    CHECK(std::includes(more.begin(), more.end(), usual.begin(), usual.end()));
    CHECK(std::includes(usual.begin(), usual.end(), fewer.begin(), fewer.end()));
    CHECK(tests::share_fits(more.size(), 30'000, 1 - std::exp(-0.3 / 12)));
    CHECK(tests::share_fits(fewer.size(), 30'000, 1 - std::exp(-0.1 / 12)));
}

TEST_CASE("newcomers come in the numbers of the table", "[models][statistical]") {
    tests::ToyWorld toy(1'000);
    auto& t = toy.tables.demography = still_life(1);
    t.births = {12 * 4'000};
    t.moves_in = {12 * 3'000};
    t.immigration = {12 * 2'000};
    step_demography(toy.world, toy.world.month);
    // Poisson: six standard deviations hold all but a few in a billion seeds.
    const auto fits = [](std::size_t count, double mean) { return std::abs(static_cast<double>(count) - mean) < 6 * std::sqrt(mean); };
    CHECK(fits(events(toy.world, Event::birth), 4'000));
    CHECK(fits(events(toy.world, Event::move_in_nl), 3'000));
    CHECK(fits(events(toy.world, Event::immigration), 2'000));
    CHECK_FALSE(fits(events(toy.world, Event::birth), 4'500));
    std::size_t girls = 0, births = 0, wrong = 0;
    for (Row row = 1'000; row < toy.world.persons.size(); ++row) {
        const Person& p = toy.world.persons.record[row];
        if (toy.world.persons.region[row] == gone) continue;
        const int age = toy.world.age(row);
        if (p.event == Event::birth) {
            ++births;
            girls += p.sex == Sex::women;
            wrong += age != 0 || p.status != LabourStatus::child;
        } else {
            wrong += age < 30 || age > 34 || p.status != LabourStatus::unemployed;  // no employer stands outside to keep a job at
        }
    }
    CHECK(wrong == 0);
    CHECK(tests::share_fits(girls, births, 0.488));
    CHECK(toy.world.persons.size() > 1'000 + births + 3'000 + 2'000);  // those who could come to work and are not let in keep a row outside
}

TEST_CASE("the same newcomers take the same rows whatever happens to others", "[models][property]") {
    const auto newcomers = [](double mortality, double tightness) {
        tests::ToyWorld toy(2'000, 67);
        auto& t = toy.tables.demography = still_life(1);
        t.births = {1'200};
        t.moves_in = {1'200};
        t.immigration = {1'200};
        t.death_rate[0][13] = t.death_rate[1][13] = 0.5;
        t.mortality = {mortality};
        toy.world.market.tightness.assign(3 * occupations, tightness);
        for (int month = 0; month < 6; ++month, ++toy.world.month) {
            step_demography(toy.world, toy.world.month);
            toy.world.close_month();
        }
        return std::pair(toy.world.persons.birth, toy.world.persons.region);
    };
    const auto usual = newcomers(1, 1), deadly = newcomers(2, 1), tight = newcomers(1, 3);
    CHECK(std::equal(usual.first.begin() + 2'000, usual.first.end(), deadly.first.begin() + 2'000, deadly.first.end()));
    REQUIRE(usual.second.size() == tight.second.size());
    std::size_t more = 0, fewer = 0;
    for (std::size_t row = 2'000; row < usual.second.size(); ++row) {
        more += usual.second[row] == gone && tight.second[row] != gone;
        fewer += usual.second[row] != gone && tight.second[row] == gone;
    }
    CHECK(more > 0);  // a tight market lets in some of those who stood outside
    CHECK(fewer == 0);
}

TEST_CASE("at most one demographic event happens to a person a month, and moves close between regions", "[models][property]") {
    tests::ToyWorld toy(40'000, 67, 3, 2);
    auto& t = toy.tables.demography = still_life(2);
    t.death_rate[0][13] = t.death_rate[1][13] = 2.0;
    t.mortality = {1.0, 1.0};
    t.move_rate = {2.0, 3.0};
    t.emigration_rate = {1.0, 2.0};
    t.destination = {0, 0.4, 0.3, 0};
    step_demography(toy.world, toy.world.month);
    std::size_t before_images = 0;
    for (const auto& log : toy.world.log) before_images += log.before.size();
    const auto moved = events(toy.world, Event::move_in_region);
    const auto left = events(toy.world, Event::death) + events(toy.world, Event::emigration) + events(toy.world, Event::move_out_nl);
    CHECK(moved > 0);
    CHECK(before_images == moved + left);
    std::size_t gone_rows = 0, misplaced = 0;
    for (Row row = 0; row < 40'000; ++row) {
        const auto region = toy.world.persons.region[row];
        gone_rows += region == gone;
        if (region != gone) misplaced += toy.tables.regions.municipalities[toy.world.persons.record[row].municipality].region != region && region != row % 2;
    }
    CHECK(gone_rows == left);
    CHECK(misplaced == 0);
    // Racing clocks: P(any event) is 1 - exp(-sum of rates), in region 0: 2 + 2 + 1 a year.
    std::size_t any = 0;
    for (Row row = 0; row < 40'000; row += 2) any += toy.world.demographic(row);
    CHECK(tests::share_fits(any, 20'000, 1 - std::exp(-5.0 / 12)));
    CHECK_FALSE(tests::share_fits(any, 20'000, 1 - std::exp(-6.0 / 12)));
}
