#include <algorithm>
#include <string>

#include "regions/readers.hpp"
#include "sim/error.hpp"

namespace regions {

void read_work_learning(DataFolder& data, const std::vector<std::string>& regions, models::Tables& tables) {
    auto& t = tables.work_learning;
    t.places.assign(regions.size(), 0.0);
    t.from = sim::Month::of(2023, 1);
    for (const Figure* f : data.rows("work_learning", "places")) {
        const std::string where = data.file_of("work_learning").string() + ":" + std::to_string(f->line) + ": ";
        if (!(f->value >= 0)) throw sim::InputError(where + "value is " + std::to_string(f->value) + " (places a year, 0 or more, are expected)");
        if (f->period != "2023-") throw sim::InputError(where + "period is '" + f->period + "' ('2023-' is expected: from January 2023 on)");
        const auto region = std::find(regions.begin(), regions.end(), f->region);
        if (region != regions.end()) t.places[static_cast<std::size_t>(region - regions.begin())] += f->value;
    }
}

}  // namespace regions
