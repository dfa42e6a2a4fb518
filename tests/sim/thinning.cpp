#include "sim/thinning.hpp"

#include <algorithm>
#include <cmath>
#include <random>

#include <catch2/catch.hpp>

#include "sim/rows_with.hpp"
#include "tests/support/statistics.hpp"

using sim::Month;
using sim::Row;

namespace {

constexpr sim::ProcessKey key = 61;

struct Event {
    Row row;
    std::uint32_t word;
    auto operator<=>(const Event&) const = default;
};

/// Events of one month for a hazard p(row), in order of rows.
template <class Hazard>
std::vector<Event> events(const sim::Random& random, Month month, std::size_t rows, double bound, double ceiling, Hazard&& p,
                          const std::vector<std::uint8_t>* risk = nullptr) {
    const std::vector<std::uint8_t> everybody(risk ? 0 : rows, 1);
    const std::uint8_t* at_risk = risk ? risk->data() : everybody.data();
    std::vector<std::vector<Event>> found(sim::blocks_of(rows));
    sim::thin(random, key, month, rows, at_risk, 1, bound, ceiling, [&](const sim::Candidate& c) {
        if (c.accepts(p(c.row()))) found[sim::block_of(c.row())].push_back({c.row(), c.draw().words[1]});
    });
    std::vector<Event> all;
    for (const auto& part : found) all.insert(all.end(), part.begin(), part.end());
    std::sort(all.begin(), all.end());
    return all;
}

auto constant(double p) {
    return [p](Row) { return p; };
}

/// The slow twin: a visit to every row with a draw of its own.
std::vector<Row> one_by_one(const sim::Random& random, Month month, std::size_t rows, double p) {
    std::vector<Row> found;
    for (Row row = 0; row < rows; ++row)
        if (random.uniform({key, sim::person(row), month, 1}) < p) found.push_back(row);
    return found;
}

/// Gaps between events (last cell: longer) and events by eighth of a block, in one table.
std::vector<double> shape_of(const std::vector<Row>& found, std::vector<double> counts = std::vector<double>(80 + 64, 0.0)) {
    for (std::size_t i = 0; i < found.size(); ++i) {
        if (i > 0 && sim::block_of(found[i]) == sim::block_of(found[i - 1])) counts[std::min<std::size_t>(79, found[i] - found[i - 1] - 1)] += 1;
        counts[80 + found[i] % sim::block_rows / 128] += 1;
    }
    return counts;
}

std::vector<Row> rows_of(const std::vector<Event>& list) {
    std::vector<Row> rows;
    for (const auto& e : list) rows.push_back(e.row);
    return rows;
}

bool holds_all(const std::vector<Event>& more, const std::vector<Event>& fewer) { return std::includes(more.begin(), more.end(), fewer.begin(), fewer.end()); }

}  // namespace

TEST_CASE("geometric skips choose like a Bernoulli draw for every row", "[sim][statistical]") {
    const std::size_t rows = 40 * sim::block_rows;
    const sim::Random random(2021, 0);
    std::vector<double> skips(144, 0.0);
    std::vector<double> visits(144, 0.0);
    std::vector<double> more(144, 0.0);
    std::uint64_t chosen = 0;
    const int months = 20;
    for (int m = 0; m < months; ++m) {
        const auto thinned = rows_of(events(random, Month(1452 + m), rows, 0.03, 0.03, constant(0.03)));
        chosen += thinned.size();
        skips = shape_of(thinned, skips);
        visits = shape_of(one_by_one(random, Month(1452 + m), rows, 0.03), visits);
        more = shape_of(one_by_one(random, Month(1452 + m), rows, 0.033), more);
    }
    CHECK(tests::share_fits(chosen, rows * months, 0.03));
    CHECK_FALSE(tests::share_fits(chosen, rows * months, 0.0306));
    CHECK(tests::same_law(skips, visits));
    CHECK_FALSE(tests::same_law(skips, more));  // the gaps of a hazard a tenth higher are told apart
}

TEST_CASE("events under a bound happen with their own probability", "[sim][statistical]") {
    const std::size_t rows = 60 * sim::block_rows;
    const sim::Random random(5, 3);
    std::uint64_t low = 0;
    std::uint64_t high = 0;
    for (int m = 0; m < 10; ++m)
        for (const auto& e : events(random, Month(1452 + m), rows, 0.05, 0.05, [](Row row) { return row % 2 ? 0.04 : 0.004; })) ++(e.row % 2 ? high : low);
    CHECK(tests::share_fits(high, rows * 5, 0.04));
    CHECK(tests::share_fits(low, rows * 5, 0.004));
    CHECK_FALSE(tests::share_fits(high, rows * 5, 0.041));
    CHECK_FALSE(tests::share_fits(low, rows * 5, 0.0043));
}

