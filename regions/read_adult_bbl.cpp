#include <string>

#include "models/bbl.hpp"
#include "regions/readers.hpp"
#include "sim/error.hpp"

namespace regions {
namespace {

[[noreturn]] void fail(const DataFolder& data, const Figure& figure, const std::string& expected) {
    throw sim::InputError(data.file_of("adult_bbl").string() + ":" + std::to_string(figure.line) + ": value is " + std::to_string(figure.value) + " (" +
                          expected + " is expected)");
}

double share(DataFolder& data, std::string_view variable, std::string_view breakdown, std::string_view period) {
    const Figure& figure = data.figure("adult_bbl", "NL", variable, breakdown, period);
    if (figure.value < 0 || figure.value > 1) fail(data, figure, "a share from 0 to 1");
    return figure.value;
}

/// Employees of the nation in the occupations that are learned in BBL for a field.
double employees(DataFolder& data, models::Field field) {
    double sum = 0;
    for (int o = 0; o < models::occupations; ++o) {
        if (!models::learned_in_bbl(static_cast<models::Occupation>(o), field)) continue;
        const std::string code = "BRC " + std::string(models::occupation_codes[static_cast<std::size_t>(o)]);
        for (const Figure* f : data.rows("search", "employees_by_brc", "NL"))
            if (f->breakdown == code || f->breakdown.starts_with(code + " ")) sum += f->value;
    }
    if (!(sum > 0)) throw sim::InputError(data.file_of("search").string() + ": no employees_by_brc of occupations that are learned in BBL");
    return sum;
}

}  // namespace

void read_adult_bbl(DataFolder& data, const std::vector<std::string>&, models::Tables& tables) {
    auto& t = tables.adult_bbl;
    struct Intake {
        const char* field;
        const char* breakdown;
        const char* period;
        const char* bbl_period;
    };
    static constexpr std::array<Intake, 3> rows{
        {{"technical", "technical; technology + mobility without ICT", "2019", "2020"}, {"ict", "ict", "2019", "2020"}, {"other", "other", "2021", "2020"}}};
    for (std::size_t f = 0; f < rows.size(); ++f) {
        const Figure& intake = data.figure("adult_bbl", "NL", "mbo_intake_25plus", rows[f].breakdown, rows[f].period);
        if (!(intake.value >= 0)) fail(data, intake, "a number of persons a year, 0 or more,");
        t.intake[f] = intake.value * share(data, "bbl_share_25plus", rows[f].field, rows[f].bbl_period);
        t.intake_per_job[f] = t.intake[f] / employees(data, static_cast<models::Field>(f));
        t.women[f] = share(data, "intake_women", rows[f].field, "2019/20");
    }
    static constexpr std::array<const char*, models::adult_ages> ages{"age 25-34", "age 35-44", "age 45-54"};
    for (std::size_t a = 0; a < ages.size(); ++a) {
        const Figure& propensity = data.figure("adult_bbl", "NL", "intake_propensity", ages[a], "2021");
        if (!(propensity.value >= 0)) fail(data, propensity, "a propensity of 0 or more");
        t.propensity[a] = propensity.value;
    }
    t.september = share(data, "intake_september", "of a year's intake", "2021");
}

}  // namespace regions
