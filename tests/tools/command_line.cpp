#include "tools/command_line.hpp"

#include <algorithm>
#include <string>
#include <variant>
#include <vector>

#include <catch2/catch.hpp>

#include "sim/error.hpp"
#include "tools/key_figures.hpp"

namespace {

std::string message(const std::vector<std::string>& words) {
    try {
        (void)tools::parse_command_line(words);
    } catch (const sim::InputError& error) {
        return error.what();
    }
    return "";
}

}  // namespace

TEST_CASE("every option of run is read", "[tools][unit]") {
    const auto command = tools::parse_command_line({"run",
                                                    "s.toml",
                                                    "-o",
                                                    "x.h5",
                                                    "--scale",
                                                    "0.1",
                                                    "--seed",
                                                    "18446744073709551615",
                                                    "--population-seed",
                                                    "5",
                                                    "--replicates",
                                                    "3",
                                                    "--replicate-from",
                                                    "7",
                                                    "--threads",
                                                    "2",
                                                    "--from",
                                                    "2022-01",
                                                    "--until",
                                                    "2023-12",
                                                    "--regions",
                                                    "IJmond,Brainport",
                                                    "--checkpoint-every",
                                                    "12",
                                                    "--panel",
                                                    "100",
                                                    "--force",
                                                    "--quiet"});
    const auto& run = std::get<tools::RunCommand>(command);
    CHECK(run.scenario == "s.toml");
    CHECK(run.output == "x.h5");
    CHECK(run.scale == 0.1);
    CHECK(run.seed == 18446744073709551615ULL);
    CHECK(run.population_seed == 5U);
    CHECK(run.replicates == 3);
    CHECK(run.replicate_from == 7);
    CHECK(run.threads == 2);
    CHECK(run.from == sim::Month::of(2022, 1));
    CHECK(run.until == sim::Month::of(2023, 12));
    CHECK(run.regions == std::vector<std::string>{"IJmond", "Brainport"});
    CHECK(run.checkpoint_every == 12);
    CHECK(run.panel == 100);
    CHECK(run.force);
    CHECK(run.quiet);
}

TEST_CASE("a wrong value names range and unit", "[tools][unit]") {
    CHECK(message({"run", "--scale", "0"}) == "--scale is '0', but a number of agents per person above 0 and at most 1 is expected");
    CHECK(message({"run", "--scale", "-1"}) == "--scale is '-1', but a number of agents per person above 0 and at most 1 is expected");
    CHECK(message({"run", "--scale", "nan"}).find("is expected") != std::string::npos);
    CHECK(message({"run", "--replicates", "2.5"}) == "--replicates is '2.5', but a whole number from 1 to 65536 is expected");
    CHECK(message({"run", "--from", "2020-12"}) == "--from is '2020-12', but a month from 2021-01 to 2199-12, written YYYY-MM, is expected");
}

TEST_CASE("an unknown word is answered with the nearest one", "[tools][unit]") {
    CHECK(message({"rnu"}) == "'rnu' is no command; did you mean 'run'?");
    CHECK(message({"run", "--sead", "1"}) == "'--sead' is no option of instroom run; did you mean '--seed'?");
    CHECK(message({"--verzion"}) == "'--verzion' is no option of instroom; did you mean '--version'?");
    CHECK_FALSE(message({"inspect"}).empty());
    CHECK_FALSE(message({"run", "--scale"}).empty());
}

TEST_CASE("help is asked for by the program and by each command", "[tools][unit]") {
    CHECK(std::get<tools::HelpCommand>(tools::parse_command_line({})).text.find("run") != std::string::npos);
    for (const std::string name : {"run", "regions", "describe", "inspect", "completion"})
        CHECK(std::get<tools::HelpCommand>(tools::parse_command_line({name, "--help"})).text.find("Usage: instroom " + name + " [OPTIONS]") !=
              std::string::npos);
    CHECK(std::get<tools::HelpCommand>(tools::parse_command_line({"--help"})).text.find("Usage: instroom [OPTIONS]") != std::string::npos);
    CHECK(std::holds_alternative<tools::VersionCommand>(tools::parse_command_line({"--version"})));
}

TEST_CASE("completion knows every option of every command", "[tools][unit]") {
    const auto commands = tools::command_syntax();
    const std::string bash = tools::completion_script("bash", commands), zsh = tools::completion_script("zsh", commands);
    std::size_t options = 0;
    for (const auto& command : commands)
        for (const auto& option : command.options)
            for (const auto& name : option.names) {
                ++options;
                CHECK(bash.find(name) != std::string::npos);
                if (!command.name.empty()) CHECK(zsh.find("'" + name + "[") != std::string::npos);
            }
    CHECK(options > 25);
    CHECK_THROWS_AS(tools::completion_script("fish", commands), sim::InputError);
}

TEST_CASE("days since 2020 read as months", "[tools][unit]") {
    CHECK(tools::month_of_days("366") == "2021-01");
    CHECK(tools::month_of_days("397") == "2021-02");
    CHECK(tools::month_of_days("4018") == "2031-01");
}

TEST_CASE("cuts of a backtest stand with commas between them, before or after a file of targets", "[tools][unit]") {
    const auto command = tools::parse_command_line({"backtest", "--cut", "2021-12,2022-06", "mine.toml", "--parameters", "a.toml", "b.toml"});
    const auto& backtest = std::get<tools::BacktestCommand>(command);
    CHECK(backtest.targets == "mine.toml");
    CHECK(backtest.cuts == std::vector<sim::Month>{sim::Month::of(2021, 12), sim::Month::of(2022, 6)});
    CHECK(backtest.parameters == std::vector<std::string>{"a.toml", "b.toml"});
    CHECK(std::get<tools::BacktestCommand>(tools::parse_command_line({"backtest"})).cuts.empty());
    CHECK(message({"backtest", "--cut", "2021-12,"}) == "--cut is '', but a month from 2021-01 to 2199-12, written YYYY-MM, is expected");
    CHECK(message({"backtest", "--cut", "2021-12", "--rolling"}).find("--cut or --rolling is expected") != std::string::npos);
}
