#include "experiments/assessment/players.hpp"

#include <algorithm>
#include <bit>
#include <cctype>
#include <numeric>

#include "sim/error.hpp"
#include "sim/process.hpp"
#include "sim/random.hpp"

namespace experiments {
namespace {

/// The order of players in a draw: at (orders, cell = place, month 0, 0).
const sim::ProcessInfo orders_info{.name = "order of measures", .key = 301, .reads = {}, .writes = {}};

/// A name up to the end of its number: M4 of M4a and M6 of M6-communication.
std::string head_of(const std::string& name) {
    std::size_t end = 0;
    while (end < name.size() && std::isdigit(static_cast<unsigned char>(name[end])) == 0) ++end;
    while (end < name.size() && std::isdigit(static_cast<unsigned char>(name[end])) != 0) ++end;
    return name.substr(0, end);
}

}  // namespace

std::vector<Player> players_of(const Scenario& scenario, const std::vector<std::string>& plan) {
    std::vector<Player> players;
    for (const auto& name : plan) {
        if (std::none_of(scenario.measures.begin(), scenario.measures.end(), [&](const Measure& m) { return m.name == name; })) continue;
        const std::string head = head_of(name);
        auto found = std::find_if(players.begin(), players.end(), [&](const Player& p) { return p.name == head; });
        if (found == players.end()) found = players.insert(players.end(), {head, {}});
        found->measures.push_back(name);
    }
    if (players.empty())
        throw sim::InputError("scenario " + scenario.name + " holds no measure of the action plan; policy in place, as in the baseline, is expected");
    return players;
}

Scenario with_coalition(const Scenario& scenario, const std::vector<Player>& players, Coalition coalition) {
    Scenario made = scenario;
    std::erase_if(made.measures, [&](const Measure& measure) {
        for (std::size_t p = 0; p < players.size(); ++p)
            if (std::find(players[p].measures.begin(), players[p].measures.end(), measure.name) != players[p].measures.end()) return (coalition >> p & 1U) == 0;
        return false;
    });
    return made;
}

std::vector<std::size_t> order_of_draw(std::size_t players, std::uint64_t seed, std::size_t draw) {
    std::vector<std::size_t> order(players);
    std::iota(order.begin(), order.end(), std::size_t{0});
    const sim::Random random(seed, static_cast<std::uint32_t>(draw));
    for (std::size_t left = players; left > 1; --left) {
        const double u = random.uniform({orders_info.key, {sim::EntityKind::cell, left}, sim::Month(0), 0});
        std::swap(order[left - 1], order[static_cast<std::size_t>(u * static_cast<double>(left))]);
    }
    return order;
}

std::vector<Coalition> coalitions_of(const std::vector<std::size_t>& order) {
    const Coalition everybody = (Coalition{1} << order.size()) - 1;
    std::vector<Coalition> all{0, everybody};
    for (std::size_t p = 0; p < order.size(); ++p) {
        all.push_back(Coalition{1} << p);
        all.push_back(everybody & ~(Coalition{1} << p));
    }
    Coalition there = 0;
    for (const std::size_t p : order) {
        there |= Coalition{1} << p;
        all.push_back(there);
        all.push_back(everybody & ~there);  // the way through the reverse
    }
    std::sort(all.begin(), all.end(), [](Coalition a, Coalition b) {
        const int in_a = std::popcount(a), in_b = std::popcount(b);
        return in_a != in_b ? in_a < in_b : a < b;
    });
    all.erase(std::unique(all.begin(), all.end()), all.end());
    return all;
}

std::vector<double> shapley_shares(const std::vector<std::size_t>& order, const std::function<double(Coalition)>& value) {
    const Coalition everybody = (Coalition{1} << order.size()) - 1;
    std::vector<double> shares(order.size(), 0.0);
    Coalition before = 0;
    for (const std::size_t p : order) {
        const Coalition with = before | Coalition{1} << p;
        // On the way through the reverse the player joins those who come after it in the order.
        shares[p] = ((value(with) - value(before)) + (value(everybody & ~before) - value(everybody & ~with))) / 2;
        before = with;
    }
    return shares;
}

}  // namespace experiments
