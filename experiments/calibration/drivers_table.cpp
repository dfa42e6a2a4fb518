#include "experiments/calibration/drivers_table.hpp"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cmath>
#include <cstring>
#include <fstream>

#include <fmt/format.h>

#include "experiments/scenarios/toml_values.hpp"
#include "models/parameters.hpp"
#include "regions/data_folder.hpp"
#include "sim/error.hpp"
#include "sim/version.hpp"

namespace experiments {
namespace {

const std::string header = "indicator,unit,until,mean,standard_deviation,driver,status,share,standard_error,effect";
constexpr std::size_t columns = 10;
const std::string rest_name = "rest", chance_name = "chance";

std::string status_of(const std::string& name) {
    if (const auto* p = models::find_parameter(name)) return std::string(models::text(p->status));
    throw sim::Bug("no parameter is named " + name);
}

/// Units hold commas ("index, start = 1"), which a column may not.
std::string unit_word(std::string unit) {
    std::replace(unit.begin(), unit.end(), ',', ';');
    return unit;
}

std::string figure_text(double value) { return std::abs(value) >= 1000 ? fmt::format("{:.0f}", value) : fmt::format("{:.3g}", value); }

std::string percent(double share) { return fmt::format("{:.0f} %", 100 * share); }

std::string spaced(std::string name) {
    std::replace(name.begin(), name.end(), '_', ' ');
    return name;
}

std::vector<std::string> fields_of(const std::string& line) {
    std::vector<std::string> fields;
    std::size_t begin = 0;
    while (true) {
        const auto end = line.find(',', begin);
        fields.push_back(line.substr(begin, end == std::string::npos ? end : end - begin));
        if (end == std::string::npos) return fields;
        begin = end + 1;
    }
}

}  // namespace

std::vector<DriverRow> driver_rows(const DriverDesign& design, const Drivers& drivers) {
    const auto& targets = design.targets.targets;
    const auto indicators = core_indicators(targets.front().until);
    std::vector<DriverRow> rows;
    for (std::size_t m = 0; m < targets.size(); ++m) {
        const auto& shares = drivers.shares[m];
        DriverRow row;
        row.indicator = targets[m].name;
        row.unit = unit_word(indicators[m].unit);
        row.until = targets[m].until.text();
        row.mean = shares.mean;
        row.deviation = shares.deviation;
        for (const auto& s : shares.inputs) {
            row.driver = design.targets.free[s.input].name;
            row.status = status_of(row.driver);
            row.share = s.share;
            row.error = s.error;
            row.effect = s.slope / shares.mean;
            rows.push_back(row);
        }
        row.status.clear();
        row.error = row.effect = 0;
        row.driver = rest_name;
        row.share = shares.rest;
        rows.push_back(row);
        row.driver = chance_name;
        row.share = shares.chance;
        rows.push_back(row);
    }
    return rows;
}

std::string drivers_csv(const std::vector<DriverRow>& rows, const DriverDesign& design, const Drivers& drivers, const DriversOrigin& origin) {
    std::string text = fmt::format("# {}\n", origin.command_line);
    text +=
        fmt::format("# Instroom {} (git {}); {} runs, and {} at the centre for chance, {} failed; {} parameters; scale {}, seed {}; posterior draws of {}\n",
                    sim::version(), sim::commit(), design.runs, design.replicates, drivers.failed, design.targets.free.size(), number_text(origin.scale),
                    origin.seed, origin.draws);
    text += "# Share of the variance over runs of the mean of the last twelve months; effect: relative change for a standard deviation of the driver; ";
    text += fmt::format("{} stands for the path of the shock to demand\n{}\n", shock_input, header);
    for (const auto& r : rows)
        text += fmt::format("{},{},{},{:.6g},{:.4g},{},{},{:.4f},{:.4f},{:.4f}\n", r.indicator, r.unit, r.until, r.mean, r.deviation, r.driver, r.status,
                            r.share, r.error, r.effect);
    return text;
}

std::string drivers_report(const std::vector<DriverRow>& rows, const DriverDesign& design) {
    constexpr std::size_t most = 5;
    constexpr double least = 0.01;  // of a named one
    std::string text = fmt::format("{:<34} {:>9} {:>8} {:>6} {:>7}  {}\n", "mean of the year to " + design.targets.targets.front().until.text(), "mean",
                                   "spread", "rest", "chance", "drivers (share of the variance, which way the indicator goes)");
    const auto indicators = core_indicators(design.targets.targets.front().until);
    for (const auto& one : indicators) {
        std::string drivers;
        double rest = 0, chance = 0, mean = 0, deviation = 0, more = 0;
        std::size_t named = 0, further = 0;
        for (const auto& r : rows) {
            if (r.indicator != one.target.name) continue;
            mean = r.mean;
            deviation = r.deviation;
            if (r.driver == rest_name) {
                rest = r.share;
            } else if (r.driver == chance_name) {
                chance = r.share;
            } else if (named < most && r.share >= least) {
                drivers += fmt::format("{}{} {}{}", named == 0 ? "" : ", ", r.driver, r.effect < 0 ? "-" : "+", percent(r.share));
                ++named;
            } else {
                more += r.share;
                ++further;
            }
        }
        if (further > 0) drivers += fmt::format(", {} more {}", further, percent(more));
        text += fmt::format("{:<34} {:>9} {:>8} {:>6} {:>7}  {}\n", one.meaning, figure_text(mean),
                            mean != 0 ? fmt::format("{:.1f} %", 100 * deviation / std::abs(mean)) : "-", percent(rest), percent(chance),
                            drivers.empty() ? "none that can be told from chance" : drivers);
    }
    return text + "(spread: standard deviation over runs; rest: what no single parameter explains; chance: of runs with the same parameters, at this scale)\n";
}

std::vector<DriverRow> read_driver_rows(const std::filesystem::path& file) {
    errno = 0;
    std::ifstream stream(file, std::ios::binary);
    if (!stream) throw sim::FileError(file.string() + ": cannot be read: " + std::strerror(errno));
    std::vector<DriverRow> rows;
    std::string line;
    bool headed = false;
    for (int number = 1; std::getline(stream, line); ++number) {
        if (line.empty() || line[0] == '#') continue;
        const auto refuse = [&](const std::string& expected) {
            throw sim::InputError(fmt::format("{}:{}: {} is expected, as `instroom drivers` writes it", file.string(), number, expected));
        };
        if (!headed) {
            if (line != header) refuse("the header " + header);
            headed = true;
            continue;
        }
        const auto fields = fields_of(line);
        if (fields.size() != columns) refuse(fmt::format("a row of {} columns", columns));
        const auto real = [&](std::size_t column) {
            double value = 0;
            const auto& word = fields[column];
            const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
            if (error != std::errc{} || end != word.data() + word.size()) refuse(fmt::format("a number in column {}", column + 1));
            return value;
        };
        rows.push_back({fields[0], fields[1], fields[2], real(3), real(4), fields[5], fields[6], real(7), real(8), real(9)});
    }
    if (rows.empty()) throw sim::InputError(file.string() + ": holds no rows; a file that `instroom drivers` wrote is expected");
    return rows;
}

std::string assumed_drivers_text(const std::vector<DriverRow>& rows) {
    constexpr std::size_t most = 6;
    struct Named {
        const DriverRow* strongest;
        std::size_t indicators;  ///< that it drives
    };
    std::vector<Named> named;
    const std::string assumed(models::text(models::Status::assumed));
    for (const auto& r : rows) {
        if (r.status != assumed || r.share < driving_share) continue;
        const auto known = std::find_if(named.begin(), named.end(), [&](const Named& n) { return n.strongest->driver == r.driver; });
        if (known == named.end()) {
            named.push_back({&r, 1});
            continue;
        }
        ++known->indicators;
        if (r.share > known->strongest->share) known->strongest = &r;
    }
    if (named.empty()) return "";
    std::stable_sort(named.begin(), named.end(), [](const Named& a, const Named& b) { return a.strongest->share > b.strongest->share; });
    std::string text = fmt::format("Assumed parameters drive core indicators of {}: ", named.front().strongest->until.substr(0, 4));
    for (std::size_t i = 0; i < std::min(most, named.size()); ++i) {
        const auto& [row, indicators] = named[i];
        text += fmt::format("{}{} ({} of the variance of {}{})", i == 0 ? "" : ", ", row->driver, percent(row->share), spaced(row->indicator),
                            indicators > 1 ? fmt::format(", and of {} more", indicators - 1) : "");
    }
    if (named.size() > most) text += fmt::format(", and {} more", named.size() - most);
    return text + "\n";
}

std::filesystem::path shipped_drivers() { return regions::shipped_data() / "drivers.csv"; }

}  // namespace experiments
