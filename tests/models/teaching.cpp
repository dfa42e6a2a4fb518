#include "models/teaching.hpp"

#include <algorithm>
#include <utility>

#include <catch2/catch.hpp>

#include "models/hybrid_teachers.hpp"
#include "models/progress.hpp"
#include "models/study_choice.hpp"
#include "tests/support/school_world.hpp"

using namespace models;

namespace {

/// A school world whose vmbo and mbo have schools; teaching begun, no hybrid teachers.
struct Taught {
    tests::SchoolWorld w;
    explicit Taught(std::size_t people = 40000, std::uint64_t seed = 1) : w(people, seed) {
        w.add_schools({.technical_posts = 40, .ict_posts = 20, .open_share = 0.05, .knowledge = 0.3, .hybrid_before = 0, .hybrid_stay = 1});
        begin_teaching(w.world);
    }
    [[nodiscard]] double open() const {
        double sum = 0;
        for (const auto& s : w.world.schools.school) sum += static_cast<double>(s.teacher_vacancies[0] + s.teacher_vacancies[1]);
        return sum;
    }
    void month() { w.teach(); }
};

}  // namespace

TEST_CASE("open posts stand still where posts and tightness do, and rise with outflow and tightness", "[models][unit]") {
    const TeachingParameters p;
    const double teachers = 95, open = 5;
    const double rest = filled_at_rest(teachers, open, 0.09);
    CHECK(teachers_after(teachers, open, open, rest, 1.0, 0.09, p) == Approx(teachers).epsilon(1e-12));
    CHECK(teachers_after(teachers, open, open, rest, 1.5, 0.09, p) < teachers);
    CHECK(teachers_after(teachers, open, open, rest, 0.7, 0.09, p) > teachers);
    CHECK(teachers_after(teachers, open, open, rest, 1.0, 0.12, p) < teachers);
    CHECK(teachers_after(100, 0, open, rest, 1.0, 0.09, p) < 100);
    auto more = p;
    more.teacher_pay = 0.1;
    CHECK(teachers_after(teachers, open, open, rest, 1.0, 0.09, more) > teachers);
    // No more is filled than is open.
    CHECK(teachers_after(0, 5, 5, 1.0, 0.01, 0.0, p) == 5.0);
    CHECK(filled_at_rest(95, 0, 0.09) > 0);
    // Half the open posts taken by others: fewer hires, but more than half of them.
    const auto hired = [&](double still_open, double elasticity) {
        auto q = p;
        q.fill_elasticity = elasticity;
        return teachers_after(teachers, still_open, open, rest, 1.0, 0.0, q) - teachers;
    };
    CHECK(hired(open / 2, 0.4) < hired(open, 0.4));
    CHECK(hired(open / 2, 0.4) > hired(open, 0.4) / 2);
    CHECK(hired(open / 2, 1.0) == Approx(hired(open, 1.0) / 2));
    CHECK(hired(open / 2, 0.0) == Approx(hired(open, 0.0)));
    auto constant = p;
    constant.fill_elasticity = 0;
    CHECK(teachers_after(0, 1e-9, open, rest, 1.0, 0.0, constant) == 1e-9);
}

TEST_CASE("drop-out falls with staffing and with contact, stays within its bounds and is untouched at the start", "[models][unit]") {
    const TeachingParameters p;
    CHECK(dropout_response(1.0, 0.0, p) == 1.0);
    double before = dropout_response(0.5, 0.0, p);
    for (const double staffing : {0.8, 0.9, 1.0, 1.1, 1.3}) {
        CHECK(dropout_response(staffing, 0.0, p) < before);
        before = dropout_response(staffing, 0.0, p);
    }
    CHECK(dropout_response(1.0, 0.5, p) < dropout_response(1.0, 0.1, p));
    CHECK(dropout_response(1.0, -0.1, p) > 1.0);
    CHECK(dropout_response(0.0, 0.0, p) == dropout_most);
    CHECK(dropout_response(1e9, 1.0, p) == dropout_least);
    auto nothing = p;
    nothing.dropout_staffing = nothing.dropout_contact = 0;
    CHECK(dropout_response(0.8, 0.3, nothing) == 1.0);
    CHECK(contact_share(60, 6000, p) == Approx(0.1));
    CHECK(contact_share(6000, 60, p) == 1.0);
    CHECK(contact_share(10, 0, p) == 0.0);
}

TEST_CASE("a world without schools has no teaching and every effect is nil", "[models][property]") {
    tests::SchoolWorld w(2000);
    begin_teaching(w.world);
    CHECK_FALSE(w.world.teaching.begun());
    step_teaching(w.world, w.world.month);
    CHECK(w.world.teaching == TeachingState{});
    CHECK(w.world.teaching.dropout_factor(0, Track::mbo_bol, Field::technical) == 1.0);
    CHECK(w.world.teaching.places_factor(0, Field::ict) == 1.0);
    CHECK(w.world.teaching.match_shift(0, Field::technical) == 0.0);
    CHECK(w.world.teaching.hours_lent(0, 3) == 0.0);
    for (const double shift : choice_by_teaching(w.world, 0, Track::vmbo)) CHECK(shift == 0.0);
}

