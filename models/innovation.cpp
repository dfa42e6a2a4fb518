#include "models/innovation.hpp"

#include <boost/graph/graph_traits.hpp>

#include "models/parameters.hpp"
#include "models/series.hpp"
#include "models/tables.hpp"
#include "models/ties.hpp"
#include "models/world.hpp"
#include "sim/math.hpp"
#include "sim/parallel.hpp"
#include "sim/thinning.hpp"
#include "sim/trajectory.hpp"

namespace models {

/// Ties among employers and how far adoption has come, by region. Closed employers count: what they did has been seen.
struct InnovationScratch {
    std::uint64_t seed = 0;
    std::uint32_t replicate = 0;
    TieGraph ties;
    std::size_t start_employers = 0;                 ///< they alone have ties
    std::vector<double> reference;                   ///< region, sector: expected share of an employer's ties that had adopted before the run
    std::vector<double> region_reference;            ///< expected share of a region's employers that had
    std::size_t seen = 0;                            ///< employers in the counts below
    std::vector<double> employers, adopters, twins;  ///< by region
};

namespace {

// Bound on the monthly probability of adoption. Large manufacturers come nearest: 0.35 a year, 0.05 a month with all ties adopted and barriers lowered.
constexpr double adoption_bound = 0.1;

constexpr std::uint32_t index_support = 0, index_tracks = 1;

double start_share(const InnovationTables& tables, const Employer& employer) {
    return tables.share[index_of(employer.sector)][index_of(size_class_of(employer.start_staff))];
}

bool has_figures(const InnovationTables& tables) {
    for (const auto& shares : tables.share)
        for (const double share : shares)
            if (share > 0) return true;
    return false;
}

void begin_scratch(const World& world, InnovationScratch& scratch) {
    const auto regions = static_cast<std::size_t>(world.regions);
    const auto& employers = world.employers.employer;
    const auto& tables = world.tables->innovation;
    scratch = {};
    scratch.seed = world.random.seed();
    scratch.replicate = world.random.replicate();
    scratch.ties = employer_ties(world);
    scratch.start_employers = boost::num_vertices(scratch.ties);
    std::vector<double> count(regions * sectors, 0.0), expected(regions * sectors, 0.0);
    for (std::size_t e = 0; e < scratch.start_employers; ++e) {
        if (employers[e].region >= regions) continue;
        const std::size_t cell = employers[e].region * static_cast<std::size_t>(sectors) + index_of(employers[e].sector);
        ++count[cell];
        expected[cell] += start_share(tables, employers[e]);
    }
    scratch.reference.assign(regions * sectors, 0.0);
    for (std::size_t r = 0; r < regions; ++r) {
        double n = 0, sum = 0;
        for (std::size_t cell = r * sectors; cell < (r + 1) * sectors; ++cell) n += count[cell], sum += expected[cell];
        const double region = n > 0 ? sum / n : 0.0;
        scratch.region_reference.push_back(region);
        for (std::size_t cell = r * sectors; cell < (r + 1) * sectors; ++cell)
            if (count[cell] > 0) scratch.reference[cell] = ties_within_sector * expected[cell] / count[cell] + (1 - ties_within_sector) * region;
    }
    for (auto* by_region : {&scratch.employers, &scratch.adopters, &scratch.twins}) by_region->assign(regions, 0.0);
}

/// Adoptions and counts get room for the employers that were born since the last month.
void fit(World& world, InnovationScratch& scratch) {
    auto& adoption = world.innovation.adoption;
    const auto& employers = world.employers.employer;
    for (std::size_t e = adoption.size(); e < employers.size(); ++e) {
        const StoredMonth adopted = employers[e].innovation != 0 ? before_the_run : StoredMonth{0};
        adoption.push_back({adopted, adopted, Gain::none, Gain::none});
    }
    for (; scratch.seen < employers.size(); ++scratch.seen) {
        const auto region = employers[scratch.seen].region;
        if (region >= world.regions) continue;
        ++scratch.employers[region];
        scratch.adopters[region] += adoption[scratch.seen].month != 0;
        scratch.twins[region] += adoption[scratch.seen].autonomous != 0;
    }
}

/// Who adopts in one month.
class Month {
public:
    struct Event {
        std::uint32_t employer;
        Adoption adoption;
    };

