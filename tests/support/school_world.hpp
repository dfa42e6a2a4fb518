#pragma once
/// A world of young people, schools and learning companies with round figures: for tests of schooling.

#include <cstdint>

#include "models/bbl.hpp"
#include "models/parameters.hpp"
#include "models/study_stock.hpp"
#include "models/tables.hpp"
#include "models/world.hpp"

namespace tests {

/// Round figures near those of the country; `regions` alike.
inline models::SchoolingTables school_tables(int regions = 1) {
    using namespace models;
    SchoolingTables t;
    t.vmbo_share.assign(static_cast<std::size_t>(regions), 0.5);
    t.vmbo_technical.assign(static_cast<std::size_t>(regions), {0.3, 0.06});
    t.vmbo_technical_national = {0.19, 0.195, 0.2};
    t.general_technical = {0.25, 0.1};
    const auto diploma = [&](Track track, std::initializer_list<double> from_two) {
        std::size_t y = 2;
        for (const double d : from_two) t.diploma[index_of(track)][y++] = d;
        for (; y < study_years; ++y) t.diploma[index_of(track)][y] = t.diploma[index_of(track)][y - 1];
    };
    diploma(Track::vmbo, {0, 0, 0.9});
    diploma(Track::havo_vwo, {0, 0, 0, 0.5, 0.85});
    diploma(Track::mbo_bol, {0.2, 0.5, 0.8});
    diploma(Track::mbo_bbl, {0.2, 0.5, 0.8});
    diploma(Track::hbo, {0, 0, 0.4});
    diploma(Track::wo, {0, 0, 0.3});
    t.next[index_of(Stage::vmbo)] = {0.86, 0, 0, 0.1, 0.04};
    t.next[index_of(Stage::havo)] = {0.1, 0.75, 0, 0, 0.15};
    t.next[index_of(Stage::vwo)] = {0, 0.1, 0.75, 0, 0.15};
    t.next[index_of(Stage::mbo_two_years)] = {0.4, 0, 0, 0, 0.6};
    t.next[index_of(Stage::mbo_three_years)] = {0.1, 0.2, 0, 0, 0.7};
    t.next[index_of(Stage::mbo_four_years)] = {0.0, 0.4, 0, 0, 0.6};
    t.next[index_of(Stage::hbo)] = {0, 0, 0.1, 0, 0.9};
    t.next[index_of(Stage::wo)] = {0, 0, 0, 0, 1};
    for (auto& passage : t.fields)
        for (std::size_t s = 0; s < 2; ++s)
            passage[s] = {FieldShares{0.7, 0.05, 0.25}, FieldShares{0.05, 0.8, 0.15}, s == 0 ? FieldShares{0.2, 0.1, 0.7} : FieldShares{0.03, 0.01, 0.96}};
    t.dropout = {{{0.005, 0.005}, {0.005, 0.005}, {0.09, 0.06}, {0.12, 0.1}, {0.13, 0.05}, {0.08, 0.03}}};
    t.dropout_sex = {1.1, 0.9};
    t.bbl_share = {0.4, 0.05, 0.15};
    t.returns = {0.2, 0.03, 0.4, 0.02, 0};
    for (auto& sector : t.recognised) sector = {0.5, 0.8, 0.9, 0.95};
    t.places_per_worker.fill(0.02);
    return t;
}

/// What `SchoolWorld::add_schools` is told of teachers.
struct TeachingFigures {
    float technical_posts = 0;  ///< of each school
    float ict_posts = 0;        ///< of each school but vmbo
    double open_share = 0;
    double knowledge = 0;
    double hybrid_before = 0;
    double hybrid_stay = 1;
};

/// Rows by birth month, ages 8 to 39, in education as the flows keep it; employers with posts of every occupation group.
class SchoolWorld {
public:
    /// Schools of vmbo, mbo and hbo in a world of one region, and the tables of teaching.
    void add_schools(const TeachingFigures& figures) {
        using namespace models;
        tables.scale = 1.0;
        auto& t = tables.teaching;
        t.outflow = 0.09;
        t.open_share.resize(1);
        for (auto& track : t.open_share[0]) track.fill(figures.open_share);
        t.knowledge = {figures.knowledge};
        t.knowledge_without = {figures.knowledge};
        t.hybrid_before = {figures.hybrid_before};
        t.hybrid_stay = {figures.hybrid_stay};
        for (const Track track : {Track::vmbo, Track::mbo_bol, Track::hbo}) {
            School school;
            school.track = track;
            school.posts[0] = figures.technical_posts;
            school.posts[1] = track == Track::vmbo ? 0 : figures.ict_posts;
            world.schools.school.push_back(school);
        }
    }
    /// One month of teaching alone.
    void teach() {
        ++world.month;
        models::step_teaching(world, world.month);
    }

