#include "sim/gridded_file.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include <catch2/catch.hpp>

#include "sim/error.hpp"
#include "sim/stored_trajectory.hpp"
#include "tests/support/files.hpp"

namespace {

constexpr std::size_t points = 10, labels = 3;

/// A count by point and label, a real by point; written in steps of so many rows. Values are left out from row `until` on.
void write(const std::filesystem::path& path, std::size_t step, std::size_t until = points) {
    sim::GriddedFile file(path);
    file.add_attribute({"schema_version", std::int64_t{1}});
    std::vector<std::int32_t> numbers(points);
    std::iota(numbers.begin(), numbers.end(), 0);
    file.add_coordinate({"point", numbers});
    file.add_coordinate({"label", std::vector<std::string>{"a", "b", "ç"}});
    const auto count = file.add_variable({"count", {"point", "label"}, sim::SeriesType::count, {{"kind", "stock"}, {"units", "1"}}, 4});
    const auto real = file.add_variable({"real", {"point"}, sim::SeriesType::real, {{"kind", "mean"}}, 4});
    for (std::size_t first = 0; first < until; first += step) {
        std::vector<std::int32_t> counts;
        std::vector<double> reals;
        for (std::size_t p = first; p < std::min(until, first + step); ++p) {
            for (std::size_t l = 0; l < labels; ++l) counts.push_back(static_cast<std::int32_t>(10 * p + l));
            reals.push_back(static_cast<double>(p) / 4);
        }
        file.write(count, first, std::span<const std::int32_t>(counts));
        file.write(real, first, std::span<const double>(reals));
    }
    file.commit(false);
}

std::string bytes_of(const std::filesystem::path& path) {
    std::ifstream stream(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

}  // namespace

TEST_CASE("a gridded file holds the rows that were written, and missing values elsewhere", "[sim][unit]") {
    const tests::TemporaryFolder folder;
    write(folder / "all.h5", 4);
    write(folder / "part.h5", 2, 6);
    const sim::StoredTrajectory all(folder / "all.h5"), part(folder / "part.h5");
    CHECK(all.dimension("label").labels == std::vector<std::string>{"a", "b", "ç"});
    CHECK(all.find("count").dimensions == std::vector<std::string>{"point", "label"});
    CHECK(all.values("count")[3 * labels + 2] == 32);
    CHECK(all.values("real")[9] == 2.25);
    CHECK(part.values("count")[5 * labels] == 50);
    CHECK(std::isnan(part.values("count")[6 * labels]));
    CHECK(std::isnan(part.values("real")[6]));
}

TEST_CASE("the same calls write the same bytes, and a file that exists is kept", "[sim][property]") {
    const tests::TemporaryFolder folder;
    write(folder / "a.h5", 4);
    write(folder / "b.h5", 4);
    CHECK(bytes_of(folder / "a.h5") == bytes_of(folder / "b.h5"));
    CHECK_THROWS_AS(write(folder / "a.h5", 4, 2), sim::FileError);
    CHECK(bytes_of(folder / "a.h5") == bytes_of(folder / "b.h5"));
    CHECK(folder.names().size() == 2);  // nothing half-written beside them
}

TEST_CASE("rows that do not fit are bugs", "[sim][unit]") {
    const tests::TemporaryFolder folder;
    sim::GriddedFile file(folder / "x.h5");
    file.add_coordinate({"point", std::vector<std::int32_t>{0, 1}});
    CHECK_THROWS_AS(file.add_coordinate({"point", std::vector<std::int32_t>{0}}), sim::Bug);
    CHECK_THROWS_AS(file.add_variable({"v", {"absent"}}), sim::Bug);
    const auto v = file.add_variable({"v", {"point"}});
    const std::vector<double> three(3);
    const std::vector<std::int32_t> counts(1);
    CHECK_THROWS_AS(file.write(v, 0, std::span<const double>(three)), sim::Bug);
    CHECK_THROWS_AS(file.write(v, 0, std::span<const std::int32_t>(counts)), sim::Bug);
}
