#include <algorithm>
#include <cmath>
#include <utility>

#include "regions/readers.hpp"
#include "sim/error.hpp"
#include "sim/math.hpp"
#include "sim/period.hpp"

namespace regions {
namespace {

constexpr sim::Month path_start = sim::Month::of(2020, 1);  // the spin-up
constexpr sim::Month january_2021 = sim::Month::of(2021, 1);
constexpr sim::Month last_observed = sim::Month::of(2023, 12);
constexpr int path_months = 12 * 21;  // until December 2040; held from there on

/// Points of a series over months, with straight lines between them, and flat or along the last line beyond them.
class Line {
public:
    void add(double month, double value) { points_.emplace_back(month, value); }
    void sort() { std::sort(points_.begin(), points_.end()); }
    [[nodiscard]] bool empty() const { return points_.empty(); }
    [[nodiscard]] double last() const { return points_.back().first; }
    [[nodiscard]] double held(double month) const { return at(std::clamp(month, points_.front().first, points_.back().first)); }
    /// The first and last line continue.
    [[nodiscard]] double at(double month) const {
        if (points_.size() < 2) return points_.front().second;
        std::size_t i = 1;
        while (i + 1 < points_.size() && points_[i].first < month) ++i;
        const auto& [m0, v0] = points_[i - 1];
        const auto& [m1, v1] = points_[i];
        return v0 + (v1 - v0) * (month - m0) / (m1 - m0);
    }

private:
    std::vector<std::pair<double, double>> points_;
};

[[noreturn]] void fail(const DataFolder& data, const std::string& table, const Figure& figure, const std::string& what) {
    throw sim::InputError(data.file_of(table).string() + ":" + std::to_string(figure.line) + ": " + what);
}

/// Last month of "2021Q1", of "2022-06" or of "2021".
sim::Month last_month(const DataFolder& data, const std::string& table, const Figure& figure) {
    if (const auto period = sim::period_of(figure.period)) return period->until;
    fail(data, table, figure, "period is '" + figure.period + "' (a year, a quarter such as 2021Q1 or a month such as 2022-06 is expected)");
}

std::size_t sector_of(const DataFolder& data, const std::string& table, const Figure& figure, const std::string& code) {
    const auto it = std::find(models::sector_codes.begin(), models::sector_codes.end(), code);
    if (it == models::sector_codes.end()) fail(data, table, figure, "sector '" + code + "' is unknown (a code such as C or N78 is expected)");
    return static_cast<std::size_t>(it - models::sector_codes.begin());
}

std::size_t occupation_of(const DataFolder& data, const std::string& table, const Figure& figure) {
    const auto it = std::find(models::occupation_codes.begin(), models::occupation_codes.end(), figure.breakdown);
    if (it == models::occupation_codes.end())
        fail(data, table, figure, "occupation '" + figure.breakdown + "' is unknown (a code such as 071 or 10 is expected)");
    return static_cast<std::size_t>(it - models::occupation_codes.begin());
}

/// Employee jobs of the nation by sector: weights that make relative growth average to 1.
std::array<double, models::sectors> job_weights(DataFolder& data) {
    std::array<double, models::sectors> jobs{};
    const double agency = data.value("jobs", "NL", "agency_share_of_N", "jobs in 78 of jobs in N", "2022");
    const auto of = [&](const char* section) { return data.value("jobs", "NL", "employee_jobs_by_sector", section, "2022"); };
    using models::Sector;
    const auto add = [&](Sector sector, double number) { jobs[models::index_of(sector)] += number; };
    add(Sector::agriculture, of("A"));
    add(Sector::industry, of("C"));
    add(Sector::energy_water, of("B") + of("D") + of("E"));
    add(Sector::construction, of("F"));
    add(Sector::trade, of("G"));
    add(Sector::transport, of("H"));
    add(Sector::hospitality, of("I"));
    add(Sector::information, of("J"));
    add(Sector::finance_property, of("K") + of("L"));
    add(Sector::professional, of("M"));
    add(Sector::business_services, of("N") * (1 - agency));
    add(Sector::agency_work, of("N") * agency);
    add(Sector::government, of("O"));
    add(Sector::education, of("P"));
    add(Sector::care, of("Q"));
    add(Sector::culture_other, of("R-U"));
    return jobs;
}

/// Vacancies of the nation at the end of each month: seasonally adjusted from 2021, raw in 2020.
Line vacancy_line(DataFolder& data) {
    Line line;
    for (const Figure* f : data.rows("vacancies", "vacancies_open_total", "NL")) line.add(last_month(data, "vacancies", *f).number(), f->value);
    line.sort();
    return line;
}

/// The middle of a year.
double middle_of(int year) { return sim::Month::of(year, 6).number() + 0.5; }

/// Employees of the nation where a cut refuses the means of 2022 or 2023: they move with all employed persons by quarter, as far as these were known.
Line employee_line_by_quarter(DataFolder& data, double y2021) {
    Line employed, line;
    for (const Figure* f : data.rows("observed", "employed", "NL")) employed.add(last_month(data, "observed", *f).number() - 1, f->value);
    line.add(middle_of(2021), y2021);
    if (employed.empty()) return line;
    employed.sort();
    Line moved;
    const double base = employed.held(middle_of(2021));
    for (int m = january_2021.number(); m <= employed.last(); ++m) moved.add(m, y2021 * employed.held(m) / base);
    data.assume("demand: employees move with employed persons by quarter until " + sim::Month(static_cast<std::int32_t>(employed.last())).text());
    return moved;
}

/// Employees of the nation: yearly means stand in the middle of their year. 2023 follows all employed persons.
Line employee_line(DataFolder& data) {
    const double y2021 = data.value("jobs", "NL", "employees_by_occ_class", "Total", "2021");
    const Figure* y2022 = data.find("jobs", "NL", "employees_by_occ_class", "Total", "2022");
    const Figure* employed = data.find("jobs", "NL", "employed_total", "15-74 annual", "2023");
    if (!data.cut().known_until.empty() && (y2022 == nullptr || employed == nullptr)) return employee_line_by_quarter(data, y2021);
    const double y2022_value = data.value("jobs", "NL", "employees_by_occ_class", "Total", "2022");
    const double y2023 = y2022_value * data.value("jobs", "NL", "employed_total", "15-74 annual", "2023") /
                         data.value("jobs", "NL", "employed_total", "15-74 annual; CBS 85494NED", "2022");
    Line line;
    line.add(middle_of(2021), y2021);
    line.add(middle_of(2022), y2022_value);
    line.add(middle_of(2023), y2023);
    return line;
}

/// The last month that observed figures drive: December 2023, or the last one with vacancies that were known at a cut.
sim::Month last_driven(DataFolder& data) {
    if (data.cut().known_until.empty()) return last_observed;
    const sim::Month known(static_cast<std::int32_t>(vacancy_line(data).last()));
    if (known < last_observed) data.assume("demand: driven by figures until " + known.text() + ", then by the projection of jobs; tightness stays");
    return std::min(known, last_observed);
}

/// g(sector, month): jobs and openings of the nation, times the relative index of the sector; constant in 2020.
void read_growth(DataFolder& data, models::DemandTables& t) {
    const Line employees = employee_line(data);
    const Line vacancies = vacancy_line(data);
    double phi = 0;
    for (const double share : t.direct_share) phi += share / models::occupations;
    // Openings without a vacancy stand open about half as long as vacancies do (models/slot_sizes.cpp).
    const double openings_a_vacancy = 1 + 0.5 * phi / (1 - phi);
    const auto demand = [&](sim::Month m) { return employees.at(m.number()) + openings_a_vacancy * vacancies.held(m.number()); };

    std::array<Line, models::sectors> relative;
    for (auto& line : relative) line.add(january_2021.number(), 1);
    for (const Figure* f : data.rows("jobs", "relative_jobs_index", "NL")) {
        if (f->value <= 0) fail(data, "jobs", *f, "value is not positive (an index around 1 is expected)");
        relative[sector_of(data, "jobs", *f, f->breakdown)].add(last_month(data, "jobs", *f).number(), f->value);
    }
    for (auto& line : relative) line.sort();
    const auto weight = job_weights(data);
    const double later = data.value("jobs", "NL", "jobs_growth", "all sectors, projection from 2024 on", "2024-2030");

    t.first_month = path_start;
    t.last_observed = last_driven(data);
    t.growth.assign(path_months, {});
    for (int i = 0; i < path_months; ++i) {
        const sim::Month m = path_start + i;
        auto& row = t.growth[static_cast<std::size_t>(i)];
        if (m <= january_2021) {
            row.fill(1.0);
            continue;
        }
        const sim::Month known = std::min(m, t.last_observed);
        double total = demand(known) / demand(january_2021);
        if (m > t.last_observed) total *= sim::power(1 + later, (m - t.last_observed) / 12.0);
        double sum = 0, weights = 0;
        for (std::size_t s = 0; s < models::sectors; ++s) {
            row[s] = relative[s].held(m.number());
            sum += weight[s] * row[s];
            weights += weight[s];
        }
        for (auto& g : row) g *= total * weights / sum;
    }
}

/// National tightness relative to January 2021; constant in 2020.
void read_tightness(DataFolder& data, models::DemandTables& t) {
    Line line;
    for (const Figure* f : data.rows("vacancies", "tightness_cbs", "NL")) {
        const double value = f->unit == "ratio x100" ? f->value / 100 : f->value;
        line.add(last_month(data, "vacancies", *f).number(), value);
    }
    // Quarters with no row of their own: vacancies over unemployed persons.
    const Line vacancies = vacancy_line(data);
    for (const char* quarter : {"2020Q4", "2023Q4"})
        for (const Figure* f : data.rows("vacancies", "unemployed", "NL"))
            if (f->period == quarter) {
                const auto m = last_month(data, "vacancies", *f);
                line.add(m.number(), vacancies.held(m.number()) / f->value);
            }
    line.sort();
    const double start = line.at(january_2021.number());
    // The projection is the level of the end of 2023: at a cut before that, the last known level takes its place.
    const Figure* projected = data.find("vacancies", "NL", "tightness_projection", "relative to January 2021", "2024-2030");
    if (projected == nullptr && data.cut().known_until.empty())
        projected = &data.figure("vacancies", "NL", "tightness_projection", "relative to January 2021", "2024-2030");
    const double later = projected != nullptr ? projected->value : line.held(t.last_observed.number()) / start;
    t.tightness.assign(path_months, 1.0);
    for (int i = 0; i < path_months; ++i) {
        const sim::Month m = path_start + i;
        if (m > january_2021) t.tightness[static_cast<std::size_t>(i)] = m <= t.last_observed ? line.held(m.number()) / start : later;
    }
}

void read_lifecycle(DataFolder& data, const std::vector<std::string>& regions, models::LifecycleTables& t) {
    for (const Figure* f : data.rows("jobs", "employers_born_rate", "NL")) t.birth_rate[sector_of(data, "jobs", *f, f->breakdown)] = f->value;
    for (const Figure* f : data.rows("jobs", "employers_closed_rate", "NL")) {
        const auto cut = f->breakdown.find("; ");
        const std::string size = cut == std::string::npos ? "" : f->breakdown.substr(cut + 2);
        const auto it = std::find(models::size_class_labels.begin(), models::size_class_labels.end(), size);
        if (it == models::size_class_labels.end())
            fail(data, "jobs", *f, "breakdown is '" + f->breakdown + "' (\"SECTOR; SIZE\" such as \"C; micro\" is expected)");
        t.closure_rate[sector_of(data, "jobs", *f, f->breakdown.substr(0, cut))][static_cast<std::size_t>(it - models::size_class_labels.begin())] = f->value;
    }
    t.fossil_start = sim::Month::of(2021, 1);
    t.fossil_end = sim::Month::of(2030, 12);
    const auto national = data.rows("jobs", "fossil_jobs_lost_share", "NL");
    t.fossil_loss.assign(regions.size(), national.empty() ? 0 : national.front()->value);
    for (std::size_t r = 0; r < regions.size(); ++r)
        for (const Figure* f : data.rows("jobs", "fossil_jobs_lost_share", regions[r])) t.fossil_loss[r] = f->value;
}

/// Demand for the climate by scenario, and the occupations that it asks for in proportion to the jobs of a region.
void read_green(DataFolder& data, models::DemandTables& t) {
    for (const Figure* f : data.rows("jobs", "green_jobs", "NL")) {
        const auto& labels = models::green_scenario_labels;
        const auto it = std::find(labels.begin(), labels.end(), f->breakdown);
        if (it == labels.end()) fail(data, "jobs", *f, "breakdown is '" + f->breakdown + "' (a scenario such as tno_low is expected)");
        if (f->value < 0) fail(data, "jobs", *f, "value is " + std::to_string(f->value) + " (at least 0 is expected)");
        t.green_jobs[static_cast<std::size_t>(it - labels.begin())] = f->value;
    }
    const double fte = data.value("jobs", "NL", "fte_per_employee", "technical occupations", "2021");
    double shares = 0;
    std::vector<std::pair<std::size_t, double>> asked;
    for (const Figure* f : data.rows("jobs", "green_jobs_share", "NL")) {
        asked.emplace_back(occupation_of(data, "jobs", *f), f->value);
        shares += f->value;
    }
    for (const Figure* f : data.rows("search", "employees_by_brc", "NL")) {
        t.national_fte += f->value * fte;
        for (const auto& [o, share] : asked)
            if (f->breakdown.starts_with("BRC " + std::string(models::occupation_codes[o]) + " ") && f->value > 0)
                t.green_share[o] = share / shares / (f->value * fte);
    }
}

}  // namespace

void read_demand(DataFolder& data, const std::vector<std::string>& regions, models::Tables& tables) {
    models::DemandTables t;
    for (const Figure* f : data.rows("vacancies", "direct_share", "NL")) {
        if (f->value < 0 || f->value > 0.95) fail(data, "vacancies", *f, "value is " + std::to_string(f->value) + " (a share of at most 0.95 is expected)");
        t.direct_share[occupation_of(data, "vacancies", *f)] = f->value;
    }
    read_growth(data, t);
    read_tightness(data, t);

    const Line vacancies = vacancy_line(data);
    const double start = vacancies.held(january_2021.number());
    const double rate = start / employee_line(data).at(january_2021.number());
    double peak = start;
    for (int m = january_2021.number(); m <= last_observed.number(); ++m) peak = std::max(peak, vacancies.held(m));
    // Room in the tables of slots, no forecast: at a cut it is at least the usual one.
    t.peak_factor = data.cut().known_until.empty() ? peak / start : std::max(peak / start, models::DemandTables{}.peak_factor);
    for (const Figure* f : data.rows("vacancies", "relative_vacancy_rate", "NL")) t.vacancy_rate[occupation_of(data, "vacancies", *f)] = f->value * rate;

    read_green(data, t);
    read_lifecycle(data, regions, t.lifecycle);
    tables.demand = std::move(t);
}

}  // namespace regions