    explicit SchoolWorld(std::size_t people, std::uint64_t seed = 1, int regions = 1, int employers_each = 40, int places_each = 10) {
        using namespace models;
        tables.schooling = school_tables(regions);
        for (int r = 0; r < regions; ++r) {
            tables.regions.names.push_back("Region " + std::to_string(r));
            tables.regions.municipalities.push_back({"Town " + std::to_string(r), r, 1000.0});
            tables.regions.first_municipality.push_back(r);
        }
        tables.regions.first_municipality.push_back(regions);
        const auto work = static_cast<std::size_t>(regions) + 2;
        tables.regions.minutes.assign(work * work, 30.0);
        tables.wages.youth_minimum.fill(8.0);
        tables.wages.median.fill(20.0);
        tables.wages.lower_quartile.fill(16.0);
        tables.wages.upper_quartile.fill(26.0);
        tables.wages.sector_factor.fill(1.0);
        world.tables = &tables;
        world.parameters = &parameters;
        world.regions = regions;
        world.random = sim::Random(seed, 0);
        world.month = sim::Month::of(2020, 12);
        world.market.contract_wage.fill(1.0);
        world.market.tightness.assign(work * occupations, 1.0);
        for (int r = 0; r < regions; ++r)
            for (int k = 0; k < employers_each; ++k) add_employer(r, places_each);
        world.append_persons(people);
        std::vector<StudyShares> shares;
        for (int r = 0; r < regions; ++r)
            for (const Sex sex : {Sex::men, Sex::women}) shares.emplace_back(tables.schooling, parameters.schooling, r, sex);
        constexpr int youngest = 8 * 12, months = 32 * 12;
        for (Row row = 0; row < people; ++row) {
            const auto region = static_cast<std::size_t>(row) * static_cast<std::size_t>(regions) / people;
            const std::size_t begin = region * people / static_cast<std::size_t>(regions), each = people / static_cast<std::size_t>(regions) + 1;
            const int age = youngest + static_cast<int>((row - begin) * months / each);
            world.persons.birth[row] = static_cast<std::uint16_t>(world.month.number() - age);
            world.persons.region[row] = static_cast<std::uint8_t>(region);
            Person& p = world.persons.record[row];
            p.sex = static_cast<Sex>(row % 2);
            p.status = age < 15 * 12 ? LabourStatus::child : LabourStatus::inactive;
            p.since = stored(world.month - 12);
            const auto study = shares[region * 2 + index_of(p.sex)].draw(school_cohort(world.persons.birth[row], world.month),
                                                                         world.random.uniform({key_entry, sim::person(row), world.month, 0}));
            if (!study) give_level(p, shares[region * 2 + index_of(p.sex)], row);
            if (study && study->track != Track::mbo_bbl) {
                if (p.status == LabourStatus::inactive) p.status = LabourStatus::student;
                p.track = study->track;
                p.study_field = study->field;
                p.study_start = stored_school_year(school_year(world.month) - study->years);
            }
            world.refresh(row);
        }
    }
    /// The highest level of somebody who has left education, as the flows of schooling give it.
    void give_level(models::Person& p, const models::StudyShares& shares, models::Row row) const {
        using namespace models;
        const int cohort = school_cohort(world.persons.birth[row], world.month);
        double all = 0;
        for (int e = 0; e < 5; ++e)
            for (int f = 0; f < 3; ++f) all += shares.left_with(cohort, static_cast<Education>(e), static_cast<Field>(f));
        double u = all * world.random.uniform({key_newcomer, sim::person(row), world.month, 0});
        for (int e = 0; e < 5; ++e)
            for (int f = 0; f < 3; ++f) {
                const double here = shares.left_with(cohort, static_cast<Education>(e), static_cast<Field>(f));
                if (u >= 0 && u < here) {
                    p.education = static_cast<Education>(e);
                    p.field = static_cast<Field>(f);
                }
                u -= here;
            }
    }
    void add_employer(int region, int places) {
        using namespace models;
        Employer e;
        e.first_post = static_cast<std::uint32_t>(world.employers.post.size());
        e.posts = 3;
        e.region = e.gate = static_cast<std::uint8_t>(region);
        e.sector = Sector::construction;
        e.learning_company = 1;
        e.bbl_places = static_cast<std::uint16_t>(places);
        for (const Occupation o : {Occupation{2}, Occupation{9}, Occupation{17}}) {
            Post post;
            post.employer = static_cast<std::uint32_t>(world.employers.size());
            post.occupation = o;
            post.staff = 200;
            post.desired = 200;
            world.employers.post.push_back(post);
        }
        world.employers.employer.push_back(e);
    }
    /// One month of schooling alone.
    void step() {
        ++world.month;
        models::step_schooling(world, world.month);
    }
    void close() {
        world.departures.clear();
        world.close_month();
    }
    void run_until(sim::Month month) {
        while (world.month < month) {
            step();
            if (world.month < month) close();
        }
    }
    [[nodiscard]] std::size_t count(models::Track track) const {
        std::size_t n = 0;
        for (const auto& p : world.persons.record) n += p.track == track;
        return n;
    }

    models::Tables tables;
    models::Parameters parameters;
    models::World world;
};

}  // namespace tests
