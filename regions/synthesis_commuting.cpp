/// Where residents work, and who lives outside and works, or may work, here.

#include <algorithm>
#include <cmath>
#include <numeric>

#include "models/outsiders.hpp"
#include "models/parameters.hpp"
#include "regions/synthesis_parts.hpp"
#include "sim/parallel.hpp"

namespace regions::synthesis {

using models::Contract;
using models::Education;
using models::Field;
using models::Person;
using models::Sex;

void choose_work_regions(Build& build) {
    const std::size_t regions = build.start.region.size();
    auto& persons = build.world.persons;
    std::vector<double> jobs(regions);
    std::vector<std::vector<std::int64_t>> to(regions, std::vector<std::int64_t>(regions + 2));
    sim::for_each_task(regions, [&](std::size_t r) {
        // Students' jobs are near home; the matrix, which counts all jobs, is met by what the others do.
        double side = 0;
        double others = 0;
        for (std::size_t row = build.first_row[r]; row < build.first_row[r + 1]; ++row) {
            const Person& p = persons.record[row];
            side += p.contract == Contract::side_job;
            others += p.contract == Contract::permanent || p.contract == Contract::bbl;
        }
        const auto& flows = build.start.region[r].jobs_to;
        const double total = std::accumulate(flows.begin(), flows.end(), 0.0);
        std::vector<double> cumulative(flows.size());
        double sum = 0;
        for (std::size_t w = 0; w < flows.size(); ++w) {
            const double wanted = (side + others) * flows[w] / total;
            sum += w == r ? std::max(0.0, wanted - side) : wanted;
            cumulative[w] = sum;
        }
        for (auto& c : cumulative) c /= sum;
        jobs[r] = side + others;
        Words words(build.random, key_destinations, sim::region(r));
        Even even(words.uniform(), even_steps[0]);
        for (std::size_t row = build.first_row[r]; row < build.first_row[r + 1]; ++row) {
            const Person& p = persons.record[row];
            if (p.contract == Contract::side_job)
                build.work_region[row] = static_cast<std::uint8_t>(r);
            else if (p.contract == Contract::permanent || p.contract == Contract::bbl) {
                const double u = even.next();
                build.work_region[row] = static_cast<std::uint8_t>(std::lower_bound(cumulative.begin(), cumulative.end() - 1, u) - cumulative.begin());
            } else
                continue;
            ++to[r][build.work_region[row]];
        }
    });
    // Agents in main jobs per job of the tables: second jobs are not simulated, and the scale comes in here.
    double table = 0;
    for (const auto& region : build.start.region) table += std::accumulate(region.jobs_to.begin(), region.jobs_to.end(), 0.0);
    const double factor = std::accumulate(jobs.begin(), jobs.end(), 0.0) / table;
    build.in_commuters.assign(regions, std::vector<double>(2));
    for (std::size_t w = 0; w < regions; ++w) {
        const auto& here = build.start.region[w];
        double from_regions = 0;
        for (std::size_t r = 0; r < regions; ++r) from_regions += static_cast<double>(to[r][w]);
        build.in_commuters[w][0] = here.in_from_nl * factor;
        build.in_commuters[w][1] = (from_regions + build.in_commuters[w][0]) * here.in_from_abroad_share / (1 - here.in_from_abroad_share);
    }
}

void place_outsiders(Build& build) {
    const auto& t = build.start;
    const std::size_t regions = t.region.size();
    constexpr int youngest = 18;
    constexpr int oldest = last_working_age;
    constexpr int months = (oldest - youngest + 1) * 12;
    // Ages as those of the nation's workers, who retire as the model lets them.
    const Participation participation = participation_of(build);
    const std::array<std::vector<std::int64_t>, 2> nation{persons_by_month(t.population[0]), persons_by_month(t.population[1])};
    std::vector<double> age_weight(months);
    double weights = 0;
    for (int m = 0; m < months; ++m) {
        const auto age = static_cast<std::size_t>(youngest * 12 + m);
        weights += age_weight[static_cast<std::size_t>(m)] =
            participation.at_work[slot_of(static_cast<int>(age))] * static_cast<double>(nation[0][age] + nation[1][age]) * (age < 23 * 12 ? 0.5 : 1.0);
    }
    struct Cell {
        std::size_t home;
        int age;
        std::vector<std::int64_t> count;  ///< by month of birth (oldest first) and gate
        std::size_t first_row = 0;
    };
    std::vector<Cell> cells;
    std::size_t rows = build.residents;
    for (std::size_t home = 0; home < 2; ++home) {
        std::vector<double> cumulative(regions);
        std::vector<std::int64_t> before(regions);
        for (int age = oldest; age >= youngest; --age) {
            Cell cell{home, age, {}, rows};
            for (int m = 11; m >= 0; --m)
                for (std::size_t w = 0; w < regions; ++w) {
                    cumulative[w] +=
                        t.outsiders_per_in_commuter * build.in_commuters[w][home] * age_weight[static_cast<std::size_t>((age - youngest) * 12 + m)] / weights;
                    const auto whole = static_cast<std::int64_t>(std::floor(cumulative[w] + 0.5));
                    cell.count.push_back(whole - before[w]);
                    rows += static_cast<std::size_t>(whole - before[w]);
                    before[w] = whole;
                }
            cells.push_back(std::move(cell));
        }
    }
    add_rows(build, rows);
    auto& persons = build.world.persons;
    sim::for_each_task(cells.size(), [&](std::size_t c) {
        const Cell& cell = cells[c];
        Words words(build.random, key_outsiders, {sim::EntityKind::cell, c});
        Even works(words.uniform(), 0.6180339887498949);
        Even traits[3] = {{words.uniform(), even_steps[0]}, {words.uniform(), even_steps[1]}, {words.uniform(), even_steps[2]}};
        const auto group = static_cast<std::size_t>(working_age_group_of(cell.age));
        const auto& pattern = t.education[group];
        const double pattern_sum = std::accumulate(pattern.begin(), pattern.end(), 0.0);
        std::size_t row = cell.first_row;
        for (std::size_t k = 0; k < cell.count.size(); ++k)
            for (std::int64_t n = 0; n < cell.count[k]; ++n, ++row) {
                const std::size_t gate = k % regions;
                Person& p = persons.record[row];
                persons.birth[row] = static_cast<std::uint16_t>(1440 - 12 * cell.age + static_cast<int>(k / regions));
                persons.region[row] = static_cast<std::uint8_t>(regions + cell.home);
                p.municipality = static_cast<std::uint16_t>(gate);
                const double u = traits[0].next();
                p.sex = u < models::men_outside ? Sex::men : Sex::women;
                double e = traits[1].next() * pattern_sum;
                std::size_t level = 0;
                while (level < 4 && e >= pattern[level]) e -= pattern[level++];
                p.education = static_cast<Education>(level);
                const double f = traits[2].next();
                const double technical = t.field_technical[level][models::index_of(p.sex)];
                p.field = f < technical ? Field::technical : f < technical + t.field_ict[level][models::index_of(p.sex)] ? Field::ict : Field::other;
                if (works.next() * t.outsiders_per_in_commuter < 1) {
                    p.contract = Contract::permanent;
                    p.hours = p.sex == Sex::men ? 38 : u > 0.8 ? 24 : 32;
                    build.work_region[row] = static_cast<std::uint8_t>(gate);
                }
            }
    });
}

}  // namespace regions::synthesis
