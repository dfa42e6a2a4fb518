#include <algorithm>
#include <limits>

#include "regions/readers.hpp"
#include "sim/error.hpp"

namespace regions {

void read_awareness(DataFolder& data, const std::vector<std::string>&, models::Tables& tables) {
    models::AwarenessTables t;
    static constexpr std::array<const char*, models::target_groups> groups{"target=young", "target=adults"};
    for (std::size_t g = 0; g < groups.size(); ++g) {
        t.background[g] = data.value("awareness", "NL", "background_pressure", groups[g], "2021");
        if (t.background[g] < 0)
            throw sim::InputError(data.file_of("awareness").string() + ": background_pressure (" + groups[g] +
                                  ") is negative (gross rating points a month are expected)");
    }
    const models::OccupationRoutes routes = read_occupations(data).routes();
    for (int from = 0; from < models::occupations; ++from) {
        double least = std::numeric_limits<double>::infinity();
        for (int to = 0; to < models::first_other_occupation; ++to)
            least = std::min(least, routes.months(static_cast<models::Occupation>(from), static_cast<models::Occupation>(to)));
        t.months_to_technical[static_cast<std::size_t>(from)] = least;
    }
    tables.awareness = t;
}

}  // namespace regions
