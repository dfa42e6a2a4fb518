#include <algorithm>

#include "models/occupation_graph.hpp"
#include "models/travel_graph.hpp"
#include "regions/readers.hpp"
#include "sim/error.hpp"

namespace regions {
namespace {

int index_in(const std::vector<std::string>& names, const std::string& name) {
    const auto it = std::find(names.begin(), names.end(), name);
    return it == names.end() ? -1 : static_cast<int>(it - names.begin());
}

std::string padded(int number, std::size_t width) {
    std::string text = std::to_string(number);
    return std::string(width > text.size() ? width - text.size() : 0, '0') + text;
}

[[noreturn]] void fail(const DataFolder& data, const std::string& table, const Figure& figure, const std::string& what) {
    throw sim::InputError(data.file_of(table).string() + ":" + std::to_string(figure.line) + ": " + what);
}

/// The graph of towns. Regions that do not run are part of the rest of the country.
models::TravelGraph read_roads(DataFolder& data, const std::vector<std::string>& regions) {
    const int rest_nl = static_cast<int>(regions.size());
    models::TravelGraph graph;
    const auto town = [&](const std::string& name, const std::string& region) {
        if (const int known = graph.find(name); known >= 0) return known;
        const int number = index_in(regions, region);
        return graph.add_town(name, region == "abroad" ? rest_nl + 1 : number >= 0 ? number : rest_nl);
    };
    for (const Figure* figure : data.rows("travel", "car_travel_time")) {
        // "FROM to TOWN (REGION)": FROM lies in the region of the row.
        const auto to = figure->breakdown.find(" to ");
        const auto open = figure->breakdown.rfind(" (");
        if (to == std::string::npos || open == std::string::npos || open < to + 4 || figure->breakdown.back() != ')')
            fail(data, "travel", *figure, "breakdown is '" + figure->breakdown + "' (\"FROM to TOWN (REGION)\" is expected)");
        const std::string region = figure->breakdown.substr(open + 2, figure->breakdown.size() - open - 3);
        if (region != "abroad" && region != "rest_nl" && index_in(all_regions(), region) < 0)
            fail(data, "travel", *figure, "region '" + region + "' is unknown (one of the seven, rest_nl or abroad is expected)");
        if (figure->value <= 0) fail(data, "travel", *figure, "value is not positive (minutes by car are expected)");
        const int from = town(figure->breakdown.substr(0, to), figure->region);
        graph.add_road(from, town(figure->breakdown.substr(to + 4, open - to - 4), region), figure->value);
    }
    return graph;
}

models::Occupation occupation_of(const DataFolder& data, const Figure& figure, const std::string& code) {
    const auto it = std::find(models::occupation_codes.begin(), models::occupation_codes.end(), code);
    if (it == models::occupation_codes.end()) fail(data, "occupations", figure, "occupation '" + code + "' is unknown (a code such as 071 or 10 is expected)");
    return static_cast<models::Occupation>(it - models::occupation_codes.begin());
}

}  // namespace

const std::vector<std::string>& all_regions() {
    static const std::vector<std::string> names{"Groningen/Emmen",   "IJmond",       "Groot-Rijnmond", "West-Noord-Brabant",
                                                "Zeeuws-Vlaanderen", "Zuid-Limburg", "Brainport"};
    return names;
}

void read_regions(DataFolder& data, const std::vector<std::string>& regions, models::Tables& tables) {
    models::RegionTables t;
    t.names = regions;
    std::vector<double> within;
    for (std::size_t r = 0; r < regions.size(); ++r) {
        const std::string& name = regions[r];
        std::string code;
        for (const Figure* f : data.rows("regions", "corop_code", name)) code += (code.empty() ? "CR" : "+CR") + padded(static_cast<int>(f->value), 2);
        for (const Figure* f : data.rows("regions", "municipality_code", name)) code += (code.empty() ? "GM" : "+GM") + padded(static_cast<int>(f->value), 4);
        t.codes.push_back(code);

        t.first_municipality.push_back(static_cast<int>(t.municipalities.size()));
        static const std::string prefix = "municipality: ";
        double sum = 0;
        for (const Figure* f : data.rows("regions", "population_1jan", name)) {
            if (f->breakdown.compare(0, prefix.size(), prefix) != 0) continue;
            if (f->value <= 0) fail(data, "regions", *f, "value is not positive (persons are expected)");
            t.municipalities.push_back({f->breakdown.substr(prefix.size()), static_cast<int>(r), f->value});
            sum += f->value;
        }
        const Figure& total = data.figure("regions", name, "population_1jan", "total", "2021");
        if (sum < 0.999 * total.value || sum > 1.001 * total.value)
            fail(data, "regions", total,
                 "the municipalities of " + name + " have " + std::to_string(static_cast<long long>(sum)) + " inhabitants together, the region " +
                     std::to_string(static_cast<long long>(total.value)));
        within.push_back(data.value("travel", name, "mean_journey", "car driver, one way, within the region", "2021"));
    }
    t.first_municipality.push_back(static_cast<int>(t.municipalities.size()));
    const double outside = data.value("travel", "NL", "mean_journey", "car driver, one way, outside the regions", "2021");
    within.insert(within.end(), {outside, outside});
    t.minutes = models::region_minutes(read_roads(data, regions), t.count(), within);
    tables.regions = std::move(t);
}

models::OccupationGraph read_occupations(DataFolder& data) {
    models::OccupationGraph graph;
    for (const Figure* months : data.rows("occupations", "retraining_step_months")) {
        const auto arrow = months->breakdown.find(" -> ");
        if (arrow == std::string::npos)
            fail(data, "occupations", *months, "breakdown is '" + months->breakdown + "' (two occupation codes as in \"077 -> 074\" are expected)");
        const auto from = occupation_of(data, *months, months->breakdown.substr(0, arrow));
        const auto to = occupation_of(data, *months, months->breakdown.substr(arrow + 4));
        const double euro = data.value("occupations", months->region, "retraining_step_euro", months->breakdown, months->period);
        if (months->value < 0) fail(data, "occupations", *months, "value is negative (months are expected)");
        graph.add_step(from, to, {months->value, euro});
    }
    return graph;
}

}  // namespace regions
