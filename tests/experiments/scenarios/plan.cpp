#include "experiments/scenarios/plan.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "experiments/scenarios/measure_words.hpp"

namespace {

using experiments::Measure;
using experiments::MeasureOffer;
using experiments::Plan;
using models::Parameters;
using sim::Month;

const std::vector<std::string> regions{"IJmond", "Zuid-Limburg", "Brainport"};
constexpr Month january = Month::of(2022, 1);

Measure measure(const std::string& name, std::vector<experiments::Dose> doses, std::vector<std::string> in = {}) {
    Measure m;
    m.name = name;
    m.start = january;
    m.doses = std::move(doses);
    m.regions = std::move(in);
    return m;
}

Measure course(const std::string& name, double places, const std::string& group = "", std::vector<std::string> in = {}) {
    Measure m = measure(name, {}, std::move(in));
    m.offer.emplace();
    m.offer->places.value = places;
    m.shares = {{"IJmond", 0.2}, {"Zuid-Limburg", 0.5}, {"Brainport", 0.3}};
    m.overlap = group;
    return m;
}

bool same(const Parameters& a, const Parameters& b) {
    const auto& all = models::all_parameters();
    return std::all_of(all.begin(), all.end(), [&](const auto& p) { return p.get(a) == p.get(b); });
}

}  // namespace

TEST_CASE("a measure of some regions acts in these alone", "[experiments][unit]") {
    const Parameters base;
    const Plan plan(base, {measure("here", {{"search.search_intensity", 1.5}}, {"Brainport"}), measure("all", {{"search.search_intensity", 1.2}})}, regions);
    CHECK(plan.parameters_at(january).search.search_intensity == Approx(1.2));
    const auto policy = plan.policy_at(january);
    REQUIRE(policy.by_region.size() == 3);
    CHECK(same(policy.by_region[0], plan.parameters_at(january)));
    CHECK(same(policy.by_region[1], plan.parameters_at(january)));
    CHECK(policy.by_region[2].search.search_intensity == Approx(1.8));
    CHECK(policy.measures == 2);
    CHECK(policy.offers.empty());
    // Before its start, and where only national measures act, no region has parameters of its own.
    CHECK(plan.policy_at(Month::of(2021, 12)).by_region.empty());
    CHECK(Plan(base, {measure("all", {{"search.search_intensity", 1.2}})}, regions).policy_at(january).by_region.empty());
    // A null dose in one region is none.
    CHECK(Plan(base, {measure("null", {{"search.search_intensity", 1}}, {"IJmond"})}, regions).policy_at(january).offers.empty());
}

TEST_CASE("places are shared out, grow with the ramp and end", "[experiments][unit]") {
    Measure m = course("m", 100);
    m.ramp = 2;
    m.end = Month::of(2022, 3);
    const Plan plan(Parameters{}, {m}, regions);
    const std::vector<double> none{0, 0, 0};
    CHECK(plan.policy_at(Month::of(2021, 12)).offers.at(0).places == none);  // named, so that those who began are counted for it
    CHECK(plan.policy_at(january).offers[0].places == std::vector<double>{10, 25, 15});
    const auto offer = plan.policy_at(Month::of(2022, 2)).offers.at(0);
    CHECK(offer.places == std::vector<double>{20, 50, 30});
    CHECK(offer.lot == experiments::lot_number(m));
    CHECK(offer.measure == 0);
    CHECK(plan.policy_at(Month::of(2022, 4)).offers.at(0).places == none);
    // In some regions only, and by region.
    m = course("m", 100, "", {"Brainport"});
    m.shares = {{"Brainport", 1}};
    CHECK(Plan(Parameters{}, {m}, regions).policy_at(january).offers.at(0).places == std::vector<double>{0, 0, 100});
    m.offer->by_region["Brainport"].value = 7;
    CHECK(Plan(Parameters{}, {m}, regions).policy_at(january).offers.at(0).places == std::vector<double>{0, 0, 7});
    m.offer->by_region["Brainport"].value = 0;
    CHECK(Plan(Parameters{}, {m}, regions).policy_at(january).offers.at(0).places == none);
}

TEST_CASE("what a measure spends is shared out by region: once at the start, and each month by its ramp", "[experiments][unit]") {
    Measure m = course("m", 100);
    m.ramp = 2;
    m.end = Month::of(2022, 3);
    m.cost.fixed.value = 1000;
    m.cost.per_month.value = 100;
    m.cost.per_participant.value = 5;
    const Plan plan(Parameters{}, {m}, regions);
    const auto spent = [&](Month month) { return plan.policy_at(month).spending.at(0).euro; };
    CHECK(spent(Month::of(2021, 12)) == std::vector<double>{0, 0, 0});
    CHECK(spent(january) == std::vector<double>{1050 * 0.2, 1050 * 0.5, 1050 * 0.3});
    CHECK(spent(january + 1) == std::vector<double>{100 * 0.2, 100 * 0.5, 100 * 0.3});
    CHECK(spent(Month::of(2022, 3)) == std::vector<double>{100 * 0.2, 100 * 0.5, 100 * 0.3});
    CHECK(spent(Month::of(2022, 4)) == std::vector<double>{0, 0, 0});
    CHECK(plan.policy_at(january).spending.at(0).per_participant == 5);
    // Measures that reach for the same people have fewer places, and cost what they cost.
    Measure beside = m;
    beside.name = "beside";
    m.overlap = beside.overlap = "group";
    const auto both = Plan(Parameters{}, {m, beside}, regions).policy_at(january + 1);
    CHECK(both.offers.at(0).places.at(0) < plan.policy_at(january + 1).offers.at(0).places.at(0));
    CHECK(both.spending.at(0).euro == spent(january + 1));
    m.shares.clear();
    CHECK(Plan(Parameters{}, {m}, regions).policy_at(january).offers.at(0).places == std::vector<double>(3, 100 * (1.0 / 3) * 0.5));
}

