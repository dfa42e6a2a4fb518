#pragma once
/// The shares of `instroom drivers` as a table: CSV, terminal, and the words of a run's summary.

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "experiments/calibration/drivers.hpp"

namespace experiments {

/// One share of one indicator's variance.
struct DriverRow {
    std::string indicator, unit, until;
    double mean = 0, deviation = 0;  ///< of the indicator over runs
    std::string driver;              ///< a parameter, "rest" or "chance"
    std::string status;              ///< of the parameter; empty for rest and chance
    double share = 0;
    double error = 0;   ///< standard error of the share; 0 for rest and chance
    double effect = 0;  ///< change of the indicator, relative to its mean, for a standard deviation of the parameter
};

/// What a table rests on.
struct DriversOrigin {
    std::string command_line, draws;  ///< the words of the command; the file with the posterior
    double scale = 1;
    std::uint64_t seed = 1;
};

/// All rows: indicators in their order, within one the drivers by their share, then rest and chance.
[[nodiscard]] std::vector<DriverRow> driver_rows(const DriverDesign& design, const Drivers& drivers);

/// The text of the file: what it rests on in lines that begin with "#", then a header and the rows.
[[nodiscard]] std::string drivers_csv(const std::vector<DriverRow>& rows, const DriverDesign& design, const Drivers& drivers, const DriversOrigin& origin);

/// A table for a terminal: one line an indicator with its five strongest drivers.
[[nodiscard]] std::string drivers_report(const std::vector<DriverRow>& rows, const DriverDesign& design);

/// Reads a file of shares. Throws FileError where it cannot be read, InputError with file and line for anything that is no row of it.
[[nodiscard]] std::vector<DriverRow> read_driver_rows(const std::filesystem::path& file);

/// Share of an indicator's variance from which a parameter counts as driving it.
inline constexpr double driving_share = 0.1;

/// The assumed parameters that drive an indicator, in one or two lines; empty where there are none.
[[nodiscard]] std::string assumed_drivers_text(const std::vector<DriverRow>& rows);

/// The shipped table, beside the shipped tables of figures.
[[nodiscard]] std::filesystem::path shipped_drivers();

}  // namespace experiments
