#pragma once
/// What a backtest may know: rows of time paths that were known after a date are refused. Model description, section 8.
///
/// The cut applies to time paths alone: what moved after the start and drives a run, and the observed figures. Rows that say how the labour market is built
/// (the mix of sectors and occupations, rates of behaviour, wages of one year) stay, though many were published later: they describe the start, and there is no
/// earlier edition of them. `CutReport` counts both.

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace regions {

struct Figure;

struct TableCut {
    std::string known_until;       ///< a date such as "2022-12-31": the last day whose knowledge counts; empty = everything is known
    bool national_totals = false;  ///< the paths of national demand (jobs, vacancies, tightness) are given all the same: a conditional forecast
};

/// One variable that is a path over time.
struct TimePath {
    std::string_view table, variable;
    int from;  ///< rows of earlier years belong to the start, whenever they were known
    bool national_total;
};

[[nodiscard]] const std::vector<TimePath>& time_paths();

/// Whether the row of a table was known too late.
[[nodiscard]] bool refused_by(const TableCut& cut, const std::string& table, const Figure& figure);

/// What a cut did to the tables that were read.
struct CutReport {
    struct Count {
        std::size_t refused = 0;      ///< rows of paths that were known later
        std::size_t known_later = 0;  ///< other rows that were known later and stay: structure at the start, and assumptions
    };
    std::map<std::string, Count> tables;
    std::vector<std::string> assumptions;  ///< what took the place of refused rows, in the order in which it did
};

}  // namespace regions
