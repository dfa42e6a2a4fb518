#pragma once
/// Programmes (process 3): side entry by course, work-learning with a job guarantee, adult BBL from work. Model description, sections 2 and 3.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "models/adult_bbl.hpp"
#include "models/labels.hpp"
#include "models/occupation_graph.hpp"
#include "models/parameter.hpp"
#include "models/person.hpp"
#include "models/policy_accounts.hpp"
#include "models/side_entry.hpp"
#include "models/work_learning.hpp"
#include "sim/month.hpp"
#include "sim/process.hpp"

namespace sim {
class Trajectory;
}

namespace models {

struct World;
struct SeriesIds;

inline const sim::ProcessInfo programmes_info{
    .name = "programmes", .key = 40, .reads = {"status"}, .writes = {"programmes", "programme", "programme_end", "status", "since"}};

/// The lot at the gate of a programme: draws at (lot, person, month, gate); a gate's number is `gate_number`.
inline const sim::ProcessInfo lot_info{.name = "lot at the gate of a programme", .key = 41, .reads = {}, .writes = {}};
/// Number of a gate that belongs to no measure, above those of measures (20 bits).
inline constexpr std::uint32_t gate_number(ProgrammeKind kind) { return (1U << 20) + static_cast<std::uint32_t>(kind); }

/// Figures of the real world (regions/).
struct ProgrammeTables {
    OccupationRoutes routes;  ///< shortest retraining between each two occupations
};

struct ProgrammeParameters {
    double lot_share = 0.05;
    int lot_months = 24;
};
[[nodiscard]] const ParameterTable<ProgrammeParameters>& programmes_table();

/// Kinds of programmes, `none` included: the length of what is counted by kind.
inline constexpr int programme_kinds = 5;

/// What the accounts of programmes count: persons of a month.
enum class ProgrammeFlow : std::uint8_t { applicants, refused_place, refused_lot, participants, completions, dropouts };
inline constexpr int programme_flows = 6;

/// Who was refused by lot at a gate and may not apply there again before a month.
struct Barred {
    Row row = 0;
    std::uint32_t gate = 0;  ///< number at the lot
    StoredMonth until = 0;   ///< first month in which the person may apply again
    std::uint16_t spare = 0;
};

/// What the process remembers from month to month, and the counts of the present month; part of a checkpoint.
/// Regions are those of residence; an occupation is the one that the programme leads to. Cells: region * occupations + occupation.
struct ProgrammeState {
    std::vector<Row> people;           ///< in a programme of any kind, or after a completed one until the months that it counts are over; sorted
    std::vector<std::int32_t> begun;   ///< persons who began a course or adult BBL this month, by cell
    std::vector<std::int32_t> placed;  ///< of those who began this month, who are in the occupation at once (adult BBL), by cell
    std::vector<std::int32_t> places;  ///< stock of places, taken and free, by cell
    std::vector<std::int32_t> flow;    ///< flows of the month: (region * programme_kinds + kind) * programme_flows + flow
    std::vector<std::int32_t> inside;  ///< persons in a programme now: region * programme_kinds + kind

    SideEntryState side_entry;
    WorkLearningState work_learning;
    AdultBblState adult_bbl;
    std::vector<Barred> barred;  ///< by row, then gate
    PolicyAccounts policy;       ///< of measures with a gate

    /// Sets the counts of a month to zero; `people` stay.
    void begin_month(int regions);
    [[nodiscard]] static std::size_t cell(std::size_t region, Occupation target) { return region * occupations + target; }
    [[nodiscard]] std::int32_t& flow_of(std::size_t region, ProgrammeKind kind, ProgrammeFlow what) {
        return flow[(region * programme_kinds + index_of(kind)) * programme_flows + index_of(what)];
    }
    [[nodiscard]] std::int32_t flow_of(std::size_t region, ProgrammeKind kind, ProgrammeFlow what) const {
        return flow[(region * programme_kinds + index_of(kind)) * programme_flows + index_of(what)];
    }

    template <class Archive>
    void archive(Archive& a) {
        a("people", people);
        a("begun", begun);
        a("placed", placed);
        a("places", places);
        a("flow", flow);
        a("inside", inside);
        a("barred", barred);
        a("policy", policy);
        a("side_entry", side_entry);
        a("work_learning", work_learning);
        a("adult_bbl", adult_bbl);
    }
};

/// Whether a person takes part in a programme in this month.
[[nodiscard]] inline bool in_programme(const Person& person, sim::Month month) {
    return person.programme != Programme::none && person.programme_end >= stored(month);
}

/// Whether the lot refuses an admitted applicant at a gate: a draw at (lot, person, month, gate) (model description, section 4).
[[nodiscard]] bool lot_refuses(const World& world, Row row, std::uint32_t gate);
/// Notes that the lot refused a person: no new application at this gate for `lot_months`. On one thread.
void bar(World& world, Row row, std::uint32_t gate);
/// Whether a person may not apply at a gate because of an earlier lot.
[[nodiscard]] bool is_barred(const World& world, Row row, std::uint32_t gate);

/// Puts a resident into a programme until its last month, and counts a participant. The status stays: the caller changes it. On one thread.
void begin_programme(World& world, Row row, ProgrammeKind kind, Occupation target, sim::Month last);
/// Takes a person out of a programme before its end, and counts a drop-out. The status stays. On one thread.
void leave_programme(World& world, Row row);

/// Process 3 of the month.
void step_programmes(World& world, sim::Month month);

/// Writes the series of this process at one point of time of one replicate; `with_flows`: the month before it was simulated.
void write_programmes(const World& world, sim::Trajectory& trajectory, const SeriesIds& series, std::size_t replicate, std::size_t time, bool with_flows);

}  // namespace models
