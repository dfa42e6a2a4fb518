#include "regions/figure_changes.hpp"

#include <algorithm>
#include <map>
#include <tuple>

namespace regions {

namespace {

using Name = std::tuple<std::string, std::string, std::string, std::string, std::string>;

/// Figures by name. Where a name stands on several lines (a reader that wants one row refuses those), each is a figure of its own, in the order of lines.
std::map<Name, std::vector<UsedFigure>> by_name(const DataFolder& folder) {
    std::map<Name, std::vector<UsedFigure>> all;
    for (auto& used : folder.figures()) {
        const Figure& f = *used.figure;
        all[{used.table, f.variable, f.region, f.breakdown, f.period}].push_back(std::move(used));
    }
    return all;
}

bool same(const Figure& a, const Figure& b) {
    return a.value == b.value && a.low == b.low && a.high == b.high && a.status == b.status && a.unit == b.unit && a.known_from == b.known_from;
}

}  // namespace

std::vector<FigureChange> figure_changes(const DataFolder& before, const DataFolder& after) {
    const auto old_figures = by_name(before);
    const auto new_figures = by_name(after);
    std::map<Name, std::size_t> lines;
    for (const auto* figures : {&old_figures, &new_figures})
        for (const auto& [name, used] : *figures) lines[name] = std::max(lines[name], used.size());

    std::vector<FigureChange> changes;
    for (const auto& [name, count] : lines)
        for (std::size_t line = 0; line < count; ++line) {
            FigureChange change{std::get<0>(name), {}, {}, {}};
            const auto take = [&](const auto& figures, std::optional<Figure>& into) {
                const auto found = figures.find(name);
                if (found == figures.end() || line >= found->second.size()) return;
                into = *found->second[line].figure;
                for (const auto& reader : found->second[line].feeds)
                    if (std::find(change.feeds.begin(), change.feeds.end(), reader) == change.feeds.end()) change.feeds.push_back(reader);
            };
            take(old_figures, change.before);
            take(new_figures, change.after);
            if (!(change.before && change.after && same(*change.before, *change.after))) changes.push_back(std::move(change));
        }
    return changes;
}

}  // namespace regions
