#include "models/processes.hpp"

#include <cmath>
#include <map>
#include <set>
#include <string>

#include <catch2/catch.hpp>

#include "models/month.hpp"
#include "models/parameters.hpp"
#include "sim/thinning.hpp"
#include "tests/support/touched.hpp"

using namespace models;

TEST_CASE("no two processes share a key or the second layer of one", "[models][unit]") {
    std::map<int, std::string> owner;
    for (const auto& group : all_processes())
        for (const auto& process : group.processes) {
            CAPTURE(process.name);
            CHECK(process.key > 0);
            for (const int key : {static_cast<int>(process.key), static_cast<int>(sim::second_layer(process.key))}) {
                CHECK(key < 1024);
                const auto [at, fresh] = owner.emplace(key, std::string(process.name));
                if (!fresh) FAIL_CHECK("key " << key << " belongs to both " << at->second << " and " << process.name);
            }
        }
    CHECK(owner.size() > 60);
}

TEST_CASE("every process belongs to a step of the month and speaks of known parts", "[models][unit]") {
    std::set<std::string> steps, names;
    const auto month = month_schedule(nullptr);
    for (const auto& entry : month.entries()) steps.insert(entry.name);
    const auto known = tests::known_parts();
    for (const auto& group : all_processes()) {
        CAPTURE(group.step);
        if (group.step != "ties between employers") CHECK(steps.count(std::string(group.step)) == 1);  // those are made once, before the first month
        for (const auto& process : group.processes) {
            CAPTURE(process.name);
            CHECK(names.insert(std::string(process.name)).second);
            for (const auto& list : {process.reads, process.writes})
                for (const auto part : list) {
                    CAPTURE(part);
                    CHECK(known.count(std::string(part)) == 1);
                }
        }
    }
    CHECK(names.size() > 40);
}

TEST_CASE("a parameter has a unit, bounds that hold it, and a source unless it is assumed", "[models][unit]") {
    const Parameters defaults;
    std::set<std::string> names;
    for (const auto& p : all_parameters()) {
        CAPTURE(p.name);
        CHECK(names.insert(p.name).second);
        CHECK(p.name.find('.') != std::string::npos);
        CHECK_FALSE(p.unit.empty());
        CHECK_FALSE(p.meaning.empty());
        CHECK(p.minimum < p.maximum);
        CHECK(p.get(defaults) >= p.minimum);
        CHECK(p.get(defaults) <= p.maximum);
        CHECK((p.status == Status::assumed || !p.source.empty()));
        if (p.prior.distribution.empty()) continue;
        CHECK(p.prior.low <= p.prior.high);
        CHECK(p.prior.low >= p.minimum);
        CHECK(p.prior.high <= p.maximum);
    }
    CHECK(names.size() > 80);
}

TEST_CASE("a parameter that is set reads back and moves no other", "[models][unit]") {
    const Parameters defaults;
    for (const auto& p : all_parameters()) {
        CAPTURE(p.name);
        for (const double value : {p.minimum, p.maximum}) {
            Parameters changed;
            p.set(changed, value);
            CHECK(p.get(changed) == value);
            int moved = 0;
            for (const auto& other : all_parameters()) moved += other.name != p.name && other.get(changed) != other.get(defaults);
            CHECK(moved == 0);
            p.set(changed, p.get(defaults));
            CHECK(p.get(changed) == p.get(defaults));
        }
    }
}
