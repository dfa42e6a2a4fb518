#include <algorithm>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "experiments/scenarios/measure_keys.hpp"
#include "experiments/scenarios/scenario.hpp"
#include "sim/error.hpp"
#include "tests/support/scenario_text.hpp"

namespace {

using tests::message;
using tests::read;
const auto& known = tests::known_regions;

/// A measure with a dose, and further lines.
std::string dosed(const std::string& lines) { return "[measure.m]\nstart = \"2022-01\"\ndose.search.mobility = 1.2\n" + lines; }
/// A measure with an offer, and further lines.
std::string offered(const std::string& lines) { return "[measure.m]\nstart = \"2022-01\"\noffer.programme = \"course\"\noffer.places = 120\n" + lines; }

void refused(const std::string& text, const std::string& finding) {
    CAPTURE(text, message(text));
    CHECK(message(text).find(finding) != std::string::npos);
}

}  // namespace

TEST_CASE("a measure in full", "[experiments][unit]") {
    const auto s = read(R"toml(
[measure.m]
title = "Courses"
description = "d"
source = "s"
in_place_from = "2019"
regions = ["Brainport", "IJmond"]
ramp = 3
end = "2029-12"
overlap = "retraining"
overlap_share = {value = 0.3, low = 0.1, high = 0.5, status = "assumed"}
[measure.m.dose]
adult_bbl.interest = {value = 0.1, low = 0, high = 0.3, distribution = "normal(0.1, 0.1)", status = "recalled", source = "a table", unit = "1"}
side_entry.propensity = 1.1
[measure.m.offer]
programme = "course"
places = {Brainport = 120, IJmond = {value = 10, low = 5, high = 20}}
occupations = ["ict", "076"]
[measure.m.target]
age = [18, 55]
sex = ["women"]
education = ["hbo", "wo"]
field = ["other"]
status = ["employed", "unemployed"]
occupation = ["other"]
sector = ["construction", "J"]
size = ["micro", "small"]
[measure.m.cost]
fixed = 1_000_000
per_participant = {value = 12_000, low = 8_000, high = 20_000, unit = "euro"}
per_month = 5_000
)toml");
    const auto& m = s.measures.back();  // after those of the baseline
    CHECK(m.start == sim::Month::of(2019, 1));
    CHECK(m.in_place_from == sim::Month::of(2019, 1));
    CHECK(m.regions == std::vector<std::string>{"IJmond", "Brainport"});
    CHECK(m.overlap_share.value == 0.3);
    REQUIRE(m.doses.size() == 2);
    CHECK(m.doses[0].evidence.high == 0.3);
    CHECK(m.doses[0].evidence.status == models::Status::recalled);
    REQUIRE(m.offer);
    CHECK(m.offer->by_region.at("Brainport").value == 120);
    CHECK(m.offer->by_region.at("IJmond").evidence.low == 5);
    CHECK(m.offer->targets == (0x300U | 1U << 5));
    CHECK(m.offer->who.youngest == 18);
    CHECK(m.offer->who.oldest == 55);
    CHECK(m.offer->who.sexes == 2U);
    CHECK(m.offer->who.education == 0x18U);
    CHECK(m.offer->who.sectors == (1U << 3 | 1U << 7));
    CHECK(m.cost.per_participant.evidence.high == 20000);
    // It reads back as itself.
    const std::string text = experiments::scenario_text(s);
    CHECK(experiments::scenario_text(read(text)) == text);
    CHECK(read(text).measures.back().offer->who == m.offer->who);
}

TEST_CASE("places of all regions are shared out by residents", "[experiments][unit]") {
    const auto all = read(offered("")).measures.back().shares;
    double together = 0;
    for (const auto& [region, share] : all) together += share;
    CHECK(all.size() == 7);
    CHECK(together == Approx(1));
    CHECK(all.at("Groningen/Emmen") / all.at("IJmond") == Approx(693961.0 / 199389.0));
    CHECK(read(offered("regions = [\"IJmond\"]\n")).measures.back().shares.at("IJmond") == 1);
}

