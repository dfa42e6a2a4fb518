#include "experiments/exploration/point_records.hpp"

#include <fstream>
#include <iterator>

#include <catch2/catch.hpp>

#include "sim/error.hpp"
#include "tests/support/files.hpp"

using Catch::Matchers::Contains;
using experiments::PointRecord;
using experiments::RecordFile;

namespace {

const std::string head = "program: a\nsweep: b\n";

PointRecord record(std::uint64_t point, const std::string& content, bool good = true) {
    return {point, good, 0.5, 100.0 + static_cast<double>(point), content};
}

void fill(const std::filesystem::path& file) {
    RecordFile opened(file, head);
    const std::vector<PointRecord> two{record(0, "first"), record(1, std::string(5000, 'x'))};
    opened.append(two);
    opened.append(std::vector{record(2, "it broke", false)});
}

std::string bytes_of(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

void write(const std::filesystem::path& file, const std::string& bytes) { std::ofstream(file, std::ios::binary) << bytes; }

}  // namespace

TEST_CASE("records read back as they were appended", "[experiments][unit][sanitize]") {
    const tests::TemporaryFolder folder;
    CHECK_FALSE(experiments::scan_records(folder / "r").exists);
    fill(folder / "r");
    const auto scan = experiments::scan_records(folder / "r");
    CHECK(scan.head == head);
    CHECK(scan.broken == 0);
    CHECK_FALSE(scan.in_use);
    REQUIRE(scan.records.size() == 3);
    CHECK(experiments::RecordReader().content(folder / "r", scan.records[1]) == std::string(5000, 'x'));
    CHECK(scan.records[0].finished == 100);
    CHECK_FALSE(scan.records[2].good);
    CHECK(experiments::RecordReader().content(folder / "r", scan.records[2]) == "it broke");
}

TEST_CASE("wherever a file is cut, whole records stay and the torn one is dropped", "[experiments][property]") {
    const tests::TemporaryFolder folder;
    fill(folder / "whole");
    const std::string whole = bytes_of(folder / "whole");
    const auto records = experiments::scan_records(folder / "whole").records;
    std::size_t cuts = 0;
    for (std::size_t length = 0; length < whole.size(); length += length < 400 || length > whole.size() - 200 ? 7 : 211) {
        write(folder / "cut", whole.substr(0, length));
        std::size_t kept = 0;
        while (kept < records.size() && records[kept].offset + records[kept].size <= length) ++kept;
        if (experiments::scan_records(folder / "cut").records.size() != kept) FAIL("cut at " << length);
        {
            RecordFile opened(folder / "cut", head);
            opened.append(std::vector{record(7, "after")});
        }
        const auto scan = experiments::scan_records(folder / "cut");
        if (scan.records.size() != kept + 1 || scan.broken != 0 || scan.head != head) FAIL("appended after a cut at " << length);
        ++cuts;
    }
    CHECK(cuts > 80);
}

TEST_CASE("any changed byte loses its own record alone", "[experiments][property][sanitize]") {
    const tests::TemporaryFolder folder;
    fill(folder / "r");
    const std::string whole = bytes_of(folder / "r");
    const auto before = experiments::scan_records(folder / "r").records;
    const std::size_t first = before[0].offset - 64;  // behind the head
    for (std::size_t at = first; at < whole.size(); at += 61) {
        std::string changed = whole;
        changed[at] = static_cast<char>(changed[at] ^ 0x20);
        write(folder / "r", changed);
        const auto scan = experiments::scan_records(folder / "r");
        if (scan.records.size() != 2 || scan.broken == 0) FAIL("byte " << at << ": " << scan.records.size() << " records, " << scan.broken << " bytes broken");
        // A quick look passes over contents but for the last one; who reads them finds out.
        const auto quick = experiments::scan_records(folder / "r", false);
        std::size_t read = 0;
        for (const auto& record : quick.records) try {
                read += experiments::RecordReader().content(folder / "r", record).empty() ? 0 : 1;
            } catch (const sim::InputError&) {
            }
        if (read != 2) FAIL("byte " << at << ": " << read << " records are read");
    }
    write(folder / "r", whole);
    CHECK(experiments::scan_records(folder / "r").records.size() == 3);
}

TEST_CASE("one process at a time appends, and results of something else are refused", "[experiments][unit]") {
    const tests::TemporaryFolder folder;
    {
        const RecordFile one(folder / "r", head);
        CHECK_THROWS_WITH(RecordFile(folder / "r", head), Contains("is in use by another run"));
        CHECK(experiments::scan_records(folder / "r").in_use);
    }
    CHECK_FALSE(experiments::scan_records(folder / "r").in_use);
    CHECK_THROWS_WITH(RecordFile(folder / "r", "program: c\nsweep: b\n"), Contains("holds results of another program, which are never mixed"));
    CHECK_NOTHROW(RecordFile(folder / "r", head));
}

TEST_CASE("a full disk leaves what was there", "[experiments][unit]") {
    std::ofstream probe("/dev/full");
    REQUIRE(probe);
    // /dev/full takes no write and cannot be cut, so the file is refused before anything is lost.
    CHECK_THROWS_AS(RecordFile("/dev/full", head), sim::FileError);
}
