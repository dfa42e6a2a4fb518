#include "experiments/runs/policy_record.hpp"

#include <numeric>

#include <catch2/catch.hpp>

#include "models/policy.hpp"
#include "tests/support/shared_start.hpp"

namespace {

using experiments::PolicyRecord;
using models::Parameters;
using models::PolicyFlow;

constexpr sim::Month last = sim::Month::of(2021, 12);
constexpr double scale = 0.2;

models::Policy two_measures() {
    models::Policy policy;
    policy.measures = 2;
    policy.offers.push_back({.lot = 5, .measure = 0, .places = {600}});
    policy.offers.push_back({.lot = 9, .measure = 1, .programme = models::OfferedProgramme::work_learning, .places = {240}});
    policy.spending.push_back({{1000}, 50});
    policy.spending.push_back({{0}, 12'000});
    return policy;
}

/// Many apply and the lot is large, so that a small world has enough at the gates.
Parameters keen() {
    Parameters p;
    p.side_entry.consider_employed = 0.004;
    p.side_entry.consider_unemployed = 0.05;
    p.work_learning.apply = 0.003;
    p.programmes.lot_share = 0.2;
    return p;
}

}  // namespace

TEST_CASE("the accounts of measures close, cost what they should and never pass their places", "[experiments]") {
    const tests::SharedStart start({"Zuid-Limburg"}, scale);
    const auto policy = two_measures();
    const std::vector<std::string> names{"courses", "work"};
    const Parameters parameters = keen();
    PolicyRecord record;
    (void)start.run(
        parameters, last, 0, [&](const models::World& world) { record.add(world, names); }, &policy);
    CHECK(record.measures() == names);
    for (const auto& name : names) {
        CAPTURE(name);
        std::int64_t before = 0;
        for (int m = 0; m < 12; ++m) {
            const auto stand = record.at(name, sim::Month::of(2021, 1) + m);
            const auto of = [&](PolicyFlow what) { return stand.people[models::index_of(what)]; };
            CHECK(of(PolicyFlow::applicants) == of(PolicyFlow::participants) + of(PolicyFlow::refused_place) + of(PolicyFlow::refused_lot));
            CHECK(of(PolicyFlow::completions) + of(PolicyFlow::in_programme) <= of(PolicyFlow::participants));
            CHECK(of(PolicyFlow::placements) <= of(PolicyFlow::completions));
            CHECK(stand.standing.participants <= of(PolicyFlow::participants));
            CHECK(stand.standing.refused <= of(PolicyFlow::refused_lot));
            CHECK(stand.standing.participants_in_target <= stand.standing.participants);
            // The places of a month are the mean, rounded up or down in each occupation.
            const double mean = (name == "courses" ? 600 : 240) * scale / 12;
            CHECK(static_cast<double>(of(PolicyFlow::participants) - before) <= mean + models::first_other_occupation);
            before = of(PolicyFlow::participants);
            const double fixed = name == "courses" ? 1000.0 * (m + 1) : 0.0;
            CHECK(stand.spending == Approx(fixed + (name == "courses" ? 50 : 12'000) * static_cast<double>(before) / scale));
            REQUIRE(stand.spending_in.size() == 1);
            CHECK(stand.spending_in[0] == stand.spending);
            CHECK(std::accumulate(stand.spending_by_education.begin(), stand.spending_by_education.end(), 0.0) == Approx(stand.spending));
        }
        const auto stand = record.at(name, last);
        CHECK(stand.people[models::index_of(PolicyFlow::participants)] > 20);
        CHECK(stand.people[models::index_of(PolicyFlow::refused_lot)] > 3);
        CHECK(stand.people[models::index_of(PolicyFlow::completions)] > 0);
        CHECK(stand.standing.participants > 20);
    }
    CHECK(record.at("courses", last + 1).spending == 0);
    CHECK(record.at("nobody", last).spending == 0);
}

TEST_CASE("what is spent goes to the education of participants, and else to that of the target group or the labour force", "[experiments]") {
    const tests::SharedStart start({"Zuid-Limburg"}, scale);
    const Parameters parameters = keen();
    const auto hbo = models::index_of(models::Education::hbo), low = models::index_of(models::Education::low);
    auto policy = two_measures();
    policy.measures = 3;
    policy.offers[0].who.education = 1U << hbo;
    policy.spending[0] = {{1000}, 0, policy.offers[0].who};
    policy.spending[1] = {{0}, 100};
    policy.spending.push_back({{500}, 0});
    PolicyRecord record;
    std::vector<std::int32_t> began(2 * models::education_labels.size(), 0);
    std::vector<std::int64_t> at_work;
    (void)start.run(
        parameters, last, 0,
        [&](const models::World& world) {
            record.add(world, {"for hbo", "work", "for all"});
            const auto now = models::began_by_education(world);
            for (std::size_t i = 0; i < began.size(); ++i) began[i] += now[i];
            if (at_work.empty()) at_work = models::residents_by_education(world, models::labour_force());
        },
        &policy);
    const auto of_group = record.at("for hbo", last).spending_by_education;
    CHECK(of_group[hbo] == 12'000);
    CHECK(of_group[low] == 0);
    CHECK(began[hbo] > 0);
    CHECK(std::accumulate(began.begin(), began.begin() + models::education_labels.size(), 0) == began[hbo]);
    // Work-learning: everybody's own education; nothing else was spent on it.
    const auto of_work = record.at("work", last);
    CHECK(of_work.people[models::index_of(PolicyFlow::participants)] > 20);
    for (std::size_t e = 0; e < models::education_labels.size(); ++e) {
        CHECK(of_work.spending_by_education[e] == Approx(100 * began[models::education_labels.size() + e] / scale));
        const double all = static_cast<double>(std::accumulate(at_work.begin(), at_work.end(), std::int64_t{0}));
        CHECK(record.at("for all", last).spending_by_education[e] == Approx(6000 * static_cast<double>(at_work[e]) / all));
    }
}

TEST_CASE("gross placements are deadweight, displacement and net effect", "[experiments][unit]") {
    const auto r = experiments::reckon({.participants = 200, .participants_in_target = 150, .refused = 20, .refused_in_target = 8}, 200 * 0.4, 50);
    CHECK(r.gross == 150);
    CHECK(r.deadweight == 80);
    CHECK(r.direct == 70);
    CHECK(r.displacement == 20);
    CHECK(r.gross == r.deadweight + r.displacement + r.net);
}

TEST_CASE("a measure without places changes no series and no account of another measure", "[experiments][property]") {
    const tests::SharedStart start({"Zuid-Limburg"}, scale);
    const Parameters parameters = keen();
    const auto policy = two_measures();
    auto with_null = policy;
    with_null.measures = 3;
    with_null.offers.push_back({.lot = 900'000, .measure = 2, .places = {0}});
    with_null.spending.push_back({{0}, 0});
    PolicyRecord record, other;
    const auto run = start.run(
        parameters, last, 0,
        [&](const models::World& world) {
            record.add(world, {"courses", "work"});
        },
        &policy);
    const auto again = start.run(
        parameters, last, 0,
        [&](const models::World& world) {
            other.add(world, {"courses", "work", "null"});
        },
        &with_null);
    CHECK(tests::different_series(run, again) == std::vector<std::string>{});
    for (const auto* name : {"courses", "work"}) {
        CHECK(record.at(name, last).people == other.at(name, last).people);
        CHECK(record.at(name, last).spending == other.at(name, last).spending);
    }
    CHECK(other.at("null", last).people == std::array<std::int64_t, models::policy_flows>{});
}
