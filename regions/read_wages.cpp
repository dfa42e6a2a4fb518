#include <algorithm>

#include "regions/readers.hpp"
#include "sim/error.hpp"
#include "sim/math.hpp"

namespace regions {
namespace {

constexpr sim::Month path_start = sim::Month::of(2020, 1);  // the spin-up
constexpr sim::Month january_2021 = sim::Month::of(2021, 1);
constexpr int path_years = 21;  // until December 2040; held from there on

[[noreturn]] void fail(const DataFolder& data, const Figure& figure, const std::string& what) {
    throw sim::InputError(data.file_of("wages").string() + ":" + std::to_string(figure.line) + ": " + what);
}

template <class Codes>
std::size_t place_of(const DataFolder& data, const Figure& figure, const Codes& codes, const std::string& code, const char* kind) {
    const auto it = std::find(codes.begin(), codes.end(), code);
    if (it == codes.end()) fail(data, figure, std::string(kind) + " '" + code + "' is unknown");
    return static_cast<std::size_t>(it - codes.begin());
}

/// Index by month, January 2021 = 1, from yearly growth rates that run evenly over the months of their year.
std::vector<double> index_from_rates(DataFolder& data, const std::string& variable, const std::string& yearly, const std::string& later) {
    std::vector<double> index{1.0};
    const double projection = data.value("wages", "NL", variable, later, "2025-2030");
    for (int year = 2020; year < 2020 + path_years; ++year) {
        const double rate = year <= 2024 ? data.value("wages", "NL", variable, yearly, std::to_string(year)) : projection;
        for (int month = 0; month < 12; ++month) index.push_back(index.back() * sim::power(1 + rate, 1.0 / 12.0));
    }
    index.pop_back();
    const double base = index[static_cast<std::size_t>(january_2021 - path_start)];
    for (auto& value : index) value /= base;
    return index;
}

}  // namespace

void read_wages(DataFolder& data, const std::vector<std::string>&, models::Tables& tables) {
    models::WageTables t;
    t.first_month = path_start;
    const auto contract = index_from_rates(data, "wage_growth_collective", "cao annual", "cao annual, projection");
    t.prices = index_from_rates(data, "cpi_inflation", "annual", "annual, projection");
    // Collective wages by sector are not in the tables: one path for all.
    t.contract_wage.resize(contract.size());
    for (std::size_t m = 0; m < contract.size(); ++m) t.contract_wage[m].fill(contract[m]);

    // Wages of 2022 stand in the middle of that year.
    double level_2022 = 0;
    for (int month = 1; month <= 12; ++month) level_2022 += contract[static_cast<std::size_t>(sim::Month::of(2022, month) - path_start)] / 12;
    for (const Figure* f : data.rows("wages", "hourly_wage_by_brc", "NL")) {
        // "BRC 071 name; median"
        const auto space = f->breakdown.find(' ', 4);
        const auto cut = f->breakdown.rfind("; ");
        if (f->breakdown.compare(0, 4, "BRC ") != 0 || space == std::string::npos || cut == std::string::npos)
            fail(data, *f, "breakdown is '" + f->breakdown + "' (\"BRC 071 NAME; median\" is expected)");
        const auto o = place_of(data, *f, models::occupation_codes, f->breakdown.substr(4, space - 4), "occupation");
        if (f->value <= 0) fail(data, *f, "value is not positive (euro an hour are expected)");
        const std::string what = f->breakdown.substr(cut + 2);
        if (what == "median")
            t.median[o] = f->value / level_2022;
        else if (what == "25th percentile")
            t.lower_quartile[o] = f->value / level_2022;
        else if (what == "75th percentile")
            t.upper_quartile[o] = f->value / level_2022;
        else
            fail(data, *f, "'" + what + "' is unknown (25th percentile, median or 75th percentile is expected)");
    }
    for (std::size_t o = 0; o < models::occupations; ++o)
        if (t.median[o] <= 0 || t.lower_quartile[o] <= 0 || t.upper_quartile[o] <= t.lower_quartile[o])
            throw sim::InputError(data.file_of("wages").string() + ": occupation " + std::string(models::occupation_codes[o]) +
                                  " lacks a median or quartile of hourly_wage_by_brc");
    t.sector_factor.fill(1);
    for (const Figure* f : data.rows("wages", "sector_wage_factor", "NL"))
        t.sector_factor[place_of(data, *f, models::sector_codes, f->breakdown, "sector")] = f->value;
    for (const Figure* f : data.rows("wages", "education_step_mean", "NL"))
        t.education_step[place_of(data, *f, models::occupation_codes, f->breakdown, "occupation")] = f->value;
    for (int age = 15; age <= 21; ++age)
        t.youth_minimum[static_cast<std::size_t>(age - 15)] =
            data.value("wages", "NL", "minimum_wage", "age " + std::to_string(age) + (age == 21 ? " and over" : ""), "2021-01");
    tables.wages = std::move(t);
}

}  // namespace regions
