#include "tools/program.hpp"

#include <cstdio>
#include <filesystem>
#include <new>

#include <fmt/format.h>

#include "models/series.hpp"
#include "sim/error.hpp"
#include "sim/version.hpp"

namespace tools {
namespace {

template <class... Cases>
struct Overloaded : Cases... {
    using Cases::operator()...;
};

int print(const std::string& text) {
    std::fputs(text.c_str(), stdout);
    if (std::fflush(stdout) != 0) throw sim::FileError("standard output cannot be written");
    return 0;
}

std::string version_text() {
    return fmt::format("instroom {} (git {})\nC library: {}\nFMA: {}\nschema of files: {}\n", sim::version(), sim::commit(), sim::c_library(),
                       sim::has_fma() ? "yes" : "no", models::schema_version);
}

}  // namespace

std::string command_text(const std::vector<std::string>& arguments) {
    std::string line = "instroom";
    for (const auto& word : arguments) line += " " + word;
    return line;
}

void require_named_file(const std::string& file, const std::string& kind) {
    std::error_code error;
    if (std::filesystem::status(file, error).type() == std::filesystem::file_type::not_found)
        throw sim::InputError(fmt::format("{}: No such file ({} is expected)", file, kind));
}

void require_tables(const std::string& folder) {
    if (!folder.empty()) require_named_file(folder, "a folder of tables");
}

int program(const std::vector<std::string>& arguments) {
    try {
        return std::visit(Overloaded{[&](const RunCommand& c) { return run_command(c, arguments); },
                                     [](const RegionsCommand& c) { return regions_command(c); },
                                     [](const DescribeCommand& c) { return describe_command(c); },
                                     [](const InspectCommand& c) { return inspect_command(c); },
                                     [](const DataCommand& c) { return data_command(c); },
                                     [&](const CalibrateCommand& c) { return calibrate_command(c, arguments); },
                                     [&](const BacktestCommand& c) { return backtest_command(c, arguments); },
                                     [&](const DriversCommand& c) { return drivers_command(c, arguments); },
                                     [](const ScenarioCommand& c) { return scenario_command(c); },
                                     [&](const CompareCommand& c) { return compare_command(c, arguments); },
                                     [&](const AssessCommand& c) { return assess_command(c, arguments); },
                                     [&](const AppraiseCommand& c) { return appraise_command(c, arguments); },
                                     [](const SweepCommand& c) { return sweep_command(c); },
                                     [](const EmulateCommand& c) { return emulate_command(c); },
                                     [](const ExportCommand& c) { return export_command(c); },
                                     [](const ReportCommand& c) { return report_command(c); },
                                     [](const PlotCommand& c) { return plot_command(c); },
                                     [&](const SensitivityCommand& c) { return sensitivity_command(c, arguments); },
                                     [](const DivergeCommand& c) { return diverge_command(c); },
                                     [](const CompletionCommand& c) { return print(completion_script(c.shell, command_syntax())); },
                                     [](const VersionCommand&) { return print(version_text()); },
                                     [](const HelpCommand& c) { return print(c.text); }},
                          parse_command_line(arguments));
    } catch (const sim::Error& error) {
        fmt::print(stderr, "{}{}\n", error.exit_code() == 1 ? "instroom: a bug: " : "", error.what());
        return error.exit_code();
    } catch (const std::bad_alloc&) {
        fmt::print(stderr, "memory ran out; a smaller --scale or fewer regions take less\n");
        return 3;
    } catch (const std::exception& error) {
        fmt::print(stderr, "instroom: a bug: {}\n", error.what());
        return 1;
    }
}

}  // namespace tools
