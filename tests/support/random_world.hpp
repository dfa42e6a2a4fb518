#pragma once
/// A small world of random people, employers and vacancies that lives by random calls of the world's own changes: for tests of what is
/// counted, not of how people behave.

#include <algorithm>
#include <cstdint>
#include <random>
#include <vector>

#include "models/parameters.hpp"
#include "models/tables.hpp"
#include "models/world.hpp"

namespace tests {

class RandomWorld {
public:
    static constexpr int regions = 2;
    static constexpr std::size_t posts_each = 4;

    /// `employers` in each region (a tenth of it outside); `activity`: share of persons to whom something happens in a month.
    explicit RandomWorld(unsigned seed, std::size_t people = 20'000, int employers = 100, double activity = 0.12) : luck_(seed), activity_(activity) {
        tables_.regions.names = {"North", "South"};
        tables_.regions.codes = {"CR01", "CR02"};
        const sim::Month first = sim::Month::of(2021, 1);
        tables_.wages.first_month = first;
        tables_.demand.first_month = first;
        for (int month = 0; month < 48; ++month) {
            tables_.wages.prices.push_back(1.0 + 0.002 * month);
            std::array<double, models::sectors> ones;
            ones.fill(1.0);
            tables_.wages.contract_wage.push_back(ones);
            tables_.demand.growth.push_back(ones);
            tables_.demand.tightness.push_back(1.0);
        }
        world_.tables = &tables_;
        world_.parameters = &parameters_;
        world_.regions = regions;
        world_.month = first - 1;
        world_.market.contract_wage.fill(1.0);
        const auto markets = static_cast<std::size_t>(world_.work_regions()) * models::occupations;
        world_.market.tightness.assign(markets, 1.0);
        world_.vacancies.open.assign(markets, 0);
        for (auto* flow :
             {&world_.vacancies.flows.opened, &world_.vacancies.flows.filled, &world_.vacancies.flows.lapsed, &world_.vacancies.flows.filled_half_months})
            flow->assign(markets, 0);
        for (int region = 0; region < world_.work_regions(); ++region)
            for (int n = 0; n < (region < regions ? employers : employers / 10); ++n) add_employer(static_cast<std::uint8_t>(region));
        world_.append_persons(people);
        for (models::Row row = 0; row < people; ++row) invent(row);
        for (const auto post : world_.persons.post)
            if (post != models::no_post) ++world_.employers.post[post].staff;
    }

    models::World& world() { return world_; }

    /// One month of random events, up to the indicators (which the caller records before `World::close_month`).
    void live_a_month() {
        ++world_.month;
        const auto people = static_cast<models::Row>(world_.persons.size());
        newcomers(static_cast<int>(people / 500));
        for (models::Row row = 0; row < people; ++row) {
            if (world_.persons.region[row] == models::gone || !chance(activity_)) continue;
            event(row);
            if (chance(0.2)) school(row);
        }
        world_.settle();
        for (std::size_t m = 0; m < world_.vacancies.open.size(); ++m) {
            auto& flows = world_.vacancies.flows;
            flows.opened[m] = below(5);
            flows.filled[m] = below(world_.vacancies.open[m] + 1);
            flows.lapsed[m] = below(world_.vacancies.open[m] - flows.filled[m] + 1);
            flows.filled_half_months[m] = flows.filled[m] * 5;
            world_.vacancies.open[m] += flows.opened[m] - flows.filled[m] - flows.lapsed[m];
        }
    }

private:
    bool chance(double p) { return std::uniform_real_distribution<>()(luck_) < p; }
    int below(int n) { return std::uniform_int_distribution<>(0, n - 1)(luck_); }
    template <class Label>
    Label any(int labels) {
        return static_cast<Label>(below(labels));
    }