    Month(const World& world, const InnovationScratch& scratch, sim::Month month)
        : world_(world), tables_(world.tables->innovation), p_(world.parameters->innovation), scratch_(scratch), month_(month) {
        Lowered lowered{};  // the most in any region
        for (std::size_t r = 0; r < static_cast<std::size_t>(world.regions); ++r) {
            const auto here = lowered_barriers(world.parameters_in(r).innovation, month, true, true);
            for (std::size_t b = 0; b < barriers; ++b) lowered[b] = std::max(lowered[b], here[b]);
        }
        acts_ = std::any_of(lowered.begin(), lowered.end(), [](double l) { return l > 0; });
        for (std::size_t s = 0; s < sectors; ++s) {
            // All ties have adopted, where fewest had at the start.
            double widest = 1;
            for (std::size_t r = 0; r < scratch.region_reference.size(); ++r)
                for (const double expected : {scratch.reference[r * sectors + s], scratch.region_reference[r]})
                    if (expected > 0) widest = std::max(widest, 1 / expected);
            for (std::size_t z = 0; z < size_classes; ++z) {
                rate_[s][z] = adoption_rate(tables_.share[s][z], p_);
                ceiling_[s][z] = adoption_probability(rate_[s][z], widest, opening(tables_, static_cast<SizeClass>(z), lowered), p_) * (1 + 1e-9);
            }
        }
    }

    /// Adoptions in a block of employers, by the state of the month before.
    [[nodiscard]] std::vector<Event> of(sim::Block block) const {
        std::vector<Event> events;
        sim::detail::walk_candidates(world_.random, innovation_info.key, month_, block, adoption_bound, [&](sim::Row e) {
            if (e >= block.end) return;
            const Adoption& before = world_.innovation.adoption[e];
            if (before.autonomous != 0) return;
            const Employer& employer = world_.employers.employer[e];
            if (!employer.open() || employer.region >= world_.regions) return;
            // Most are above what any ties could bring: they need not be looked at.
            const SizeClass size = size_class_of(employer.start_staff);
            const double u = world_.random.uniform({innovation_info.key, sim::employer(e), month_, 0}) * adoption_bound;
            if (u >= ceiling_[index_of(employer.sector)][index_of(size)]) return;
            const Adoption after = decide(e, employer, size, u, before);
            if (!(after == before)) events.push_back({e, after});
        });
        return events;
    }

private:
    /// `u`: uniform between 0 and the bound.
    [[nodiscard]] Adoption decide(sim::Row e, const Employer& employer, SizeClass size, double u, Adoption a) const {
        const double rate = rate_[index_of(employer.sector)][index_of(size)];
        const auto [run, twin] = spreads(e, employer);
        const Lowered lowered = acts_ ? lowered_for(e, size) : Lowered{};
        const bool autonomous = u < adoption_probability(rate, twin, 1.0, p_);
        const bool adopts = autonomous || u < adoption_probability(rate, run, opening(tables_, size, lowered), p_);
        if (!adopts) return a;
        // New processes pay only with the organisation to use them (Polder et al. 2010): each employer has it or not, more of them where support was given.
        const double needed = world_.random.uniform({innovation_info.key, sim::employer(e), sim::Month(0), 0});
        const double organised = tables_.passable[index_of(Barrier::organising)][index_of(size)];
        if (autonomous) {
            a.autonomous = stored(month_);
            a.autonomous_gain = needed < organised ? Gain::full : Gain::none;
        }
        if (a.month == 0) {
            a.month = stored(month_);
            const bool ready = needed < passable(organised, lowered[index_of(Barrier::organising)]);
            a.gain = a.autonomous_gain == Gain::full ? Gain::full : ready ? Gain::marginal : Gain::none;
        }
        return a;
    }

