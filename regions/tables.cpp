#include "regions/tables.hpp"

#include <algorithm>

#include "regions/readers.hpp"
#include "sim/error.hpp"

namespace regions {

models::Tables read_tables(const std::filesystem::path& data, const std::vector<std::string>& regions, double scale) {
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

    DataFolder folder(data);
    models::Tables tables;
    tables.scale = scale;
    read_regions(folder, chosen, tables);
    read_demography(folder, chosen, tables);
    read_schooling(folder, chosen, tables);
    read_separations(folder, chosen, tables);
    read_search(folder, chosen, tables);
    read_demand(folder, chosen, tables);
    read_wages(folder, chosen, tables);
    read_programmes(folder, chosen, tables);
    read_work_learning(folder, chosen, tables);
    read_adult_bbl(folder, chosen, tables);
    read_teaching(folder, chosen, tables);
    read_innovation(folder, chosen, tables);
    read_awareness(folder, chosen, tables);
    tables.provenance = folder.provenance();
    return tables;
}

}  // namespace regions