    void add_employer(std::uint8_t region) {
        models::Employer e;
        e.first_post = static_cast<std::uint32_t>(world_.employers.post.size());
        e.posts = posts_each;
        e.region = region;
        e.gate = region < regions ? region : static_cast<std::uint8_t>(below(regions));
        e.sector = any<models::Sector>(models::sectors);
        e.learning_company = static_cast<std::uint8_t>(chance(0.3));
        e.bbl_places = static_cast<std::uint16_t>(e.learning_company * 5);
        e.bbl_taken = static_cast<std::uint16_t>(e.learning_company * below(6));
        for (std::size_t i = 0; i < posts_each; ++i) {
            models::Post post;
            post.employer = static_cast<std::uint32_t>(world_.employers.size());
            post.occupation = static_cast<models::Occupation>(i == 0 ? below(models::first_other_occupation) : below(models::occupations));
            post.desired = 20;
            world_.employers.post.push_back(post);
        }
        world_.employers.employer.push_back(e);
    }

    models::PostNumber any_post(bool inside) {
        const auto posts = static_cast<int>(world_.employers.post.size());
        for (;;) {
            const auto post = static_cast<models::PostNumber>(below(posts));
            if (!inside || world_.employer_of(post).region < regions) return post;
        }
    }

    void invent(models::Row row) {
        using namespace models;
        Person& p = world_.persons.record[row];
        const bool outsider = chance(0.1);
        world_.persons.birth[row] = static_cast<std::uint16_t>(world_.month.number() - below(outsider ? 60 * 12 : 95 * 12) - (outsider ? 15 * 12 : 0));
        world_.persons.region[row] = static_cast<std::uint8_t>(outsider ? regions + below(2) : below(regions));
        p.sex = any<Sex>(2);
        p.education = any<Education>(5);
        p.field = any<Field>(3);
        p.status = outsider ? LabourStatus::outside : status_of_age(world_.age(row));
        give_track(p);
        if (outsider && chance(0.5)) {
            p.status = LabourStatus::employed;
            give_job(row, any_post(true));
        } else if (p.status == LabourStatus::employed || (p.status == LabourStatus::student && chance(0.5))) {
            give_job(row, any_post(false));
        } else if (p.status == LabourStatus::self_employed) {
            p.occupation = any<Occupation>(occupations);
            p.contract = Contract::self_employed;
        }
        world_.refresh(row);
    }

    models::LabourStatus status_of_age(int age) {
        using models::LabourStatus;
        if (age < 15) return LabourStatus::child;
        if (age >= 70) return LabourStatus::retired;
        return static_cast<LabourStatus>(1 + below(5));
    }
    void give_track(models::Person& p) {
        using namespace models;
        const bool learns =
            p.status == LabourStatus::student || (p.status == LabourStatus::child && chance(0.3)) || (p.status == LabourStatus::employed && chance(0.1));
        p.track = learns ? any<Track>(tracks) : Track::none;
        if (!learns) return;
        p.study_field = any<Field>(3);
        p.study_start = static_cast<std::uint8_t>(26 + below(5));
    }
    void give_job(models::Row row, models::PostNumber post) {
        using namespace models;
        Person& p = world_.persons.record[row];
        world_.persons.post[row] = post;
        p.occupation = world_.employers.post[post].occupation;
        p.contract = p.status == LabourStatus::student ? Contract::side_job : p.track == Track::mbo_bbl ? Contract::bbl : Contract::permanent;
        p.wage = static_cast<std::uint16_t>(1200 + below(3000));
        p.hours = static_cast<std::uint8_t>(4 + below(38));
    }

