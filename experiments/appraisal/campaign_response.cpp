#include "experiments/appraisal/campaign_response.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "models/world.hpp"
#include "sim/error.hpp"

namespace experiments {
namespace {

using models::target_groups;

/// Whether a campaign runs in a region of the run.
bool runs_in(const Campaign& campaign, const std::string& region) {
    return campaign.regions.empty() || std::find(campaign.regions.begin(), campaign.regions.end(), region) != campaign.regions.end();
}

/// Persons among whom the money is spent.
ByGroup persons_of(const Campaign& campaign, const GroupSizes& sizes, const std::vector<std::string>& regions) {
    if (campaign.regions.empty()) return sizes.nation;
    ByGroup sum{};
    for (std::size_t r = 0; r < regions.size(); ++r)
        if (runs_in(campaign, regions[r]))
            for (std::size_t g = 0; g < target_groups; ++g) sum[g] += sizes.by_region[r][g];
    return sum;
}

/// Fresh exposure beside the campaign's own background, where it names one.
double fresh_beside(const Campaign& campaign, std::size_t g, double reach, const models::AwarenessParameters& p) {
    double pressure = 0, shared = 0;
    for (const auto& sector : campaign.background) {
        pressure += sector.pressure[g].value * p.background_factor;
        shared += sector.pressure[g].value * p.background_factor * sector.overlap.value;
    }
    models::AwarenessParameters here = p;
    here.overlap = pressure > 0 ? shared / pressure : 0;
    // A pressure that reaches `reach` by the model's curve, so that the rule of overlap is the model's own.
    const double of_most = std::min(reach / p.reach_maximum, 1.0);
    const double equivalent = of_most < 1 ? -p.reach_scale * std::log1p(-of_most) : 1e3 * p.reach_scale;
    return models::exposure_of(equivalent, pressure, here).fresh;
}

/// The pressure at which the model's own background leaves so much fresh.
double pressure_for(double fresh, double background, const models::AwarenessParameters& p) {
    if (!(fresh > 0)) return 0;
    double low = 0, high = most_pressure;
    if (models::exposure_of(high, background, p).fresh <= fresh) return high;
    for (int step = 0; step < 60; ++step) {
        const double middle = (low + high) / 2;
        (models::exposure_of(middle, background, p).fresh < fresh ? low : high) = middle;
    }
    return high;
}

/// Regions in which the campaign is alike.
struct Area {
    std::vector<std::string> names;  ///< empty: everywhere
    std::size_t region = 0;          ///< one of them
};

std::vector<Area> areas_of(const Campaign& campaign, const std::vector<std::string>& regions) {
    if (campaign.intensity.empty()) {
        std::size_t first = 0;
        while (first + 1 < regions.size() && !runs_in(campaign, regions[first])) ++first;
        return {{campaign.regions, first}};
    }
    std::map<ByGroup, Area> found;
    for (std::size_t r = 0; r < regions.size(); ++r) {
        if (!runs_in(campaign, regions[r])) continue;
        auto& area = found.try_emplace(campaign.intensity.at(r), Area{{}, r}).first->second;
        area.names.push_back(regions[r]);
    }
    std::vector<Area> areas;
    for (auto& [intensity, area] : found) areas.push_back(std::move(area));
    return areas;
}

/// Adds a measure a stretch of months with the same doses.
void add_stretches(Scenario& scenario, const std::string& name, const Area& area, sim::Month start, const std::vector<std::vector<Dose>>& doses) {
    const auto same = [](const std::vector<Dose>& a, const std::vector<Dose>& b) {
        return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const Dose& x, const Dose& y) { return x.lever == y.lever && x.value == y.value; });
    };
    for (std::size_t m = 0; m < doses.size();) {
        std::size_t next = m + 1;
        while (next < doses.size() && same(doses[m], doses[next])) ++next;
        const sim::Month first = start + static_cast<int>(m);
        if (!doses[m].empty() && first <= scenario.end) {
            Measure measure;
            measure.name = fmt::format("{}-{}", name, first.text());
            measure.regions = area.names;
            measure.start = first;
            measure.end = start + static_cast<int>(next - 1);
            measure.doses = doses[m];
            scenario.measures.push_back(std::move(measure));
        }
        m = next;
    }
}

}  // namespace

GroupSizes group_sizes(regions::DataFolder& data, const std::vector<std::string>& regions) {
    const auto of = [&](const std::string& region) {
        ByGroup persons{};
        for (const auto* row : data.rows("population", "population_1jan_age5", region)) {
            if (row->period != "2021") continue;
            // "age=15-19;sex=male", and the last one "age=95+;sex=male"; rows of both sexes together would count twice.
            if (row->breakdown.find("sex=total") != std::string::npos || row->breakdown.rfind("age=", 0) != 0) continue;
            const int age = std::stoi(row->breakdown.substr(4));
            if (age == 10) persons[0] += 0.6 * row->value;
            if (age == 15 || age == 20) persons[0] += row->value;
            if (age >= models::adults_from) persons[1] += row->value;
        }
        for (const double count : persons)
            if (!(count > 0))
                throw sim::InputError("population.csv: no persons by age on 1 January 2021 in " + region + "; rows population_1jan_age5 are expected");
        return persons;
    };
    GroupSizes sizes;
    sizes.nation = of("NL");
    for (const auto& region : regions) sizes.by_region.push_back(of(region));
    return sizes;
}

