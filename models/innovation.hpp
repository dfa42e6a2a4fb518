#pragma once
/// Process innovation (process 9): adoption over the graph of employers, and output per worker. Model description, sections 2 and 3.
///
/// An employer adopts with a hazard that has a part of its own and one that follows the share of its ties who have adopted (Bass 1969), set so that the first
/// year's mean is that of the innovation survey. Four barriers stand before it, none of them money: priority, organising capacity, knowledge, acceptance of
/// new ways of working. Action lines lower them. After adoption output per worker rises over some years, if the employer's organisation is up to it.
///
/// Growth of the tables already holds what autonomous adoption saves. So beside each employer runs its *twin*: the same employer, draws and ties without any
/// action line. Labour demand reads output per worker relative to the twin's: without action lines exactly 1.

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "models/employer.hpp"
#include "models/labels.hpp"
#include "models/parameter.hpp"
#include "models/person.hpp"
#include "sim/month.hpp"
#include "sim/process.hpp"
#include "sim/scratch.hpp"

namespace sim {
class Trajectory;
}

namespace models {

struct World;
struct SeriesIds;
struct InnovationScratch;  // models/innovation.cpp

/// Adoption: candidates by block of employers, the decision at (innovation, employer, month, 0). Whether an employer's organisation lets it gain from new
/// processes: at month 0, so once for all time.
inline const sim::ProcessInfo innovation_info{.name = "innovation", .key = 120, .reads = {"employer", "innovation"}, .writes = {"employer", "innovation"}};
/// Whether an employer has adopted before the run: at (start of innovation, employer, month 0, 0), when the start population is made.
inline const sim::ProcessInfo innovation_start_info{.name = "start of innovation", .key = 121, .reads = {"employer"}, .writes = {}};
/// Which employers an action line reaches in a calendar year: at (reach of innovation, employer, January, 0 = regional support, 1 = tracks).
inline const sim::ProcessInfo innovation_reach_info{.name = "reach of innovation", .key = 122, .reads = {}, .writes = {}};

/// What stands between an employer and a better process. Source: the ministers' letter (policies.md, M9).
enum class Barrier : std::uint8_t { priority, organising, knowledge, acceptance };
inline constexpr std::size_t barriers = 4;
inline constexpr std::size_t size_classes = size_class_labels.size();

/// Figures of the real world (regions/).
struct InnovationTables {
    /// Share of employers with a process innovation within three years, by sector and size class; all zero: nobody adopts.
    std::array<std::array<double, size_classes>, sectors> share{};
    /// What a barrier leaves of the hazard of adoption, in (0, 1], by barrier and size class.
    std::array<std::array<double, size_classes>, barriers> passable{};
    /// Share of employers that innovation tracks reach in a year at full dose, by region; empty: none.
    std::vector<double> tracks_reach;
};

struct InnovationParameters {
    double first_time = 0.5;          ///< share of a year's adopters that had not innovated within three years
    double imitation = 0.4;           ///< share of the hazard that follows the ties' adoption, at the start
    double gain = 0.08;               ///< rise of output per worker at an adopter whose organisation is up to it
    double marginal_gain = 0.67;      ///< of that, at an employer that adopts only because of an action line
    double ramp = 48;                 ///< months over which the gain builds up
    double autonomous_in_growth = 1;  ///< part of the autonomous gain that the path of demand already holds

