#include "regions/start_tables.hpp"

#include <cmath>
#include <numeric>

#include "regions/ipf.hpp"
#include "sim/error.hpp"
#include "sim/math.hpp"

namespace regions {
namespace {

using models::index_of;
using models::Sector;

constexpr std::array<const char*, 2> sexes{"male", "female"};
constexpr std::array<const char*, working_age_groups> age_tens{"15-24", "25-34", "35-44", "45-54", "55-64", "65-74"};

std::string group_of_five(int group) { return group == age_groups_of_five - 1 ? "95+" : std::to_string(5 * group) + "-" + std::to_string(5 * group + 4); }

/// Looks figures up in one file and keeps what the check of fit needs.
class Reader {
public:
    Reader(DataFolder& data, StartTables& tables) : data_(data), tables_(tables) {}
    const Figure& population(std::string_view region, std::string_view variable, std::string_view breakdown, std::string_view period) {
        return data_.figure("start_population", region, variable, breakdown, period);
    }
    const Figure& jobs(std::string_view region, std::string_view variable, std::string_view breakdown, std::string_view period) {
        return data_.figure("start_jobs", region, variable, breakdown, period);
    }
    const Figure& education(std::string_view variable, std::string_view breakdown, std::string_view period) {
        return data_.figure("start_education", "NL", variable, breakdown, period);
    }
    /// The row of the region with this variable and period, whatever its breakdown says (one row is expected).
    const Figure& only(const std::string& file, std::string_view variable, std::string_view region) {
        const auto rows = data_.rows(file, variable, region);
        if (rows.size() != 1)
            throw sim::InputError(data_.file_of(file).string() + ": one row '" + std::string(variable) + "' is expected for " + std::string(region) +
                                  ", there are " + std::to_string(rows.size()));
        return *rows.front();
    }
    void margin(const std::string& name, const std::string& region, const std::string& cell, double value, const Figure& figure) {
        tables_.margins.push_back({name, region, cell, value, figure.status, figure.source});
    }
    DataFolder& data() { return data_; }

private:
    DataFolder& data_;
    StartTables& tables_;
};

/// Register totals by sex over the five-year groups, which are sums of rounded cells.
void read_population(Reader& r, const std::string& region, std::array<std::array<double, age_groups_of_five>, 2>& population, bool as_margin) {
    for (std::size_t s = 0; s < 2; ++s) {
        double sum = 0;
        for (int g = 0; g < age_groups_of_five; ++g)
            sum += population[s][static_cast<std::size_t>(g)] =
                r.population(region, "population_1jan_age5", "age=" + group_of_five(g) + ";sex=" + sexes[s], "2021").value;
        const double total = r.population(region, "population_1jan", std::string("sex=") + sexes[s], "2021").value;
        for (int g = 0; g < age_groups_of_five; ++g) {
            population[s][static_cast<std::size_t>(g)] *= total / sum;
            if (as_margin)
                r.margin("population by age and sex", region, std::string(models::sex_labels[s]) + " " + group_of_five(g),
                         population[s][static_cast<std::size_t>(g)],
                         r.population(region, "population_1jan_age5", "age=" + group_of_five(g) + ";sex=" + sexes[s], "2021"));
        }
    }
}

/// Low, mbo2-4, havo/vwo, hbo, wo at 15-74 in register shares: three levels by region, each split as in the wider tables.
std::array<double, 5> read_education(Reader& r, const std::string& region, bool as_margin) {
    const auto& low = r.population(region, "education_share3", "age=15-74;level=low", "2021");
    const auto& middle = r.population(region, "education_share3", "age=15-74;level=middle", "2021");
    const auto& high = r.population(region, "education_share3", "age=15-74;level=high", "2021");
    const double havo = r.population("NL", "education_share_level21_split", "age=15-74;level=havo/vwo", "2021").value;
    const double mbo = r.population("NL", "education_share_level21_split", "age=15-74;level=mbo2-3", "2021").value +
                       r.population("NL", "education_share_level21_split", "age=15-74;level=mbo4", "2021").value;
    const double bachelor = r.population(region, "education_share", "age=15-74;level=31 hbo-wo bachelor", "2022").value;
    const double master = r.population(region, "education_share", "age=15-74;level=32 hbo-wo master/doctor", "2022").value;
    const double academic_bachelor = r.population("NL", "education_share_level31_split", "wo-bachelor within level 31", "2021").value;
    const double total = low.value + middle.value + high.value;
    const double wo = (master + academic_bachelor * bachelor) / (bachelor + master);
    if (as_margin) {
        r.margin("education in three levels, 15-74", region, "low", low.value / total, low);
        r.margin("education in three levels, 15-74", region, "middle", middle.value / total, middle);
        r.margin("education in three levels, 15-74", region, "high", high.value / total, high);
    }
    return {low.value / total, middle.value / total * mbo / (mbo + havo), middle.value / total * havo / (mbo + havo), high.value / total * (1 - wo),
            high.value / total * wo};
}

double log_odds(double p) { return sim::logarithm(p / (1 - p)); }

void read_labour(Reader& r, StartTables& t) {
    for (std::size_t g = 0; g < working_age_groups; ++g) {
        const std::string age = std::string("age=") + age_tens[g];
        t.participation[g] = r.population("NL", "net_participation", age, "2022Q1").value;
        t.unemployment[g] = r.population("NL", "unemployment_rate", age, "2022Q1").value;
        t.self_employed_age[g] = r.population("NL", "self_employed_relative", age, "2021").value;
        constexpr std::array<const char*, 4> classes{"lt20", "h20_28", "h28_35", "full_time"};
        double sum = 0;
        for (std::size_t c = 0; c < 4; ++c)
            sum += t.hours[g][c] = r.population("NL", "hours_class_share", "sex=total;" + age + ";class=" + classes[c], "2022Q1").value;
        for (auto& share : t.hours[g]) share /= sum;
        // The age pattern of education is that of the one city that publishes it (Eindhoven); the fit moves it to the levels of each region.
        const std::string city = "municipality: Eindhoven;sex=total;" + age + ";level=";
        auto level = [&](const char* name) { return r.population("Brainport", "education_share", city + name, "2022").value; };
        const double low = level("11 primary") + level("12 vmbo/havo-vwo lower/mbo1");
        const double middle = level("21 havo/vwo/mbo2-4");
        const double bachelor = level("31 hbo-wo bachelor");
        const double master = level("32 hbo-wo master/doctor");
        const double havo = g == 0 ? 0.5 : 0.2;
        t.education[g] = {low, middle * (1 - havo), middle * havo, bachelor * 0.92, master + bachelor * 0.08};
    }
    constexpr std::array<const char*, 3> wide{"15-24", "25-44", "45-74"};
    for (std::size_t g = 0; g < 3; ++g)
        t.participation_sex_odds[g] = log_odds(r.population("NL", "net_participation", std::string("sex=male;age=") + wide[g], "2020").value) -
                                      log_odds(r.population("NL", "net_participation", std::string("sex=female;age=") + wide[g], "2020").value);
    for (std::size_t s = 0; s < 2; ++s) {
        t.self_employed_sex[s] = r.population("NL", "self_employed_relative", std::string("sex=") + sexes[s], "2021").value;
        t.part_time[s] = r.population("NL", "part_time_share", std::string("sex=") + sexes[s], "2021").value;
    }
    constexpr std::array<const char*, 4> late{"55-59", "60-64", "65-69", "70-74"};
    for (std::size_t g = 0; g < 4; ++g) t.retired[g] = r.population("NL", "retired_share_of_inactive", std::string("age=") + late[g], "2021").value;

    // Fields of the highest level: shares of both sexes from the tables, split over men and women as the women's share among technicians suggests.
    const double technical_mbo = r.population("NL", "education_field_share", "age=15-74;level=21 mbo2-4: engineering/industry/construction", "2021").value;
    const double ict_mbo = r.population("NL", "education_field_share", "age=15-74;level=21 mbo2-4: ICT", "2021").value;
    const double technical_low = r.population("NL", "education_field_share", "age=15-74;level=12 vmbo/mbo1: engineering", "2021").value;
    const double technical_high =
        r.population("NL", "education_field_share", "age=15-74;level=high (hbo/wo);field=07 engineering, industry, construction", "2018").value +
        0.5 * r.population("NL", "education_field_share", "age=15-74;level=high (hbo/wo);field=05 mathematics, natural science", "2018").value;
    const double ict_high = r.population("NL", "education_field_share", "age=15-74;level=high (hbo/wo);field=06 ICT", "2018").value;
    auto by_sex = [](double share, double women) { return std::array<double, 2>{2 * share * (1 - women), 2 * share * women}; };
    t.field_technical = {
        by_sex(technical_low * 2.0 / 3.0, 0.08), by_sex(technical_mbo, 0.09), {0, 0}, by_sex(technical_high, 0.16), by_sex(technical_high, 0.24)};
    t.field_ict = {std::array<double, 2>{0, 0}, by_sex(ict_mbo, 0.10), {0, 0}, by_sex(ict_high, 0.14), by_sex(ict_high, 0.18)};
}

void read_students(Reader& r, StartTables& t) {
    for (int age = 15; age <= last_age; ++age)
        t.side_job[static_cast<std::size_t>(age)] =
            r.education("student_side_job_share", age < 23 ? "age=" + std::to_string(age) : std::string("age=23+"), "2021").value;
    // Who studies follows from the flows of schooling; these totals of the nation, per person of 15 to 29, only tell how near that comes.
    double young = 0;
    for (const auto& sex : t.population) young += sex[3] + sex[4] + sex[5];
    auto margin = [&](const char* track, const Figure& f, double students) { r.margin("students per person of 15-29", "all", track, students / young, f); };
    const auto& bol = r.education("mbo_students_bol", "total; main enrolments", "2020/21");
    const auto& bbl = r.education("mbo_students_bbl", "total; main enrolments", "2020/21");
    const auto& hbo = r.education("hbo_students", "all", "2020");
    const auto& all = r.education("ho_students", "total hbo+wo", "2021/22");
    margin("mbo_bol", bol, bol.value);
    margin("mbo_bbl", bbl, bbl.value);
    margin("hbo", hbo, hbo.value);
    margin("wo", all, all.value - r.education("hbo_students", "total", "2021/22").value);
}

/// Employee jobs by section in 2022, into the sixteen sectors.
std::array<double, models::sectors> employee_jobs(Reader& r) {
    auto jobs = [&](const char* section) { return r.jobs("NL", "employee_jobs_by_sector", section, "2022").value; };
    const double agency = jobs("N") * r.jobs("NL", "agency_share_of_N", "N78 of employee jobs in N", "2022").value;
    return {jobs("A"),  jobs("C"),          jobs("B") + jobs("D") + jobs("E"),
            jobs("F"),  jobs("G"),          jobs("H"),
            jobs("I"),  jobs("J"),          jobs("K") + jobs("L"),
            jobs("M"),  jobs("N") - agency, agency,
            jobs("O"),  jobs("P"),          jobs("Q"),
            jobs("R-U")};
}

/// The eleven groups in which jobs by region are published, as the sectors that they hold.
struct SectorGroup {
    std::vector<const char*> published;
    std::vector<Sector> holds;
};
const std::vector<SectorGroup>& sector_groups() {
    static const std::vector<SectorGroup> groups{{{"A"}, {Sector::agriculture}},
                                                 {{"C"}, {Sector::industry}},
                                                 {{"B,D,E"}, {Sector::energy_water}},
                                                 {{"F"}, {Sector::construction}},
                                                 {{"G-I"}, {Sector::trade, Sector::transport, Sector::hospitality}},
                                                 {{"J"}, {Sector::information}},
                                                 {{"K", "L"}, {Sector::finance_property}},
                                                 {{"M-N"}, {Sector::professional, Sector::business_services, Sector::agency_work}},
                                                 {{"O-Q"}, {Sector::government, Sector::education, Sector::care}},
                                                 {{"R-U"}, {Sector::culture_other}}};
    return groups;
}

void read_sectors(Reader& r, const std::vector<std::string>& names, StartTables& t) {
    const auto national = employee_jobs(r);
    t.national_employees = std::accumulate(national.begin(), national.end(), 0.0);
    for (std::size_t s = 0; s < models::sectors; ++s) t.national_sector[s] = national[s] / t.national_employees;
    for (std::size_t n = 0; n < names.size(); ++n) {
        auto& region = t.region[n];
        double total = 0;
        for (const auto& group : sector_groups()) {
            // The regional table of 2018 counts employed persons with the self-employed; the national ratio of employee jobs to them carries it over.
            double here = 0;
            double nation = 0;
            double employees = 0;
            for (const char* published : group.published) {
                here += r.jobs(names[n], "jobs_share_by_sector", published, "2018").value;
                nation += r.jobs("NL", "jobs_share_by_sector", published, "2018").value;
            }
            for (const Sector s : group.holds) employees += t.national_sector[index_of(s)];
            for (const Sector s : group.holds) total += region.sector[index_of(s)] = here / nation * t.national_sector[index_of(s)];
        }
        for (auto& share : region.sector) share /= total;
        for (const auto& group : sector_groups()) {
            double share = 0;
            std::string cell;
            for (const Sector s : group.holds)
                share += region.sector[index_of(s)], cell += (cell.empty() ? "" : "+") + std::string(models::sector_codes[index_of(s)]);
            r.margin("employee jobs by sector, shares", names[n], cell, share, r.jobs(names[n], "jobs_share_by_sector", group.published.front(), "2018"));
        }
    }
}

/// Occupations of the employees of each sector: technical and ICT shares by sector, segments by the nation, other classes fitted between
/// their national totals and what the sector's ISCO major groups suggest.
void read_occupations(Reader& r, StartTables& t) {
    const std::vector<std::vector<std::string>> sections{{"A"},      {"C"}, {"B", "D", "E"}, {"F"}, {"G"}, {"H"}, {"I"}, {"J"},
                                                         {"K", "L"}, {"M"}, {"N"},           {"N"}, {"O"}, {"P"}, {"Q"}, {"R", "S"}};
    std::array<double, models::occupations> total{};
    for (std::size_t o = 0; o < models::occupations; ++o) {
        const std::string prefix = "BRC " + std::string(models::occupation_codes[o]) + " ";
        for (const Figure* f : r.data().rows("start_jobs", "employees_by_brc", "NL"))
            if (f->breakdown.rfind(prefix, 0) == 0) total[o] = f->value;
        if (total[o] == 0) throw sim::InputError("start_jobs.csv: no row employees_by_brc '" + prefix + "...'");
    }
    const auto majors = r.data().rows("start_jobs", "isco1_share_in_sector", "NL");
    const auto mapping = r.data().rows("start_jobs", "brc_share_of_isco1", "NL");
    // Seeds by sector of the other classes.
    Matrix seed(models::sectors, models::occupations, 0);
    std::vector<double> employees(models::sectors);
    std::array<double, models::sectors> technical{};
    std::array<double, models::sectors> ict{};
    for (std::size_t s = 0; s < models::sectors; ++s) {
        employees[s] = t.national_sector[s] * t.national_employees;
        double weight = 0;
        for (const auto& section : sections[s]) {
            const bool other = section == "R" || section == "S";
            const std::string row = other ? "R-U" : section;
            const double w = other || sections[s].size() == 1 ? 1.0 : r.jobs("NL", "employee_jobs_by_sector", section, "2022").value;
            technical[s] += w * r.jobs("NL", "technical_occ_share_in_sector", row + " (BRC class 07)", "2022").value;
            ict[s] += w * r.jobs("NL", "ict_occ_share_in_sector", row + " (BRC class 08)", "2022").value;
            weight += w;
        }
        technical[s] /= weight;
        ict[s] /= weight;
        for (std::size_t o = models::first_other_occupation; o < models::occupations; ++o) seed(s, o) = 0.002;
        for (const Figure* major : majors) {
            const auto semicolon = major->breakdown.find("; ");
            const std::string section = major->breakdown.substr(5, semicolon - 5);
            if (std::find(sections[s].begin(), sections[s].end(), section) == sections[s].end()) continue;
            const std::string group = major->breakdown.substr(semicolon + 2);
            for (const Figure* share : mapping) {
                if (share->breakdown.rfind(group + "; BRC ", 0) != 0) continue;
                const std::string code = share->breakdown.substr(group.size() + 6);
                for (std::size_t o = models::first_other_occupation; o < models::occupations; ++o)
                    if (models::occupation_codes[o] == code) seed(s, o) += major->value * share->value;
            }
        }
    }
    // Education and care hold most of their own class: the ISCO major groups cannot tell teachers from nurses.
    seed(index_of(Sector::education), 10) *= 8;
    seed(index_of(Sector::care), 17) *= 5;
    for (std::size_t s = 0; s < models::sectors; ++s) {
        if (s != index_of(Sector::education)) seed(s, 10) *= 0.15;
        if (s != index_of(Sector::care)) seed(s, 17) *= 0.15;
        if (s != index_of(Sector::agriculture)) seed(s, 16) *= 0.3;
    }
    // Segments by sector start from where they are at home; totals are the nation's.
    for (std::size_t s = 0; s < models::sectors; ++s)
        for (std::size_t o = 0; o < models::first_other_occupation; ++o) seed(s, o) = 1;
    auto home = [&](std::size_t o, Sector s, double times) { seed(index_of(s), o) *= times; };
    home(2, Sector::construction, 30);
    home(5, Sector::construction, 4), home(1, Sector::construction, 2);
    home(3, Sector::industry, 4), home(3, Sector::trade, 5);
    home(4, Sector::industry, 4), home(4, Sector::trade, 4);
    home(6, Sector::industry, 8), home(7, Sector::industry, 4), home(7, Sector::construction, 2), home(7, Sector::agency_work, 5),
        home(6, Sector::agency_work, 4);
    home(0, Sector::professional, 8), home(0, Sector::industry, 1.5), home(0, Sector::government, 3), home(0, Sector::education, 3);
    home(1, Sector::energy_water, 3), home(5, Sector::energy_water, 3);
    home(8, Sector::information, 2);
    // Shares by sector are derived from the labour-force survey of all employed; one factor on the odds carries each group to its observed share of employees.
    const double all_employees = std::accumulate(total.begin(), total.end(), 0.0);
    auto calibrate = [&](std::array<double, models::sectors>& share, std::size_t first, std::size_t last) {
        double wanted = 0;
        for (std::size_t o = first; o < last; ++o) wanted += total[o] / all_employees;
        double low = 0.2;
        double high = 5;
        auto with = [](double p, double odds) { return odds * p / (1 - p + odds * p); };
        for (int k = 0; k < 50; ++k) {
            const double odds = (low + high) / 2;
            double sum = 0;
            for (std::size_t s = 0; s < models::sectors; ++s) sum += t.national_sector[s] * with(share[s], odds);
            (sum < wanted ? low : high) = odds;
        }
        for (auto& p : share) p = with(p, low);
    };
    calibrate(technical, 0, models::first_ict_occupation);
    calibrate(ict, models::first_ict_occupation, models::first_other_occupation);
    // Three fits, one a group, so that the shares of a sector in technical and ICT work stay as they are.
    auto fit = [&](std::size_t first, std::size_t last, auto&& rows_of) {
        Matrix part(models::sectors, last - first);
        std::vector<double> rows(models::sectors);
        std::vector<double> columns(last - first);
        double all = 0;
        double known = 0;
        for (std::size_t s = 0; s < models::sectors; ++s) all += rows[s] = rows_of(s);
        for (std::size_t o = first; o < last; ++o) known += total[o];
        for (std::size_t o = first; o < last; ++o) columns[o - first] = total[o] / known * all;
        for (std::size_t s = 0; s < models::sectors; ++s)
            for (std::size_t o = first; o < last; ++o) part(s, o - first) = seed(s, o);
        const Matrix fitted = fit_margins(part, rows, columns, 1e-7);
        for (std::size_t s = 0; s < models::sectors; ++s)
            for (std::size_t o = first; o < last; ++o) t.occupation[s][o] = fitted(s, o - first) / employees[s];
    };
    fit(0, models::first_ict_occupation, [&](std::size_t s) { return technical[s] * employees[s]; });
    fit(models::first_ict_occupation, models::first_other_occupation, [&](std::size_t s) { return ict[s] * employees[s]; });
    fit(models::first_other_occupation, models::occupations, [&](std::size_t s) { return (1 - technical[s] - ict[s]) * employees[s]; });

    // The self-employed: propensity by occupation relative to employees (technical and ICT from the tables; the others assumed: creative work, farming and
    // building are the trades of the self-employed, government and production are not).
    constexpr std::array<double, models::occupations> relative{0.8, 0.5, 3.2, 0.5, 1.2, 1.0, 0.1, 0.2, 0.9, 0.4, 0.6,
                                                               5.0, 1.1, 0.7, 1.8, 0.4, 6.0, 0.9, 1.3, 0.6, 0.8};
    double sum = 0;
    for (std::size_t o = 0; o < models::occupations; ++o) sum += t.self_employed_occupation[o] = relative[o] * total[o];
    for (auto& share : t.self_employed_occupation) share /= sum;
    const double technical_share = r.only("start_jobs", "self_employed_share_tech", "NL").value;
    const double ict_share = r.only("start_jobs", "self_employed_share_ict", "NL").value;
    const double all_share = r.population("NL", "self_employed_share", "of the employed labour force", "2021").value;
    // Share of technical work among the self-employed = share of the self-employed in it x its share of all work / their share overall.
    double employees_all = std::accumulate(total.begin(), total.end(), 0.0);
    double of_group[2] = {0, 0};
    for (std::size_t o = 0; o < models::first_other_occupation; ++o) of_group[o >= models::first_ict_occupation] += total[o] / employees_all;
    const double workers = employees_all / (1 - all_share);
    const double wanted[2] = {of_group[0] * employees_all * technical_share / (1 - technical_share) / (workers * all_share),
                              of_group[1] * employees_all * ict_share / (1 - ict_share) / (workers * all_share)};
    double now[2] = {0, 0};
    for (std::size_t o = 0; o < models::first_other_occupation; ++o) now[o >= models::first_ict_occupation] += t.self_employed_occupation[o];
    for (std::size_t o = 0; o < models::occupations; ++o) {
        const bool is_ict = o >= models::first_ict_occupation;
        t.self_employed_occupation[o] *=
            o < models::first_other_occupation ? wanted[is_ict] / now[is_ict] : (1 - wanted[0] - wanted[1]) / (1 - now[0] - now[1]);
    }
}

void read_employers(Reader& r, StartTables& t) {
    const std::array<std::string, 15> published{"A Agriculture",
                                                "C Manufacturing",
                                                "",
                                                "F Construction",
                                                "G Trade",
                                                "H Transport and storage",
                                                "I Accommodation and food",
                                                "J Information and communication",
                                                "",
                                                "M Professional services",
                                                "N Administrative services",
                                                "",
                                                "",
                                                "",
                                                ""};
    auto firms = [&](const std::string& sector, const char* size) { return r.jobs("NL", "employers_by_sector_size", sector + "; " + size, "2024Q2").value; };
    const double to_nine = r.jobs("NL", "employers_by_size", "2-9 persons", "2020Q3").value;
    const double to_fortynine = r.jobs("NL", "employers_by_size", "10-49 persons", "2020Q3").value;
    const double micro = to_nine / (to_nine + to_fortynine);
    constexpr std::array<const char*, 3> sizes{"2-49 persons", "50-249 persons", "250+ persons"};
    std::array<std::array<double, 3>, models::sectors> count{};
    for (std::size_t z = 0; z < 3; ++z) {
        double known = 0;
        for (std::size_t s = 0; s < published.size(); ++s)
            if (!published[s].empty()) count[s][z] = firms(published[s], sizes[z]);
        count[2][z] = firms("B Mining", sizes[z]) + firms("D Energy", sizes[z]) + firms("E Water and waste", sizes[z]);
        count[8][z] = firms("K Finance", sizes[z]) + firms("L Real estate", sizes[z]);
        // Shares of agencies within N and of government, education and care within O-Q are assumed: agencies and public bodies are few and large.
        constexpr std::array<double, 3> agencies{0.20, 0.30, 0.40};
        const double n = count[10][z];
        count[10][z] = n * (1 - agencies[z]);
        count[11][z] = n * agencies[z];
        constexpr std::array<std::array<double, 3>, 3> public_bodies{{{0.01, 0.20, 0.79}, {0.18, 0.35, 0.47}, {0.30, 0.30, 0.40}}};
        const double oq = firms("O-Q Government and care", sizes[z]);
        for (std::size_t k = 0; k < 3; ++k) count[12 + k][z] = oq * public_bodies[z][k];
        for (std::size_t s = 0; s < 15; ++s) known += count[s][z];
        count[15][z] = std::max(1.0, firms("A-U All", sizes[z]) - known);
    }
    for (std::size_t s = 0; s < models::sectors; ++s) {
        const double jobs = t.national_sector[s] * t.national_employees;
        t.employers_per_job[s] = {count[s][0] * micro / jobs, count[s][0] * (1 - micro) / jobs, count[s][1] / jobs, count[s][2] / jobs};
    }
}

void read_named(Reader& r, const std::vector<std::string>& names, StartTables& t) {
    struct Known {
        const char *variable, *breakdown, *region, *name, *municipality;
        Sector sector;
        int units;
        bool fossil;
    };
    static const std::vector<Known> known{
        {"fossil_employer_jobs", "Tata Steel IJmuiden plant (employees)", "IJmond", "Tata Steel IJmuiden", "Velsen", Sector::industry, 1, true},
        {"fossil_employer_jobs", "Chemelot Industrial Park only", "Zuid-Limburg", "Chemelot", "Sittard-Geleen", Sector::industry, 6, true},
        {"fossil_employer_jobs", "Dow Terneuzen, own staff", "Zeeuws-Vlaanderen", "Dow Terneuzen", "Terneuzen", Sector::industry, 1, true},
        {"fossil_employer_jobs", "chemistry in Drenthe, nearly three quarters in Zuidoost-Drenthe (Emmen)", "Groningen/Emmen", "chemistry at Emmen", "Emmen",
         Sector::industry, 6, true},
        {"fossil_employer_jobs", "RWE Eemshaven coal plant, direct", "Groningen/Emmen", "RWE Eemshaven", "Het Hogeland", Sector::energy_water, 1, true},
        {"fossil_employer_jobs", "Shell Pernis refinery, own staff", "Groot-Rijnmond", "Shell Pernis", "Rotterdam", Sector::industry, 1, true},
        {"fossil_employer_jobs", "four other refineries (BP, Esso, Gunvor/Vitol, ExxonMobil chem.), direct", "Groot-Rijnmond", "other refineries", "Rotterdam",
         Sector::industry, 4, true},
        {"fossil_employer_jobs", "two coal plants Maasvlakte (Uniper MPP3, Onyx), direct", "Groot-Rijnmond", "coal plants Maasvlakte", "Rotterdam",
         Sector::energy_water, 2, true},
        {"fossil_employer_jobs", "Shell Moerdijk chemicals, own staff", "West-Noord-Brabant", "Shell Moerdijk", "Moerdijk", Sector::industry, 1, true},
        {"fossil_employer_jobs", "Amercentrale coal plant, Geertruidenberg", "West-Noord-Brabant", "Amercentrale", "Geertruidenberg", Sector::energy_water, 1,
         true},
        {"large_employer_jobs", "ASML Veldhoven", "Brainport", "ASML", "Veldhoven", Sector::industry, 1, false},
        {"large_employer_jobs", "Philips Eindhoven and Best", "Brainport", "Philips", "Eindhoven", Sector::industry, 1, false},
        {"large_employer_jobs", "DAF Trucks Eindhoven", "Brainport", "DAF Trucks", "Eindhoven", Sector::industry, 1, false},
        {"large_employer_jobs", "University Medical Center Groningen", "Groningen/Emmen", "UMCG", "Groningen", Sector::care, 1, false},
        {"large_employer_jobs", "Erasmus MC Rotterdam", "Groot-Rijnmond", "Erasmus MC", "Rotterdam", Sector::care, 1, false},
        {"large_employer_jobs", "Maastricht UMC+", "Zuid-Limburg", "Maastricht UMC+", "Maastricht", Sector::care, 1, false}};
    for (std::size_t n = 0; n < names.size(); ++n)
        for (const auto& k : known) {
            if (names[n] != k.region) continue;
            const Figure* found = nullptr;
            for (const Figure* f : r.data().rows("start_jobs", k.variable, names[n]))
                if (f->breakdown == k.breakdown) found = f;
            if (found == nullptr) throw sim::InputError(std::string("start_jobs.csv: no row ") + k.variable + " '" + k.breakdown + "' for " + k.region);
            t.named.push_back({k.name, static_cast<int>(n), k.municipality, k.sector, found->value, k.units, k.fossil});
            r.margin("staff of named employers", names[n], k.name, found->value, *found);
        }
}

void read_commuting(Reader& r, const std::vector<std::string>& names, StartTables& t) {
    const double level = r.jobs("NL", "commute_level_2021", "jobs of 2021 over the matrix of 2014", "2021").value;
    const std::size_t n = names.size();
    for (auto& region : t.region) region.jobs_to.assign(n + 2, 0.0);
    std::vector<const Figure*> sample(n);
    for (const Figure* f : r.data().rows("start_jobs", "commute_jobs_matrix")) {
        const std::string work = f->breakdown.substr(std::string("work region: ").size());
        const auto h = static_cast<std::size_t>(std::find(names.begin(), names.end(), f->region) - names.begin());
        const auto w = static_cast<std::size_t>(std::find(names.begin(), names.end(), work) - names.begin());
        // Regions that are not in the run belong to the rest of the Netherlands.
        if (h < n) t.region[h].jobs_to[w < n ? w : n] += level * f->value;
        if (h == n && w < n) t.region[w].in_from_nl += level * f->value;
        if (h < n) sample[h] = f;
    }
    for (std::size_t h = 0; h < n; ++h) {
        const auto& jobs = t.region[h].jobs_to;
        const double total = std::accumulate(jobs.begin(), jobs.end(), 0.0);
        for (std::size_t w = 0; w <= n; ++w)
            r.margin("residents' jobs by work region, shares", names[h], "to " + (w < n ? names[w] : "rest_nl"), jobs[w] / total, *sample[h]);
    }
    for (std::size_t h = 0; h < n; ++h) {
        t.region[h].jobs_to[n + 1] = r.only("start_jobs", "cross_border_out", names[h]).value;
        t.region[h].in_from_abroad_share = r.only("start_jobs", "cross_border_in_share", names[h]).value;
    }
}

}  // namespace

StartTables read_start_tables(DataFolder& data, const models::Tables& tables) {
    StartTables t;
    Reader r(data, t);
    const auto& names = tables.regions.names;
    t.region.resize(names.size());
    read_population(r, "NL", t.population, false);
    read_labour(r, t);
    read_students(r, t);

    // January 2021 over the year 2021: the first quarter of the seasonally adjusted national series.
    const double employed = r.population("NL", "employed", "15-74", "2021").value;
    const double unemployed = r.population("NL", "unemployed", "15-74", "2021").value;
    const double inactive = r.population("NL", "inactive", "15-74", "2021").value;
    const double unemployed_start = r.population("NL", "unemployed", "15-74 SA; post-2021 method", "2021Q1").value;
    const double inactive_start = r.population("NL", "inactive", "not in labour force 15-74 SA", "2021Q1").value;
    const double employed_start = employed + unemployed + inactive - unemployed_start - inactive_start;
    const double rate = unemployed / (employed + unemployed);
    const double rate_start = unemployed_start / (employed_start + unemployed_start);

    for (std::size_t n = 0; n < names.size(); ++n) {
        auto& region = t.region[n];
        read_population(r, names[n], region.population, true);
        region.education = read_education(r, names[n], true);
        const auto& participation = r.population(names[n], "net_participation", "15-74, EBB level, from municipal differences", "2021");
        region.participation = participation.value * employed_start / employed;
        r.margin("net participation, 15-74, January 2021", names[n], "all", region.participation, participation);
        const auto& unemployment = r.only("start_population", "unemployment_rate", names[n]);
        region.unemployment = unemployment.value * rate_start / rate;
        r.margin("unemployment rate, 15-74, January 2021", names[n], "all", region.unemployment, unemployment);
        const auto& self_employed = r.population(names[n], "self_employed_share", "of the employed labour force", "2021");
        region.self_employed = self_employed.value;
        r.margin("self-employed share of the employed", names[n], "all", self_employed.value, self_employed);
        region.learning_companies = r.only("start_jobs", "learning_companies", names[n]).value;
    }
    read_sectors(r, names, t);
    read_occupations(r, t);
    read_employers(r, t);
    read_named(r, names, t);
    read_commuting(r, names, t);
    // The regional shares carry the sector mix only; their level is that of the nation's observed number over all employed.
    const double nation_employed = r.population("NL", "employed", "15-74", "2022").value;
    for (const auto& name : names)
        for (const bool technical : {true, false}) {
            const char* variable = technical ? "technical_occ_share" : "ict_occ_share";
            const auto& f = r.only("start_jobs", variable, name);
            const double level = r.only("start_jobs", technical ? "technical_occ_employed" : "ict_occ_employed", "NL").value / nation_employed /
                                 r.only("start_jobs", variable, "NL").value;
            r.margin("technical and ICT share of work", name, technical ? "technical" : "ict", f.value * level, f);
        }
    for (std::size_t g = 0; g < working_age_groups; ++g) {
        constexpr std::array<const char*, 4> classes{"under 20", "20-27", "28-34", "35 and over"};
        constexpr std::array<const char*, 4> keys{"lt20", "h20_28", "h28_35", "full_time"};
        for (std::size_t c = 0; c < 4; ++c)
            r.margin("hours of the employed, shares by age", "all", std::string(age_tens[g]) + " " + classes[c], t.hours[g][c],
                     r.population("NL", "hours_class_share", std::string("sex=total;age=") + age_tens[g] + ";class=" + keys[c], "2022Q1"));
    }
    for (std::size_t s = 0; s < 2; ++s)
        r.margin("part-time share of the employed by sex", "all", std::string(models::sex_labels[s]), t.part_time[s],
                 r.population("NL", "part_time_share", std::string("sex=") + sexes[s], "2021"));
    const auto& technical_women = r.jobs("NL", "women_share_in_occ", "BRC class 07", "2022");
    r.margin("women's share of the employed in the group", "all", "technical", technical_women.value, technical_women);
    const auto& ict_women = r.jobs("NL", "women_share_in_occ", "ICT", "2022");
    r.margin("women's share of the employed in the group", "all", "ict", ict_women.value, ict_women);

    t.outsiders_per_in_commuter = r.jobs("NL", "outsiders_per_in_commuter", "rows over in-commuters in a job", "2021").value;
    for (std::size_t a = 0; a < 2; ++a)
        for (std::size_t k = 0; k < 2; ++k)
            t.recent_jobs[a][k] =
                r.jobs("NL", "recent_jobs", std::string(a == 0 ? "age=15-24" : "age=25-34") + (k == 0 ? ";main jobs" : ";side jobs"), "2021").value;
    t.openings_in_run = r.jobs("NL", "openings_in_run", "posted, over those in spin-up", "2021").value;
    t.openings_to_come = r.jobs("NL", "openings_to_come", "over jobs and openings", "2021").value;
    t.openings_without_vacancy = r.jobs("NL", "openings_without_vacancy", "over those after spin-up", "2021").value;
    t.open_vacancies = r.jobs("NL", "vacancies_open_total", "SA; CBS 84545NED", "2021Q1").value;
    t.adult_bbl = AdultLearners(tables, t.population);
    return t;
}

}  // namespace regions
