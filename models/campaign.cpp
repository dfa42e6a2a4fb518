#include "models/campaign.hpp"

#include <algorithm>
#include <array>

#include "models/demand.hpp"
#include "models/flows.hpp"
#include "models/parameters.hpp"
#include "models/series.hpp"
#include "models/tables.hpp"
#include "models/world.hpp"
#include "sim/trajectory.hpp"

namespace models {
namespace {

constexpr int qualifying_age_end = 67;  ///< years: about the state pension age

/// Full desired staff less workers by region and technical or ICT occupation, where positive; summed over occupations.
std::vector<double> needed_by_region(const World& world) {
    const auto regions = static_cast<std::size_t>(world.regions);
    using Gaps = std::vector<std::array<double, first_other_occupation>>;
    const DesiredStaff desired(world, world.month);
    constexpr std::size_t part_size = 8192;  // employers: sums of reals do not depend on the number of threads
    const auto& employers = world.employers;
    const Gaps gaps = sim::reduce((employers.size() + part_size - 1) / part_size, Gaps(regions),
                                  [&](std::size_t part) {
                                      Gaps sums(regions);
                                      for (std::size_t e = part * part_size; e < std::min(employers.size(), (part + 1) * part_size); ++e) {
                                          const Employer& employer = employers.employer[e];
                                          if (!employer.open() || employer.region >= world.regions) continue;
                                          const double factor = desired.factor(employer);
                                          for (std::uint32_t k = employer.first_post; k < employer.first_post + employer.posts; ++k) {
                                              const Post& post = employers.post[k];
                                              if (post.occupation >= first_other_occupation) continue;
                                              sums[employer.region][post.occupation] += desired.of(factor, employer, post) - post.staff;
                                          }
                                      }
                                      return sums;
                                  },
                                  [](Gaps& total, const Gaps& part) {
                                      for (std::size_t r = 0; r < part.size(); ++r)
                                          for (std::size_t o = 0; o < part[r].size(); ++o) total[r][o] += part[r][o];
                                  });
    std::vector<double> needed(regions, 0.0);
    for (std::size_t r = 0; r < regions; ++r)
        for (const double gap : gaps[r]) needed[r] += std::max(0.0, gap);
    return needed;
}

}  // namespace

bool would_qualify(const Person& person, int age, const AwarenessTables& tables, const AwarenessParameters& p) {
    if (at_work(person) && person.occupation != no_occupation && person.occupation < first_other_occupation) return false;
    if (age < young_from || age >= qualifying_age_end) return false;
    if (age < adults_from) return person.track == Track::vmbo || person.track == Track::havo_vwo || person.track == Track::mbo_bol;
    const bool educated = person.field != Field::other && person.education != Education::low;
    if (educated || person.status == LabourStatus::retired) return false;
    const Occupation from = person.occupation == no_occupation ? static_cast<Occupation>(occupations - 1) : person.occupation;
    return tables.months_to_technical[from] <= p.retraining_limit;
}

std::vector<CampaignReport> campaign_report(const World& world) {
    const auto regions = static_cast<std::size_t>(world.regions);
    const AwarenessParameters& p = world.parameters->awareness;
    const AwarenessTables& tables = world.tables->awareness;
    using Pools = std::vector<std::array<std::int64_t, target_groups>>;
    const auto& persons = world.persons;
    const int today = world.month.number() + 1;
    const Pools pools = sim::reduce(
        sim::blocks_of(persons.size()), Pools(regions),
        [&](std::size_t block) {
            Pools counts(regions);
            const std::size_t end = std::min(persons.size(), (block + 1) * std::size_t{sim::block_rows});
            for (std::size_t row = block * sim::block_rows; row < end; ++row) {
                if (persons.region[row] >= world.regions) continue;
                const int age_in_months = today - persons.birth[row];
                const int group = target_group_of(age_in_months);
                if (group < 0 || age_in_months >= qualifying_age_end * 12) continue;
                if (would_qualify(persons.record[row], age_in_months / 12, tables, p)) ++counts[persons.region[row]][static_cast<std::size_t>(group)];
            }
            return counts;
        },
        [](Pools& total, const Pools& part) {
            for (std::size_t r = 0; r < part.size(); ++r)
                for (std::size_t g = 0; g < target_groups; ++g) total[r][g] += part[r][g];
        });
    std::vector<CampaignReport> report(regions);
    const auto needed = needed_by_region(world);
    for (std::size_t r = 0; r < regions; ++r) {
        report[r].needed = needed[r];
        for (std::size_t g = 0; g < target_groups; ++g) {
            const auto pool = static_cast<double>(pools[r][g]);
            report[r].reachable += pool * p.reach_maximum;
            report[r].reached += pool * media_reach(tables.background[g] * p.background_factor, p);
        }
    }
    return report;
}

void write_campaign_report(const World& world, sim::Trajectory& trajectory, const SeriesIds& series, std::size_t replicate, std::size_t time) {
    if ((world.month + 1).month_of_year() != 1) return;
    const auto report = campaign_report(world);
    const auto needed = trajectory.reals(series.campaign_needed, replicate, time);
    const auto reachable = trajectory.reals(series.campaign_reachable, replicate, time);
    const auto reached = trajectory.reals(series.campaign_reached, replicate, time);
    for (std::size_t r = 0; r < report.size(); ++r) {
        needed[r] = report[r].needed;
        reachable[r] = report[r].reachable;
        reached[r] = report[r].reached;
    }
}

}  // namespace models
