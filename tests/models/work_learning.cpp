#include "models/work_learning.hpp"

#include <cmath>

#include <catch2/catch.hpp>

using namespace models;

TEST_CASE("places of work-learning follow the lever and the residents from its year on", "[models][unit]") {
    WorkLearningParameters p;
    CHECK(work_learning_places(1e6, sim::Month::of(2030, 1), p) == 0);
    p.added_places = 24;
    CHECK(work_learning_places(1e6, sim::Month::of(2023, 12), p) == 0);
    CHECK(work_learning_places(1e6, sim::Month::of(2024, 1), p) == Approx(20));
    CHECK(work_learning_places(5e5, sim::Month::of(2024, 1), p) == Approx(10));
}

TEST_CASE("work-learning is for those at a distance to the labour market", "[models][unit]") {
    WorkLearningParameters p;
    CHECK(may_apply({}, p));
    CHECK_FALSE(may_apply({.distance = 0}, p));
    CHECK(may_apply({.distance = 2}, p));
    p.distance_reach = 1;
    CHECK_FALSE(may_apply({.distance = 2}, p));
    CHECK_FALSE(may_apply({.status = LabourStatus::unemployed, .distance = 0, .months = 11}, p));
    CHECK(may_apply({.status = LabourStatus::unemployed, .distance = 0, .months = 12}, p));
    CHECK_FALSE(may_apply({.status = LabourStatus::employed}, p));
    CHECK_FALSE(may_apply({.age = 17}, p));
    CHECK_FALSE(may_apply({.age = 61}, p));
    CHECK_FALSE(may_apply({.education = Education::wo}, p));
}

TEST_CASE("as many stay to the end as the share that completes, whatever the length", "[models][unit]") {
    WorkLearningParameters p;
    for (const int length : {1, 6, 12}) {
        p.length = length;
        for (const double completion : {0.2, 0.7, 1.0}) {
            p.completion = completion;
            CHECK(std::pow(1 - work_learning_dropout(p), length) == Approx(completion));
        }
    }
}

TEST_CASE("a guarantee is kept up to desired staff and little above it", "[models][unit]") {
    const WorkLearningParameters p;
    CHECK(guarantee_room(10, 10, p) == 1);
    CHECK(guarantee_room(10, 11, p) == 0);
    CHECK(guarantee_room(10, 7, p) == 4);
    CHECK(guarantee_room(0, 5, p) == 0);
    CHECK(guarantee_room(100, 100, p) == 5);
    WorkLearningParameters more;
    more.overstaffing = 0.2;
    for (const double desired : {0.0, 3.0, 40.0, 500.0}) CHECK(guarantee_room(desired, 3, more) >= guarantee_room(desired, 3, p));
}
