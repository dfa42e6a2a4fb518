#pragma once
/// Work-learning with a job guarantee (part of process 3): people at a distance to the labour market learn a trade and get a job that employers have promised.
/// Model description, section 4; the case is Stroomopwaarts (installers of solar panels, chargers and heat pumps) in Groot-Rijnmond from 2023.
///
/// Inactive people and those unemployed for a year apply by a thinned stream; the places of a month go by lot. Who takes part is inactive until the end, may
/// drop out each month, and at the end begins at an employer of the region that gave the guarantee and has room.

#include <array>
#include <cstdint>
#include <vector>

#include "models/labels.hpp"
#include "models/parameter.hpp"
#include "models/person.hpp"
#include "sim/month.hpp"
#include "sim/process.hpp"

namespace models {

struct World;

/// Applications of people without work: word 1 is the order in which places are handed out.
inline const sim::ProcessInfo work_learning_info{.name = "application for work-learning",
                                                 .key = 48,
                                                 .reads = {"birth", "region", "status", "since", "distance", "education", "track", "programme"},
                                                 .writes = {"programme", "programme_end", "status", "since"}};
/// The programme itself: drop-out at (person, month, 0), the choice of an employer at (person, month, 1 and on), places of a month at (cell, month, 0), whether
/// an employer guarantees jobs at (employer, month 0, 0).
inline const sim::ProcessInfo job_guarantee_info{
    .name = "work-learning", .key = 49, .reads = {"programme", "programme_end", "posts", "employer"}, .writes = {"job", "status", "distance"}};

/// The trade that participants learn: electricians and electronics fitters.
inline constexpr Occupation work_learning_trade = 5;
/// Employers whom somebody who completed the programme asks in one month.
inline constexpr std::uint32_t guarantee_attempts = 32;

struct WorkLearningParameters {
    // What is on offer.
    double added_places = 0;
    int added_from = 2024;
    int length = 6;
    double completion = 0.7;
    // Who takes part.
    double apply = 0.0003;
    int distance_reach = 2;
    int unemployed_months = 12;
    // The guarantee.
    double guarantee_share = 0.3;
    double overstaffing = 0.05;
    int guarantee_months = 3;
    int contract_months = 12;
};
[[nodiscard]] const ParameterTable<WorkLearningParameters>& work_learning_table();

/// Somebody in work-learning, or after it while the guaranteed job is awaited.
struct WorkLearner {
    Row row = 0;
    StoredMonth end = 0;  ///< last month of the programme
    std::uint16_t completed = 0;
    std::uint32_t lot = 0;  ///< number of the measure whose gate it was; 0 = none
};

/// What work-learning remembers from month to month; part of a checkpoint.
struct WorkLearningState {
    std::vector<WorkLearner> learners;    ///< by row
    std::vector<std::int32_t> residents;  ///< of 15 to 74 by region when the run began: `added_places` go by them
    template <class Archive>
    void archive(Archive& a) {
        a("learners", learners);
        a("residents", residents);
    }
};

// ---- pure decisions

/// Mean places of a month in a region beside those that measures offer; persons.
[[nodiscard]] double work_learning_places(double residents, sim::Month month, const WorkLearningParameters& p);
/// Whether somebody may apply by what unchanging rules say: distance, status, months in it, age, education.
struct WorkLearningCase {
    LabourStatus status = LabourStatus::inactive;
    int distance = 1;
    int months = 0;  ///< in the present status
    int age = 40;
    Education education = Education::low;
};
[[nodiscard]] bool may_apply(const WorkLearningCase& person, const WorkLearningParameters& p);
/// Monthly probability of dropping out such that `completion` stay to the end of `length` months.
[[nodiscard]] double work_learning_dropout(const WorkLearningParameters& p);
/// Workers that a guaranteeing employer still takes at a post: up to desired staff and a small part above it, at least one above in all.
[[nodiscard]] std::int64_t guarantee_room(double desired, std::int64_t staff, const WorkLearningParameters& p);

/// One application.
struct WorkLearningApplicant {
    Row row = 0;
    std::uint32_t order = 0;  ///< drawn; the lowest comes first
    std::uint8_t home = 0;
};

/// Work-learning of the month: drop-outs and ends, guaranteed jobs, applications, beginnings.
void step_work_learning(World& world, sim::Month month);

}  // namespace models
