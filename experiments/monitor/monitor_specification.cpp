#include "experiments/monitor/monitor_specification.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "experiments/figures/selection.hpp"
#include "experiments/scenarios/library.hpp"
#include "regions/data_folder.hpp"
#include "regions/readers.hpp"
#include "sim/error.hpp"
#include "sim/nearest_word.hpp"

namespace experiments {
namespace {

using Json = nlohmann::ordered_json;

const std::vector<std::string> kinds{"ratio", "count", "mean", "growth"};
const std::vector<std::string> scalings{"none", "persons", "nation"};

Json json_of(const std::vector<std::string>& selections) {
    Json list = Json::array();
    for (const auto& words : selections) {
        const auto selection = selection_of(words);
        Json where = Json::object();
        for (const auto& [dimension, labels] : selection.where) where[dimension] = labels;
        list.push_back({{"series", selection.series}, {"sign", selection.sign}, {"where", where}});
    }
    return list;
}

/// The words of a moment.
void put_moment(Json& to, const MomentWords& moment) {
    to["kind"] = kinds[static_cast<std::size_t>(moment.kind)];
    to["top"] = json_of(moment.top);
    to["bottom"] = json_of(moment.bottom);
    to["times"] = moment.times;
    to["scaling"] = scalings[static_cast<std::size_t>(moment.scaling)];
}

}  // namespace

double MonitorSpecification::nation_over(const std::vector<std::string>& names) const {
    double sum = 0;
    for (const auto& name : names)
        if (const auto found = inhabitants.find(name); found != inhabitants.end()) sum += found->second;
    return inhabitants.at("NL") / sum;
}

MonitorSpecification monitor_specification(const std::filesystem::path& data) {
    MonitorSpecification made;
    made.regions = regions::all_regions();
    made.indicators = read_monitor_indicators(shipped_monitor_indicators());
    auto folder = regions::tables_under(data);
    for (const auto& region : made.regions) made.inhabitants[region] = folder.value("population", region, "population_1jan", "total", "2021");
    made.inhabitants["NL"] = folder.value("population", "NL", "population_1jan", "total", "2021");

    BacktestData backtest;
    backtest.series = read_backtest_series(shipped_backtest_series(), made.regions);
    const auto& rows = folder.table("observed");
    const std::string file = folder.file_of("observed").string();
    add_figures(backtest, rows, file);
    for (const auto& figures : backtest.figures) {
        made.figures.emplace_back();
        for (const auto& figure : figures) {
            const auto row = std::find_if(rows.begin(), rows.end(), [&](const auto& r) { return file + ":" + std::to_string(r.line) == figure.at; });
            SourcedFigure sourced{figure, {}, {}};
            if (row != rows.end()) sourced.source = row->source, sourced.url = row->url;
            made.figures.back().push_back(std::move(sourced));
        }
    }
    made.series = std::move(backtest.series);
    std::vector<std::string> names;
    for (const auto& series : made.series) names.push_back(series.name);
    for (const auto& one : made.indicators)
        for (const auto& observed : one.observed)
            if (std::find(names.begin(), names.end(), observed) == names.end())
                throw sim::InputError(shipped_monitor_indicators().string() + ":" + std::to_string(one.line) + ": indicator." + one.name +
                                      ".observed: no series is named '" + observed + "'; did you mean " + sim::nearest_word(observed, names) + "?");
    return made;
}

Json json_of(const MonitorSpecification& specification) {
    Json made;
    made["regions"] = specification.regions;
    made["inhabitants"] = specification.inhabitants;
    Json measures = Json::object();
    for (const auto& one : library().measures) measures[one.measure.name] = one.measure.title;
    made["measures"] = std::move(measures);
    Json indicators = Json::array();
    for (const auto& one : specification.indicators) {
        Json entry{{"name", one.name},
                   {"pillar", monitor_pillars()[one.pillar]},
                   {"window", one.window},
                   {"show", monitor_shows()[one.show]},
                   {"core", one.core},
                   {"title", {{"en", one.english}, {"nl", one.dutch}}},
                   {"unit", {{"en", one.english_unit}, {"nl", one.dutch_unit}}},
                   {"outside", one.outside},
                   {"observed", one.observed},
                   {"goal_nation", one.goal_nation}};
        put_moment(entry, one);
        indicators.push_back(std::move(entry));
    }
    made["indicators"] = std::move(indicators);
    Json observed = Json::array();
    for (std::size_t s = 0; s < specification.series.size(); ++s) {
        const auto& series = specification.series[s];
        Json entry{{"name", series.name},     {"family", backtest_families()[series.family]},
                   {"region", series.region}, {"regions", series.regions},
                   {"at_end", series.at_end}, {"adjusted", series.adjusted},
                   {"level", series.level},   {"note", series.note}};
        put_moment(entry, series);
        Json figures = Json::array();
        for (const auto& f : specification.figures[s])
            figures.push_back({{"period", f.period},
                               {"from", f.from.text()},
                               {"until", f.until.text()},
                               {"value", f.value},
                               {"error", f.error},
                               {"unit", f.unit},
                               {"status", models::status_words[static_cast<std::size_t>(f.status)]},
                               {"source", f.source},
                               {"url", f.url}});
        entry["figures"] = std::move(figures);
        observed.push_back(std::move(entry));
    }
    made["observed"] = std::move(observed);
    return made;
}

}  // namespace experiments
