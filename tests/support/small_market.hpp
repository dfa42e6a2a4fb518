#pragma once
/// A small labour market with figures set by hand: two regions, jobs that end at a constant rate and are opened again. For tests of search and matching alone.

#include <cstdint>
#include <vector>

#include "models/parameters.hpp"
#include "models/search.hpp"
#include "models/tables.hpp"
#include "models/vacancy_slots.hpp"
#include "models/world.hpp"
#include "sim/parallel.hpp"
#include "sim/random.hpp"

namespace tests {

/// Tables and parameters outlive the worlds made from them; worlds may be copied.
class SmallMarket {
public:
    static constexpr int regions = 2;

    explicit SmallMarket(std::size_t people = 20'000, std::size_t employers = 400, std::uint64_t seed = 1) {
        using namespace models;
        tables.regions.names = {"North", "South"};
        tables.regions.codes = {"N", "S"};
        tables.regions.municipalities = {{"Northtown", 0, 0}, {"Southtown", 1, 0}};
        tables.regions.first_municipality = {0, 1, 2};
        tables.regions.minutes = {28, 50, 45, 60, 50, 28, 45, 60, 45, 45, 28, 90, 60, 60, 90, 28};
        auto& search = tables.search;
        for (std::size_t o = 0; o < occupations; ++o) {
            search.workers[o] = 1.0 / occupations;
            search.side_jobs[o] = 1.0 / occupations;
            search.required_education[o] = o % 3;
            for (std::size_t to = 0; to < occupations; ++to) search.switches[o * occupations + to] = o == to ? 0 : 1.0 / (occupations - 1);
            tables.wages.median[o] = 18 + static_cast<double>(o % 5);
            tables.wages.lower_quartile[o] = 14 + static_cast<double>(o % 5);
            tables.wages.upper_quartile[o] = 24 + static_cast<double>(o % 5);
        }
        search.temporary.fill(0.6);
        for (auto& sex : search.hours) sex.fill({0.1, 0.2, 0.3, 0.4});
        tables.wages.sector_factor.fill(1.0);

        world.tables = &tables;
        world.parameters = &parameters;
        world.regions = regions;
        world.random = sim::Random(seed, 0);
        world.month = sim::Month::of(2021, 1);
        world.market.contract_wage.fill(1.0);
        world.market.tightness.assign((regions + 2) * occupations, 1.0);
        for (std::size_t e = 0; e < employers; ++e) {
            Employer employer;
            // One in ten stands outside, next to one of the regions.
            employer.region = static_cast<std::uint8_t>(e % 10 == 0 ? regions + (e / 10) % 2 : e % 2);
            employer.gate = static_cast<std::uint8_t>(e % 10 == 0 ? (e / 20) % 2 : e % 2);
            employer.sector = static_cast<Sector>(e % sectors);
            employer.first_post = static_cast<std::uint32_t>(world.employers.post.size());
            employer.posts = 5;
            world.employers.employer.push_back(employer);
            for (std::size_t n = 0; n < 5; ++n) {
                Post post;
                post.employer = static_cast<std::uint32_t>(e);
                post.occupation = static_cast<Occupation>((e + 4 * n) % occupations);
                world.employers.post.push_back(post);
            }
        }
        world.append_persons(people);
        auto& persons = world.persons;
        for (Row row = 0; row < people; ++row) {
            const auto draw = world.random.draw({999, sim::person(row), sim::Month(0), 0});
            const auto more = world.random.draw({999, sim::person(row), sim::Month(0), 1});
            Person& person = persons.record[row];
            persons.birth[row] = static_cast<std::uint16_t>(world.month.number() - 12 * 16 - static_cast<int>(draw.uniform(0) * 12 * 58));
            persons.region[row] = static_cast<std::uint8_t>(row < people / 2 ? 0 : 1);
            person.municipality = persons.region[row];
            person.sex = static_cast<Sex>(row % 2);
            person.education = static_cast<Education>(sim::place_of(draw.words[1], 5));
            person.field = static_cast<Field>(sim::place_of(draw.words[2], 3));
            person.since = static_cast<StoredMonth>(world.month.number() - 1 - static_cast<int>(more.uniform(1) * 60));
            if (row % 20 == 0) persons.region[row] = static_cast<std::uint8_t>(regions + (row / 20) % 2);  // home outside
            const bool outside = persons.region[row] >= regions;
            const double u = draw.uniform(3);
            person.status = outside    ? LabourStatus::outside
                            : u < 0.65 ? LabourStatus::employed
                            : u < 0.72 ? LabourStatus::unemployed
                            : u < 0.88 ? LabourStatus::inactive
                            : u < 0.93 ? LabourStatus::self_employed
                                       : LabourStatus::student;
            if (person.status == LabourStatus::self_employed) {
                person.occupation = static_cast<Occupation>(sim::place_of(more.words[0], occupations));
                person.contract = Contract::self_employed;
            }
            if (person.status == LabourStatus::employed || (outside && u < 0.5)) {
                PostNumber post = sim::place_of(more.words[0], static_cast<std::uint32_t>(world.employers.post.size()));
                if (outside)  // jobs of the gate's region only
                    while (world.employer_of(post).region != person.municipality) post = (post + 1) % world.employers.post.size();
                persons.post[row] = post;
                person.occupation = world.employers.post[post].occupation;
                person.contract = more.uniform(2) < 0.3 ? Contract::temporary : Contract::permanent;
                if (person.contract == Contract::temporary)
                    person.ends = static_cast<StoredMonth>(world.month.number() + static_cast<int>(more.uniform(3) * 20));
                person.wage = static_cast<std::uint16_t>(1200 + more.uniform(3) * 1500);
                person.hours = 32;
                ++world.employers.post[post].staff;
            } else if (person.status == LabourStatus::unemployed) {
                person.previous = static_cast<Occupation>(sim::place_of(more.words[0], occupations));
            }
            world.refresh(row);
        }
        for (auto& post : world.employers.post) post.desired = static_cast<float>(post.staff + 1);
        make_slots(0.12);
    }

