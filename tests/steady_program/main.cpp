/// Writes two years with demand that stands still (tests/support/steady_market.hpp) to a file of series, for tools/picture_start.py and
/// tests/steady_program/solve.py. WORLDS: how many start populations with chance of their own, each a replicate.
/// Usage: instroom_steady SCALE WORLDS FILE.h5 [PARAMETER=VALUE...], as in: instroom_steady 0.3 2 still.h5 recovery.looking=1.8

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "models/parameters.hpp"
#include "sim/error.hpp"
#include "sim/version.hpp"
#include "tests/support/steady_market.hpp"

int main(int count, char** words) try {
    if (count < 4) throw sim::InputError("usage: instroom_steady SCALE WORLDS FILE.h5 [PARAMETER=VALUE...]");
    const double scale = std::stod(words[1]);
    const auto worlds = static_cast<std::uint32_t>(std::stoul(words[2]));
    std::vector<std::pair<const models::Parameter*, double>> set;
    for (int k = 4; k < count; ++k) {
        const std::string word = words[k];
        const auto sign = word.find('=');
        const auto* parameter = models::find_parameter(word.substr(0, sign));
        if (sign == std::string::npos || parameter == nullptr) throw sim::InputError(word + " is not PARAMETER=VALUE (instroom describe lists parameters)");
        set.push_back({parameter, std::stod(word.substr(sign + 1))});
    }
    tests::SteadyMarket market(scale, 0, 24, worlds, [&](models::Parameters& parameters) {
        for (const auto& [parameter, value] : set) parameter->set(parameters, value);
    });
    market.trajectory().set_file_attribute({"title", std::string("Demand that stands still")});
    market.trajectory().set_file_attribute({"source", "Instroom " + sim::version() + " (git " + sim::commit() + ")"});
    market.trajectory().set_file_attribute({"scale", scale});
    // For rates of retirement: cohorts differ in size whatever the start is like.
    market.trajectory().set_file_attribute({"reach_pension_age_first_year", market.reach_pension_age(0) / worlds});
    market.trajectory().set_file_attribute({"reach_pension_age_second_year", market.reach_pension_age(1) / worlds});
    market.trajectory().write(std::filesystem::path(words[3]), /*replace=*/true);
    return 0;
} catch (const sim::Error& error) {
    fmt::print(stderr, "{}\n", error.what());
    return error.exit_code();
} catch (const std::exception& error) {
    fmt::print(stderr, "instroom_steady: {}\n", error.what());
    return 1;
}
