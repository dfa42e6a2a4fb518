#include "sim/trajectory.hpp"

#include <cmath>
#include <csignal>
#include <numeric>

#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>

#include "sim/checkpoint.hpp"
#include "sim/error.hpp"
#include "tests/support/files.hpp"

using Catch::Matchers::Contains;
using sim::Kind;
using sim::Month;
using sim::SeriesType;
using sim::Trajectory;

namespace {

constexpr int points = 25;

/// Two replicates, two regions; a count, a real, a series of measures (of which there are none) and two tables.
Trajectory small(const std::vector<std::string>& measures = {}) {
    Trajectory t({3, 4}, Month::of(2021, 1), points);
    t.set_file_attribute({"title", "Groningen and Fryslân"});
    t.set_file_attribute({"seed", std::int64_t{1} << 40});
    t.set_file_attribute({"scale", 0.02});
    t.set_file_attribute({"scenario_text", std::string(100'000, 'x') + "é"});
    t.add_coordinate({"region", std::vector<std::string>{"Groningen/Emmen", "Fryslân"}, {{"long_name", "region of residence"}}});
    t.add_coordinate({"sex", std::vector<std::string>{"men", "women"}});
    t.add_coordinate({"measure", measures, {}, "policy", true});
    t.add_coordinate({"parameter", std::vector<std::string>{"search.applications", "wages.lag"}, {}, "parameters"});
    t.add_coordinate({"person", std::vector<std::int32_t>{11, 12, 13}, {}, "panel"});
    t.add_labels({"region_code", "region", {"CR01", "CR02"}, "code of the region"});
    const auto persons = t.add_series({.name = "persons", .dimensions = {"sex"}, .pillar = "population", .long_name = "residents"});
    const auto wage = t.add_series({.name = "wage", .type = SeriesType::real, .kind = Kind::mean, .units = "euro hour-1", .pillar = "money"});
    const auto spending = t.add_series(
        {.name = "spending", .dimensions = {"measure"}, .type = SeriesType::real, .kind = Kind::flow, .units = "euro", .pillar = "money", .group = "policy"});
    t.set_series_attribute(persons, {"persons_per_agent", 50.0});
    t.set_series_attribute(persons, {"before_start", std::vector<std::int64_t>{160, 0}});
    for (const char* name : {"a", "b", "c", "d"}) t.set_series_attribute(persons, {name, "more attributes than HDF5 keeps in an object's header"});
    t.add_table({"parameters", "value", {"parameter"}, std::vector<double>{4, 18}});
    t.add_table({"parameters", "unit", {"parameter"}, std::vector<std::string>{"1", "month"}});
    std::vector<std::int8_t> status(3 * points);
    std::iota(status.begin(), status.end(), std::int8_t{0});
    t.add_table({"panel", "status", {"person", "time"}, status, {{"long_name", "labour status"}}, true});
    for (std::size_t r = 0; r < 2; ++r)
        for (std::size_t m = 0; m < points; ++m) {
            auto values = t.counts(persons, r, m);
            for (std::size_t i = 0; i < values.size(); ++i) values[i] = static_cast<std::int32_t>(1000 * r + 10 * m + i);
            if (m > 0) t.reals(wage, r, m)[1] = 20.5 + static_cast<double>(m);
            for (auto& euro : t.reals(spending, r, m)) euro = 7;
        }
    return t;
}

}  // namespace

TEST_CASE("values of a trajectory are missing until they are set", "[sim][unit][sanitize]") {
    Trajectory t({0}, Month::of(2021, 1), 3);
    t.add_coordinate({"region", std::vector<std::string>{"A", "B"}});
    t.add_coordinate({"sex", std::vector<std::string>{"men", "women"}});
    const auto count = t.add_series({.name = "persons", .dimensions = {"sex"}});
    const auto real = t.add_series({.name = "wage", .type = SeriesType::real});
    CHECK(t.counts(count, 0, 2).size() == 4);
    CHECK(t.reals(real, 0, 2).size() == 2);
    CHECK(t.counts(count, 0, 0)[3] == -1);
    CHECK(std::isnan(t.reals(real, 0, 0)[0]));
    t.counts(count, 0, 1)[0] = 5;
    CHECK(std::as_const(t).counts(count, 0, 1)[0] == 5);
    CHECK(t.find("wage") == real);
    CHECK(t.month_of(2) == Month::of(2021, 3));
    CHECK(t.memory() == 3 * (4 * 4 + 2 * 8));
    CHECK_THROWS_AS(t.reals(count, 0, 0), sim::Bug);
    CHECK_THROWS_AS(t.counts(count, 1, 0), sim::Bug);
    CHECK_THROWS_AS(t.counts(count, 0, 3), sim::Bug);
    CHECK_THROWS_AS(t.add_series({.name = "persons"}), sim::Bug);
    CHECK_THROWS_AS(t.add_series({.name = "jobs", .dimensions = {"sector"}}), sim::Bug);
    CHECK_THROWS_AS(t.add_coordinate({"sex", std::vector<std::string>{"x"}}), sim::Bug);
    CHECK_THROWS_AS(t.add_labels({"code", "region", {"only one"}}), sim::Bug);
    CHECK_THROWS_AS(t.add_table({"", "value", {"region"}, std::vector<double>{1}}), sim::Bug);
}

TEST_CASE("xarray opens a trajectory with both engines, dimensions and labels named", "[sim][unit]") {
    const tests::TemporaryFolder folder;
    small().write(folder / "run.h5");
    tests::write_contents(folder / "read.py", R"(
import sys, h5py, numpy as np, xarray as xr
path = sys.argv[1]
for engine in ("h5netcdf", "netcdf4"):
    d = xr.open_dataset(path, engine=engine)
    assert d.attrs["Conventions"] == "CF-1.10" and d.attrs["title"] == "Groningen and Fryslân", d.attrs
    assert int(d.attrs["seed"]) == 1 << 40 and float(d.attrs["scale"]) == 0.02
    assert len(d.attrs["scenario_text"]) == 100001 and d.attrs["scenario_text"].endswith("é")
    assert d.persons.dims == ("replicate", "time", "region", "sex")
    assert list(d.region.values) == ["Groningen/Emmen", "Fryslân"] and list(d.replicate.values) == [3, 4]
    assert "region_code" in d.coords and list(d.region_code.values) == ["CR01", "CR02"]
    assert str(d.time.values[1])[:10] == "2021-02-01" and d.sizes["time"] == 25
    assert float(d.persons.sel(region="Fryslân", sex="women", replicate=4).isel(time=2)) == 1023
    assert np.isnan(d.wage.isel(time=0)).all() and np.isnan(d.wage.sel(region="Groningen/Emmen")).all()
    assert float(d.wage.sel(region="Fryslân").isel(time=24)[0]) == 44.5
    p = d.persons.attrs
    assert (p["units"], p["kind"], p["pillar"], p["cell_methods"]) == ("1", "stock", "population", "time: point"), p
    assert p["persons_per_agent"] == 50 and list(p["before_start"]) == [160, 0] and p["d"].startswith("more")
    policy = xr.open_dataset(path, engine=engine, group="policy")
    assert policy.spending.dims == ("replicate", "time", "region", "measure") and policy.sizes["measure"] == 0
    parameters = xr.open_dataset(path, engine=engine, group="parameters")
    assert list(parameters.parameter.values) == ["search.applications", "wages.lag"] and float(parameters.value.sel(parameter="wages.lag")) == 18
    panel = xr.open_dataset(path, engine=engine, group="panel")
    assert panel.status.dims == ("person", "time") and int(panel.status[2, 24]) == 74 and list(panel.person.values) == [11, 12, 13]
with h5py.File(path) as f:
    d = f["persons"]
    assert d.chunks == (1, 25, 2, 2) and d.shuffle and d.compression == "gzip" and d.fletcher32 and d.fillvalue == -1
    assert f["persons"].attrs["_FillValue"].dtype == np.int32 and f["persons"].attrs["_FillValue"].shape == (1,)
    assert f["wage"].attrs["_FillValue"].dtype == np.float64 and np.isnan(f["wage"].fillvalue)
    assert f["policy/spending"].dims[3][0].name == "/policy/measure" and f["policy/spending"].dims[1][0].name == "/time"
    assert f["policy/measure"].maxshape == (None,)
    assert f["region"].attrs["CLASS"] == b"DIMENSION_SCALE" and h5py.check_string_dtype(f["region"].dtype).encoding == "utf-8" and h5py.check_string_dtype(f["region"].dtype).length is None
print("fine")
)");
    const auto [text, status] = tests::output_of("/usr/bin/python3 " + (folder / "read.py").string() + " " + (folder / "run.h5").string());
    CHECK_THAT(text, Contains("fine"));
    CHECK(status == 0);
}

TEST_CASE("ncdump and R open a trajectory", "[sim][unit]") {
    const tests::TemporaryFolder folder;
    small({"hybrid teachers"}).write(folder / "run.h5");
    if (tests::installed("ncdump")) {
        const auto [text, status] = tests::output_of("ncdump -h " + (folder / "run.h5").string());
        CHECK(status == 0);
        CHECK_THAT(text, Contains("int persons(replicate, time, region, sex)") && Contains("persons:_FillValue = -1") && Contains("string region(region)") &&
                             Contains("measure = UNLIMITED ; // (1 currently)") && Contains("time:units = \"days since 2020-01-01\""));
    } else {
        WARN("ncdump is not installed");
    }
    if (tests::installed("Rscript")) {
        tests::write_contents(folder / "read.R", R"(
library(ncdf4)
f <- nc_open(commandArgs(TRUE)[1])
stopifnot(all(dim(ncvar_get(f, "persons")) == c(2, 2, 25, 2)), ncvar_get(f, "persons")[2, 2, 3, 2] == 1023)
stopifnot(ncvar_get(f, "region")[1] == "Groningen/Emmen", ncatt_get(f, "persons", "kind")$value == "stock")
cat("fine\n")
)");
        const auto [text, status] = tests::output_of("Rscript " + (folder / "read.R").string() + " " + (folder / "run.h5").string());
        if (text.find("there is no package called") != std::string::npos)
            WARN("R's ncdf4 is not installed");
        else
            CHECK_THAT(text, Contains("fine"));
    } else {
        WARN("R is not installed");
    }
}

TEST_CASE("the same series give the same file, byte for byte", "[sim][property]") {
    const tests::TemporaryFolder folder;
    small().write(folder / "a.h5");
    ::sleep(1);  // HDF5 keeps times of creation unless told not to
    small().write(folder / "b.h5");
    CHECK(tests::contents(folder / "a.h5") == tests::contents(folder / "b.h5"));
    CHECK(tests::contents(folder / "a.h5").size() > 1000);
}

TEST_CASE("large series are cut into chunks that hold whole time series of one replicate", "[sim][unit]") {
    const tests::TemporaryFolder folder;
    Trajectory t({0, 1}, Month::of(2021, 1), 121);
    t.add_coordinate({"region", std::vector<std::string>(7, "region")});
    std::vector<std::int32_t> cells(1000);
    std::iota(cells.begin(), cells.end(), 0);
    t.add_coordinate({"cell", cells});
    const auto id = t.add_series({.name = "wide", .dimensions = {"cell"}});
    t.counts(id, 1, 120)[6999] = 42;
    t.write(folder / "run.h5");
    const auto [text, status] = tests::output_of("/usr/bin/python3 -c 'import h5py; d = h5py.File(\"" + (folder / "run.h5").string() +
                                                 "\")[\"wide\"]; print(d.chunks, d[1, 120, 6, 999], d[0, 0, 0, 0])'");
    CHECK(status == 0);
    CHECK(text == "(1, 121, 2, 1000) 42 -1\n");
}

TEST_CASE("a file is whole or absent", "[sim][unit]") {
    const tests::TemporaryFolder folder;
    const auto path = folder / "run.h5";
    tests::write_contents(path, "an old file");
    CHECK_THROWS_WITH(small().write(path, false), "cannot write " + path.string() + ": File exists");
    CHECK(tests::contents(path) == "an old file");
    CHECK(folder.names() == std::vector<std::string>{"run.h5"});
    small().write(path);
    CHECK(tests::contents(path).substr(1, 3) == "HDF");
    CHECK(folder.names() == std::vector<std::string>{"run.h5"});

    CHECK_THROWS_WITH(small().write("/nowhere/run.h5"), "cannot write /nowhere/run.h5: No such file or directory");
    CHECK_THROWS_AS(small().write(folder.path()), sim::FileError);  // a folder stands there
    CHECK(folder.names() == std::vector<std::string>{"run.h5"});
}

TEST_CASE("a process that is killed while writing leaves the old file or the new one, whole", "[sim][property]") {
    const tests::TemporaryFolder folder;
    const Trajectory old_run = small();
    const Trajectory new_run = small({"hybrid teachers"});
    old_run.write(folder / "old.h5");
    new_run.write(folder / "new.h5");
    const std::string old_bytes = tests::contents(folder / "old.h5");
    const std::string new_bytes = tests::contents(folder / "new.h5");
    REQUIRE(old_bytes != new_bytes);
    const auto path = folder / "run.h5";
    for (int wait = 0; wait < 20; ++wait) {
        tests::write_contents(path, old_bytes);
        const pid_t child = ::fork();
        if (child == 0) {
            for (;;) new_run.write(path);
        }
        ::usleep(static_cast<useconds_t>(300 * wait));
        ::kill(child, SIGKILL);
        ::waitpid(child, nullptr, 0);
        const std::string found = tests::contents(path);
        CHECK((found == old_bytes || found == new_bytes));
    }
}

TEST_CASE("a full disk leaves nothing half, wherever it fills up", "[sim][unit]") {
    std::size_t full_times = 0;
    std::size_t written = 0;
    for (std::size_t kilobytes = 4; kilobytes <= 512; kilobytes = kilobytes * 4 / 3 + 4) {
        const tests::SmallDisk disk(kilobytes * 1024);
        if (!disk.mounted()) {
            WARN("needs root to mount a small file system");
            SUCCEED();
            return;
        }
        const auto path = disk.folder() / "run.h5";
        try {
            small().write(path);
            ++written;
            CHECK(disk.folder().names() == std::vector<std::string>{"run.h5"});
        } catch (const sim::FileError& error) {
            ++full_times;
            CHECK(error.what() == "cannot write " + path.string() + ": No space left on device");
            CHECK(error.exit_code() == 3);
            CHECK(disk.folder().names().empty());
        }
    }
    CHECK(full_times > 3);
    CHECK(written > 1);
}

TEST_CASE("series survive a checkpoint", "[sim][unit]") {
    const tests::TemporaryFolder folder;
    {
        Trajectory t = small();
        sim::CheckpointWriter out(folder / "checkpoint.h5", 1);
        out("series", t);
        out.commit();
    }
    Trajectory loaded({3, 4}, Month::of(2021, 1), points);
    loaded.add_coordinate({"region", std::vector<std::string>{"A", "B"}});
    loaded.add_coordinate({"sex", std::vector<std::string>{"men", "women"}});
    const auto persons = loaded.add_series({.name = "persons", .dimensions = {"sex"}});
    const auto wage = loaded.add_series({.name = "wage", .type = SeriesType::real});
    sim::CheckpointReader in(folder / "checkpoint.h5", 1);
    in("series", loaded);
    CHECK(loaded.counts(persons, 1, 2)[3] == 1023);
    CHECK(loaded.reals(wage, 0, 24)[1] == 44.5);
    CHECK(std::isnan(loaded.reals(wage, 0, 24)[0]));

    Trajectory longer({3, 4}, Month::of(2021, 1), points + 1);
    longer.add_coordinate({"region", std::vector<std::string>{"A", "B"}});
    longer.add_coordinate({"sex", std::vector<std::string>{"men", "women"}});
    longer.add_series({.name = "persons", .dimensions = {"sex"}});
    sim::CheckpointReader again(folder / "checkpoint.h5", 1);
    CHECK_THROWS_AS(again("series", longer), sim::InputError);
}