    /// Slot tables of this many slots a job.
    void make_slots(double per_job) {
        std::vector<double> jobs(static_cast<std::size_t>(regions + 2) * models::occupations, 0.0);
        for (models::PostNumber p = 0; p < world.employers.post.size(); ++p)
            jobs[models::submarket_of(world, p)] += static_cast<double>(world.employers.post[p].desired);
        std::vector<std::uint32_t> sizes;
        for (const double j : jobs) sizes.push_back(static_cast<std::uint32_t>(j * per_job) + 4);
        models::make_slot_tables(world, sizes);
    }

    /// Opens jobs again: each settled departure one opening, half of them without a vacancy; and `extra` more over all posts.
    static std::vector<models::Vacancy> openings(models::World& world, std::size_t extra = 0) {
        std::vector<models::Vacancy> openings;
        std::vector<std::uint16_t> count(world.employers.post.size(), 0);
        const auto open = [&](models::PostNumber post, std::uint32_t word) {
            models::Vacancy v;
            v.post = post;
            v.opened = models::stored(world.month);
            v.index = count[post]++;
            v.posted = word % 2;
            openings.push_back(v);
        };
        for (const auto& d : world.departures) open(d.post, world.random.draw({998, sim::person(d.row), world.month, 0}).words[0]);
        for (std::size_t i = 0; i < extra; ++i) {
            const auto draw = world.random.draw({997, sim::region(i), world.month, 0});
            open(sim::place_of(draw.words[0], static_cast<std::uint32_t>(world.employers.post.size())), draw.words[1]);
        }
        world.departures.clear();
        return openings;
    }

    /// One month: jobs open again, a share of employees loses the job, search.
    static void live_a_month(models::World& world, double loss = 0.015, std::size_t extra = 0) {
        ++world.month;
        models::place_openings(world, openings(world, extra));
        sim::for_each_block(world.persons.size(), [&](sim::Block block) {
            for (models::Row row = block.begin; row < block.end; ++row)
                if (world.persons.post[row] != models::no_post && world.random.uniform({996, sim::person(row), world.month, 0}) < loss)
                    world.leave_work(row, models::Cause::layoff,
                                     world.resident(row)
                                         ? (world.persons.record[row].status == models::LabourStatus::student ? models::LabourStatus::student
                                                                                                              : models::LabourStatus::unemployed)
                                         : models::LabourStatus::outside);
        });
        world.settle();
        models::step_search(world, world.month);
        world.close_month();
    }

    models::Tables tables;
    models::Parameters parameters;
    models::World world;
};

}  // namespace tests