TEST_CASE("a second layer makes up what the bound lacks and leaves the first as it was", "[sim][statistical]") {
    const std::size_t rows = 60 * sim::block_rows;
    const sim::Random random(5, 3);
    std::uint64_t persons = 0;
    bool first_layer_kept = true;
    for (int m = 0; m < 10; ++m) {
        const auto below = events(random, Month(1452 + m), rows, 0.02, 0.02, constant(0.02));
        const auto above = events(random, Month(1452 + m), rows, 0.02, 0.10, constant(0.07));
        first_layer_kept = first_layer_kept && holds_all(above, below);
        auto distinct = rows_of(above);  // both layers may choose a person: the union has probability p
        distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
        persons += distinct.size();
    }
    CHECK(first_layer_kept);
    CHECK(tests::share_fits(persons, rows * 10, 0.07));
    CHECK_FALSE(tests::share_fits(persons, rows * 10, 0.071));
}

TEST_CASE("the layers together have exactly the probability asked for", "[sim][unit]") {
    const double bound = 0.02;
    const double ceiling = 0.1;
    const double rest = 1 - (1 - ceiling) / (1 - bound);
    const double p = 0.07;
    const double p2 = 1 - (1 - p) / (1 - bound);
    CHECK(1 - (1 - bound) * (1 - p2) == Approx(p).epsilon(1e-14));
    const auto accepted = [&](std::uint32_t word) { return sim::Candidate(0, {{word, 0, 0, 0}}, rest, bound, ceiling).accepts(p); };
    const auto limit = static_cast<std::uint32_t>(p2 / rest * 0x1p32);
    CHECK(accepted(limit - 1));
    CHECK_FALSE(accepted(limit + 1));
    CHECK_FALSE(sim::Candidate(0, {{0, 0, 0, 0}}, rest, bound, ceiling).accepts(bound));  // nothing is left for the second layer
    CHECK(sim::Candidate(0, {{0xFFFFFFFFU, 0, 0, 0}}, bound, -1, ceiling).accepts(p));    // the first layer takes all its candidates
}

TEST_CASE("lowering a hazard only takes events away", "[sim][property]") {
    const std::size_t rows = 20 * sim::block_rows + 17;
    const sim::Random random(99, 1);
    std::vector<Event> before = events(random, Month(1500), rows, 0.03, 0.2, constant(0.2));
    std::size_t fewest = before.size();
    for (const double p : {0.15, 0.05, 0.031, 0.03, 0.02, 0.001, 0.0}) {
        const auto now = events(random, Month(1500), rows, 0.03, 0.2, constant(p));
        CHECK(holds_all(before, now));
        CHECK(now.size() < fewest);
        fewest = now.size();
        before = now;
    }
    CHECK(fewest == 0);
    // One person's lower hazard concerns that person alone.
    const auto all = events(random, Month(1500), rows, 0.03, 0.03, constant(0.02));
    const Row chosen = all[all.size() / 2].row;
    auto without = all;
    std::erase_if(without, [&](const Event& e) { return e.row == chosen; });
    CHECK(events(random, Month(1500), rows, 0.03, 0.03, [&](Row row) { return row == chosen ? 0.0 : 0.02; }) == without);
}