TEST_CASE("the order of measures means nothing", "[experiments][property]") {
    std::vector<Measure> measures{measure("a", {{"search.search_intensity", 1.1}, {"search.standards", 0.1}}), course("b", 30, "g"),
                                  measure("c", {{"search.search_intensity", 1.3}}, {"IJmond"}), course("d", 50, "g", {"IJmond", "Brainport"}),
                                  measure("e", {{"search.search_intensity", 0.7}}, {"IJmond", "Brainport"})};
    measures[2].number = 3;
    measures[0].overlap = "g";
    const auto by_name = [](const Measure& a, const Measure& b) { return a.name < b.name; };
    const Plan plan(Parameters{}, measures, regions);
    CHECK(plan.measures().front().name == "c");  // numbers of the library are below those of other names
    const auto wanted = plan.policy_at(january);
    REQUIRE(wanted.by_region.size() == 3);
    REQUIRE(wanted.offers.size() == 2);
    do {
        const auto policy = Plan(Parameters{}, measures, regions).policy_at(january);
        bool equal = policy.by_region.size() == 3 && policy.offers.size() == 2;
        for (std::size_t r = 0; equal && r < 3; ++r) equal = same(policy.by_region[r], wanted.by_region[r]);
        for (std::size_t o = 0; equal && o < 2; ++o)
            equal = policy.offers[o].lot == wanted.offers[o].lot && policy.offers[o].measure == wanted.offers[o].measure &&
                    policy.offers[o].places == wanted.offers[o].places;
        REQUIRE(equal);
    } while (std::next_permutation(measures.begin(), measures.end(), by_name));
}

TEST_CASE("measures of one group take from each other, and coordination gives part of it back", "[experiments][unit]") {
    const auto places = [](const std::vector<Measure>& measures, std::size_t offer, std::size_t region) {
        return Plan(Parameters{}, measures, regions).policy_at(january).offers.at(offer).places.at(region);
    };
    Measure first = course("first", 100, "retraining"), second = course("second", 40, "retraining", {"Zuid-Limburg"});
    first.number = 1;
    second.number = 2;
    // Alone: bit for bit.
    CHECK(places({first}, 0, 1) == 100 * 0.5);
    // Two of them: each at 1 - 0.4 (1 - 1/2), in the region that has both.
    CHECK(places({first, second}, 0, 0) == 100 * 0.2);
    CHECK(places({first, second}, 0, 1) == Approx(50 * 0.8));
    CHECK(places({first, second}, 1, 1) == Approx(20 * 0.8));
    Measure other = second;
    other.overlap = "another group";
    CHECK(places({first, other}, 0, 1) == 100 * 0.5);
    // Three of them, one of which doses a lever: 1 - 0.4 (1 - 1/3).
    Measure third = measure("third", {{"search.standards", 1}});
    third.number = 3;
    third.overlap = "retraining";
    const Plan three(Parameters{}, {first, second, third}, regions);
    CHECK(three.policy_at(january).offers.at(0).places.at(1) == Approx(50 * (1 - 0.4 * 2 / 3)));
    CHECK(three.policy_at(january).by_region.at(1).search.standards == Approx(1 - 0.4 * 2 / 3));
    CHECK(three.policy_at(january).by_region.at(0).search.standards == Approx(0.8));
    // Coordination takes away 0.15 of the loss, in its regions.
    Measure council = measure("council", {});
    council.coordination.value = 0.15;
    CHECK(places({first, second, council}, 0, 1) == Approx(50 * (1 - 0.4 * 0.85 * 0.5)));
    council.regions = {"IJmond"};
    CHECK(places({first, second, council}, 0, 1) == Approx(50 * 0.8));
    CHECK(places({first, council}, 0, 1) == 100 * 0.5);
}

TEST_CASE("words of groups stand for their labels", "[experiments][unit]") {
    const auto& words = experiments::occupation_words();
    const auto bits = [&](const std::string& text) {
        return std::find_if(words.words.begin(), words.words.end(), [&](const auto& w) { return w.text == text; })->bits;
    };
    CHECK(bits("technical") == 0xFFU);
    CHECK(bits("ict") == 0x300U);
    CHECK((bits("technical") | bits("ict") | bits("other")) == words.all());
    CHECK(bits("076") == bits("electricians and electronics fitters"));
    CHECK(words.of(bits("ict")) == std::vector<std::string>{"software and data", "ICT support"});
}
