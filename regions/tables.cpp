#include "regions/tables.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "regions/readers.hpp"
#include "sim/error.hpp"

namespace regions {

models::Tables read_tables(DataFolder& data, const std::vector<std::string>& regions, double scale) {
    if (!(scale > 0 && scale <= 1)) throw sim::InputError("scale is " + std::to_string(scale) + " (agents per person, above 0 and at most 1, is expected)");
    for (const auto& name : regions)
        if (std::find(all_regions().begin(), all_regions().end(), name) == all_regions().end()) {
            std::string known;
            for (const auto& region : all_regions()) known += (known.empty() ? "" : ", ") + region;
            throw sim::InputError("region '" + name + "' is unknown (known: " + known + ")");
        }
    std::vector<std::string> chosen;
    for (const auto& region : all_regions())
        if (regions.empty() || std::find(regions.begin(), regions.end(), region) != regions.end()) chosen.push_back(region);

    models::Tables tables;
    tables.scale = scale;
    // Regions come first: the others need their number.
    using Reader = void (*)(DataFolder&, const std::vector<std::string>&, models::Tables&);
    const std::vector<std::pair<std::string, Reader>> readers{
        {"regions", read_regions},     {"demography", read_demography}, {"schooling", read_schooling},   {"separations", read_separations},
        {"search", read_search},       {"demand", read_demand},         {"wages", read_wages},           {"programmes", read_programmes},
        {"adult BBL", read_adult_bbl}, {"teaching", read_teaching},     {"innovation", read_innovation}, {"awareness", read_awareness},
    };
    for (const auto& [name, read] : readers) {
        data.read_for(name);
        read(data, chosen, tables);
    }
    tables.provenance = data.provenance();
    return tables;
}

models::Tables read_tables(const std::filesystem::path& data, const std::vector<std::string>& regions, double scale) {
    DataFolder folder(data);
    return read_tables(folder, regions, scale);
}

}  // namespace regions
