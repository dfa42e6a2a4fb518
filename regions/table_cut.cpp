#include "regions/table_cut.hpp"

#include <algorithm>
#include <charconv>

#include "regions/data_folder.hpp"

namespace regions {
namespace {

/// Year that a period begins in; 0 where it names none.
int year_of(const std::string& period) {
    int year = 0;
    if (period.size() < 4 || std::from_chars(period.data(), period.data() + 4, year).ptr != period.data() + 4) return 0;
    return year;
}

}  // namespace

const std::vector<TimePath>& time_paths() {
    static const std::vector<TimePath> paths{
        // What demand follows. Employees of 2021 are the level of the start.
        {"vacancies", "vacancies_open_total", 2021, true},
        {"vacancies", "vacancies_new", 2021, true},
        {"vacancies", "vacancies_filled", 2021, true},
        {"vacancies", "unemployed", 2021, true},
        {"vacancies", "tightness_cbs", 2021, true},
        {"vacancies", "tightness_projection", 2021, true},
        {"jobs", "employees_by_occ_class", 2022, true},
        {"jobs", "employed_total", 2021, true},
        {"jobs", "relative_jobs_index", 2021, true},
        // Wages and prices.
        {"wages", "wage_growth_collective", 2021, false},
        {"wages", "cpi_inflation", 2021, false},
        // Population: 1 January 2021 is the start.
        {"population", "population_1jan", 2022, false},
        {"population", "births", 2021, false},
        {"population", "deaths", 2021, false},
        {"population", "domestic_arrivals", 2021, false},
        {"population", "domestic_departures", 2021, false},
        {"population", "immigration", 2021, false},
        {"population", "emigration_incl_admin", 2021, false},
        {"population", "net_migration_incl_admin", 2021, false},
        // The nation's share of technical profiles: 2021 is the start.
        {"education", "vmbo_technical_share", 2022, false},
    };
    return paths;
}

bool refused_by(const TableCut& cut, const std::string& table, const Figure& figure) {
    if (cut.known_until.empty() || figure.known_from <= cut.known_until) return false;
    if (table == "observed") return true;  // all of it is history
    // A projection stands for what nobody knows yet, and holds after the last known figure.
    if (figure.breakdown.find("projection") != std::string::npos) return false;
    const auto& paths = time_paths();
    return std::any_of(paths.begin(), paths.end(), [&](const TimePath& p) {
        return p.table == table && p.variable == figure.variable && year_of(figure.period) >= p.from && !(p.national_total && cut.national_totals);
    });
}

}  // namespace regions
