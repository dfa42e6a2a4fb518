#include "models/awareness.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <cstring>
#include <utility>

#include "models/campaign.hpp"
#include "tests/support/school_world.hpp"
#include "tests/support/statistics.hpp"

using namespace models;

namespace {

/// People of 8 to 39 years in one region, with background campaigns; parameters are the caller's.
class CampaignWorld {
public:
    explicit CampaignWorld(const Parameters& p) : school(people) {
        school.tables.awareness.background = {100, 60};
        school.tables.awareness.months_to_technical.fill(6);
        school.parameters = p;
    }
    World& world() { return school.world; }
    /// Months of awareness alone; the world then stands at the month after them.
    void pass(int months) {
        for (int k = 0; k < months; ++k) {
            step_awareness(world(), world().month);
            ++world().month;
        }
    }
    tests::SchoolWorld school;

private:
    static constexpr std::size_t people = 32'000;
};

Parameters with_pressure(double young, double adults) {
    Parameters p;
    p.awareness.young_pressure = young;
    p.awareness.adult_pressure = adults;
    return p;
}

double mean_of_persons(const World& world, int from_age, int to_age, double (*of)(const World&, Row, sim::Month)) {
    double sum = 0;
    std::size_t persons = 0;
    for (Row row = 0; row < world.persons.size(); ++row) {
        if (!world.resident(row) || world.age(row) < from_age || world.age(row) >= to_age) continue;
        sum += of(world, row, world.month);
        ++persons;
    }
    REQUIRE(persons > 1000);
    return sum / static_cast<double>(persons);
}

}  // namespace

TEST_CASE("reach rises with pressure, saturates, and is nothing without pressure", "[models][unit]") {
    const AwarenessParameters p;
    CHECK(media_reach(0, p) == 0);
    CHECK(media_reach(p.reach_scale, p) == Approx(p.reach_maximum * (1 - std::exp(-1))));
    CHECK(media_reach(1e6, p) == Approx(p.reach_maximum));
    double last = 0, last_gain = 1;
    for (double pressure = 100; pressure <= 1000; pressure += 100) {
        const double now = media_reach(pressure, p);
        CHECK(now > last);
        CHECK(now - last < last_gain);
        last_gain = now - last;
        last = now;
    }
}

TEST_CASE("who is reached by the background is not reached again", "[models][property]") {
    AwarenessParameters p;
    for (const double maximum : {0.3, 0.75, 1.0})
        for (const double background : {0.0, 60.0, 400.0, 3000.0}) {
            p.reach_maximum = maximum;
            double last_overlap = 2;
            for (const double overlap : {0.0, 0.2, 0.4, 0.7, 1.0}) {
                p.overlap = overlap;
                double last = -1;
                for (const double pressure : {0.0, 50.0, 100.0, 400.0, 2000.0}) {
                    const Exposure e = exposure_of(pressure, background, p);
                    CHECK(e.fresh >= last);
                    CHECK(e.fresh <= media_reach(pressure, p));
                    CHECK(e.background + e.fresh <= 1 + 1e-12);
                    CHECK(e.fresh_given_none() <= 1 + 1e-12);
                    last = e.fresh;
                }
                CHECK(last <= last_overlap);
                last_overlap = last;
            }
        }
    p = {};
    const Exposure e = exposure_of(400, 100, p);
    CHECK(e.fresh == Approx(media_reach(400, p) * (1 - p.overlap)));  // the background is wide enough for the whole overlap
    CHECK(exposure_of(0, 100, p).fresh == 0);
    CHECK(exposure_of(400, 0, p).fresh == media_reach(400, p));
}

TEST_CASE("what an exposure gives halves every half-life", "[models][unit]") {
    AwarenessParameters p;
    p.half_life = 365.25 / 12 / 7;  // a month
    CHECK(remembered(2, p) == Approx(0.5 * remembered(1, p)));
    CHECK(remembered(1, p) == Approx(p.recall * std::sqrt(0.5)));
    CHECK(target_group_of(12 * 12 - 1) == -1);
    CHECK(target_group_of(12 * 12) == 0);
    CHECK(target_group_of(25 * 12 - 1) == 0);
    CHECK(target_group_of(25 * 12) == 1);
}

TEST_CASE("without a campaign awareness by campaigns is exactly none, and the background is there from the start", "[models][property]") {
    const Parameters none;
    CampaignWorld later(none);
    later.pass(6);
    const World& world = later.world();
    for (Row row = 0; row < world.persons.size(); row += 7) REQUIRE(campaign_awareness(world, row, world.month) == 0);
    CHECK(mean_adult_awareness(world, 0, world.month).campaign == 0);
    CHECK(mean_adult_awareness(world, 0, world.month).full > 0.01);
    CampaignWorld fresh(none);
    CHECK(mean_adult_awareness(world, 0, world.month).full == mean_adult_awareness(fresh.world(), 0, fresh.world().month).full);
}