    /// Share of the ties that have adopted over its expectation at the start, in the run and for twins.
    [[nodiscard]] std::pair<double, double> spreads(sim::Row e, const Employer& employer) const {
        const auto region = static_cast<std::size_t>(employer.region);
        if (e < scratch_.start_employers) {
            const auto [begin, end] = boost::adjacent_vertices(e, scratch_.ties);
            std::uint32_t run = 0, twin = 0;
            for (auto other = begin; other != end; ++other) {
                run += world_.innovation.adoption[*other].month != 0;
                twin += world_.innovation.adoption[*other].autonomous != 0;
            }
            const double expected = scratch_.reference[region * sectors + index_of(employer.sector)] * static_cast<double>(end - begin);
            if (expected > 0) return {run / expected, twin / expected};
        }
        // Without ties: as far as the region has come.
        const double expected = scratch_.region_reference[region] * scratch_.employers[region];
        return expected > 0 ? std::pair{scratch_.adopters[region] / expected, scratch_.twins[region] / expected} : std::pair{1.0, 1.0};
    }

    [[nodiscard]] Lowered lowered_for(sim::Row e, SizeClass size) const {
        const auto region = world_.employers.employer[e].region;
        const InnovationParameters& p = world_.parameters_in(region).innovation;
        const double support = p.regional_support * p.support_reach * (size == SizeClass::micro ? p.micro_reach : 1.0);
        const double tracks = region < tables_.tracks_reach.size() ? p.tracks * tables_.tracks_reach[region] : 0.0;
        return lowered_barriers(p, month_, reached(e, index_support, support), reached(e, index_tracks, tracks));
    }
    [[nodiscard]] bool reached(sim::Row e, std::uint32_t line, double share) const {
        if (share <= 0) return false;
        return world_.random.uniform({innovation_reach_info.key, sim::employer(e), sim::Month::of(month_.year(), 1), line}) < share;
    }

