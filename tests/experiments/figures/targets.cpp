#include "experiments/figures/targets.hpp"

#include <algorithm>
#include <string>

#include <catch2/catch.hpp>

#include "experiments/figures/moments.hpp"
#include "models/levers.hpp"
#include "models/series.hpp"
#include "regions/data_folder.hpp"
#include "regions/readers.hpp"
#include "regions/tables.hpp"
#include "sim/error.hpp"

namespace {

using experiments::Target;
using experiments::Targets;

Targets read(const std::string& text) { return experiments::targets_from_text(text, "targets.toml", regions::all_regions()); }

const std::string free_block = "[free.separations.quit]\nidentified_by = \"rate\"\n";
const std::string target_block =
    "[target.rate]\nkind = \"ratio\"\ntop = [\"persons; labour_status = unemployed\"]\nbottom = [\"persons\"]\nfrom = \"2021-01\"\nuntil = \"2021-12\"\n"
    "observed = 0.04\nsampling_error = 0.001\ndiscrepancy = 0\nerrors = \"assumed\"\nstatus = \"observed\"\nsource = \"CBS\"\n";
const std::string good = "cut_rank = 1\n" + free_block + target_block;

std::string changed(std::string text, const std::string& from, const std::string& to) {
    const auto place = text.find(from);
    REQUIRE(place != std::string::npos);
    return text.replace(place, from.size(), to);
}

}  // namespace

TEST_CASE("a file of targets is read with the prior of the model's table", "[experiments][unit]") {
    const auto targets = read(good);
    REQUIRE(targets.free.size() == 1);
    CHECK(targets.free[0].name == "separations.quit");
    CHECK(targets.free[0].prior.words() == "lognormal(1, 0.15)");
    CHECK(targets.free[0].usual == 1);
    REQUIRE(targets.targets.size() == 1);
    CHECK(targets.targets[0].until == sim::Month::of(2021, 12));
    CHECK(targets.targets[0].sampling_error == 0.001);
    CHECK(targets.cut_rank == 1);
}

TEST_CASE("what is wrong with a file of targets is said with its line", "[experiments][unit]") {
    const auto refused = [](const std::string& text, const std::string& finding) {
        INFO(finding);
        CHECK_THROWS_WITH(read(text), Catch::Contains(finding));
        CHECK_THROWS_AS(read(text), sim::InputError);
    };
    refused("cut = 0\n" + good, "targets.toml:1: cut: is 0, but a number of standard deviations");
    refused(changed(good, "cut_rank = 1", "cut_rank = 2"), "cut_rank: is 2, but there are only 1 targets");
    refused("cuts = 3\n" + good, "did you mean cut?");
    refused(changed(good, "identified_by = \"rate\"", "identified_by = \"rates\""), "'rates', which is no target; did you mean rate?");
    refused(changed(good, "identified_by", "prior = \"uniform(2, 1)\"\nidentified_by"), "has its low end above its high end");
    refused(changed(good, "identified_by", "prior = \"uniform(1, 2)\"\nidentified_by"), "has a prior of its own, but no key source");
    refused(changed(good, "identified_by", "low = 2\nhigh = 1\nidentified_by"), "low end 2 above its high end 1");
    refused(changed(good, "separations.quit", "separations.quits"), "no parameter has this name; did you mean free.separations.quit?");
    refused(changed(good, "separations.quit", "demand.demand_level"), "is a lever");
    refused(changed(good, "separations.quit", "schooling.sto_effect"), "is an effect of measures");
    refused(changed(good, "separations.quit", "teaching.dropout_contact"), "is an effect of measures");
    refused(changed(good, "separations.quit", "side_entry.consider_employed"), "is an effect of measures");
    refused(changed(good, "until = \"2021-12\"", "until = \"2020-12\""), "but a month from 2021-01 on");
    refused(changed(good, "from = \"2021-01\"", "from = \"2022-01\""), "ends in 2021-12, before it begins in 2022-01");
    refused(changed(good, "sampling_error = 0.001", "sampling_error = 0"), "neither a sampling error nor a discrepancy above 0");
    refused(changed(good, "kind = \"ratio\"", "kind = \"rate\""), "did you mean ratio?");
    refused(changed(good, "observed = 0.04\n", ""), "has no key observed");
    refused(changed(good, "status = \"observed\"", "status = \"seen\""), "one of observed, derived, recalled, assumed is expected");
    refused(target_block, "has no free parameters");
    refused(free_block, "has no targets");
}

TEST_CASE("every finding of a file of targets comes at once, in the order of lines", "[experiments][unit]") {
    try {
        read("cut = \"wide\"\n" + changed(changed(free_block + target_block, "observed = 0.04", "observed = \"4 %\""), "CBS\"", "CBS\"\ncolour = 1"));
        FAIL("nothing was refused");
    } catch (const sim::InputError& error) {
        const std::string all = error.what();
        CHECK(std::count(all.begin(), all.end(), '\n') >= 2);
        CHECK(all.find(":1: cut") < all.find("target.rate.observed"));
        CHECK(all.find("target.rate.observed") < all.find("target.rate.colour"));
    }
}

TEST_CASE("a thirteenth free parameter is refused", "[experiments][unit]") {
    std::string text = target_block;
    for (const char* name : {"quit", "layoff", "quit_share", "layoff_share", "excess_speed", "contract_renewal", "contract_permanent", "short_tenure",
                             "work_on", "give_up", "give_up_early", "start_looking", "looking_tightness"})
        text += std::string("[free.separations.") + name + "]\nidentified_by = \"rate\"\n";
    CHECK_THROWS_WITH(read("cut_rank = 1\n" + text), Catch::Contains("is parameter 13, but at most 12 may be free"));
}

TEST_CASE("no lever may be calibrated", "[experiments][property]") {
    for (const auto& lever : models::all_levers()) {
        INFO(lever.parameter);
        CHECK_FALSE(experiments::refusal_of(std::string(lever.parameter)).empty());
    }
    CHECK(experiments::refusal_of("search.employed_search").empty());
}

TEST_CASE("the shipped targets name series of a run, and each free parameter one of them", "[experiments][unit]") {
    const auto file = experiments::shipped_targets();
    const auto targets = experiments::read_targets(file, regions::all_regions());
    CHECK(targets.free.size() <= experiments::most_free_parameters);
    CHECK(targets.targets.size() >= 30);
    sim::Trajectory trajectory({0}, sim::Month::of(2021, 1), 37);
    models::add_series(trajectory, regions::read_tables(regions::shipped_data(), {}, 1.0));
    CHECK_NOTHROW(experiments::Moments(targets.targets, trajectory, {}, file.string()));
    for (const auto& t : targets.targets) {
        INFO(t.name);
        CHECK_FALSE(t.error_basis.empty());
        CHECK_FALSE(t.known_from.empty());
    }
}
