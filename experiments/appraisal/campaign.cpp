#include "experiments/appraisal/campaign.hpp"

#include <algorithm>
#include <cmath>

#include "experiments/calibration/parameter_draws.hpp"

namespace experiments {

bool Campaign::aims_at(CampaignAim aim) const { return std::find(aims.begin(), aims.end(), aim) != aims.end(); }

double Campaign::money() const {
    double sum = 0;
    for (const double euro : budget) sum += euro;
    return sum;
}

double discount_factor(double rate, double months) { return std::pow(1 + rate, -months / 12); }

double Campaign::discounted_money(double rate, sim::Month from) const {
    double sum = 0;
    for (std::size_t m = 0; m < budget.size(); ++m) sum += budget[m] * discount_factor(rate, (start - from) + static_cast<double>(m) + 0.5);
    return sum;
}

Campaign Campaign::at_budget(double wanted) const {
    Campaign made = *this;
    const double now = euro_a_year();
    for (auto& euro : made.budget) euro = now > 0 ? euro * (wanted / now) : wanted / 12;
    return made;
}

void draw_campaign(Campaign& campaign, std::size_t draw, std::size_t draws, std::uint64_t seed) {
    const FigureDraw take{draw, draws, seed};
    // A channel of the same name and group has the same stratum in every campaign: drafts of one campaign differ in what was written alone.
    for (auto& channel : campaign.channels) {
        const std::string name = "channel." + channel.name + "." + std::to_string(static_cast<int>(channel.group)) + ".";
        take(channel.share, name + "share", 1);
        take(channel.cost_per_contact, name + "cost_per_contact", no_end);
        take(channel.reach, name + "reach", 1);
        take(channel.scale, name + "scale", no_end);
    }
    for (auto& sector : campaign.background) {
        for (auto& pressure : sector.pressure) take(pressure, "background." + sector.name + ".pressure", no_end);
        take(sector.overlap, "background." + sector.name + ".overlap", 1);
    }
    take(campaign.media_share, "media_share", 1);
    take(campaign.half_life, "response.half_life", no_end);
    take(campaign.retention, "response.retention", 1);
}

}  // namespace experiments
