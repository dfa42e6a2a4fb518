#include <string>

#include "models/labels.hpp"
#include "regions/readers.hpp"
#include "sim/error.hpp"

namespace regions {
namespace {

[[noreturn]] void fail(const DataFolder& data, const Figure& figure, const std::string& what) {
    throw sim::InputError(data.file_of("programmes").string() + ":" + std::to_string(figure.line) + ": " + what);
}

/// A figure that is a share.
double share(DataFolder& data, std::string_view variable, std::string_view breakdown, std::string_view period) {
    const Figure& figure = data.figure("programmes", "NL", variable, breakdown, period);
    if (figure.value < 0 || figure.value > 1) fail(data, figure, "value is " + std::to_string(figure.value) + " (a share from 0 to 1 is expected)");
    return figure.value;
}

double employees(DataFolder& data, std::string_view code) {
    const std::string start = "BRC " + std::string(code);
    for (const Figure* f : data.rows("search", "employees_by_brc", "NL"))
        if (f->breakdown == start || f->breakdown.starts_with(start + " ")) return f->value;
    throw sim::InputError("search.csv has no row employees_by_brc for BRC " + std::string(code));
}

}  // namespace

void read_programmes(DataFolder& data, const std::vector<std::string>&, models::Tables& tables) {
    tables.programmes.routes = read_occupations(data).routes();

    auto& t = tables.side_entry;
    for (const Figure* f : data.rows("programmes", "course_length", "NL")) {
        std::size_t o = 0;
        while (o < models::first_other_occupation && f->breakdown != "BRC " + std::string(models::occupation_codes[o])) ++o;
        if (o == models::first_other_occupation)
            fail(data, *f, "breakdown is '" + f->breakdown + "' (a technical or ICT occupation as in 'BRC 081' is expected)");
        if (!(f->value > 0)) fail(data, *f, "value is " + std::to_string(f->value) + " (a course has a length of more than 0 months)");
        if (t.months[o] > 0) fail(data, *f, "breakdown '" + f->breakdown + "' has a length already (one row an occupation is expected)");
        t.months[o] = f->value;
    }
    // Places of a group are spread over the occupations that have a course by their employees.
    const double delivered = share(data, "realised_over_planned", "sector plans: participants realised / planned", "2013-2018");
    for (const auto group : {models::Field::technical, models::Field::ict}) {
        const bool ict = group == models::Field::ict;
        const Figure& places = ict ? data.figure("programmes", "NL", "side_entry_ict", "planned yearly retraining volume", "2021-2025")
                                   : data.figure("programmes", "NL", "course_places_year", "technology", "2021");
        if (!(places.value > 0)) fail(data, places, "value is " + std::to_string(places.value) + " (courses have more than 0 places a year)");
        double workers = 0;
        for (std::size_t o = 0; o < models::first_other_occupation; ++o)
            if (models::group_of(static_cast<models::Occupation>(o)) == group && t.months[o] > 0) workers += employees(data, models::occupation_codes[o]);
        if (!(workers > 0)) fail(data, places, "no occupation of the group has a course (a row course_length is expected)");
        for (std::size_t o = 0; o < models::first_other_occupation; ++o)
            if (models::group_of(static_cast<models::Occupation>(o)) == group && t.months[o] > 0)
                t.places[o] = places.value * (ict ? delivered : 1.0) / workers;
    }
    t.completion = share(data, "certificate_share", "Make IT Work Amsterdam", "2015-2018");
    t.early_dropout = share(data, "early_drop_out", "Make IT Work, first six weeks", "2017");
}

}  // namespace regions
