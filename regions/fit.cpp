#include "regions/fit.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <map>
#include <string_view>

#include "sim/error.hpp"
#include "sim/parallel.hpp"

namespace regions {
namespace {

using models::Contract;
using models::Education;
using models::Field;
using models::index_of;
using models::LabourStatus;
using models::Person;

/// Integer counts of one pass over all rows; regions of residents and work regions first.
struct Counts {
    struct Region {
        std::array<std::array<std::int64_t, age_groups_of_five>, 2> population{};
        std::array<std::int64_t, 3> education{};  ///< low, middle, high at 15-74
        std::int64_t working_age = 0, employed = 0, self_employed = 0, unemployed = 0;
        std::vector<std::int64_t> jobs_to;
        std::array<std::int64_t, models::sectors> jobs{};
        std::array<std::int64_t, 3> groups{};  ///< jobs and businesses here by occupation group
    };
    std::vector<Region> region;
    std::array<std::array<std::int64_t, 4>, working_age_groups> hours{};
    std::array<std::int64_t, models::tracks> students{};
    std::int64_t young = 0;                                  ///< residents of 15 to 29
    std::array<std::array<std::int64_t, 2>, 2> part_time{};  ///< by sex: part-time, all
    std::array<std::array<std::int64_t, 2>, 3> women{};      ///< by group: women, all
};

Counts count(const models::World& world) {
    const auto regions = static_cast<std::size_t>(world.regions);
    auto empty = [&] {
        Counts c;
        c.region.resize(regions);
        for (auto& r : c.region) r.jobs_to.resize(regions + 2);
        return c;
    };
    const auto& persons = world.persons;
    // Groups of blocks, so that partial counts stay few.
    constexpr std::size_t rows_a_task = 32 * sim::block_rows;
    const std::size_t tasks = (persons.size() + rows_a_task - 1) / rows_a_task;
    return sim::reduce(
        tasks, empty(),
        [&](std::size_t task) {
            Counts c = empty();
            const auto end = static_cast<sim::Row>(std::min(persons.size(), (task + 1) * rows_a_task));
            for (auto row = static_cast<sim::Row>(task * rows_a_task); row < end; ++row) {
                const Person& p = persons.record[row];
                const auto post = persons.post[row];
                if (post != models::no_post) {
                    const auto& employer = world.employer_of(post);
                    if (employer.region < regions) {
                        ++c.region[employer.region].jobs[index_of(employer.sector)];
                        ++c.region[employer.region].groups[index_of(models::group_of(p.occupation))];
                    }
                    if (world.resident(row)) ++c.region[persons.region[row]].jobs_to[employer.region];
                }
                if (!world.resident(row)) continue;
                auto& r = c.region[persons.region[row]];
                const int age = world.age(row);
                const auto sex = index_of(p.sex);
                ++r.population[sex][static_cast<std::size_t>(std::clamp(age / 5, 0, age_groups_of_five - 1))];
                if (age < first_working_age || age > last_working_age) continue;
                ++r.working_age;
                c.young += age < 30;
                if (p.track != models::Track::none) ++c.students[index_of(p.track)];
                ++r.education[p.education == Education::low ? 0 : p.education == Education::mbo2_4 || p.education == Education::havo_vwo ? 1 : 2];
                r.unemployed += p.status == LabourStatus::unemployed;
                const bool works = p.status == LabourStatus::employed || p.status == LabourStatus::self_employed || p.contract == Contract::side_job;
                if (!works) continue;
                ++r.employed;
                if (p.status == LabourStatus::self_employed) {
                    ++r.self_employed;
                    ++r.groups[index_of(models::group_of(p.occupation))];  // a business is taken to stand at home
                }
                const std::size_t hours = p.hours < 20 ? 0 : p.hours < 28 ? 1 : p.hours < 35 ? 2 : 3;
                ++c.hours[static_cast<std::size_t>(working_age_group_of(age))][hours];
                c.part_time[sex][0] += hours < 3;
                ++c.part_time[sex][1];
                auto& group = c.women[index_of(models::group_of(p.occupation))];
                group[0] += sex == 1;
                ++group[1];
            }
            return c;
        },
        [](Counts& total, const Counts& part) {
            auto add = [](auto& to, const auto& from) {
                for (std::size_t i = 0; i < from.size(); ++i) to[i] += from[i];
            };
            for (std::size_t r = 0; r < total.region.size(); ++r) {
                auto& to = total.region[r];
                const auto& from = part.region[r];
                for (std::size_t s = 0; s < 2; ++s) add(to.population[s], from.population[s]);
                add(to.education, from.education);
                to.working_age += from.working_age;
                to.employed += from.employed;
                to.self_employed += from.self_employed;
                to.unemployed += from.unemployed;
                add(to.jobs_to, from.jobs_to);
                add(to.jobs, from.jobs);
                add(to.groups, from.groups);
            }
            add(total.students, part.students);
            total.young += part.young;
            for (std::size_t g = 0; g < working_age_groups; ++g) add(total.hours[g], part.hours[g]);
            for (std::size_t s = 0; s < 2; ++s) add(total.part_time[s], part.part_time[s]);
            for (std::size_t g = 0; g < 3; ++g) add(total.women[g], part.women[g]);
        });
}

template <class Counts_>
double share_of(const Counts_& counts, std::size_t i) {
    double sum = 0;
    for (const auto n : counts) sum += static_cast<double>(n);
    return sum > 0 ? static_cast<double>(counts[i]) / sum : 0;
}

double ratio(std::int64_t a, std::int64_t b) { return b > 0 ? static_cast<double>(a) / static_cast<double>(b) : 0; }

/// Filled jobs of the named employers of a region and sector: they come first among its employers, in the order of the tables.
std::map<std::string, double> named_staff(const models::World& world, const StartTables& start, double scale) {
    std::map<std::string, double> staff;
    std::map<std::pair<int, std::size_t>, std::vector<const NamedEmployer*>> wanted;
    for (const auto& n : start.named)
        for (int k = 0; k < n.units; ++k)
            if (n.staff * scale / n.units >= 0.5) wanted[{n.region, index_of(n.sector)}].push_back(&n);
    std::map<std::pair<int, std::size_t>, std::size_t> seen;
    for (const auto& e : world.employers.employer) {
        const std::pair<int, std::size_t> key{e.region, index_of(e.sector)};
        const auto found = wanted.find(key);
        if (found == wanted.end()) continue;
        const std::size_t k = seen[key]++;
        if (k >= found->second.size()) continue;
        double filled = 0;
        for (std::uint32_t p = e.first_post; p < e.first_post + e.posts; ++p) filled += world.employers.post[p].staff;
        staff[found->second[k]->name] += filled;
    }
    return staff;
}

}  // namespace

std::vector<MarginFit> fit_of(const models::World& world, const StartTables& start, double scale) {
    const Counts counts = count(world);
    const auto& names = world.tables->regions.names;
    const auto named = named_staff(world, start, scale);
    auto place = [](const auto& list, std::string_view word) { return static_cast<std::size_t>(std::find(list.begin(), list.end(), word) - list.begin()); };
    std::vector<MarginFit> cells;
    for (const auto& margin : start.margins) {
        MarginFit cell{margin, 0};
        const std::size_t n = place(names, margin.region);
        const Counts::Region* here = n < names.size() ? &counts.region[n] : nullptr;
        const auto space = margin.cell.find(' ');
        const std::string first = margin.cell.substr(0, space);
        const std::string rest = space == std::string::npos ? "" : margin.cell.substr(space + 1);
        if (margin.name == "population by age and sex") {
            cell.simulated = static_cast<double>(here->population[first == "men" ? 0 : 1][static_cast<std::size_t>(std::atoi(rest.c_str()) / 5)]) / scale;
        } else if (margin.name == "education in three levels, 15-74") {
            cell.simulated = share_of(here->education, first == "low" ? 0 : first == "middle" ? 1 : 2);
        } else if (margin.name == "net participation, 15-74, January 2021") {
            cell.simulated = ratio(here->employed, here->working_age);
        } else if (margin.name == "unemployment rate, 15-74, January 2021") {
            cell.simulated = ratio(here->unemployed, here->employed + here->unemployed);
        } else if (margin.name == "self-employed share of the employed") {
            cell.simulated = ratio(here->self_employed, here->employed);
        } else if (margin.name == "employee jobs by sector, shares") {
            for (std::size_t s = 0; s < models::sectors; ++s) {
                // Cells name the sectors that a published group holds.
                const std::string code(models::sector_codes[s]);
                if (("+" + margin.cell + "+").find("+" + code + "+") != std::string::npos) cell.simulated += share_of(here->jobs, s);
            }
        } else if (margin.name == "technical and ICT share of work") {
            cell.simulated = share_of(here->groups, first == "technical" ? 0 : 1);
        } else if (margin.name == "staff of named employers") {
            const auto found = named.find(margin.cell);
            cell.simulated = found == named.end() ? 0 : found->second / scale;
        } else if (margin.name == "residents' jobs by work region, shares") {
            const std::size_t w = rest == "rest_nl" ? names.size() : place(names, rest);
            // The matrix of 2014 knows no jobs abroad.
            std::vector<std::int64_t> inland(here->jobs_to.begin(), here->jobs_to.end() - 1);
            cell.simulated = share_of(inland, w);
        } else if (margin.name == "hours of the employed, shares by age") {
            cell.simulated = share_of(counts.hours[static_cast<std::size_t>(working_age_group_of(std::atoi(first.c_str())))], rest == "under 20" ? 0
                                                                                                                              : rest == "20-27"  ? 1
                                                                                                                              : rest == "28-34"  ? 2
                                                                                                                                                 : 3);
        } else if (margin.name == "part-time share of the employed by sex") {
            const auto& sex = counts.part_time[first == "men" ? 0 : 1];
            cell.simulated = ratio(sex[0], sex[1]);
        } else if (margin.name == "students per person of 15-29") {
            cell.simulated = ratio(counts.students[place(models::track_labels, first)], counts.young);
        } else if (margin.name == "women's share of the employed in the group") {
            const auto& group = counts.women[first == "technical" ? 0 : 1];
            cell.simulated = ratio(group[0], group[1]);
        } else
            throw sim::Bug("fit_of does not know the margin '" + margin.name + "'");
        cells.push_back(std::move(cell));
    }
    return cells;
}

std::vector<FitSummary> summarise(const std::vector<MarginFit>& cells) {
    std::vector<FitSummary> rows;
    std::vector<double> table;
    for (const auto& cell : cells) {
        std::size_t i = 0;
        while (i < rows.size() && rows[i].name != cell.margin.name) ++i;
        if (i == rows.size()) {
            rows.push_back({cell.margin.name, 0, -1, 0, "", cell.margin.status, cell.margin.source});
            table.push_back(0);
        }
        auto& row = rows[i];
        ++row.cells;
        const double error = std::abs(cell.error());
        row.mean_relative += error;
        table[i] += std::abs(cell.margin.value);
        if (error > row.largest) {
            row.largest = error;
            row.worst = cell.margin.region + ", " + cell.margin.cell;
        }
        row.status = std::max(row.status, cell.margin.status);
    }
    for (std::size_t i = 0; i < rows.size(); ++i) rows[i].mean_relative = table[i] > 0 ? rows[i].mean_relative / table[i] : 0;
    return rows;
}

}  // namespace regions
