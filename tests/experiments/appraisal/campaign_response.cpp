#include "experiments/appraisal/campaign_response.hpp"

#include <limits>

#include <catch2/catch.hpp>

#include "experiments/appraisal/campaign_mechanisms.hpp"
#include "experiments/appraisal/read_campaign.hpp"
#include "regions/readers.hpp"
#include "regions/tables.hpp"

using namespace experiments;

namespace {

const std::vector<std::string> regions_of_run{"IJmond", "Brainport"};

const GroupSizes& sizes() {
    static const GroupSizes found = [] {
        regions::DataFolder data(regions::shipped_data());
        return group_sizes(data, regions_of_run);
    }();
    return found;
}

const models::Tables& tables() {
    static const models::Tables found = regions::read_tables(regions::shipped_data(), regions_of_run, 1.0);
    return found;
}

Campaign shipped(const std::string& name) { return read_campaign(campaign_file(name), regions::all_regions()); }

CampaignMonth month_of(const Campaign& campaign, double euro, const models::AwarenessParameters& p = {}) {
    return campaign_month(campaign, euro, {1, 1}, sizes().nation, p, tables().awareness);
}

}  // namespace

TEST_CASE("target groups have the people of the tables", "[experiments]") {
    // 17.5 million inhabitants, of whom 2.7 million of 12 to 24 and 12.5 million from 25 years on (Statistics Netherlands, 2021).
    CHECK(sizes().nation[0] == Approx(2.71e6).epsilon(0.01));
    CHECK(sizes().nation[1] == Approx(12.5e6).epsilon(0.02));
    for (const auto& region : sizes().by_region) CHECK(region[0] < region[1]);
}

TEST_CASE("one channel with the model's own curve is said to the model as it is", "[experiments][unit]") {
    Campaign campaign;
    CampaignChannel channel;
    channel.group = models::TargetGroup::young;
    channel.cost_per_contact.value = 0.01;
    campaign.channels = {channel};
    const models::AwarenessParameters p;
    const double euro = 300 * 0.01 * sizes().nation[0] / 100;  // 300 gross rating points
    const auto month = month_of(campaign, euro);
    CHECK(month[0].contacts == Approx(300));
    CHECK(month[0].pressure == Approx(300));
    CHECK(month[0].reach == Approx(models::media_reach(300, p)));
    CHECK(month[0].frequency == Approx(3 / month[0].reach));
    CHECK(month[1].pressure == 0);
}

TEST_CASE("reach grows with money and each further euro reaches fewer", "[experiments][property]") {
    for (const auto* name : {"middle", "middle-pupils", "middle-regions"}) {
        const Campaign campaign = shipped(name);
        for (std::size_t g = 0; g < models::target_groups; ++g) {
            double before = 0, gain_before = std::numeric_limits<double>::infinity();
            for (int step = 1; step <= 60; ++step) {
                const auto month = month_of(campaign, step * 5e4);
                const double gain = month[g].reach - before;
                CHECK(gain >= 0);
                CHECK(gain <= gain_before * (1 + 1e-9));
                CHECK(month[g].reach <= models::AwarenessParameters{}.reach_maximum);
                before = month[g].reach;
                gain_before = gain;
            }
        }
    }
}

TEST_CASE("awareness by a campaign grows with money, and does so less and less after its turn", "[experiments][property]") {
    const Campaign campaign = shipped("middle");
    const models::Parameters p;
    std::vector<double> young, adults;
    for (int step = 0; step <= 40; ++step) {
        const Campaign here = campaign.at_budget(step * 2.5e5);
        const auto months = campaign_months(here, 0, sizes(), regions_of_run, p.awareness, tables().awareness);
        const auto aware = campaign_awareness_by_month(months, here.start, here.start + 12, p, tables());
        young.push_back(aware.back()[0]);
        adults.push_back(aware.back()[1]);
    }
    for (const auto* of : {&young, &adults}) {
        CHECK(of->front() == 0);
        // Once what is reached is more than the background could share, all of it is fresh: there the curve may turn, once. From there on it is concave.
        std::size_t turn = 1, steeper = 0;
        for (std::size_t i = 1; i + 1 < of->size(); ++i)
            if ((*of)[i + 1] - (*of)[i] > (*of)[i] - (*of)[i - 1] + 1e-12) {
                turn = i + 1;
                ++steeper;
            }
        CHECK(steeper <= 2);
        CHECK(turn + 10 < of->size());
        for (std::size_t i = 1; i < of->size(); ++i) CHECK((*of)[i] >= (*of)[i - 1] - 1e-12);
        CHECK((*of)[40] - (*of)[39] < (*of)[2] - (*of)[1]);
    }
}

