#pragma once
/// Teaching (process 8): posts of technical and ICT teachers by school, who teaches them, and what that does to drop-out, choice, capacity and first jobs.
/// Hybrid teachers, whom employers lend some hours a week, stand in hybrid_teachers.hpp. Model description, sections 2 and 3.
///
/// Effects are differences from the start: at the staffing and contact of January 2021 every one of them is nil, so that observed rates stay as they are.

#include <array>
#include <cstddef>
#include <vector>

#include "models/labels.hpp"
#include "models/parameter.hpp"
#include "models/person.hpp"
#include "sim/month.hpp"
#include "sim/process.hpp"

namespace sim {
class Trajectory;
}

namespace models {

struct School;
struct World;
struct SeriesIds;

inline constexpr std::size_t taught_fields = 2;  ///< technical, ict

inline const sim::ProcessInfo teaching_info{
    .name = "teaching", .key = 110, .reads = {"schools", "teaching", "market", "region", "track", "study_field", "status"}, .writes = {"schools", "teaching"}};

/// Hours a week of a full post of a teacher.
inline constexpr double teacher_week = 36;

/// Figures of the real world (regions/data/teaching.csv).
struct TeachingTables {
    using OpenShares = std::array<std::array<double, taught_fields>, tracks>;
    std::array<double, tracks> pupils_per_teacher{};  ///< full-time equivalent; 0 = no technical teachers are counted there
    std::vector<OpenShares> open_share;               ///< by region, track and field: open posts over posts at the start
    double outflow = 0;                               ///< share of teachers who leave, a year
    std::vector<double> knowledge;                    ///< by region: share of employers with enough technicians that know of hybrid teaching, January 2021
    std::vector<double> knowledge_without;            ///< the same where no project brings schools and employers together
    std::vector<double> hybrid_before;  ///< by region: people who had become hybrid teachers before January 2021 (elsewhere than in Brainport: who taught then)
    std::vector<double> hybrid_stay;    ///< by region: share of them who still taught
};

struct TeachingParameters {
    // Teachers.
    double outflow_factor = 1.0;
    double teacher_pay = 0.0;
    double pay_effect = 2.0;
    double tightness_effect = 0.3;
    double fill_elasticity = 0.4;
    // What teaching does.
    double dropout_staffing = 0.3;
    double dropout_contact = 0.1;
    double choice_contact = 0.027;
    double match_contact = 0.1;
    double pupils_per_hour = 10.0;
    // Hybrid teachers (hybrid_teachers.hpp).
    double start_rate = 0.00014;
    double technicians_least = 10.0;
    double most_lent = 0.05;
    double willing = 0.2;
    double lender_boost = 3.0;
    double matching_project = 0.0;
    double matching_gain = 1.0;
    double information = 0.0;
    double peers_weight = 0.05;
    double forgetting = 0.02;
    double cost = 25.0;
    double compensation = 0.0;
    double cost_effect = 0.02;
    double partnership = 0.0;
    double partnership_effect = 0.5;
    double school_demand = 1.0;
    double demand_effect = 0.5;
    double hours_least = 4.0;
    double hours_most = 8.0;
    double contract_months = 10.0;
    double want_to_continue = 0.9;
    double employer_continues = 0.5;
};
[[nodiscard]] const ParameterTable<TeachingParameters>& teaching_table();

/// Hours a week that somebody teaches at a school on an employer's pay. One contract a person.
struct HybridContract {
    Row row = 0;
    std::uint32_t employer = 0;
    std::uint16_t school = 0;
    StoredMonth begin = 0;  ///< of the first contract with this school
    StoredMonth ends = 0;   ///< last month of the present one
    std::uint8_t hours = 0;
    std::uint8_t field = 0;
    bool operator==(const HybridContract&) const = default;
};

/// What the process remembers from month to month; part of a checkpoint. Empty (and every effect nil) in a world without `begin_teaching`.
/// By cell: see `teaching_cell`. Hours are a week and for persons, whatever the scale; pupils are agents.
struct TeachingState {
    std::vector<HybridContract> contracts;  ///< in order of rows
    std::vector<Row> taught;                ///< everybody who ever was a hybrid teacher, sorted
    std::vector<std::uint32_t> lenders;     ///< employers that ever lent one, sorted
    std::vector<double> knowledge;          ///< by region: share of employers with enough technicians that know of the option
    std::vector<double> able;               ///< by region: employers with enough technicians, counted at the start and each October
    std::vector<double> open_start;         ///< by region and field: open posts at the start
    std::vector<double> pupils;             ///< by cell: counted at the start and each October
    std::vector<double> pupils_start;
    std::vector<double> staffing;  ///< by cell: teachers and hybrid hours over posts
    std::vector<double> staffing_start;
    std::vector<double> hours;  ///< by cell: of hybrid teachers
    std::vector<double> hours_start;
    std::vector<double> dropout;       ///< by cell: factor on drop-out
    std::vector<double> match;         ///< by region and field: log odds of a first job in the field; renewed each April
    std::vector<double> lent_hours;    ///< by region of the employer and occupation, of agents
    std::vector<std::int32_t> starts;  ///< by region, of the last month

