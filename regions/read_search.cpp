#include <cmath>
#include <string>

#include "regions/readers.hpp"
#include "sim/error.hpp"

namespace regions {
namespace {

using models::occupations;

/// Classes of occupations between which changes are counted, with the label of the tables.
constexpr std::array<std::string_view, 5> change_classes{"Technical (07)", "ICT (08)", "Business, commercial, managers (03-06)", "Care and education (01,10)",
                                                         "Service, transport, agri, other (02,09,11,12,13)"};
std::size_t change_class_of(std::size_t o) {
    const auto code = models::occupation_codes[o].substr(0, 2);
    if (code == "07") return 0;
    if (code == "08") return 1;
    if (code >= "03" && code <= "06") return 2;
    return code == "01" || code == "10" ? 3 : 4;
}

/// The row of a variable whose breakdown names this BRC code; null where there is none.
const Figure* of_code(DataFolder& data, std::string_view variable, std::string_view code) {
    const std::string start = "BRC " + std::string(code);
    for (const Figure* f : data.rows("search", variable, "NL"))
        if (f->breakdown == start || f->breakdown.starts_with(start + " ")) return f;
    return nullptr;
}

double value_of_code(DataFolder& data, std::string_view variable, std::string_view code) {
    const Figure* f = of_code(data, variable, code);
    if (f == nullptr) throw sim::InputError("search.csv has no row " + std::string(variable) + " for BRC " + std::string(code));
    return f->value;
}

template <class Shares>
void normalise(Shares& shares) {
    double total = 0;
    for (const double s : shares) total += s;
    for (double& s : shares) s /= total;
}

}  // namespace

void read_search(DataFolder& data, const std::vector<std::string>& regions, models::Tables& tables) {
    auto& t = tables.search;
    for (std::size_t o = 0; o < occupations; ++o) {
        const auto code = models::occupation_codes[o];
        t.workers[o] = value_of_code(data, "employees_by_brc", code);
        t.required_education[o] = value_of_code(data, "required_education", code);
        t.standard[o] = value_of_code(data, "vacancy_standard", code);
        const Figure* side = of_code(data, "side_job_share", code);
        t.side_jobs[o] = side == nullptr ? 0 : side->value;
    }
    normalise(t.workers);
    normalise(t.side_jobs);

    // Where those go who change occupation. Between classes by the yearly matrix, within the class in the share that stays there, to the occupations of a
    // class by their number of workers.
    const double to_other = data.value("search", "NL", "occupation_change_to_other_class_share", "of switchers aged 25-75", "2017");
    std::array<double, change_classes.size()> workers{};
    for (std::size_t o = 0; o < occupations; ++o) workers[change_class_of(o)] += t.workers[o];
    std::array<std::array<double, change_classes.size()>, change_classes.size()> leave{};
    for (std::size_t x = 0; x < change_classes.size(); ++x) {
        for (std::size_t y = 0; y < change_classes.size(); ++y)
            if (x != y)
                leave[x][y] =
                    data.value("occupations", "NL", "occ_switch_matrix_year", std::string(change_classes[x]) + " -> " + std::string(change_classes[y]), "2021");
        normalise(leave[x]);
    }
    for (std::size_t from = 0; from < occupations; ++from) {
        const std::size_t x = change_class_of(from);
        for (std::size_t to = 0; to < occupations; ++to) {
            const std::size_t y = change_class_of(to);
            double& share = t.switches[from * occupations + to];
            if (from == to)
                share = 0;
            else if (x == y)
                share = (1 - to_other) * t.workers[to] / (workers[x] - t.workers[from]);
            else
                share = to_other * leave[x][y] * t.workers[to] / workers[y];
        }
    }

    constexpr std::array<std::string_view, models::search_ages> ages{"15-19", "20-24", "25-34", "35-44", "45-54", "55-74"};
    for (std::size_t a = 0; a < ages.size(); ++a) {
        const std::string age = "age=" + std::string(ages[a]);
        t.temporary[a] = data.value("search", "NL", "temporary_share_of_hires", age, "2021");
        t.unemployed_age[a] = data.value("search", "NL", "unemployed_search_factor", age, "2021");
    }
    for (const auto& region : regions) t.standard_region.push_back(data.value("search", region, "vacancy_standard", "all occupations", "2021"));
    for (const auto& region : regions) t.unemployed_region.push_back(data.value("search", region, "unemployed_search_factor", "all ages", "2021"));

    // Hours: shares by age, moved by sex in the odds of full time. The table's 15-24 hold students' side jobs, which have hours of their own, so those
    // under 25 who start a main job take the shares of 25-34.
    constexpr std::array<std::string_view, models::search_ages> hours_ages{"25-34", "25-34", "25-34", "35-44", "45-54", "55-64"};
    constexpr std::array<std::string_view, 4> classes{"lt20", "h20_28", "h28_35", "full_time"};
    for (std::size_t sex = 0; sex < 2; ++sex) {
        const double ratio = data.value("search", "NL", "full_time_odds_ratio", "sex=" + std::string(models::sex_labels[sex]), "2021");
        for (std::size_t a = 0; a < hours_ages.size(); ++a) {
            auto& shares = t.hours[sex][a];
            for (std::size_t c = 0; c < classes.size(); ++c)
                shares[c] = data.value("search", "NL", "hours_class_share", "sex=total;age=" + std::string(hours_ages[a]) + ";class=" + std::string(classes[c]),
                                       "2022Q1");
            shares[3] *= ratio;
            normalise(shares);
        }
    }
}

}  // namespace regions
