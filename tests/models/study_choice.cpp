#include "models/study_choice.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "tests/support/school_world.hpp"

using namespace models;

TEST_CASE("in the reference state choices are the observed shares", "[models][unit]") {
    const auto t = tests::school_tables();
    const ChoiceSignals reference;
    SchoolingParameters in_place;
    in_place.sto_exposure = 1;  // the shares were observed under it
    CHECK(technical_profile_probability(0.3, reference, Sex::men, true, in_place) == Approx(0.3).epsilon(1e-14));
    const auto fields = field_probabilities(Passage::to_mbo, Sex::women, Field::other, reference, t, {});
    CHECK(fields[0] == Approx(0.03).epsilon(1e-14));
    CHECK(fields[1] == Approx(0.01).epsilon(1e-14));
    const auto next = next_probabilities(Stage::havo, t, {});
    CHECK(next[index_of(Next::hbo)] == Approx(0.75).epsilon(1e-14));
    CHECK(next[index_of(Next::wo)] == 0);
}

TEST_CASE("technical profiles follow the national path by region and sex", "[models][unit]") {
    const auto t = tests::school_tables();
    CHECK(observed_vmbo_technical(t, 0, Sex::men, 2019) == 0.3);
    CHECK(observed_vmbo_technical(t, 0, Sex::men, 2022) == Approx(0.3 * 0.195 / 0.19));
    CHECK(observed_vmbo_technical(t, 0, Sex::men, 2030) == Approx(0.3 * 0.2 / 0.19));
}

TEST_CASE("without Sterk Techniekonderwijs the odds of a technical profile fall by its effect", "[models][unit]") {
    SchoolingParameters p;
    p.sto_exposure = 0;
    const double without = technical_profile_probability(0.2, {}, Sex::men, true, p);
    CHECK(without / (1 - without) == Approx(0.25 * std::exp(-p.sto_effect)));
    CHECK(technical_profile_probability(0.2, {}, Sex::men, false, p) == Approx(0.2));
}

TEST_CASE("technical choice rises with wages, chances, peers, awareness and interest, and falls with travel", "[models][property]") {
    const auto t = tests::school_tables();
    const auto technical = [&](const ChoiceSignals& s, const SchoolingParameters& p, Sex sex = Sex::women) {
        return std::array<double, 2>{technical_profile_probability(0.2, s, sex, true, p),
                                     field_probabilities(Passage::to_hbo_from_mbo, sex, Field::other, s, t, p)[0]};
    };
    std::array<double, 2> last{};
    const auto rises = [&](auto&& set) {
        last = {-1, -1};
        for (const double dose : {0.0, 0.1, 0.5, 1.0, 3.0}) {
            ChoiceSignals s;
            SchoolingParameters p;
            set(dose, s, p);
            const auto now = technical(s, p);
            if (now[0] <= last[0] || now[1] <= last[1]) return false;
            last = now;
        }
        return true;
    };
    CHECK(rises([](double dose, ChoiceSignals& s, SchoolingParameters&) { s.wage[0] = dose; }));
    CHECK(rises([](double dose, ChoiceSignals& s, SchoolingParameters&) { s.chance[0] = dose; }));
    CHECK(rises([](double dose, ChoiceSignals& s, SchoolingParameters&) { s.peers = dose; }));
    CHECK(rises([](double dose, ChoiceSignals&, SchoolingParameters& p) { p.awareness = dose; }));
    CHECK(rises([](double dose, ChoiceSignals&, SchoolingParameters& p) { p.technical_interest = dose; }));
    CHECK(rises([](double dose, ChoiceSignals&, SchoolingParameters& p) { p.women_interest = dose; }));
    CHECK_FALSE(rises([](double dose, ChoiceSignals& s, SchoolingParameters&) { s.travel[0] = dose; }));
    SchoolingParameters women;
    women.women_interest = 1;
    CHECK(technical({}, women, Sex::men) == technical({}, {}, Sex::men));
}

TEST_CASE("who leaves in July and who goes on in August are the two sides of one logit", "[models][unit]") {
    const auto t = tests::school_tables();
    CHECK(leaves_after_diploma(Stage::havo, 0.1499, t, {}));
    CHECK_FALSE(leaves_after_diploma(Stage::havo, 0.1501, t, {}));
    std::array<int, nexts> count{};
    for (int i = 0; i < 1000; ++i) ++count[index_of(next_stage(Stage::havo, (i + 0.5) / 1000, t, {}))];
    CHECK(count[index_of(Next::mbo)] == Approx(1000 * 0.1 / 0.85).margin(1));
    CHECK(count[index_of(Next::hbo)] == Approx(1000 * 0.75 / 0.85).margin(1));
    CHECK(count[index_of(Next::leave)] == 0);
    CHECK(next_stage(Stage::wo, 0.5, t, {}) == Next::leave);
}

TEST_CASE("passages and returns lead to the right schools", "[models][unit]") {
    CHECK(passage_of(false, Next::hbo) == Passage::to_hbo_from_general);
    CHECK(passage_of(true, Next::hbo) == Passage::to_hbo_from_mbo);
    CHECK(passage_of(true, Next::mbo) == Passage::to_mbo);
    CHECK(next_on_return(Education::low, 0.9) == Next::mbo);
    CHECK(next_on_return(Education::havo_vwo, 0.1) == Next::hbo);
    CHECK(next_on_return(Education::havo_vwo, 0.9) == Next::wo);
    CHECK(next_on_return(Education::wo, 0.1) == Next::leave);
}
