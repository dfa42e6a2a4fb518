#include "models/ties.hpp"

#include <boost/graph/graph_traits.hpp>
#include <catch2/catch.hpp>

#include "tests/support/start_world.hpp"
#include "tests/support/statistics.hpp"

namespace {

/// Ties of a graph that do not run both ways, or run from a vertex to itself.
std::int64_t lopsided(const models::TieGraph& g) {
    std::int64_t wrong = 0;
    const auto [begin, end] = boost::edges(g);
    for (auto e = begin; e != end; ++e) {
        const auto from = boost::source(*e, g);
        const auto to = boost::target(*e, g);
        wrong += from == to || !boost::edge(to, from, g).second;
    }
    return wrong;
}

}  // namespace

TEST_CASE("employers are tied within their region, most of them in their sector", "[regions][property]") {
    const auto w = tests::StartWorld({"IJmond", "Zeeuws-Vlaanderen"}).world();
    const auto g = models::employer_ties(w);
    REQUIRE(boost::num_vertices(g) == w.employers.size());
    CHECK(boost::num_edges(g) > w.employers.size());
    CHECK(lopsided(g) == 0);
    std::uint64_t across = 0;
    std::uint64_t same_sector = 0;
    const auto [begin, end] = boost::edges(g);
    for (auto e = begin; e != end; ++e) {
        const auto& from = w.employers.employer[boost::source(*e, g)];
        const auto& to = w.employers.employer[boost::target(*e, g)];
        across += from.region != to.region || from.region >= 2;
        same_sector += from.sector == to.sector;
    }
    CHECK(across == 0);
    CHECK(static_cast<double>(same_sector) > models::ties_within_sector * 0.95 * static_cast<double>(boost::num_edges(g)));
}

TEST_CASE("every learning company is tied to a school of its region", "[regions][property]") {
    const auto w = tests::StartWorld({"IJmond", "Zeeuws-Vlaanderen"}).world();
    const auto g = models::school_ties(w);
    const auto schools = w.schools.school.size();
    REQUIRE(boost::num_vertices(g) == schools + w.employers.size());
    CHECK(lopsided(g) == 0);
    std::int64_t untied = 0;
    std::int64_t elsewhere = 0;
    for (std::size_t e = 0; e < w.employers.size(); ++e) {
        const auto& employer = w.employers.employer[e];
        const auto [begin, end] = boost::adjacent_vertices(static_cast<std::uint32_t>(schools + e), g);
        bool mbo = false;
        for (auto s = begin; s != end; ++s) {
            elsewhere += *s >= schools || w.schools.school[*s].region != employer.region;
            mbo = mbo || w.schools.school[*s].track == models::Track::mbo_bol;
        }
        untied += employer.region < 2 && employer.learning_company != 0 && !mbo;
    }
    CHECK(untied == 0);
    CHECK(elsewhere == 0);
}

TEST_CASE("ties come from draws, so they are the same again and others under another seed", "[regions][unit]") {
    tests::StartWorld s({"Zeeuws-Vlaanderen"});
    const auto w = s.world();
    auto other = w;
    other.random = sim::Random(99, 0);
    const auto edges = [](const models::TieGraph& g) {
        std::vector<std::pair<std::uint32_t, std::uint32_t>> list;
        const auto [begin, end] = boost::edges(g);
        for (auto e = begin; e != end; ++e) list.emplace_back(boost::source(*e, g), boost::target(*e, g));
        return list;
    };
    CHECK(edges(models::employer_ties(w)) == edges(models::employer_ties(w)));
    CHECK(edges(models::employer_ties(w)) != edges(models::employer_ties(other)));
}