CampaignMonth campaign_month(const Campaign& campaign, double euro, const ByGroup& intensity, const ByGroup& persons, const models::AwarenessParameters& p,
                             const models::AwarenessTables& tables) {
    double shares = 0;
    for (const auto& channel : campaign.channels) shares += channel.share.value;
    std::array<double, target_groups> logs{};  // of that, added up: the sum is exact where a product would run into 0
    CampaignMonth month{};
    for (const auto& channel : campaign.channels) {
        const auto g = static_cast<std::size_t>(channel.group);
        const double spent = euro * campaign.media_share.value * channel.share.value / shares;
        const double points = intensity[g] * 100 * spent / (channel.cost_per_contact.value * persons[g]);
        const double scale = channel.scale.value > 0 ? channel.scale.value : p.reach_scale;
        month[g].contacts += points;
        // log(1 - reach (1 - e)), where e = exp(-points / scale); with reach 1 it is -points / scale itself
        logs[g] += channel.reach.value >= 1 ? -points / scale : std::log1p(-channel.reach.value * -std::expm1(-points / scale));
    }
    for (std::size_t g = 0; g < target_groups; ++g) {
        auto& of = month[g];
        of.reach = p.reach_maximum * -std::expm1(logs[g]);
        of.frequency = of.reach > 0 ? of.contacts / 100 / of.reach : 0;
        of.pressure = std::min(-p.reach_scale * logs[g], most_pressure);
        const double background = tables.background[g] * p.background_factor;
        if (campaign.background.empty()) {
            of.fresh = models::exposure_of(of.pressure, background, p).fresh;
        } else {
            of.fresh = fresh_beside(campaign, g, of.reach, p);
            of.pressure = pressure_for(of.fresh, background, p);
        }
    }
    return month;
}

std::vector<CampaignMonth> campaign_months(const Campaign& campaign, std::size_t region, const GroupSizes& sizes, const std::vector<std::string>& regions,
                                           const models::AwarenessParameters& p, const models::AwarenessTables& tables) {
    std::vector<CampaignMonth> months(campaign.budget.size());
    if (!runs_in(campaign, regions.at(region))) return months;
    const ByGroup persons = persons_of(campaign, sizes, regions);
    const ByGroup intensity = campaign.intensity.empty() ? ByGroup{1, 1} : campaign.intensity.at(region);
    for (std::size_t m = 0; m < months.size(); ++m)
        months[m] =
            m > 0 && campaign.budget[m] == campaign.budget[m - 1] ? months[m - 1] : campaign_month(campaign, campaign.budget[m], intensity, persons, p, tables);
    return months;
}

std::vector<ByGroup> campaign_awareness_by_month(const std::vector<CampaignMonth>& months, sim::Month start, sim::Month until, const models::Parameters& p,
                                                 const models::Tables& tables) {
    constexpr int chooses_at = 15 * 12;  // months of age, about: third year of vmbo to the first choices after it
    models::World world;                 // without people: closed forms read tables, parameters and the history alone
    world.tables = &tables;
    world.parameters = &p;
    world.regions = 1;
    world.awareness.first = start.number();
    for (const auto& month : months)
        for (const auto& group : month) world.awareness.pressure.push_back(group.pressure);
    std::vector<ByGroup> found;
    const sim::Month last = std::min(until, start + static_cast<int>(months.size()) + models::exposure_months);
    for (sim::Month month = start; month <= until; ++month) {
        if (month > last) {
            found.push_back({});
            continue;
        }
        found.push_back(
            {models::mean_awareness(world, 0, month.number() - chooses_at, month).campaign, models::mean_adult_awareness(world, 0, month).campaign});
    }
    return found;
}

void set_response(const Campaign& campaign, models::Parameters& p) {
    if (campaign.half_life.value > 0) p.awareness.half_life = campaign.half_life.value;
    if (!campaign.aims_at(CampaignAim::study_choice)) p.schooling.awareness_effect = 0;
    if (!campaign.aims_at(CampaignAim::pupils_bbl)) p.awareness.bbl_effect = 0;
    if (!campaign.aims_at(CampaignAim::learning_companies)) p.awareness.recognition_effect = 0;
    if (!campaign.aims_at(CampaignAim::side_entry)) p.adult_bbl.awareness_effect = 0;
}

Scenario with_campaign(Scenario scenario, const Campaign& campaign, const GroupSizes& sizes, const std::vector<std::string>& regions,
                       const models::Tables& tables) {
    if (!(campaign.money() > 0)) return scenario;
    set_response(campaign, scenario.parameters);
    for (const auto& area : areas_of(campaign, regions)) {
        const auto months = campaign_months(campaign, area.region, sizes, regions, scenario.parameters.awareness, tables.awareness);
        const std::string name = campaign.name + (area.names.size() == 1 ? "-" + area.names.front() : fmt::format("-{}", area.region));
        std::vector<std::vector<Dose>> doses;
        for (const auto& month : months) {
            doses.emplace_back();
            if (month[0].pressure > 0) doses.back().push_back({"awareness.young_pressure", month[0].pressure, {}});
            if (month[1].pressure > 0) doses.back().push_back({"awareness.adult_pressure", month[1].pressure, {}});
        }
        add_stretches(scenario, name, area, campaign.start, doses);
        if (!campaign.aims_at(CampaignAim::retention) || !(campaign.retention.value > 0)) continue;
        doses.clear();
        for (const auto& aware : campaign_awareness_by_month(months, campaign.start, scenario.end, scenario.parameters, tables)) {
            doses.emplace_back();
            if (const double kept = campaign.retention.value * aware[1]; kept > 1e-9) doses.back().push_back({"separations.retention_effect", kept, {}});
        }
        add_stretches(scenario, name + "-retention", area, campaign.start, doses);
    }
    return scenario;
}

}  // namespace experiments
