#include "models/awareness.hpp"

#include <algorithm>

#include "models/campaign.hpp"
#include "models/parameters.hpp"
#include "models/series.hpp"
#include "models/tables.hpp"
#include "models/world.hpp"
#include "sim/math.hpp"
#include "sim/trajectory.hpp"

namespace models {
namespace {

constexpr double weeks_a_month = 365.25 / 12 / 7;
constexpr int oldest_counted = 100;  ///< years: end of the last age group for its mean

/// Exposures of the months that count, for somebody of one region and month of birth; index 0 is the month before.
struct Window {
    std::array<Exposure, exposure_months> exposure{};
    std::array<double, exposure_months> remembered{};
    bool campaign = false;  ///< whether any month holds a fresh exposure
};

Window window_of(const World& world, int region, int birth, sim::Month month) {
    const AwarenessParameters& p = world.parameters->awareness;
    Window w;
    std::array<double, target_groups> last_pressure{-1, -1};
    std::array<Exposure, target_groups> last{};
    for (int k = 1; k <= exposure_months; ++k) {
        const sim::Month then = month - k;
        const int group = target_group_of(then.number() - birth);
        if (group < 0) continue;
        const auto g = static_cast<std::size_t>(group);
        const double pressure = world.awareness.of(then, region, world.regions, static_cast<TargetGroup>(group));
        // Pressure seldom changes from month to month, so exponentials are seldom taken again.
        if (pressure != last_pressure[g]) {
            last_pressure[g] = pressure;
            last[g] = exposure_of(pressure, world.tables->awareness.background[g] * p.background_factor, p);
        }
        const auto place = static_cast<std::size_t>(k - 1);
        w.exposure[place] = last[g];
        w.remembered[place] = remembered(k, p);
        w.campaign = w.campaign || last[g].fresh > 0;
    }
    return w;
}

/// Whether a campaign ran in a region, for any target group, in the months that count.
bool campaign_ran(const World& world, int region, sim::Month month) {
    for (int k = 1; k <= exposure_months; ++k)
        for (const TargetGroup group : {TargetGroup::young, TargetGroup::adults})
            if (world.awareness.of(month - k, region, world.regions, group) > 0) return true;
    return false;
}

/// Part of the unaware that an exposure told by one tie leaves unaware.
double unmoved_by_tie(double kept, const AwarenessParameters& p) { return 1 - p.word_of_mouth / personal_ties * kept; }

/// Shares that all exposures of a person leave unaware: of background campaigns, and of everything else.
struct Unaware {
    double background = 1;
    double campaign = 1;
    [[nodiscard]] MeanAwareness awareness() const { return {1 - background * campaign, background * (1 - campaign)}; }
};

Unaware unaware_of(const World& world, Row row, const Window& w, sim::Month month) {
    const AwarenessParameters& p = world.parameters->awareness;
    Unaware left;
    std::array<sim::Address, exposure_months> address;
    std::array<sim::Draw, exposure_months> draw;
    const auto fresh = [&](std::size_t k) {
        const Exposure& e = w.exposure[k];
        return draw[k].uniform(1) >= e.background && draw[k].uniform(0) < e.fresh_given_none();
    };
    const auto draw_of = [&](Row whose) {
        for (std::size_t k = 0; k < exposure_months; ++k) address[k] = {awareness_info.key, sim::person(whose), month - static_cast<int>(k + 1), 0};
        world.random.draws(address, draw);
    };
    draw_of(row);
    for (std::size_t k = 0; k < exposure_months; ++k) {
        if (draw[k].uniform(1) < w.exposure[k].background) {
            left.background *= 1 - w.remembered[k];
        } else if (fresh(k)) {
            left.campaign *= 1 - w.remembered[k];
        }
    }
    if (!w.campaign) return left;
    const Row last = static_cast<Row>(world.persons.size()) - 1;
    const Row begin = row < tie_distance ? 0 : row - tie_distance;
    const Row end = std::min<Row>(last, row + tie_distance);
    for (Row tie = begin; tie <= end; ++tie) {
        if (tie == row) continue;
        draw_of(tie);
        for (std::size_t k = 0; k < exposure_months; ++k)
            if (fresh(k)) left.campaign *= unmoved_by_tie(w.remembered[k], p);
    }
    return left;
}

MeanAwareness mean_of(const Window& w, const AwarenessParameters& p) {
    double background = 1;
    double all = 1;
    for (std::size_t k = 0; k < exposure_months; ++k) {
        const Exposure& e = w.exposure[k];
        const double kept = w.remembered[k];
        background *= 1 - e.background * kept;
        all *= 1 - (e.background + e.fresh) * kept;
        const double told = 1 - e.fresh * (1 - unmoved_by_tie(kept, p));
        for (int tie = 0; tie < personal_ties; ++tie) all *= told;
    }
    return {1 - all, background - all};
}

}  // namespace

const ParameterTable<AwarenessParameters>& awareness_table() {
    using A = AwarenessParameters;
    const Prior none;
    const auto assumed = Status::assumed;
    const auto observed = Status::observed;
    const char* odds =
        "policy table, campaign odds_ratio_of_exposed 1.10 (1.0 to 1.25): the odds ratio 1.20 of mass-media health campaigns (Anker et al. 2016) halved by "
        "judgement";
    static const ParameterTable<AwarenessParameters> table{
        {"young_pressure", &A::young_pressure, "month-1", 0, 5000, none, assumed, "",
         "lever: gross rating points a month of a campaign for technical and ICT work among those of 12 to 24 years"},
        {"adult_pressure", &A::adult_pressure, "month-1", 0, 5000, none, assumed, "", "lever: the same among those from 25 years on"},
        {"background_factor",
         &A::background_factor,
         "1",
         0,
         10,
         {"lognormal(1, 0.5)", 0.44, 2.28},
         assumed,
         "",
         "factor on the pressure of the campaigns that sectors run all the time (regions/data/awareness.csv)"},
        {"reach_maximum",
         &A::reach_maximum,
         "1",
         0,
         1,
         {"beta(13.5, 4.5)", 0.571, 0.896},
         assumed,
         "policy table, campaign reach_1plus_2020s 0.75 (0.55 to 0.88): 0.90 of 2007 less what linear television has lost",
         "most of a target group that a month's media can reach at least once"},
        {"reach_scale",
         &A::reach_scale,
         "month-1",
         1,
         5000,
         {"lognormal(250, 0.2)", 180, 347},
         assumed,
         "policy table, campaign reach_curve: k of reach = maximum (1 - exp(-pressure / k))",
         "gross rating points a month at which 63 % of the most are reached"},
        {"overlap",
         &A::overlap,
         "1",
         0,
         1,
         {"beta(4, 6)", 0.169, 0.655},
         assumed,
         "policy table, M8 overlap_with_sector_campaigns 0.4 (0.2 to 0.7)",
         "share of a campaign's reach that background campaigns reach in the same month, as far as the two reaches allow; coordination lowers it"},
        {"recall",
         &A::recall,
         "1",
         0,
         1,
         {"uniform(0.1, 0.25)", 0.1075, 0.2425},
         observed,
         "This is Engineering, 2018-2020 (Royal Academy of Engineering): up to 25 % recalled; a British campaign",
         "awareness that one month's exposure gives; the default is the upper end of what is reported"},
        {"half_life",
         &A::half_life,
         "week",
         0.5,
         52,
         {"lognormal(4, 0.5)", 1.76, 9.1},
         Status::derived,
         "policy table, campaign adstock_half_life_prior: practitioners 2 to 5 weeks, academic 4 to 12 weeks",
         "time in which awareness by an exposure halves"},
        {"word_of_mouth",
         &A::word_of_mouth,
         "1",
         0,
         1,
         {"uniform(0.3, 0.67)", 0.3185, 0.6515},
         observed,
         "This is Engineering, 2018-2020 (Royal Academy of Engineering): two thirds of those who recalled acted or talked; self-report",
         "share of those who recall a campaign that talk, each to one of four ties; the default is the upper end of what is reported"},
        {"bbl_effect",
         &A::bbl_effect,
         "1",
         -0.5,
         2,
         {"normal(0.095, 0.07)", -0.02, 0.21},
         assumed,
         odds,
         "log odds of wanting the work-based path at full awareness by the campaign"},
        {"recognition_effect",
         &A::recognition_effect,
         "1",
         -0.5,
         2,
         {"normal(0.095, 0.07)", -0.02, 0.21},
         assumed,
         odds,
         "log of the requests for recognition as a learning company at full mean awareness of the region's adults by the campaign"},
        {"retraining_limit", &A::retraining_limit, "month", 0, 120, none, assumed, "",
         "longest retraining of an adult who counts as somebody who would qualify, in the report of a campaign"},
    };
    return table;
}

double media_reach(double pressure, const AwarenessParameters& p) { return p.reach_maximum * (1 - sim::exponential(-pressure / p.reach_scale)); }

Exposure exposure_of(double campaign_pressure, double background_pressure, const AwarenessParameters& p) {
    const double background = media_reach(background_pressure, p);
    const double campaign = media_reach(campaign_pressure, p);
    // Who is reached by both is no more than who the background reaches, and no fewer than does not fit beside it. Said of the rest, it stays monotone in
    // pressure and overlap to the last bit.
    const double least = std::max(0.0, campaign - background);
    const double most = std::min(campaign, 1 - background);
    return {background, std::clamp((1 - p.overlap) * campaign, std::min(least, most), most)};
}

double remembered(int months_ago, const AwarenessParameters& p) { return p.recall * sim::power(0.5, (months_ago - 0.5) * weeks_a_month / p.half_life); }

double campaign_awareness(const World& world, Row row, sim::Month month) {
    const std::uint8_t region = world.persons.region[row];
    if (region >= world.regions || !campaign_ran(world, region, month)) return 0;
    const Window w = window_of(world, region, world.persons.birth[row], month);
    return w.campaign ? unaware_of(world, row, w, month).awareness().campaign : 0;
}

double full_awareness(const World& world, Row row, sim::Month month) {
    const std::uint8_t region = world.persons.region[row];
    if (region >= world.regions) return 0;
    return unaware_of(world, row, window_of(world, region, world.persons.birth[row], month), month).awareness().full;
}

MeanAwareness mean_awareness(const World& world, int region, int birth, sim::Month month) {
    MeanAwareness mean = mean_of(window_of(world, region, birth, month), world.parameters->awareness);
    if (!campaign_ran(world, region, month)) mean.campaign = 0;  // not a rounding of the two products
    return mean;
}

MeanAwareness mean_adult_awareness(const World& world, int region, sim::Month month) {
    return mean_awareness(world, region, month.number() - adults_from * 12 - exposure_months, month);
}

void step_awareness(World& world, sim::Month month) {
    AwarenessState& state = world.awareness;
    if (state.first == 0) state.first = month.number();
    const std::size_t regions = static_cast<std::size_t>(world.regions);
    state.pressure.resize(static_cast<std::size_t>(month.number() - state.first) * regions * target_groups, 0.0);
    for (std::size_t r = 0; r < regions; ++r) {
        const AwarenessParameters& p = world.parameters_in(r).awareness;
        state.pressure.push_back(p.young_pressure);
        state.pressure.push_back(p.adult_pressure);
    }
}

void write_awareness(const World& world, sim::Trajectory& trajectory, const SeriesIds& series, std::size_t replicate, std::size_t time, bool) {
    const sim::Month now = world.month + 1;
    const auto to = trajectory.reals(series.awareness, replicate, time);
    constexpr std::size_t groups = age_group_starts.size();
    constexpr int adult_throughout = adults_from * 12 + exposure_months;  // months of age
    for (int region = 0; region < world.regions; ++region) {
        const double adults = mean_adult_awareness(world, region, now).full;
        for (std::size_t g = 0; g < groups; ++g) {
            const int begin = age_group_starts[g] * 12;
            const int end = g + 1 < groups ? age_group_starts[g + 1] * 12 : oldest_counted * 12;
            double sum = 0;
            for (int age = begin; age < end; ++age) {
                if (age < young_from * 12) continue;
                sum += age >= adult_throughout ? adults : mean_awareness(world, region, now.number() - age, now).full;
            }
            to[static_cast<std::size_t>(region) * groups + g] = sum / (end - begin);
        }
    }
    write_campaign_report(world, trajectory, series, replicate, time);
}

}  // namespace models
