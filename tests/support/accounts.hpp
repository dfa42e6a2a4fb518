#pragma once
/// The accounts that close exactly in every replicate, month and region (output schema), checked on a trajectory in memory.

#include <cstdint>
#include <span>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include <catch2/catch.hpp>

#include "models/labels.hpp"
#include "sim/trajectory.hpp"

namespace tests {

/// One line for each account that is open somewhere: which, and the first place with both sides.
class Accounts {
public:
    /// Points of time beyond `points` (months that were not simulated) are left out.
    Accounts(const sim::Trajectory& trajectory, std::size_t points) : t_(trajectory), points_(points), regions_(trajectory.length("region")) {}

    [[nodiscard]] std::vector<std::string> open() {
        for (std::size_t replicate = 0; replicate < t_.replicates().size(); ++replicate)
            for (std::size_t time = 0; time < points_; ++time)
                for (std::size_t region = 0; region < regions_; ++region) {
                    replicate_ = replicate;
                    time_ = time;
                    region_ = region;
                    check_stocks();
                    if (time > 0) check_flows();
                }
        return problems_;
    }

private:
    using Counts = std::span<const std::int32_t>;
    static constexpr int statuses = models::resident_statuses;

    [[nodiscard]] Counts at(std::string_view name, std::size_t time, std::size_t region) const {
        const Counts all = t_.counts(t_.find(name), replicate_, time);
        return all.subspan(region * (all.size() / regions_), all.size() / regions_);
    }
    [[nodiscard]] Counts now(std::string_view name) const { return at(name, time_, region_); }
    [[nodiscard]] Counts before(std::string_view name) const { return at(name, time_ - 1, region_); }
    [[nodiscard]] static long long sum(Counts values) {
        long long total = 0;
        for (const auto v : values) total += v;
        return total;
    }
    /// Sum of `length` values from `first` on with a stride.
    [[nodiscard]] static long long sum(Counts values, std::size_t first, std::size_t length, std::size_t stride = 1) {
        long long total = 0;
        for (std::size_t i = 0; i < length; ++i) total += values[first + i * stride];
        return total;
    }
    void equal(long long left, long long right, std::string_view account) {
        if (left == right) return;
        for (const auto& known : open_)
            if (known == account) return;
        open_.emplace_back(account);
        std::ostringstream line;
        line << "account " << account << ": " << left << " against " << right << " (replicate " << replicate_ << ", time " << time_ << ", region " << region_
             << ")";
        problems_.push_back(line.str());
    }

    void check_stocks() {
        const Counts persons = now("persons");
        const std::size_t cells_of_status = persons.size() / statuses;
        const auto in_status = [&](models::LabourStatus s) { return sum(persons, models::index_of(s) * cells_of_status, cells_of_status); };

        const Counts by_education = now("persons_by_education");
        for (std::size_t s = 0; s < statuses; ++s)
            equal(sum(persons, s * cells_of_status, cells_of_status), sum(by_education, s * 5, 5), "2: persons against persons_by_education");
        equal(in_status(models::LabourStatus::employed) + in_status(models::LabourStatus::self_employed), sum(now("employed")),
              "3: persons at work against employed");
        equal(sum(now("jobs")), sum(now("jobs_by_occupation")), "4: jobs by sector against occupation");
        equal(sum(now("students")), in_status(models::LabourStatus::student) + now("pupils_under_15")[0] + now("students_at_work")[0], "6: students");

        const Counts employed = now("employed");
        const Counts by_kind = now("employed_by_kind");
        const Counts employed_by_education = now("employed_by_education");
        std::vector<long long> of_group(3);
        long long employees = 0;
        for (std::size_t o = 0; o < models::occupations; ++o) {
            equal(sum(by_kind, o * 3, 3), sum(employed, o * 2, 2), "7: employed_by_kind against employed");
            of_group[models::index_of(models::group_of(static_cast<models::Occupation>(o)))] += sum(employed, o * 2, 2);
            employees += by_kind[o * 3] + by_kind[o * 3 + 2];
        }
        for (std::size_t g = 0; g < 3; ++g) equal(sum(employed_by_education, g * 15, 15), of_group[g], "7: employed_by_education against employed");
        equal(sum(now("commuting")), employees + sum(now("working_students")), "8: residents' jobs by place");
        long long held_from_regions = 0;
        for (std::size_t home = 0; home < regions_; ++home) held_from_regions += at("commuting", time_, home)[region_];
        equal(sum(now("jobs")), held_from_regions + sum(now("in_commuters")), "9: jobs by who holds them");

        const Counts places = now("bbl_places");
        const Counts taken = now("bbl_places_taken");
        for (std::size_t s = 0; s < places.size(); ++s) equal(taken[s] <= places[s], 1, "13: BBL places taken");
        for (const char* name : {"persons", "persons_by_education", "employed", "employed_by_kind", "employed_by_education", "working_students", "commuting",
                                 "in_commuters", "jobs", "jobs_by_occupation", "employers", "vacancies", "students", "pupils_under_15", "students_at_work",
                                 "learning_companies", "bbl_places", "bbl_places_taken"})
            for (const auto v : now(name)) equal(v >= 0, 1, std::string("13: negative or missing count in ") + name);
    }

