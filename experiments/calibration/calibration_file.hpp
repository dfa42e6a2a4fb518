#pragma once
/// The result of a calibration as a file (TOML): a scenario with the calibrated parameters, and everything behind them under [calibration].

#include <cstdint>
#include <string>
#include <vector>

#include "experiments/calibration/calibration.hpp"
#include "models/region_tables.hpp"

namespace experiments {

/// What a result rests on, for the file.
struct CalibrationOrigin {
    std::string command_line;
    std::string targets;  ///< file
    double scale = 1;
    std::uint64_t seed = 1;
    int budget = 0;
    std::vector<models::ProvenanceRow> tables;
};

/// The text of the file. No dates: the same calibration gives the same bytes.
[[nodiscard]] std::string calibration_text(const Calibration& calibration, const Targets& targets, const CalibrationOrigin& origin);

/// Tables for a terminal: parameters, moments (observed, at the shipped values, calibrated), singular values, regions.
[[nodiscard]] std::string calibration_report(const Calibration& calibration, const Targets& targets);

}  // namespace experiments