TEST_CASE("everything wrong with a measure is one line with the nearest word", "[experiments][unit]") {
    refused(dosed("regions = [\"Brianport\"]\n"), "s.toml:4: measure.m.regions: region 'Brianport' is unknown; did you mean 'Brainport'?");
    refused(dosed("dose.search.mobilty = 2\n"), "s.toml:4: measure.m.dose.search.mobilty: no lever has this name; did you mean search.mobility?");
    refused(dosed("regions = [\"IJmond\"]\ndose.search.standards = -0.1\n"), "acts in all regions alike, but the measure names regions");
    refused(offered("offer.occupations = [\"itc\"]\n"), "s.toml:5: measure.m.offer.occupations: 'itc' is unknown; did you mean 'ict'?");
    refused(offered("offer.occupations = [\"commercial\"]\n"), "neither technical nor ict");
    refused(offered("target.sex = [\"woman\"]\n"), "'woman' is unknown; did you mean 'women'?");
    refused(offered("target.age = [55, 18]\n"), "measure.m.target.age: has its first age 55 above its last age 18");
    refused(offered("target.age = 18\n"), "two ages from 0 to 150");
    refused(offered("target.sex = []\n"), "is empty; leave the key out for all");
    refused(offered("offer.places = 3\n"), "s.toml:");  // a key twice is no TOML
    refused(dosed("cost.fixed = -1\n"), "measure.m.cost.fixed: is -1, but an amount of 0 euro or more is expected");
    refused(dosed("cost.per_participant = 10\n"), "no offer in which anybody takes part");
    refused(dosed("offer.places = 10\n"), "are places of no programme; offer.programme is expected");
    refused("[measure.m]\nstart = \"2022-01\"\noffer.programme = \"course\"\n", "measure.m.offer.programme: is an offer without places");
    refused("[measure.m]\nstart = \"2022-01\"\noffer.programme = \"curse\"\noffer.places = 1\n", "did you mean course?");
    refused(dosed("target.sex = [\"women\"]\n"), "acts on whole regions; levers whose dose can be for a group are separations.retention_effect");
    refused(dosed("overlap_share = 0.2\n"), "names no group");
    refused(dosed("coordination.reduction = 2\n"), "a share from 0 to 1 is expected");
    refused(dosed("number = 7\n"), "only measures of the library have a number");
    refused(dosed("in_place_from = \"soon\"\n"), "a year or a month from 1990 to 2199");
    refused(dosed("dose.search.standards = {value = 0.1, low = 0.3, high = 0}\n"), "measure.m.dose.search.standards: has its low end 0.3 above its high end 0");
    refused(dosed("dose.search.standards = {value = 1, low = 0, high = 0.5}\n"), "is 1, outside its own range from 0 to 0.5");
    refused(dosed("dose.search.standards = {low = 0, high = 0.5}\n"), "has no value");
    refused(dosed("dose.search.standards = {value = 0.1, low = 0}\n"), "has a low end without a high one");
    refused(dosed("dose.search.standards = {value = 0.1, status = \"observed\"}\n"), "is called observed, but has no source");
    refused(dosed("dose.search.standards = {value = 0.1, status = \"known\"}\n"), "one of observed, derived, recalled, assumed is expected");
    refused(dosed("dose.search.standards = {value = 0.1, unit = \"euro\"}\n"), "but the unit \"1\" is expected");
    refused(dosed("dose.search.standards = {value = 0.1, distribution = \"betta(1, 2)\"}\n"), "did you mean beta?");
    refused(dosed("dose.search.standards = {value = 0.1, lwo = 2}\n"), "no key of a figure has this name; did you mean low?");
    refused(offered("offer.place = 1\n"), "no key of a measure has this name; did you mean offer.places?");
    refused("[measure.m]\nstart = \"2022-01\"\nregions = [\"IJmond\"]\noffer.programme = \"course\"\noffer.places = {Brainport = 1}\n",
            "measure.m.offer.places.Brainport: region 'Brainport' is none of the measure's regions");
    refused("[measure.m]\nstart = \"2022-01\"\noffer.programme = \"course\"\noffer.places = {Brianport = 1}\n", "did you mean 'Brainport'?");
    refused("[measure.m]\nstart = \"2022-01\"\n", "has no dose");
    refused("[measure.m]\ndose.search.mobility = 1.2\n", "has no start");
    refused(dosed("[measure.m]\n"), "s.toml:4");  // two measures of one name
    // Regional doses are held against their range beside those of all regions.
    refused(dosed("[measure.n]\nstart = \"2023-01\"\nregions = [\"IJmond\"]\ndose.search.mobility = 9\n"),
            "brings search.mobility to 10.799999999999999 in 2023-01 in IJmond together with other measures, but a number from 0.1 to 10 is expected");
}

TEST_CASE("findings of several measures come in the order of their lines", "[experiments][unit]") {
    const std::string found = message(dosed("cost.fixed = -1\n") + "[measure.n]\ndose.search.mobility = 1\ncost.per_month = \"5 euro\"\n");
    CHECK(std::count(found.begin(), found.end(), '\n') == 2);
    CHECK(found.find("s.toml:4:") < found.find("s.toml:6: measure.n: has no start"));
    CHECK(found.find("s.toml:6:") < found.find("s.toml:7:"));
}

TEST_CASE("two names with one digest cannot stand side by side", "[experiments][unit]") {
    // Names are tried until one shares twenty bits with the first.
    experiments::Measure first, second;
    first.name = "first";
    for (int i = 0; i < 10'000'000; ++i) {
        second.name = "m" + std::to_string(i);
        if (experiments::lot_number(second) == experiments::lot_number(first)) break;
    }
    REQUIRE(experiments::lot_number(second) == experiments::lot_number(first));
    const std::string dose = "start = \"2022-01\"\ndose.search.mobility = 1.2\n";
    refused("[measure.first]\n" + dose + "[measure." + second.name + "]\n" + dose, "s.toml:5: measure." + second.name + ": has the number " +
                                                                                       std::to_string(experiments::lot_number(first)) +
                                                                                       " at the lot, as measure.first has; another name is expected");
}

TEST_CASE("the reader takes every key of the list", "[experiments][unit]") {
    for (const auto& key : experiments::measure_keys()) {
        // A value of no kind that any key takes: the reader must know the key to say what it expects.
        std::string name = key.key;
        if (const auto at = name.find("PROCESS.LEVER"); at != std::string::npos) name.replace(at, 13, "search.standards");
        if (const auto at = name.find("REGION"); at != std::string::npos) name.replace(at, 6, "IJmond");
        const std::string found = message("[measure.m]\n" + name + " = true\n");
        CAPTURE(name, found);
        CHECK(found.find("s.toml:2: measure.m." + name + ": is true, but") != std::string::npos);
        CHECK(found.find("no key of a measure") == std::string::npos);
        CHECK(!key.meaning.empty());
    }
}
