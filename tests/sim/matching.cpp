#include "sim/matching.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include <catch2/catch.hpp>

#include "sim/error.hpp"
#include "sim/parallel.hpp"
#include "sim/random.hpp"

namespace {

using sim::Application;
using sim::Match;

/// The same market in plain lines on one thread: lists sorted by preference, offers made and held one round after the other.
std::vector<Match> match_plainly(std::vector<Application> applications, std::uint32_t seekers, std::uint32_t slots, int rounds = sim::most_rounds) {
    std::vector<std::vector<Application>> wishes(slots);
    for (const auto& a : applications) wishes[a.slot].push_back(a);
    for (auto& list : wishes)
        std::sort(list.begin(), list.end(), [](const Application& a, const Application& b) {
            if (a.suitability != b.suitability) return a.suitability > b.suitability;
            return a.seeker != b.seeker ? a.seeker < b.seeker : a.value > b.value;
        });
    std::vector<std::size_t> next(slots, 0);
    std::vector<const Application*> held(seekers, nullptr);
    for (int round = 0; round < rounds; ++round) {
        std::vector<const Application*> offers;
        for (std::uint32_t slot = 0; slot < slots; ++slot) {
            const auto& list = wishes[slot];
            const bool content = next[slot] > 0 && held[list[next[slot] - 1].seeker] == &list[next[slot] - 1];
            if (!content && next[slot] < list.size()) offers.push_back(&list[next[slot]++]);
        }
        for (const auto* o : offers) {
            const auto*& best = held[o->seeker];
            if (best == nullptr || o->value > best->value || (o->value == best->value && o->slot < best->slot)) best = o;
        }
    }
    std::vector<Match> matches;
    for (std::uint32_t seeker = 0; seeker < seekers; ++seeker)
        if (held[seeker] != nullptr) matches.push_back({seeker, held[seeker]->slot});
    return matches;
}

/// A market of strangers: each seeker applies to `each` slots drawn at addresses of its own; steps of suitability and value make ties frequent.
std::vector<Application> market(std::uint32_t seekers, std::uint32_t slots, std::uint32_t each, std::uint64_t seed, double steps) {
    const sim::Random random(seed, 0);
    std::vector<Application> applications;
    for (std::uint32_t seeker = 0; seeker < seekers; ++seeker)
        for (std::uint32_t j = 0; j < each; ++j) {
            const auto draw = random.draw({900, sim::person(seeker), sim::Month(0), j});
            const auto slot = static_cast<std::uint32_t>(draw.uniform(0) * slots);
            applications.push_back(
                {seeker, slot, static_cast<float>(std::floor(draw.uniform(1) * steps)), static_cast<float>(std::floor(draw.uniform(2) * steps) - steps / 2)});
        }
    return applications;
}

}  // namespace

TEST_CASE("matching agrees with plain lists on one thread", "[sim][unit][sanitize]") {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        const auto applications = market(500, 300, 4, seed, seed % 2 == 0 ? 1e6 : 5);
        sim::MatchingScratch scratch;
        CHECK(sim::match(applications, 500, 300, scratch).matches == match_plainly(applications, 500, 300));
        CHECK(sim::match(applications, 500, 300, scratch, 2).matches == match_plainly(applications, 500, 300, 2));
    }
}

TEST_CASE("matching of a large market agrees with plain lists for any number of threads", "[sim][property]") {
    const auto applications = market(60'000, 40'000, 3, 5, 1e6);
    const auto plain = match_plainly(applications, 60'000, 40'000);
    for (const int threads : {1, 2, 3, 7}) {
        sim::Threads arena(threads);
        sim::Matching found;
        arena.run([&] {
            sim::MatchingScratch scratch;
            found = sim::match(applications, 60'000, 40'000, scratch);
        });
        CHECK(found.matches == plain);
    }
}