TEST_CASE("at the start posts are held, open or taught by hybrid teachers, and no effect differs from none", "[models][property]") {
    const Taught t;
    const auto& state = t.w.world.teaching;
    REQUIRE(state.begun());
    for (const auto& s : t.w.world.schools.school)
        for (std::size_t f = 0; f < taught_fields; ++f) {
            CHECK(static_cast<double>(s.teachers[f] + s.teacher_vacancies[f]) == Approx(static_cast<double>(s.posts[f])));
            CHECK(static_cast<double>(s.teacher_vacancies[f]) == Approx(0.05 * static_cast<double>(s.posts[f])));
        }
    for (const double factor : state.dropout) CHECK(factor == 1.0);
    CHECK(state.highest_dropout_factor() == 1.0);
    for (const Track track : {Track::vmbo, Track::mbo_bol, Track::mbo_bbl, Track::hbo})
        for (const double shift : choice_by_teaching(t.w.world, 0, track)) CHECK(shift == 0.0);
}

TEST_CASE("fewer teachers raise drop-out and lower places, at once and everywhere that they are missing", "[models][property]") {
    Taught usual, fewer;
    fewer.w.parameters.teaching.outflow_factor = 2.5;
    for (int m = 0; m < 18; ++m) {
        usual.month();
        fewer.month();
    }
    CHECK(fewer.open() > 1.3 * usual.open());
    for (const Track track : {Track::vmbo, Track::mbo_bol, Track::mbo_bbl, Track::hbo})
        CHECK(fewer.w.world.teaching.dropout_factor(0, track, Field::technical) > usual.w.world.teaching.dropout_factor(0, track, Field::technical));
    CHECK(fewer.w.world.teaching.places_factor(0, Field::technical) < usual.w.world.teaching.places_factor(0, Field::technical));
    CHECK(fewer.w.world.teaching.highest_dropout_factor() > 1.0);
    CHECK(fewer.w.world.teaching.dropout_factor(0, Track::mbo_bol, Field::other) == 1.0);
    CHECK(fewer.w.world.teaching.dropout_factor(0, Track::havo_vwo, Field::technical) == 1.0);
}

TEST_CASE("posts follow the pupils that are counted each October", "[models][property]") {
    Taught t;
    const auto before = t.w.world.schools.school[1].posts[0];
    // A third of the technical learners of mbo are gone.
    int n = 0;
    for (Row row = 0; row < t.w.world.persons.size(); ++row) {
        auto& p = t.w.world.persons.record[row];
        if (p.track == Track::mbo_bol && p.study_field == Field::technical && n++ % 3 == 0) p.track = Track::none;
    }
    REQUIRE(n > 200);
    while (t.w.world.month < sim::Month::of(2021, 9)) t.month();
    CHECK(t.w.world.schools.school[1].posts[0] == before);
    t.month();
    CHECK(static_cast<double>(t.w.world.schools.school[1].posts[0]) == Approx(static_cast<double>(before) * 2 / 3).epsilon(0.01));
    CHECK(t.w.world.teaching.staffing[teaching_cell(0, Track::mbo_bol, Field::technical)] > 1.2);
}

TEST_CASE("a drop-out factor acts on those of its region, track and field alone", "[models][property]") {
    const auto dropped = [](double factor) {
        Taught t;
        for (const Track track : {Track::mbo_bol, Track::hbo}) t.w.world.teaching.dropout[teaching_cell(0, track, Field::technical)] = factor;
        std::array<std::vector<Row>, 2> left;
        for (int m = 0; m < 5; ++m) {
            std::vector<std::pair<Track, Field>> before;
            for (const auto& p : t.w.world.persons.record) before.emplace_back(p.track, p.study_field);
            t.w.step();
            for (Row row = 0; row < before.size(); ++row)
                if (before[row].first != Track::none && t.w.world.persons.record[row].track == Track::none)
                    left[(before[row].first == Track::mbo_bol || before[row].first == Track::hbo) && before[row].second == Field::technical].push_back(row);
            t.w.close();
        }
        return left;
    };
    const auto usual = dropped(1.0), less = dropped(0.75), more = dropped(1.33);
    CHECK(usual[0] == less[0]);
    CHECK(usual[0] == more[0]);
    // Lowering a hazard takes events away and creates none.
    for (const Row row : less[1]) CHECK(std::count(usual[1].begin(), usual[1].end(), row) == 1);
    CHECK(less[1].size() < usual[1].size());
    CHECK(usual[1].size() < more[1].size());
}

TEST_CASE("hybrid hours shift choice towards their field and nowhere else", "[models][unit]") {
    Taught t;
    auto& state = t.w.world.teaching;
    const SchoolingParameters p;
    ChoiceSignals signal;
    const double before = technical_profile_probability(0.25, signal, Sex::women, true, p);
    state.hours[teaching_cell(0, Track::vmbo, Field::technical)] = 40;
    const auto shift = choice_by_teaching(t.w.world, 0, Track::vmbo);
    CHECK(shift[index_of(Field::technical)] > 0);
    CHECK(shift[index_of(Field::ict)] == 0.0);
    CHECK(shift[index_of(Field::other)] == 0.0);
    signal.teaching = shift;
    CHECK(technical_profile_probability(0.25, signal, Sex::women, true, p) > before);
    state.hours[teaching_cell(0, Track::vmbo, Field::technical)] = 80;
    CHECK(choice_by_teaching(t.w.world, 0, Track::vmbo)[0] > shift[0]);
    t.w.parameters.teaching.choice_contact = 0;
    CHECK(choice_by_teaching(t.w.world, 0, Track::vmbo)[0] == 0.0);
}
