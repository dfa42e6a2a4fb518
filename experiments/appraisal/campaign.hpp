#pragma once
/// A campaign before it is paid for: what is spent in which month on which channels, whom they speak to, and what it is to move.

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "experiments/scenarios/quantity.hpp"
#include "models/awareness.hpp"
#include "sim/month.hpp"

namespace experiments {

/// What a campaign is to move. Awareness moves the first four by links of the model; the last acts on a lever of separations.
enum class CampaignAim : std::uint8_t { study_choice, pupils_bbl, learning_companies, side_entry, retention };
inline constexpr std::array<std::string_view, 5> campaign_aim_words{"study_choice", "pupils_bbl", "learning_companies", "side_entry", "retention"};

/// One medium for one target group. Its curve: of those whom media can reach at all (awareness.reach_maximum of their group) it reaches
/// reach x (1 - exp(-pressure / scale)) in a month.
struct CampaignChannel {
    std::string name;
    models::TargetGroup group = models::TargetGroup::young;
    Quantity share{1, {}};      ///< of the money for media
    Quantity cost_per_contact;  ///< euro for one contact with somebody of the group
    Quantity reach{1, {}};      ///< the most, 0 to 1
    Quantity scale;             ///< gross rating points a month at which 63 % of the most are reached; 0: that of the model (awareness.reach_scale)
};

/// A campaign that a sector runs all the time.
struct BackgroundCampaign {
    std::string name;
    std::array<Quantity, models::target_groups> pressure;  ///< gross rating points a month by target group
    Quantity overlap;                                      ///< share of our reach that it reaches too, as far as the two reaches allow
};

struct Campaign {
    std::string name, title, description, source;
    sim::Month start;
    std::vector<double> budget;        ///< euro by month from the start on; of the nation, or of `regions` together where it names some
    std::vector<std::string> regions;  ///< in which it runs; empty: the whole nation
    Quantity media_share{1, {}};       ///< of the budget; the rest makes and manages the campaign
    std::vector<CampaignChannel> channels;
    std::vector<BackgroundCampaign> background;  ///< empty: that of the model
    std::vector<CampaignAim> aims;
    Quantity half_life;  ///< weeks; 0: the prior of the model
    Quantity retention;  ///< share of leaving technical work that full awareness takes away; with the aim
    /// By region of the run and target group: factor on the pressure; empty: 1 everywhere. How a split over regions and groups is said.
    std::vector<std::array<double, models::target_groups>> intensity;
    std::string text;  ///< of its file, for digests

    [[nodiscard]] bool aims_at(CampaignAim aim) const;
    [[nodiscard]] sim::Month end() const { return start + (static_cast<int>(budget.size()) - 1); }  ///< last month with money
    [[nodiscard]] double money() const;                                                             ///< euro in all
    [[nodiscard]] double euro_a_year() const { return 12 * money() / static_cast<double>(budget.size()); }
    /// Present value of the money, each month's at its middle; `rate` a year, from the month `from` on.
    [[nodiscard]] double discounted_money(double rate, sim::Month from) const;
    /// The same campaign for so much money a year, month by month in proportion.
    [[nodiscard]] Campaign at_budget(double euro_a_year) const;
};

/// Factor that brings money or work of the middle of a period to the first of a month; `months`: from there to the middle of the period.
[[nodiscard]] double discount_factor(double rate, double months);

/// Gives every figure of a campaign that has a prior the value of a draw, a Latin hypercube over `draws`.
void draw_campaign(Campaign& campaign, std::size_t draw, std::size_t draws, std::uint64_t seed);

}  // namespace experiments
