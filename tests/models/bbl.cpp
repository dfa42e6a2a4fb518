#include "models/bbl.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>

#include "tests/support/school_world.hpp"

using namespace models;

namespace {

std::vector<LearningSeeker> some_seekers(std::size_t number, Field field) {
    std::vector<LearningSeeker> seekers;
    for (Row row = 0; row < number; ++row) seekers.push_back({row, field});
    return seekers;
}

std::vector<LearningPlace> search(const tests::SchoolWorld& school, std::vector<LearningSeeker> seekers) {
    return find_learning_places(school.world, std::move(seekers), school.tables.schooling, school.parameters.schooling, key_bbl, sim::Month::of(2021, 8));
}

}  // namespace

TEST_CASE("recognition and lapse keep the share of learning companies", "[models][unit]") {
    const auto t = tests::school_tables();
    const double lapse = lapse_probability(t).value();
    const double entry = recognition_probability(t, {}, Sector::industry, SizeClass::small, 1.0).value();
    CHECK(entry / (entry + lapse) == Approx(0.8));
    SchoolingParameters offensive;
    offensive.recognition_ict = 1.3;
    CHECK(recognition_probability(t, offensive, Sector::information, SizeClass::small, 1.0).value() == Approx(1.3 * entry));
    CHECK(recognition_probability(t, offensive, Sector::industry, SizeClass::small, 1.0).value() == entry);
    CHECK(recognition_probability(t, {}, Sector::industry, SizeClass::small, 2.0).value() > entry);
}

TEST_CASE("places are a share of staff on average", "[models][unit]") {
    const auto t = tests::school_tables();
    CHECK(bbl_places(t, {}, Sector::industry, 100, 0.5) == 2);
    CHECK(bbl_places(t, {}, Sector::industry, 10, 0.79) == 0);
    CHECK(bbl_places(t, {}, Sector::industry, 10, 0.81) == 1);
    CHECK(bbl_places(t, {}, Sector::industry, 0, 0.99) == 0);
    SchoolingParameters p;
    p.places_factor = 3;
    CHECK(bbl_places(t, p, Sector::industry, 100, 0.5) == 6);
}

TEST_CASE("interest raises the share that wants a contract, in ICT alone where it is about ICT", "[models][unit]") {
    const auto t = tests::school_tables();
    CHECK(bbl_wanted(Field::technical, t, {}) == Approx(0.4));
    SchoolingParameters p;
    p.bbl_interest_ict = 1;
    CHECK(bbl_wanted(Field::technical, t, p) == Approx(0.4));
    CHECK(bbl_wanted(Field::ict, t, p) > 0.05);
}

TEST_CASE("learners are placed in posts of their field, never more than there are places", "[models][unit]") {
    tests::SchoolWorld school(3000, 1, 1, 40, 2);
    for (const Field field : {Field::technical, Field::ict, Field::other}) {
        const auto found = search(school, some_seekers(60, field));
        CHECK(found.size() == 60);
        std::map<std::uint32_t, int> taken;
        for (const auto& place : found) {
            CHECK(learned_in_bbl(school.world.employers.post[place.post].occupation, field));
            CHECK(++taken[school.world.employers.post[place.post].employer] <= 2);
        }
    }
    // More seekers than the 80 places: all places go, or nearly.
    const auto found = search(school, some_seekers(500, Field::technical));
    CHECK(found.size() <= 80);
    CHECK(found.size() >= 78);
}

TEST_CASE("the order of seekers means nothing, and threads do not matter", "[models][unit]") {
    const tests::SchoolWorld school(3000, 1, 1, 40, 2);
    auto seekers = some_seekers(300, Field::technical);
    const auto first = search(school, seekers);
    std::reverse(seekers.begin(), seekers.end());
    std::vector<LearningPlace> again;
    sim::Threads(7).run([&] { again = search(school, seekers); });
    REQUIRE(first.size() == again.size());
    CHECK(std::equal(first.begin(), first.end(), again.begin(), [](const auto& a, const auto& b) { return a.row == b.row && a.post == b.post; }));
}

TEST_CASE("a company without a fitting post, a free place or recognition takes nobody", "[models][unit]") {
    tests::SchoolWorld school(3000, 1, 1, 4, 5);
    auto& employers = school.world.employers.employer;
    employers[0].learning_company = 0;
    employers[1].bbl_taken = 5;
    employers[2].closed = stored(sim::Month::of(2020, 5));
    school.world.employers.post[3 * 3].staff = 0;  // nobody to learn from in the technical post of the last one
    CHECK(search(school, some_seekers(20, Field::technical)).empty());
    CHECK(search(school, some_seekers(20, Field::other)).size() == 5);
}

TEST_CASE("learners look in regions in reach only", "[models][unit]") {
    tests::SchoolWorld school(3000, 1, 2, 20, 5);
    for (auto& e : school.world.employers.employer)
        if (e.region == 0) e.learning_company = 0;
    CHECK(search(school, some_seekers(30, Field::technical)).size() == 30);
    school.parameters.schooling.bbl_reach = 20;  // regions are 30 minutes apart
    CHECK(search(school, some_seekers(30, Field::technical)).empty());
}

TEST_CASE("one company more touches only those whose draws meet its places", "[models][property]") {
    tests::SchoolWorld school(3000, 1, 1, 60, 3);
    const auto before = search(school, some_seekers(50, Field::technical));
    school.world.employers.employer[7].bbl_places = 6;
    const auto after = search(school, some_seekers(50, Field::technical));
    REQUIRE(before.size() == after.size());
    std::size_t moved = 0;
    for (std::size_t k = 0; k < before.size(); ++k) moved += before[k].post != after[k].post;
    CHECK(moved <= 8);
    CHECK(moved > 0);
}
