#include "experiments/appraisal/read_campaign.hpp"

#include <catch2/catch.hpp>

#include "regions/readers.hpp"
#include "sim/error.hpp"
#include "tests/support/files.hpp"

using namespace experiments;

namespace {

const std::string channel = R"(
[channel.video]
group = "young"
cost_per_contact = 0.01
)";
const std::string head = R"(start = "2026-01"
months = 12
euro_a_year = 1200
aims = ["study_choice"]
)";

Campaign read(const std::string& text) { return campaign_from_text(text, "c.toml", {"IJmond", "Brainport"}); }

std::string message(const std::string& text) {
    try {
        (void)read(text);
    } catch (const sim::InputError& error) {
        return error.what();
    }
    return "";
}

}  // namespace

TEST_CASE("a campaign file says money by month, channels, aims and regions", "[experiments][unit]") {
    const Campaign made =
        read("regions = [\"Brainport\"]\n" + head + "[response]\nhalf_life = 3\n[background.builders]\nyoung = 40\noverlap = 0.5\n" + channel);
    CHECK(made.name == "c");
    CHECK(made.budget == std::vector<double>(12, 100.0));
    CHECK(made.euro_a_year() == Approx(1200));
    CHECK(made.regions == std::vector<std::string>{"Brainport"});
    CHECK(made.half_life.value == 3);
    REQUIRE(made.channels.size() == 1);
    CHECK(made.channels[0].reach.value == 1);
    REQUIRE(made.background.size() == 1);
    CHECK(made.background[0].pressure[0].value == 40);
    CHECK(made.aims_at(CampaignAim::study_choice));
    CHECK_FALSE(made.aims_at(CampaignAim::retention));
    const Campaign listed = read("start = \"2026-03\"\nbudget = [0, 50, 100]\naims = [\"pupils_bbl\"]\n" + channel);
    CHECK(listed.budget == std::vector<double>{0, 50, 100});
    CHECK(listed.end() == sim::Month::of(2026, 5));
    CHECK(listed.at_budget(1200).budget == std::vector<double>{0, 100, 200});
}

TEST_CASE("what is wrong with a campaign file is said in one line with its place", "[experiments][unit]") {
    CHECK(message(head + channel + "reach = 1.2\n") ==
          "c.toml:9: channel.video.reach: is 1.2, but a share from 0 to 1 (no medium reaches more than everybody) is expected");
    CHECK(message(head + "response.half_life = -2\n" + channel) ==
          "c.toml:5: response.half_life: is -2, but weeks above 0 in which awareness halves (it never grows by itself) is expected");
    CHECK(message(head) == "c.toml:3: euro_a_year: is money without a channel on which it is spent; a table [channel.NAME] is expected");
    CHECK(message(head + "[channel.video]\ngroup = \"yuong\"\ncost_per_contact = 1\n") ==
          "c.toml:6: channel.video.group: is \"yuong\", but one of young, adults is expected; did you mean young?");
    CHECK(message(head + channel + "[background.x]\nyuong = 3\n").find("did you mean young?") != std::string::npos);
    CHECK(message(head + channel + "cost_per_click = 3\n").find("c.toml:9: channel.video.cost_per_click: no key of a campaign has this name") == 0);
    CHECK(message("aims = [\"study_choise\"]\nstart = \"2026-01\"\nbudget = [1]\n" + channel).find("did you mean 'study_choice'?") != std::string::npos);
    CHECK(message("start = \"2026-01\"\nbudget = [5, -1]\naims = [\"study_choice\"]\n" + channel).find("c.toml:2: budget: holds -1") == 0);
    CHECK(message(head + channel + "share = 0.5\n").find("shares of the money add up to 0.5, but 1 is expected") != std::string::npos);
    CHECK(message(head + "[channel.tv]\ngroup = \"adults\"\ncost_per_contact = 1\n").find("leaves side_entry out") != std::string::npos);
    CHECK(message("regions = [\"Brainpotr\"]\n" + head + channel).find("Brainport") != std::string::npos);
    CHECK(message(head + channel + "cost_per_contact = -1\n").find("c.toml:9") == 0);
    CHECK(message("start = \"2026-01\"\nmonths = 0\neuro_a_year = 1\naims = [\"study_choice\"]\n" + channel).find("c.toml:2: months: is 0") == 0);
    CHECK(message(head + "aims_at = 3\n" + channel).find("did you mean aims?") != std::string::npos);
}

TEST_CASE("shipped campaigns can be read, and targeted ones cost what the middle one does", "[experiments]") {
    const auto names = shipped_campaign_names();
    REQUIRE(names == std::vector<std::string>{"large", "middle", "middle-pupils", "middle-regions", "small"});
    std::map<std::string, Campaign> campaigns;
    for (const auto& name : names) campaigns[name] = read_campaign(campaign_file(name), regions::all_regions());
    CHECK(campaigns["small"].euro_a_year() == Approx(3e5));
    CHECK(campaigns["middle"].euro_a_year() == Approx(3e6));
    CHECK(campaigns["large"].euro_a_year() == Approx(3e7));
    CHECK(campaigns["middle-pupils"].money() == Approx(campaigns["middle"].money()));
    CHECK(campaigns["middle-regions"].money() == Approx(campaigns["middle"].money()));
    CHECK_THROWS_WITH(campaign_file("midle"), Catch::Contains("did you mean middle?"));
    const tests::TemporaryFolder folder;
    CHECK_THROWS_AS(read_campaign(folder / "absent.toml", regions::all_regions()), sim::FileError);
}

TEST_CASE("money is discounted from the middle of its month", "[experiments][unit]") {
    Campaign campaign;
    campaign.start = sim::Month::of(2026, 1);
    campaign.budget = {100};
    CHECK(campaign.discounted_money(0, campaign.start) == 100);
    CHECK(campaign.discounted_money(0.21, campaign.start - 12) == Approx(100 * std::pow(1.21, -12.5 / 12)));
}