    template <class Archive>
    void archive(Archive& a) {
        a("contracts", contracts);
        a("taught", taught);
        a("lenders", lenders);
        a("knowledge", knowledge);
        a("able", able);
        a("open_start", open_start);
        a("pupils", pupils);
        a("pupils_start", pupils_start);
        a("staffing", staffing);
        a("staffing_start", staffing_start);
        a("hours", hours);
        a("hours_start", hours_start);
        a("dropout", dropout);
        a("match", match);
        a("lent_hours", lent_hours);
        a("starts", starts);
    }

    bool operator==(const TeachingState&) const = default;

    [[nodiscard]] bool begun() const { return !staffing_start.empty(); }
    /// Factor on the drop-out of a track and field in a region; 1 at the start.
    [[nodiscard]] double dropout_factor(std::size_t region, Track track, Field field) const;
    /// The highest of these factors, at least 1.
    [[nodiscard]] double highest_dropout_factor() const;
    /// Staffing of mbo schools over that of the start: intake places follow it.
    [[nodiscard]] double places_factor(std::size_t region, Field field) const;
    /// Log odds of a first job in the field, beside the start.
    [[nodiscard]] double match_shift(std::size_t region, Field field) const;
    /// Hours a week that workers of an occupation teach, by region of their employer, in agents.
    [[nodiscard]] double hours_lent(std::size_t region, std::size_t occupation) const;
};

/// Cell of a track and field (other too, for pupils); the two paths of mbo share one.
[[nodiscard]] constexpr std::size_t teaching_cell(std::size_t region, Track track, Field field) {
    return (region * tracks + index_of(track == Track::mbo_bbl ? Track::mbo_bol : track)) * 3 + index_of(field);
}

/// Teachers after a month of leavers and of posts filled. Hires answer to open posts with an elasticity below one, as matches do to vacancies: where a hybrid
/// teacher takes an open post, part of the teachers who would have been hired there is hired elsewhere in the school. `open`, `open_usually` (what the
/// share of the start makes of the present posts; 0 = not known) and the result in full-time equivalents; `tightness` of the field's occupations, 1 = normal.
/// Never fills more than is open. Pure.
[[nodiscard]] double teachers_after(double teachers, double open, double open_usually, double filled_at_rest, double tightness, double yearly_outflow,
                                    const TeachingParameters& p);
/// Share of open posts filled a month that keeps so many open posts beside so many teachers. Pure.
[[nodiscard]] double filled_at_rest(double teachers, double open, double yearly_outflow);

/// Share of pupils who meet hybrid teachers of so many hours a week. Pure.
[[nodiscard]] double contact_share(double hours, double pupils, const TeachingParameters& p);
/// Factor on drop-out at a staffing (over that of the start) and a contact (less that of the start); between `dropout_least` and `dropout_most`. Pure.
[[nodiscard]] double dropout_response(double staffing, double contact, const TeachingParameters& p);
inline constexpr double dropout_least = 0.75;
inline constexpr double dropout_most = 1.33;

/// Log odds of a choice of technical, ict and other by pupils of a track, from the share of all of them who meet hybrid teachers, beside the start.
[[nodiscard]] std::array<double, 3> choice_by_teaching(const World& world, std::size_t region, Track track);

/// Counts pupils and employers, places hybrid teachers of before January 2021 and sets what later months are compared with. Draws of world.random; needs
/// schools with pupils. Once, on the start population; does nothing without schools.
void begin_teaching(World& world);

/// Process 8 of the month.
void step_teaching(World& world, sim::Month month);

/// Writes the series of this process at one point of time of one replicate; `with_flows`: the month before it was simulated.
void write_teaching(const World& world, sim::Trajectory& trajectory, const SeriesIds& series, std::size_t replicate, std::size_t time, bool with_flows);

}  // namespace models