    const World& world_;
    const InnovationTables& tables_;
    const InnovationParameters& p_;
    const InnovationScratch& scratch_;
    sim::Month month_;
    bool acts_ = false;                                                         // some action line is at work this month
    std::array<std::array<double, size_classes>, sectors> rate_{}, ceiling_{};  // yearly hazard, and the highest probability of the month
};

/// What labour demand reads: output per worker relative to the part that the path of demand already holds.
void renew_output(World& world, sim::Month month) {
    const auto& p = world.parameters->innovation;
    const OutputPerWorker output(p, 0, month);
    const bool all_held = p.autonomous_in_growth >= 1;
    sim::for_each_block(world.employers.size(), [&](sim::Block block) {
        for (sim::Row e = block.begin; e < block.end; ++e) {
            const Adoption& a = world.innovation.adoption[e];
            if (all_held && a.month == a.autonomous && a.gain == a.autonomous_gain) continue;
            const double twin = output.twin(a);
            world.employers.employer[e].output_per_worker = static_cast<float>(output.index(a) / (all_held ? twin : sim::power(twin, p.autonomous_in_growth)));
        }
    });
}

}  // namespace

Lowered lowered_barriers(const InnovationParameters& p, sim::Month month, bool supported, bool in_track) {
    const sim::Month begin = sim::Month::of(p.action_from, 1);
    const double information = month >= begin ? p.information * p.information_effect : 0.0;
    const double support = month >= begin && supported && p.regional_support > 0 ? p.support_effect : 0.0;
    const double research = month - begin >= p.research_lag ? p.research * p.research_effect : 0.0;
    const double track = month >= sim::Month::of(p.tracks_from, 1) && in_track && p.tracks > 0 ? p.tracks_effect : 0.0;
    Lowered lowered{};
    lowered[index_of(Barrier::priority)] = together(information, track);
    lowered[index_of(Barrier::organising)] = together(support, track);
    lowered[index_of(Barrier::knowledge)] = information;
    lowered[index_of(Barrier::acceptance)] = research;
    return lowered;
}

double opening(const InnovationTables& tables, SizeClass size, const Lowered& lowered) {
    double factor = 1;
    for (std::size_t b = 0; b < barriers; ++b) {
        const double before = tables.passable[b][index_of(size)];
        if (before > 0) factor *= passable(before, lowered[b]) / before;
    }
    return factor;
}

double adoption_rate(double share, const InnovationParameters& p) {
    constexpr double window = 3;  // years that the survey asks about
    return share < 1 ? p.first_time * share / window / (1 - share) : 0.0;
}

double adoption_probability(double yearly_rate, double spread, double opening, const InnovationParameters& p) {
    const double rate = yearly_rate * ((1 - p.imitation) + p.imitation * spread) * opening;
    return std::min(adoption_bound, 1 - sim::exponential(-rate / 12));
}

double output_after(int months, Gain gain, const InnovationParameters& p) {
    if (gain == Gain::none) return 1;
    const double built_up = p.ramp > 0 ? std::clamp(months / p.ramp, 0.0, 1.0) : 1.0;
    return 1 + p.gain * (gain == Gain::marginal ? p.marginal_gain : 1.0) * built_up;
}

OutputPerWorker::OutputPerWorker(const InnovationParameters& p, double returned_output, sim::Month month) : month_(month.number()) {
    const int last = static_cast<int>(p.ramp) + 1;
    for (const Gain gain : {Gain::none, Gain::marginal, Gain::full})
        for (int months = 0; months <= (gain == Gain::none ? 0 : last); ++months) {
            const double output = output_after(months, gain, p);
            index_[index_of(gain)].push_back(output);
            saved_[index_of(gain)].push_back(sim::power(output, 1 - returned_output) - 1);
        }
}

InnovationCounts::InnovationCounts(std::size_t regions)
    : adopters(regions * size_classes), staff(regions * sectors), output(regions * sectors), saved(regions * sectors * occupations) {}

void InnovationCounts::add(const InnovationCounts& more) {
    const auto join = [](auto& sum, const auto& part) {
        for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += part[i];
    };
    join(adopters, more.adopters);
    join(staff, more.staff);
    join(output, more.output);
    join(saved, more.saved);
}

void start_innovation(World& world) {
    const auto& tables = world.tables->innovation;
    sim::for_each_block(world.employers.size(), [&](sim::Block block) {
        for (sim::Row e = block.begin; e < block.end; ++e) {
            Employer& employer = world.employers.employer[e];
            if (employer.region >= world.regions) continue;
            const double u = world.random.uniform({innovation_start_info.key, sim::employer(e), sim::Month(0), 0});
            employer.innovation = u < start_share(tables, employer) ? 1 : 0;
        }
    });
}

void step_innovation(World& world, sim::Month month) {
    if (!has_figures(world.tables->innovation)) return;
    InnovationScratch& scratch = world.innovation.scratch.get();
    if (scratch.employers.empty() || scratch.seed != world.random.seed() || scratch.replicate != world.random.replicate()) begin_scratch(world, scratch);
    fit(world, scratch);

    const Month now(world, scratch, month);
    const auto blocks = sim::blocks_of(world.employers.size());
    const auto events = sim::reduce(
        blocks, std::vector<Month::Event>{},
        [&](std::size_t b) {
            const auto begin = static_cast<sim::Row>(b * sim::block_rows);
            return now.of({b, begin, static_cast<sim::Row>(std::min<std::size_t>(world.employers.size(), begin + std::size_t{sim::block_rows}))});
        },
        [](std::vector<Month::Event>& total, const std::vector<Month::Event>& part) { total.insert(total.end(), part.begin(), part.end()); });
    for (const auto& [e, adoption] : events) {
        Adoption& before = world.innovation.adoption[e];
        Employer& employer = world.employers.employer[e];
        scratch.adopters[employer.region] += before.month == 0;
        scratch.twins[employer.region] += adoption.autonomous != 0;
        employer.innovation = 1;
        before = adoption;
    }
    renew_output(world, month);
}

void write_innovation(const InnovationCounts& counts, sim::Trajectory& trajectory, const SeriesIds& series, std::size_t replicate, std::size_t time) {
    const auto adopters = trajectory.counts(series.adopters, replicate, time);
    std::copy(counts.adopters.begin(), counts.adopters.end(), adopters.begin());
    const auto output = trajectory.reals(series.output_per_worker, replicate, time);
    // A sector without workers in a region has none: 1, as at the start.
    for (std::size_t cell = 0; cell < counts.staff.size(); ++cell) output[cell] = counts.staff[cell] > 0 ? counts.output[cell] / counts.staff[cell] : 1.0;
}

const ParameterTable<InnovationParameters>& innovation_table() {
    using P = InnovationParameters;
    const std::string robots = "Koch, Manuylov and Smolka 2021; Jarmin 1999; nulls of its replication and of the Dutch voucher lottery (innovation.csv)";
    static const ParameterTable<P> table{
        {"first_time",
         &P::first_time,
         "1",
         0,
         1,
         {"uniform(0.25, 0.75)", 0.275, 0.725},
         Status::assumed,
         "",
         "share of a year's process innovators that had not innovated within three years"},
        {"imitation",
         &P::imitation,
         "1",
         0,
         1,
         {"uniform(0.2, 0.6)", 0.22, 0.58},
         Status::assumed,
         "",
         "share of the hazard of adoption that follows the ties' adoption, at the start (a Bass coefficient of imitation of 0.1 to 0.4 a year)"},
        {"gain",
         &P::gain,
         "1",
         0,
         0.5,
         {"lognormal(0.08, 0.35)", 0.045, 0.142},
         Status::assumed,
         robots,
         "rise of output per worker at an adopter with the organisation to use it"},
        {"marginal_gain",
         &P::marginal_gain,
         "1",
         0,
         1,
         {"uniform(0.3, 1)", 0.335, 0.965},
         Status::assumed,
         robots,
         "part of that gain at an employer that adopts only because of an action line"},
        {"ramp", &P::ramp, "month", 1, 120, {"uniform(36, 60)", 37.2, 58.8}, Status::assumed, "", "months over which the gain builds up"},
        {"autonomous_in_growth",
         &P::autonomous_in_growth,
         "1",
         0,
         1,
         {},
         Status::assumed,
         "",
         "part of the gain from autonomous adoption that the path of demand already holds"},
        {"information", &P::information, "1", 0, 1, {}, Status::assumed, "", "lever: dose of information and activation"},
        {"regional_support", &P::regional_support, "1", 0, 1, {}, Status::assumed, "", "lever: dose of support by regional development agencies"},
        {"research", &P::research, "1", 0, 1, {}, Status::assumed, "", "lever: dose of research on what works"},
        {"tracks", &P::tracks, "1", 0, 1, {}, Status::assumed, "", "lever: dose of innovation tracks with entrepreneurs, in the regions that have them"},
        {"action_from",
         &P::action_from,
         "year",
         2021,
         2199,
         {},
         Status::observed,
         "ministers' letter of December 2023: from 2024",
         "calendar year whose January information, support and research begin"},
        {"tracks_from",
         &P::tracks_from,
         "year",
         2021,
         2199,
         {},
         Status::observed,
         "ministers' letter of December 2023: first tracks since 2022",
         "calendar year whose January the tracks begin"},
        {"information_effect",
         &P::information_effect,
         "1",
         0,
         1,
         {"half_normal(0.3)", 0.0188, 0.588},
         Status::assumed,
         "",
         "part of the barriers priority and knowledge that a full dose of information takes away; 0.3 lifts a small firm's hazard by a tenth"},
        {"support_effect",
         &P::support_effect,
         "1",
         0,
         1,
         {"beta(8, 2)", 0.571, 0.959},
         Status::assumed,
         "",
         "part of the barrier organising capacity that support takes away at an employer that it reaches; 0.8 lifts a small firm's hazard by half"},
        {"support_reach",
         &P::support_reach,
         "1/year",
         0,
         1,
         {"beta(3, 80)", 0.0101, 0.0733},
         Status::assumed,
         "",
         "share of employers of 10 workers and more that a full dose of support reaches in a year"},
        {"micro_reach",
         &P::micro_reach,
         "1",
         0,
         1,
         {"uniform(0.25, 1)", 0.2875, 0.9625},
         Status::assumed,
         "",
         "reach of support among employers of up to 9 workers, relative to the others"},
        {"research_effect",
         &P::research_effect,
         "1",
         0,
         1,
         {"half_normal(0.1)", 0.0063, 0.196},
         Status::assumed,
         "",
         "part of the barrier acceptance that a full dose of research takes away"},
        {"research_lag", &P::research_lag, "month", 0, 120, {"uniform(12, 36)", 13.2, 34.8}, Status::assumed, "", "months until research has results"},
        {"tracks_effect",
         &P::tracks_effect,
         "1",
         0,
         1,
         {"beta(5, 5)", 0.251, 0.749},
         Status::assumed,
         "",
         "part of the barriers priority and organising capacity that a track takes away at an employer that takes part"},
    };
    return table;
}

}  // namespace models
