#pragma once
/// The program `instroom`: one function a command.

#include <string>
#include <vector>

#include "experiments/scenarios/scenario.hpp"
#include "tools/command_line.hpp"

namespace tools {

/// Runs the program and returns its exit code: 0 done, 1 a bug, 2 bad input, 3 failed input or output, 130 and 143 interrupted.
/// Errors are one line each on standard error.
int program(const std::vector<std::string>& arguments);

/// Throws InputError where a file that a person named for reading is not there: a slip of the pen, not a failure of the disk.
void require_named_file(const std::string& file, const std::string& kind);

/// The same for the folder of --data; none named is none missing.
void require_tables(const std::string& folder);

/// The command as a person gave it.
[[nodiscard]] std::string command_text(const std::vector<std::string>& arguments);

/// The scenario in a file; the built-in one for the word baseline.
[[nodiscard]] experiments::Scenario named_scenario(const std::string& word);

int run_command(const RunCommand& command, const std::vector<std::string>& arguments);
int regions_command(const RegionsCommand& command);
int describe_command(const DescribeCommand& command);
int inspect_command(const InspectCommand& command);
int data_command(const DataCommand& command);
int calibrate_command(const CalibrateCommand& command, const std::vector<std::string>& arguments);
int backtest_command(const BacktestCommand& command, const std::vector<std::string>& arguments);
int drivers_command(const DriversCommand& command, const std::vector<std::string>& arguments);
int scenario_command(const ScenarioCommand& command);
int compare_command(const CompareCommand& command, const std::vector<std::string>& arguments);
int assess_command(const AssessCommand& command, const std::vector<std::string>& arguments);
int appraise_command(const AppraiseCommand& command, const std::vector<std::string>& arguments);
int sweep_command(const SweepCommand& command);
int emulate_command(const EmulateCommand& command);
int export_command(const ExportCommand& command);
int report_command(const ReportCommand& command);
int plot_command(const PlotCommand& command);
int sensitivity_command(const SensitivityCommand& command, const std::vector<std::string>& arguments);
/// 0 alike, 1 the runs part.
int diverge_command(const DivergeCommand& command);

}  // namespace tools