    void check_flows() {
        using models::Event;
        using models::index_of;
        const Counts status_flow = now("status_flow");
        constexpr std::size_t all = 8;
        for (std::size_t s = 0; s < statuses; ++s) {
            const std::size_t cells = now("persons").size() / statuses;
            const long long change = sum(now("persons"), s * cells, cells) - sum(before("persons"), s * cells, cells);
            equal(change, sum(status_flow, s, all, all) - sum(status_flow, s * all, all), "1: change of persons against status_flow");
        }
        for (std::size_t s = 0; s < all; ++s) equal(status_flow[s * all + s], 0, "1: diagonal of status_flow");

        long long internal_hires = 0;
        long long internal_separations = 0;
        const Counts hires = now("hires");
        const Counts separations = now("separations");
        for (std::size_t o = 0; o < models::occupations; ++o) {
            equal(now("jobs_by_occupation")[o] - before("jobs_by_occupation")[o], sum(hires, o * 9, 9) - sum(separations, o * models::causes, models::causes),
                  "5: jobs against hires and separations");
            internal_hires += hires[o * 9 + index_of(models::Origin::internal)];
            internal_separations += separations[o * models::causes + index_of(models::Cause::internal)];
            equal(now("vacancies")[o] - before("vacancies")[o], now("vacancies_opened")[o] - now("vacancies_filled")[o] - now("vacancies_lapsed")[o],
                  "11: vacancies");
        }
        equal(internal_hires, internal_separations, "5: changes inside a job");

        const Counts flow = now("technical_flow");
        constexpr std::size_t pathways = models::pathway_labels.size();
        constexpr std::size_t ways_in = index_of(models::Pathway::out_group);
        for (std::size_t g = 0; g < 2; ++g) {
            const std::size_t first = g == 0 ? 0 : models::first_ict_occupation;
            const std::size_t last = g == 0 ? models::first_ict_occupation : models::first_other_occupation;
            const long long change = sum(now("employed"), first * 2, (last - first) * 2) - sum(before("employed"), first * 2, (last - first) * 2);
            equal(change, sum(flow, g * pathways, ways_in) - sum(flow, g * pathways + ways_in, pathways - ways_in),
                  "10: technical and ICT workers against technical_flow");
        }

        const Counts events = now("demography");
        const auto event = [&](Event e) { return static_cast<long long>(events[index_of(e)]); };
        constexpr std::size_t outside = statuses;
        equal(sum(status_flow, outside * all, all), event(Event::birth) + event(Event::move_in_region) + event(Event::move_in_nl) + event(Event::immigration),
              "12: arrivals");
        equal(sum(status_flow, outside, all, all), event(Event::death) + event(Event::move_out_region) + event(Event::move_out_nl) + event(Event::emigration),
              "12: departures");
        for (const char* name : {"status_flow", "demography", "hires", "separations", "technical_flow", "vacancies_opened", "vacancies_filled",
                                 "vacancies_lapsed", "intake", "dropouts", "diplomas"})
            for (const auto v : now(name)) equal(v >= 0, 1, std::string("13: negative or missing count in ") + name);
    }

    const sim::Trajectory& t_;
    std::size_t points_;
    std::size_t regions_;
    std::size_t replicate_ = 0;
    std::size_t time_ = 0;
    std::size_t region_ = 0;
    std::vector<std::string> open_;
    std::vector<std::string> problems_;
};

/// Fails, and names each open account, where one does not close. `points` = 0 takes all points of time.
inline void check_accounts(const sim::Trajectory& trajectory, std::size_t points = 0) {
    const auto open = Accounts(trajectory, points == 0 ? trajectory.points() : points).open();
    for (const auto& problem : open) UNSCOPED_INFO(problem);
    CHECK(open.empty());
}

}  // namespace tests
