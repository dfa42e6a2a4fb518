#include <algorithm>
#include <array>
#include <cstdio>
#include <map>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "experiments/runs/run.hpp"
#include "regions/data_folder.hpp"
#include "regions/figure_changes.hpp"
#include "regions/readers.hpp"
#include "sim/error.hpp"
#include "sim/nearest_word.hpp"
#include "tools/program.hpp"

namespace tools {
namespace {

std::string joined(const std::vector<std::string>& words, const char* none) {
    std::string text;
    for (const auto& word : words) text += (text.empty() ? "" : ", ") + word;
    return text.empty() ? none : text;
}

std::string range_text(const regions::Figure& f) {
    if (!f.low && !f.high) return "";
    return fmt::format(" ({} to {})", f.low ? fmt::format("{:g}", *f.low) : "", f.high ? fmt::format("{:g}", *f.high) : "");
}

std::string figure_text(const regions::Figure& f) {
    return fmt::format("{:g}{} {}, {}, known {}", f.value, range_text(f), f.unit, models::text(f.status), f.known_from);
}

/// The name of a figure as a person reads it: without the parts that say nothing.
std::string name_text(const regions::Figure& f) {
    std::string text = f.variable;
    for (const auto& part : {f.region, f.breakdown, f.period})
        if (!part.empty()) text += " | " + part;
    return text;
}

/// Tables of the given folder over the shipped ones, every figure of all regions read as a run reads it.
regions::DataFolder read_all(const std::string& folder) {
    regions::DataFolder data = regions::tables_under(folder);
    static_cast<void>(experiments::read_inputs(data, regions::all_regions(), 1.0));
    return data;
}

int list(const DataCommand& command, const regions::DataFolder& data) {
    std::vector<std::string> tables;
    std::size_t shown = 0;
    for (const auto& used : data.figures()) {
        const regions::Figure& f = *used.figure;
        if (tables.empty() || tables.back() != used.table) tables.push_back(used.table);
        if (!command.table.empty() && used.table != command.table) continue;
        if (!command.status.empty() && models::text(f.status) != command.status) continue;
        if (!command.feeds.empty() && std::find(used.feeds.begin(), used.feeds.end(), command.feeds) == used.feeds.end()) continue;
        fmt::print("{}.csv:{}: {} = {}; feeds {}\n", used.table, f.line, name_text(f), figure_text(f), joined(used.feeds, "nothing"));
        ++shown;
    }
    if (!command.table.empty() && std::find(tables.begin(), tables.end(), command.table) == tables.end())
        throw sim::InputError(
            fmt::format("--table is '{}', but there is no such table; did you mean '{}'?", command.table, sim::nearest_word(command.table, tables)));
    fmt::print("{} figures\n", shown);
    return 0;
}

struct Sum {
    std::size_t rows = 0, unread = 0;
    std::array<std::size_t, models::status_words.size()> by_status{};
};

int check(const DataCommand& command, const regions::DataFolder& data) {
    std::map<std::string, Sum> sums;
    for (const auto& used : data.figures()) {
        auto& sum = sums[used.table];
        ++sum.rows;
        if (used.feeds.empty()) ++sum.unread;
        ++sum.by_status[static_cast<std::size_t>(used.figure->status)];
    }
    fmt::print("{:<20}{:>7}{:>10}{:>9}{:>10}{:>9}{:>11}  {}\n", "table", "rows", "observed", "derived", "recalled", "assumed", "not asked", "file");
    Sum all;
    for (const auto& [table, sum] : sums) {
        fmt::print("{:<20}{:>7}{:>10}{:>9}{:>10}{:>9}{:>11}  {}\n", table, sum.rows, sum.by_status[0], sum.by_status[1], sum.by_status[2], sum.by_status[3],
                   sum.unread, data.file_of(table).string());
        all.rows += sum.rows;
        all.unread += sum.unread;
        for (std::size_t s = 0; s < sum.by_status.size(); ++s) all.by_status[s] += sum.by_status[s];
    }
    fmt::print("{:<20}{:>7}{:>10}{:>9}{:>10}{:>9}{:>11}\n", "all", all.rows, all.by_status[0], all.by_status[1], all.by_status[2], all.by_status[3],
               all.unread);
    if (command.data.empty()) return 0;

    const auto changes = regions::figure_changes(read_all(""), data);
    fmt::print("\n{} figures differ from the shipped tables\n", changes.size());
    for (const auto& change : changes) {
        const regions::Figure& f = change.after ? *change.after : *change.before;
        fmt::print("{}.csv:{}: {}: {} -> {}; feeds {}\n", change.table, f.line, name_text(f), change.before ? figure_text(*change.before) : "not there",
                   change.after ? figure_text(*change.after) : "not there", joined(change.feeds, "nothing"));
    }
    return 0;
}

}  // namespace

int data_command(const DataCommand& command) {
    require_tables(command.data);
    const regions::DataFolder data = read_all(command.data);
    return command.action == "list" ? list(command, data) : check(command, data);
}

}  // namespace tools