    void newcomers(int number) {
        using namespace models;
        const Row first = world_.append_persons(static_cast<std::size_t>(number));
        for (Row row = first; row < first + static_cast<Row>(number); ++row) {
            Person& p = world_.persons.record[row];
            p.status = LabourStatus::outside;
            const bool born = chance(0.4);
            world_.persons.birth[row] = static_cast<std::uint16_t>(world_.month.number() - (born ? 0 : below(80 * 12)));
            if (chance(0.1)) continue;  // a row that stays outside for good
            p.status = born ? LabourStatus::child : status_of_age(world_.age(row));
            if (p.status == LabourStatus::employed) p.status = LabourStatus::unemployed;
            if (p.status == LabourStatus::self_employed) {
                p.occupation = any<Occupation>(occupations);
                p.contract = Contract::self_employed;
            }
            give_track(p);
            const Event event = born ? Event::birth : chance(0.5) ? Event::immigration : Event::move_in_nl;
            world_.arrive(row, event, static_cast<std::uint8_t>(below(regions)), 0);
        }
    }

    void event(models::Row row) {
        using namespace models;
        auto& persons = world_.persons;
        const LabourStatus status = persons.record[row].status;
        const bool resident = world_.resident(row);
        if (resident && chance(0.1)) {
            const Event ways[] = {Event::death, Event::emigration, Event::move_out_nl};
            world_.depart(row, ways[below(3)]);
            return;
        }
        if (resident && chance(0.1)) world_.move_home(row, static_cast<std::uint8_t>(1 - persons.region[row]), 0);
        if (!resident) {
            if (persons.post[row] == no_post || chance(0.3)) {
                world_.take_job(row, any_post(true), Contract::temporary, LabourStatus::employed, 2000, 36, 0);
            } else {
                world_.leave_work(row, Cause::quit, LabourStatus::outside);
            }
            return;
        }
        if (status == LabourStatus::child || status == LabourStatus::retired) return;
        if (persons.record[row].occupation != no_occupation && chance(0.5)) {
            if (status == LabourStatus::student) {
                world_.leave_work(row, Cause::contract_end, LabourStatus::student);
                return;
            }
            const Cause why[] = {Cause::quit, Cause::layoff, Cause::closure, Cause::disability, Cause::retirement};
            const LabourStatus then[] = {LabourStatus::unemployed, LabourStatus::unemployed, LabourStatus::unemployed, LabourStatus::inactive,
                                         LabourStatus::retired};
            const int which = below(5);
            if (persons.record[row].track != Track::none) {  // who learns and loses the job is a student
                world_.leave_work(row, Cause::contract_end, LabourStatus::student);
                return;
            }
            world_.leave_work(row, why[which], then[which]);
            return;
        }
        if (persons.record[row].occupation == no_occupation && chance(0.2)) {
            const LabourStatus next = chance(0.5) ? LabourStatus::inactive : LabourStatus::unemployed;
            world_.touch(row).track = Track::none;
            world_.change_status(row, next);
            return;
        }
        const bool side_job = status == LabourStatus::student && chance(0.5);
        PostNumber post = any_post(false);
        if (persons.post[row] != no_post && chance(0.5))  // within the same employer
            post = world_.employer_of(persons.post[row]).first_post + static_cast<PostNumber>(below(posts_each));
        if (post == persons.post[row]) return;
        world_.take_job(row, post, side_job ? Contract::side_job : Contract::temporary, side_job ? LabourStatus::student : LabourStatus::employed,
                        static_cast<std::uint16_t>(1200 + below(3000)), static_cast<std::uint8_t>(4 + below(38)), 0);
    }

    /// Diplomas, drop-outs and new tracks of people in education whose status allows it.
    void school(models::Row row) {
        using namespace models;
        const Person& is = world_.persons.record[row];
        if (!world_.resident(row) || is.track == Track::none) return;
        Person& p = world_.touch(row);
        if (chance(0.5)) p.diploma = stored(world_.month);
        if (p.status == LabourStatus::student || chance(0.5)) {
            p.track = any<Track>(tracks);
            p.study_start = static_cast<std::uint8_t>(p.study_start + below(2));
        } else {
            p.track = Track::none;
        }
        world_.refresh(row);
    }

    std::mt19937 luck_;
    double activity_;
    models::Tables tables_;
    models::Parameters parameters_;
    models::World world_;
};

}  // namespace tests
