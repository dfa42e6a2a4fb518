#include "regions/table_cut.hpp"

#include <algorithm>
#include <set>

#include <catch2/catch.hpp>

#include "models/demand.hpp"
#include "models/demography.hpp"
#include "regions/data_folder.hpp"
#include "regions/readers.hpp"
#include "regions/tables.hpp"
#include "sim/error.hpp"
#include "tests/support/files.hpp"

namespace {

using regions::DataFolder;
using regions::TableCut;

const TableCut end_of_2022{"2022-12-31", false};
const TableCut totals_given{"2022-12-31", true};

std::string quoted(const std::string& text) {
    std::string field = "\"";
    for (const char c : text) field.append(c == '"' ? 2 : 1, c);
    return field + "\"";
}

/// The shipped table with every row that the cut refuses half as large again.
void write_changed(const tests::TemporaryFolder& folder, const std::string& name, const TableCut& cut, std::size_t& changed) {
    std::string text = "region,variable,breakdown,period,value,low,high,unit,status,source,url,note,known_from\n";
    for (const auto& f : regions::read_figures(regions::shipped_data() / (name + ".csv"))) {
        const bool refused = regions::refused_by(cut, name, f);
        changed += refused;
        for (const auto& word : {f.region, f.variable, f.breakdown, f.period}) text += quoted(word) + ",";
        text += std::to_string(refused ? 1.5 * f.value : f.value) + ",,," + quoted(f.unit) + "," + std::string(models::text(f.status)) + "," +
                quoted(f.source) + ",,," + f.known_from + "\n";
    }
    tests::write_contents(folder / (name + ".csv"), text);
}

models::Tables tables_at(DataFolder data, const TableCut& cut) {
    data.cut_at(cut);
    return regions::read_tables(data, {}, 1.0);
}

double mean_growth(const models::Tables& tables, sim::Month month) {
    double sum = 0;
    for (std::size_t s = 0; s < models::sectors; ++s) sum += models::growth(tables.demand, static_cast<models::Sector>(s), month) / models::sectors;
    return sum;
}

}  // namespace

TEST_CASE("rows of time paths that were known after a cut are refused, structure stays", "[regions][unit]") {
    DataFolder data(regions::shipped_data());
    data.cut_at(end_of_2022);
    std::set<std::string> quarters;
    for (const auto* f : data.rows("vacancies", "vacancies_open_total", "NL")) quarters.insert(f->period);
    CHECK(quarters.contains("2022Q3"));
    CHECK_FALSE(quarters.contains("2022Q4"));
    CHECK(data.find("wages", "NL", "wage_growth_collective", "cao annual", "2022") == nullptr);
    CHECK(data.find("wages", "NL", "wage_growth_collective", "cao annual", "2021")->value == 0.021);
    // Published in 2023, but of the start: no path.
    CHECK(data.find("jobs", "NL", "employee_jobs_by_sector", "C", "2022") != nullptr);
    // All observed figures are paths.
    for (const auto& f : data.table("observed")) CHECK(f.known_from <= end_of_2022.known_until);
    const auto report = data.cut_report();
    CHECK(report.tables.at("vacancies").refused >= 15);
    CHECK(report.tables.at("jobs").known_later >= 20);
}

TEST_CASE("a refused figure falls back to the latest earlier period, and says so", "[regions][unit]") {
    DataFolder data(regions::shipped_data());
    data.cut_at(end_of_2022);
    CHECK(data.figure("wages", "NL", "wage_growth_collective", "cao annual", "2024").period == "2021");
    REQUIRE(data.cut_report().assumptions.size() == 1);
    CHECK(data.cut_report().assumptions[0] == "wages: wage_growth_collective of 2024 is that of 2021");
    CHECK_THROWS_WITH(data.figure("wages", "NL", "wage_growth_collective", "cao annual", "2034"), Catch::Contains("no row has"));
    // Without a cut nothing is refused.
    DataFolder whole(regions::shipped_data());
    CHECK(whole.figure("wages", "NL", "wage_growth_collective", "cao annual", "2024").period == "2024");
    CHECK(whole.cut_report().tables.empty());
}

TEST_CASE("nothing that was known after a cut reaches the tables of a run", "[regions][unit]") {
    const tests::TemporaryFolder folder;
    std::size_t changed = 0;
    for (const char* name : {"vacancies", "jobs", "wages", "population", "education", "observed"}) write_changed(folder, name, end_of_2022, changed);
    CHECK(changed > 200);
    const auto shipped = tables_at(DataFolder(regions::shipped_data()), end_of_2022);
    const auto altered = tables_at(DataFolder(folder.path(), regions::shipped_data()), end_of_2022);
    CHECK(shipped.demand.growth == altered.demand.growth);
    CHECK(shipped.demand.tightness == altered.demand.tightness);
    CHECK(shipped.demand.peak_factor == altered.demand.peak_factor);
    CHECK(shipped.wages.contract_wage == altered.wages.contract_wage);
    CHECK(shipped.wages.prices == altered.wages.prices);
    CHECK(shipped.demography.births == altered.demography.births);
    CHECK(shipped.demography.moves_in == altered.demography.moves_in);
    CHECK(shipped.demography.move_rate == altered.demography.move_rate);
    CHECK(shipped.demography.immigration == altered.demography.immigration);
    CHECK(shipped.demography.emigration_rate == altered.demography.emigration_rate);
    CHECK(shipped.demography.mortality == altered.demography.mortality);
    CHECK(shipped.schooling.vmbo_technical_national == altered.schooling.vmbo_technical_national);
    // They do reach those of a run that may know everything.
    CHECK(tables_at(DataFolder(folder.path(), regions::shipped_data()), {}).demand.growth != shipped.demand.growth);
}

TEST_CASE("after a cut demand follows the projection, or the national totals where they are given", "[regions][unit]") {
    const auto unconditional = tables_at(DataFolder(regions::shipped_data()), end_of_2022);
    const auto conditional = tables_at(DataFolder(regions::shipped_data()), totals_given);
    const auto whole = tables_at(DataFolder(regions::shipped_data()), {});
    const auto last = sim::Month::of(2022, 9);
    CHECK(unconditional.demand.last_observed == last);
    CHECK(mean_growth(unconditional, last + 12) / mean_growth(unconditional, last) == Approx(1.005));
    CHECK(unconditional.demand.tightness[static_cast<std::size_t>(sim::Month::of(2023, 12) - unconditional.demand.first_month)] ==
          unconditional.demand.tightness[static_cast<std::size_t>(last - unconditional.demand.first_month)]);
    CHECK(conditional.demand.growth == whole.demand.growth);
    CHECK(conditional.demand.tightness == whole.demand.tightness);
    CHECK(conditional.wages.contract_wage == unconditional.wages.contract_wage);
}

TEST_CASE("a cut before the first vacancies of 2021 still gives a path of demand", "[regions][unit]") {
    const auto tables = tables_at(DataFolder(regions::shipped_data()), {"2021-06-30", false});
    CHECK(tables.demand.last_observed == sim::Month::of(2021, 3));
    CHECK(mean_growth(tables, sim::Month::of(2022, 3)) < 1.05);
}