TEST_CASE("rows appended later find their candidates waiting", "[sim][property]") {
    const sim::Random random(1, 0);
    const auto many = events(random, Month(1452), 30'000, 0.05, 0.1, constant(0.08));
    for (const std::size_t rows : {std::size_t{1}, std::size_t{8191}, std::size_t{8193}, std::size_t{20'000}}) {
        auto expected = many;
        std::erase_if(expected, [&](const Event& e) { return e.row >= rows; });
        CHECK(events(random, Month(1452), rows, 0.05, 0.1, constant(0.08)) == expected);
    }
}

TEST_CASE("only those at risk are asked, and who is at risk changes nobody else's events", "[sim][property]") {
    const std::size_t rows = 50'000;
    const sim::Random random(1, 0);
    std::vector<std::uint8_t> risk(rows);
    for (std::size_t row = 0; row < rows; ++row) risk[row] = row % 3 == 0 ? 1 : 2;
    const auto some = events(random, Month(1452), rows, 0.05, 0.05, constant(0.04), &risk);
    auto expected = events(random, Month(1452), rows, 0.05, 0.05, constant(0.04));
    std::erase_if(expected, [](const Event& e) { return e.row % 3 != 0; });
    CHECK(!some.empty());
    CHECK(some == expected);
}

TEST_CASE("events are the same for any number of threads", "[sim][property][sanitize]") {
    const sim::Random random(8, 2);
    std::vector<std::vector<Event>> results;
    for (const int threads : {1, 2, 3, 7})
        sim::Threads(threads).run([&] { results.push_back(events(random, Month(1460), 100'000, 0.02, 0.05, constant(0.04))); });
    CHECK(results[0].size() > 3000);
    for (const auto& result : results) CHECK(result == results[0]);
}

TEST_CASE("bounds of nothing and of everybody", "[sim][unit]") {
    const sim::Random random(8, 2);
    CHECK(events(random, Month(1460), 10'000, 0, 0, constant(0)).empty());
    CHECK(events(random, Month(1460), 10'000, 1, 1, constant(1)).size() == 10'000);
    // No bound, all from the second layer.
    CHECK(events(random, Month(1460), 10'000, 0, 1, constant(1)).size() == 10'000);
}

TEST_CASE("a hazard above its ceiling is a bug that ends the run", "[sim][unit]") {
    const sim::Random random(8, 2);
    CHECK_THROWS_AS(events(random, Month(1460), 50'000, 0.02, 0.05, constant(0.06)), sim::Bug);
    CHECK_THROWS_AS(events(random, Month(1460), 50'000, 0.02, 0.01, constant(0.03)), sim::Bug);
    CHECK_NOTHROW(events(random, Month(1460), 50'000, 0.02, 0.05, constant(0.05)));
}

TEST_CASE("cost follows events", "[sim][unit]") {
    std::size_t visited = 0;
    const sim::Random random(8, 2);
    const std::vector<std::uint8_t> risk(1'000'000, 1);
    sim::Threads(1).run([&] { sim::thin(random, key, Month(1460), risk.size(), risk.data(), 1, 0.01, 0.01, [&](const sim::Candidate&) { ++visited; }); });
    CHECK(tests::share_fits(visited, risk.size(), 0.01));
    // What benchmarks report: rows chosen in a month, at risk or not, over both layers.
    const std::vector<std::uint8_t> nobody(1'000'000, 0);
    const auto before = sim::rows_chosen(Month(1461));
    sim::Threads(2).run([&] { sim::thin(random, key, Month(1461), nobody.size(), nobody.data(), 1, 0.01, 0.02, [&](const sim::Candidate&) { ++visited; }); });
    CHECK(tests::share_fits(sim::rows_chosen(Month(1461)) - before, nobody.size(), 0.01 + 1 - 0.98 / 0.99));
    CHECK(sim::rows_chosen(Month(1300)) == 0);
}

TEST_CASE("skips are those of the logarithm, word for word", "[sim][property]") {
    std::mt19937 luck(12);
    for (const double bound : {1e-30, 1e-9, 0.0003, 0.0123, 0.3, 0.5, 0.9, 0.9999}) {
        const double scale = 1.0 / std::log1p(-bound);
        std::vector<std::uint32_t> words{0, 1, 2, 0x7FFFFFFFU, 0x80000000U, 0xFFFFFFFEU, 0xFFFFFFFFU};
        for (int i = 0; i < 20'000; ++i) words.push_back(static_cast<std::uint32_t>(luck()));
        // Words around those at which the skip changes.
        for (int skip = 1; skip < 2'000; ++skip) {
            const double edge = std::exp(skip / scale) * 0x1p32;
            if (edge >= 2 && edge < 0x1p32 - 2)
                for (int off = -2; off <= 1; ++off) words.push_back(static_cast<std::uint32_t>(edge + off));
        }
        std::vector<std::int32_t> skips(words.size());
        sim::detail::geometric_skips(bound, words, skips.data());
        std::size_t different = 0;
        for (std::size_t i = 0; i < words.size(); ++i)
            different += skips[i] != static_cast<std::int32_t>(std::min(std::log(sim::Draw::uniform_of(words[i])) * scale, 8192.0));
        CHECK(different == 0);
    }
}

TEST_CASE("the candidates of a block are those of its stream read word by word", "[sim][property]") {
    const sim::Random random(77, 5);
    for (const double bound : {0.0001, 0.004, 0.05, 0.6}) {
        for (std::size_t number = 0; number < 20; ++number) {
            const auto begin = static_cast<Row>(number * sim::block_rows);
            const sim::Block block{number, begin, begin + sim::block_rows - static_cast<Row>(number)};
            std::vector<Row> expected;
            double position = -1;
            for (std::uint32_t word = 0;; ++word) {
                const double u = random.draw({key, {sim::EntityKind::block, number}, Month(1452), word / 4}).uniform(static_cast<int>(word % 4));
                position += 1 + std::floor(std::log(u) / std::log1p(-bound));
                if (position >= block.end - block.begin) break;
                expected.push_back(block.begin + static_cast<Row>(position));
            }
            sim::BlockRows rows;
            const std::size_t found = sim::detail::candidates(random, key, Month(1452), block, bound, rows);
            CHECK(std::vector<Row>(rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(found)) == expected);
        }
    }
}

TEST_CASE("rows of a block with a given byte are found, in order", "[sim][unit]") {
    std::mt19937 luck(3);
    for (const Row length : {Row{0}, Row{1}, Row{63}, Row{64}, Row{65}, Row{1'000}, sim::block_rows}) {
        std::vector<std::uint8_t> bytes(sim::block_rows + length);
        for (auto& byte : bytes) byte = static_cast<std::uint8_t>(luck() % 16);
        const sim::Block block{1, sim::block_rows, sim::block_rows + length};
        std::vector<Row> expected;
        for (Row row = block.begin; row < block.end; ++row)
            if ((bytes[row] & 6) == 4) expected.push_back(row);
        sim::BlockRows rows;
        const std::size_t found = sim::rows_with(bytes.data(), block, 6, 4, rows);
        CHECK(std::vector<Row>(rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(found)) == expected);
    }
}
