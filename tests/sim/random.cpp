#include "sim/random.hpp"

#include <set>

#include <catch2/catch.hpp>

#include "tests/support/statistics.hpp"

using sim::Address;
using sim::Draw;
using sim::Entity;
using sim::EntityKind;
using sim::Month;
using sim::Random;

TEST_CASE("an address puts every field where the schema says", "[sim][unit]") {
    const Address a{.process = 5, .entity = {EntityKind::employer, 0x0123456789ABCDEULL}, .month = Month(1452), .index = 77};
    const auto c = a.counter(9);
    CHECK(c[0] == 0x789ABCDEU);
    CHECK(c[1] == 0x30123456U);  // kind 3 on top
    CHECK(c[2] == (9U << 12 | 1452U));
    CHECK(c[3] == (5U << 22 | 77U));
}

TEST_CASE("fields of an address do not run into each other", "[sim][unit]") {
    std::set<std::array<std::uint32_t, 4>> counters;
    std::size_t made = 0;
    for (const std::uint64_t identity : {0ULL, 1ULL, (1ULL << 32) - 1, 1ULL << 32, (1ULL << 60) - 1})
        for (const auto kind : {EntityKind::person, EntityKind::block, EntityKind::arrival})
            for (const int month : {0, 1, 4095})
                for (const std::uint32_t replicate : {0U, 1U, sim::replicate_limit - 1})
                    for (const int process : {0, 1, 1023})
                        for (const std::uint32_t index : {0U, 1U, sim::index_limit - 1}) {
                            counters.insert(Address{static_cast<sim::ProcessKey>(process), {kind, identity}, Month(month), index}.counter(replicate));
                            ++made;
                        }
    CHECK(counters.size() == made);
}

TEST_CASE("a vacancy's identity holds employer, occupation, month and index apart", "[sim][unit]") {
    const std::uint64_t identity = sim::vacancy_identity(134'217'727, 63, Month(4095), 32'767);
    CHECK(identity == (1ULL << 60) - 1);
    CHECK(sim::vacancy_identity(1, 0, Month(0), 0) == 1ULL << 33);
    CHECK(sim::vacancy_identity(0, 1, Month(0), 0) == 1ULL << 27);
    CHECK(sim::vacancy_identity(0, 0, Month(1), 0) == 1ULL << 15);
    CHECK(sim::vacancy_identity(0, 0, Month(0), 1) == 1ULL);
}

TEST_CASE("Random123's known answers come out through our addresses", "[sim][law]") {
    // kat_vectors of Random123 (Salmon et al. 2011), lines "philox4x32 10": counter, key, result.
    SECTION("all bits zero") {
        const Draw d = Random(0, 0).draw({0, {EntityKind{0}, 0}, Month(0), 0});
        CHECK(d.words == std::array<std::uint32_t, 4>{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8});
    }
    SECTION("all bits one") {
        const Draw d = Random(~0ULL, sim::replicate_limit - 1).draw({1023, {EntityKind{15}, (1ULL << 60) - 1}, Month(4095), sim::index_limit - 1});
        CHECK(d.words == std::array<std::uint32_t, 4>{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd});
    }
    SECTION("the digits of pi: counter 243f6a88 85a308d3 13198a2e 03707344, key a4093822 299f31d0") {
        const Address a{.process = 0x03707344 >> 22, .entity = {EntityKind{8}, 0x5a308d3'243f6a88ULL}, .month = Month(0xa2e), .index = 0x03707344 & 0x3fffff};
        const Draw d = Random(0x299f31d0'a4093822ULL, 0x13198).draw(a);
        CHECK(d.words == std::array<std::uint32_t, 4>{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1});
    }
}

TEST_CASE("a uniform number is never 0 or 1", "[sim][unit]") {
    CHECK(Draw::uniform_of(0) == 0x1p-33);
    CHECK(Draw::uniform_of(0xFFFFFFFFU) == 1 - 0x1p-33);
}

TEST_CASE("uniform numbers of neighbouring persons fill the unit interval evenly", "[sim][statistical]") {
    const Random random(42, 0);
    std::vector<double> counts(64, 0.0);
    const std::size_t draws = 200'000;
    for (std::size_t row = 0; row < draws; ++row) counts[static_cast<std::size_t>(random.uniform({10, sim::person(row), Month(1452), 0}) * 64)] += 1;
    const std::vector<double> even(64, static_cast<double>(draws) / 64);
    CHECK(tests::counts_fit(counts, even));
    counts[3] += 600;  // a fifth too many in one of 64 cells would be seen
    CHECK_FALSE(tests::counts_fit(counts, even));
}
