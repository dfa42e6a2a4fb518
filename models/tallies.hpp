#pragma once
/// The running counts behind the stocks of the output: whole numbers in joint cells, few enough to add to for every change of a person,
/// fine enough for every series. Ageing touches none: persons are counted by month of birth and read by age.

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "models/flows.hpp"
#include "models/labels.hpp"
#include "sim/month.hpp"

namespace models {

/// Hours a week of one full-time equivalent: the shortest week that collective agreements call full-time. A longer one counts as one too.
inline constexpr int full_week_hours = 36;

/// Classes of hourly wages: 80 of 5 percent each from 3 euro on (to 149 euro); the first and last are open.
inline constexpr int wage_classes = 80;
inline constexpr double lowest_wage_class = 300.0;  ///< lower end of class 0, cents
inline constexpr double wage_class_ratio = 1.05;
[[nodiscard]] int wage_class_of(std::uint16_t cents);

/// A table of cells inside one flat array: a leading dimension (usually the region) and inner ones of fixed length.
template <int... Inner>
struct CellTable {
    std::size_t begin = 0;
    std::size_t lead = 0;
    static constexpr std::size_t width = (static_cast<std::size_t>(Inner) * ... * 1);
    [[nodiscard]] std::size_t cells() const { return lead * width; }
    [[nodiscard]] std::size_t end() const { return begin + cells(); }
    template <class... Index>
    [[nodiscard]] std::size_t at(std::size_t first, Index... index) const {
        static_assert(sizeof...(Index) == sizeof...(Inner));
        ((first = first * static_cast<std::size_t>(Inner) + static_cast<std::size_t>(index)), ...);
        return begin + first;
    }
};

/// Where the cells of the stocks are. Leading dimension: region of residence (jobs: of work).
struct StockCells {
    StockCells() = default;
    /// Births before `first_birth` are counted there: they have reached the last age group.
    StockCells(int regions, int first_birth, int last_birth);

    int regions = 0;
    int first_birth = 0;
    std::size_t births = 0;  ///< months of birth
    CellTable<> persons;     ///< lead: ((home, status), sex), birth; see person()
    CellTable<resident_statuses, 5> education;
    CellTable<occupations, 2, 3, 5, 3> employed;  ///< occupation, sex, kind, education, field
    CellTable<occupations> working_students;
    CellTable<> commuting;  ///< lead: home (regions, rest_nl, abroad), work region
    CellTable<sectors, occupations> jobs;
    CellTable<sectors, occupations> hours;  ///< a week, at most full_week_hours a job
    CellTable<tracks, 3, 2> students;       ///< track, field, sex
    CellTable<> pupils_under_15;
    CellTable<> students_at_work;
    CellTable<occupations, sectors, wage_classes> wages;  ///< employees by class of wage at the contract-wage level of January 2021
    CellTable<occupations, sectors> wage_sums;            ///< their wages in cents, in an array of 64-bit numbers of its own
    std::size_t size = 0;

    [[nodiscard]] std::size_t person(std::size_t home, LabourStatus status, Sex sex, int birth) const {
        const auto b = static_cast<std::size_t>(birth > first_birth ? birth - first_birth : 0);
        return persons.begin + ((home * resident_statuses + index_of(status)) * 2 + index_of(sex)) * births + b;
    }
    [[nodiscard]] std::size_t journey(std::size_t home, std::size_t work) const {
        return commuting.begin + home * static_cast<std::size_t>(regions + 2) + work;
    }
};

/// Counts of one moment, or changes of them.
struct Stocks {
    std::vector<std::int32_t> cells;
    std::vector<std::int64_t> wage_sums;
    void fit(const StockCells& map) {
        cells.assign(map.size, 0);
        wage_sums.assign(map.wage_sums.cells(), 0);
    }
    bool operator==(const Stocks&) const = default;
    template <class Archive>
    void archive(Archive& a) {
        a("cells", cells);
        a("wage_sums", wage_sums);
    }
};

/// Adds a person to the counts (sign = 1) or takes it out of them (sign = -1).
void count_person(const StockCells& map, Stocks& stocks, const PersonState& person, int sign);
/// Moves a person from its cells before to those after; both states are of one person who is neither gone before nor after.
void count_change(const StockCells& map, Stocks& stocks, const PersonState& before, const PersonState& after);

/// Where the cells of the flows of a month are. Leading dimension: region of residence (hires, separations: of work).
struct FlowCells {
    FlowCells() = default;
    explicit FlowCells(int regions);

    CellTable<8, 8> status;
    CellTable<8> demography;
    CellTable<occupations, 9> hires;
    CellTable<occupations, causes> separations;
    CellTable<2, 17> technical;
    CellTable<tracks, 3, 2> intake;
    CellTable<tracks, 3, 2> dropouts;
    CellTable<tracks, 3, 2> diplomas;
    std::size_t size = 0;
};

/// Counts what a month did to one person. `same_employer`: both posts are of one employer.
void count_flows(const FlowCells& map, std::vector<std::int32_t>& flows, int regions, const PersonState& before, const PersonState& after, bool same_employer,
                 sim::Month now);

}  // namespace models
