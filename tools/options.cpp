#include "tools/options.hpp"

#include "experiments/scenarios/scenario.hpp"

namespace tools {

void refuse(const std::string& option, const std::string& text, const std::string& expected) {
    throw sim::InputError(option + " is '" + text + "', but " + expected + " is expected");
}

double read_scale(const std::string& option, const std::string& text) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || !(value > 0 && value <= 1))
        refuse(option, text, "a number of agents per person above 0 and at most 1");
    return value;
}

sim::Month read_month(const std::string& option, const std::string& text) {
    const std::string expected = "a month from " + experiments::first_month.text() + " to " + experiments::latest_month.text() + ", written YYYY-MM,";
    try {
        const sim::Month month = sim::Month::parse(text);
        if (month < experiments::first_month || month > experiments::latest_month) refuse(option, text, expected);
        return month;
    } catch (const sim::InputError&) {
        refuse(option, text, expected);
    }
}

std::pair<std::string, double> read_precision(const std::string& option, const std::string& text) {
    const auto equals = text.find('=');
    double width = 0;
    const char* const end = text.data() + text.size();
    if (equals == std::string::npos || equals == 0) refuse(option, text, "an outcome and half the width of its interval, as technicians_at_work=200,");
    const auto [last, error] = std::from_chars(text.data() + equals + 1, end, width);
    if (error != std::errc{} || last != end || !(width > 0)) refuse(option, text, "a number above 0 after the sign of equality");
    return {text.substr(0, equals), width};
}

void until_option(CLI::App* command, std::optional<sim::Month>& until, const std::string& meaning) {
    option(
        command, "--until", [&until](auto& o, auto& t) { until = read_month(o, t); }, meaning, "YYYY-MM");
}

void threads_option(CLI::App* command, int& threads) {
    option(
        command, "--threads", [&threads](auto& o, auto& t) { threads = read_whole(o, t, 1, most_threads); }, "Threads (default: all processors)", "T");
}

void data_option(CLI::App* command, std::string& folder) {
    command->add_option("--data", folder, "Folder with tables that take the place of the shipped ones of the same names")->type_name("FOLDER");
}

}  // namespace tools