TEST_CASE("beside a background campaign that overlaps in full, no more than the uncovered rest is reached", "[experiments][property]") {
    Campaign campaign = shipped("middle");
    BackgroundCampaign sector;
    sector.name = "builders";
    sector.overlap.value = 1;
    const models::AwarenessParameters p;
    for (const double pressure : {0.0, 50.0, 200.0, 1000.0}) {
        sector.pressure[0].value = sector.pressure[1].value = pressure;
        campaign.background = {sector};
        for (const double euro : {1e4, 1e5, 1e6, 1e7}) {
            const auto month = month_of(campaign, euro);
            const double covered = models::media_reach(pressure, p);
            for (std::size_t g = 0; g < models::target_groups; ++g) {
                CHECK(month[g].fresh <= std::max(0.0, month[g].reach - covered) + 1e-9);
                CHECK(month[g].fresh <= 1 - covered + 1e-12);
                // What the model is told leaves as much fresh beside its own background.
                const double told = models::exposure_of(month[g].pressure, tables().awareness.background[g], p).fresh;
                CHECK(told == Approx(std::min(month[g].fresh, told)).margin(1e-6));
            }
        }
    }
    sector.overlap.value = 0;
    campaign.background = {sector};
    CHECK(month_of(campaign, 1e5)[0].fresh > 0);
}

TEST_CASE("without money a campaign is the scenario itself, bit for bit", "[experiments][unit]") {
    const Scenario base = default_scenario();
    const Scenario with = with_campaign(base, shipped("middle").at_budget(0), sizes(), regions_of_run, tables());
    CHECK(scenario_text(with) == scenario_text(base));
    CHECK(mechanisms_by_region(shipped("middle").at_budget(0), base.parameters, sizes(), regions_of_run, tables(), base.end).norm() == 0);
}

TEST_CASE("a campaign becomes measures on the levers of its groups, in its regions and months", "[experiments]") {
    const Scenario base = default_scenario();
    const auto added = [&](const Campaign& campaign) {
        const Scenario with = with_campaign(base, campaign, sizes(), regions_of_run, tables());
        return std::vector<Measure>(with.measures.begin() + static_cast<std::ptrdiff_t>(base.measures.size()), with.measures.end());
    };
    const auto middle = added(shipped("middle"));
    REQUIRE(middle.size() == 1);
    CHECK(middle[0].start == sim::Month::of(2026, 1));
    CHECK(middle[0].end == sim::Month::of(2028, 12));
    CHECK(middle[0].doses.size() == 2);
    const auto pupils = added(shipped("middle-pupils"));
    REQUIRE(pupils.size() == 9);  // three months of each year, with money of their own
    CHECK(pupils[0].start == sim::Month::of(2026, 5));
    CHECK(pupils[0].doses.size() == 1);
    Campaign split = shipped("middle");
    split.intensity = {{2, 0}, {0, 3}};
    const auto by_region = added(split);
    REQUIRE(by_region.size() == 2);
    for (const auto& measure : by_region) {
        CHECK(measure.regions.size() == 1);
        CHECK(measure.doses.size() == 1);
    }
}

TEST_CASE("aims that a campaign does not have leave their links without response", "[experiments][unit]") {
    Campaign campaign = shipped("middle-pupils");
    models::Parameters p;
    set_response(campaign, p);
    CHECK(p.schooling.awareness_effect == models::Parameters{}.schooling.awareness_effect);
    CHECK(p.awareness.recognition_effect == 0);
    CHECK(p.adult_bbl.awareness_effect == 0);
    campaign.half_life.value = 9;
    set_response(campaign, p);
    CHECK(p.awareness.half_life == 9);
}

TEST_CASE("a campaign for retention doses it month by month, and no longer than people remember", "[experiments]") {
    Campaign campaign = shipped("middle").at_budget(3e7);
    campaign.aims.push_back(CampaignAim::retention);
    campaign.retention.value = 0.3;
    const Scenario base = default_scenario();
    const Scenario with = with_campaign(base, campaign, sizes(), regions_of_run, tables());
    double most = 0;
    for (const auto& measure : with.measures)
        for (const auto& dose : measure.doses)
            if (measure.name.find("-retention-") != std::string::npos) {
                CHECK(dose.lever == "separations.retention_effect");
                CHECK(measure.end <= campaign.end() + models::exposure_months + 1);
                most = std::max(most, dose.value);
            }
    CHECK(most > 0.01);
    CHECK(most < 0.3);
}

TEST_CASE("pulls add up over regions, and a campaign of pupils pulls no adults", "[experiments]") {
    const models::Parameters p;
    const auto until = sim::Month::of(2035, 12);
    const auto pulls = mechanisms_by_region(shipped("middle"), p, sizes(), regions_of_run, tables(), until);
    CHECK(pulls(0, 0) / sizes().by_region[0][0] == Approx(pulls(1, 0) / sizes().by_region[1][0]));
    CHECK(pulls.col(0).sum() > 0);
    CHECK(pulls.col(2).sum() > 0);
    const auto pupils = mechanisms_by_region(shipped("middle-pupils"), p, sizes(), regions_of_run, tables(), until);
    CHECK(pupils.col(0).sum() > pulls.col(0).sum());  // nearer to the choice
    CHECK(pupils.rightCols(4).norm() == 0);
    const auto three = mechanisms_by_region(shipped("middle-regions"), p, sizes(), regions_of_run, tables(), until);
    CHECK(three.row(0).norm() == 0);  // IJmond is none of them
}
