/// Writes two years with demand that stands still (tests/support/steady_market.hpp) to a file of series, for tools/picture_start.py; with the word all, four
/// years of all processes.
/// Usage: instroom_steady SCALE FILE.h5 [all]

#include <filesystem>
#include <string>

#include <fmt/format.h>

#include "sim/error.hpp"
#include "sim/version.hpp"
#include "tests/support/steady_market.hpp"

int main(int count, char** words) try {
    const bool whole = count == 4 && std::string(words[3]) == "all";
    if (count != 3 && !whole) throw sim::InputError("usage: instroom_steady SCALE FILE.h5 [all]");
    const double scale = std::stod(words[1]);
    tests::SteadyMarket market(scale, 0, whole ? 48 : 24, whole);
    market.trajectory().set_file_attribute({"title", std::string("Demand that stands still")});
    market.trajectory().set_file_attribute({"source", "Instroom " + sim::version() + " (git " + sim::commit() + ")"});
    market.trajectory().set_file_attribute({"scale", scale});
    market.trajectory().write(std::filesystem::path(words[2]), /*replace=*/true);
    return 0;
} catch (const sim::Error& error) {
    fmt::print(stderr, "{}\n", error.what());
    return error.exit_code();
} catch (const std::exception& error) {
    fmt::print(stderr, "instroom_steady: {}\n", error.what());
    return 1;
}