    // Action lines: doses from 0 (none) to 1, and what a full dose does.
    double information = 0;           ///< lever: information and activation
    double regional_support = 0;      ///< lever: support by regional development agencies
    double research = 0;              ///< lever: research on what works
    double tracks = 0;                ///< lever: innovation tracks with entrepreneurs (New Waves)
    int action_from = 2024;           ///< calendar year whose January the three action lines begin
    int tracks_from = 2022;           ///< calendar year whose January the tracks begin
    double information_effect = 0.3;  ///< part of the barriers priority and knowledge that information takes away
    double support_effect = 0.8;      ///< part of the barrier organising capacity that support takes away at an employer that it reaches
    double support_reach = 0.03;      ///< share of employers of 10 and more that support reaches in a year
    double micro_reach = 0.5;         ///< reach among smaller employers, relative
    double research_effect = 0.1;     ///< part of the barrier acceptance that research takes away
    double research_lag = 24;         ///< months until research has results
    double tracks_effect = 0.5;       ///< part of the barriers priority and organising capacity that a track takes away
};
[[nodiscard]] const ParameterTable<InnovationParameters>& innovation_table();

/// What an employer gains from its adoption: nothing where its organisation is not up to it.
enum class Gain : std::uint8_t { none, marginal, full };

/// When an employer adopted, and what it gains by it, in the run and for its twin without action lines.
struct Adoption {
    StoredMonth month = 0;  ///< 0 = not adopted, `before_the_run`, or the month
    StoredMonth autonomous = 0;
    Gain gain = Gain::none;
    Gain autonomous_gain = Gain::none;
    bool operator==(const Adoption&) const = default;
};
/// An adoption whose gain D(0) already holds.
inline constexpr StoredMonth before_the_run = 1;

/// What the process remembers from month to month; part of a checkpoint.
struct InnovationState {
    std::vector<Adoption> adoption;           ///< by employer; those born since the last step are missing at its end
    sim::Scratch<InnovationScratch> scratch;  ///< ties and counts by region; follow from employers and adoptions
    template <class Archive>
    void archive(Archive& a) {
        a("adoption", adoption);
    }
};

/// Which part of each barrier is taken away at an employer.
using Lowered = std::array<double, barriers>;
/// Effects of two action lines on one barrier: 1 - (1 - a)(1 - b). Pure.
[[nodiscard]] constexpr double together(double a, double b) { return a + b - a * b; }
/// What the action lines take away at an employer in a month. Pure.
[[nodiscard]] Lowered lowered_barriers(const InnovationParameters& p, sim::Month month, bool supported, bool in_track);
/// What a barrier leaves when a part of it is taken away. Pure.
[[nodiscard]] constexpr double passable(double passable_before, double lowered) { return passable_before + (1 - passable_before) * lowered; }
/// Factor on the hazard of adoption when barriers are lowered: exactly 1 where none is. Pure.
[[nodiscard]] double opening(const InnovationTables& tables, SizeClass size, const Lowered& lowered);
/// Yearly hazard of a first adoption in January 2021, from the share of employers with a process innovation within three years. Pure.
[[nodiscard]] double adoption_rate(double share, const InnovationParameters& p);
/// Probability that an employer adopts within a month. `spread`: share of its ties that have adopted, relative to the mean at the start. Pure.
[[nodiscard]] double adoption_probability(double yearly_rate, double spread, double opening, const InnovationParameters& p);
/// Output per worker so many months after adoption, start = 1. Pure.
[[nodiscard]] double output_after(int months, Gain gain, const InnovationParameters& p);

/// Output per worker of all employers in one month, from a short table.
class OutputPerWorker {
public:
    /// `returned_output`: kappa of labour demand.
    OutputPerWorker(const InnovationParameters& p, double returned_output, sim::Month month);
    /// Index, January 2021 = 1.
    [[nodiscard]] double index(const Adoption& a) const { return std::max(twin(a), of(index_, a.month, a.gain)); }
    /// The same of its twin.
    [[nodiscard]] double twin(const Adoption& a) const { return of(index_, a.autonomous, a.autonomous_gain); }
    /// Desired staff without the innovation over desired staff with it, less 1.
    [[nodiscard]] double saved(const Adoption& a) const { return std::max(of(saved_, a.autonomous, a.autonomous_gain), of(saved_, a.month, a.gain)); }

private:
    using Table = std::array<std::vector<double>, 3>;
    [[nodiscard]] double of(const Table& table, StoredMonth adopted, Gain gain) const {
        if (adopted <= before_the_run) return table[0][0];
        const auto& row = table[index_of(gain)];
        return row[std::min(static_cast<std::size_t>(std::max(0, month_ - adopted)), row.size() - 1)];
    }
    int month_;
    Table index_, saved_;  ///< by gain and months since adoption
};

/// Counts of one month, of open employers in the regions.
struct InnovationCounts {
    InnovationCounts() = default;
    explicit InnovationCounts(std::size_t regions);
    std::vector<std::int32_t> adopters;  ///< region, size class
    std::vector<double> staff, output;   ///< region, sector: workers, and their sum of output per worker
    std::vector<double> saved;           ///< region, sector, occupation: desired staff without the innovation less with it
    void add(const InnovationCounts& more);
};

/// Draws who has adopted before the run, by the shares of the tables; into `Employer::innovation`. Once, when the start population is made.
void start_innovation(World& world);
/// Process 9 of the month.
void step_innovation(World& world, sim::Month month);

/// Writes adopters and output per worker at one point of time of one replicate; labour saved needs the hours of jobs (models/indicators.cpp).
void write_innovation(const InnovationCounts& counts, sim::Trajectory& trajectory, const SeriesIds& series, std::size_t replicate, std::size_t time);

}  // namespace models
