#include <algorithm>
#include <cmath>

#include "regions/readers.hpp"
#include "sim/error.hpp"

namespace regions {
namespace {

constexpr int first_year = 2020, last_observed = 2023, last_year = 2040;
constexpr int years = last_year - first_year + 1;

std::string group_text(int group) { return group == models::five_year_groups - 1 ? "95+" : std::to_string(group * 5) + "-" + std::to_string(group * 5 + 4); }

/// Shorthand for population.csv.
class Population {
public:
    explicit Population(DataFolder& data) : data_(data) {}
    double value(const std::string& region, const char* variable, const std::string& breakdown, const std::string& period) {
        return data_.value("population", region, variable, breakdown, period);
    }
    double value(const std::string& region, const char* variable, const std::string& breakdown, int year) {
        return value(region, variable, breakdown, std::to_string(year));
    }
    /// The last row of a variable whose period is at most this year, for rows "later years as the last".
    double latest(const char* variable, const std::string& breakdown, int year) {
        const Figure* best = nullptr;
        for (const Figure* f : data_.rows("population", variable, "NL"))
            if (f->breakdown == breakdown && std::stoi(f->period) <= year && (best == nullptr || f->period > best->period)) best = f;
        if (best == nullptr)  // names the nearest row in its message
            return value("NL", variable, breakdown, year);
        return best->value;
    }
    bool has(const std::string& region, const char* variable) { return !data_.rows("population", variable, region).empty(); }

private:
    DataFolder& data_;
};

/// What moves over a region's boundary in one year, persons.
struct Moves {
    double in, out, immigration, emigration;
};

/// Moves of one observed year without those within the region and without the transit of reception centres. Net migration is kept.
Moves moves_of(Population& table, const std::string& region, int year, double boundary_share, bool transit_centre) {
    Moves m{table.value(region, "domestic_arrivals", "total", year), table.value(region, "domestic_departures", "total", year),
            table.value(region, "immigration", "total", year), table.value(region, "emigration_incl_admin", "total", year)};
    if (transit_centre) {
        const double transit = std::clamp(m.out - m.in, 0.0, 0.9 * m.immigration);
        m.out -= transit;
        m.immigration -= transit;
    }
    const double within = (1 - boundary_share) * std::min(m.in, m.out);
    m.in -= within;
    m.out -= within;
    return m;
}

using Profile = std::array<double, models::five_year_groups>;

Profile age_profile(Population& table, const char* variable, const std::string& prefix) {
    Profile profile{};
    for (int g = 0; g < models::five_year_groups; ++g)
        profile[static_cast<std::size_t>(g)] = table.value("NL", variable, prefix + "age=" + group_text(g), 2021);
    return profile;
}

/// Inhabitants by five-year age on 1 January 2021, both sexes or one.
Profile inhabitants(Population& table, const std::string& region, const char* sex) {
    Profile people{};
    for (int g = 0; g < models::five_year_groups; ++g)
        people[static_cast<std::size_t>(g)] = table.value(region, "population_1jan_age5", "age=" + group_text(g) + ";sex=" + sex, 2021);
    return people;
}

Profile mean_one(const Profile& profile, const Profile& people) {
    double sum = 0, all = 0;
    for (std::size_t g = 0; g < profile.size(); ++g) {
        sum += profile[g] * people[g];
        all += people[g];
    }
    Profile scaled = profile;
    for (auto& factor : scaled) factor *= all / sum;
    return scaled;
}

}  // namespace

void read_demography(DataFolder& data, const std::vector<std::string>& regions, models::Tables& tables) {
    Population table(data);
    models::DemographyTables t;
    t.first_year = first_year;
    t.years = years;
    const auto R = regions.size();
    const auto size = R * static_cast<std::size_t>(years);
    for (auto* array : {&t.births, &t.moves_in, &t.immigration, &t.move_rate, &t.emigration_rate, &t.mortality}) array->assign(size, 0.0);

    for (std::size_t sex = 0; sex < 2; ++sex)
        for (int g = 0; g < models::five_year_groups; ++g)
            t.death_rate[sex][static_cast<std::size_t>(g)] =
                table.value("NL", "death_rate_central_age5", std::string(sex == 0 ? "sex=male" : "sex=female") + ";age=" + group_text(g), "2016-2020") / 1000;

    // Deaths of the whole country against the rates on its people, year by year: the years of the pandemic and the trend after them.
    double expected = 0;
    const Profile men = inhabitants(table, "NL", "male"), women = inhabitants(table, "NL", "female");
    for (std::size_t g = 0; g < men.size(); ++g) expected += men[g] * t.death_rate[0][g] + women[g] * t.death_rate[1][g];
    const double ageing = table.value("NL", "deaths_ageing", "growth of deaths at constant rates, per year", "2021-2023");
    const double death_trend = table.value("NL", "death_rate_trend", "per year after 2023", "2024-2030");
    std::array<double, years> year_factor{};
    for (int y = 0; y < years; ++y) {
        const int year = first_year + y;
        const double base = std::min(year, last_observed);
        year_factor[static_cast<std::size_t>(y)] = table.value("NL", "deaths", "total", static_cast<int>(base)) /
                                                   (expected * std::pow(1 + ageing, base + 0.5 - 2021)) *
                                                   std::pow(1 + death_trend, std::max(0, year - last_observed));
    }

    const Profile move_factor = age_profile(table, "move_age_factor", ""), emigration_factor = age_profile(table, "emigration_age_factor", "");
    const double births_growth = table.value("NL", "births_growth", "per year after 2023", "2024-2030");
    for (std::size_t r = 0; r < R; ++r) {
        const std::string& region = regions[r];
        Profile people = inhabitants(table, region, "male");
        const Profile women_here = inhabitants(table, region, "female");
        for (std::size_t g = 0; g < people.size(); ++g) people[g] += women_here[g];
        t.move_profile.push_back(mean_one(move_factor, people));
        t.emigration_profile.push_back(mean_one(emigration_factor, people));

        const double ratio = table.value(region, "mortality_ratio", "deaths 2019-2023 / expected at NL age-sex rates (NL=1)", "2019-2023");
        const double boundary = table.value(region, "boundary_move_share", "share of moves between municipalities that cross the boundary of the region", 2021);
        const bool transit = table.has(region, "reception_transit");
        Moves usual{0, 0, 0, 0}, shock{0, 0, 0, 0};  // means of 2017-2021 and of 2022-2023; the two departures as rates
        const auto add = [&](Moves& sum, int year, double weight) {
            const Moves m = moves_of(table, region, year, boundary, transit);
            const double inhabitants_then = table.value(region, "population_1jan", "total", year);
            sum = {sum.in + weight * m.in, sum.out + weight * m.out / inhabitants_then, sum.immigration + weight * m.immigration,
                   sum.emigration + weight * m.emigration / inhabitants_then};
        };
        for (int year = 2017; year <= 2021; ++year) add(usual, year, 1.0 / 5);
        for (int year = 2022; year <= 2023; ++year) add(shock, year, 1.0 / 2);
        for (int y = 0; y < years; ++y) {
            const int year = first_year + y;
            const auto place = r * static_cast<std::size_t>(years) + static_cast<std::size_t>(y);
            Moves m{0, 0, 0, 0};
            if (year <= last_observed) {
                add(m, year, 1.0);
            } else {
                const double w = table.latest("migration_shock_weight", "share of the difference between 2022-2023 and 2017-2021 that is left", year);
                m = {usual.in + w * (shock.in - usual.in), usual.out + w * (shock.out - usual.out),
                     usual.immigration + w * (shock.immigration - usual.immigration), usual.emigration + w * (shock.emigration - usual.emigration)};
            }
            t.moves_in[place] = m.in;
            t.move_rate[place] = m.out;
            t.immigration[place] = m.immigration;
            t.emigration_rate[place] = m.emigration;
            t.mortality[place] = ratio * year_factor[static_cast<std::size_t>(y)];
            t.births[place] =
                table.value(region, "births", "total", std::min(year, last_observed)) * std::pow(1 + births_growth, std::max(0, year - last_observed));
        }
    }

    // Movers over a boundary are drawn by inhabitants over travel time; those who come from a region of the run are no newcomers.
    const double country = table.value("NL", "population_1jan", "total", 2021);
    const double reach = table.value("NL", "move_distance_minutes", "minutes at which a region draws movers by its inhabitants alone", 2021);
    t.destination.assign(R * R, 0.0);
    std::vector<double> inhabitants_now(R);
    for (std::size_t r = 0; r < R; ++r) inhabitants_now[r] = table.value(regions[r], "population_1jan", "total", 2021);
    for (std::size_t from = 0; from < R; ++from)
        for (std::size_t to = 0; to < R; ++to)
            if (from != to)
                t.destination[from * R + to] = inhabitants_now[to] / (country - inhabitants_now[from]) *
                                               std::min(2.0, reach / tables.regions.travel_minutes(static_cast<int>(from), static_cast<int>(to)));
    for (int y = 0; y < years; ++y)
        for (std::size_t to = 0; to < R; ++to) {
            double from_the_run = 0;
            for (std::size_t from = 0; from < R; ++from)
                from_the_run +=
                    t.move_rate[from * static_cast<std::size_t>(years) + static_cast<std::size_t>(y)] * inhabitants_now[from] * t.destination[from * R + to];
            double& in = t.moves_in[to * static_cast<std::size_t>(years) + static_cast<std::size_t>(y)];
            in = std::max(in - from_the_run, 0.1 * in);
        }

    static const std::array<std::string, models::arrivals> kinds{"birth", "within_nl", "labour", "study", "family", "other"};
    static const std::array<std::string, 5> levels{"low", "mbo2-4", "havo_vwo", "hbo", "wo"};
    for (std::size_t k = 1; k < kinds.size(); ++k) {
        auto& profile = t.profile[k];
        const std::string kind = "kind=" + kinds[k] + ";";
        if (k == models::index_of(models::Arrival::within_nl)) {
            for (std::size_t g = 0; g < profile.age.size(); ++g) profile.age[g] = move_factor[g] * (men[g] + women[g]);
        } else {
            profile.age = age_profile(table, "immigrant_age_weight", kind);
        }
        for (std::size_t l = 0; l < levels.size(); ++l) profile.education[l] = table.value("NL", "newcomer_education", kind + "edu=" + levels[l], 2021);
        profile.women = table.value("NL", "newcomer_share", kind + "women", 2021);
        profile.technical = table.value("NL", "newcomer_share", kind + "technical", 2021);
        profile.ict = table.value("NL", "newcomer_share", kind + "ict", 2021);
        profile.student = table.value("NL", "newcomer_share", kind + "student", 2021);
        profile.working = table.value("NL", "newcomer_share", kind + "working", 2021);
    }
    for (int y = 0; y < years; ++y) {
        std::array<double, 4> shares{};
        for (std::size_t k = 0; k < 4; ++k) shares[k] = table.latest("immigration_share", "kind=" + kinds[k + 2], std::max(first_year + y, 2021));
        t.kind.push_back(shares);
        const int year = std::min(first_year + y, 2030);
        t.pension_age.push_back(static_cast<int>(std::lround(table.value("NL", "aow_age", "legal state pension age", year) * 12)));
    }
    tables.demography = std::move(t);
}

}  // namespace regions