TEST_CASE("awareness rises with pressure and falls with overlap, person by person", "[models][property]") {
    const auto never_falls = [](const std::vector<Parameters>& doses) {
        std::vector<double> last;
        double first_sum = 0, last_sum = 0;
        for (const Parameters& dose : doses) {
            CampaignWorld after(dose);
            after.pass(8);
            const World& world = after.world();
            std::vector<double> now;
            last_sum = 0;
            for (Row row = 0; row < world.persons.size(); row += 5) now.push_back(campaign_awareness(world, row, world.month));
            for (std::size_t i = 0; i < last.size(); ++i)
                if (now[i] < last[i]) return false;
            for (const double a : now) last_sum += a;
            if (last.empty()) first_sum = last_sum;
            last = now;
        }
        return last_sum > 1.1 * first_sum;
    };
    std::vector<Parameters> pressures, overlaps, recalls, talk;
    for (const double dose : {0.0, 30.0, 100.0, 400.0, 1500.0}) pressures.push_back(with_pressure(dose, dose));
    for (const double dose : {1.0, 0.4, 0.1, 0.0}) {
        overlaps.push_back(with_pressure(200, 200));
        overlaps.back().awareness.overlap = dose;
    }
    for (const double dose : {0.0, 0.1, 0.67, 1.0}) {
        talk.push_back(with_pressure(200, 200));
        talk.back().awareness.word_of_mouth = dose;
    }
    CHECK(never_falls(pressures));
    CHECK(never_falls(overlaps));
    CHECK(never_falls(talk));
    std::reverse(overlaps.begin(), overlaps.end());
    CHECK_FALSE(never_falls(overlaps));
}

TEST_CASE("a campaign for the young leaves adults unmoved, and fades after its end", "[models][property]") {
    const Parameters young = with_pressure(400, 0);
    CampaignWorld after(young);
    after.pass(6);
    World& world = after.world();
    CHECK(mean_adult_awareness(world, 0, world.month).campaign == 0);
    CHECK(mean_of_persons(world, 28, 39, campaign_awareness) == 0);
    const double then = mean_of_persons(world, 14, 25, campaign_awareness);
    CHECK(then > 0.05);
    after.school.parameters = Parameters{};
    double last = then;
    for (int k = 1; k <= exposure_months; ++k) {
        after.pass(1);
        const double now = mean_awareness(world, 0, world.month.number() - 18 * 12, world.month).campaign;
        if (k > 1) CHECK(now < last);
        last = now;
    }
    CHECK(last == 0);
}

TEST_CASE("closed forms are the means of what persons are aware of", "[models][statistics]") {
    for (const double pressure : {0.0, 100.0, 400.0}) {
        const Parameters p = with_pressure(pressure, 0.7 * pressure);
        CampaignWorld after(p);
        after.pass(5);
        const World& world = after.world();
        for (const auto& [from, to] : {std::pair{12, 15}, {15, 20}, {20, 25}, {25, 28}, {28, 39}}) {
            CAPTURE(pressure, from, to);
            double sum = 0, squares = 0, expected = 0, campaign = 0, expected_campaign = 0, campaign_squares = 0;
            double n = 0;
            for (Row row = 0; row < world.persons.size(); ++row) {
                if (!world.resident(row) || world.age(row) < from || world.age(row) >= to) continue;
                const MeanAwareness mean = mean_awareness(world, world.persons.region[row], world.persons.birth[row], world.month);
                const double full = full_awareness(world, row, world.month);
                const double fresh = campaign_awareness(world, row, world.month);
                REQUIRE(full >= fresh);
                sum += full;
                expected += mean.full;
                squares += (full - mean.full) * (full - mean.full);
                campaign += fresh;
                expected_campaign += mean.campaign;
                campaign_squares += (fresh - mean.campaign) * (fresh - mean.campaign);
                ++n;
            }
            REQUIRE(n > 1000);
            // Persons share ties, each of four at most, so a sum varies at most 1 + 2 x 4 times as much as one of strangers.
            const double z = tests::two_sided_deviate();
            CHECK(std::abs(sum - expected) <= z * std::sqrt(9 * squares));
            CHECK(std::abs(campaign - expected_campaign) <= z * std::sqrt(9 * campaign_squares));
            // The check can fail: with half the recall the mean is another.
            if (pressure > 0) {
                Parameters other = p;
                other.awareness.recall *= 0.5;
                CampaignWorld forgetful(other);
                forgetful.pass(5);
                const double wrong = n * mean_awareness(forgetful.world(), 0, world.month.number() - 12 * (from + to) / 2, world.month).full;
                CHECK(std::abs(sum - wrong) > z * std::sqrt(9 * squares));
            }
        }
    }
}