TEST_CASE("the order of applications means nothing", "[sim][property]") {
    auto applications = market(2'000, 1'000, 4, 3, 8);
    sim::MatchingScratch scratch;
    const auto found = sim::match(applications, 2'000, 1'000, scratch).matches;
    std::reverse(applications.begin(), applications.end());
    CHECK(sim::match(applications, 2'000, 1'000, scratch).matches == found);
    std::sort(applications.begin(), applications.end(), [](const auto& a, const auto& b) { return a.suitability * 7 + a.value < b.suitability * 7 + b.value; });
    CHECK(sim::match(applications, 2'000, 1'000, scratch).matches == found);
}

TEST_CASE("nobody takes two slots, and a settled matching is stable", "[sim][property]") {
    const auto applications = market(3'000, 3'000, 3, 11, 1e6);
    sim::MatchingScratch scratch;
    const auto found = sim::match(applications, 3'000, 3'000, scratch, 1'000);
    REQUIRE(found.settled);
    std::vector<const Application*> of_seeker(3'000, nullptr), of_slot(3'000, nullptr);
    for (const auto& m : found.matches) {
        CHECK(of_seeker[m.seeker] == nullptr);
        CHECK(of_slot[m.slot] == nullptr);
        for (const auto& a : applications)
            if (a.seeker == m.seeker && a.slot == m.slot) of_seeker[m.seeker] = of_slot[m.slot] = &a;
    }
    std::size_t blocking = 0;  // a pair that would rather have each other
    for (const auto& a : applications) {
        if (of_seeker[a.seeker] != nullptr && of_seeker[a.seeker]->slot == a.slot) continue;  // they have each other, by one of two applications
        const auto* seeker = of_seeker[a.seeker];
        const auto* slot = of_slot[a.slot];
        blocking += (seeker == nullptr || a.value > seeker->value) && (slot == nullptr || a.suitability > slot->suitability);
    }
    CHECK(blocking == 0);
}

TEST_CASE("a slot asks the best applicant, and a seeker takes the better of two offers", "[sim][unit]") {
    sim::MatchingScratch scratch;
    // Seeker 1 is best at both slots and prefers slot 1; slot 0 then asks seeker 0.
    const std::vector<Application> applications{{0, 0, 1.0F, 5.0F}, {1, 0, 2.0F, 3.0F}, {1, 1, 9.0F, 4.0F}};
    CHECK(sim::match(applications, 2, 2, scratch).matches == std::vector<Match>{{0, 0}, {1, 1}});
    // Ties: slot 2 asks the lower of its seekers, and that seeker keeps the lower of its slots.
    const std::vector<Application> ties{{3, 2, 1.0F, -1.0F}, {1, 2, 1.0F, 0.0F}, {1, 4, 1.0F, -0.0F}};
    CHECK(sim::match(ties, 4, 5, scratch).matches == std::vector<Match>{{1, 2}});
    CHECK(sim::match({}, 4, 5, scratch).matches.empty());
    const std::vector<Application> wrong{{4, 0, 0, 0}};
    CHECK_THROWS_AS(sim::match(wrong, 4, 5, scratch), sim::Bug);
}

TEST_CASE("identical applicants with one application each give the urn-ball law", "[sim][law][statistical]") {
    // Share of slots filled: 1 - (1 - 1/V)^S in the finite form. 400 markets of 100 slots; the band is five standard errors, passed by chance
    // in all but one of two million cases.
    const std::uint32_t slots = 100;
    for (const std::uint32_t seekers : {40U, 100U, 300U}) {
        double sum = 0;
        double squares = 0;
        const int markets = 400;
        for (int m = 0; m < markets; ++m) {
            sim::MatchingScratch scratch;
            const auto filled =
                static_cast<double>(sim::match(market(seekers, slots, 1, static_cast<std::uint64_t>(1000 + m), 1), seekers, slots, scratch).matches.size()) /
                slots;
            sum += filled;
            squares += filled * filled;
        }
        const double mean = sum / markets;
        const double error = std::sqrt((squares / markets - mean * mean) / markets);
        const double finite = 1 - std::pow(1 - 1.0 / slots, seekers);
        const double limit = 1 - std::exp(-1.0 * seekers / slots);
        CHECK(std::abs(mean - finite) < 5 * error);
        CHECK(std::abs(finite - limit) > 0.0);
        CHECK(std::abs(mean - finite * 1.03) > 5 * error);  // it would notice three per cent more
    }
}
