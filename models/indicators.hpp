#pragma once
/// Indicators (process 11): stocks, flows and money of a month, written into the trajectory.
///
/// Processes count nothing. Each first change of a person in a month keeps a copy (World::log); at the end of the month the copy and the
/// present state together give every flow, and take the person out of and into the running counts. So a month costs what has changed in
/// it, and a full recount (`recount`) must give the same numbers: a test.

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "models/indicator_parameters.hpp"
#include "models/innovation.hpp"
#include "models/lagged.hpp"
#include "models/series.hpp"
#include "models/tallies.hpp"
#include "sim/process.hpp"
#include "sim/trajectory.hpp"

namespace models {

struct World;

/// Indicators draw nothing; the key is theirs all the same.
inline const sim::ProcessInfo indicators_info{
    .name = "indicators", .key = 140, .reads = {"record", "post", "region", "birth", "employer", "vacancies", "market", "teaching"}, .writes = {"vacancies"}};

/// Value below which half of the employees of one occupation and region earn, in cents of the month; NaN without employees. Classes of
/// wages are at the level of January 2021 by sector, `index` lifts each sector to the money of the month; linear in the logarithm within classes. Pure.
[[nodiscard]] double median_wage(const std::int32_t* by_sector_and_class, const std::array<double, sectors>& index);

/// The running counts of one replicate and what is followed over months. Not copied while a run uses it.
class Indicators {
public:
    /// Writes replicate number `replicate` (its place in the trajectory). Both arguments outlive this object.
    Indicators(sim::Trajectory& trajectory, const SeriesIds& series, std::size_t replicate);

    /// Counts the start state in full and writes its stocks at the point of time after `world.month`, where the trajectory has one.
    /// Forgets vacancy flows of the months before.
    void start(World& world);
    /// Counts the month that has just been simulated and writes it; sets the vacancy flows to zero. Before World::close_month.
    void record(World& world);

    /// The running counts.
    [[nodiscard]] const Stocks& stocks() const { return stocks_; }
    /// The same counts by a plain walk over all persons.
    [[nodiscard]] Stocks recount(const World& world) const;
    /// status_3m and retention_12m by a plain walk over all persons, in the layout of the running ones.
    [[nodiscard]] std::vector<std::int32_t> recount_followed(const World& world) const;
    [[nodiscard]] const std::vector<std::int32_t>& followed() const { return followed_; }
    /// Flows of the last month.
    [[nodiscard]] const std::vector<std::int32_t>& flows() const { return flows_; }
    [[nodiscard]] const FlowCells& flow_cells() const { return flow_map_; }
    [[nodiscard]] const StockCells& stock_cells() const { return map_; }

    /// Everything that a restart needs; the trajectory is kept apart.
    template <class Archive>
    void archive(Archive& a) {
        a("regions", regions_);
        a("first_birth", first_birth_);
        a("last_birth", last_birth_);
        if (regions_ != map_.regions || first_birth_ != map_.first_birth) make_room();  // when loading
        a("stocks", stocks_);
        a("followed", followed_);
        a("status_then", status_then_);
        a("work_then", work_then_);
        a("third_years", third_years_);
        a("graduates", graduates_);
    }

private:
    /// A task of its own counts into each of these; the blocks of rows are dealt out to them, whatever the number of threads.
    static constexpr std::size_t lanes = 8;
    static constexpr int survey_lag = 3;      ///< months between the two states of `status_3m`
    static constexpr int retention_lag = 12;  ///< of `retention_12m`
    static constexpr int match_lag = 12;      ///< of `graduate_match_12m`
    static constexpr std::size_t graduate_months = match_lag + 1;

    struct Graduate {
        Row row;
        std::uint8_t region;
        Track track;
        Field field;
        std::uint8_t spare = 0;
    };
    struct Lane {
        Stocks change;
        std::vector<std::int32_t> flows;
        std::vector<std::int32_t> followed;
        std::vector<Graduate> graduates;
    };
    /// What is counted of employers each month, by walking them.
    struct EmployerCounts {
        std::vector<std::int32_t> employers;                ///< region, sector, size class
        std::vector<std::int32_t> learning, places, taken;  ///< region, sector
        std::vector<double> desired;                        ///< region, sector, occupation
        InnovationCounts innovation;
    };

    void make_room();
    void fit_places(const World& world);
    void count_third_years(const World& world);
    void follow_lane(World& world, std::size_t lane);
    void join_lanes();
    [[nodiscard]] EmployerCounts count_employers(const World& world) const;
    void write(const World& world, bool with_flows);
    void write_region(const World& world, std::size_t region, std::size_t time, bool with_flows, const EmployerCounts& employers);
    void write_matches(const World& world, std::size_t time);

    [[nodiscard]] PersonState state_now(const World& world, Row row) const;
    [[nodiscard]] JobPlace place_of(PostNumber post) const { return post == no_post ? JobPlace{} : places_[post]; }
    [[nodiscard]] StateCode status_code(std::uint8_t region, const Person& p) const;
    [[nodiscard]] StateCode work_code(std::uint8_t region, const Person& p) const;
    void count_status_pair(std::vector<std::int32_t>& cells, StateCode then, StateCode now, int sign) const;
    void count_work_pair(std::vector<std::int32_t>& cells, StateCode then, StateCode now, int sign) const;

    sim::Trajectory& trajectory_;
    SeriesIds series_;
    std::size_t replicate_;

    int regions_ = 0;
    int first_birth_ = 0;
    int last_birth_ = 0;
    StockCells map_;
    FlowCells flow_map_;
    CellTable<8, 8> survey_cells_;  ///< in `followed_`: region, status then, status now
    CellTable<10> retention_all_;   ///< in `followed_`: region, occupation then
    CellTable<10> retention_stayed_;

    Stocks stocks_;
    std::vector<std::int32_t> flows_;
    std::vector<std::int32_t> followed_;
    LaggedStates status_then_;
    LaggedStates work_then_;
    std::vector<std::vector<Graduate>> graduates_;  ///< month modulo graduate_months
    std::vector<std::int32_t> third_years_;         ///< region x (all, technical), of this school year
    std::vector<JobPlace> places_;                  ///< of each post; follows from the world
    std::vector<Lane> lanes_;
};

}  // namespace models