TEST_CASE("awareness does not depend on what was asked before or by whom", "[models][property]") {
    const Parameters p = with_pressure(200, 100);
    CampaignWorld after(p);
    after.pass(12);
    const World& world = after.world();
    std::vector<double> forwards, backwards;
    for (Row row = 0; row < 2000; ++row) forwards.push_back(campaign_awareness(world, row, world.month));
    for (Row row = 2000; row-- > 0;) backwards.push_back(campaign_awareness(world, row, world.month));
    std::reverse(backwards.begin(), backwards.end());
    CHECK(forwards == backwards);
    const auto last = static_cast<Row>(world.persons.size() - 1);
    CHECK(campaign_awareness(world, last, world.month) >= 0);  // a person at the end of the table has fewer ties
}

TEST_CASE("a campaign without pressure changes no byte of schooling, one with pressure brings more technical students", "[models][property]") {
    Parameters null = with_pressure(0, 0);
    null.awareness.recall = 1;
    null.awareness.overlap = 0;
    null.awareness.bbl_effect = 2;
    null.awareness.recognition_effect = 2;
    null.schooling.awareness_effect = 2;
    Parameters strong = null;
    strong.awareness.young_pressure = 400;
    const auto live = [](CampaignWorld& w) {
        for (int k = 0; k < 11; ++k) {
            w.school.step();
            step_awareness(w.world(), w.world().month);
            w.school.close();
        }
    };
    const auto same_records = [](const World& a, const World& b) {
        return std::memcmp(a.persons.record.data(), b.persons.record.data(), a.persons.size() * sizeof(Person)) == 0;
    };
    const auto technical = [](const World& world) {
        return std::count_if(world.persons.record.begin(), world.persons.record.end(),
                             [](const Person& p) { return p.track != Track::none && p.study_field != Field::other; });
    };
    CampaignWorld baseline({}), without(null), with(strong);
    live(baseline);
    live(without);
    live(with);
    CHECK(same_records(baseline.world(), without.world()));
    CHECK_FALSE(same_records(baseline.world(), with.world()));
    CHECK(technical(with.world()) > technical(baseline.world()));
}

TEST_CASE("who would qualify for technical or ICT work has a choice ahead or a short way", "[models][unit]") {
    AwarenessTables tables;
    tables.months_to_technical.fill(24);
    tables.months_to_technical[10] = 6;
    const AwarenessParameters p;
    Person pupil;
    pupil.status = LabourStatus::student;
    pupil.track = Track::vmbo;
    CHECK(would_qualify(pupil, 15, tables, p));
    CHECK_FALSE(would_qualify(pupil, 11, tables, p));
    pupil.track = Track::wo;
    CHECK_FALSE(would_qualify(pupil, 20, tables, p));
    Person worker;
    worker.status = LabourStatus::employed;
    worker.education = Education::mbo2_4;
    worker.occupation = 10;
    CHECK(would_qualify(worker, 40, tables, p));
    CHECK_FALSE(would_qualify(worker, 67, tables, p));
    worker.occupation = 11;
    CHECK_FALSE(would_qualify(worker, 40, tables, p));
    worker.occupation = 3;
    CHECK_FALSE(would_qualify(worker, 40, tables, p));
    worker.occupation = 10;
    worker.field = Field::technical;
    CHECK_FALSE(would_qualify(worker, 40, tables, p));
}

TEST_CASE("the report of a campaign gives needed, reachable and reached, the last within the second", "[models][property]") {
    const Parameters p;
    CampaignWorld here(p);
    std::size_t would = 0;
    for (Row row = 0; row < here.world().persons.size(); ++row)
        would += would_qualify(here.world().persons.record[row], (here.world().age_in_months(row) + 1) / 12, here.school.tables.awareness, p.awareness);
    here.school.tables.demand.first_month = here.world().month;
    here.school.tables.demand.growth.resize(2);
    for (auto& month : here.school.tables.demand.growth) month.fill(1.0);
    for (auto& post : here.world().employers.post) post.desired = post.occupation < first_other_occupation ? 210 : 500;
    const auto report = campaign_report(here.world());
    REQUIRE(report.size() == 1);
    CHECK(report[0].needed == Approx(40 * 2 * 10));  // two posts of each employer are technical or ICT
    CHECK(report[0].reachable == Approx(p.awareness.reach_maximum * static_cast<double>(would)));
    CHECK(report[0].reached > 0);
    CHECK(report[0].reached < report[0].reachable);
    here.school.parameters.awareness.background_factor = 0;
    CHECK(campaign_report(here.world())[0].reached == 0);
}
