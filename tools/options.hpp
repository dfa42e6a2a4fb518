#pragma once
/// Options of the command line: how their texts are read, and the commands on experiments that several files share the work of declaring.

#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <system_error>
#include <utility>

#include <CLI/CLI.hpp>

#include "sim/error.hpp"
#include "sim/month.hpp"
#include "tools/command_line.hpp"

namespace tools {

inline constexpr int most_replicates = 1 << 16;
inline constexpr int most_threads = 1024;

/// Throws InputError: what the option is and what was expected.
[[noreturn]] void refuse(const std::string& option, const std::string& text, const std::string& expected);

/// Agents per person; above 0 and at most 1.
[[nodiscard]] double read_scale(const std::string& option, const std::string& text);

template <class Whole>
[[nodiscard]] Whole read_whole(const std::string& option, const std::string& text, Whole lowest, Whole highest) {
    Whole value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || value < lowest || value > highest)
        refuse(option, text, "a whole number from " + std::to_string(lowest) + " to " + std::to_string(highest));
    return value;
}

/// A month that a run can simulate.
[[nodiscard]] sim::Month read_month(const std::string& option, const std::string& text);

/// An outcome and a half-width, with a sign of equality between.
[[nodiscard]] std::pair<std::string, double> read_precision(const std::string& option, const std::string& text);

/// An option whose text is read by one of our own functions, so that the message names range and unit.
template <class Read>
CLI::Option* option(CLI::App* command, const std::string& name, Read read, const std::string& meaning, const std::string& type) {
    return command
        ->add_option_function<std::string>(
            name, [read, name](const std::string& text) { read(name, text); }, meaning)
        ->type_name(type);
}

/// Options that many commands share.
template <class Place>  // a value, or an optional one
void scale_option(CLI::App* command, Place& scale, const std::string& meaning) {
    option(
        command, "--scale", [&scale](auto& o, auto& t) { scale = read_scale(o, t); }, meaning, "SHARE");
}
template <class Place>
void seed_option(CLI::App* command, const std::string& name, Place& seed, const std::string& meaning, std::uint64_t highest = ~0ULL) {
    option(
        command, name, [&seed, highest](auto& o, auto& t) { seed = read_whole<std::uint64_t>(o, t, 0, highest); }, meaning, "N");
}
void until_option(CLI::App* command, std::optional<sim::Month>& until, const std::string& meaning);
void threads_option(CLI::App* command, int& threads);
void data_option(CLI::App* command, std::string& folder);

/// The commands on experiments: each adds itself to the program and fills its part when the line is parsed.
CLI::App* declare_calibrate(CLI::App& app, CalibrateCommand& calibrate);
CLI::App* declare_backtest(CLI::App& app, BacktestCommand& backtest);
CLI::App* declare_drivers(CLI::App& app, DriversCommand& drivers);
CLI::App* declare_scenario(CLI::App& app, ScenarioCommand& scenario);
CLI::App* declare_compare(CLI::App& app, CompareCommand& compare);
CLI::App* declare_assess(CLI::App& app, AssessCommand& assess);
CLI::App* declare_appraise(CLI::App& app, AppraiseCommand& appraise);
CLI::App* declare_sweep(CLI::App& app, SweepCommand& sweep);
CLI::App* declare_sensitivity(CLI::App& app, SensitivityCommand& sensitivity);
CLI::App* declare_emulate(CLI::App& app, EmulateCommand& emulate);
CLI::App* declare_report(CLI::App& app, ReportCommand& report);
CLI::App* declare_plot(CLI::App& app, PlotCommand& plot);

}  // namespace tools
