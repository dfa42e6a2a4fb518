#include "models/gates.hpp"

#include <cstdint>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>

#include "models/parameters.hpp"
#include "models/policy.hpp"
#include "models/programmes.hpp"
#include "models/tables.hpp"
#include "models/world.hpp"

using namespace models;

namespace {

constexpr Occupation target = 8;
constexpr std::size_t other_region = occupations;

/// Two regions with people of 40 years in the first, and no lot unless a test wants one.
struct TwoRegions {
    Tables tables;
    Parameters parameters;
    Policy policy;
    World world;
    explicit TwoRegions(double lot_share = 0, std::size_t people = 400) {
        parameters.programmes.lot_share = lot_share;
        tables.scale = 1;
        world.tables = &tables;
        world.parameters = &parameters;
        world.regions = 2;
        world.month = sim::Month::of(2021, 3);
        world.random = sim::Random(1, 0);
        world.persons.resize(people);
        for (Row row = 0; row < people; ++row) {
            world.persons.region[row] = 0;
            world.persons.birth[row] = static_cast<std::uint16_t>(sim::Month::of(1981, 1).number());
            world.persons.record[row].status = row % 2 == 0 ? LabourStatus::unemployed : LabourStatus::employed;
        }
        world.programmes.begin_month(2);
    }
    void offer(Offer made) {
        made.measure = policy.measures++;
        policy.offers.push_back(made);
        policy.spending.emplace_back();
        world.policy = &policy;
        world.programmes.policy.begin_month(world);
    }
    [[nodiscard]] int counted(std::size_t measure, PolicyFlow what) const { return world.programmes.policy.count[measure * 2 * policy_flows + index_of(what)]; }
};

std::vector<std::int32_t> places(std::int32_t here, std::int32_t there) {
    std::vector<std::int32_t> own(2 * occupations, 0);
    own[target] = here;
    own[other_region + target] = there;
    return own;
}
std::vector<double> one_target() {
    std::vector<double> share(2 * occupations, 0.0);
    share[target] = share[other_region + target] = 1;
    return share;
}
const std::vector<std::uint8_t> home{0}, both{0, 1};

}  // namespace

TEST_CASE("places go to the first who come, near ones before far ones", "[models][unit]") {
    TwoRegions w;
    Gates gates(w.world, OfferedProgramme::course, places(2, 1), one_target());
    const auto admitted = [&](Row row, const std::vector<std::uint8_t>& reach) { return gates.admit({row, 0, target}, reach).admission; };
    CHECK(admitted(0, home) == Admission::admitted);
    CHECK(admitted(1, both) == Admission::admitted);
    CHECK(admitted(2, home) == Admission::refused_place);
    CHECK(admitted(3, both) == Admission::admitted);
    CHECK(admitted(4, both) == Admission::refused_place);
    for (const auto left : gates.left()) CHECK(left == 0);
    CHECK(w.world.programmes.flow_of(0, ProgrammeKind::course, ProgrammeFlow::applicants) == 5);
    CHECK(w.world.programmes.flow_of(0, ProgrammeKind::course, ProgrammeFlow::refused_place) == 2);
}

TEST_CASE("whom the lot refuses leaves the place to the next and may not apply at that gate again", "[models][unit]") {
    TwoRegions w(0.5);
    Gates gates(w.world, OfferedProgramme::course, places(100, 0), one_target());
    int admitted = 0, by_lot = 0;
    std::vector<Row> barred;
    for (Row row = 0; row < 100; ++row) {
        const auto verdict = gates.admit({row, 0, target}, home);
        admitted += verdict.admission == Admission::admitted;
        by_lot += verdict.admission == Admission::refused_lot;
        if (verdict.admission == Admission::refused_lot) barred.push_back(row);
    }
    CHECK(admitted + by_lot == 100);
    CHECK(by_lot > 30);
    CHECK(gates.left()[target] == 100 - admitted);
    for (const Row row : barred) CHECK(gates.admit({row, 0, target}, home).admission == Admission::not_allowed);
    w.world.month = w.world.month + w.parameters.programmes.lot_months;
    w.parameters.programmes.lot_share = 0;
    CHECK(gates.admit({barred.front(), 0, target}, home).admission == Admission::admitted);
}

TEST_CASE("a measure's places are for its group, and its numbers close", "[models][unit]") {
    TwoRegions w(0.1);
    Offer for_unemployed{.lot = 7, .places = {12 * 60, 0}};
    for_unemployed.who.statuses = 1U << index_of(LabourStatus::unemployed);
    w.offer(for_unemployed);
    Gates gates(w.world, OfferedProgramme::course, places(0, 0), one_target());
    for (Row row = 0; row < 200; ++row) {
        const auto verdict = gates.admit({row, 0, target}, home);
        if (verdict.admission == Admission::admitted) {
            CHECK(verdict.lot == 7);
            CHECK(w.world.persons.record[row].status == LabourStatus::unemployed);
        }
    }
    CHECK(w.counted(0, PolicyFlow::participants) == 60);
    CHECK(w.counted(0, PolicyFlow::refused_lot) > 0);
    CHECK(w.counted(0, PolicyFlow::refused_place) > 0);
    CHECK(w.counted(0, PolicyFlow::applicants) ==
          w.counted(0, PolicyFlow::participants) + w.counted(0, PolicyFlow::refused_lot) + w.counted(0, PolicyFlow::refused_place));
    CHECK(gates.left()[target] == 0);
}

TEST_CASE("an offer without places changes nothing, and never the numbers of another measure", "[models][unit]") {
    const auto verdicts = [](bool with_null) {
        TwoRegions w(0.2);
        w.offer({.lot = 3, .places = {12 * 20, 12 * 5}});
        if (with_null) w.offer({.lot = 900'000, .places = {0, 0}});
        Gates gates(w.world, OfferedProgramme::course, places(20, 10), one_target());
        std::vector<std::pair<int, std::uint32_t>> all;
        for (Row row = 0; row < 100; ++row) {
            const auto v = gates.admit({row, 0, target}, both);
            all.emplace_back(static_cast<int>(v.admission), v.lot);
        }
        std::vector<int> counted;
        for (int what = 0; what < policy_flows; ++what) counted.push_back(w.counted(0, static_cast<PolicyFlow>(what)));
        return std::pair(all, counted);
    };
    CHECK(verdicts(false) == verdicts(true));
    const auto [all, counted] = verdicts(false);
    CHECK(std::count_if(all.begin(), all.end(), [](const auto& v) { return v.second == 3 && v.first == 0; }) > 0);
    CHECK(std::count_if(all.begin(), all.end(), [](const auto& v) { return v.second == 0 && v.first == 0; }) > 0);
}

TEST_CASE("two measures share applicants by their free places, whatever their order", "[models][unit]") {
    const auto taken = [](bool swapped) {
        TwoRegions w;
        const Offer large{.lot = 11, .places = {12 * 300, 0}}, small{.lot = 12, .places = {12 * 100, 0}};
        w.offer(swapped ? small : large);
        w.offer(swapped ? large : small);
        Gates gates(w.world, OfferedProgramme::course, places(0, 0), one_target());
        std::array<int, 2> by_measure{};
        for (Row row = 0; row < 200; ++row) {
            const auto v = gates.admit({row, 0, target}, home);
            REQUIRE(v.admission == Admission::admitted);
            ++by_measure[v.lot == 11 ? 0 : 1];
        }
        return by_measure;
    };
    const auto by_measure = taken(false);
    CHECK(by_measure[0] > 120);
    CHECK(by_measure[1] > 25);
    CHECK(by_measure[0] + by_measure[1] == 200);
}
