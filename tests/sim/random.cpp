#include "sim/random.hpp"

#include <random>
#include <set>
#include <span>
#include <vector>

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

TEST_CASE("many draws at once are the draws of their addresses", "[sim][property]") {
    // Every length up to past four eights, and many; seeds, replicates and identities that use all bits.
    std::vector<std::size_t> lengths;
    for (std::size_t length = 0; length < 35; ++length) lengths.push_back(length);
    lengths.push_back(20'000);
    std::mt19937_64 luck(4);
    std::size_t compared = 0;
    for (const std::size_t length : lengths) {
        const Random random(luck(), static_cast<std::uint32_t>(luck() % sim::replicate_limit));
        const Month month(static_cast<int>(luck() % 4096));
        const auto process = static_cast<sim::ProcessKey>(luck() % 1024);
        const auto index = static_cast<std::uint32_t>(luck() % (sim::index_limit - 20'000));
        std::vector<std::uint32_t> persons(length);
        std::vector<Address> addresses(length);
        for (std::size_t i = 0; i < length; ++i) {
            persons[i] = static_cast<std::uint32_t>(luck());
            addresses[i] = {static_cast<sim::ProcessKey>(luck() % 1024),
                            {static_cast<EntityKind>(luck() % 16), luck() >> 4},
                            Month(static_cast<int>(luck() % 4096)),
                            static_cast<std::uint32_t>(luck() % sim::index_limit)};
        }
        const Address first{process, {EntityKind::cell, luck() >> 4}, month, index};
        const Draw untouched{{1, 2, 3, 4}};
        std::vector<Draw> by_person(length + 1, untouched), by_address(length + 1, untouched), by_index(length + 1, untouched);
        random.draws(process, persons, month, index, std::span(by_person).first(length));
        random.draws(addresses, std::span(by_address).first(length));
        random.draws_from(first, std::span(by_index).first(length));
        std::size_t different = 0;
        for (std::size_t i = 0; i < length; ++i) {
            different += by_person[i].words != random.draw({process, sim::person(persons[i]), month, index}).words;
            different += by_address[i].words != random.draw(addresses[i]).words;
            different += by_index[i].words != random.draw({process, first.entity, month, index + static_cast<std::uint32_t>(i)}).words;
            compared += 3;
        }
        CHECK(different == 0);
        CHECK(by_person[length].words == untouched.words);
        CHECK(by_address[length].words == untouched.words);
        CHECK(by_index[length].words == untouched.words);
    }
    CHECK(compared > 60'000);
}

TEST_CASE("Random123's known answers come out of eight draws at once too", "[sim][law]") {
    const std::vector<Address> ones(8, {1023, {EntityKind{15}, (1ULL << 60) - 1}, Month(4095), sim::index_limit - 1});
    std::vector<Draw> out(8);
    Random(~0ULL, sim::replicate_limit - 1).draws(ones, out);
    for (const Draw& d : out) CHECK(d.words == std::array<std::uint32_t, 4>{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd});
    const Address pi{.process = 0x03707344 >> 22, .entity = {EntityKind{8}, 0x5a308d3'243f6a88ULL}, .month = Month(0xa2e), .index = 0x03707344 & 0x3fffff};
    Random(0x299f31d0'a4093822ULL, 0x13198).draws_from(pi, out);
    CHECK(out[0].words == std::array<std::uint32_t, 4>{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1});
}
